# SPDX-License-Identifier: BSL-1.0
"""Answers of the patch algebra, held against what a vector expects of them."""

import json

import exact_json


def parsed(answer):
    """The bodies of an answer, in turn."""
    texts = [answer["patch"]] if "patch" in answer else answer.get("bodies", [])
    return [exact_json.parse(each) for each in texts]


def shape(body, any_key):
    """A body; where any key will do, without its keys."""
    return list(body.values()) if any_key and isinstance(body, dict) else body


def split_fault(expected, given):
    """Members may be split among bodies in any way, but none is removed behind one that is set."""
    if [len(each) for each in expected] != [len(each) for each in given]:
        return "bodies of other sizes"
    members = [list(body.items()) for body in given]
    if sorted(sum(members, []), key=repr) != sorted((each for body in expected for each in body.items()), key=repr):
        return "other members"
    removals = [all(value is None for value in body.values()) for body in given]
    late = any(not pure and any(value is None for value in after.values())
               for at, pure in enumerate(removals) for after in given[at + 1:])
    return "a member is removed behind one that is set" if late else None


def bodies_fault(expect, result):
    if ("patch" in expect) != ("patch" in result) or ("bodies" in expect) != ("bodies" in result):
        return "an answer of another form"
    try:
        expected, given = parsed(expect), parsed(result)
    except ValueError as error:
        return f"a body is no JSON text as it should be: {error}"
    if "split" in expect:
        return split_fault(expected, given)
    any_key = "any_key" in expect
    if [shape(each, any_key) for each in expected] != [shape(each, any_key) for each in given]:
        return "other bodies"
    texts = [result["patch"]] if "patch" in result else result.get("bodies", [])
    missing = [each for each in expect.get("lexemes", []) if not any(each in text for text in texts)]
    return f"not written as it was: {missing[0]}" if missing else None


def as_set(values):
    return sorted(json.dumps(each, sort_keys=True) for each in values)


def algebra_faults(expect, result):
    """What is wrong with an answer whose outcome is the expected one."""
    faults = [bodies_fault(expect, result)]
    for name in ("keys", "conflicts", "pointers", "advice"):
        if as_set(expect.get(name, [])) != as_set(result.get(name, [])):
            faults.append(f"other {name}")
    faults += [f"another {name}" for name in ("value", "presence", "whole") if expect.get(name) != result.get(name)]
    if expect["outcome"] == "impossible":
        if not isinstance(result.get("why"), str) or not result["why"]:
            faults.append("no reason")
        # A driver need not tell its reasons as data; where it does, they must be right.
        told = [{name: each.get(name) for name in ("code", "pointer")} for each in result.get("violations", [])]
        if told and as_set(told) != as_set(expect["violations"]):
            faults.append("other reasons")
    return [each for each in faults if each is not None]
