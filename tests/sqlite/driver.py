#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""A conformance driver over SQL: what is tested is the extension of SQLite, with texts as blobs, which may be any bytes.

  metapatch-conformance run -- python3 driver.py METAPATCH.SO
"""

import base64
import json
import sqlite3
import sys

PROFILES = ["auth0." + name for name in ("agent_metadata app_metadata client_metadata connection_metadata domain_metadata "
                                         "organization_metadata refresh_token_metadata session_metadata "
                                         "signup_user_metadata user_metadata").split()] + ["rfc7396"]

database = sqlite3.connect(":memory:")
database.enable_load_extension(True)
database.load_extension(sys.argv[1])
database.text_factory = bytes


def text_of(case, name):
    if case.get(name + "_base64") is not None:
        return base64.b64decode(case[name + "_base64"])
    text = case.get(name)
    if isinstance(text, dict):
        text = "".join(piece * times for piece, times in text["parts"])
    return None if text is None else text.encode("utf-8", "surrogatepass")


def rows(statement, *given):
    return database.execute(statement, given).fetchall()


def value(function, *given):
    return rows(f"SELECT {function}({', '.join('?' * len(given))})", *given)[0][0]


def string(text):
    return text.decode("utf-8", "surrogatepass")


def violations_of(error):
    """What a refusal's error says; what is no refusal is raised again."""
    if error.sqlite_errorname != "SQLITE_CONSTRAINT_FUNCTION":
        raise error
    return json.loads(str(error))


def rejected(told):
    return {"outcome": "rejected", "violations": told["violations"], "omitted": told.get("omitted")}


def impossible(told):
    """Of what is no fault of a text."""
    if any("input" in each for each in told["violations"]):
        return rejected(told)
    return {**rejected(told), "outcome": "impossible", "why": "; ".join(each["message"] for each in told["violations"])}


def apply(case):
    made = value("metapatch_apply", case["profile"], text_of(case, "stored"), text_of(case, "patch"))
    return {"field": "absent"} if made is None else {"field": "present", "value": string(made)}


def validate(case):
    found = rows("SELECT code, pointer, \"limit\", actual, \"offset\" FROM metapatch_validate(?, ?, ?)", case["profile"],
                 text_of(case, "stored"), text_of(case, "patch"))
    if not found:
        return {}
    listed = [{name: string(given) if isinstance(given, bytes) else given
               for name, given in zip(("code", "pointer", "limit", "actual", "offset"), row)} for row in found]
    omitted = listed.pop()["actual"] if listed[-1]["code"] == "omitted" else None
    return {"outcome": "rejected", "violations": listed, "omitted": omitted}


def size(case):
    return {"bytes": value("metapatch_size", text_of(case, "stored"))}


def diff(case):
    bodies = [string(body) for body, in rows("SELECT body FROM metapatch_diff(?, ?, ?)", case["profile"],
                                             text_of(case, "from"), text_of(case, "to"))]
    if len(bodies) > 1:
        return {"bodies": bodies}
    only = value("metapatch_diff", case["profile"], text_of(case, "from"), text_of(case, "to"))
    assert bodies == ([] if only is None else [string(only)]), "the two forms of metapatch_diff differ"
    return {"outcome": "no_patch"} if only is None else {"patch": bodies[0]}


def losses(case):
    return {"pointers": [string(pointer) for pointer, in rows("SELECT pointer FROM metapatch_losses(?, ?, ?)",
                                                              case["profile"], text_of(case, "stored"), text_of(case, "patch"))]}


def compose(case):
    patches = [text_of({"patch": each}, "patch") for each in case["patches"]]
    statement = "WITH given(patch) AS (VALUES " + ", ".join(["(?)"] * len(patches)) + ")" if patches else \
        "WITH given(patch) AS (SELECT NULL WHERE false)"
    try:
        made = rows(statement + " SELECT metapatch_compose(?, patch) FROM given", *patches, case["profile"])[0][0]
    except sqlite3.IntegrityError as error:
        told = violations_of(error)
        if [each["code"] for each in told["violations"]] == ["not_expressible"] and told["violations"][0].get("limit") == 1:
            return {"outcome": "skipped", "why": "the aggregate answers with one body"}
        return impossible(told)
    return {"bodies": [] if made is None else [string(made)]}


def update_user(case):
    token = case.get("token") or {}
    try:
        made = value("metapatch_update_user", text_of(case, "stored"), token.get("scopes"), token.get("subject"),
                     case["user_id"], text_of(case, "body"))
    except sqlite3.IntegrityError as error:
        told = violations_of(error)
        return {"outcome": "refused", "status": told["status"], "body": told["body"]}
    return {"value": string(made)}


def authorize(case):
    body = text_of(case, "patch")
    fields = None if body is None else json.dumps(list(json.loads(body)))
    told = json.loads(value("metapatch_authorize", case["operation"], case["scopes"], case.get("subject"), case.get("user"), fields))
    if told["allowed"]:
        return {"outcome": "allow", "granted_by": told["granted_by"]}
    return {"outcome": "deny", "reason": told["reason"], "sufficient": told["sufficient"]}


OPERATIONS = {"apply": (apply, rejected), "validate": (validate, rejected), "size": (size, rejected),
              "diff": (diff, impossible), "losses": (losses, rejected), "compose": (compose, rejected),
              "authorize": (authorize, rejected),
              "update_user": (update_user, rejected)}


def answer_to(case):
    if case["op"] not in OPERATIONS:
        return {"outcome": "skipped", "why": "operation not offered"}
    if case.get("presence", "exact") != "exact" or case.get("table", "enforced") != "enforced":
        return {"outcome": "skipped", "why": "there is no argument for it"}
    run, refused = OPERATIONS[case["op"]]
    try:
        return {"outcome": "ok", **run(case)}
    except sqlite3.IntegrityError as error:
        return refused(violations_of(error))
    except Exception as error:  # the driver's own fault, and its end is not
        return {"outcome": "errored", "message": repr(error)}


for line in sys.stdin:
    request = json.loads(line)
    if request["cmd"] == "stop":
        break
    if request["cmd"] == "start":
        answer = {"protocol": 1, "implementation": {"name": "metapatch (SQLite)", "version": sqlite3.sqlite_version, "language": "SQL"},
                  "profiles": PROFILES, "ops": list(OPERATIONS)}
    else:
        answer = {"seq": request["seq"], "results": [{"id": each["id"], **answer_to(each)} for each in request["cases"]]}
    print(json.dumps(answer), flush=True)
