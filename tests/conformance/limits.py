#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The limits and reserved names as README.md shows them: made from the model, and held against the vectors.

usage: limits.py [--write]     prints the tables, or puts them into README.md
"""

import re
import sys
from pathlib import Path

import model

README = Path(__file__).parent / "README.md"
BEGIN, END = "<!-- limits.py makes what follows -->\n", "<!-- limits.py made what stands above -->\n"
CODES = {"members": "too_many_members", "key": "key_too_long", "string": "value_too_long", "bytes": "too_large"}


def number(limit):
    return "–" if limit is None else f"{limit:,}"


def keys(rules):
    if rules.forbidden:
        return "no " + " ".join(f"`{each}`" for each in rules.forbidden) + ", at any depth"
    if not rules.allowed:
        return "any"
    others = rules.allowed.removeprefix(model.LETTERS_AND_DIGITS)
    written = {"\t": "tab", " ": "space"}
    named = [written[each] for each in others if each in written]
    return ", ".join(["ASCII letters, digits", *named, f"`{''.join(each for each in others if each not in written)}`"])


def row(profile, rules):
    state = "absent" if rules.cleared_is_absent else "`{}`"
    values = "any JSON" if rules.string is None else f"strings of {rules.string}" + (", no null" if not rules.null_removes else "")
    return [f"`{profile}`", "replaced" if rules.replaces else "first level", state,
            "clears" if rules.null_clears else "refused", keys(rules), number(rules.key), number(rules.members), values,
            number(rules.bytes)]


def tables():
    head = ["profile", "merge", "`{}` leaves", "`null`", "keys", "key length", "members", "values", "bytes of the result"]
    rows = [head, ["---"] * len(head), *(row(*each) for each in model.PROFILES.items())]
    reserved = {name: rules.reserved for name, rules in model.PROFILES.items() if rules.reserved}
    lines = ["| " + " | ".join(each) + " |" for each in rows]
    lines += ["", "Lengths are in code points, bytes those of the compact UTF-8 text. All fields, and `rfc7396`, are refused"
              f" beyond {model.MAX_NESTING}", "levels of nesting (`too_deep`)."]
    for profile, names in reserved.items():
        words, line = [f"Reserved on the first level of `{profile}`:", *(f"`{name}`" for name in names)], ""
        lines.append("")
        for word in words:
            if line and len(line) + 1 + len(word) > 119:
                lines.append(line)
                line = ""
            line += (" " if line else "") + word
        lines.append(line + ".")
    return "\n".join(lines) + "\n"


def shown():
    text = README.read_text(encoding="utf-8")
    return text[text.index(BEGIN) + len(BEGIN):text.index(END)].strip("\n") + "\n"


def refused(files):
    """What the vectors refuse: limits by profile and code, and reserved names by profile."""
    limits, reserved = {}, {}
    for _, file in files:
        for case in file["cases"]:
            if case["op"] not in ("apply", "validate"):
                continue
            for each in case["expect"].get("violations", []):
                if "limit" in each:
                    limits.setdefault((file["profile"], each["code"]), set()).add(each["limit"])
                if each["code"] == "reserved_key":
                    reserved.setdefault(file["profile"], set()).add(each["pointer"].removeprefix("/"))
    return limits, reserved


def limit_faults(files):
    if shown() != tables():
        yield "README.md: the tables of limits are not those that limits.py makes"
    limits, reserved = refused(files)
    for profile, rules in model.PROFILES.items():
        for member, code in CODES.items():
            told = {getattr(rules, member)} - {None}
            if limits.get((profile, code), set()) != told:
                yield f"{profile}: the vectors refuse {code} beyond {limits.get((profile, code))}, the table says {told}"
        if limits.get((profile, "too_deep")) != {model.MAX_NESTING}:
            yield f"{profile}: the vectors refuse another depth than {model.MAX_NESTING}"
        if reserved.get(profile, set()) != set(rules.reserved):
            yield f"{profile}: the vectors refuse other names than the table: {reserved.get(profile, set()) ^ set(rules.reserved)}"


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        before, _, rest = README.read_text(encoding="utf-8").partition(BEGIN)
        README.write_text(before + BEGIN + "\n" + tables() + "\n" + END + rest.partition(END)[2], encoding="utf-8")
    else:
        print(tables(), end="")
