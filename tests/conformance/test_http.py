#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The vectors over HTTP, against a server of our own on this machine.

usage: test_http.py runner driver
"""

import os
import signal
import subprocess
import sys
import time
import unittest

from http_emulator import Emulator
from runner_harness import AS_EXPECTED, FAILURES, INTERRUPTED, NO_DRIVER, RUNNER, USAGE, RunnerTest, case

if "http" not in subprocess.run([RUNNER, "--help"], capture_output=True, text=True, check=True).stdout.split():
    print("the runner was built without HTTP")
    sys.exit(0)

CASES = [case("merges"), case("replaces", patch='{"a":{"x":1}}', expect='{"a":{"x":1}}'),
         case("removes", patch='{"a":null}', expect="{}"), case("clears", patch="{}", expect="{}"),
         case("from-nothing", stored=None, expect='{"b":2}')]
REFUSED = case("refused", patch='{"a.b":1}') | {
    "expect": {"outcome": "rejected", "violations": [{"code": "invalid_key_character", "pointer": "/a.b"}]}}


class OverHttp(RunnerTest):
    def setUp(self):
        super().setUp()
        self.server = self.enterContext(Emulator())

    def tearDown(self):
        self.assertTrue(self.server.strangers_are_untouched())
        self.assertEqual(set(self.server.users), {"auth0|somebody"})

    def http(self, *options, cases=None, server=None, token="secret", rate=1000):
        environment = {**os.environ, "METAPATCH_TOKEN": token} if token else dict(os.environ)
        return subprocess.run([RUNNER, "http", "--url", (server or self.server).url, "--rate", str(rate),
                               "--vectors", self.vectors(CASES if cases is None else cases), *map(str, options)],
                              capture_output=True, text=True, timeout=300, env=environment)


class Running(OverHttp):
    def test_a_dry_run_is_the_default_and_sends_nothing(self):
        for options in ((), ("--dry-run",)):
            answer = self.http(*options, token=None)
            self.assert_status(answer, AS_EXPECTED)
            self.assertIn("A dry run: nothing is sent.", answer.stdout)
            self.assertIn("5 cases of auth0.user_metadata", answer.stdout)
        self.assertEqual(self.server.requests, [])

    def test_http_is_what_is_meant_where_a_server_is_named_alone(self):
        for server in (("--http", self.server.url), ("--http=" + self.server.url,)):
            answer = self.runner(*server, "--token", "secret", "--vectors", self.vectors(CASES))
            self.assert_status(answer, AS_EXPECTED)
            self.assertIn("A dry run: nothing is sent.", answer.stdout)

    def test_cases_run_on_users_of_its_own(self):
        answer = self.http("--yes", cases=[*CASES, REFUSED])
        self.assert_status(answer, AS_EXPECTED)
        self.assertIn("6 cases: 6 passed", answer.stdout)
        created = [body for _, method, _, body in self.server.requests if method == "POST"]
        self.assertGreaterEqual(len(created), 2)
        for body in created:
            self.assertRegex(body, rb'"email":"metapatch-conformance-[0-9a-f]{16}-\d+@example\.com"')
            self.assertRegex(body, rb'"app_metadata":\{"metapatch_conformance":"[0-9a-f]{16}"\}')
        self.assertEqual({method for _, method, _, _ in self.server.requests}, {"POST", "GET", "PATCH", "DELETE"})
        self.assertFalse(any("somebody" in path for _, _, path, _ in self.server.requests))

    def test_the_committed_vectors_pass_over_the_model(self):
        environment = {**os.environ, "METAPATCH_TOKEN": "secret"}
        answer = subprocess.run([RUNNER, "http", "--url", self.server.url, "--rate", "1000", "--yes", "--op", "apply",
                                 "--profile", "auth0.user_metadata", "--profile", "auth0.app_metadata"],
                                capture_output=True, text=True, timeout=500, env=environment)
        self.assert_status(answer, AS_EXPECTED)
        self.assertRegex(answer.stdout, r"localhost:\d+ \(HTTP\): \d+ cases: \d{3} passed, \d+ skipped")

    def test_what_a_server_does_otherwise_is_told(self):
        answer = self.http("--yes", "--html", self.folder / "page.html", cases=[case("other", expect='{"a":1}')])
        self.assert_status(answer, FAILURES)
        self.assertIn("FAILED other", answer.stdout)
        self.assertIn('  +     "b": 2\n', answer.stdout)
        self.assertIn("data-case", (self.folder / "page.html").read_text())

    def test_a_patch_that_would_be_another_body_is_not_sent(self):
        answer = self.http("--yes", cases=[case("sly", patch='{},"blocked":true') | {"expect": REFUSED["expect"]}])
        self.assert_status(answer, AS_EXPECTED)
        self.assertIn("1 skipped", answer.stdout)
        self.assertFalse(any(b"blocked" in body for _, _, _, body in self.server.requests))


class Limits(OverHttp):
    def times(self, method):
        return [at for at, its, _, _ in self.server.requests if its == method]

    def test_it_waits_when_it_is_told_that_there_were_too_many(self):
        told = []

        def trouble(method, _):
            if method == "PATCH" and not told:
                told.append(1)
                return 429, b"{}", (("Retry-After", 2),)
            return None

        self.server.trouble = trouble
        self.assert_status(self.http("--yes"), AS_EXPECTED)
        first, second = self.times("PATCH")[:2]
        self.assertGreaterEqual(second - first, 1.9)

    def test_without_a_time_to_wait_it_waits_until_the_reset(self):
        told = []

        def trouble(method, _):
            if method == "GET" and not told:
                told.append(1)
                return 429, b"{}", (("X-RateLimit-Remaining", 0), ("X-RateLimit-Reset", int(time.time()) + 2))
            return None

        self.server.trouble = trouble
        self.assert_status(self.http("--yes"), AS_EXPECTED)
        first, second = self.times("GET")[:2]
        self.assertGreaterEqual(second - first, 1)

    def test_it_waits_when_none_are_left(self):
        told = []

        def more_headers(method):
            if method != "PATCH" or told:
                return (("X-RateLimit-Remaining", 5), ("X-RateLimit-Reset", int(time.time()) + 60))
            told.append(1)
            return (("X-RateLimit-Remaining", 0), ("X-RateLimit-Reset", int(time.time()) + 2))

        self.server.more_headers = more_headers
        self.assert_status(self.http("--yes", cases=CASES[:1]), AS_EXPECTED)
        times = [at for at, _, _, _ in self.server.requests]
        gaps = [after - before for before, after in zip(times, times[1:])]
        self.assertEqual(sum(gap >= 1 for gap in gaps), 1, gaps)

    def test_it_gives_up_on_a_server_that_says_so_for_ever(self):
        self.server.trouble = lambda method, _: (429, b"{}", (("Retry-After", 0),)) if method == "POST" else None
        answer = self.http("--yes")
        self.assert_status(answer, NO_DRIVER)
        self.assertIn("again and again", answer.stderr)
        self.assertEqual(len(self.server.requests), 8)

    def test_it_sends_no_more_a_second_than_it_may(self):
        self.assert_status(self.http("--yes", rate=10, cases=CASES[:1]), AS_EXPECTED)
        times = [at for at, _, _, _ in self.server.requests]
        self.assertGreaterEqual(min(after - before for before, after in zip(times, times[1:])), 0.09)


class Leaving(OverHttp):
    def test_an_interrupt_deletes_its_users(self):
        environment = {**os.environ, "METAPATCH_TOKEN": "secret"}
        with subprocess.Popen([RUNNER, "http", "--url", self.server.url, "--rate", "5", "--yes"],
                              stdout=subprocess.PIPE, env=environment) as process:
            while not any(method == "PATCH" for _, method, _, _ in self.server.requests):
                time.sleep(0.05)
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=60)
        self.assertEqual(process.returncode, INTERRUPTED)

    def test_a_second_interrupt_waits_for_nothing_and_names_what_is_left(self):
        self.server.more_headers = lambda method: (
            (("X-RateLimit-Remaining", 0), ("X-RateLimit-Reset", int(time.time()) + 100)) if method == "PATCH" else ())
        environment = {**os.environ, "METAPATCH_TOKEN": "secret"}
        with subprocess.Popen([RUNNER, "http", "--url", self.server.url, "--rate", "100", "--yes"], text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment) as process:
            while not any(method == "PATCH" for _, method, _, _ in self.server.requests):
                time.sleep(0.05)
            time.sleep(2)  # until it waits
            process.send_signal(signal.SIGINT)
            told = process.stderr.readline()
            process.send_signal(signal.SIGINT)
            text, _ = process.communicate(timeout=20)
        self.assertEqual(process.returncode, INTERRUPTED)
        self.assertRegex(told, r"interrupted; what it has created is deleted in \d+ seconds")
        self.assertRegex(text, r"the user auth0\|2 could not be deleted, and is left to you: interrupted")
        self.server.users.pop("auth0|2")

    def test_a_user_that_may_have_been_created_is_named(self):
        self.server.lost = lambda method: method == "POST" and self.server.created == 2
        answer = self.http("--yes", cases=CASES[:1])
        self.assert_status(answer, FAILURES)
        email = self.server.users.pop("auth0|2")["email"]
        self.assertIn(f"whether the server has created the user {email} is not known, and left to you", answer.stdout)

    def test_errors_of_the_server_leave_no_users(self):
        self.server.trouble = lambda method, _: (500, b"oh") if method == "PATCH" else None
        answer = self.http("--yes")
        self.assert_status(answer, FAILURES)
        self.assertIn("500 oh", answer.stdout)
        self.assertNotIn("the driver says", answer.stdout)
        self.assertIn("the server did not answer the cases before", answer.stdout)

    def test_users_that_cannot_be_deleted_are_named(self):
        seen = []

        def trouble(method, path):
            if method == "DELETE":
                seen.append(path)
                return (500, b"no") if len(seen) > 1 else None
            return None

        self.server.trouble = trouble
        answer = self.http("--yes", cases=CASES[:1])
        self.assert_status(answer, FAILURES)
        self.assertRegex(answer.stdout, r"the user auth0\|2 could not be deleted, and is left to you: 500 no")
        self.server.users.pop("auth0|2")

    def test_who_cannot_be_asked_is_no_server(self):
        answer = self.http("--yes", token="wrong")
        self.assert_status(answer, NO_DRIVER)
        self.assertIn("401", answer.stderr)
        self.server.trouble = lambda *_: (201, b'{"user_id":"auth0|somebody","email":"somebody@example.com"}')
        answer = self.http("--yes")
        self.assert_status(answer, NO_DRIVER)
        self.assertIn("no user could be created", answer.stderr)
        self.assertEqual({method for _, method, _, _ in self.server.requests}, {"POST"})


class Secrets(OverHttp):
    def test_the_token_may_come_from_a_file(self):
        path = self.folder / "token"
        path.write_text("secret\n")
        self.assert_status(self.http("--yes", "--token-file", path, token=None), AS_EXPECTED)

    def test_without_a_token_or_a_good_url_it_is_bad_usage(self):
        self.assert_status(self.http("--yes", token=None), USAGE)
        for url in ("localhost", "ftp://x", "https://", "https://x/api", "http://example.com", "https://u@x",
                    "https://x:y"):
            answer = self.runner("http", "--url", url, "--token", "t", "--yes")
            self.assert_status(answer, USAGE)

    def test_the_certificate_is_verified(self):
        certificate = self.folder / "both.pem"
        for name, trusted in (("localhost", True), ("elsewhere", False)):
            made = subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
                                   f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}", "-keyout", "-", "-out",
                                   self.folder / "cert.pem"], capture_output=True, check=True).stdout
            certificate.write_bytes(made + (self.folder / "cert.pem").read_bytes())
            with Emulator(certificate) as server:
                answer = self.http("--yes", "--ca-file", self.folder / "cert.pem", server=server)
                self.assert_status(answer, AS_EXPECTED if trusted else NO_DRIVER)
                answer = self.http("--yes", server=server)
                self.assert_status(answer, NO_DRIVER)
                self.assertIn("certificate verify failed", answer.stderr)


if __name__ == "__main__":
    unittest.main()
