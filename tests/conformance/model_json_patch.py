# SPDX-License-Identifier: BSL-1.0
"""RFC 6902, written from the RFC alone. Values are those of the model."""

import copy
import re

from model import ABSENT, Refused, violation


class Failed(Exception):
    """An operation has nothing to work on."""


def tokens_of(pointer):
    """The reference tokens of a JSON Pointer; None where it is none."""
    if not isinstance(pointer, str) or not re.fullmatch(r"(/([^~/]|~[01])*)*", pointer, re.DOTALL):
        return None
    return [each.replace("~1", "/").replace("~0", "~") for each in pointer.split("/")[1:]]


def index_of(token, most):
    if not re.fullmatch(r"0|[1-9][0-9]*", token, re.ASCII) or int(token) > most:
        raise Failed
    return int(token)


def at(document, tokens):
    for token in tokens:
        if isinstance(document, dict) and token in document:
            document = document[token]
        elif isinstance(document, list):
            document = document[index_of(token, len(document) - 1)]
        else:
            raise Failed
    if document is ABSENT:
        raise Failed
    return document


def add(document, tokens, value):
    if not tokens:
        return value
    parent = at(document, tokens[:-1])
    if isinstance(parent, dict):
        parent[tokens[-1]] = value
    elif isinstance(parent, list):
        parent.insert(len(parent) if tokens[-1] == "-" else index_of(tokens[-1], len(parent)), value)
    else:
        raise Failed
    return document


def remove(document, tokens):
    at(document, tokens)
    if not tokens:
        return ABSENT
    parent = at(document, tokens[:-1])
    del parent[tokens[-1] if isinstance(parent, dict) else int(tokens[-1])]
    return document


def replace(document, tokens, value):
    at(document, tokens)
    if not tokens:
        return value
    parent = at(document, tokens[:-1])
    parent[tokens[-1] if isinstance(parent, dict) else int(tokens[-1])] = value
    return document


def is_operation(operation):
    if not isinstance(operation, dict) or operation.get("op") not in ("add", "remove", "replace", "move", "copy", "test"):
        return False
    path = tokens_of(operation.get("path"))
    if path is None:
        return False
    if operation["op"] in ("move", "copy"):
        source = tokens_of(operation.get("from"))
        if source is None:
            return False
        return operation["op"] == "copy" or not (len(source) < len(path) and path[:len(source)] == source)
    return operation["op"] == "remove" or "value" in operation


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
    except Failed:
        raise Refused([violation("missing_target", place)]) from None


def patched(document, operations):
    """What a JSON Patch makes of a document, or of none."""
    if not isinstance(operations, list):
        raise Refused([violation("expected_array")])
    document = document if document is ABSENT else copy.deepcopy(document)
    for index, operation in enumerate(operations):
        if not is_operation(operation):
            raise Refused([violation("invalid_operation", f"/{index}")])
        document = done(document, operation)
    return document
