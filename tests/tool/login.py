# SPDX-License-Identifier: BSL-1.0
"""The commands on what happens where users sign up and log in: claims, and Lock's additional fields."""

import json

from harness import APPLIED, INPUT_OUTPUT, REFUSED, USAGE, ToolTest, main

JSON = ("--output", "json")
TEXT = ("--output", "text")
JO = '{"user_id":"auth0|1","email":"jo@example.com","name":"Jo","updated_at":1.10,"user_metadata":{"theme":"dark"}}'
COLOR = '[{"name":"color","placeholder":"Your color"}]'


class Userinfo(ToolTest):
    def claims(self, scopes, *more):
        return self.run_tool("userinfo", "--scopes", scopes, JO, *more)

    def test_the_claims_of_the_scopes_are_one_line(self):
        self.assert_answer(self.claims("openid email"), APPLIED, '{"sub":"auth0|1","email":"jo@example.com"}\n')
        self.assert_answer(self.claims("profile"), APPLIED, '{"name":"Jo","updated_at":1.10}\n')
        self.assert_answer(self.claims(""), APPLIED, "{}\n")

    def test_custom_claims_follow_as_they_are_written(self):
        answer = self.claims("openid", '{"https://example.com/n":1e400,"user_metadata":{"a" : null}}')
        self.assert_answer(
            answer, APPLIED, '{"sub":"auth0|1","https://example.com/n":1e400,"user_metadata":{"a":null}}\n'
        )
        self.assertEqual(answer.err, "")

    def test_what_is_dropped_is_told_with_its_reason(self):
        custom = '{"roles":1,"https://x.auth0.com/y":2,"email":"e","big":"%s","a":3}' % ("x" * 102_400)
        answer = self.claims("openid", custom)
        self.assert_answer(answer, REFUSED, '{"sub":"auth0|1","a":3}\n')
        for line in ("dropped: restricted roles: ", "dropped: reserved_namespace https://x.auth0.com/y: ",
                     "dropped: scope_not_granted email: its scope was not granted: email\n",
                     "dropped: too_large big: "):
            self.assertIn(line, answer.err)
        answer = self.claims("openid", custom, *JSON)
        self.assertEqual((answer.status, answer.err), (REFUSED, ""))
        self.assertEqual(json.loads(answer.out), {
            "outcome": "dropped", "claims": {"sub": "auth0|1", "a": 3},
            "dropped": [{"claim": "roles", "reason": "restricted"},
                        {"claim": "https://x.auth0.com/y", "reason": "reserved_namespace"},
                        {"claim": "email", "reason": "scope_not_granted"}, {"claim": "big", "reason": "too_large"}],
        })

    def test_numbers_count_as_they_are_written(self):
        self.assertEqual(self.claims("openid", '{"n":1.%s}' % ("0" * 102_392)).status, APPLIED)
        self.assertEqual(self.claims("openid", '{"n":1.%s}' % ("0" * 102_393)).status, REFUSED)

    def test_json_says_ok_where_nothing_is_dropped(self):
        answer = self.claims("openid", *JSON)
        self.assert_answer(answer, APPLIED, '{"outcome":"ok","claims":{"sub":"auth0|1"},"dropped":[]}\n')

    def test_text_is_a_line_for_each_claim(self):
        answer = self.claims("openid", '{"roles":1}', *TEXT)
        self.assertEqual(answer.status, REFUSED)
        self.assertIn('sub  "auth0|1"\ndropped: restricted roles: ', answer.out)
        self.assert_answer(self.claims("", *TEXT), APPLIED, "no claims\n")

    def test_text_cannot_command_a_terminal(self):
        answer = self.claims("openid", '{"\\u001b[2J":"\\u001b","https://auth0.com/\\u001b":1}', *TEXT)
        self.assertNotIn("\x1b", answer.out)

    def test_a_user_or_claims_that_cannot_be_read_are_refused(self):
        for user, claims, where in (("[1", "{}", "user"), ("[]", "{}", "user"), ("null", "{}", "user"),
                                    ("{}", '{"a":1,}', "claims"), ("{}", "true", "claims")):
            answer = self.run_tool("userinfo", "--scopes", "openid", user, claims)
            self.assert_answer(answer, REFUSED, "")
            self.assertIn("in " + where.upper(), answer.err)
            said = json.loads(self.run_tool("userinfo", "--scopes", "openid", user, claims, *JSON).out)
            self.assertEqual((said["outcome"], said["in"]), ("rejected", where))

    def test_scopes_are_needed_and_must_be_scopes(self):
        self.assert_answer(self.run_tool("userinfo", JO), USAGE, "")
        self.assert_answer(self.run_tool("userinfo", "--scopes", "openid"), USAGE, "")
        answer = self.claims('"openid"')
        self.assert_answer(answer, USAGE, "")
        self.assertIn("--scopes", answer.err)

    def test_documents_come_from_files_and_standard_input(self):
        user = self.file("user.json", JO)
        answer = self.run_tool("userinfo", "--scopes", "openid", user, "-", stdin='{"a":1}')
        self.assert_answer(answer, APPLIED, '{"sub":"auth0|1","a":1}\n')
        self.assert_answer(self.run_tool("userinfo", "--scopes", "openid", "-", "-"), USAGE, "")
        self.assert_answer(self.run_tool("userinfo", "--scopes", "openid", "none.json"), INPUT_OUTPUT, "")


class Lock(ToolTest):
    def test_the_body_to_post_is_one_line(self):
        answer = self.run_tool("lock", COLOR, '{"color":"hi <b>you</b>"}', '{"email":"e","password":"pw","n":1.10}')
        self.assert_answer(
            answer, APPLIED, '{"email":"e","password":"pw","n":1.10,"user_metadata":{"color":"hi you"}}\n'
        )
        self.assertEqual(answer.err, "")
        self.assert_answer(self.run_tool("lock", "[]", "{}"), APPLIED, "{}\n")

    def test_warnings_are_told_and_what_they_are_about(self):
        definition = '[{"name":"e-mail","placeholder":"p"},{"placeholder":"p"},{"name":"a","placeholder":"p","icon":1}]'
        answer = self.run_tool("lock", definition, '{"a":"x","b":"y"}')
        self.assert_answer(answer, APPLIED, '{"user_metadata":{"a":"x"}}\n')
        for line in ("warning: invalid_name e-mail: ", "warning: invalid_name element 1: ", "warning: invalid_icon a: ",
                     "warning: unused_value b: "):
            self.assertIn(line, answer.err)
        answer = self.run_tool("lock", definition, '{"a":"x","b":"y"}', *JSON)
        self.assertEqual((answer.status, answer.err), (APPLIED, ""))
        self.assertEqual(json.loads(answer.out), {
            "outcome": "ok", "body": {"user_metadata": {"a": "x"}},
            "warnings": [{"code": "invalid_name", "field": "e-mail", "index": 0},
                         {"code": "invalid_name", "field": "", "index": 1},
                         {"code": "invalid_icon", "field": "a", "index": 2}, {"code": "unused_value", "field": "b"}],
        })
        self.assertIn("warning: fields_not_array FIELDS: ", self.run_tool("lock", "{}", "{}").err)

    def test_a_form_that_lock_would_not_post_is_not_printed(self):
        answer = self.run_tool("lock", COLOR, "{}")
        self.assert_answer(answer, REFUSED, "")
        self.assertIn("warning: value_required color: ", answer.err)
        said = json.loads(self.run_tool("lock", COLOR, "{}", *JSON).out)
        self.assertEqual((said["outcome"], said["body"]), ("incomplete", {"user_metadata": {"color": ""}}))

    def test_text_does_not_show_the_password(self):
        answer = self.run_tool("lock", COLOR, '{"color":"red"}', '{"email":"e","password":"pw1"}', *TEXT)
        self.assert_answer(answer, APPLIED, 'email  "e"\npassword  (not shown)\nuser_metadata\n  color  "red"\n')

    def test_texts_that_cannot_be_read_are_refused(self):
        for given, where in ((("[", "{}", "{}"), "fields"), (("[]", "[]", "{}"), "values"),
                             (("[]", "{}", "true"), "form")):
            answer = self.run_tool("lock", *given)
            self.assert_answer(answer, REFUSED, "")
            self.assertIn("in " + where.upper(), answer.err)
            self.assertEqual(json.loads(self.run_tool("lock", *given, *JSON).out)["in"], where)

    def test_fields_and_values_are_needed(self):
        self.assert_answer(self.run_tool("lock"), USAGE, "")
        self.assert_answer(self.run_tool("lock", "[]"), USAGE, "")
        self.assert_answer(self.run_tool("lock", "-", "-"), USAGE, "")


if __name__ == "__main__":
    main()
