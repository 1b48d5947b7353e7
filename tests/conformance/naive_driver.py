#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""A conformance driver: the model of this folder behind mpcp/1, and an example of how an implementation is plugged in.

It is naive and slow. What it does not offer, it skips: the model only judges the bodies of diff, compose, inverse,
rebase and deepen, and the decisions on users; and it takes too long for texts of many megabytes.
"""

import base64
import json
import sys

import model
import model_algebra
import model_login
import model_rules

MOST_BYTES = 200_000
TEXTS = ("stored", "patch", "from", "to", "onto", "other", "claims", "fields", "values", "form")
ALGEBRA = ("conflicts", "commutes", "losses", "advise")
LOGIN = tuple(model_login.OPERATIONS)
RULES = ("rule_user", "rule_updates")
OPS = ("apply", "validate", "size", *ALGEBRA, *LOGIN, *RULES)
PROFILES = (*model.PROFILES, "rfc7396")


class Skipped(Exception):
    """What is asked is not offered."""


def text_of(case, name):
    """The bytes of a text, or None where there is none."""
    if case.get(name + "_base64") is not None:
        return base64.b64decode(case[name + "_base64"], validate=True)
    text = case.get(name)
    if text is None:
        return None
    if not isinstance(text, str):
        raise TypeError(f"{name} must be a string")
    return text.encode()


def with_texts(case):
    """A case with its texts as bytes."""
    if case["op"] not in OPS:
        raise Skipped("operation not offered")
    if case["op"] not in (*LOGIN, *RULES) and case.get("profile") not in PROFILES:
        raise Skipped("profile not offered")
    texts = {name: text_of(case, name) for name in TEXTS}
    if any(text is not None and len(text) > MOST_BYTES for text in texts.values()):
        raise Skipped(f"texts of more than {MOST_BYTES} bytes take too long")
    return {**case, **texts}


def written(answer):
    """An answer of a model, whose values are still values."""
    texts = {"value": model.compact, "bodies": lambda bodies: [model.compact(each) for each in bodies]}
    return {name: texts[name](value) if name in texts else value for name, value in answer.items()}


def answer(case):
    """The answer to a case, its id aside."""
    asked = with_texts(case)
    if asked["op"] not in ALGEBRA:
        of = model_login if asked["op"] in LOGIN else model_rules if asked["op"] in RULES else model
        return written(of.answer(asked))
    try:
        found = model_algebra.OPERATIONS[asked["op"]](asked["profile"], asked)
    except model.Refused as refusal:
        return {"outcome": "rejected", "violations": refusal.violations}
    if "advice" in found:
        found["advice"] = [{"code": code, "pointer": pointer} for code, pointer in found["advice"]]
    return found


def result_of(case, answer_to):
    try:
        return {"id": case["id"], **answer_to(case)}
    except Skipped as why:
        return {"id": case["id"], "outcome": "skipped", "why": str(why)}
    except Exception as error:  # the fault of this driver, not of the case
        return {"id": case["id"], "outcome": "errored", "message": repr(error)}


def serve(name, answer_to, ops=OPS, lacks=()):
    """Answer requests, a line each, until the one to stop."""
    for line in sys.stdin.buffer:
        request = json.loads(line)
        if request["cmd"] == "start":
            reply = {"protocol": 1, "implementation": {"name": name, "version": "1", "language": "Python"},
                     "profiles": PROFILES, "ops": ops, "lacks": lacks}
        elif request["cmd"] == "run":
            reply = {"seq": request["seq"], "results": [result_of(case, answer_to) for case in request["cases"]]}
        else:
            break
        print(json.dumps(reply), flush=True)


if __name__ == "__main__":
    serve("naive", answer)
