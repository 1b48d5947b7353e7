# SPDX-License-Identifier: BSL-1.0
"""The tables of `requests`: a row for each request, a column for each contender that answers more than one."""

from results import allocations, time_and_ratio

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
