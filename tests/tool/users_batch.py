# SPDX-License-Identifier: BSL-1.0
"""The laws of users patch --batch."""

import json
import os

from harness import APPLIED, INPUT_OUTPUT, REFUSED, USAGE, ToolTest, main

SERVER = ("--scopes", "update:users")
BROWSER = ("--scopes", "openid update:current_user_metadata", "--subject", "auth0|1")
LONG_ID = "auth0|" + "0123456789" * 5  # longer than what fits into a string without memory of its own


class UsersBatch(ToolTest):
    def batch(self, users, *arguments):
        return self.run_tool("users", "patch", "--batch", "-", *arguments, stdin=users)

    def refused(self):
        return [(each["line"], each["statusCode"], each["reason"]) for each in self.rejects()]


class Lines(UsersBatch):
    def test_a_stored_field_that_is_no_object_is_repaired_by_a_clear(self):
        users = ['{"user_id":"a","user_metadata":"[object Object]"}', '{"user_id":"b","user_metadata":null}',
                 '{"user_id":"c", "user_metadata" : []}']
        answer = self.batch("\n".join(users) + "\n", "--patch", '{"user_metadata":{}}', "--allow-clear", *SERVER)
        self.assert_answer(answer, APPLIED, '{"user_id":"a","user_metadata":{}}\n{"user_id":"b","user_metadata":{}}\n'
                                            '{"user_id":"c", "user_metadata" : {}}\n')

    def test_line_n_answers_line_n_and_a_refused_line_is_unchanged(self):
        lines = ['{"user_id":"a", "x":1.0}', " {", "null", '{"user_id":"b","user_metadata":7}', "", '{"user_id":"c"}']
        answer = self.batch("\n".join(lines) + "\n", "--patch", '{"user_metadata":{"n":1}}', "--rejects", "rejects", *SERVER)
        self.assertEqual(answer.status, REFUSED)
        self.assertEqual(
            answer.out.split("\n"),
            ['{"user_id":"a", "x":1.0,"user_metadata":{"n":1}}', *lines[1:5], '{"user_id":"c","user_metadata":{"n":1}}', ""],
        )
        self.assertEqual(
            self.refused(),
            [(2, 500, "unreadable_state"), (3, 404, "not_found"), (4, 500, "unreadable_state")],
        )

    def test_each_line_keeps_its_end(self):
        answer = self.batch('{"a":1}\r\n{}\nx\r\n{}', "--patch", '{"name":"n"}', *SERVER)
        self.assertEqual(answer.bytes, b'{"a":1,"name":"n"}\r\n{"name":"n"}\nx\r\n{"name":"n"}')

    def test_line_breaks_of_a_body_do_not_break_lines(self):
        body = '{\n  "user_metadata": {"n": [\r\n 1 ]},\n  "app_metadata": {"m": {\n}},\n  "name":\n"x"\n}\n'
        after = '"name":"x","user_metadata":{"n": [   1 ]},"app_metadata":{"m": { }}}\n'
        for token in (SERVER, (*SERVER, "--subject", "a")):
            answer = self.batch('{"user_id":"a"}\n{"user_id":"b"}\n', "--patch", body, *token)
            self.assert_answer(answer, APPLIED, '{"user_id":"a",%s{"user_id":"b",%s' % (after, after))

    def test_bytes_that_are_no_utf8_pass_unchanged(self):
        users = b'{"user_id":"\xff"}\r\n\xfe\n\x00'
        self.assertEqual(self.batch(users, "--patch", '{"name":"n"}', *SERVER).bytes, users)
        self.assertEqual(self.batch(users, "--patch", '{"user_metadata":{"n":1}}', *BROWSER).bytes, users)

    def test_an_empty_input_is_told_and_is_an_input_error(self):
        answer = self.batch("\n", "--patch", '{"name":"n"}', *SERVER)
        self.assert_answer(answer, INPUT_OUTPUT, "\n")
        self.assertIn("standard input is empty", answer.err)

    def test_refusals_are_told_by_line_status_and_reason_and_counted(self):
        bodies = self.file("bodies", '{"user_metadata":{"a.b":1}}\n' * 12)
        answer = self.batch("{}\n" * 12, "--patches", bodies, *SERVER)
        self.assert_answer(answer, REFUSED, "{}\n" * 12)
        self.assertIn("line 1: 400 rule_violation: Fields with", answer.err)
        self.assertIn("line 5: 400 rule_violation: ", answer.err)
        self.assertNotIn("line 6:", answer.err)
        self.assertIn("and 7 more; --rejects FILE keeps them all\n", answer.err)
        self.assertRegex(answer.err, r"12 lines: 0 applied, 12 refused; [\d.]+ s, [\d,]+ lines/s, [\d.]+ MB/s\n$")

    def test_a_quiet_batch_says_nothing_but_refusals(self):
        self.assertEqual(self.batch("{}\n", "--patch", '{"name":"n"}', *SERVER, "--quiet").err, "")
        answer = self.batch("x\n", "--patch", '{"name":"n"}', *SERVER, "--quiet")
        self.assertEqual(answer.err, "line 1: 500 unreadable_state: The user that is stored is no JSON object\n")

    def test_a_body_that_nothing_admits_is_told_once_and_nothing_is_written(self):
        for body, token, why in (
            ('{"name":', SERVER, "malformed_body"),
            ('{"user_metadata":{"a.b":1}}', SERVER, "rule_violation"),
            ('{"app_metadata":{"email":1}}', (*SERVER, "--subject", "a"), "rule_violation"),
            ('{"name":"n"}', ("--scopes", "read:users"), "insufficient_scope"),
            ('{"name":"n"}', ("--scopes", "update:users_app_metadata"), "fields_out_of_reach"),
            ('{"user_metadata":{"n":1}}', (*BROWSER, "--user-id", "auth0|2"), "subject_mismatch"),
        ):
            answer = self.batch("{}\n{}\n", "--patch", body, *token, "--rejects", "rejects")
            self.assert_answer(answer, REFUSED, "")
            self.assertEqual(answer.err.count(why), 1, answer.err)
            self.assertFalse(os.path.exists(os.path.join(self.folder.name, "rejects")))

    def test_large_profiles_are_summed_up(self):
        large = '{"user_metadata":{"note":"%s"}}' % ("n" * 10300)
        answer = self.batch('{"user_id":"a"}\n{"user_id":"b"}\nx\n', "--patch", large, *SERVER)
        self.assertEqual(answer.status, REFUSED)
        self.assertIn("metapatch: 2 users take more than 10,240 bytes: writes may fail from 2027-03-04 on\n", answer.err)
        self.assertIn("metapatch: 1 user takes more than ", self.batch("{}\n", "--patch", large, *SERVER).err)
        self.assertNotIn(" more than ", self.batch("{}\n", "--patch", '{"name":"n"}', *SERVER).err)

    def test_a_batch_answers_as_single_calls_do(self):
        users = ['{"user_id":"auth0|1","user_metadata":{"a":1}}', '{"user_id":"auth0|2"}', '{"user_id":"auth0|1"}', "null",
                 '{"user_id":"auth0|1","user_metadata":[]}', '{"user_id":"auth0\\u007c1","a":1,"a":2}']
        bodies = ['{"user_metadata":{"a":null}}', '{"user_metadata":{}}', '{"name":"n"}', '{"user_metadata":{"b":1}}',
                  '{"user_metadata":{"c":1}}', '{"user_metadata":{"$":1}}']
        path = self.file("bodies", "\n".join(bodies))
        for given in (SERVER, BROWSER, (*BROWSER, "--user-id", "auth0|2"), ("--scopes", "read:users"),
                      (*BROWSER, "--table", "documented")):
            together = self.batch(
                "\n".join(users), "--patches", path, *given, "--rejects", "rejects", "--allow-clear"
            ).out.split("\n")
            why = {each["line"]: each for each in self.rejects()}
            for number, (user, body, answer) in enumerate(zip(users, bodies, together), 1):
                own = ("--user-id", "auth0|9") if user == "null" and "--user-id" not in given else ()
                alone = self.run_tool("users", "patch", user, body, *given, *own)
                if alone.status == APPLIED:
                    self.assertEqual((answer + "\n", number in why), (alone.out, False))
                else:
                    said = json.loads(alone.out)
                    self.assertEqual((answer, {key: why[number].get(key) for key in said}), (user, said))

    def test_memory_does_not_grow_with_the_lines(self):
        def peak(lines):
            users = self.lines("users", '{"user_id":"auth0|1","note":"%s"}\n' % ("v" * 400), lines)
            bodies = self.lines("bodies", '{"user_metadata":{"$":1}}\n', lines)
            given = ("users", "patch", "--batch", users, "--patches", bodies, "--rejects", "/dev/null", *BROWSER)
            return self.peak_memory(REFUSED, *given)

        small, large = peak(3_000), peak(100_000)
        self.assertLess(large, small + 2_048, "KiB")

    def test_a_password_is_in_no_output(self):
        secret = "correct horse"
        bodies = ['{"password":"%s"}' % secret, '{"password":"%s","a"' % secret, '{"password":["%s"]}' % secret,
                  '{"password":"%s","connection":"db","user_metadata":{"$":1}}' % secret]
        users, path = '{"user_id":"auth0|1"}\n' * len(bodies), self.file("bodies", "\n".join(bodies))
        for token in (SERVER, BROWSER):
            answer = self.batch(users, "--patches", path, *token)
            self.assertNotIn(secret, answer.out + answer.err)
            self.batch(users, "--patches", path, *token, "--rejects", "rejects")
            self.assertNotIn(secret, json.dumps(self.rejects()))


class Bodies(UsersBatch):
    def test_each_user_may_have_its_own_body(self):
        users = '{"user_id":"a"}\n{"user_id":"b"}\n{"user_id":"c"}\n{"user_id":"d"}\n'
        bodies = self.file("bodies", '{"name":"x"}\r\n{"nick":1}\n\n{"app_metadata":{"n":1}}')
        answer = self.batch(users, "--patches", bodies, *SERVER, "--rejects", "rejects")
        after = '{"user_id":"a","name":"x"}\n{"user_id":"b"}\n{"user_id":"c"}\n{"user_id":"d","app_metadata":{"n":1}}\n'
        self.assert_answer(answer, REFUSED, after)
        self.assertEqual(self.refused(), [(2, 400, "malformed_body")])
        self.assertIn("4 lines: 2 applied, 1 refused, 1 left alone", self.batch(users, "--patches", bodies, *SERVER).err)

    def test_too_few_bodies_lose_nothing_and_are_an_input_error(self):
        answer = self.batch('{}\n{"a":1}\n{"b":', "--patches", self.file("bodies", '{"name":"x"}\n'), *SERVER)
        self.assert_answer(answer, INPUT_OUTPUT, '{"name":"x"}\n{"a":1}\n{"b":')
        self.assertIn("patches end after line 1; lines 2 to 3", answer.err)

    def test_too_many_bodies_lose_nothing_and_are_an_input_error(self):
        answer = self.batch("{}\n", "--patches", self.file("bodies", '{"name":"x"}\n{}\n{}'), *SERVER)
        self.assert_answer(answer, INPUT_OUTPUT, '{"name":"x"}\n')
        self.assertIn("documents end after line 1; 2 patches were left over", answer.err)


class Subjects(UsersBatch):
    def test_a_subject_is_compared_with_the_id_of_each_user(self):
        users = '{"user_id":"auth0|1"}\n{"user_id":"auth0|2"}\n{"user_id":"auth0|2","user_id":"auth0\\u007c1"}\n'
        one_body = ("--patch", '{"user_metadata":{"n":1}}')
        each_its_own = ("--patches", self.file("bodies", '{"user_metadata":{"n":1}}\n' * 3))
        for patch in (one_body, each_its_own):
            answer = self.batch(users, *patch, *BROWSER)
            self.assertEqual(answer.status, REFUSED)
            self.assertEqual(
                answer.out,
                '{"user_id":"auth0|1","user_metadata":{"n":1}}\n{"user_id":"auth0|2"}\n'
                '{"user_id":"auth0|2","user_id":"auth0\\u007c1","user_metadata":{"n":1}}\n',
            )
            self.assertIn("line 2: 403 subject_mismatch: ", answer.err)

    def test_a_given_id_is_that_of_all_lines(self):
        users = '{"user_id":"auth0|1"}\n{}\n{"user_id":"auth0|2"}\n'
        clear = ("--patch", '{"user_metadata":{}}', "--allow-clear", *BROWSER)
        answer = self.batch(users, *clear, "--user-id", "auth0|1", "--quiet")
        self.assertEqual((answer.status, answer.err), (APPLIED, ""))
        answer = self.batch(users, *clear, "--user-id", "auth0|2")
        self.assert_answer(answer, REFUSED, "")

    def test_a_given_id_of_any_length_stays_that_of_all_lines(self):
        token = ("--scopes", "update:current_user_metadata", "--subject", LONG_ID, "--table", "documented")
        answer = self.batch('{"user_metadata":{"n":0}}\n' * 8, "--patch", '{"user_metadata":{"n":1}}', *token, "--user-id", LONG_ID)
        self.assert_answer(answer, APPLIED, '{"user_metadata":{"n":1}}\n' * 8)

    def test_a_user_without_an_id_is_no_subject_not_even_an_empty_one(self):
        users = '{}\n{"user_id":7}\n[]\n{\n\nnull\n'
        for subject in ("auth0|1", ""):
            token = ("--scopes", "update:current_user_metadata", "--subject", subject)
            answer = self.batch(users, "--patch", '{"user_metadata":{"n":1}}', *token, "--rejects", "rejects")
            self.assert_answer(answer, REFUSED, users)
            self.assertEqual(self.refused(), [(line, 403, "subject_mismatch") for line in (1, 2, 3, 4, 6)])

    def test_scopes_for_anyone_take_no_id(self):
        answer = self.batch('{}\n{"user_id":7}\n', "--patch", '{"name":"n"}', *SERVER, "--subject", "auth0|1")
        self.assert_answer(answer, APPLIED, '{"name":"n"}\n{"user_id":7,"name":"n"}\n')

    def test_the_documented_table_judges_the_effects_on_each_user(self):
        users = '{"user_id":"auth0|1","user_metadata":{"n":0}}\n{"user_id":"auth0|1"}\n'
        answer = self.batch(users, "--patch", '{"user_metadata":{"n":1}}', *BROWSER, "--table", "documented")
        self.assert_answer(answer, REFUSED, '{"user_id":"auth0|1","user_metadata":{"n":1}}\n{"user_id":"auth0|1"}\n')
        self.assertIn("line 2: 403 insufficient_scope: ", answer.err)


class Mistakes(UsersBatch):
    def test_mistakes_are_usage_errors_and_missing_files_are_input_errors(self):
        users = self.file("users", "{}\n")
        for given, words in (
            (("--batch", users), "--batch needs one of"),
            (("--batch", users, "--patch", "{}", "--patches", users), "give one of them"),
            (("--batch", "-", "--patch", "-"), "standard input"),
            (("--batch", "-", "--patches", "-"), "standard input"),
            (("{}", "{}", "--batch", users, "--patch", "{}"), "no USER or BODY"),
            (("--batch", users, "--patch", "{}", "--headers"), "--headers"),
            (("--batch", users, "--patch", "{}", "--rejects", users), "would be lost"),
        ):
            answer = self.run_tool("users", "patch", *given, *SERVER)
            self.assert_answer(answer, USAGE, "")
            self.assertIn(words, answer.err)
        for given in (("--batch", "none", "--patch", '{"name":"n"}'), ("--batch", users, "--patches", "none"),
                      ("--batch", users, "--patch", '{"name":"n"}', "--rejects", "no/where")):
            self.assert_answer(self.run_tool("users", "patch", *given, *SERVER), INPUT_OUTPUT, "")


if __name__ == "__main__":
    main()
