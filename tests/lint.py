#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What no compiler checks: lists that must agree, the order of rooms and floors, sizes of files, formatting, and what
comments cite of the semantics.

Run from anywhere: tests/lint.py. Prints every finding and ends with status 1 where there is one.
"""

import pathlib
import re
import subprocess
import sys

sys.dont_write_bytecode = True # no caches beside the sources
import citations

ROOT = pathlib.Path(__file__).resolve().parent.parent
INCLUDE = ROOT / "include"
findings = []


def text(path):
    return (ROOT / path).read_text(encoding="utf-8")


def expect(condition, finding):
    if not condition:
        findings.append(finding)


def tracked(*patterns):
    listed = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns], cwd=ROOT,
                            check=True, capture_output=True, text=True).stdout.split()
    return [path for path in listed if (ROOT / path).exists()]


def check_versions():
    version = re.search(r'version = "(.*)"', text("include/metapatch/version.hpp")).group(1)
    newest = re.search(r"^## (\S+)", text("CHANGELOG.md"), re.MULTILINE).group(1)
    expect(newest == version, f"CHANGELOG.md starts with {newest}, version.hpp says {version}")
    packaged = re.search(r"^metapatch \((.*)-\d+\)", text("examples/packaging/debian/debian/changelog")).group(1)
    expect(packaged == version, f"Debian's changelog starts with {packaged}, version.hpp says {version}")
    for path in ("tests/consumers/fetch_content/CMakeLists.txt", "examples/packaging/README.md"):
        for said in re.findall(r'(?:GIT_TAG v|name = "metapatch", version = ")([\d.]+)', text(path)):
            expect(said == version, f"{path} takes {said}, version.hpp says {version}")
    minor = ".".join(version.split(".")[:2])
    for path in tracked("tests/consumers/*/CMakeLists.txt", "tests/consumers/*/meson.build", "README.md"):
        for asked in re.findall(r"(?:find_package\(metapatch |metapatch>=|version: '>=)([\d.]+)", text(path)):
            expect((asked == minor) != ("too_new" in path), f"{path} asks for {asked}, version.hpp says {version}")


def check_header_lists(headers):
    for build in ("CMakeLists.txt", "meson.build"):
        listed = re.findall(r"include/(metapatch/[\w/]+\.hpp)", text(build).replace("version.hpp version_line", ""))
        listed = [each for each in listed if each != "metapatch/version.hpp"] + ["metapatch/version.hpp"]
        expect(sorted(listed) == sorted(headers),
               f"{build} and the disk differ: {sorted(set(listed) ^ set(headers)) or 'listed twice'}")


def check_source_lists():
    """Both builds compile the same files, but for Boost.JSON itself, which CMake's alone compiles: for sanitizers, and into
    the static runner. Those of the benchmarks are not looked at: each build puts their names together in its own way."""
    of_one_build = {"tests/CMakeLists.txt": {"json_src.cpp"},
                    "tests/conformance/runner/CMakeLists.txt": {"json_src.cpp"}}
    for path in tracked("examples/**/CMakeLists.txt", "examples/CMakeLists.txt", "tests/**/CMakeLists.txt"):
        other = path.replace("CMakeLists.txt", "meson.build")
        if (ROOT / other).exists() and "consumers" not in path:
            listed = [{each.split("/")[-1] for each in re.findall(r"[\w/]+\.cpp", text(each))} for each in (path, other)]
            expect(listed[0] - of_one_build.get(path, set()) == listed[1],
                   f"{path} and {other} differ: {sorted(listed[0] ^ listed[1])}")


# A room includes only rooms of a smaller number. The umbrella of a room is its page, and no file of a room includes one.
ROOMS = {"": 0, "outcome": 1, "json": 2, "simd": 3, "policy": 3, "patch": 4, "access": 4, "splice": 5, "algebra": 5,
         "auth0/contract": 6, "auth0/request": 7, "auth0/management": 8, "auth0/login": 8,
         "auth0/algebra": 9}
UMBRELLAS = [f"metapatch/{room}.hpp" for room in ROOMS if room] + ["metapatch/metapatch.hpp", "metapatch/auth0.hpp",
                                                                 "metapatch/src.hpp"]


def check_rooms(headers):
    """A header includes lower rooms, and of its own only what stands on a floor (a paragraph of the umbrella) above."""
    floor = {}
    for room in filter(None, ROOMS):
        for number, paragraph in enumerate(text(f"include/metapatch/{room}.hpp").split("\n\n")):
            for included in re.findall(r"#include <(metapatch/\S+)>", paragraph):
                expect(room_of(included) == room, f"the umbrella of {room} has {included}")
                floor[included] = number
    for header in headers:
        if header in UMBRELLAS:
            continue
        room = room_of(header)
        expect(room in ROOMS, f"{header} is in no room that lint knows")
        expect(header in floor or not room, f"{header} is not in the umbrella of its room")
        for included in re.findall(r"#include <(metapatch/\S+)>", text(f"include/{header}")):
            expect(included not in UMBRELLAS, f"{header} includes the umbrella {included}")
            other = room_of(included)
            below = floor.get(included, 0) < floor.get(header, 0) if other == room else ROOMS[other] < ROOMS.get(room, 0)
            expect(below, f"{header} includes {included}, not below it")


def room_of(header):
    return str(pathlib.PurePosixPath(header).relative_to("metapatch").parent).removeprefix(".")


def check_headers(headers):
    for header in headers:
        source = text(f"include/{header}")
        guard = re.sub(r"\W", "_", header).upper()
        expect(f"#ifndef {guard}\n#define {guard}\n" in source, f"{header}: the guard is not {guard}")
        macros = [guard] + ["METAPATCH_SEPARATE"] * (header == "metapatch/src.hpp")
        expect(re.findall(r"^#\s*define (\w+)", source, re.MULTILINE) == macros, f"{header}: a macro but the guard")
        expect("json/src.hpp" not in source and "<boost/json.hpp>" not in source, f"{header}: includes all of Boost.JSON")
        expect(source.count("\n") <= 400, f"{header}: over 400 lines")
        expect(max(map(len, source.split("\n"))) <= 120, f"{header}: a line of over 120 columns")
        # g++ 12 warns of it at -O3, in users' builds too; joined() is for that.
        expect(not re.search(r'" \+ (?!\w+\[)(?:\w|::)+\(', re.sub("//.*", "", source)),
               f"{header}: a literal + what a function gives")
        first = re.search(r"^#include <(.*)>", source, re.MULTILINE).group(1)
        expect(first.startswith("metapatch/") or header == "metapatch/version.hpp",
               f"{header}: includes {first} before what tells an older standard")
        test = header.removeprefix("metapatch/")
        if header not in UMBRELLAS: # those have tests/unit/umbrellas.cpp
            expect((ROOT / "tests/unit" / test.replace(".hpp", ".cpp")).exists(), f"tests/unit has no test of {test}")


def check_files():
    for path in tracked("*.hpp", "*.cpp", "*.py", "*.sh"):
        expect("SPDX-License-Identifier: BSL-1.0" in text(path)[:200], f"{path}: no licence line")
        gone = re.search(r"\bboost(?:/json/|::json::)(?:memory_resource|system_error|polymorphic_allocator|error_code)\b",
                         text(path)) if path.endswith("pp") else None
        expect(not gone, f"{path}: {gone and gone.group()}, which newer Boost has not; Boost.Container or Boost.System has")
    for path, most in (("CMakeLists.txt", 140), ("meson.build", 120)):
        expect(text(path).count("\n") <= most, f"{path}: over {most} lines")


def check_format():
    sources = tracked("*.hpp", "*.cpp")
    version = subprocess.run(["clang-format", "--version"], capture_output=True, text=True).stdout
    if "version 14." not in version:
        print(f"lint: formatting not checked: needs clang-format 14, this is {version.strip() or 'none'}")
        return
    ugly = subprocess.run(["clang-format", "--dry-run", *sources], cwd=ROOT, capture_output=True, text=True).stderr
    for path in sorted(set(re.findall(r"^(\S+?):\d+:\d+: warning", ugly, re.MULTILINE))):
        findings.append(f"{path}: clang-format would change it")


def main():
    headers = sorted(str(path.relative_to(INCLUDE)) for path in INCLUDE.rglob("*.hpp"))
    check_versions()
    check_header_lists(headers)
    check_source_lists()
    check_rooms(headers)
    check_headers(headers)
    check_files()
    findings.extend(citations.faults(tracked("include/*.hpp", "tests/*.hpp", "tests/*.cpp")))
    check_format()
    for finding in findings:
        print(f"lint: {finding}")
    print(f"lint: {len(headers)} headers, {len(findings)} findings")
    return 1 if findings else 0


sys.exit(main())
