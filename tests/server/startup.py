# SPDX-License-Identifier: BSL-1.0
"""How the server starts, what it says, and why it does not: one line each, with a status of its own."""

import gzip
import json
import pathlib
import re
import socket
import subprocess
import tempfile
import unittest

from harness import CLIENT_SECRET, CONNECTION, EVERYTHING, PROGRAM, Server, main, path_of

USAGE, UNAVAILABLE = 2, 3


class Mistakes(unittest.TestCase):
    def fails(self, status, words, *options):
        port = () if "--port" in options else ("--port", "0")
        ran = subprocess.run([PROGRAM, *port, *options], capture_output=True, text=True, timeout=30)
        self.assertEqual(ran.returncode, status, ran.stderr)
        self.assertRegex(ran.stderr, rf"\Ametapatch-server: [^\n]*{words}[^\n]*\n\Z")

    def test_a_port_that_is_taken(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = str(taken.getsockname()[1])
            self.fails(UNAVAILABLE, f"127.0.0.1 port {port}: Address already in use", "--port", port)

    def test_stores_that_cannot_be_opened(self):
        with tempfile.TemporaryDirectory() as folder:
            for path in ("/no/such/folder/db", folder):
                self.fails(UNAVAILABLE, re.escape(path), "--store", "sqlite:" + path)
            pathlib.Path(folder, "text").write_text("no database, and long enough to see it" * 100)
            self.fails(UNAVAILABLE, "file is not a database", "--store", f"sqlite:{folder}/text")
        for address in ("mysql://x", "sqlite:", "users.db"):
            self.fails(USAGE, "neither sqlite:PATH, postgresql", "--store", address)

    def test_keys_and_secrets_that_cannot_be_used(self):
        with tempfile.TemporaryDirectory() as folder:
            def make(name, *arguments):
                subprocess.run(["openssl", "genpkey", *arguments, "-out", f"{folder}/{name}"], check=True,
                               capture_output=True)
                return f"{folder}/{name}"
            pathlib.Path(folder, "empty").write_text("")
            pathlib.Path(folder, "blank").write_text("\nsecret\n")
            small = make("small", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1024")
            curve = make("curve", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256")
            locked = make("locked", "-algorithm", "RSA", "-aes256", "-pass", "pass:x")
            for key, words in (("/no/such/key", "cannot be read"), (folder + "/empty", "no private key"),
                               (small, "no RSA key of at least 2048 bits"), (curve, "no RSA key"),
                               (locked, "without a password")):
                self.fails(USAGE, words, "--signing-key", key)
            for secret, words in (("/no/such/secret", "no secret can be read"), (folder + "/empty", "no secret can be read"),
                                  (folder + "/blank", "is empty")):
                self.fails(USAGE, words, "--hs256-secret-file", secret)
                self.fails(USAGE, words, "--client-secret-file", secret)
            pathlib.Path(folder, "short").write_text("x" * 31)
            self.fails(USAGE, "less than the 32 bytes", "--hs256-secret-file", folder + "/short")
            self.fails(USAGE, "the certificate", "--tls-cert", folder + "/empty", "--tls-key", small)

    def test_options(self):
        for options in (("--colour",), ("--port", "70000"), ("--tls-cert", "x"), ("--sign-with-hs256",),
                        ("--max-connections", "0"), ("--token-lifetime", "0"), ("--request-timeout", "-1"),
                        ("--rate-limit", "0"), ("--rate-limit", "many"), ("--rate-limit-span", "0"),
                        ("--script-timeout", "0"), ("--callback", "app"), ("--logout-url", "javascript://a")):
            self.fails(USAGE, options[0], *options)
        self.fails(USAGE, "no address of IP", "--host", "example.com")

    def test_seeds(self):
        with tempfile.TemporaryDirectory() as folder:
            for text, words in (("", None), ("[1]", "a user must be an object"), ('[{"email":"a"}', "seed.json"),
                                ('[{"email":"a","app_metadata":{"blocked":true}}]', "line 1: .*blocked"),
                                ('[{"email":"a","user_metadata":7}]', "Expected type object")):
                path = folder + "/seed.json"
                pathlib.Path(path).write_text(text)
                if words:
                    self.fails(USAGE, "--seed: .*" + words, "--seed", path)
            self.fails(USAGE, "--seed: .*no/such", "--seed", "/no/such/file")


class Announcement(unittest.TestCase):
    def run_and_read(self, *options, **others):
        with Server(*options, **others) as server:
            server.process.terminate()
            return server.said + server.process.stdout.read()

    def test_it_says_who_can_reach_it(self):
        self.assertIn("for this machine alone (--host for others)", self.run_and_read())
        self.assertIn("for other machines too", self.run_and_read("--host", "0.0.0.0"))

    def test_it_says_that_its_key_is_its_own_and_that_its_client_has_no_secret(self):
        said = self.run_and_read()
        self.assertIn("the signing key is of this process alone", said)
        self.assertNotIn("no secret", said)
        self.assertNotIn(CLIENT_SECRET, said)
        self.assertIn("metapatch has no secret", self.run_and_read(environment={"METAPATCH_CLIENT_SECRET": ""}))

    def test_help_and_version(self):
        for option, words in (("--help", "--store"), ("--version", "metapatch-server 0.")):
            ran = subprocess.run([PROGRAM, option], capture_output=True, text=True)
            self.assertEqual((ran.returncode, ran.stderr), (0, ""))
            self.assertIn(words, ran.stdout)


IMPORT = [
    {"user_id": "1", "email": "ann@example.com", "given_name": "Ann", "user_metadata": {"hobby": "chess", "gone": None},
     "app_metadata": {"plan": "free"}, "mfa_factors": [{"totp": {"secret": "2PRXZWZAYYDAWCD"}}],
     # bcrypt of "correct horse"
     "password_hash": "$2b$04$pNIdMEnrpNQ3cLAfp2rjaeGojJ1Wl5wkVwFX3CSgZ9B6tgNAainKi"},
    {"email": "bob@example.com", "multifactor": ["duo", "guardian"],
     "custom_password_hash": {"algorithm": "md4", "hash": {"value": "x"}}},
]
EXPORT = [{"user_id": "auth0|7", "email": "eve@example.com", "logins_count": 3, "user_metadata": {"n": 1},
           "identities": [{"user_id": "7", "provider": "auth0", "connection": CONNECTION, "isSocial": False}]}]


class Seeds(unittest.TestCase):
    def test_an_import_file_and_an_export_gzipped_or_not(self):
        with tempfile.TemporaryDirectory() as folder:
            files = {"import.json": json.dumps(IMPORT, indent=1).encode(),
                     "export.ndjson.gz": gzip.compress("\n".join(map(json.dumps, EXPORT)).encode())}
            for name, content in files.items():
                pathlib.Path(folder, name).write_bytes(content)
            seeds = [option for name in files for option in ("--seed", f"{folder}/{name}")]
            with Server(*seeds, "--password-grant", store=f"sqlite:{folder}/db") as server:
                self.assertRegex(server.said, r"seeded 2 users from \S+import.json; 0 were there already, 1 have no pass")
                ann = server.send("GET", path_of("auth0|1"), token=EVERYTHING).json
                self.assertEqual((ann["user_metadata"], ann["app_metadata"]), ({"hobby": "chess"}, {"plan": "free"}))
                self.assertFalse({"password_hash", "mfa_factors"} & ann.keys())
                eve = server.send("GET", path_of("auth0|7"), token=EVERYTHING).json
                self.assertEqual({name: eve[name] for name in EXPORT[0]}, EXPORT[0])
                login = server.send("POST", "/oauth/token", {
                    "grant_type": "password", "client_id": "metapatch", "client_secret": CLIENT_SECRET,
                    "username": "ann@example.com", "password": "correct horse"})
                self.assertEqual(login.status, 200, login)
                bob = server.send("GET", "/api/v2/users-by-email?email=bob@example.com", token=EVERYTHING).json[0]
                gone = server.send("DELETE", path_of(bob["user_id"]) + "/multifactor/duo", token=EVERYTHING)
                self.assertEqual(gone.status, 204)
                bob = server.send("GET", path_of(bob["user_id"]), token=EVERYTHING).json
                self.assertEqual(bob["multifactor"], ["guardian"])
                server.send("PATCH", path_of("auth0|1"), {"user_metadata": {"hobby": "go"}}, EVERYTHING)
            with Server("--seed", f"{folder}/import.json", store=f"sqlite:{folder}/db") as server:
                self.assertRegex(server.said, r"seeded 1 users from \S+import.json; 1 were there already")
                ann = server.send("GET", path_of("auth0|1"), token=EVERYTHING).json
                self.assertEqual(ann["user_metadata"], {"hobby": "go"})

    def test_what_is_seeded_keeps_its_bytes(self):
        with tempfile.TemporaryDirectory() as folder:
            metadata = '{"balance":1.10,"big":123456789012345678901234567890,"text":"\\u00e4"}'
            pathlib.Path(folder, "seed").write_text('[{"user_id":"1","email":"a@b.c","user_metadata":' + metadata + "}]")
            with Server("--seed", folder + "/seed") as server:
                self.assertIn(metadata.encode(), server.send("GET", path_of("auth0|1"), token=EVERYTHING).body)


if __name__ == "__main__":
    main()
