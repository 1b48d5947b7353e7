# SPDX-License-Identifier: BSL-1.0
"""Whether a driver's results of the operations on users are what their model asks for."""

import re

import model_users
from model import compact, read
from model_access import authorize

REASONS = {400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 500: "Internal Server Error"}
SHAPES = [["statusCode", "error", "message"], ["statusCode", "error", "message", "errorCode"],
          ["statusCode", "error", "message", "attributes"]]
NESTING = model_users.BODY_NESTING
OPERATIONS = ("authorize", *model_users.OPERATIONS)


def shape_fault(op, status, body):
    """What is wrong with the form of a refusal's body, its members' order included."""
    if op == "passkey_signup":
        return None if list(body) == ["error", "error_description"] else "a refusal of another form"
    if op == "signup":
        good = list(body) == ["name", "code", "description", "statusCode"] and body["name"] == "BadRequestError"
    else:
        good = list(body) in SHAPES and body["error"] == REASONS[status]
    return None if good and body["statusCode"] == status else "a refusal of another form"


def refusal_fault(op, expected, result):
    if result["outcome"] != "refused":
        return f"not refused with {expected.status} {expected.messages}"
    if result["status"] != expected.status:
        return f"not the status {expected.status} {expected.messages}"
    body = result["body"]
    message = body.get({"signup": "description", "passkey_signup": "error_description"}.get(op, "message"), "")
    if not any(re.fullmatch(each, message) for each in expected.messages):
        return f"none of the messages {expected.messages}"
    if op == "signup":
        if message.startswith("invalid user_metadata") and body["code"] != message:
            return "the code is not the sentence"
    elif op == "passkey_signup":
        if body["error"] != "invalid_request":
            return "another error"
    elif expected.code is not model_users.ANY and body.get("errorCode") != expected.code:
        return f"not the errorCode {expected.code}"
    return shape_fault(op, expected.status, body)


def decision_fault(case, result):
    body, user = (read(case[name], NESTING) if case[name] else {} for name in ("patch", "stored"))
    expected = authorize(case, body, user)
    if result["outcome"] != expected["outcome"]:
        return f"expected {expected}"
    if result["outcome"] == "allow":
        granted = set(result["granted_by"])
        return None if granted in expected["granted_by"] else f"expected one of {expected['granted_by']}"
    sets = sorted(sorted(each) for each in result["sufficient"])
    good = result["reason"] == expected["reason"] and sets == sorted(sorted(each) for each in expected["sufficient"])
    return None if good else f"expected {expected}"


def fault(case, result):
    """What is wrong with a driver's result; None where nothing is."""
    op = case["op"]
    if op == "authorize":
        return decision_fault(case, result)
    try:
        expected = model_users.OPERATIONS[op](case)
    except model_users.Refusal as refusal:
        return refusal_fault(op, refusal, result)
    except model_users.Undocumented:
        return None
    if result["outcome"] != "ok":
        return f"refused, not {compact(expected)}"
    given = read(result["value"].encode(), NESTING)
    # Members that are new have no order: those of a new user, and those that an update adds at the end.
    kept = len(read(case["stored"], NESTING).keys() & expected.keys()) if op == "update_user" else 0
    if op in ("update_user", "create_user", "signup", "passkey_signup"):
        given = dict([*given.items()][:kept] + sorted([*given.items()][kept:], key=lambda member: member[0]))
        expected = dict([*expected.items()][:kept] + sorted([*expected.items()][kept:], key=lambda member: member[0]))
    return None if compact(given) == compact(expected) else f"not {compact(expected)}"
