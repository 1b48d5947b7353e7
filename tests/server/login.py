# SPDX-License-Identifier: BSL-1.0
"""Sign-ups, logins, user information, and what Lock loads."""

import json
import re

from harness import AUDIENCE, CLIENT_SECRET, CONNECTION, EVERYTHING, ISSUER, ServerTest, main, path_of, token
from tokens import decoded

SIGNUP = {"client_id": "metapatch", "connection": CONNECTION, "email": "new@example.com", "password": "correct horse"}


class Signup(ServerTest):
    options = ("--password-grant",)

    def sign_up(self, **members):
        body = {name: value for name, value in (SIGNUP | members).items() if value is not None}
        return self.send("POST", "/dbconnections/signup", body)

    def test_it_creates_a_user_with_metadata(self):
        answer = self.sign_up(email="hobby@example.com", user_metadata={"hobby": "chess"}, app_metadata={"plan": "free"})
        self.assertEqual(answer.status, 200, answer)
        self.assertEqual(answer.json, {"_id": answer.json["_id"], "email": "hobby@example.com", "email_verified": False})
        stored = self.send("GET", path_of("auth0|" + answer.json["_id"]), token=EVERYTHING).json
        self.assertEqual(stored["user_metadata"], {"hobby": "chess"})
        self.assertNotIn("app_metadata", stored)
        self.assertNotIn(b"horse", answer.body)

    def test_refusals_have_the_shape_of_this_endpoint(self):
        self.assertEqual(self.sign_up(email="twice@example.com").status, 200)
        answer = self.sign_up(email="Twice@example.com")
        self.assertEqual((answer.status, answer.json), (400, {
            "name": "BadRequestError", "code": "user_exists", "description": "The user already exists.",
            "statusCode": 400}))
        for members, code in (({"email": None}, "invalid_signup"), ({"password": None}, "invalid_signup"),
                              ({"connection": "nowhere"}, "invalid_signup"), ({"connection": None}, "invalid_signup"),
                              ({"user_metadata": {"a": 1}},
                               "invalid user_metadata.a type (only strings are allowed)")):
            answer = self.sign_up(**({"email": "fresh@example.com"} | members))
            self.assertEqual((answer.status, answer.json["name"], answer.json["code"]), (400, "BadRequestError", code))

    def test_who_signed_up_may_log_in(self):
        self.sign_up(email="login@example.com")
        answer = self.send("POST", "/oauth/token", {
            "grant_type": "password", "client_id": "metapatch", "client_secret": CLIENT_SECRET,
            "username": "login@example.com", "password": "correct horse"})
        self.assertEqual(answer.status, 200, answer)


class Login(ServerTest):
    options = ("--password-grant",)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.server.create_user(email="ann@example.com", password="correct horse", given_name="Ann",
                                          user_metadata={"hobby": "chess"})

    def log_in(self, **parameters):
        given = {"grant_type": "password", "client_id": "metapatch", "client_secret": CLIENT_SECRET,
                 "username": "ann@example.com", "password": "correct horse"}
        return self.send("POST", "/oauth/token", given | parameters)

    def test_a_user_gets_tokens_for_itself(self):
        answer = self.log_in(scope="openid email update:current_user_metadata update:users")
        self.assertEqual(answer.json["scope"], "openid email update:current_user_metadata")
        access = answer.json["access_token"]
        said = json.loads(decoded(access.split(".")[1]))
        self.assertEqual((said["sub"], said["aud"]), (self.user, [AUDIENCE, ISSUER + "userinfo"]))
        changed = self.send("PATCH", path_of(self.user), {"user_metadata": {"hobby": "go"}}, access)
        self.assertEqual((changed.status, changed.json["user_metadata"]), (200, {"hobby": "go"}))
        identity = json.loads(decoded(answer.json["id_token"].split(".")[1]))
        self.assertEqual((identity["aud"], identity["email"], identity["sub"]), ("metapatch", "ann@example.com", self.user))
        self.assertNotIn("given_name", identity)

    def test_a_wrong_password_is_as_wrong_as_a_wrong_name(self):
        for parameters in ({"password": "wrong"}, {"username": "nobody@example.com"}, {"password": ""},
                           {"realm": "nowhere"}, {"client_id": "nobody"}, {"client_secret": "wrong"}):
            answer = self.log_in(**parameters)
            self.assertIn((answer.status, answer.json["error"]), ((403, "invalid_grant"), (401, "access_denied")))

    def test_a_blocked_user_and_a_changed_password(self):
        user = self.server.create_user(email="bob@example.com", password="old password")
        bob = {"username": "bob@example.com"}
        self.assertEqual(self.log_in(**bob, password="old password").status, 200)
        self.assertEqual(self.send("PATCH", path_of(user), {"password": "new password"}, EVERYTHING).status, 200)
        self.assertEqual(self.log_in(**bob, password="old password").status, 403)
        self.assertEqual(self.log_in(**bob, password="new password").status, 200)
        self.send("PATCH", path_of(user), {"blocked": True}, EVERYTHING)
        self.assertEqual(self.log_in(**bob, password="new password").status, 403)

    def test_the_profile_says_when_and_how_often(self):
        self.server.create_user(email="often@example.com", password="p4ssword", user_id="often")
        for _ in range(2):
            self.log_in(username="often@example.com", password="p4ssword")
        user = self.send("GET", path_of("auth0|often"), token=EVERYTHING).json
        self.assertEqual(user["logins_count"], 2)
        self.assertIn("last_login", user)

    def test_user_information_is_what_the_scopes_ask_for(self):
        access = self.log_in(scope="openid profile email").json["access_token"]
        for method in ("GET", "POST"):
            told = self.send(method, "/userinfo", token=access)
            self.assertEqual(told.status, 200)
            self.assertEqual((told.json["sub"], told.json["given_name"]), (self.user, "Ann"))
            self.assertNotIn("user_metadata", told.json)
        little = self.send("GET", "/userinfo", token=self.log_in(scope="openid").json["access_token"])
        self.assertEqual(little.json, {"sub": self.user})

    def test_user_information_needs_a_token_for_it(self):
        answer = self.send("GET", "/userinfo")
        self.assertEqual((answer.status, answer.body), (401, b"Unauthorized"))
        for given in (token("openid", self.user), EVERYTHING, "a.b.c",
                      token("openid", "auth0|gone", aud=ISSUER + "userinfo"), token("openid", aud=ISSUER + "userinfo")):
            answer = self.send("GET", "/userinfo", token=given)
            self.assertEqual((answer.status, answer.json["error"]), (401, "invalid_token"))

    def test_a_refresh_token_gives_new_ones_to_its_client_alone(self):
        first = self.log_in(scope="openid offline_access").json
        ask = {"grant_type": "refresh_token", "client_id": "metapatch", "client_secret": CLIENT_SECRET,
               "refresh_token": first["refresh_token"]}
        answer = self.send("POST", "/oauth/token", ask)
        self.assertEqual((answer.status, answer.json["scope"]), (200, "openid offline_access"))
        self.assertEqual(self.send("GET", "/userinfo", token=answer.json["access_token"]).json, {"sub": self.user})
        other = self.send("POST", "/api/v2/clients", {"name": "Another"}, EVERYTHING).json["client_id"]
        token_id = first["refresh_token"].split(".")[0]
        for wrong in ({"refresh_token": token_id + ".00"}, {"refresh_token": token_id}, {"refresh_token": ""},
                      {"client_id": other}, {"refresh_token": "rt_x.y"}):
            self.assertEqual(self.send("POST", "/oauth/token", ask | wrong).status, 403, wrong)
        shown = self.send("GET", "/api/v2/refresh-tokens/" + token_id, token=EVERYTHING)
        self.assertEqual(shown.json["user_id"], self.user)
        self.assertNotIn(first["refresh_token"].split(".")[1].encode(), shown.body)

    def test_sessions_and_refresh_tokens_have_metadata(self):
        answer = self.log_in(scope="openid offline_access").json
        session = json.loads(decoded(answer["id_token"].split(".")[1]))["sid"]
        for path, field in (("/api/v2/sessions/" + session, "session_metadata"),
                            ("/api/v2/refresh-tokens/" + answer["refresh_token"].split(".")[0], "refresh_token_metadata")):
            changed = self.send("PATCH", path, {field: {"device": "phone"}}, EVERYTHING)
            self.assertEqual((changed.status, changed.json[field]), (200, {"device": "phone"}))
            self.assertEqual(self.send("PATCH", path, {field: None}, EVERYTHING).status, 200)
            self.assertEqual(self.send("GET", path, token=EVERYTHING).json.get(field, {}), {})
            self.assertEqual(self.send("PATCH", path, {field: {"no.dot": "x"}}, EVERYTHING).status, 400)


class WithoutPasswords(ServerTest):
    def test_no_user_logs_in(self):
        answer = self.send("POST", "/oauth/token", {"grant_type": "password", "client_id": "metapatch",
                                                    "client_secret": CLIENT_SECRET, "username": "a", "password": "b"})
        self.assertEqual((answer.status, answer.json["error"]), (403, "unauthorized_client"))

    def test_lock_finds_its_client_and_no_other(self):
        answer = self.send("GET", "/client/metapatch.js?t1234")
        self.assertEqual((answer.status, answer.headers.get_content_type()), (200, "application/javascript"))
        client = json.loads(re.fullmatch(r"Auth0\.setClient\((.*)\);", answer.body.decode()).group(1))
        self.assertEqual(client["strategies"][0]["connections"][0]["name"], CONNECTION)
        self.assertEqual(self.send("GET", "/client/nobody.js").status, 404)


if __name__ == "__main__":
    main()
