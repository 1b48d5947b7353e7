# SPDX-License-Identifier: BSL-1.0
"""The figures that a benchmark program wrote by `--json FILE`, and how a cell of a table tells them."""

import json
import pathlib


class Results:
    """What was measured, by shape and contender."""

    def __init__(self, path):
        measured = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
        self.program = measured["program"]
        self.environment = measured["environment"]
        self.rows = {shape["name"]: {row["name"]: row for row in shape["results"]} for shape in measured["shapes"]}
        self.sizes = {shape["name"]: {key: shape[key] for key in ("stored_bytes", "body_bytes")}
                      for shape in measured["shapes"]}
        self.names = list(dict.fromkeys(row["name"] for shape in measured["shapes"] for row in shape["results"]))

    def get(self, shape, name):
        return self.rows.get(shape, {}).get(name)

    def where(self):
        """One line: machine, compiler, versions, date."""
        told = self.environment
        versions = ", ".join(f"{name} {version}" for name, version in told["versions"].items())
        return f"{told['date']}; {told['processor']}; {told['compiler']} {told['flags']}; {versions}."


def three_digits(number):
    return f"{number:.3g}" if number < 1000 else f"{number:.0f}"


def time(ns):
    for unit, factor in (("ms", 1e6), ("µs", 1e3)):
        if ns >= factor:
            return f"{three_digits(ns / factor)} {unit}"
    return f"{three_digits(ns)} ns"


def times(ratio):
    return f"{ratio:.0f}×" if ratio >= 9.95 else f"{ratio:.1f}×" if ratio >= 0.995 else f"{ratio:.2f}×"


def time_and_ratio(row):
    if not row:
        return ""
    return time(row["ns"]) + (f" ({times(row['per_reference'])})" if row["per_reference"] is not None else "")


def allocations(rows):
    """Of one patch, from the fewest to the most."""
    counts = [row["allocations"] for row in rows if row and row["allocations"] is not None]
    if not counts:
        return "unknown"
    fewest, most = round(min(counts)), round(max(counts))
    return f"{fewest:,}" if fewest == most else f"{fewest:,} to {most:,}"
