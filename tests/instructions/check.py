#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Counts the instructions of a few operations under valgrind, and holds them against those of expected.json.

  check.py PROGRAM            status 1 where an operation takes more than 5 % over what is expected, or 20 % less
  check.py PROGRAM --update   write what was counted to expected.json

The clock has no part in it, so it tells a regression on any machine; but another compiler makes other instructions.
"""

import json
import pathlib
import re
import subprocess
import sys

EXPECTED = pathlib.Path(__file__).with_name("expected.json")
MORE, LESS, TIMES = 1.05, 0.80, 200


def instructions(program, operation, times):
    run = subprocess.run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", program, operation,
                          str(times)], capture_output=True, text=True, check=False)
    counted = re.search(r"Collected : (\d+)", run.stderr)
    if run.returncode != 0 or not counted:
        sys.exit(f"{operation} failed:\n{run.stdout}{run.stderr}")
    return int(counted.group(1))


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else sys.exit(__doc__)
    names = subprocess.run([program], capture_output=True, text=True, check=True).stdout.split()
    counted = {}
    for name in names:
        once, often = (instructions(program, name, times) for times in (1, 1 + TIMES))
        counted[name] = round((often - once) / TIMES)
    if "--update" in sys.argv:
        EXPECTED.write_text(json.dumps(counted, indent=2) + "\n", encoding="utf-8")
    expected = json.loads(EXPECTED.read_text(encoding="utf-8"))
    wrong = sorted(set(names) ^ set(expected))
    print(f"{'operation':<20} {'counted':>9} {'expected':>9}")
    for name in names:
        was = expected.get(name, 0)
        fine = was * LESS <= counted[name] <= was * MORE
        wrong += [] if fine or name in wrong else [name]
        print(f"{name:<20} {counted[name]:>9} {was:>9} {'' if fine else ' <--'}")
    if wrong:
        print(f"instructions: {', '.join(wrong)}: other than expected; where that is right, run with --update")
    return 1 if wrong else 0


sys.exit(main())
