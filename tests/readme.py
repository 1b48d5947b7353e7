#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Compiles and runs what README.md shows, and the shell sessions of the tool's README.

    tests/readme.py FOLDER_OF_THE_TOOL

- ```cpp     a whole program: compiled with a bare -I and run; it must print the ```text block that follows it, if one does
- ```console a shell session: each line after `$ ` is run and must print what stands below it
- ```cmake and ```meson  must stand, line by line, in a project of tests/consumers, which tests/run builds
- ```sh      commands that tests/run runs anyway: each must name a program or script that exists
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
failures = []


def run(command, **options):
    return subprocess.run(command, capture_output=True, text=True, **options)


def check(name, expected, got):
    if expected != got:
        failures.append(name)
        print(f"readme: {name}\n--- expected\n{expected}--- got\n{got}")


def check_cpp(number, code, expected, folder):
    source, program = folder / f"snippet{number}.cpp", folder / f"snippet{number}"
    source.write_text(code)
    compiler = os.environ.get("CXX", "c++")
    built = run([compiler, "-std=c++20", "-Wall", "-Wextra", "-Werror", f"-I{ROOT}/include", source, "-lboost_json",
                 "-o", program])
    check(f"C++ snippet {number} compiles", "", built.stderr)
    if built.returncode == 0 and expected is not None:
        check(f"C++ snippet {number} prints what it says", expected, run([program]).stdout)


def check_console(number, block, folder, path):
    for step in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, expected = step.partition("\n")
        ran = run(["bash", "-c", command], cwd=folder, env={**os.environ, "PATH": path})
        check(f"console {number}: {command}", expected, ran.stdout + ran.stderr)


def check_project(number, block, pattern):
    projects = "\n".join(path.read_text() for path in (ROOT / "tests/consumers").glob(pattern))
    lines = {line.strip() for line in projects.splitlines()}
    for line in filter(None, map(str.strip, block.splitlines())):
        generic = line.replace("my_program", "consumer").replace("path/to/metapatch", "../../.. metapatch")
        check(f"project snippet {number}", generic + "\n", (generic if generic in lines else "(in no consumer)") + "\n")


def check_sh(number, block):
    for line in filter(None, map(str.strip, block.splitlines())):
        program = line.split("#")[0].split()[0]
        exists = (ROOT / program).exists() if "/" in program else shutil.which(program)
        check(f"sh {number}: {program}", "found\n", ("found" if exists else "missing") + "\n")


def check_story(folder, path):
    """The sessions of the tool's README, from the file that the first one shows on."""
    text = (ROOT / "examples/metapatch/README.md").read_text(encoding="utf-8")
    sessions = re.findall(r"^```(console)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    folder.mkdir()
    shown = re.match(r"\$ cat (\S+)\n(.*?)^\$ ", sessions[0][1], re.MULTILINE | re.DOTALL)
    (folder / shown.group(1)).write_text(shown.group(2), encoding="utf-8")
    for number, (_, block) in enumerate(sessions):
        check_console(f"of the tool {number}", block, folder, path)
    return sessions


def main():
    path = f"{pathlib.Path(sys.argv[1]).resolve()}:{os.environ['PATH']}"
    blocks = re.findall(r"^```(\w+)\n(.*?)^```$", (ROOT / "README.md").read_text(encoding="utf-8"),
                        re.MULTILINE | re.DOTALL)
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        for number, (language, block) in enumerate(blocks):
            following = blocks[number + 1] if number + 1 < len(blocks) else ("", "")
            if language == "cpp":
                check_cpp(number, block, following[1] if following[0] == "text" else None, folder)
            elif language == "console":
                check_console(number, block, folder, path)
            elif language == "cmake":
                check_project(number, block, "*/CMakeLists.txt")
            elif language == "meson":
                check_project(number, block, "*/meson.build")
            elif language == "sh":
                check_sh(number, block)
            elif language != "text":
                failures.append(f"block {number}: nothing checks {language}")
        blocks += check_story(folder / "story", path)
    print(f"readme: {len(blocks)} snippets, {len(failures)} failures")
    return 1 if failures or not blocks else 0


sys.exit(main())
