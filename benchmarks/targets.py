# SPDX-License-Identifier: BSL-1.0
"""What a benchmark aims at, held against what it measured."""


class Target:
    """A bound for a contender in some shapes; the worst shape counts."""

    words = {}  # how the shapes are called

    def __init__(self, what, name, shapes, measure, least=None, most=None, aim=None):
        self.what, self.name, self.shapes, self.measure = what, name, shapes, measure
        self.least, self.most, self.aim = least, most, aim

    def holds(self, value, bound):
        return value >= bound if self.most is None else value <= bound

    def row(self, results):
        """The cells of a line, and whether the bound holds; it does not where nothing was measured."""
        values = {shape: self.measure(results, shape, self.name) for shape in self.shapes
                  if results.get(shape, self.name)}
        values = {shape: value for shape, value in values.items() if value is not None}
        bound = self.least if self.most is None else self.most
        if not values:
            return [self.what, self.told(bound), "not measured", "no", self.told(self.aim), ""], False
        worst = (min if self.most is None else max)(values, key=values.get)
        remarks = [self.words.get(worst, worst)] if len(values) > 1 else []
        if isinstance(self.measure, FastestPeer):
            remarks.append(self.measure.of(results, worst)["name"])
        measured = f"{values[worst]:.2f}" + (f" ({', '.join(remarks)})" if remarks else "")
        answers = ["" if each is None else "yes" if self.holds(values[worst], each) else "no"
                   for each in (bound, self.aim)]
        return [self.what, self.told(bound), measured, answers[0], self.told(self.aim), answers[1]], answers[0] != "no"

    def told(self, bound):
        return "" if bound is None else f"{'≥' if self.most is None else '≤'} {bound}"


def times_as_fast_as(other):
    def ratio(results, shape, name):
        theirs = results.get(shape, other)
        return theirs["ns"] / results.get(shape, name)["ns"] if theirs else None
    return ratio


def times_of(other):
    """How many times the time of another contender it takes."""
    ratio = times_as_fast_as(other)
    return lambda results, shape, name: 1 / ratio(results, shape, name) if results.get(shape, other) else None


class FastestPeer:
    """How many times as fast as it, whoever of those that were found is it in that shape."""

    def of(self, results, shape):
        peers = [row for row in results.rows[shape].values() if row["role"] == "peer"]
        return min(peers, key=lambda row: row["ns"], default=None)

    def __call__(self, results, shape, name):
        peer = self.of(results, shape)
        return peer["ns"] / results.get(shape, name)["ns"] if peer else None


def field(key):
    return lambda results, shape, name: results.get(shape, name)[key]


def targets(results, wanted):
    """The table of them, and whether all are met."""
    rows = [target.row(results) for target in wanted]
    lines = ["| target | at least | measured | met | aim | met |", "|---|---|---|---|---|---|"]
    lines += ["| " + " | ".join(cells) + " |" for cells, _ in rows]
    return "\n".join(lines), all(met for _, met in rows)
