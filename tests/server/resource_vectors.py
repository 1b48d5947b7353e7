# SPDX-License-Identifier: BSL-1.0
"""The conformance vectors of the metadata of what is no user, over HTTP: what is stored is put into the store beforehand,
since no request brings about all of it."""

import json
import sqlite3
import tempfile
import unittest

from harness import EVERYTHING, Server, main
from vectors import CONFORMANCE, read, text_of

# By profile: the path of the resource, which is also its table, and the member that is its metadata.
FIELDS = {
    "auth0.client_metadata": ("clients", "client_metadata"),
    "auth0.organization_metadata": ("organizations", "metadata"),
    "auth0.connection_metadata": ("connections", "metadata"),
    "auth0.domain_metadata": ("custom-domains", "domain_metadata"),
    "auth0.session_metadata": ("sessions", "session_metadata"),
    "auth0.refresh_token_metadata": ("refresh-tokens", "refresh_token_metadata"),
    "auth0.agent_metadata": ("agents", "metadata"),
}


def cases():
    for file in sorted(CONFORMANCE.glob("vectors/**/*.json")):
        vectors = json.loads(file.read_text(encoding="utf-8"))
        for case in vectors["cases"]:
            if case["op"] == "apply" and vectors.get("profile") in FIELDS:
                yield *FIELDS[vectors["profile"]], case


def depth(value):
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(depth, inner), default=0)


def can_be_stored(text):
    """Whether the server can have stored a text as the field. It trusts what it has."""
    try:
        value = json.loads(text)
    except ValueError:
        return False
    return isinstance(value, dict) and depth(value) <= 512


def can_be_asked(case):
    """Whether HTTP can ask a case: bodies are texts."""
    return "patch_base64" not in case and "stored_base64" not in case and (
        case.get("stored") is None or can_be_stored(text_of(case["stored"])))


class Vectors(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.server = Server("--no-access-log", store=f"sqlite:{cls.folder.name}/db")
        cls.server.__enter__()
        cls.store = sqlite3.connect(f"{cls.folder.name}/db", timeout=30, isolation_level=None)
        cls.store.execute("PRAGMA synchronous = OFF")

    @classmethod
    def tearDownClass(cls):
        cls.store.close()
        cls.server.__exit__()
        cls.folder.cleanup()

    def check(self, resource, field, case):
        stored = text_of(case.get("stored"))
        document = "{}" if stored is None else f'{{"{field}":{stored}}}'
        self.store.execute(f"INSERT OR REPLACE INTO {resource.replace('-', '_')} (id, document) VALUES ('one', ?)", (document,))
        body = f'{{"{field}":{text_of(case["patch"])}}}' if "patch" in case else "{}"
        answer = self.server.send("PATCH", f"/api/v2/{resource}/one", body, EVERYTHING)
        if case["expect"]["outcome"] == "rejected":
            self.assertEqual(answer.status, 400, answer)
            return
        self.assertEqual(answer.status, 200, answer)
        self.assertEqual(read(answer.body).get(field), read(text_of(case["expect"].get("value", "null"))))
        for key, value in case["expect"].get("bytes_of", {}).items():
            self.assertIn(f"{json.dumps(key)}:{value}", answer.body.decode())

    def test_every_case_that_can_be_asked_is_answered_as_the_library_answers_it(self):
        asked = 0
        for resource, field, case in cases():
            if can_be_asked(case):
                with self.subTest(case["id"]):
                    self.check(resource, field, case)
                asked += 1
        self.assertGreater(asked, 400)


if __name__ == "__main__":
    main()
