# SPDX-License-Identifier: BSL-1.0
"""A conformance driver over the functions of the extension, in a server of its own: driver.py MODULE text|json|jsonb

    metapatch-conformance run -- python3 driver.py build/release/examples/postgresql/metapatch.so text
"""

import base64
import json
import sys

from installation import Installation, may_run, psycopg2

may_run()
MODULE, TYPE = sys.argv[1:3]
PROFILES = ["auth0.user_metadata", "auth0.app_metadata", "auth0.client_metadata", "auth0.organization_metadata",
            "auth0.connection_metadata", "auth0.domain_metadata", "auth0.session_metadata",
            "auth0.refresh_token_metadata", "auth0.agent_metadata", "auth0.signup_user_metadata", "rfc7396"]
# What jsonb does not keep, it does not keep for us either.
LACKS = ["lexemes", "order"] if TYPE == "jsonb" else []
# What never reaches a function, for PostgreSQL refuses it: a text of no valid encoding or with a NUL; of json and jsonb
# what is no JSON, or nested too deep for its stack; and of jsonb what it cannot hold.
MALFORMED = {"22021", "22P02"}
TOO_DEEP = "54001"
NOT_HELD = {"22003": "jsonb holds no number of that size", "22P05": "jsonb holds no NUL"}


def text(case, name):
    """The text of that name as an expression, and its parameter."""
    if case.get(name + "_base64") is not None:
        return f"convert_from(%s, 'UTF8')::{TYPE}", base64.b64decode(case[name + "_base64"])
    given = case.get(name)
    if isinstance(given, dict):
        given = "".join(piece * times for piece, times in given["parts"])
    if given is not None and "\0" in given: # for PostgreSQL to say, and not for the client
        return f"convert_from(%s, 'UTF8')::{TYPE}", given.encode()
    return f"%s::{TYPE}", given


def refused(error):
    if error.pgcode in NOT_HELD:
        return {"outcome": "skipped", "why": NOT_HELD[error.pgcode]}
    if error.pgcode in MALFORMED or error.pgcode == TOO_DEEP:
        code = "too_deep" if error.pgcode == TOO_DEEP else "malformed_json"
        return {"outcome": "rejected", "violations": [{"code": code, "pointer": ""}]}
    if error.pgcode != "MP001":
        raise error
    told = json.loads(error.diag.message_detail)
    names = ("code", "pointer", "limit", "actual", "offset")
    violations = [{name: each[name] for name in names if name in each} for each in told["violations"]]
    return {"outcome": "rejected", "violations": violations, "omitted": told.get("omitted")}


class Answers:
    def __init__(self, cursor):
        self.cursor = cursor

    def ask(self, function, case, *names, columns="*", more=()):
        """The rows of a function of a policy and texts."""
        texts = [text(case, name) for name in names]
        policy = [case["profile"]] if function != "metapatch_size" else []
        parameters = policy + [value for _, value in texts] + list(more)
        places = ["%s"] * len(policy) + [place for place, _ in texts] + ["%s"] * len(more)
        self.cursor.execute(f"SELECT {columns} FROM {function}({', '.join(places)}) AS answer", parameters)
        return self.cursor.fetchall()

    def apply(self, case):
        [(value,)] = self.ask("metapatch_apply", case, "stored", "patch", columns="answer::text")
        return {"outcome": "ok", "field": "absent"} if value is None else \
            {"outcome": "ok", "field": "present", "value": value}

    def validate(self, case):
        rows = self.ask("metapatch_validate", case, "stored", "patch")
        names = ("code", "pointer", "limit", "actual", "offset")
        told = [{name: value for name, value in zip(names, row) if value is not None} for row in rows]
        for each in told: # a text holds no NUL: there it is written as in JSON
            each["pointer"] = each["pointer"].replace("\\u0000", "\0")
        return {"outcome": "rejected", "violations": told} if rows else {"outcome": "ok"}

    def size(self, case):
        [(size,)] = self.ask("metapatch_size", case, "stored")
        return {"outcome": "ok", "bytes": size}

    def losses(self, case):
        return {"outcome": "ok", "pointers": [row[0] for row in self.ask("metapatch_losses", case, "stored", "patch")]}

    def diff(self, case):
        try:
            rows = self.ask("metapatch_diff", case, "from", "to", columns="answer::text",
                            more=[case.get("presence") or "exact"])
        except psycopg2.Error as error:
            told = refused(error)
            if told["outcome"] == "skipped":
                return told
            codes = {each["code"] for each in told["violations"]}
            # What no body can do is no fault of a text, and has no place in one.
            is_impossible = not any("offset" in each for each in told["violations"]) and \
                not codes & {"malformed_json", "expected_object", "too_deep"}
            return {**told, "outcome": "impossible", "why": error.diag.message_primary} if is_impossible else told
        bodies = [body for body, in rows]
        return {"outcome": "ok", "bodies": bodies} if len(bodies) > 1 else \
            {"outcome": "ok", "patch": bodies[0]} if bodies else {"outcome": "no_patch"}

    def answer(self, case):
        try:
            return getattr(self, case["op"])(case)
        except psycopg2.Error as error:
            return refused(error)


def main(cursor):
    answers = Answers(cursor)
    for line in sys.stdin:
        request = json.loads(line)
        if request["cmd"] == "stop":
            return
        if request["cmd"] == "start":
            said = {"protocol": 1, "implementation": {"name": f"metapatch (PostgreSQL, {TYPE})", "version": "0.2",
                                                      "language": "SQL"},
                    "profiles": PROFILES, "ops": ["apply", "validate", "diff", "losses", "size"], "lacks": LACKS}
        else:
            said = {"seq": request["seq"], "results": [{"id": case["id"], **answers.answer(case)}
                                                       for case in request["cases"]]}
        print(json.dumps(said), flush=True)


with Installation(MODULE) as installation, installation.cluster() as cluster:
    connection = cluster.database("driver")
    # What a json or jsonb is given to Python is its text.
    psycopg2.extras.register_default_json(connection, loads=str)
    main(connection.cursor())
    connection.close()
