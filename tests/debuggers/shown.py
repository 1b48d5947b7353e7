#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Holds what the debuggers show of metapatch's types against what is meant: shown.py GDB PROGRAM

It stops the program, prints its variables with the printers, and evaluates every expression of the natvis file, which
names members of classes, on the variables that it is for. Status 77 where GDB must not run a program here.
"""

import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
DEBUGGERS = ROOT / "examples" / "debuggers"
NATVIS = "{http://schemas.microsoft.com/vstudio/debugger/natvis/2010}"

EXPECTED = {
    "untouched": "untouched",
    "clearing": "clears",
    "setting": '5 members = {"color" = "red \\"and\\" grün, longer than what fits in place", "short" = "x\\u000a", '
               '"values" = [null,true,-5,18446744073709551615,0.5,{"a":[1]}], "empty" = {}, "hobby" = null}',
    "both": 'clears, 1 member = {"a" = 1}',
    "deep": '1 member, merges 3 levels = {"a" = 1}',
    "none": "no violation",
    "faults": '3 violations and 1 more = {[0] = too_many_members at "/a~1b", limit 10, actual 11, '
              '[1] = malformed_json at "", offset 6, [2] = unknown_plan at "/plan"}',
    "one": 'too_many_members at "/a~1b", limit 10, actual 11',
    "text": '3 members = {"city" = "Oslo", "n" = 1.10, "gone" = null}',
    "clearing_text": "clears",
    "untouched_text": "untouched",
}

# An object of each type of the natvis file.
OBJECTS = {
    "metapatch::patch": "setting",
    "metapatch::text_patch": "text",
    "metapatch::patch_member": "text.content_.members_.members_.data_[0]",
    "metapatch::detail::small_vector<*,*>": "text.content_.members_.members_",
    "metapatch::violation": "one",
    "metapatch::report": "faults",
}


def natvis_expressions():
    """Each type of the natvis file with the expressions that it evaluates."""
    root = xml.etree.ElementTree.parse(DEBUGGERS / "metapatch.natvis").getroot()
    for each in root.iter(NATVIS + "Type"):
        for node in each.iter():
            if node.get("Condition"):
                yield each.get("Name"), node.get("Condition")
            if node.tag == NATVIS + "DisplayString":
                yield from ((each.get("Name"), inner) for inner in re.findall(r"{(.*?)}", node.text))
            elif node.text and node.text.strip() and not list(node):
                yield each.get("Name"), node.text.strip()


def on_object(expression, of):
    """An expression of members as one of an object's."""
    return re.sub(r"(?<![\w.])([a-z]\w*)", rf"({of}).\1", expression)


def main():
    gdb, program = sys.argv[1:3]
    commands = ["set confirm off", "set print pretty off", "set width 0", "set print elements 0", "set pagination off",
                f"source {DEBUGGERS / 'metapatch_gdb.py'}", "break stop", "run", "up"]
    for name in EXPECTED:
        commands += [f"echo shown {name}:", f"output {name}", "echo \\n"]
    expressions = list(natvis_expressions())
    for number, (of, expression) in enumerate(expressions):
        commands += [f"echo natvis {number}:", f"output sizeof({on_object(expression, OBJECTS[of])})", "echo \\n"]
    # All of them run, also where one fails: each is an argument of its own.
    run = subprocess.run([gdb, "-nx", "-q", "-batch", *(part for each in commands for part in ("-ex", each)), program],
                         capture_output=True, text=True, timeout=300, check=False, stdin=subprocess.DEVNULL,
                         env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": "/nonexistent"})
    if "ptrace" in run.stderr or "Could not trace" in run.stderr:
        print(f"shown: skipped: GDB must not run a program here\n{run.stderr}")
        return 77
    shown = dict(re.findall(r"^shown (\w+):(.*)$", run.stdout, re.MULTILINE))
    wrong = [f"{name}\n  shows    {shown.get(name)}\n  expected {wanted}"
             for name, wanted in EXPECTED.items() if shown.get(name) != wanted]
    evaluated = dict(re.findall(r"^natvis (\d+):(.*)$", run.stdout, re.MULTILINE))
    wrong += [f"the natvis file asks {of} for what it does not have: {expression}"
              for number, (of, expression) in enumerate(expressions)
              if not evaluated.get(str(number), "").strip().isdigit()]
    for each in wrong:
        print(each)
    if wrong:
        print(run.stdout, run.stderr, sep="\n")
    print(f"shown: {len(EXPECTED)} variables, {len(expressions)} expressions of the natvis file, {len(wrong)} wrong")
    return 1 if wrong else 0


sys.exit(main())
