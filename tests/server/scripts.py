# SPDX-License-Identifier: BSL-1.0
"""Rules and Actions: what they see, what they change, what of it tokens tell, and how they fail."""

import contextlib
import http.server
import json
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import unittest

from harness import AUDIENCE, CLIENT_SECRET, CONNECTION, EVERYTHING, ISSUER, PROGRAM, Server, main, path_of
from tokens import decoded

USAGE = 2
PASSWORD = "correct horse"


def rule(body):
    return "function (user, context, callback) {\n" + body + "\n  callback(null, user, context);\n}\n"


def action(body):
    return "exports.onExecutePostLogin = async (event, api) => {\n" + body + "\n};\n"


@contextlib.contextmanager
def folders(**scripts):
    """Options that name folders with these files: those that end in .json as they are, else scripts."""
    with tempfile.TemporaryDirectory() as folder:
        options = []
        for kind, files in scripts.items():
            pathlib.Path(folder, kind).mkdir()
            options += [f"--{kind}", f"{folder}/{kind}"]
            for name, text in files.items():
                pathlib.Path(folder, kind, name).write_text(text, encoding="utf-8")
        yield options


def said_in(jwt):
    return json.loads(decoded(jwt.split(".")[1]))


def workers_of(server):
    """The ids of the processes of Node that a server has started."""
    tasks = pathlib.Path(f"/proc/{server.process.pid}/task")
    return {child for task in tasks.iterdir() for child in map(int, (task / "children").read_text().split())}


def is_running(process):
    try:
        state = pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def wait_until(what, seconds=20):
    latest = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < latest, "it did not come to be"
        time.sleep(0.02)


class ScriptTest(unittest.TestCase):
    @staticmethod
    def new_store():
        return ":memory:"

    @contextlib.contextmanager
    def serving(self, *options, rules=None, actions=None, store=None):
        scripts = {kind: files for kind, files in (("rules", rules), ("actions", actions)) if files is not None}
        store = store or self.new_store()
        with folders(**scripts) as more, Server("--password-grant", *more, *options, store=store) as server:
            self.server = server
            yield server

    def create(self, **members):
        return self.server.create_user(**{"email": "ann@example.com", "password": PASSWORD} | members)

    def ask(self, **parameters):
        given = {"grant_type": "password", "client_id": "metapatch", "client_secret": CLIENT_SECRET,
                 "username": "ann@example.com", "password": PASSWORD, "scope": "openid profile email"}
        return self.server.send("POST", "/oauth/token", given | parameters)

    def log_in(self, **parameters):
        answer = self.ask(**parameters)
        self.assertEqual(answer.status, 200, answer)
        return answer.json

    def fails(self, status, error, words, **parameters):
        """The login fails in the shape of this endpoint, and the server lives."""
        answer = self.ask(**parameters)
        self.assertEqual((answer.status, answer.json.keys()), (status, {"error", "error_description"}), answer)
        self.assertEqual(answer.json["error"], error)
        self.assertRegex(answer.json["error_description"], words)
        self.assertEqual(self.server.send("GET", "/healthz").status, 200)

    def stored(self, user):
        return self.server.send("GET", path_of(user), token=EVERYTHING).json

    def told(self, tokens):
        return self.server.send("GET", "/userinfo", token=tokens["access_token"]).json

    def notes(self):
        return [event["message"] for event in map(json.loads, self.server.read_log().splitlines())
                if event["event"] == "note"]


class Rules(ScriptTest):
    def test_a_rule_puts_metadata_into_the_tokens_and_into_userinfo(self):
        code = rule("""
          context.idToken['https://example.com/hobby'] = user.user_metadata.hobby;
          context.accessToken['https://example.com/plan'] = user.app_metadata.plan;""")
        with self.serving(rules={"claims.js": code}):
            self.create(user_metadata={"hobby": "chess"}, app_metadata={"plan": "free"})
            tokens = self.log_in()
            self.assertEqual(said_in(tokens["id_token"])["https://example.com/hobby"], "chess")
            self.assertNotIn("https://example.com/plan", said_in(tokens["id_token"]))
            self.assertEqual(said_in(tokens["access_token"])["https://example.com/plan"], "free")
            self.assertNotIn("https://example.com/hobby", said_in(tokens["access_token"]))
            told = self.told(tokens)
            self.assertEqual((told["https://example.com/hobby"], told["email"]), ("chess", "ann@example.com"))
            self.assertNotIn("https://example.com/plan", told)

    def test_they_run_in_the_order_of_their_names_and_hand_on_what_they_were_given(self):
        add = "user.seen = (user.seen || '') + '%s'; context.idToken['https://example.com/order'] = user.seen;"
        names = ("10-b.js", "02-c.js", "1-a.js", "ä.js", "Z.js")
        rules = {name: rule(add % name[:-3]) for name in names}
        with self.serving(rules=rules | {"notes.txt": "not a script"}) as server:
            self.assertIn("Rules: 5, Actions: 0", server.said)
            user = self.create()
            self.assertEqual(self.told(self.log_in())["https://example.com/order"], "02-c1-a10-bZä")
            self.assertNotIn("seen", self.stored(user))

    def test_what_a_rule_sees(self):
        code = rule("""
          context.idToken['https://example.com/seen'] = {
            id: user.user_id, plan: user.plan, roles: user.app_metadata.roles, none: typeof user.user_metadata,
            client: context.clientID, name: context.clientName, meta: context.clientMetadata,
            connection: context.connection, strategy: context.connectionStrategy, protocol: context.protocol,
            ip: context.request.ip, agent: context.request.userAgent, logins: context.stats.loginsCount,
            configuration: configuration.KEY, domain: auth0.domain, base: auth0.baseUrl, required: typeof require('fs'),
          };""")
        with self.serving(rules={"a.js": code, "configuration.json": '{"KEY":"value"}'}):
            self.create(app_metadata={"plan": "free", "roles": ["writer"]})
            client = self.server.send("POST", "/api/v2/clients", {"name": "Shop", "client_metadata": {"a": "1"}},
                                      EVERYTHING).json["client_id"]
            given = {"grant_type": "password", "client_id": client, "username": "ann@example.com", "password": PASSWORD}
            for logins in (1, 2):
                answer = self.server.send("POST", "/oauth/token", given, headers={"User-Agent": "tests"})
                self.assertEqual(said_in(answer.json["id_token"])["https://example.com/seen"], {
                    "id": self.server.send("GET", "/api/v2/users", token=EVERYTHING).json[0]["user_id"], "plan": "free",
                    "roles": ["writer"], "none": "undefined", "client": client, "name": "Shop", "meta": {"a": "1"},
                    "connection": CONNECTION, "strategy": "auth0", "protocol": "oauth2-password", "ip": "127.0.0.1",
                    "agent": "tests", "logins": logins, "configuration": "value", "domain": "issuer.example",
                    "base": "https://issuer.example/api/v2", "required": "object"})

    def test_an_update_is_a_patch_with_its_merge(self):
        code = """// Source: Auth0, "Manage Metadata with Rules"
        function (user, context, callback) {
          auth0.users.updateUserMetadata(user.user_id, {theme: 'dark', old: null, nested: {b: 2}})
            .then(function (updated) {
              context.idToken['https://example.com/updated'] = updated.user_metadata;
              return auth0.users.updateAppMetadata(user.user_id, {});
            })
            .then(function () { callback(null, user, context); })
            .catch(function (error) { callback(error); });
        };
        // The end."""
        with self.serving(rules={"update.js": code}):
            user = self.create(user_metadata={"keep": 1.5, "old": 1, "nested": {"a": 1}}, app_metadata={"plan": "free"})
            before = self.stored(user)["updated_at"]
            metadata = {"keep": 1.5, "nested": {"b": 2}, "theme": "dark"}
            self.assertEqual(self.told(self.log_in())["https://example.com/updated"], metadata)
            stored = self.stored(user)
            self.assertEqual(stored["user_metadata"], metadata)
            self.assertNotIn("app_metadata", stored)
            self.assertGreaterEqual(stored["updated_at"], before)

    def test_what_a_rule_does_not_wait_for_is_stored_before_the_login_ends(self):
        code = rule("""
          auth0.users.updateAppMetadata(user.user_id, {first: 1}).then(
            () => auth0.users.updateAppMetadata(user.user_id, {second: 2}));""")
        with self.serving(rules={"a.js": code}):
            user = self.create()
            self.log_in()
            self.assertEqual(self.stored(user)["app_metadata"], {"first": 1, "second": 2})

    def test_a_refused_update_is_the_rule_s_to_handle(self):
        code = """async function (user, context, callback) {
          const refusals = [];
          for (const [id, metadata] of [[user.user_id, {'a.b': 1}], ['auth0|nobody', {a: 1}], [user.user_id, 'text'],
                                        [user.user_id, undefined]])
            await auth0.users.updateUserMetadata(id, metadata).catch((error) => refusals.push(
              [error instanceof Error, error.statusCode, error.errorCode, error.message]));
          context.idToken['https://example.com/refusals'] = refusals;
          callback(null, user, context);
        }"""
        with self.serving(rules={"a.js": code}):
            user = self.create(user_metadata={"a": 1})
            refusals = self.told(self.log_in())["https://example.com/refusals"]
            self.assertEqual([refusal[:2] for refusal in refusals],
                             [[True, 400], [True, 404], [True, 400], [True, 400]])
            self.assertRegex(refusals[0][3], r'Fields with "\." are not allowed')
            self.assertEqual(refusals[1][2], "inexistent_user")
            self.assertEqual(self.stored(user)["user_metadata"], {"a": 1})

    def test_a_refused_update_that_nobody_handles_is_the_login_s_failure(self):
        for body in ("auth0.users.updateUserMetadata(user.user_id, {$a: 1});",
                     "return auth0.users.updateUserMetadata(user.user_id, {$a: 1}, (error) => callback(error));"):
            with self.serving(rules={"a.js": rule(body)}):
                self.create()
                self.fails(500, "server_error", "^The Rule a.js failed: .*not allowed")

    def test_a_rule_s_token_reads_and_updates_users(self):
        code = rule("context.idToken['https://example.com/token'] = auth0.accessToken;")
        with self.serving(rules={"a.js": code}):
            user = self.create()
            its = self.told(self.log_in())["https://example.com/token"]
            self.assertEqual(said_in(its)["scope"], "read:users update:users")
            changed = self.server.send("PATCH", path_of(user), {"app_metadata": {"a": 1}}, its)
            self.assertEqual(changed.status, 200, changed)
            self.assertEqual(self.server.send("DELETE", path_of(user), token=its).status, 403)

    def test_what_was_updated_stays_where_the_login_is_refused(self):
        code = """function (user, context, callback) {
          auth0.users.updateAppMetadata(user.user_id, {tried: true})
            .then(() => callback(new UnauthorizedError('Not on Sundays.')));
        }"""
        with self.serving(rules={"a.js": code, "b.js": rule("throw new Error('must not run');")}):
            user = self.create()
            self.fails(403, "access_denied", "^Not on Sundays.$")
            stored = self.stored(user)
            self.assertEqual(stored["app_metadata"], {"tried": True})
            self.assertNotIn("logins_count", stored)


class Actions(ScriptTest):
    def test_actions_set_metadata_by_one_patch_with_the_login(self):
        codes = {"1.js": action("""
                   api.user.setUserMetadata('theme', 'dark').user.setUserMetadata('old', null);
                   api.user.setAppMetadata('logins', event.stats.logins_count);"""),
                 "2.js": action("""
                   api.user.setUserMetadata('seen', [event.user.user_metadata, event.user.app_metadata.logins,
                                                     event.user.logins]);""")}
        with self.serving(actions=codes):
            user = self.create(user_metadata={"old": 1, "keep": {"a": [1]}})
            self.log_in()
            stored = self.stored(user)
            expected = {"keep": {"a": [1]}, "theme": "dark"}
            self.assertEqual(stored["user_metadata"], expected | {"seen": [expected, 1, 1]})
            self.assertEqual((stored["app_metadata"], stored["logins_count"]), ({"logins": 1}, 1))

    def test_what_an_action_sees(self):
        code = action("""
          const {user, client, connection, transaction, request, secrets, session, resource_server} = event;
          api.idToken.setCustomClaim('https://example.com/seen', {
            id: user.user_id, email: user.email, user: user.user_metadata, app: user.app_metadata,
            client: [client.client_id, client.name, client.metadata],
            connection: [connection.name, connection.strategy],
            scopes: transaction.requested_scopes, protocol: transaction.protocol, ip: request.ip, secret: secrets.KEY,
            session: session.id, audience: resource_server.identifier, method: event.authentication.methods[0].name,
          });""")
        with self.serving(actions={"a.js": code, "secrets.json": '{"KEY":"value"}'}):
            user = self.create()
            identity = said_in(self.log_in(scope="openid")["id_token"])
            self.assertEqual(identity["https://example.com/seen"], {
                "id": user, "email": "ann@example.com", "user": {}, "app": {},
                "client": ["metapatch", "metapatch", {}], "connection": [CONNECTION, "auth0"], "scopes": ["openid"],
                "protocol": "oauth2-password", "ip": "127.0.0.1", "secret": "value", "session": identity["sid"],
                "audience": AUDIENCE, "method": "pwd"})

    def test_claims_follow_the_rules_of_custom_claims(self):
        code = action("""
          for (const token of [api.idToken, api.accessToken])
            for (const name of ['https://example.com/a', 'plain', 'sub', 'exp', 'scope', 'iss', 'email', 'nickname',
                                'https://x.auth0.com/a', '__proto__'])
              token.setCustomClaim(name, 'custom');
          api.idToken.setCustomClaim('https://example.com/a', {last: 'counts'});
          api.idToken.setCustomClaim('https://example.com/none', undefined);""")
        with self.serving(actions={"a.js": code}):
            user = self.create()
            tokens = self.log_in(scope="openid profile")
            identity, access = said_in(tokens["id_token"]), said_in(tokens["access_token"])
            expected = {"sub": user, "https://example.com/a": {"last": "counts"}, "plain": "custom",
                        "nickname": "custom"}
            self.assertEqual({name: identity[name] for name in expected}, expected)
            self.assertIsInstance(identity["exp"], int)
            self.assertFalse({"https://x.auth0.com/a", "email", "https://example.com/none"} & identity.keys())
            # Those for the Management API have no names without a namespace.
            self.assertEqual((access["sub"], access["scope"], access["https://example.com/a"], access["iss"]),
                             (user, "openid profile", "custom", ISSUER))
            self.assertFalse({"plain", "nickname", "https://x.auth0.com/a"} & access.keys())
            told = self.told(tokens)
            self.assertEqual((told["sub"], told["plain"], told["nickname"]), (user, "custom", "custom"))
            self.assertNotIn("email", told)
            self.assertTrue(any("https://x.auth0.com/a: reserved_namespace" in note for note in self.notes()))

    def test_an_access_token_for_another_api_may_have_names_without_a_namespace(self):
        code = action("for (const name of ['plain', 'scope', 'sub']) api.accessToken.setCustomClaim(name, 'x');")
        with self.serving("--audience", AUDIENCE, "--audience", "https://api.example/", actions={"a.js": code}):
            user = self.create()
            access = said_in(self.log_in(audience="https://api.example/")["access_token"])
            self.assertEqual((access["plain"], access["scope"], access["sub"]), ("x", "openid profile email", user))
            self.assertNotIn("sid", access)

    def test_a_denied_login_keeps_what_was_set_and_ends_there(self):
        codes = {"1.js": action("api.user.setAppMetadata('tried', true); api.access.deny('Not on Sundays.');"
                                "api.user.setAppMetadata('after', 1);"),
                 "2.js": action("api.user.setAppMetadata('second', true);")}
        with self.serving(actions=codes):
            user = self.create()
            self.fails(403, "access_denied", "^Not on Sundays.$", scope="openid offline_access")
            stored = self.stored(user)
            self.assertEqual(stored["app_metadata"], {"tried": True, "after": 1})
            self.assertNotIn("logins_count", stored)
            for collection in ("sessions", "refresh-tokens"):
                left = self.server.send("GET", f"/api/v2/{collection}", token=EVERYTHING)
                self.assertNotIn(user.encode(), left.body)

    def test_metadata_that_a_patch_would_refuse_is_refused(self):
        for body, words in (("api.user.setUserMetadata('a.b', 1);", "user_metadata: "),
                            ("api.user.setAppMetadata('blocked', true);", "app_metadata: .*reserved|blocked"),
                            ("api.user.setUserMetadata('big', 'x'.repeat(40000));", "user_metadata: .*32768"),
                            ("api.user.setUserMetadata('a', undefined);", "a.js failed: .*no JSON"),
                            ("api.user.setUserMetadata('a', 1n);", "a.js failed: .*BigInt"),
                            ("api.user.setUserMetadata(7, 1);", "a.js failed: .*no string"),
                            ("api.multifactor.enable('any');", "api.multifactor.enable is not known"),
                            ("api.user.setName('x');", "api.user.setName is not known")):
            with self.serving(actions={"a.js": action("api.user.setUserMetadata('before', 1);" + body)}):
                user = self.create()
                self.fails(500, "server_error", words)
                self.assertNotIn("user_metadata", self.stored(user))

    def test_rules_run_first_and_actions_see_what_they_stored(self):
        rules = {"a.js": """function (user, context, callback) {
            context.idToken['https://example.com/who'] = 'rule';
            context.idToken['https://example.com/rule'] = true;
            auth0.users.updateUserMetadata(user.user_id, {by: 'rule', rule: true})
              .then(() => callback(null, user, context));
          }"""}
        actions = {"a.js": action("""
            api.idToken.setCustomClaim('https://example.com/who', event.user.user_metadata.by + ', action');
            api.user.setUserMetadata('by', 'action');""")}
        with self.serving(rules=rules, actions=actions):
            user = self.create()
            told = self.told(self.log_in())
            self.assertEqual([told["https://example.com/" + name] for name in ("who", "rule")], ["rule, action", True])
            self.assertEqual(self.stored(user)["user_metadata"], {"by": "action", "rule": True})

    def test_a_refresh_token_runs_them_again(self):
        code = action("""
          api.user.setAppMetadata(event.transaction.protocol, event.stats.logins_count);
          if (event.user.user_metadata.hobby)
            api.idToken.setCustomClaim('https://example.com/hobby', event.user.user_metadata.hobby);
          if (event.user.user_metadata.leave) api.access.deny('left');""")
        with self.serving(actions={"a.js": code}):
            user = self.create(user_metadata={"hobby": "chess"})
            first = self.log_in(scope="openid offline_access update:current_user_metadata")
            change = lambda metadata: self.server.send("PATCH", path_of(user), {"user_metadata": metadata}, EVERYTHING)
            again = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
            change({"hobby": "go"})
            second = self.log_in(**again)
            self.assertEqual(said_in(second["id_token"])["https://example.com/hobby"], "go")
            self.assertEqual(self.told(second)["https://example.com/hobby"], "go")
            stored = self.stored(user)
            self.assertEqual((stored["app_metadata"], stored["logins_count"]),
                             ({"oauth2-password": 1, "oauth2-refresh-token": 2}, 1))
            change({"hobby": None})
            self.assertEqual(self.told(self.log_in(**again)), {"sub": user})
            self.assertEqual(self.told(second), {"sub": user})
            change({"leave": True})
            self.fails(403, "access_denied", "left", **again)

    def test_an_action_may_change_a_user_that_changes_meanwhile(self):
        """What others store between the Action and the login is not lost."""
        code = action("await fetch(event.secrets.URL).then((answer) => answer.text());"
                      "api.user.setUserMetadata('action', true);")
        with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
            changed = []

            class Changes(http.server.BaseHTTPRequestHandler):
                def do_GET(handler):
                    body = {"user_metadata": {"other": 1}}
                    changed.append(self.server.send("PATCH", path_of(user), body, EVERYTHING))
                    handler.send_response(204)
                    handler.end_headers()

                def log_message(handler, *_):
                    pass

            site = stack.enter_context(http.server.HTTPServer(("127.0.0.1", 0), Changes))
            threading.Thread(target=site.serve_forever, daemon=True).start()
            stack.callback(site.shutdown)
            secrets = json.dumps({"URL": f"http://127.0.0.1:{site.server_port}/"})
            stack.enter_context(self.serving(actions={"a.js": code, "secrets.json": secrets},
                                             store=f"sqlite:{folder}/db"))
            user = self.create(user_metadata={"first": 1})
            self.log_in()
            self.assertEqual(changed[0].status, 200)
            self.assertEqual(self.stored(user)["user_metadata"], {"first": 1, "other": 1, "action": True})


class Failures(ScriptTest):
    def test_scripts_that_fail(self):
        for body, words in (("throw new Error('on purpose');", "on purpose"), ("throw 'a text';", "a text"),
                            ("return callback(new Error('handed on\\nsecond line'));", "handed on$"),
                            ("return callback('a text');", "a text"), ("nothing.here();", "nothing is not defined"),
                            ("setTimeout(() => { throw new Error('later'); }); return;", "later"),
                            ("Promise.reject(new Error('of nobody')); return setTimeout(callback, 100);", "of nobody"),
                            ("context.idToken = {a: 1n};", "BigInt"),
                            ("context.idToken.a = {}; context.idToken.a.a = context.idToken;", "circular")):
            with self.subTest(body), self.serving(rules={"a.js": rule(body)}):
                self.create()
                self.fails(500, "server_error", "^The Rule a.js failed: .*" + words)
        with self.serving(actions={"b.js": action("throw new TypeError('in an Action');")}):
            self.create()
            self.fails(500, "server_error", "^The Action b.js failed: in an Action$")

    def test_one_that_does_not_end_in_time_is_ended(self):
        how = {"never calls back": "return;", "loops": "for (;;);",
               "loops later": "return setTimeout(() => { for (;;); });"}
        for name, body in how.items():
            code = rule(f"if (user.user_metadata.hangs) {{ {body} }}")
            with self.subTest(name), self.serving("--script-timeout", "1", rules={"a.js": code}) as server:
                user = self.create(user_metadata={"hangs": True})
                workers = workers_of(server)
                self.assertEqual(len(workers), 1)
                self.fails(500, "server_error", "does not end in time")
                wait_until(lambda: not any(map(is_running, workers)))
                server.send("PATCH", path_of(user), {"user_metadata": {}}, EVERYTHING)
                self.log_in()
                self.assertTrue(any("in time" in note for note in self.notes()))

    def test_a_login_that_loops_is_no_other_s_loss(self):
        code = rule("if (user.user_metadata) for (;;);")
        with self.serving("--script-timeout", "4", rules={"a.js": code}) as server:
            self.create(user_metadata={"hangs": True})
            self.create(email="bob@example.com")
            answers = []
            threads = [threading.Thread(target=lambda: answers.append(self.ask())) for _ in range(2)]
            for thread in threads:
                thread.start()
            wait_until(lambda: len(workers_of(server)) >= 2)
            self.log_in(username="bob@example.com")
            self.assertEqual(answers, [])
            for thread in threads:
                thread.join()
            self.assertEqual([answer.status for answer in answers], [500, 500])

    def test_a_worker_that_ends_is_started_anew(self):
        for body in ("process.exit(0);", "process.abort();", "process.kill(process.pid, 'SIGKILL'); for (;;);"):
            code = rule(f"if (user.user_metadata.ends) {{ {body} }}")
            with self.subTest(body), self.serving(rules={"a.js": code}) as server:
                user = self.create(user_metadata={"ends": True})
                self.fails(500, "server_error", "its process has ended")
                server.send("PATCH", path_of(user), {"user_metadata": {}}, EVERYTHING)
                self.log_in()

    def test_a_worker_that_is_killed_while_nobody_waits_is_nobody_s_loss(self):
        with self.serving(rules={"a.js": rule("")}) as server:
            self.create()
            for _ in range(3):
                self.log_in()
                (worker,) = workers_of(server)
                os.kill(worker, signal.SIGKILL)
                wait_until(lambda: not is_running(worker))
            self.log_in()

    def test_what_a_script_leaves_running_does_not_reach_the_next_login(self):
        code = rule("""
          if (user.email === 'ann@example.com')
            setTimeout(() => auth0.users.updateAppMetadata(user.user_id, {late: true}).catch(() => {}), 50);
          else
            return setTimeout(() => callback(null, user, context), 400);""")
        with self.serving(rules={"a.js": code}):
            ann = self.create()
            self.create(email="bob@example.com")
            self.log_in()
            self.log_in(username="bob@example.com")
            self.assertNotIn("app_metadata", self.stored(ann))

    def test_many_logins_at_once(self):
        code = action("await new Promise((resolve) => setTimeout(resolve, 20));"
                      "api.user.setUserMetadata(event.session.id, true);")
        with self.serving(actions={"a.js": code}) as server:
            users = [self.create(email=f"user{number}@example.com") for number in range(3)]
            answers = []
            threads = [threading.Thread(target=lambda name=f"user{number % 3}@example.com":
                                        answers.append(self.ask(username=name))) for number in range(24)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            self.assertEqual([answer.status for answer in answers], [200] * 24)
            self.assertEqual([len(self.stored(user)["user_metadata"]) for user in users], [8, 8, 8])
            self.assertLessEqual(len(workers_of(server)), 8)

    def test_what_scripts_print_is_in_the_log(self):
        code = rule("console.log('seen %s', user.email); console.error({a: 1}); process.stdout.write('to nobody');")
        with self.serving(rules={"a.js": code}):
            self.create()
            self.log_in()
            self.assertEqual(self.notes(), ["seen ann@example.com", "{ a: 1 }"])

    def test_scripts_do_not_see_the_secret_and_the_sockets_of_the_server(self):
        code = action("""
          const open = require('fs').readdirSync('/proc/self/fd').map((fd) => {
            try { return require('fs').readlinkSync('/proc/self/fd/' + fd); } catch { return ''; } });
          const sockets = open.filter((file) => file.startsWith('socket:'));
          api.idToken.setCustomClaim('https://example.com/open', sockets.length);
          api.idToken.setCustomClaim('https://example.com/secret', process.env.METAPATCH_CLIENT_SECRET || 'none');""")
        with self.serving(actions={"a.js": code}):
            self.create()
            told = self.told(self.log_in())
            self.assertEqual((told["https://example.com/open"], told["https://example.com/secret"]), (1, "none"))

    def test_a_large_user_goes_to_the_scripts_and_back(self):
        code = """function (user, context, callback) {
          context.idToken['https://example.com/length'] = user.user_metadata.text.length;
          user.user_metadata.text += 'ü';
          auth0.users.updateUserMetadata(user.user_id, user.user_metadata)
            .then(() => callback(null, user, context), callback);
        }"""
        with self.serving(rules={"a.js": code}):
            user = self.create(user_metadata={"text": "ä\\\"\n" * 500_000})
            self.assertEqual(self.told(self.log_in())["https://example.com/length"], 2_000_000)
            self.assertEqual(len(self.stored(user)["user_metadata"]["text"]), 2_000_001)


class Lives(ScriptTest):
    def test_the_end_of_the_server_is_the_end_of_its_workers(self):
        code = rule("if (user.user_metadata) for (;;);")
        with self.serving("--stop-timeout", "1", rules={"a.js": code}) as server:
            self.create(user_metadata={})
            answers = []
            thread = threading.Thread(target=lambda: answers.append(self.try_to_ask()))
            thread.start()
            wait_until(lambda: server.process.poll() is None and self.is_busy(workers_of(server)))
            workers = workers_of(server)
            server.process.terminate()
            self.assertEqual(server.process.wait(20), 0)
            self.assertFalse(any(map(is_running, workers)))
            thread.join()

    def test_a_worker_in_a_loop_does_not_outlive_a_server_that_is_killed(self):
        with folders(rules={"a.js": rule("for (;;);")}) as options:
            server = Server("--password-grant", *options)
            server.__enter__()
            self.server = server
            self.create()
            thread = threading.Thread(target=self.try_to_ask)
            thread.start()
            wait_until(lambda: self.is_busy(workers_of(server)))
            workers = workers_of(server)
            server.process.kill()
            server.process.wait()
            wait_until(lambda: not any(map(is_running, workers)))
            thread.join()
            server.__exit__()

    def try_to_ask(self):
        try:
            return self.ask()
        except OSError:
            return None
        except Exception as broken:  # the connection is closed without an answer
            if type(broken).__module__ != "http.client":
                raise
            return None

    @staticmethod
    def is_busy(processes):
        """Whether one of them has worked for a while: it is in its loop."""
        hertz = os.sysconf("SC_CLK_TCK")
        for process in processes:
            fields = pathlib.Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
            if int(fields[11]) + int(fields[12]) > hertz / 2:
                return True
        return False

    def test_a_database_of_the_version_before_is_brought_up_to_date(self):
        with tempfile.TemporaryDirectory() as folder:
            with Server(store=f"sqlite:{folder}/db") as server:
                user = server.create_user(email="ann@example.com", password=PASSWORD)
            database = sqlite3.connect(f"{folder}/db")
            for later in ("session_claims", "login_tickets", "authorization_codes"):
                database.execute("DROP TABLE " + later)
            database.execute("PRAGMA user_version = 1")
            database.close()
            code = rule("context.idToken['https://example.com/a'] = 1;")
            with self.serving(rules={"a.js": code}, store=f"sqlite:{folder}/db"):
                self.assertEqual(self.told(self.log_in())["https://example.com/a"], 1)
                self.assertEqual(self.stored(user)["logins_count"], 1)


class Mistakes(unittest.TestCase):
    def fails(self, words, *options, environment=None):
        ran = subprocess.run([PROGRAM, "--port", "0", *options], capture_output=True, text=True, timeout=60,
                             env=environment)
        self.assertEqual(ran.returncode, USAGE, ran.stderr)
        self.assertRegex(ran.stderr, rf"\Ametapatch-server: [^\n]*{words}[^\n]*\n\Z")

    def test_without_node_the_options_say_so(self):
        with folders(rules={"a.js": rule("")}, actions={}) as options:
            nowhere = {**os.environ, "PATH": "/nonexistent"}
            self.fails("--rules and --actions need Node.js: there is no program node", *options, environment=nowhere)
            self.fails("--rules need Node.js", *options[:2], environment=nowhere)
            self.fails("--actions need Node.js", *options[2:], environment=nowhere)

    def test_scripts_that_are_none(self):
        wrong = {"a.js": ("function (user, context, callback) {\n  callback(null;\n}", r"a\.js:2: missing"),
                 "b.js": ("({})", r"b\.js: the Rule is no function"), "c.js": ("", r"c\.js"),
                 "d.js": ("require('no-such-package')", r"d\.js: Cannot find module 'no-such-package'")}
        for name, (text, words) in wrong.items():
            with folders(rules={name: text, "fine.js": rule("")}) as options:
                self.fails("--rules: .*" + words, *options)
        for text, words in (("exports.onExecutePostLogin = 7;", r"a\.js: exports.onExecutePostLogin is no function"),
                            ("exports.onContinuePostLogin = async () => {};", "onExecutePostLogin is no function"),
                            ("const a = 1;\nconst a = 2;", r"a\.js:2: Identifier 'a' has already been declared"),
                            ("throw new Error('at once');", r"a\.js.*: at once")):
            with folders(actions={"a.js": text}) as options:
                self.fails("--actions: .*" + words, *options)
        with folders(actions={"a.js": action(""), "secrets.json": "{"}) as options:
            self.fails("--actions: .*secrets.json: ", *options)
        with folders(rules={"configuration.json": "[1"}) as options:
            self.fails("--rules: .*configuration.json: ", *options)
        with folders(actions={"a.js": "for (;;);"}) as options:
            self.fails("--actions: the scripts cannot be loaded: it does not end in time", *options,
                       "--script-timeout", "1")

    def test_a_folder_that_is_none(self):
        for option in ("--rules", "--actions"):
            self.fails(f"{option}: ENOENT.*/no/such/folder", option, "/no/such/folder")


if __name__ == "__main__":
    if not shutil.which("node"):
        print("skipped: Node.js was not found (Debian: nodejs)")
        sys.exit(77)
    main()
