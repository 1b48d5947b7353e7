# SPDX-License-Identifier: BSL-1.0
"""The tables of `requests`: a row for each request, a column for each contender that answers more than one."""

from results import allocations, time_and_ratio
from targets import Target, field, times_of

SHAPES = {"update_user_456B": "update a user of 456 B", "update_user_2KB": "of 2 KB", "update_user_64KB": "of 64 KB",
          "update_user_1MB": "of 1 MB", "update_user_15MB": "of 15 MB", "view_user_456B": "view a user of 456 B",
          "view_user_2KB": "of 2 KB", "view_fields_456B": "view two fields of 456 B", "view_fields_2KB": "of 2 KB",
          "create_user": "create a user", "signup": "sign up", "delete_provider_2KB": "delete a second factor, 2 KB",
          "update_client": "update a client's metadata", "refuse_456B": "refuse an update, 456 B",
          "refuse_1MB": "refuse an update, 1 MB", "authorize": "authorize, mean of all permissions",
          "spliced_200B": "patch a field of 200 B", "spliced_2KB": "of 2 KB"}
OURS = ["metapatch trusted", "metapatch checked", "metapatch"]
COLUMNS = OURS + ["simdjson on-demand", "Boost.JSON tuned", "Boost.JSON", "nlohmann/json"]
SHORT_SHAPES = ["update_user_456B", "update_user_2KB", "update_user_1MB", "view_user_2KB", "create_user", "signup",
                "refuse_1MB", "authorize"]


def title(shape):
    """What stands alone where the row above is not there."""
    words = SHAPES[shape]
    if not words.startswith("of "):
        return words
    first = next(SHAPES[each] for each in SHAPES if each.rsplit("_", 1)[0] == shape.rsplit("_", 1)[0])
    return first[:first.rindex("of ")] + words


def table(results, shapes):
    shapes = [shape for shape in shapes if shape in results.rows]
    columns = [name for name in COLUMNS if any(results.get(shape, name) for shape in shapes)]
    ours = [name for name in OURS if name in columns]
    titles = [f"**{name}**" if name in ours else name for name in columns]
    lines = ["| | " + " | ".join(titles) + " | allocations of ours |", "|---|" + "---:|" * (len(columns) + 1)]
    for shape in shapes:
        cells = [time_and_ratio(results.get(shape, name)) for name in columns]
        counts = [allocations([results.get(shape, name)]) for name in ours if results.get(shape, name)]
        lines.append("| " + " | ".join([title(shape), *cells, ", ".join(counts)]) + " |")
    return "\n".join(lines)


def others(results):
    """Whoever has no column: parts of a request, and other forms of one."""
    lines = ["| | contender | time | allocations |", "|---|---|---:|---:|"]
    for shape in filter(results.rows.get, SHAPES):
        for name, row in results.rows[shape].items():
            if name not in [*COLUMNS, "memcpy"]:
                lines.append(f"| {title(shape)} | {name} | {time_and_ratio(row)} | {allocations([row])} |")
    return "\n".join(lines)


def notes(results):
    return ("Medians of the time of one request; in brackets how many times as fast as Boost.JSON. " + results.where())


def long_report(results):
    return f"{table(results, SHAPES)}\n\n{others(results)}\n\n{notes(results)}"


def short_report(results):
    return f"{table(results, SHORT_SHAPES)}\n\n{notes(results)}"


Target.words.update({shape: title(shape) for shape in SHAPES})
PLAIN, NS = field("per_reference"), field("ns")
TRUSTED, CHECKED, CONVENIENT = OURS
UPDATES = [shape for shape in SHAPES if shape.startswith("update_user") and not shape.endswith("456B")]
VIEWS = [shape for shape in SHAPES if shape.startswith("view")]
OF_TRUSTED, OF_CHECKED = times_of("splice of the field, trusted"), times_of("splice of the field, checked")
TARGETS = [
    Target("update of 456 B, trusted, × Boost.JSON", TRUSTED, ["update_user_456B"], PLAIN, least=5, aim=8),
    Target("update of 456 B, checked, × Boost.JSON", CHECKED, ["update_user_456B"], PLAIN, least=3.5, aim=5),
    *(Target(f"{title(shape)}, trusted, times the splice of its field", TRUSTED, [shape], OF_TRUSTED, most=1.5, aim=1.15)
      for shape in UPDATES),
    *(Target(f"{title(shape)}, checked, times the splice of its field", CHECKED, [shape], OF_CHECKED, most=1.3, aim=1.1)
      for shape in UPDATES),
    Target("view, trusted, × Boost.JSON", TRUSTED, VIEWS, PLAIN, least=5, aim=10),
    Target("view, checked, × Boost.JSON", CHECKED, VIEWS, PLAIN, least=5, aim=10),
    Target("create a user, × Boost.JSON", CONVENIENT, ["create_user"], PLAIN, least=3, aim=5),
    Target("sign up, × Boost.JSON", CONVENIENT, ["signup"], PLAIN, least=3, aim=5),
    Target("the decision that refuses for scope, ns", "metapatch, the decision alone", ["refuse_456B", "refuse_1MB"], NS,
           most=100),
    Target("authorize, ns", CONVENIENT, ["authorize"], NS, most=40, aim=20),
    Target("spliced, times its parts", CONVENIENT, ["spliced_200B", "spliced_2KB"], times_of("metapatch read, splice, new"),
           most=1.25),
    Target("allocations of an update", TRUSTED, ["update_user_456B", *UPDATES], field("allocations"), most=0),
]
