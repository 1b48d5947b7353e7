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
import text_patch_tables  # noqa: E402
from chart import chart  # noqa: E402
from results import Results  # noqa: E402
from targets import targets  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent
TABLES = {"requests": requests_tables, "text_patch": text_patch_tables}


def update(path, program, name, section):
    """Replace what stands between the two comments of a README."""
    text = path.read_text(encoding="utf-8")
    marked = re.compile(rf"(<!-- {program} {name}[^>]*-->\n).*?(<!-- end of {name} -->)", re.DOTALL)
    if not marked.search(text):
        sys.exit(f"{path} has no section for the {name} of {program}")
    path.write_text(marked.sub(lambda found: found.group(1) + section + "\n" + found.group(2), text), encoding="utf-8")


def update_all(results):
    here, root, tables = HERE / "README.md", HERE.parent / "README.md", TABLES[results.program]
    if results.program == "text_patch":
        (HERE / "text_patch.svg").write_text(chart(results), encoding="utf-8")
    update(here, results.program, "figures", tables.long_report(results))
    update(here, results.program, "targets", targets(results, tables.TARGETS)[0])
    update(root, results.program, "figures", tables.short_report(results))


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
            table_of_targets, are_met = targets(results, TABLES[results.program].TARGETS)
            met = met and are_met
            print(table_of_targets)
        else:
            print(TABLES[results.program].long_report(results))
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main())
