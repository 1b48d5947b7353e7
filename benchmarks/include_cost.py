#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What including metapatch costs: the time to compile a file that does, against one that includes boost/json.hpp.

Also the time of a file that uses it, examples/guard_endpoint.cpp, by itself and as metapatch::separate compiles it.
The files are compiled in turn, round by round, so that what else the machine does meets all alike. Prints the median
of the times, and of the ratios in each round; of the file that uses it, the least.
"""

import argparse
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile

HEADERS = {"boost": "boost/json.hpp", "metapatch": "metapatch/metapatch.hpp", "auth0": "metapatch/auth0.hpp"}
ROOT = pathlib.Path(__file__).resolve().parent.parent
SEPARATE = "-DMETAPATCH_SEPARATE=extern template"


def seconds(command):
    """Processor time of one run, which other programs disturb less than the clock on the wall."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--compilers", nargs="+", default=["g++", "clang++"])
    parser.add_argument("--limit", type=float, help="exit with 1 where metapatch.hpp costs more than this many times")
    options = parser.parse_args()
    worst = 0.0
    print(f"{'compiler':<10}{'level':<7}{'boost/json.hpp':>16}{'metapatch.hpp':>16}{'ratio':>8}{'auth0.hpp':>12}{'ratio':>8}"
          f"{'guard_endpoint':>16}{'separate':>10}")
    with tempfile.TemporaryDirectory() as folder:
        files = {"story": [str(ROOT / "examples/guard_endpoint.cpp")]}
        files["separate"] = [SEPARATE, *files["story"]]
        for name, header in HEADERS.items():
            file = pathlib.Path(folder, name + ".cpp")
            file.write_text(f"#include <{header}>\nint main() {{}}\n")
            files[name] = [str(file)]
        for compiler in options.compilers:
            if shutil.which(compiler) is None:
                print(f"{compiler:<10}skipped: not installed")
                continue
            for level in ("-O0", "-O2"):
                times = {name: [] for name in files}
                for _ in range(options.rounds + 1):
                    for name, source in files.items():
                        times[name].append(seconds([compiler, "-std=c++20", level, f"-I{ROOT / 'include'}", "-c", *source,
                                                    "-o", os.devnull]))
                # The first round fills the caches.
                median = {name: statistics.median(each[1:]) for name, each in times.items()}
                ratio = {name: statistics.median(mine / boosts for mine, boosts in zip(each[1:], times["boost"][1:]))
                         for name, each in times.items()}
                worst = max(worst, ratio["metapatch"])
                print(f"{compiler:<10}{level:<7}{median['boost']:>14.2f} s{median['metapatch']:>14.2f} s"
                      f"{ratio['metapatch']:>8.2f}{median['auth0']:>10.2f} s{ratio['auth0']:>8.2f}"
                      f"{min(times['story']):>14.2f} s{min(times['separate']):>8.2f} s", flush=True)
    return 1 if options.limit and worst > options.limit else 0


if __name__ == "__main__":
    sys.exit(main())
