# SPDX-License-Identifier: BSL-1.0
"""Whether a driver's results are what the model of the patch algebra asks for."""

import re

import model_algebra
from exact_json import Number
from model import Refused, read
from model_bodies import Bodies, Impossible, members_in


def lexemes(value):
    if isinstance(value, Number):
        return {value.lexeme}
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return set().union(*map(lexemes, inside))


def given_lexemes(case):
    """The numbers of all texts of a case, as they are written; also of what another value of the same key ousts."""
    found = set()
    for given in case.values():
        for text in given if isinstance(given, list) else [given]:
            if isinstance(text, bytes):
                without_strings = re.sub(rb'"([^"\\]|\\.)*"', b" ", text)
                found |= {each.decode() for each in re.findall(rb"-?[0-9][0-9.eE+-]*", without_strings)}
    return found


def bodies_of(result):
    """The bodies that a result has, as texts."""
    if result["outcome"] == "no_patch":
        return []
    return [result["patch"]] if "patch" in result else result["bodies"]


def bodies_fault(profile, case, asked, result):
    if result["outcome"] not in ("ok", "no_patch"):
        return f"another outcome: {asked.count} bodies of {asked.members} members do it"
    if case["op"] in ("diff", "deepen"):
        shape = {0: {"outcome"}, 1: {"outcome", "patch"}}.get(asked.count, {"outcome", "bodies"})
        if set(result) - {"id"} != shape or (asked.count == 0) != (result["outcome"] == "no_patch"):
            return f"an answer of another form: {asked.count} bodies of {asked.members} members do it"
    texts = bodies_of(result)
    bodies = [read(each.encode()) for each in texts]
    if len(bodies) != asked.count:
        return f"{len(bodies)} bodies, {asked.count} do it"
    members = sum(members_in(profile, each) for each in bodies)
    if asked.members is not None and members != asked.members:
        return f"{members} members, {asked.members} do it"
    if set().union(*map(lexemes, bodies)) - given_lexemes(case):
        return "a number is written as in no text"
    try:
        if not asked.do(bodies):
            return "the bodies do something else"
    except Refused as refusal:
        return f"a body is refused: {refusal.violations}"
    more = {key: value for key, value in comparable(result).items() if key not in ("outcome", "patch", "bodies")}
    return None if more == asked.more else f"another answer besides the bodies: {asked.more}"


def comparable(result):
    """A result with what is a set in a fixed order."""
    answer = {key: value for key, value in result.items() if key not in ("id", "why")}
    for name in ("keys", "conflicts", "pointers"):
        if name in answer:
            answer[name] = sorted(answer[name])
    if "advice" in answer:
        answer["advice"] = sorted((each["code"], each["pointer"]) for each in answer["advice"])
    return answer


def violations_of(result, asked):
    """The violations of a result, with the members that are asked of all."""
    found = [{key: value for key, value in each.items() if key in ("code", "pointer") or any(key in one for one in asked)}
             for each in result.get("violations", [])]
    return sorted(found, key=repr)


def fault(case, result):
    """What is wrong with a driver's result; None where nothing is."""
    profile = case["profile"]
    try:
        expected = model_algebra.OPERATIONS[case["op"]](profile, case)
    except Refused as refusal:
        good = result["outcome"] == "rejected" and \
            violations_of(result, refusal.violations) == sorted(refusal.violations, key=repr)
        return None if good else f"not rejected for {refusal.violations}"
    except Impossible as reason:
        if result["outcome"] != "impossible" or not result.get("why"):
            return f"not impossible, or no reason: {reason.reasons}"
        if reason.reasons and violations_of(result, reason.reasons) != sorted(reason.reasons, key=repr):
            return f"another reason than {reason.reasons}"
        return None
    if isinstance(expected, Bodies):
        return bodies_fault(profile, case, expected, result)
    return None if comparable(result) == expected else f"expected {expected}"
