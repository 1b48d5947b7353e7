#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Counts the instructions of a few operations under valgrind, and holds them against those of expected.json.

  check.py PROGRAM            status 1 where an operation takes more than 5 % over what is expected, or 20 % less, or
                              with four times the members six times the instructions
  check.py PROGRAM --update   write what was counted to expected.json

The clock has no part in it, so it tells a regression on any machine; but another compiler makes other instructions.
"""

import json
import pathlib
import re
import subprocess
import sys

EXPECTED = pathlib.Path(__file__).with_name("expected.json")
MORE, LESS = 1.05, 0.80
GROWTH, MOST_GROWTH = 4, 6  # n log n grows less than six times, the square sixteen times


def instructions(program, operation, times):
    run = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", program, operation,
                          str(times)], capture_output=True, text=True, check=False)
    counted = re.search(r"Collected : (\d+)", run.stderr)
    if run.returncode != 0 or not counted:
        sys.exit(f"{operation} failed:\n{run.stdout}{run.stderr}")
    return int(counted.group(1))


def growing(names):
    """Of operations on more and less members: the one on four times as many, and the other."""
    pairs = {}
    for name in names:
        parts = re.fullmatch(r"(.+_)(\d+)", name)
        if parts and parts[1] + str(int(parts[2]) * GROWTH) in names:
            pairs[parts[1] + str(int(parts[2]) * GROWTH)] = name
    return pairs


def count(program, name, times):
    once, often = (instructions(program, name, each) for each in (1, 1 + times))
    return round((often - once) / times)


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else sys.exit(__doc__)
    names = subprocess.run([program], capture_output=True, text=True, check=True).stdout.split()
    pairs = growing(names)
    counted = {name: count(program, name, 5 if name in {*pairs, *pairs.values()} else 200) for name in names}
    if "--update" in sys.argv:
        EXPECTED.write_text(json.dumps(counted, indent=2) + "\n", encoding="utf-8")
    expected = json.loads(EXPECTED.read_text(encoding="utf-8"))
    wrong = sorted(set(names) ^ set(expected))
    steep = []
    print(f"{'operation':<24} {'counted':>9} {'expected':>9} {'growth':>6}")
    for name in names:
        was = expected.get(name, 0)
        fine = was * LESS <= counted[name] <= was * MORE
        wrong += [] if fine or name in wrong else [name]
        growth = counted[name] / counted[pairs[name]] if name in pairs else 0
        steep += [name] if growth > MOST_GROWTH else []
        print(f"{name:<24} {counted[name]:>9} {was:>9} {f'{growth:.2f}' if growth else '':>6}"
              f"{'' if fine and growth <= MOST_GROWTH else ' <--'}")
    if wrong:
        print(f"instructions: {', '.join(wrong)}: other than expected; where that is right, run with --update")
    if steep:
        print(f"instructions: {', '.join(steep)}: more than {MOST_GROWTH} times those of a quarter of the members")
    return 1 if wrong or steep else 0


sys.exit(main())
