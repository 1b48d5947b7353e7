# SPDX-License-Identifier: BSL-1.0
"""HTTP itself: limits, garbage, slow clients, pages of other origins, TLS, the log, and the end."""

import http.client
import json
import re
import signal
import socket
import sqlite3
import ssl
import subprocess
import tempfile
import threading
import time
import unittest

from harness import CLIENT_SECRET, CONNECTION, EVERYTHING, ISSUER, Server, ServerTest, main, path_of, token

LIMITS = ("--max-body", "20000", "--max-header", "4096", "--max-connections", "8")
SHORT_TIMES = ("--request-timeout", "1", "--idle-timeout", "2")


class BytesTest(ServerTest):
    def raw(self, *pieces, timeout=10):
        """Send bytes as they are: all that comes back until the server ends the connection."""
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=timeout) as connection:
            got = b""
            try:
                for piece in pieces:
                    connection.sendall(piece)
                while more := connection.recv(65536):
                    got += more
            except (ConnectionResetError, BrokenPipeError):
                pass
            return got

    def status_of(self, got):
        return int(got.split(b" ", 2)[1]) if got.startswith(b"HTTP/1.1 ") else None


class Limits(BytesTest):
    options = LIMITS

    def test_a_large_body_is_refused_in_the_shape_of_the_api(self):
        for size, status in ((20_000, 400), (20_001, 413), (300_000, 413)):
            answer = self.send("POST", "/api/v2/users", "x" * size, EVERYTHING)
            self.assertEqual(answer.status, status)
            self.assertEqual(answer.json["statusCode"], status)
            self.assertEqual(answer.headers["Access-Control-Allow-Origin"], "*")

    def test_a_body_in_chunks_is_limited_too(self):
        head = b"POST /api/v2/users HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
        self.assertEqual(self.status_of(self.raw(head, b"4e20\r\n" + b"x" * 20_000 + b"\r\n1\r\nx\r\n0\r\n\r\n")), 413)

    def test_a_large_head_is_refused(self):
        self.assertEqual(self.send("GET", "/healthz", headers={"X-Large": "x" * 3000}).status, 200)
        answer = self.send("GET", "/healthz", headers={"X-Large": "x" * 5000})
        self.assert_refused(answer, 400, "The head is larger than 4096 bytes.")

    def test_garbage_is_refused_and_the_server_lives(self):
        for garbage in (b"\0" * 100, b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00" * 30,
                        b"GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", b"GET / HTTP/1.1\r\nbad header\r\n\r\n",
                        b"GET / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx"):
            self.assertIn(self.status_of(self.raw(garbage)), (400, 404, None), garbage[:40])
        self.assertEqual(self.send("GET", "/healthz").status, 200)

    def test_too_many_connections_are_told_so_and_the_next_are_served(self):
        held = [socket.create_connection(("127.0.0.1", self.server.port)) for _ in range(8)]
        try:
            answer = self.raw(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
            self.assertEqual(self.status_of(answer), 503)
        finally:
            for each in held:
                each.close()
        while self.send("GET", "/healthz").status == 503:  # until it has seen that they are closed
            time.sleep(0.05)
        self.assertEqual(self.send("GET", "/healthz").status, 200)

    def test_one_connection_serves_many_requests_also_at_once(self):
        connection = self.server.connect()
        for _ in range(3):
            self.assertEqual(self.send("GET", "/healthz", connection=connection).status, 200)
        connection.close()
        one = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
        got = self.raw(one * 4 + b"GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n")
        self.assertEqual(got.count(b'{"status":"ok"}'), 5)

    def test_a_client_that_asks_whether_to_go_on_may(self):
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=5) as connection:
            connection.sendall(b"POST /oauth/token HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n"
                               b"Content-Type: application/json\r\nExpect: 100-continue\r\n\r\n")
            self.assertTrue(connection.recv(100).startswith(b"HTTP/1.1 100 Continue"))
            connection.sendall(b"{}")
            self.assertTrue(connection.recv(1000).startswith(b"HTTP/1.1 400"))

    def test_the_head_alone_has_the_length_and_no_body(self):
        answer = self.send("HEAD", "/healthz")
        self.assertEqual((answer.status, answer.headers["Content-Length"], answer.body), (200, "15", b""))


class SlowClients(BytesTest):
    options = SHORT_TIMES

    def test_half_requests_are_let_go(self):
        for pieces in ((b"",), (b"GET /healthz HT",), (b"POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc",)):
            begin = time.monotonic()
            self.assertEqual(self.raw(*pieces), b"")
            self.assertLess(time.monotonic() - begin, 5)

    def test_a_head_that_drips_is_let_go(self):
        begin = time.monotonic()
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=10) as connection:
            with self.assertRaises(OSError):
                for byte in b"GET /healthz HTTP/1.1\r\nX-Slow: " + b"x" * 100:
                    connection.sendall(bytes([byte]))
                    time.sleep(0.1)
        self.assertLess(time.monotonic() - begin, 6)


class RateLimit(unittest.TestCase):
    @staticmethod
    def told(answer):
        return [int(answer.headers["x-ratelimit-" + name]) for name in ("limit", "remaining", "reset")]

    def test_what_is_beyond_the_limit_is_refused_and_each_answer_says_what_is_left(self):
        begin = int(time.time())
        with Server("--rate-limit", "3", "--rate-limit-span", "3600") as server:
            get = lambda path="/api/v2/users", token=EVERYTHING: server.send("GET", path, token=token)
            answers = [get(), get(token=None), get("/api/v2/nowhere"), get(), get("/api/v2/clients")]
            self.assertEqual([answer.status for answer in answers], [200, 401, 404, 429, 429])
            self.assertEqual([self.told(answer)[:2] for answer in answers], [[3, 2], [3, 1], [3, 0], [3, 0], [3, 0]])
            resets = {self.told(answer)[2] for answer in answers}
            self.assertEqual(len(resets), 1)
            self.assertTrue(begin + 3600 <= resets.pop() <= int(time.time()) + 3600)
            self.assertEqual(answers[3].json, {
                "statusCode": 429, "error": "Too Many Requests", "message": "Global limit has been reached",
                "errorCode": "too_many_requests"})
            self.assertEqual(answers[3].headers["Access-Control-Allow-Origin"], "*")
            self.assertIn("x-ratelimit-reset", answers[3].headers["Access-Control-Expose-Headers"])
            for method, path, headers in (("GET", "/healthz", {}), ("GET", "/.well-known/jwks.json", {}),
                                          ("OPTIONS", "/api/v2/users", {"Access-Control-Request-Method": "GET"})):
                answer = server.send(method, path, headers=headers)
                self.assertIn(answer.status, (200, 204))
                self.assertNotIn("x-ratelimit-limit", answer.headers)

    def test_a_refused_change_is_not_made(self):
        with Server("--rate-limit", "2", "--rate-limit-span", "2") as server:
            user = server.create_user(user_metadata={"a": 1})
            statuses = []
            while statuses[-1:] != [429]:
                last = server.send("PATCH", path_of(user), {"user_metadata": {str(len(statuses)): 1}}, EVERYTHING)
                statuses.append(last.status)
            reset = self.told(last)[2]
            while time.time() < reset:
                time.sleep(0.05)
            stored = server.send("GET", path_of(user), token=EVERYTHING)
            self.assertEqual(stored.status, 200)
            self.assertEqual(stored.json["user_metadata"], {"a": 1} | {str(n): 1 for n in range(len(statuses) - 1)})

    def test_of_many_at_once_as_many_pass_as_the_limit_says(self):
        with Server("--rate-limit", "50", "--rate-limit-span", "3600") as server:
            statuses = []

            def ask():
                connection = server.connect()
                statuses.extend(server.send("GET", "/api/v2/users", token=EVERYTHING, connection=connection).status
                                for _ in range(30))
                connection.close()

            threads = [threading.Thread(target=ask) for _ in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            self.assertEqual(sorted(statuses), [200] * 50 + [429] * 70)

    def test_without_a_limit_nothing_is_said_of_one(self):
        with Server() as server:
            self.assertNotIn("x-ratelimit-limit", server.send("GET", "/api/v2/users", token=EVERYTHING).headers)


class Routes(ServerTest):
    def test_what_is_not_there_is_not_found(self):
        for method, path in (("GET", "/"), ("GET", "/api/v2/users/"), ("PUT", "/api/v2/users/x"), ("GET", "/api/v2/nothing"),
                             ("GET", "/api/v2/users/%ZZ"), ("GET", "//healthz"), ("OPTIONS", "/healthz"),
                             ("GET", "/api/v2/users/a/b")):
            self.assert_refused(self.send(method, path, token=EVERYTHING), 404, "Not Found")

    def test_the_path_is_decoded_once(self):
        user = self.server.create_user(user_id="a%7Cb/ü")
        self.assertEqual(self.send("GET", path_of(user), token=EVERYTHING).json["user_id"], "auth0|a%7Cb/ü")


class OtherOrigins(ServerTest):
    def test_a_preflight_allows_what_the_page_asks_for(self):
        answer = self.send("OPTIONS", "/api/v2/users/auth0%7C1", headers={
            "Origin": "http://localhost:3000", "Access-Control-Request-Method": "PATCH",
            "Access-Control-Request-Headers": "auth0-client,authorization,content-type"})
        self.assertEqual((answer.status, answer.headers["Access-Control-Allow-Origin"]), (204, "*"))
        self.assertEqual(answer.headers["Access-Control-Allow-Headers"], "auth0-client,authorization,content-type")
        for method in ("GET", "POST", "PATCH", "DELETE"):
            self.assertIn(method, answer.headers["Access-Control-Allow-Methods"])

    def test_refusals_may_be_read_too(self):
        for path in ("/nothing", "/userinfo", "/api/v2/users", "/healthz"):
            answer = self.send("GET", path, headers={"Origin": "http://localhost:3000"})
            self.assertEqual(answer.headers["Access-Control-Allow-Origin"], "*", path)

    def test_origins_may_be_chosen(self):
        with Server("--cors-origin", "https://mine.example") as server:
            mine = server.send("GET", "/healthz", headers={"Origin": "https://mine.example"})
            self.assertEqual(mine.headers["Access-Control-Allow-Origin"], "https://mine.example")
            others = server.send("GET", "/healthz", headers={"Origin": "https://other.example"})
            self.assertEqual((others.headers["Access-Control-Allow-Origin"], others.headers["Vary"]), (None, "Origin"))


class Operations(ServerTest):
    def test_requests_are_counted_by_route_and_status(self):
        def count():
            lines = self.send("GET", "/metrics").body.decode().splitlines()
            return [float(line.split()[-1]) for line in lines if line.startswith("metapatch_http_requests_total") and
                    'route="/api/v2/users/{id}"' in line and 'method="GET"' in line and 'status="4xx"' in line]
        before = count()
        self.send("GET", path_of("auth0|nobody"), token=EVERYTHING)
        self.assertEqual(count(), [before[0] + 1])
        open_now = re.search(rb"^metapatch_http_connections (\d+)$", self.send("GET", "/metrics").body, re.MULTILINE)
        self.assertGreaterEqual(int(open_now.group(1)), 1)

    def test_the_log_has_a_line_of_json_for_each_request_and_no_secret(self):
        user = self.server.create_user(email="secret.address@example.com", password="secret password")
        self.send("GET", "/api/v2/users-by-email?email=secret.address@example.com", token=EVERYTHING)
        self.send("POST", "/oauth/token", {"grant_type": "client_credentials", "client_id": "metapatch",
                                           "client_secret": CLIENT_SECRET})
        self.send("GET", '/quoted"\\path')
        log = self.server.read_log()
        lines = [json.loads(line) for line in log.splitlines()]
        self.assertTrue(any((each["method"], each["path"], each["status"]) == ("GET", "/api/v2/users-by-email", 200)
                            for each in lines))
        for secret in ("secret password", CLIENT_SECRET, "secret.address", EVERYTHING[-20:]):
            self.assertNotIn(secret, log)
        self.assertEqual(self.send("GET", path_of(user), token=EVERYTHING).status, 200)


class Faults(ServerTest):
    def test_an_exception_is_a_500_with_an_id_that_is_in_the_log(self):
        with tempfile.TemporaryDirectory() as folder, Server(store=f"sqlite:{folder}/db") as server:
            user = server.create_user()
            with sqlite3.connect(folder + "/db") as database:
                database.execute("UPDATE users SET document = '[]'")
            answer = server.send("GET", "/userinfo", token=token("openid", user, aud=ISSUER + "userinfo"))
            self.assertEqual((answer.status, answer.json["error"]), (500, "Internal Server Error"))
            fault = [line for line in map(json.loads, server.read_log().splitlines()) if line["event"] == "fault"][0]
            self.assertIn(fault["id"], answer.json["message"])
            self.assertIn("no object", fault["why"])
            self.assertNotIn("no object", answer.json["message"])
            self.assertEqual(server.send("GET", "/healthz").status, 200)

    def test_a_store_that_is_gone_is_a_503_until_it_is_back(self):
        with tempfile.TemporaryDirectory() as folder, Server(store=f"sqlite:{folder}/db") as server:
            user = server.create_user()
            with sqlite3.connect(folder + "/db") as database:
                database.execute("ALTER TABLE users RENAME TO away")
            for method, path, body in (("GET", path_of(user), None), ("PATCH", path_of(user), {"user_metadata": {"a": 1}})):
                answer = server.send(method, path, body, EVERYTHING)
                self.assert_refused(answer, 503, "The store is not available.")
            with sqlite3.connect(folder + "/db") as database:
                database.execute("ALTER TABLE away RENAME TO users")
            self.assertEqual(server.send("GET", path_of(user), token=EVERYTHING).status, 200)


class End(ServerTest):
    def test_what_is_being_answered_is_answered_and_idle_connections_end(self):
        with Server() as server:
            idle = server.connect()
            server.send("GET", "/healthz", connection=idle)
            body = json.dumps({"connection": CONNECTION, "email": "a@example.com", "password": "takes long"}).encode()
            head = (f"POST /api/v2/users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {EVERYTHING}\r\nContent-Length: "
                    f"{len(body)}\r\nContent-Type: application/json\r\nExpect: 100-continue\r\n\r\n")
            with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
                connection.sendall(head.encode())
                self.assertTrue(connection.recv(100).startswith(b"HTTP/1.1 100 Continue"))  # so it is at it
                connection.sendall(body)
                server.process.send_signal(signal.SIGTERM)
                self.assertTrue(connection.recv(1000).startswith(b"HTTP/1.1 201"))
            self.assertEqual(server.process.wait(20), 0)
            with self.assertRaises((OSError, http.client.HTTPException)):
                server.send("GET", "/healthz", connection=idle)


class Encrypted(ServerTest):
    def test_tls_serves_and_survives_what_is_no_tls(self):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out",
                            "cert.pem", "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"],
                           cwd=folder, check=True, capture_output=True)
            with Server("--tls-cert", folder + "/cert.pem", "--tls-key", folder + "/key.pem") as server:
                self.assertEqual(server.scheme, "https")
                with socket.create_connection(("127.0.0.1", server.port)) as plain:
                    plain.sendall(b"GET /healthz HTTP/1.1\r\n\r\n")
                    plain.recv(1000)
                context = ssl.create_default_context(cafile=folder + "/cert.pem")
                connection = http.client.HTTPSConnection("localhost", server.port, context=context, timeout=10)
                for _ in range(2):
                    self.assertEqual(server.send("GET", "/healthz", connection=connection).status, 200)
                connection.close()


if __name__ == "__main__":
    main()
