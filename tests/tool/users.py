# SPDX-License-Identifier: BSL-1.0
"""authorize, users patch and signup: whole requests. users_batch.py has the batches of them."""

import json
import os
import subprocess

import harness
from harness import APPLIED, INPUT_OUTPUT, REFUSED, USAGE, ToolTest, main

PATCH = ("--operation", "PATCH /users/{id}")
BROWSER = ("--scopes", "openid update:current_user_metadata", "--subject", "auth0|1")
SERVER = ("--scopes", "update:users")
USER = '{"user_id":"auth0|1","user_metadata":{"theme":"light"}}'
SECRET = "correct horse"


class Table(ToolTest):
    def test_the_table_is_json_with_a_rule_on_each_line(self):
        answer = self.run_tool("authorize")
        self.assertEqual(answer.status, APPLIED)
        rules = json.loads(answer.out)
        self.assertEqual(len(rules), answer.out.count("\n"))
        self.assertIn(
            {"operation": "PATCH /users/{id}", "scope": "update:users", "fields": None, "own_subject_only": False},
            rules,
        )
        operations = {rule["operation"] for rule in rules}
        for resource in ("clients", "organizations", "connections", "custom-domains", "sessions", "refresh-tokens",
                         "agents"):
            self.assertTrue(any("/" + resource in each for each in operations), resource)

    def test_a_part_of_an_operation_chooses_rows(self):
        answer = self.run_tool("authorize", "--operation", "PATCH /users", "--output", "text")
        self.assert_answer(
            answer,
            APPLIED,
            "OPERATION          SCOPE                         FIELDS         OF\n"
            "PATCH /users/{id}  update:users                  all            anyone\n"
            "PATCH /users/{id}  update:users_app_metadata     app_metadata   anyone\n"
            "PATCH /users/{id}  update:current_user_metadata  user_metadata  the token's subject\n",
        )

    def test_the_documented_table_is_another(self):
        rules = json.loads(self.run_tool("authorize", "--table", "documented").out)
        self.assertEqual(
            {rule["scope"] for rule in rules if rule["operation"] == "PATCH /users/{id}"},
            {"create:current_user_metadata", "update:current_user_metadata", "delete:current_user_metadata"},
        )

    def test_mistakes_are_usage_errors(self):
        for given, words in (
            (("--operation", "PATCH /nothing"), "PATCH /nothing"),
            (("--table", "mine"), "--table"),
            (("--subject", "auth0|1"), "go with --scopes"),
            (("--body", "{}"), "go with --scopes"),
            (("--scopes", "update:users"), "--operation"),
            ((*PATCH, "--scopes", "read:users,update:users"), "not commas"),
            ((*PATCH, "--scopes", 'a"b'), "no scope"),
            ((*PATCH, *BROWSER), "--user is required"),
            ((*PATCH, *SERVER, "--body", "[]"), "--body: expected an object"),
            ((*PATCH, *SERVER, "--body", '{"a":'), "--body: malformed JSON at line 1, column 6 (byte 5): the text is cut short"),
            ((*PATCH, *SERVER, "--body", "-", "--stored", "-"), "standard input"),
            ((*PATCH, *SERVER, "--table", "documented", "--stored", '{"user_metadata":1}', "--body", "{}"), "--stored"),
            ((*PATCH, *SERVER, "--table", "documented", "--stored", "{}", "--body", '{"user_metadata":1}'), "--body"),
        ):
            answer = self.run_tool("authorize", *given)
            self.assert_answer(answer, USAGE, "")
            self.assertIn(words, answer.err)
        self.assert_answer(self.run_tool("authorize", *PATCH, *SERVER, "--body", "none.json"), INPUT_OUTPUT, "")


class Authorize(ToolTest):
    def decided(self, status, *given):
        answer = self.run_tool("authorize", *given)
        self.assertEqual(answer.status, status, answer.err)
        return json.loads(answer.out)

    def test_what_is_allowed_tells_by_which_scopes(self):
        made = self.decided(APPLIED, *PATCH, *SERVER, "--body", '{"blocked":true}')
        self.assertEqual(made, {"outcome": "ok", "granted_by": ["update:users"], "sufficient": [["update:users"]]})
        made = self.decided(
            APPLIED, *PATCH, "--scopes", "update:users_app_metadata update:current_user_metadata", "--subject", "a",
            "--user", "a", "--body", '{"app_metadata":{},"user_metadata":{}}',
        )
        self.assertEqual(made["granted_by"], ["update:users_app_metadata", "update:current_user_metadata"])

    def test_what_is_denied_tells_why_and_every_set_that_would_do(self):
        for given, expected in (
            (("--scopes", "read:users", "--body", '{"app_metadata":{}}'),
             {"why": "insufficient_scope", "sufficient": [["update:users"], ["update:users_app_metadata"]]}),
            ((*BROWSER, "--user", "auth0|2", "--body", '{"user_metadata":{}}'),
             {"why": "subject_mismatch", "sufficient": [["update:users"]]}),
            ((*BROWSER, "--user", "auth0|1", "--body", '{"user_metadata":{},"name":"Ann"}'),
             {"why": "fields_out_of_reach", "out_of_reach": ["name"], "sufficient": [["update:users"]]}),
            (("--scopes", "", "--body", "{}"),
             {"why": "insufficient_scope", "sufficient": [["update:users"], ["update:users_app_metadata"]]}),
        ):
            self.assertEqual(self.decided(REFUSED, *PATCH, *given), {"outcome": "denied", **expected})
        made = self.decided(REFUSED, "--operation", "PATCH /nothing", *SERVER)
        self.assertEqual(made, {"outcome": "denied", "why": "unknown_operation", "sufficient": []})

    def test_the_stored_user_says_whose_it_is(self):
        self.assertEqual(self.decided(APPLIED, *PATCH, *BROWSER, "--stored", USER)["outcome"], "ok")
        self.assertEqual(
            self.decided(REFUSED, *PATCH, *BROWSER, "--stored", USER, "--user", "auth0|2")["why"], "subject_mismatch"
        )

    def test_the_documented_table_judges_effects_on_what_is_stored(self):
        given = (*PATCH, "--table", "documented", *BROWSER)
        stored = '{"user_id":"auth0|1","user_metadata":{"same":1.0,"n":12345678901234567890}}'
        for body, status, effects in (
            ('{"same":1,"n":12345678901234567890}', APPLIED, {}),
            ('{"n":12345678901234567891}', APPLIED, {"updated": ["n"]}),
            ('{"new":1}', REFUSED, {"created": ["new"]}),
            ("{}", REFUSED, {"removed": ["same", "n"]}),
        ):
            made = self.decided(status, *given, "--stored", stored, "--body", '{"user_metadata":%s}' % body)
            self.assertEqual(made["effects"], {"created": [], "updated": [], "removed": [], **effects})
        self.assertEqual(made["out_of_reach"], ["user_metadata:delete"])
        self.assertEqual(made["sufficient"], [["delete:current_user_metadata"]])

    def test_text_tells_people_the_same(self):
        answer = self.run_tool(
            "authorize", *PATCH, "--table", "documented", *BROWSER, "--stored", USER, "--output", "text", "--body",
            '{"user_metadata":{"theme":"dark","a\\u001b":1}}',
        )
        self.assert_answer(
            answer,
            REFUSED,
            "denied, insufficient_scope: the token lacks a scope for this\n"
            "  out of reach: user_metadata:create\n"
            "  creates: a\\u001b\n"
            "  updates: theme\n"
            "would suffice: create:current_user_metadata and update:current_user_metadata (held)\n",
        )
        answer = self.run_tool("authorize", *PATCH, "--table", "documented", *BROWSER, "--user", "auth0|1",
                               "--output", "text")
        self.assertIn("allowed by update:current_user_metadata\nnot judged: ", answer.out)


class UsersPatch(ToolTest):
    def patched(self, *given, **options):
        return self.run_tool("users", "patch", *given, **options)

    def test_the_new_user_keeps_every_byte_that_the_body_does_not_name(self):
        user = '{ "user_id":"auth0|1",\t"n" : 1.10, "user_metadata":{"a":1,"b":[ 1e400 ]}, "name":"Ann" }\n'
        body = '{"user_metadata":{"a":null,"c":2.50},"name":"Bea","app_metadata":{"plan":"team"}}'
        after = (
            '{ "user_id":"auth0|1",\t"n" : 1.10, "user_metadata":{"b":[ 1e400 ],"c":2.50}, "name":"Bea"'
            ',"app_metadata":{"plan":"team"} }\n'
        )
        self.assert_answer(self.patched(user, body, *SERVER), APPLIED, after)
        path = self.file("user.json", user)
        self.assert_answer(self.patched(path, "-", *SERVER, stdin=body), APPLIED, after)
        self.assert_answer(self.patched("-", self.file("body.json", body), *SERVER, stdin=user), APPLIED, after)

    def test_refusals_are_those_of_the_service_byte_for_byte(self):
        for given, body in (
            ((USER, '{"blocked":true}', *BROWSER),
             '{"statusCode":403,"error":"Forbidden","message":"You cannot update the following fields: blocked",'
             '"errorCode":"insufficient_scope"}'),
            ((USER, '{"blocked":true}', "--scopes", "read:users"),
             '{"statusCode":403,"error":"Forbidden","message":"Insufficient scope, expected any of: update:users,'
             'update:users_app_metadata,update:current_user_metadata","errorCode":"insufficient_scope"}'),
            ((USER, '{"user_metadata":{}}', *BROWSER, "--user-id", "auth0|2"),
             '{"statusCode":403,"error":"Forbidden",'
             '"message":"User to be acted on does not match subject in bearer token."}'),
            (("null", '{"blocked":true}', *SERVER),
             '{"statusCode":404,"error":"Not Found","message":"The user does not exist.",'
             '"errorCode":"inexistent_user"}'),
            ((USER, '{"app_metadata":{"email":"x"}}', *SERVER),
             '{"statusCode":400,"error":"Bad Request","message":"Forbidden attribute in app_metadata: email",'
             '"errorCode":"invalid_body"}'),
        ):
            self.assert_answer(self.patched(*given), REFUSED, body + "\n")

    def test_standard_error_explains_and_tells_what_would_do(self):
        answer = self.patched(USER, '{"blocked":true}', "--scopes", "read:users")
        self.assertEqual(
            answer.err,
            "refused with 403 Forbidden, insufficient_scope: the token lacks a scope for this\n"
            "would suffice: update:users\n",
        )
        answer = self.patched(USER, '{"blocked":true}', *BROWSER, "--user-id", "auth0|2", "--table", "documented")
        self.assertIn("no scope would suffice, for this subject and this user\n", answer.err)
        answer = self.patched(USER, '{"user_metadata":{"a.b":1,"$":2}}', *SERVER)
        self.assertIn("/user_metadata/a.b  invalid_key_character", answer.err)
        self.assertIn("/user_metadata/$    invalid_key_character", answer.err)

    def test_headers_are_told_where_they_are_asked_for(self):
        given = (USER, '{"blocked":true}', "--scopes", "read:users")
        self.assertNotIn("WWW-Authenticate", self.patched(*given).err)
        answer = self.patched(*given, "--headers")
        self.assertIn("\n  Content-Type: application/json; charset=utf-8\n  WWW-Authenticate: Bearer error=",
                      answer.err)
        self.assertEqual(answer.out, self.patched(*given).out)

    def test_the_documented_table_counts_effects(self):
        given = (USER, '{"user_metadata":{"theme":"dark","size":1}}', "--table", "documented")
        answer = self.patched(*given, *BROWSER)
        self.assertEqual(answer.status, REFUSED)
        self.assertIn("create:current_user_metadata (for size)", json.loads(answer.out)["message"])
        self.assertIn("create:current_user_metadata and update:current_user_metadata (held)\n", answer.err)
        both = "create:current_user_metadata update:current_user_metadata"
        answer = self.patched(*given, "--scopes", both, "--subject", "auth0|1")
        self.assert_answer(answer, APPLIED, '{"user_id":"auth0|1","user_metadata":{"theme":"dark","size":1}}\n')

    def test_a_large_profile_is_a_warning_and_no_refusal(self):
        answer = self.patched(USER, '{"user_metadata":{"note":"%s"}}' % ("n" * 10300), *SERVER)
        self.assertEqual((answer.status, answer.err.count("\n")), (APPLIED, 1))
        self.assertRegex(answer.err, r"^warning: the user takes 103\d\d bytes: beyond 10240 writes may fail from 2027-03-04 on\n$")
        self.assertEqual(self.patched(USER, '{"name":"n"}', *SERVER).err, "")
        size = len(self.patched(USER, '{"name":"n"}', *SERVER).out) - 1
        for beyond, warned in ((size, False), (size - 1, True)):
            answer = self.patched(USER, '{"name":"n"}', *SERVER, "--warn-beyond", str(beyond))
            self.assertEqual((answer.status, f"beyond {beyond} writes" in answer.err), (APPLIED, warned))

    def test_what_is_stored_and_unreadable_is_refused(self):
        for user in ("[]", "{", '{"user_metadata":7}'):
            answer = self.patched(user, '{"user_metadata":{"a":1}}', *SERVER)
            self.assertEqual((answer.status, json.loads(answer.out)["statusCode"]), (REFUSED, 500), user)

    def test_a_clear_repairs_a_stored_field_that_is_no_object(self):
        for stored in ('"[object Object]"', "[]", "null", "7"):
            user = '{"user_id":"s","user_metadata":%s}' % stored
            self.assert_answer(self.patched(user, '{"user_metadata":{}}', *SERVER), APPLIED,
                               '{"user_id":"s","user_metadata":{}}\n')

    def test_mistakes_are_usage_errors_and_missing_files_are_input_errors(self):
        for given, words in (
            (("--scopes", "a"), "USER"),
            ((USER, "--scopes", "a"), "BODY"),
            ((USER, "{}", *SERVER, "--quiet"), "go with --batch"),
            (("--batch", "-", *SERVER), "--batch needs one of"),
            (("--batch", "-", "--patch", "-", *SERVER), "standard input"),
            ((USER, "{}", "--batch", "x", "--patch", "{}", *SERVER), "no USER or BODY"),
            ((USER, "{}"), "--scopes"),
            (("-", "-", *SERVER), "standard input"),
            (("{}", "{}", *BROWSER), "--user-id is required"),
            ((USER, "{}", "--scopes", "a,b"), "not commas"),
        ):
            answer = self.patched(*given)
            self.assert_answer(answer, USAGE, "")
            self.assertIn(words, answer.err)
        self.assert_answer(self.run_tool("users"), USAGE, "")
        answer = self.patched("none.json", "{}", *SERVER)
        self.assert_answer(answer, INPUT_OUTPUT, "")
        self.assertIn("none.json", answer.err)

    def test_a_full_disk_is_an_output_error(self):
        if not os.path.exists("/dev/full"):
            self.skipTest("no /dev/full here")
        for body, given in (('{"name":"n"}', SERVER), ('{"name":1}', SERVER)):
            with open("/dev/full", "wb") as full:
                done = subprocess.run([harness.TOOL, "users", "patch", USER, body, *given], stdout=full,
                                      stderr=subprocess.PIPE)
            self.assertEqual(done.returncode, INPUT_OUTPUT)


class Agreement(ToolTest):
    def test_authorize_allows_what_users_patch_does_not_deny(self):
        both = "create:current_user_metadata update:current_user_metadata"
        for table in ("enforced", "documented"):
            for scopes in ("", "update:users", "update:users_app_metadata", "update:current_user_metadata", both):
                for subject in ((), ("--subject", "auth0|1"), ("--subject", "auth0|2")):
                    for body in (
                        '{"name":"Ann"}', '{"app_metadata":{}}', '{"user_metadata":{"theme":null}}',
                        '{"user_metadata":{"theme":"dark","a":1}}', '{"user_metadata":{"theme":"light"}}',
                    ):
                        token = ("--table", table, "--scopes", scopes, *subject)
                        allowed = self.run_tool("authorize", *PATCH, *token, "--stored", USER, "--body", body)
                        answer = self.run_tool("users", "patch", USER, body, *token)
                        self.assertEqual(allowed.status, answer.status, (token, body))
                        if answer.status == REFUSED:
                            self.assertEqual(json.loads(answer.out)["statusCode"], 403)
                            self.assertIn(json.loads(allowed.out)["why"], answer.err)


class Signup(ToolTest):
    def body(self, **members):
        whole = {"email": "ann@example.com", "password": SECRET, "connection": "db", **members}
        return json.dumps(whole, separators=(",", ":"))

    def test_a_body_becomes_the_new_user(self):
        body = self.body(user_metadata={"color": "red"}, app_metadata={"plan": "gold"}, given_name="Ann", other=1)
        self.assert_answer(
            self.run_tool("signup", "--user-id", "auth0|7", body),
            APPLIED,
            '{"user_id":"auth0|7","email":"ann@example.com","given_name":"Ann","user_metadata":{"color":"red"}}\n',
        )

    def test_the_response_is_what_the_service_answers(self):
        answer = self.run_tool("signup", "--response", "--user-id", "auth0|7", "-", stdin=self.body())
        self.assert_answer(answer, APPLIED, '{"_id":"7","email":"ann@example.com","email_verified":false}\n')

    def test_refusals_have_the_shape_of_this_endpoint(self):
        answer = self.run_tool("signup", self.body(user_metadata={"age": 7}))
        sentence = "invalid user_metadata.age type (only strings are allowed)"
        self.assert_answer(
            answer,
            REFUSED,
            '{"name":"BadRequestError","code":"%s","description":"%s","statusCode":400}\n' % (sentence, sentence),
        )
        self.assertIn("refused with 400 Bad Request, rule_violation", answer.err)
        self.assertIn("/user_metadata/age  invalid_value_type", answer.err)
        for body in ("{}", "[]", "{", self.body(connection=1), self.body(user_metadata=[])):
            answer = self.run_tool("signup", body)
            self.assertEqual((answer.status, json.loads(answer.out)["name"]), (REFUSED, "BadRequestError"), body)

    def test_a_passkey_challenge_signs_up_too(self):
        body = ('{"client_id":"c","realm":"db","user_profile":{"email":"ann@example.com","name":"Ann","x":1},'
                '"user_metadata":{"color":"red"}}')
        self.assert_answer(self.run_tool("signup", "--passkey", body), APPLIED,
                           '{"user_id":"auth0|1","email":"ann@example.com","name":"Ann","user_metadata":{"color":"red"}}\n')
        answer = self.run_tool("signup", "--passkey", '{"user_profile":{"name":"Ann"}}')
        sentence = "user_profile must have an email, a phone_number or a username"
        self.assert_answer(answer, REFUSED, '{"error":"invalid_request","error_description":"%s"}\n' % sentence)
        self.assert_answer(self.run_tool("signup", "--passkey", "--response", body), USAGE, "")

    def test_mistakes_are_usage_errors(self):
        self.assert_answer(self.run_tool("signup"), USAGE, "")
        self.assert_answer(self.run_tool("signup", "none.json"), INPUT_OUTPUT, "")


class Secrets(ToolTest):
    def test_a_password_is_in_no_output(self):
        bodies = (
            {"password": SECRET},
            {"password": SECRET, "connection": "db", "email": "ann@example.com"},
            {"password": SECRET, "email": "no address", "connection": "db"},
            {"password": SECRET, "email_verified": True, "connection": "db"},
            {"password": [SECRET], "connection": "db"},
            {"password": SECRET, "nobody_knows": 1, "connection": "db"},
            {"password": SECRET, "connection": "db", "user_metadata": {"a.b": 1}},
            {"password": SECRET, "connection": "db", "user_metadata": 7},
        )
        texts = [json.dumps(body) for body in bodies] + ['{"password":"%s","a"' % SECRET, '"%s"' % SECRET]
        for body in texts:
            for given in (
                *(("users", "patch", USER, body, *token, "--headers") for token in (BROWSER, SERVER, ("--scopes", ""))),
                ("signup", body, "--headers"),
                ("signup", body, "--response"),
                ("authorize", *PATCH, *BROWSER, "--stored", USER, "--body", body),
                ("authorize", *PATCH, "--table", "documented", *BROWSER, "--stored", USER, "--body", body,
                 "--output", "text"),
            ):
                answer = self.run_tool(*given)
                self.assertNotIn(SECRET, answer.out + answer.err, given)
                self.assertIn(answer.status, (APPLIED, REFUSED, USAGE))


if __name__ == "__main__":
    main()
