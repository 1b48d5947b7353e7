# SPDX-License-Identifier: BSL-1.0
"""The conformance vectors of whole requests about users, over HTTP: each user is put into the store beforehand, and each
request comes with the token that its case has, which the runner cannot make."""

import base64
import json
import pathlib
import sqlite3
import sys
import tempfile
import unittest
import urllib.parse

from harness import EVERYTHING, Server, main, path_of, token

CONFORMANCE = pathlib.Path(__file__).resolve().parent.parent / "conformance"
sys.path.insert(0, str(CONFORMANCE))
from exact_json import Number  # noqa: E402

OPERATIONS = ("update_user", "view_user", "delete_multifactor", "create_user")


def text_of(value):
    """A text of a case, which may be said as pieces and how often each is there."""
    return "".join(piece * times for piece, times in value["parts"]) if isinstance(value, dict) else value


def read(text):
    return json.loads(text, parse_int=Number, parse_float=Number)


def cases():
    for file in sorted(CONFORMANCE.glob("vectors/auth0/*.json")):
        for case in json.loads(file.read_text(encoding="utf-8"))["cases"]:
            if case["op"] in OPERATIONS:
                yield case


def members_of(case, text):
    """A user without what the server adds to what the library answers: times, and all that a new user gets."""
    user = read(text)
    expected = read(text_of(case["expect"]["value"])) if case["expect"]["outcome"] == "ok" else {}
    if case["op"] == "create_user":
        return {key: value for key, value in user.items() if key in expected and key != "user_id"}
    return {key: value for key, value in user.items() if key != "updated_at" or key in expected}


class Vectors(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        store = f"sqlite:{cls.folder.name}/db"
        cls.servers = {"enforced": Server("--no-access-log", store=store),
                       "documented": Server("--no-access-log", "--documented-permissions", store=store)}
        for server in cls.servers.values():
            server.__enter__()
        for name in ("db", "c"):
            connection = {"name": name, "strategy": "auth0"}
            assert cls.servers["enforced"].send("POST", "/api/v2/connections", connection, EVERYTHING).status == 201
        cls.store = sqlite3.connect(f"{cls.folder.name}/db", timeout=30, isolation_level=None)
        cls.store.execute("PRAGMA synchronous = OFF")

    @classmethod
    def tearDownClass(cls):
        cls.store.close()
        for server in cls.servers.values():
            server.__exit__()
        cls.folder.cleanup()

    def keep_alone(self, user_id, document):
        self.store.execute("BEGIN IMMEDIATE")
        self.store.execute("DELETE FROM users")
        for table in ("names", "secrets"):
            self.store.execute(f"DELETE FROM {table} WHERE collection = 'users'")
        if document is not None:
            self.store.execute("INSERT INTO users (id, document) VALUES (?, ?)", (user_id, document))
        self.store.execute("COMMIT")

    def ask(self, case):
        path = path_of(case["user_id"])
        given = case["token"]
        bearer = token(given["scopes"], given.get("subject")) if given is not None else None
        body = base64.b64decode(case["body_base64"]) if "body_base64" in case else text_of(case.get("body"))
        send = self.servers[case.get("table", "enforced")].send
        if case["op"] == "update_user":
            return send("PATCH", path, body, bearer)
        if case["op"] == "create_user":
            return send("POST", "/api/v2/users", body, bearer)
        if case["op"] == "delete_multifactor":
            return send("DELETE", f"{path}/multifactor/{urllib.parse.quote(case['provider'], safe='')}", token=bearer)
        query = {"fields": ",".join(case["fields"])} if "fields" in case else {}
        query |= {"include_fields": json.dumps(case["include_fields"])} if "include_fields" in case else {}
        return send("GET", path + ("?" + urllib.parse.urlencode(query) if query else ""), token=bearer)

    def check(self, case, answer):
        expect = case["expect"]
        if expect["outcome"] == "refused":
            self.assertEqual(answer.status, expect["status"], answer)
            if "body" in expect:
                self.assertEqual(answer.json, expect["body"])
            else:
                self.assertEqual(answer.json, answer.json | expect["body_has"])
            return
        self.assertEqual(answer.status, {"create_user": 201, "delete_multifactor": 204}.get(case["op"], 200), answer)
        text = answer.body.decode()
        if case["op"] == "delete_multifactor":
            text = self.store.execute("SELECT document FROM users").fetchone()[0]
        expected = members_of(case, text_of(expect["value"]))
        self.assertEqual(members_of(case, text), expected)
        for key, value in expect.get("bytes_of", {}).items():
            self.assertIn(f"{json.dumps(key)}:{value}", text)

    def test_every_case_that_can_be_asked_is_answered_as_the_library_answers_it(self):
        asked = 0
        for case in cases():
            with self.subTest(case["id"]):
                self.keep_alone(case["user_id"], text_of(case.get("stored")))
                self.check(case, self.ask(case))
            asked += 1
        self.assertGreater(asked, 500)


if __name__ == "__main__":
    main()
