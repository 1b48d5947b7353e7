# SPDX-License-Identifier: BSL-1.0
"""A metapatch-server of one's own on a free port, and requests to it."""

import base64
import hashlib
import hmac
import http.client
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.parse

PROGRAM = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "metapatch-server"
ISSUER = "https://issuer.example/"
AUDIENCE = ISSUER + "api/v2/"
HS256_SECRET = "a secret of the tests that is long enough"
CLIENT_SECRET = "the secret of the client"
CONNECTION = "Username-Password-Authentication"


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def signed(header, claims, secret=HS256_SECRET):
    """A token by HS256, whatever its header says."""
    text = ".".join(base64url(json.dumps(part).encode()) for part in (header, claims))
    return text + "." + base64url(hmac.new(secret.encode(), text.encode(), hashlib.sha256).digest())


def token(scope, subject=None, **others):
    """A token that the server takes: of a user where there is a subject, else of an application."""
    claims = {"iss": ISSUER, "aud": AUDIENCE, "exp": int(time.time()) + 600, "scope": scope}
    claims |= {"sub": subject} if subject else {"sub": "tests@clients", "gty": "client-credentials"}
    claims |= others
    return signed({"alg": "HS256", "typ": "JWT"}, {name: value for name, value in claims.items() if value is not None})


EVERYTHING = token(" ".join(
    f"{verb}:{what}" for verb in ("read", "create", "update", "delete")
    for what in ("users", "clients", "organizations", "connections", "custom_domains", "sessions", "refresh_tokens",
                 "agents")))


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        return json.loads(self.body)

    def __repr__(self):
        return f"{self.status} {self.body[:500]!r}"


class Server:
    """Runs from the start of a `with` to its end."""

    def __init__(self, *options, store=":memory:", environment=(), hs256=True):
        self.folder = tempfile.TemporaryDirectory()
        secret = pathlib.Path(self.folder.name, "hs256")
        secret.write_text(HS256_SECRET + "\n")
        self.command = [PROGRAM, "--port", "0", "--store", store, "--issuer", ISSUER, *options]
        self.command += ["--hs256-secret-file", str(secret)] if hs256 else []
        self.environment = {**os.environ, "METAPATCH_CLIENT_SECRET": CLIENT_SECRET, **dict(environment)}
        self.process, self.port, self.said, self.log = None, None, "", None

    def __enter__(self):
        self.log = open(pathlib.Path(self.folder.name, "log"), "w+", encoding="utf-8")
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, stderr=self.log, text=True,
                                        env=self.environment)
        for line in self.process.stdout:
            self.said += line
            found = re.search(r"listens on (https?)://localhost:(\d+)", line)
            if found:
                self.scheme, self.port = found.group(1), int(found.group(2))
                return self
        self.process.wait(20)
        why = self.said + self.read_log()
        self.__exit__()
        raise RuntimeError("the server did not start: " + why)

    def __exit__(self, *_):
        status = 0
        if self.process.poll() is None:
            self.process.terminate()
            try:
                status = self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                status = self.process.wait()
        log = self.read_log()
        self.process.stdout.close()
        self.log.close()
        self.folder.cleanup()
        assert status == 0, f"the server ended with {status}: {log[-2000:]}"

    def read_log(self):
        self.log.flush()
        return pathlib.Path(self.log.name).read_text(encoding="utf-8")

    def connect(self, timeout=30):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def send(self, method, path, body=None, token=None, headers=(), connection=None):
        """Send a request. A body that is no text and no bytes is sent as JSON."""
        given = dict(headers)
        if token:
            given["Authorization"] = "Bearer " + token
        if body is not None and not isinstance(body, (str, bytes)):
            body = json.dumps(body)
        if body is not None:
            given.setdefault("Content-Type", "application/json")
        own = connection or self.connect()
        own.request(method, path, body.encode() if isinstance(body, str) else body, given)
        got = own.getresponse()
        answer = Answer(got.status, got.headers, got.read())
        if not connection:
            own.close()
        return answer

    def create_user(self, **members):
        """The id of a new user."""
        members = {"connection": CONNECTION, "email": f"user{time.monotonic_ns()}@example.com"} | members
        answer = self.send("POST", "/api/v2/users", members, EVERYTHING)
        assert answer.status == 201, answer
        return answer.json["user_id"]


def path_of(user_id):
    return "/api/v2/users/" + urllib.parse.quote(user_id, safe="")


class ServerTest(unittest.TestCase):
    """Tests of one server, which all of them share."""

    options = ()
    store = ":memory:"

    @classmethod
    def setUpClass(cls):
        cls.server = Server(*cls.options, store=cls.store)
        cls.server.__enter__()
        cls.send = staticmethod(cls.server.send)

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()

    def assert_refused(self, answer, status, message, code=None):
        """A refusal in the shape of the Management API."""
        self.assertEqual(answer.status, status, answer)
        expected = {"statusCode": status, "error": http.client.responses[status], "message": message}
        if code:
            expected["errorCode"] = code
        got = answer.json
        got.pop("attributes", None)
        self.assertEqual(got, expected)


def main():
    unittest.main(module="__main__", verbosity=1)
