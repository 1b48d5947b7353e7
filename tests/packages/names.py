#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Tells which names a program sees in the library's namespaces, as the compiler itself completes them.

usage: names.py COMPILER 'WHAT THE PROGRAM BEGINS WITH' [OPTION...]
       names.py clang++-22 '#include <metapatch/auth0.hpp>' -std=c++20 -Iinclude

One name a line, with its namespace, in order; those of the namespaces detail are not looked at. Only clang completes.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

NAMESPACES = ["metapatch::", "metapatch::auth0::"]
NO_NAMES = {"detail", "auth0"} # but namespaces


def names(compiler, beginning, namespace, options, folder):
    program = folder / "program.cpp"
    program.write_text(f"{beginning}\nvoid program()\n{{\n{namespace}\n}}\n", encoding="utf-8")
    line = beginning.count("\n") + 4
    ran = subprocess.run([compiler, *options, "-fsyntax-only", "-Xclang",
                          f"-code-completion-at={program}:{line}:{len(namespace) + 1}", program],
                         capture_output=True, text=True, check=False)
    found = set(re.findall(r"^COMPLETION: (\w+)(?: |<)", ran.stdout, re.MULTILINE)) - NO_NAMES
    if not found or "error:" in ran.stderr:
        sys.exit(f"names.py: {namespace} has no names\n{ran.stderr}")
    return found


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    compiler, beginning, *options = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        for namespace in NAMESPACES:
            for name in sorted(names(compiler, beginning, namespace, options, pathlib.Path(folder))):
                print(namespace + name)


main()
