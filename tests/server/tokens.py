# SPDX-License-Identifier: BSL-1.0
"""Tokens: which are taken, which are refused, and how they are issued."""

import base64
import hashlib
import hmac
import json
import subprocess
import tempfile
import time
import urllib.parse

from harness import (AUDIENCE, CLIENT_SECRET, EVERYTHING, HS256_SECRET, ISSUER, Server, ServerTest, base64url, main,
                     signed)

LIST = "/api/v2/users"


def claims(**others):
    made = {"iss": ISSUER, "aud": AUDIENCE, "exp": int(time.time()) + 600, "scope": "read:users"} | others
    return {name: value for name, value in made.items() if value is not None}


def by_hs256(**others):
    return signed({"alg": "HS256", "typ": "JWT"}, claims(**others))


class Verification(ServerTest):
    def assert_bad(self, given, message="Invalid token"):
        answer = self.send("GET", LIST, token=given)
        self.assert_refused(answer, 401, message)
        self.assertEqual(answer.json["attributes"], {"error": message})
        self.assertIn('error="invalid_token"', answer.headers["WWW-Authenticate"])

    def test_a_right_token_is_taken_as_often_as_it_comes(self):
        given = by_hs256()
        for _ in range(3):
            self.assertEqual(self.send("GET", LIST, token=given).status, 200)

    def test_without_a_token_there_is_a_challenge_and_no_error(self):
        answer = self.send("GET", LIST)
        self.assert_refused(answer, 401, "Missing authentication")
        self.assertEqual(answer.headers["WWW-Authenticate"], "Bearer")

    def test_an_unsigned_token_is_refused_in_every_spelling(self):
        for algorithm in ("none", "None", "NONE", "nOnE"):
            head = base64url(json.dumps({"alg": algorithm, "typ": "JWT"}).encode())
            body = base64url(json.dumps(claims()).encode())
            self.assert_bad(f"{head}.{body}.e30")
            self.assertEqual(self.send("GET", LIST, token=f"{head}.{body}.").status, 400)
            self.assert_bad(signed({"alg": algorithm}, claims()))

    def test_other_algorithms_are_refused(self):
        for algorithm in ("HS384", "HS512", "RS256", "RS384", "ES256", "", "HS256 ", 7, None, ["HS256"]):
            given = signed({"alg": algorithm, "typ": "JWT"}, claims())
            self.assertEqual(self.send("GET", LIST, token=given).status, 401, algorithm)

    def test_a_public_key_is_no_secret(self):
        key = json.loads(self.send("GET", "/.well-known/jwks.json").body)["keys"][0]
        self.assert_bad(signed({"alg": "HS256"}, claims(), secret=json.dumps(key)),
                        "Invalid signature received for JSON Web Token validation")

    def test_a_changed_token_is_refused(self):
        head, body, signature = by_hs256().split(".")
        more = base64url(json.dumps(claims(scope="read:users delete:users")).encode())
        self.assert_bad(f"{head}.{more}.{signature}", "Invalid signature received for JSON Web Token validation")
        self.assert_bad(f"{head}.{body}.{signature[:-2]}AA", "Invalid signature received for JSON Web Token validation")

    def test_times_are_kept(self):
        now = int(time.time())
        expired = "Expired token received for JSON Web Token validation"
        for expires in (now, now - 1, now - 600, 0):
            self.assert_bad(by_hs256(exp=expires), expired)
        for expires in (None, "9999999999", True, -1, 1e300, [now + 600]):
            self.assertEqual(self.send("GET", LIST, token=by_hs256(exp=expires)).status, 401, expires)
        self.assert_bad(by_hs256(nbf=now + 60))
        self.assertEqual(self.send("GET", LIST, token=by_hs256(nbf=now - 60)).status, 200)
        for begins in ("0", [now], True):
            self.assertEqual(self.send("GET", LIST, token=by_hs256(nbf=begins)).status, 401, begins)

    def test_a_token_that_was_taken_is_refused_once_it_has_expired(self):
        given = by_hs256(exp=int(time.time()) + 2)
        self.assertEqual(self.send("GET", LIST, token=given).status, 200)
        time.sleep(2.1)
        self.assert_bad(given, "Expired token received for JSON Web Token validation")

    def test_issuer_and_audience_must_be_right(self):
        for issuer in (None, "https://issuer.example", "https://evil.example/", 7):
            self.assert_bad(by_hs256(iss=issuer))
        self.assert_bad(by_hs256(aud="https://other.example/"), "Bad audience: https://other.example/")
        self.assert_bad(by_hs256(aud=["a", "b"]), "Bad audience: a,b")
        for audience in (None, 7, {}, []):
            self.assert_bad(by_hs256(aud=audience), "Bad audience: ")
        self.assertEqual(self.send("GET", LIST, token=by_hs256(aud=["a", AUDIENCE])).status, 200)
        self.assert_bad(by_hs256(aud=ISSUER + "userinfo"), f"Bad audience: {ISSUER}userinfo")

    def test_what_is_no_token_is_no_header_of_a_token(self):
        for header in ("Basic YTpi", "Bearer", "Bearer x", "Bearer a.b", "Bearer a.b.c.d", "Bearer ..", "Bearer a..c",
                       "Bearer \xe4.\xf6.\xfc", "Bearer a.b.c ", "Token a.b.c"):
            answer = self.send("GET", LIST, headers={"Authorization": header})
            self.assertIn(answer.status, (400, 401), header)
        self.assert_refused(self.send("GET", LIST, headers={"Authorization": "Bearer opaque"}), 400,
                            "Bad HTTP authentication header format", "Bearer")

    def test_garbage_in_the_form_of_a_token_is_refused_and_the_server_lives(self):
        for part in ("e30", "W10", "bnVsbA", "eyJhbGciOiJIUzI1NiI", "AA", "A", "_", "-_-_", "4oCo" * 1000):
            for given in (f"{part}.{part}.{part}", f"e30.{part}.{part}", f"eyJhbGciOiJIUzI1NiJ9.{part}.{part}"):
                self.assertEqual(self.send("GET", LIST, token=given).status, 401, given[:60])
        self.assertEqual(self.send("GET", LIST, token=EVERYTHING).status, 200)


class ForeignKeys(ServerTest):
    def test_a_token_of_another_key_is_refused(self):
        with Server() as other:
            answer = other.send("POST", "/oauth/token", {"grant_type": "client_credentials", "client_id": "metapatch",
                                                         "client_secret": CLIENT_SECRET})
            foreign = answer.json["access_token"]
            self.assertEqual(other.send("GET", LIST, token=foreign).status, 200)
        answer = self.send("GET", LIST, token=foreign)
        self.assert_refused(answer, 401, "Invalid signature received for JSON Web Token validation")

    def test_without_a_secret_of_its_own_hs256_is_refused(self):
        with Server(hs256=False) as other:
            self.assert_refused(other.send("GET", LIST, token=EVERYTHING), 401, "Invalid token")


class Issue(ServerTest):
    def ask(self, form=True, **parameters):
        given = {"grant_type": "client_credentials", "client_id": "metapatch", "client_secret": CLIENT_SECRET}
        given = {name: value for name, value in (given | parameters).items() if value is not None}
        if not form:
            return self.send("POST", "/oauth/token", given)
        return self.send("POST", "/oauth/token", urllib.parse.urlencode(given),
                         headers={"Content-Type": "application/x-www-form-urlencoded"})

    def test_a_client_gets_a_token_by_form_and_by_json(self):
        for form in (True, False):
            answer = self.ask(form, audience=AUDIENCE)
            self.assertEqual(answer.status, 200, answer)
            self.assertEqual(answer.headers["Cache-Control"], "no-store")
            self.assertEqual((answer.json["token_type"], answer.json["expires_in"]), ("Bearer", 86400))
            self.assertEqual(self.send("GET", LIST, token=answer.json["access_token"]).status, 200)

    def test_scopes_narrow_it_and_no_others_are_granted(self):
        answer = self.ask(scope="read:users fly:high")
        self.assertEqual(answer.json["scope"], "read:users")
        refused = self.send("POST", LIST, {}, answer.json["access_token"])
        self.assertEqual(refused.status, 403)

    def test_who_is_not_known_gets_none(self):
        for parameters, status, error in (({"client_secret": "wrong"}, 401, "access_denied"),
                                          ({"client_secret": None}, 401, "access_denied"),
                                          ({"client_id": "nobody"}, 401, "access_denied"),
                                          ({"client_id": None}, 400, "invalid_request"),
                                          ({"grant_type": None}, 400, "invalid_request"),
                                          ({"grant_type": "implicit"}, 403, "unsupported_grant_type"),
                                          ({"grant_type": "password"}, 403, "unauthorized_client"),
                                          ({"audience": "https://other.example/"}, 403, "access_denied")):
            answer = self.ask(**parameters)
            self.assertEqual((answer.status, answer.json["error"]), (status, error), parameters)
            self.assertEqual(sorted(answer.json), ["error", "error_description"])

    def test_its_signature_is_that_of_the_published_key(self):
        key = self.send("GET", "/.well-known/jwks.json").json["keys"][0]
        head, body, signature = self.ask().json["access_token"].split(".")
        number = lambda text: int.from_bytes(decoded(text), "big")
        digest = pow(number(signature), number(key["e"]), number(key["n"])).to_bytes(256, "big")
        # RSASSA-PKCS1-v1_5 with SHA-256: padding, the prefix of the digest, the digest. RFC 8017 §9.2
        prefix = bytes.fromhex("3031300d060960864801650304020105000420")
        wanted = prefix + hashlib.sha256(f"{head}.{body}".encode()).digest()
        self.assertEqual(digest, b"\0\1" + b"\xff" * (253 - len(wanted)) + b"\0" + wanted)
        self.assertEqual(json.loads(decoded(head)), {"alg": "RS256", "typ": "JWT", "kid": key["kid"]})
        said = json.loads(decoded(body))
        self.assertEqual((said["iss"], said["aud"], said["gty"], said["azp"], said["sub"]),
                         (ISSUER, AUDIENCE, "client-credentials", "metapatch", "metapatch@clients"))

    def test_the_configuration_leads_to_the_keys(self):
        said = self.send("GET", "/.well-known/openid-configuration").json
        self.assertEqual((said["issuer"], said["jwks_uri"]), (ISSUER, ISSUER + ".well-known/jwks.json"))


class WithAKeyOfOnesOwn(ServerTest):
    def test_tokens_outlive_the_server(self):
        with tempfile.TemporaryDirectory() as folder:
            key = folder + "/key.pem"
            subprocess.run(["openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", key],
                           check=True, capture_output=True)
            with Server("--signing-key", key) as first:
                given = first.send("POST", "/oauth/token", {"grant_type": "client_credentials", "client_id": "metapatch",
                                                            "client_secret": CLIENT_SECRET}).json["access_token"]
            with Server("--signing-key", key) as second:
                self.assertEqual(second.send("GET", LIST, token=given).status, 200)

    def test_tokens_may_be_signed_by_hs256(self):
        with Server("--sign-with-hs256") as server:
            given = server.send("POST", "/oauth/token", {"grant_type": "client_credentials", "client_id": "metapatch",
                                                         "client_secret": CLIENT_SECRET}).json["access_token"]
            head, body, _ = given.split(".")
            self.assertEqual(json.loads(decoded(head))["alg"], "HS256")
            self.assertEqual(given, signed_again(head, body))
            self.assertEqual(server.send("GET", LIST, token=given).status, 200)


def signed_again(head, body):
    return f"{head}.{body}." + base64url(hmac.new(HS256_SECRET.encode(), f"{head}.{body}".encode(),
                                                  hashlib.sha256).digest())


def decoded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


if __name__ == "__main__":
    main()
