# SPDX-License-Identifier: BSL-1.0
"""Checks that rules.json and the vectors agree: every rule is shown by cases, every case shows a rule.

A rule names the cases that show it by patterns over their ids, as the runner's --id takes them. The rule of a limit
names what is `admitted` and what is `refused` in place of `cases`, since a limit with one side alone is none. Rules of
the library alone (its DOM layer, what a caller's policy may ask for, strong guarantees) have no vectors.
"""

import fnmatch
import json
import re
from pathlib import Path

SIDES = ("admitted", "refused")
REFUSALS = ("rejected", "refused", "deny", "impossible")
# What may be said beside an outcome that is fine: that, too, is the other side of a limit.
REMARKS = ("advice", "dropped", "warnings")
TABLE = [f"A{number}" for number in range(1, 11)]


def section(rule):
    """The section a rule is of; the rules A1 to A10 are the table of section 2."""
    number = re.match(r"A[0-9]+$|([1-6])\.", rule["id"])
    return int(number.group(1) or 2) if number else None


def shape_faults(rule):
    if not isinstance(rule, dict) or not isinstance(rule.get("id"), str) or not isinstance(rule.get("rule"), str):
        yield f"no rule: {str(rule)[:80]}"
        return
    lists = set(rule) - {"id", "rule"}
    if lists not in ({"cases"}, set(SIDES)):
        yield f"rule {rule['id']}: has {', '.join(sorted(lists)) or 'no cases'}, needs cases, or admitted and refused"
    if not section(rule) or not re.fullmatch(r"[A-Za-z0-9.-]+", rule["id"]):
        yield f"rule {rule['id']}: the id is of no section"
    if not rule["rule"].endswith("."):
        yield f"rule {rule['id']}: is no sentence"
    for name in lists:
        patterns = rule[name]
        if not isinstance(patterns, list) or not patterns or not all(isinstance(each, str) for each in patterns):
            yield f"rule {rule['id']}: {name} is no list of patterns"
        elif len(set(patterns)) != len(patterns):
            yield f"rule {rule['id']}: a pattern occurs twice"


def refused(case):
    return case["expect"]["outcome"] in REFUSALS or any(case["expect"].get(name) for name in REMARKS)


def list_faults(cases, rules):
    """What is wrong with a list of rules, given all cases of the vectors by their ids."""
    faults = [fault for rule in rules for fault in shape_faults(rule)]
    if faults:
        return faults
    ids = [rule["id"] for rule in rules]
    faults.extend(f"rule {each}: the id occurs twice" for each in sorted({each for each in ids if ids.count(each) > 1}))
    faults.extend(f"rule {each}: is missing" for each in TABLE if each not in ids)
    faults.extend(f"rule {rule['id']}: stands behind a later section"
                  for before, rule in zip(rules, rules[1:]) if section(before) > section(rule))
    covered = set()
    for rule in rules:
        for name in set(rule) - {"id", "rule"}:
            for pattern in rule[name]:
                matched = fnmatch.filter(cases, pattern)
                covered.update(matched)
                if not matched:
                    faults.append(f"rule {rule['id']}: no case matches {pattern}")
                if name in SIDES:
                    faults.extend(f"rule {rule['id']}: {each} is not {name}"
                                  for each in matched if refused(cases[each]) != (name == "refused"))
    faults.extend(f"{each}: is under no rule" for each in cases if each not in covered)
    return faults


def rule_faults(files):
    rules = json.loads((Path(__file__).parent / "rules.json").read_text(encoding="utf-8"))
    return list_faults({case["id"]: case for _, file in files for case in file["cases"]}, rules)
