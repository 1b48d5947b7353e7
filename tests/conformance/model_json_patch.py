# SPDX-License-Identifier: BSL-1.0
"""RFC 6902, written from the RFC alone. Values are those of the model."""

import copy
import re

from model import ABSENT, Refused, violation


class Failed(Exception):
    """An operation has nothing to work on: at the token of that index, for that reason."""

    def __init__(self, index, fault):
        super().__init__(fault)
        self.index, self.fault = index, fault


def tokens_of(pointer):
    """The reference tokens of a JSON Pointer."""
    return [each.replace("~1", "/").replace("~0", "~") for each in pointer.split("/")[1:]]


def pointer_fault(pointer):
    if re.fullmatch(r"(/([^~/]|~[01])*)*", pointer, re.DOTALL):
        return None
    return "bad_escape" if pointer.startswith("/") else "no_slash"


def inside(value, token, here, most):
    """The key or index in a container that a token is, where an index may be up to that much beyond its last one."""
    if isinstance(value, dict):
        if token in value or most:
            return token
        raise Failed(here, "no_member")
    if not isinstance(value, list):
        raise Failed(here, "no_document" if value is ABSENT else "not_a_container")
    if token == "-" and most:
        return len(value)
    if token != "-" and not re.fullmatch(r"0|[1-9][0-9]*", token, re.ASCII):
        raise Failed(here, "no_index")
    if token == "-" or int(token) > len(value) - 1 + most:
        raise Failed(here, "no_element")
    return int(token)


def at(document, tokens):
    for here, token in enumerate(tokens):
        document = document[inside(document, token, here, 0)]
    if document is ABSENT:
        raise Failed(0, "no_document")
    return document


def add(document, tokens, value):
    if not tokens:
        return value
    parent = at(document, tokens[:-1])
    place = inside(parent, tokens[-1], len(tokens) - 1, 1)
    if isinstance(parent, dict):
        parent[place] = value
    else:
        parent.insert(place, value)
    return document


def remove(document, tokens):
    at(document, tokens)
    if not tokens:
        return ABSENT
    parent = at(document, tokens[:-1])
    del parent[inside(parent, tokens[-1], 0, 0)]
    return document


def replace(document, tokens, value):
    at(document, tokens)
    if not tokens:
        return value
    parent = at(document, tokens[:-1])
    parent[inside(parent, tokens[-1], 0, 0)] = value
    return document


def operation_fault(operation):
    """The member that is wrong, and why; None where it is an operation."""
    if not isinstance(operation, dict):
        return "", "not_an_object"
    for name in ("op", "path", "from"):
        if name == "from" and operation["op"] not in ("move", "copy"):
            continue
        if name not in operation:
            return name, "missing_member"
        if not isinstance(operation[name], str):
            return name, "not_a_string"
        if name == "op" and operation["op"] not in ("add", "remove", "replace", "move", "copy", "test"):
            return name, "unknown_op"
        if name != "op" and pointer_fault(operation[name]):
            return name, pointer_fault(operation[name])
    if operation["op"] in ("add", "replace", "test") and "value" not in operation:
        return "value", "missing_member"
    if operation["op"] == "move":
        path, source = tokens_of(operation["path"]), tokens_of(operation["from"])
        if len(source) < len(path) and path[:len(source)] == source:
            return "path", "into_itself"
    return None


def done(document, operation):
    """The document after an operation; refused where it fails."""
    name, path = operation["op"], tokens_of(operation["path"])
    place = operation["path"]
    try:
        if name == "remove":
            return remove(document, path)
        if name in ("move", "copy"):
            place = operation["from"]
            value = copy.deepcopy(at(document, tokens_of(place)))
            if name == "move":
                document = remove(document, tokens_of(place))
            place = operation["path"]
            return add(document, path, value)
        value = copy.deepcopy(operation["value"])
        if name == "add":
            return add(document, path, value)
        if name == "replace":
            return replace(document, path, value)
        if at(document, path) != value:
            raise Refused([violation("test_failed", place)])
        return document
    except Failed as failed:
        there = "" if failed.fault == "no_document" else "/".join(place.split("/")[:failed.index + 2])
        raise Refused([violation("missing_target", there, fault=failed.fault)]) from None


def patched(document, operations):
    """What a JSON Patch makes of a document, or of none."""
    if not isinstance(operations, list):
        raise Refused([violation("expected_array")])
    document = document if document is ABSENT else copy.deepcopy(document)
    for index, operation in enumerate(operations):
        wrong = operation_fault(operation)
        if wrong:
            place = f"/{index}/{wrong[0]}" if wrong[0] else f"/{index}"
            raise Refused([violation("invalid_operation", place, operation=index, fault=wrong[1])])
        try:
            document = done(document, operation)
        except Refused as refusal:
            raise Refused([{**each, "operation": index} for each in refusal.violations]) from None
    return document
