# SPDX-License-Identifier: BSL-1.0
"""What Rules and Actions see of a user, and what their calls amount to: naive, and written from the rules alone.

The calls of a case are dicts of `call` and `args`; an argument is a str.
"""

from model import ABSENT, MAX_NESTING, PROFILES, Reader, Refused, check_patch, check_result, read, size_of, violation
from model_states import merged

MOST_TOGETHER = 16 * 1024 * 1024
MOST_SET = 32 * 1024
FIELDS = {"user_metadata": "auth0.user_metadata", "app_metadata": "auth0.app_metadata"}
# The field that a call is for, and whether it is an Action's.
CALLS = {"updateUserMetadata": ("user_metadata", False), "updateAppMetadata": ("app_metadata", False),
         "setUserMetadata": ("user_metadata", True), "setAppMetadata": ("app_metadata", True)}


class UserReader(Reader):
    """A user is one level around fields of the greatest nesting."""

    def __init__(self, text):
        super().__init__(text)
        self.depth = -1

    def members(self, close, read_one):
        if self.depth == MAX_NESTING:
            raise Refused([violation("too_deep", limit=MAX_NESTING + 1)])
        super().members(close, read_one)


def user_of(text):
    if text is None:
        raise Refused([violation("expected_object")])
    reader = UserReader(text)
    user = reader.value()
    reader.space()
    if reader.peek() is not None:
        reader.fail()
    if not isinstance(user, dict):
        raise Refused([violation("expected_object")])
    return user


def rule_user(user):
    seen = dict(user)
    squashed = user.get("app_metadata")
    if isinstance(squashed, dict):
        seen.update(squashed)
    return seen


def nesting(value):
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inside is None else 1 + max(map(nesting, inside), default=0)


def patched(user, field, patch):
    """A user after a PATCH of one field."""
    stored = user.get(field)
    if not isinstance(stored, dict):
        if stored is not None and patch != {}:  # a clear keeps nothing of it
            raise Refused([violation("expected_object")])
        stored = ABSENT
    rules = PROFILES[FIELDS[field]]
    check_patch(rules, patch)
    after = merged(FIELDS[field], stored, patch)
    if patch:
        check_result(rules, after)
    result = dict(user)
    result.pop(field, None) if after is ABSENT else result.update({field: after})
    together = sum(size_of(result[each]) for each in FIELDS if isinstance(result.get(each), dict))
    if together > MOST_TOGETHER:
        raise Refused([violation("too_large", limit=MOST_TOGETHER, actual=together)])
    return result


def with_set(user, members):
    """A user after what Actions have set, an object for each field, is sent."""
    for field, patch in members.items():
        if patch:
            user = patched(user, field, patch)
    return user


def key_of(text):
    """A key comes as a JSON text, or as it is."""
    return read(text.encode()) if text.startswith('"') else text


def rule_updates(user, calls):
    sent = []
    members = {field: {} for field in FIELDS}
    for each in calls:
        field, of_action = CALLS[each["call"]]
        *before, value = each["args"]
        value = read(value.encode())
        if not of_action:
            after = patched(user, field, value)
            with_set(after, members)
            user = after
            sent.append({field: value})
            continue
        patch = {key_of(before[0]): value}
        if nesting(patch) > MAX_NESTING and isinstance(user.get(field) or {}, dict):
            raise Refused([violation("too_deep", limit=MAX_NESTING)])
        patched(with_set(user, members), field, patch)
        after = {**members, field: {**members[field], **patch}}
        if size_of(after[field]) > MOST_SET:
            raise Refused([violation("too_large", limit=MOST_SET, actual=size_of(after[field]))])
        members = after
    last = {field: {key: value for key, value in patch.items()
                    if value is None or key not in (user.get(field) or {}) or user[field][key] != value}
            for field, patch in members.items()}
    last = {field: patch for field, patch in last.items() if patch}
    return with_set(user, members), sent + ([last] if last else [])


def answer(case):
    """The answer to a case, with values still values."""
    try:
        user = user_of(case["stored"])
        if case["op"] == "rule_user":
            return {"outcome": "ok", "value": rule_user(user)}
        value, bodies = rule_updates(user, case["calls"])
    except Refused as refusal:
        return {"outcome": "rejected", "violations": refusal.violations}
    return {"outcome": "ok", "value": value, "bodies": bodies}


def in_order(value):
    """A value whose members are told apart by their order too."""
    if isinstance(value, dict):
        return [(key, in_order(each)) for key, each in value.items()]
    return [in_order(each) for each in value] if isinstance(value, list) else value


def fault(case, result):
    """What is wrong with a driver's result; None where nothing is."""
    expected = answer(case)
    if result["outcome"] != expected["outcome"]:
        return f"not {expected}"
    if result["outcome"] == "rejected":
        given = [{name: each.get(name) for name in asked}
                 for each, asked in zip(result["violations"], expected["violations"])]
        same = len(result["violations"]) == len(expected["violations"]) and given == expected["violations"]
        return None if same else f"not rejected for {expected['violations']}"
    value = read(result["value"].encode())
    if value != expected["value"]:
        return f"not {expected}"
    if case["op"] == "rule_user":
        return None if in_order(value) == in_order(expected["value"]) else "members in another order"
    bodies = [read(each.encode()) for each in result["bodies"]]
    return None if in_order(bodies) == in_order(expected["bodies"]) else f"not {expected}"
