#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Tells what `text_patch --json FILE` and `requests --json FILE` measured: as Markdown tables and against the targets, and of
text_patch as a chart.

  report.py results.json...            print the tables
  report.py results.json... --targets  print which targets are met; exit status 1 where one is not
  report.py results.json... --update   rewrite benchmarks/text_patch.svg and the marked sections of both README files
"""

import argparse
import pathlib
import re
import sys

sys.dont_write_bytecode = True  # no __pycache__ in the checkout
import requests_tables  # noqa: E402
from chart import chart  # noqa: E402
from results import Results, allocations, time_and_ratio  # noqa: E402
from targets import Target, field, targets, times_as_fast_as  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
SHAPES = {"nested_200B": "200 B", "nested_2KB": "2 KB", "nested_2KB_patch_2KB": "2 KB, patch of 2 KB",
          "nested_64KB": "64 KB nested", "flat_64KB": "64 KB flat", "nested_1MB": "1 MB nested",
          "flat_1MB": "1 MB flat", "tiny_1MB": "1 MB tiny", "nested_15MB": "15 MB nested", "flat_15MB": "15 MB flat"}
SHORT_SHAPES = ["nested_200B", "nested_2KB", "nested_64KB", "nested_1MB", "flat_1MB", "nested_15MB", "flat_15MB"]
SHORT_ROWS = ["metapatch trusted", "metapatch checked", "metapatch index, copy", "simdjson on-demand", "yyjson tuned",
              "RapidJSON pool", "Boost.JSON tuned", "Boost.JSON", "nlohmann/json", "memcpy"]


def table(results, names, shapes):
    shapes = [shape for shape in shapes if shape in results.rows]
    lines = ["| | " + " | ".join(SHAPES[shape] for shape in shapes) + " | allocations |",
             "|---|" + "---:|" * (len(shapes) + 1)]
    for name in names:
        if name in results.names:
            rows = [results.get(shape, name) for shape in shapes]
            cells = [f"**{name}**" if name.startswith("metapatch") else name, *map(time_and_ratio, rows),
                     allocations(rows)]
            lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def report(results, names, shapes):
    return (f"{table(results, names, shapes)}\n\nMedians of the time of one patch; in brackets how many times as fast "
            f"as Boost.JSON. {results.where()}")


def long_report(results):
    return report(results, results.names, SHAPES)


def short_report(results):
    return report(results, SHORT_ROWS, SHORT_SHAPES)


Target.words.update(SHAPES)
PLAIN, MEMCPYS, POOL = field("per_reference"), field("memcpys"), times_as_fast_as("RapidJSON pool")
FROM_2_KB = [shape for shape in SHAPES if shape != "nested_200B"]
FROM_64_KB = [shape for shape in FROM_2_KB if "2KB" not in shape]
SMALL_PATCH = [shape for shape in SHAPES if "patch" not in shape]
NESTED = ["nested_2KB", "nested_64KB", "nested_1MB", "nested_15MB"]
TRUSTED, CHECKED, INDEX = "metapatch trusted", "metapatch checked", "metapatch index"
PREPARED = TRUSTED + ", patch prepared"
TARGETS = [
    Target("trusted 200 B, × Boost.JSON", TRUSTED, ["nested_200B"], PLAIN, least=8, aim=10),
    Target("trusted 200 B, × RapidJSON pool", TRUSTED, ["nested_200B"], POOL, least=4.5),
    Target("trusted 200 B, patch prepared, × Boost.JSON", PREPARED, ["nested_200B"], PLAIN, least=8, aim=10),
    Target("trusted 2 KB, × Boost.JSON", TRUSTED, ["nested_2KB"], PLAIN, least=25, aim=30),
    Target("trusted 2 KB, × RapidJSON pool", TRUSTED, ["nested_2KB"], POOL, least=13),
    Target("trusted 1 MB nested, × Boost.JSON", TRUSTED, ["nested_1MB"], PLAIN, least=50),
    Target("trusted 1 MB nested, memcpys", TRUSTED, ["nested_1MB"], MEMCPYS, most=3.5, aim=2.5),
    Target("trusted 1 MB flat, × Boost.JSON", TRUSTED, ["flat_1MB"], PLAIN, least=12, aim=15),
    Target("trusted 1 MB flat, × RapidJSON pool", TRUSTED, ["flat_1MB"], POOL, least=4),
    Target("trusted 15 MB nested, memcpys", TRUSTED, ["nested_15MB"], MEMCPYS, most=2.0, aim=1.5),
    Target("trusted 15 MB flat, memcpys", TRUSTED, ["flat_15MB"], MEMCPYS, most=3.5, aim=2.5),
    Target("checked from 2 KB, × Boost.JSON", CHECKED, FROM_2_KB, PLAIN, least=5),
    Target("checked from 2 KB nested, × Boost.JSON", CHECKED, NESTED, PLAIN, least=8),
    Target("checked from 2 KB, × a validating SIMD parse alone", CHECKED, FROM_2_KB,
           times_as_fast_as("simdjson DOM parse alone"), aim=1.5),
    Target("index and copy from 64 KB, memcpys", INDEX + ", copy", FROM_64_KB, MEMCPYS, most=1.25),
    Target("index and copy from 64 KB, patch prepared, memcpys", INDEX + ", copy, patch prepared", FROM_64_KB, MEMCPYS,
           most=1.25),
    Target("index and pieces, ns", INDEX + ", pieces", SMALL_PATCH, field("ns"), most=100),
    Target("index and pieces, patch prepared, ns", INDEX + ", pieces, patch prepared", SMALL_PATCH, field("ns"),
           most=100),
    Target("allocations, trusted", TRUSTED, list(SHAPES), field("allocations"), most=0),
    Target("allocations, checked", CHECKED, list(SHAPES), field("allocations"), most=0),
]


def update(path, program, name, section):
    """Replace what stands between the two comments of a README."""
    text = path.read_text(encoding="utf-8")
    marked = re.compile(rf"(<!-- {program} {name}[^>]*-->\n).*?(<!-- end of {name} -->)", re.DOTALL)
    if not marked.search(text):
        sys.exit(f"{path} has no section for the {name} of {program}")
    path.write_text(marked.sub(lambda found: found.group(1) + section + "\n" + found.group(2), text), encoding="utf-8")


def update_all(results):
    here, root = HERE / "README.md", HERE.parent / "README.md"
    if results.program == "requests":
        update(here, "requests", "figures", requests_tables.long_report(results))
        update(here, "requests", "targets", targets(results, requests_tables.TARGETS)[0])
        update(root, "requests", "figures", requests_tables.short_report(results))
        return
    (HERE / "text_patch.svg").write_text(chart(results), encoding="utf-8")
    update(here, "text_patch", "figures", long_report(results))
    update(here, "text_patch", "targets", targets(results, TARGETS)[0])
    update(root, "text_patch", "figures", short_report(results))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("results", nargs="+", type=Results, help="what text_patch or requests wrote by --json")
    parser.add_argument("--targets", action="store_true")
    parser.add_argument("--update", action="store_true")
    options = parser.parse_args()
    met = True
    for results in options.results:
        if options.update:
            update_all(results)
        elif options.targets:
            of_program = requests_tables.TARGETS if results.program == "requests" else TARGETS
            table_of_targets, are_met = targets(results, of_program)
            met = met and are_met
            print(table_of_targets)
        elif results.program == "requests":
            print(requests_tables.long_report(results))
        else:
            print(long_report(results))
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
