#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Counts the instructions of operations on another processor, which QEMU stands in for: what its vectors gain there.

  count.py EMULATOR PROGRAM OTHER OPERATION...   such as `count.py qemu-aarch64 WITH WITHOUT trusted_nested_2k`

The programs are metapatch_instructions, built with the vectors and without.
"""

import subprocess
import sys

TIMES = 5


def instructions(emulator, program, operation, times):
    command = [emulator, "-singlestep", "-d", "nochain,exec", "-D", "/dev/stdout", program, operation, str(times)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as run:
        counted = sum(line.startswith(b"Trace ") for line in run.stdout)
    return counted if run.returncode == 0 else sys.exit(f"{operation} failed")


def main():
    if len(sys.argv) < 5:
        sys.exit(__doc__)
    emulator, programs, operations = sys.argv[1], sys.argv[2:4], sys.argv[4:]
    print(f"{'operation':<24} {'with':>9} {'without':>9} {'ratio':>6}")
    for operation in operations:
        counts = []
        for program in programs:
            once, often = (instructions(emulator, program, operation, each) for each in (1, 1 + TIMES))
            counts.append(round((often - once) / TIMES))
        print(f"{operation:<24} {counts[0]:>9} {counts[1]:>9} {counts[1] / counts[0]:>6.2f}")


if __name__ == "__main__":
    main()
