# SPDX-License-Identifier: BSL-1.0
"""Logins in a browser: /authorize, codes, tickets of /co/authenticate, and logouts."""

import concurrent.futures
import contextlib
import hashlib
import html
import json
import pathlib
import re
import sqlite3
import tempfile
import unittest
import urllib.parse

from harness import AUDIENCE, CLIENT_SECRET, CONNECTION, EVERYTHING, ISSUER, Server, ServerTest, base64url, main
from tokens import decoded

PAGE = "https://app.example"
CALLBACK = PAGE + "/callback?tenant=a"
VERIFIER = "v" * 43
CHALLENGE = base64url(hashlib.sha256(VERIFIER.encode()).digest())
PASSWORD = "correct horse"
# By bcrypt at its least cost: there are many logins here.
USERS = [{"user_id": name, "email": name + "@example.com", "user_metadata": {"hobby": "chess"},
          "password_hash": "$2b$04$SFAikTeseElqhHhHBcN3guNyN2ddShXk8dETSJTu06Enqc5xIvNFS"} for name in ("ann", "bob")]
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def create_client(server, **members):
    members = {"name": "A page", "callbacks": [CALLBACK], "allowed_logout_urls": [PAGE + "/bye"]} | members
    return server.send("POST", "/api/v2/clients", members, EVERYTHING).json["client_id"]


def claims_of(token):
    return json.loads(decoded(token.split(".")[1]))


def half_hash(token):
    return base64url(hashlib.sha256(token.encode()).digest()[:16])


def target(client, **parameters):
    """The address of an authorization request."""
    given = {"client_id": client, "redirect_uri": CALLBACK, "response_type": "code", "state": "a state & more",
             "code_challenge": CHALLENGE, "code_challenge_method": "S256"} | parameters
    return "/authorize?" + urllib.parse.urlencode({name: value for name, value in given.items() if value is not None})


def log_in(server, address, username="ann@example.com", password=PASSWORD):
    """What the page of the server posts."""
    body = urllib.parse.urlencode({"username": username, "password": password})
    return server.send("POST", address, body, headers=FORM)


def authenticate(server, client, origin=PAGE, **members):
    body = {"client_id": client, "username": "ann@example.com", "password": PASSWORD, "realm": CONNECTION,
            "credential_type": "http://auth0.com/oauth/grant-type/password-realm"} | members
    return server.send("POST", "/co/authenticate", body, headers={"Origin": origin} if origin else {})


def told(answer, separator):
    """The parameters of a redirection to the callback."""
    location = answer.headers["Location"]
    start = CALLBACK + separator
    assert answer.status in (302, 303) and location.startswith(start), (answer, location)
    pairs = urllib.parse.parse_qsl(location[len(start):], keep_blank_values=True, strict_parsing=True)
    assert len(pairs) == len(dict(pairs)), pairs
    return dict(pairs)


def exchange(server, client, code, **members):
    body = {"grant_type": "authorization_code", "client_id": client, "code": code, "redirect_uri": CALLBACK,
            "code_verifier": VERIFIER} | members
    return server.send("POST", "/oauth/token", {name: value for name, value in body.items() if value is not None})


def seed_in(folder):
    """The options that seed a server with the users."""
    path = pathlib.Path(folder, "users.json")
    path.write_text(json.dumps(USERS))
    return "--seed", str(path)


def check_exchanges_at_once(test, servers):
    """Of many who show the same code at once, at any server on one store with a user, one gets tokens."""
    client = create_client(servers[0])
    for _ in range(5):
        code = told(log_in(servers[0], target(client)), "&")["code"]
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(lambda server: exchange(server, client, code).status, list(servers) * 4))
        test.assertEqual(sorted(answers), [200] + [403] * (len(answers) - 1))


class BrowserTest(ServerTest):
    user = "auth0|ann"

    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as folder:
            cls.options = ("--callback", PAGE + "/one", "--logout-url", PAGE + "/out", *seed_in(folder))
            super().setUpClass()
        cls.client = create_client(cls.server)

    def code(self, **parameters):
        return told(log_in(self.server, target(self.client, **parameters)), "&")["code"]

    def refusal(self, separator="&", **parameters):
        """What the client is told instead of a login."""
        said = told(self.send("GET", target(self.client, **parameters)), separator)
        self.assertEqual(said.pop("state"), "a state & more")
        self.assertEqual(set(said), {"error", "error_description"})
        return said["error"]


class Destination(BrowserTest):
    def assert_page(self, path):
        """The fault is shown, and the browser goes nowhere."""
        for answer in (self.send("GET", path), log_in(self.server, path)):
            self.assertEqual((answer.status, answer.headers.get_content_type()), (400, "text/html"))
            self.assertNotIn("Location", answer.headers)
            self.assertNotIn(b"<script", answer.body)
            self.assertEqual(answer.headers["X-Frame-Options"], "DENY")

    def test_an_unknown_client_goes_nowhere(self):
        for client in ("nobody", "", "<script>alert(1)</script>"):
            self.assert_page(target(client))
        self.assert_page("/authorize")
        self.assert_page(target(self.client) + "&nonce=%FF")

    def test_no_other_address_is_redirected_to(self):
        for wrong in ("https://evil.example/", CALLBACK + "&more", CALLBACK.upper(), PAGE, "//evil.example", "",
                      PAGE + ".evil.example/callback", "https://app.example@evil.example/callback?tenant=a",
                      CALLBACK + "\r\nX: y", "javascript:alert(1)"):
            self.assert_page(target(self.client, redirect_uri=wrong, prompt="none"))

    def test_a_client_without_callbacks_has_no_logins(self):
        self.assert_page(target(create_client(self.server, callbacks=None)))
        for unsafe in ("javascript://%0aalert(1)", "https://app.example/#a", "app", "https://a b", "data://x",
                       "http:/x", "https://a.example/\r\nSet-Cookie: a=b"):
            self.assert_page(target(create_client(self.server, callbacks=[unsafe]), redirect_uri=unsafe))

    def test_the_only_callback_need_not_be_named(self):
        said = told(self.send("GET", target(self.client, redirect_uri=None, prompt="none")), "&")
        self.assertEqual(said["error"], "login_required")
        self.assert_page(target(create_client(self.server, callbacks=[CALLBACK, PAGE + "/b"]), redirect_uri=None))

    def test_the_client_of_the_settings_has_its_callbacks_there(self):
        address = PAGE + "/one"
        answer = self.send("GET", target("metapatch", redirect_uri=address, code_challenge=None, prompt="none"))
        self.assertEqual(answer.headers["Location"], address + "?error=login_required&error_description="
                         "Login%20required&state=a%20state%20%26%20more")


class Requests(BrowserTest):
    def test_faults_are_told_to_the_client(self):
        for expected, parameters in (
                ("invalid_request", {"response_type": None}),
                ("unsupported_response_type", {"response_type": "password"}),
                ("unsupported_response_type", {"response_type": " "}),
                ("invalid_request", {"response_mode": "pigeon"}), ("invalid_request", {"code_challenge": None}),
                ("invalid_request", {"code_challenge_method": "plain"}),
                ("invalid_request", {"code_challenge_method": None}), ("invalid_request", {"code_challenge": "short"}),
                ("invalid_request", {"code_challenge": "\0" * 43}),
                ("access_denied", {"audience": "https://other/"}),
                ("request_not_supported", {"request": "a.b.c"}), ("login_required", {"prompt": "none"}),
                ("access_denied", {"login_ticket": "00"})):
            self.assertEqual(self.refusal(**parameters), expected, parameters)
        self.assertEqual(self.refusal("#", response_type="id_token"), "invalid_request")
        self.assertEqual(self.refusal("#", response_type="token", response_mode="query"), "invalid_request")
        self.assertEqual(self.refusal("#", response_type="token", prompt="none"), "login_required")

    def test_the_page_asks_for_a_password(self):
        answer = self.send("GET", target(self.client, state='"><script>alert(1)</script>', login_hint="<ann>"))
        text = answer.body.decode()
        self.assertEqual((answer.status, answer.headers["Cache-Control"]), (200, "no-store"))
        self.assertNotIn("<script", text)
        self.assertIn('value="&lt;ann&gt;"', text)
        action = html.unescape(re.search(r'action="(.*?)"', text).group(1))
        said = told(log_in(self.server, "/authorize" + action), "&")
        self.assertEqual(said["state"], '"><script>alert(1)</script>')
        self.assertIn("frame-ancestors 'none'", answer.headers["Content-Security-Policy"])

    def test_a_wrong_password_is_asked_for_again(self):
        for wrong in ({"password": "wrong"}, {"username": "nobody@example.com"}, {"password": ""}):
            answer = log_in(self.server, target(self.client), **wrong)
            self.assertEqual(answer.status, 400)
            self.assertIn(b"Wrong email or password.", answer.body)
            self.assertIn(wrong.get("username", "ann@example.com").encode(), answer.body)
            self.assertNotIn(b"wrong", answer.body)

    def test_the_answer_to_a_password_is_fetched_anew(self):
        answer = log_in(self.server, target(self.client))
        self.assertEqual((answer.status, answer.headers["Cache-Control"]), (303, "no-store"))

    def test_nothing_secret_is_in_the_log(self):
        code = self.code()
        ticket = authenticate(self.server, self.client).json["login_ticket"]
        exchange(self.server, self.client, code)
        log = self.server.read_log()
        self.assertIn("/authorize", log)
        for secret in (code, ticket, PASSWORD, VERIFIER, "a%20state"):
            self.assertNotIn(secret, log)


class Codes(BrowserTest):
    def test_a_code_gives_tokens(self):
        before = self.send("GET", "/api/v2/users/" + urllib.parse.quote(self.user), token=EVERYTHING).json
        code = self.code(scope="openid email offline_access update:users", nonce="a nonce", max_age="60")
        answer = exchange(self.server, self.client, code)
        self.assertEqual((answer.status, answer.json["scope"]), (200, "openid email offline_access"), answer)
        identity = claims_of(answer.json["id_token"])
        self.assertEqual((identity["sub"], identity["aud"], identity["nonce"], identity["email"]),
                         (self.user, self.client, "a nonce", "ann@example.com"))
        self.assertAlmostEqual(identity["auth_time"], identity["iat"], delta=60)
        access = claims_of(answer.json["access_token"])
        self.assertEqual((access["aud"], access["azp"]), ([AUDIENCE, ISSUER + "userinfo"], self.client))
        self.assertEqual(self.send("GET", "/userinfo", token=answer.json["access_token"]).json["email"],
                         "ann@example.com")
        again = self.send("POST", "/oauth/token", {"grant_type": "refresh_token", "client_id": self.client,
                                                   "refresh_token": answer.json["refresh_token"]})
        self.assertEqual(again.status, 200)
        after = self.send("GET", "/api/v2/users/" + urllib.parse.quote(self.user), token=EVERYTHING).json
        self.assertEqual(after["logins_count"], before.get("logins_count", 0) + 1)
        session = self.send("GET", "/api/v2/sessions/" + identity["sid"], token=EVERYTHING).json
        self.assertEqual((session["user_id"], session["clients"]), (self.user, [{"client_id": self.client}]))

    def test_a_nonce_is_any_text(self):
        nonce = 'é\0"\\<'
        answer = exchange(self.server, self.client, self.code(nonce=nonce))
        self.assertEqual(claims_of(answer.json["id_token"])["nonce"], nonce)

    def test_a_form_changes_a_code_too(self):
        body = urllib.parse.urlencode({"grant_type": "authorization_code", "client_id": self.client,
                                       "code": self.code(), "redirect_uri": CALLBACK, "code_verifier": VERIFIER})
        self.assertEqual(self.send("POST", "/oauth/token", body, headers=FORM).status, 200)

    def test_a_code_is_good_once(self):
        code = self.code()
        self.assertEqual(exchange(self.server, self.client, code).status, 200)
        answer = exchange(self.server, self.client, code)
        self.assertEqual((answer.status, answer.json["error"]), (403, "invalid_grant"))

    def test_a_code_is_for_its_client_its_address_and_its_verifier(self):
        other = create_client(self.server)
        for wrong in ({"client_id": other}, {"redirect_uri": PAGE}, {"redirect_uri": None}, {"code_verifier": "w" * 43},
                      {"code_verifier": None}, {"code_verifier": CHALLENGE}, {"code": "00"}, {"code": ""}):
            code = self.code()
            given = {"client_id": self.client, "code": code} | wrong
            answer = exchange(self.server, given.pop("client_id"), given.pop("code"), **given)
            self.assertEqual((answer.status, answer.json["error"]), (403, "invalid_grant"), wrong)
            if "code" not in wrong:
                self.assertEqual(exchange(self.server, self.client, code).status, 403, "it is used up")

    def test_a_client_with_a_secret_needs_it(self):
        address = PAGE + "/one"
        begin = target("metapatch", redirect_uri=address, code_challenge=None, code_challenge_method=None)
        code = lambda: urllib.parse.parse_qs(
            urllib.parse.urlsplit(log_in(self.server, begin).headers["Location"]).query)["code"][0]
        given = {"redirect_uri": address, "code_verifier": None}
        self.assertEqual(exchange(self.server, "metapatch", code(), **given).status, 401)
        secret = {"client_secret": CLIENT_SECRET}
        self.assertEqual(exchange(self.server, "metapatch", code(), **given, **secret).status, 200)
        unasked = given | {"code_verifier": VERIFIER}
        self.assertEqual(exchange(self.server, "metapatch", code(), **unasked, **secret).status, 403)

    def test_who_is_blocked_meanwhile_gets_nothing(self):
        code = told(log_in(self.server, target(self.client), username="bob@example.com"), "&")["code"]
        ticket = authenticate(self.server, self.client, username="bob@example.com").json["login_ticket"]
        self.send("PATCH", "/api/v2/users/" + "auth0%7Cbob", {"blocked": True}, EVERYTHING)
        self.assertEqual(exchange(self.server, self.client, code).status, 403)
        self.assertEqual(self.refusal(login_ticket=ticket), "access_denied")


class Modes(BrowserTest):
    def answer(self, **parameters):
        return log_in(self.server, target(self.client, nonce="a nonce", **parameters))

    def test_tokens_are_in_the_fragment(self):
        said = told(self.answer(response_type="token id_token", scope="openid email"), "#")
        self.assertEqual(set(said), {"access_token", "id_token", "expires_in", "token_type", "scope", "state"})
        identity = claims_of(said["id_token"])
        self.assertEqual((identity["nonce"], identity["at_hash"], identity["aud"]),
                         ("a nonce", half_hash(said["access_token"]), self.client))
        self.assertEqual(self.send("GET", "/userinfo", token=said["access_token"]).json["sub"], self.user)

    def test_each_response_type_gets_what_it_names(self):
        token = {"access_token", "expires_in", "token_type", "scope"}
        for kind, members in (("token", token), ("id_token", {"id_token"}), ("code id_token", {"code", "id_token"}),
                              ("id_token token code", {"code", "id_token"} | token)):
            said = told(self.answer(response_type=kind), "#")
            self.assertEqual(set(said), members | {"state"})
            if {"code", "id_token"} <= members:
                self.assertEqual(claims_of(said["id_token"])["c_hash"], half_hash(said["code"]))
                self.assertEqual(exchange(self.server, self.client, said["code"]).status, 200)

    def test_a_code_may_be_in_the_fragment(self):
        self.assertEqual(set(told(self.answer(response_mode="fragment"), "#")), {"code", "state"})

    def test_a_form_is_posted(self):
        answer = self.answer(response_mode="form_post", state='"\'<&>')
        text = answer.body.decode()
        self.assertEqual((answer.status, answer.headers["Cache-Control"]), (200, "no-store"))
        self.assertIn(f'<form method="post" action="{html.escape(CALLBACK)}">', text)
        fields = {name: html.unescape(value) for name, value in re.findall(r'name="(\w+)" value="(.*?)"', text)}
        self.assertEqual((set(fields), fields["state"]), ({"code", "state"}, '"\'<&>'))

    def test_a_message_goes_to_the_origin_of_the_callback(self):
        ticket = authenticate(self.server, self.client).json["login_ticket"]
        state = "</script><script>alert(1)</script>"
        answer = self.send("GET", target(self.client, response_type="token", response_mode="web_message", prompt="none",
                                         login_ticket=ticket, state=state))
        text = answer.body.decode()
        self.assertEqual(text.count("<script"), 1)
        said = json.loads(re.search(r"const it = (\{.*\});", text).group(1))
        self.assertEqual((said["origin"], said["message"]["type"]), (PAGE, "authorization_response"))
        self.assertEqual(said["message"]["response"]["state"], state)
        self.assertIn("access_token", said["message"]["response"])
        nonce = re.search(r'<script nonce="(\w+)">', text).group(1)
        self.assertIn(f"'nonce-{nonce}'", answer.headers["Content-Security-Policy"])
        refused = self.send("GET", target(self.client, response_type="token", response_mode="web_message"))
        self.assertIn(b'"error":"login_required"', refused.body)


class CrossOrigin(BrowserTest):
    def test_a_ticket_logs_in_once(self):
        answer = authenticate(self.server, self.client)
        self.assertEqual((answer.status, set(answer.json)), (200, {"login_ticket", "co_verifier", "co_id"}))
        ticket = answer.json["login_ticket"]
        said = told(self.send("GET", target(self.client, response_type="token", login_ticket=ticket)), "#")
        self.assertIn("access_token", said)
        self.assertEqual(self.refusal(login_ticket=ticket), "access_denied")

    def test_a_ticket_is_for_its_client(self):
        other = create_client(self.server)
        ticket = authenticate(self.server, other).json["login_ticket"]
        self.assertEqual(self.refusal(login_ticket=ticket), "access_denied")

    def test_only_pages_of_the_client_ask(self):
        for origin in (None, "https://evil.example", PAGE + ".evil.example", "http://app.example", "null"):
            answer = authenticate(self.server, self.client, origin=origin)
            self.assertEqual((answer.status, answer.json["error"]), (403, "unauthorized_client"))
        never = create_client(self.server, cross_origin_authentication=False)
        self.assertEqual(authenticate(self.server, never).status, 403)
        other = create_client(self.server, web_origins=["https://b.example"], allowed_origins=["https://C.example"])
        for origin in ("https://b.example", "https://c.example"):
            self.assertEqual(authenticate(self.server, other, origin=origin).status, 200)

    def test_refusals(self):
        for members, expected in (
                ({"password": "wrong"}, (403, "access_denied")), ({"username": "nobody"}, (403, "access_denied")),
                ({"realm": "nowhere"}, (403, "access_denied")), ({"password": None}, (400, "invalid_request")),
                ({"client_id": "nobody"}, (401, "access_denied")),
                ({"credential_type": "otp"}, (403, "unsupported_credential_type"))):
            answer = authenticate(self.server, self.client, **members)
            self.assertEqual((answer.status, answer.json["error"]), expected, members)

    def test_browsers_let_the_page_ask_with_credentials(self):
        origin = {"Origin": PAGE, "Access-Control-Request-Method": "POST",
                  "Access-Control-Request-Headers": "auth0-client"}
        for answer in (self.send("OPTIONS", "/co/authenticate", headers=origin), authenticate(self.server, self.client),
                       authenticate(self.server, self.client, password="wrong")):
            self.assertEqual((answer.headers["Access-Control-Allow-Origin"],
                              answer.headers["Access-Control-Allow-Credentials"]), (PAGE, "true"))
        other = self.send("OPTIONS", "/oauth/token", headers=origin)
        self.assertEqual(other.headers["Access-Control-Allow-Origin"], "*")
        self.assertNotIn("Access-Control-Allow-Credentials", other.headers)


class Logout(BrowserTest):
    def test_it_ends_at_an_allowed_address(self):
        for client, address in ((self.client, PAGE + "/bye"), (self.client, PAGE + "/bye?why=done"),
                                ("metapatch", PAGE + "/out")):
            query = urllib.parse.urlencode({"client_id": client, "returnTo": address})
            answer = self.send("GET", "/v2/logout?" + query)
            self.assertEqual((answer.status, answer.headers["Location"]), (302, address))
        self.assertEqual(self.send("GET", "/v2/logout?client_id=" + self.client).headers["Location"], PAGE + "/bye")
        self.assertEqual(self.send("GET", "/v2/logout").body, b"OK")

    def test_it_ends_at_no_other(self):
        for client, address in ((self.client, "https://evil.example/"), ("nobody", PAGE + "/bye"), ("", PAGE + "/bye"),
                                (self.client, PAGE + "/bye?\r\nX: y"), (self.client, "")):
            query = urllib.parse.urlencode({"client_id": client, "returnTo": address})
            answer = self.send("GET", "/v2/logout?" + query)
            self.assertEqual((answer.status, answer.headers["Location"]), (400, None))


class Processes(unittest.TestCase):
    """Codes and tickets of one server, at another on the same database."""

    @classmethod
    def setUpClass(cls):
        stack = contextlib.ExitStack()
        cls.addClassCleanup(stack.close)
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        cls.file = str(pathlib.Path(folder, "users.db"))
        cls.one = stack.enter_context(Server(*seed_in(folder), store="sqlite:" + cls.file))
        cls.other = stack.enter_context(Server(store="sqlite:" + cls.file))
        cls.client = create_client(cls.one)

    def setUp(self):
        with contextlib.closing(sqlite3.connect(self.file)) as database, database:
            database.executescript("DELETE FROM login_tickets; DELETE FROM authorization_codes")

    def code(self):
        ticket = authenticate(self.one, self.client).json["login_ticket"]
        return told(self.other.send("GET", target(self.client, login_ticket=ticket)), "&")["code"]

    def rows(self, table):
        with contextlib.closing(sqlite3.connect(self.file)) as database:
            return database.execute(f"SELECT id, document FROM {table}").fetchall()

    def test_what_one_gives_another_takes(self):
        self.assertEqual(exchange(self.one, self.client, self.code()).status, 200)
        self.assertEqual((self.rows("login_tickets"), self.rows("authorization_codes")), ([], []))

    def test_of_many_at_once_one_succeeds(self):
        check_exchanges_at_once(self, [self.one, self.other])

    def test_the_database_has_fingerprints_alone(self):
        code = self.code()
        ticket = authenticate(self.one, self.client).json["login_ticket"]
        for secret, table in ((code, "authorization_codes"), (ticket, "login_tickets")):
            [(name, document)] = self.rows(table)
            self.assertNotIn(secret, name + document)

    def test_time_ends_them_and_then_they_go(self):
        over = "UPDATE authorization_codes SET document = json_set(document, '$.expires', 1)"
        code = self.code()
        with contextlib.closing(sqlite3.connect(self.file)) as database, database:
            database.execute(over)
        self.assertEqual(exchange(self.one, self.client, code).status, 403)
        for _ in range(3):
            self.code()
        with contextlib.closing(sqlite3.connect(self.file)) as database, database:
            database.execute(over)
        self.code()
        self.assertEqual(len(self.rows("authorization_codes")), 1)


class Discovery(ServerTest):
    def test_it_says_where_and_how_users_log_in(self):
        said = self.send("GET", "/.well-known/openid-configuration").json
        self.assertEqual(said["authorization_endpoint"], ISSUER + "authorize")
        self.assertIn("authorization_code", said["grant_types_supported"])
        self.assertEqual(said["code_challenge_methods_supported"], ["S256"])
        self.assertLessEqual({"code", "token id_token"}, set(said["response_types_supported"]))


if __name__ == "__main__":
    main()
