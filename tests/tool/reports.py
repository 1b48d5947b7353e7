# SPDX-License-Identifier: BSL-1.0
"""Batches that answer of documents and leave them as they are, and users create."""

import json

from harness import APPLIED, INPUT_OUTPUT, REFUSED, USAGE, ToolTest, main

APP = ("--profile", "auth0.app_metadata", "--field", "app_metadata")
USER = ("--profile", "auth0.user_metadata", "--field", "user_metadata")


class Reports(ToolTest):
    def told(self, answer):
        return [json.loads(line) for line in answer.out.splitlines()]


class Validate(Reports):
    IMPORT = (
        '[{"user_id":"a","email":"a@x.org","user_metadata":{"a.b":{"$c":1}},"app_metadata":{"email":1,"ok":[{"x.y":null}]}},\n'
        ' {"user_id":"b","user_metadata":{"fine":1}},\n'
        ' {"user_id":"c","user_metadata":"[object Object]"}, {"user_id":"d","user_metadata":null,"app_metadata":{"big":"%s"}},\n'
        ' {"user_id":"e","user_metadata":{"x":}}]\n'
    ) % ("v" * 10240)

    def test_an_import_file_is_checked_before_it_is_sent(self):
        answer = self.run_tool("validate", "--batch", "-", stdin=self.IMPORT)
        self.assertEqual(answer.status, REFUSED)
        first, third, fourth, last = self.told(answer)
        self.assertEqual((first["line"], first["element"], first["user_id"], first["outcome"]), (1, 1, "a", "rejected"))
        self.assertEqual(
            [(each["code"], each["pointer"]) for each in first["violations"]],
            [("invalid_key_character", "/user_metadata/a.b"), ("invalid_key_character", "/user_metadata/a.b/$c"),
             ("reserved_key", "/app_metadata/email"), ("invalid_key_character", "/app_metadata/ok/0/x.y")],
        )
        self.assertEqual((third["user_id"], third["violations"]),
                         ("c", [{"code": "expected_object", "pointer": "/user_metadata"}]))
        self.assertEqual((fourth["user_id"], fourth["outcome"]), ("d", "ok"))
        self.assertEqual([(each["code"], each["limit"]) for each in fourth["warnings"]], [("large_profile", 10240)])
        self.assertEqual((last["line"], last["in"], last["violations"][0]["line"], last["violations"][0]["column"]), (4, "stored", 4, 38))
        self.assertIn("1 user takes more than 10,240 bytes", answer.err)
        self.assertIn("5 elements: 2 fine, expected_object 1, invalid_key_character 1, malformed_json 1, reserved_key 1", answer.err)

    def test_what_is_fine_is_silent(self):
        answer = self.run_tool("validate", "--batch", "-", stdin='{"user_id":"a"}\n\n{"user_metadata":{"a":null}}\n')
        self.assert_answer(answer, APPLIED, "")

    def test_as_text_each_violation_has_a_line(self):
        answer = self.run_tool("validate", "--batch", "-", "--output", "text", stdin=self.IMPORT)
        self.assertIn("element 1 (line 1, column 2) a: rejected\n", answer.out)
        self.assertIn("  /app_metadata/email ", answer.out)
        self.assertIn("element 4 (line 3, column 53) d: warning: the user takes ", answer.out)

    def test_one_field_may_be_checked_by_any_policy(self):
        clients = '{"start":0,"clients":[{"client_id":"x","client_metadata":{"ok":"v","bad.key":"v","n":1}}]}'
        given = ("validate", "--profile", "auth0.client_metadata", "--field", "client_metadata", "--batch", "-")
        answer = self.run_tool(*given, stdin=clients)
        self.assertEqual(answer.status, REFUSED)
        self.assertEqual([each["pointer"] for each in self.told(answer)[0]["violations"]],
                         ["/client_metadata/bad.key", "/client_metadata/n"])
        limited = ("--policy", '{"limits":{"max_bytes":9}}')
        answer = self.run_tool("validate", *limited, "--batch", "-", stdin='{"a":"b"}\n{"a": "c"}\n{"a":"bc"}\n')
        self.assertEqual([(each["line"], each["violations"]) for each in self.told(answer)],
                         [(3, [{"code": "too_large", "pointer": "", "limit": 9, "actual": 10}])])

    def test_mistakes_are_usage_errors(self):
        users = self.file("users", '{"user_id":"a"}\n')
        for given in (("--batch", users, "{}"), ("--batch", users, "--field", "user_metadata"), (), ("--batch", users, "--absent"),
                      ("--profile", "auth0.app_metadata", "--field", "user_metadata", "--batch", users),
                      ("--profile", "auth0.app_metadata", "--batch", users)):
            self.assert_answer(self.run_tool("validate", *given), USAGE, "")
        self.assert_answer(self.run_tool("validate", "--batch", "-", stdin="[]"), INPUT_OUTPUT, "")


class Size(Reports):
    def test_each_document_has_its_size_and_the_sum_is_told(self):
        answer = self.run_tool("size", *APP, "--batch", "-", stdin='{"user_id":"a","app_metadata":{ "a" : 1 }}\n{"user_id":"b"}\n')
        self.assertEqual(answer.status, APPLIED)
        self.assertEqual(self.told(answer), [{"line": 1, "user_id": "a", "bytes": 7}, {"line": 2, "user_id": "b", "bytes": 0}])
        self.assertIn("7 bytes in all, 7 in the largest", answer.err)

    def test_users_are_no_fields_of_theirs(self):
        for given in (("--profile", "auth0.user_metadata"), ("--profile", "auth0.user_metadata", "--field", "app_metadata")):
            answer = self.run_tool("size", *given, "--batch", "-", stdin='{"user_id":"a"}\n')
            self.assert_answer(answer, USAGE, "")
        answer = self.run_tool("size", "--batch", "-", stdin='{"user_id":"a"}\n')
        self.assertEqual(self.told(answer), [{"line": 1, "user_id": "a", "bytes": 15}])

    def test_what_is_beyond_a_limit_or_no_json_is_refused(self):
        answer = self.run_tool("size", "--policy", '{"limits":{"max_bytes":5}}', "--batch", "-", stdin='{"a":1}\n{}\n{\n')
        self.assertEqual(answer.status, REFUSED)
        over, fits, bad = self.told(answer)
        self.assertEqual(over["violations"], [{"code": "too_large", "pointer": "", "limit": 5, "actual": 7}])
        self.assertEqual((fits["bytes"], bad["violations"][0]["line"]), (2, 3))
        self.assertIn("3 lines: 1 fine, malformed_json 1, too_large 1", answer.err)


class Losses(Reports):
    USERS = (
        '{"user_id":"a","user_metadata":{"o":{"x":1,"y":2}}}\n{"user_id":"b","user_metadata":{"o":{"x":3}}}\n'
        '{"user_id":"c"}\n'
    )

    def test_users_who_would_lose_something_are_listed(self):
        answer = self.run_tool("losses", *USER, "--patch", '{"o":{"x":9}}', "--batch", "-", stdin=self.USERS)
        self.assertEqual(answer.status, REFUSED)
        self.assertEqual(self.told(answer), [{"line": 1, "user_id": "a", "outcome": "loss", "pointers": ["/o/y"]}])
        answer = self.run_tool("losses", *USER, "--patch", '{"o":null}', "--batch", "-", stdin=self.USERS)
        self.assert_answer(answer, APPLIED, "")

    def test_each_may_have_a_patch_of_its_own(self):
        patches = self.file("patches", '\n{"o":{}}\n{"o":{}}\n')
        answer = self.run_tool("losses", *USER, "--patches", patches, "--batch", "-", "--output", "text", stdin=self.USERS)
        self.assert_answer(answer, REFUSED, "line 2 b: loses\n- /o/x  3\n")
        answer = self.run_tool("losses", *USER, "--patches", self.file("few", "{}\n"), "--batch", "-", stdin=self.USERS)
        self.assertEqual(answer.status, INPUT_OUTPUT)

    def test_a_bad_patch_for_all_is_told_once(self):
        answer = self.run_tool("losses", *USER, "--patch", '{"a.b":1}', "--batch", "none")
        self.assert_answer(answer, REFUSED, "")
        self.assert_answer(self.run_tool("losses", *USER[:2], "--patch", "{}", "--batch", "-", stdin=self.USERS), USAGE, "")


class Deepen(Reports):
    USERS = (
        '{"user_id":"a","user_metadata":{"o":{"x":1,"y":2}}}\n{"user_id":"b","user_metadata":{"o":{"x":9}}}\n'
        '{"user_id":"c","user_metadata":[]}\n'
    )

    def test_each_user_has_the_body_that_keeps_what_is_not_named(self):
        answer = self.run_tool("deepen", *USER, "--patch", '{"o":{"x":9}}', "--batch", "-", stdin=self.USERS)
        self.assertEqual(answer.status, REFUSED)
        self.assertEqual(
            self.told(answer),
            [{"line": 1, "user_id": "a", "outcome": "ok", "bodies": [{"o": {"x": 9, "y": 2}}]},
             {"line": 2, "user_id": "b", "outcome": "no_patch"},
             {"line": 3, "user_id": "c", "outcome": "rejected", "in": "stored",
              "violations": [{"code": "expected_object", "pointer": ""}]}],
        )

    def test_json_patches_stand_one_a_line(self):
        patches = self.file("patches", '[{"op":"remove","path":"/o/y"}]\n\n[{"op":"test","path":"/o","value":1}]\n')
        users = self.USERS.replace("[]", '{"o":2}')
        answer = self.run_tool("deepen", *USER, "--patches", patches, "--batch", "-", stdin=users)
        first, third = self.told(answer)
        self.assertEqual((first["bodies"], third["user_id"], third["violations"][0]["code"]), ([{"o": {"x": 1}}], "c", "test_failed"))

    def test_a_json_patch_for_all_that_is_wrong_by_itself_is_told_once_before_anything_is_read(self):
        answer = self.run_tool("deepen", *USER, "--batch", "no such file", "--patch", '[{"op":"remove","path":"/o/y"},{"op":"add"},1]')
        self.assert_answer(answer, REFUSED, "")
        self.assertEqual([line.split()[0] for line in answer.err.splitlines()], ["rejected", "/1/path", "/2"])

    def test_the_bodies_are_patches_for_apply(self):
        users = self.USERS.replace("[]", "{}")
        told = self.told(self.run_tool("deepen", *USER, "--patch", '{"o":{"x":9}}', "--batch", "-", stdin=users))
        bodies = "".join(json.dumps(each["bodies"][0] if "bodies" in each else None) + "\n" for each in told)
        deep = self.run_tool("apply", *USER, "--patches", self.file("bodies", bodies), "--batch", "-", stdin=users)
        whole = self.run_tool("apply", "--profile", "rfc7396", "--field", "user_metadata", "--patch", '{"o":{"x":9}}', "--batch", "-",
                              stdin=users)
        self.assertEqual([json.loads(line) for line in deep.out.splitlines()], [json.loads(line) for line in whole.out.splitlines()])


class Diff(Reports):
    BEFORE = (
        '{"user_id":"a","user_metadata":{"theme":"light","n":1.0}}\n{"user_id":"b","user_metadata":{"x":1}}\n'
        '{"user_id":"c","user_metadata":{"y":[1]}}\n{"user_id":"gone"}\n'
    )
    AFTER = (
        '[{"user_id":"new","user_metadata":{}},{"user_id":"b","user_metadata":{ "x" : 1e0 }},'
        '{"user_metadata":{"n":1.0,"theme":"dark"},"user_id":"\\u0061"},{"user_id":"c"}]'
    )

    def diff(self, before, after, *arguments):
        files = [self.file("before", before), self.file("after", after)]
        return self.run_tool("diff", *USER, "--batch", *files, "--key", "user_id", *arguments)

    def test_there_is_a_body_for_each_user_that_changed_and_who_came_and_went(self):
        answer = self.diff(self.BEFORE, self.AFTER)
        self.assertEqual(
            [json.loads(line) for line in answer.out.splitlines()][:2],
            [{"user_id": "new", "outcome": "new"}, {"user_id": "a", "outcome": "ok", "bodies": [{"theme": "dark"}]}],
        )
        self.assertEqual(self.told(answer)[-1], {"user_id": "gone", "outcome": "gone"})
        self.assertIn("1 came, 1 went", answer.err)

    def test_equal_exports_have_nothing_to_tell(self):
        answer = self.diff(self.BEFORE, self.BEFORE.replace("1.0", "1"))
        self.assert_answer(answer, APPLIED, "")
        self.assertIn("0 changed, 4 the same, 0 came, 0 went", answer.err)

    def test_the_bodies_lead_from_one_export_to_the_other(self):
        before = "".join('{"user_id":%d,"user_metadata":{"a":%d,"b":{"c":%d}}}\n' % (n, n % 3, n % 5) for n in range(50))
        after = "".join('{"user_id":%d,"user_metadata":{"a":%d,"b":{"c":%d}}}\n' % (n, n % 2, n % 7) for n in reversed(range(50)))
        told = {each["user_id"]: each["bodies"][0] for each in self.told(self.diff(before, after))}
        bodies = "".join(json.dumps(told.get(n)) + "\n" for n in range(50))
        made = self.run_tool("apply", *USER, "--patches", self.file("bodies", bodies), "--batch", "-", stdin=before)
        self.assertEqual([json.loads(line) for line in made.out.splitlines()],
                         [json.loads(line) for line in reversed(after.splitlines())])

    def test_keys_are_places_and_what_has_none_or_has_it_twice_is_refused(self):
        before = '{"id":{"n":1},"user_metadata":{}}\n{"user_metadata":{}}\n{"id":{"n":2}}\n{"id":{"n":2}}\n{\n'
        after = '{"id":{"n":1},"user_metadata":{"a":1}}\n{"id":{"n":1}}\n'
        files = [self.file("before", before), self.file("after", after)]
        answer = self.run_tool("diff", *USER, "--batch", *files, "--key", "/id/n")
        self.assertEqual(answer.status, REFUSED)
        outcomes = [(each.get("n", each.get("line")), each["outcome"], each.get("violations", [{}])[0].get("code")) for each in self.told(answer)]
        self.assertIn((2, "rejected", "missing_key"), outcomes)
        self.assertIn((5, "rejected", "malformed_json"), outcomes)
        self.assertIn((1, "ok", None), outcomes)
        self.assertEqual(outcomes.count((1, "rejected", "duplicate_key")), 1)
        self.assertEqual(outcomes.count((2, "rejected", "duplicate_key")), 1)
        self.assertIn("1 changed, 0 the same, 0 came, 1 went, 4 refused", answer.err)

    def test_mistakes_are_usage_errors(self):
        one = self.file("one", self.BEFORE)
        for given in (("--batch", one, "--key", "user_id"), ("--batch", one, one), ("--batch", one, one, one, "--key", "user_id"),
                      ("--batch", one, one, "--key", "user_id", "{}"), ("--batch", one, one, "--key", "/~")):
            self.assert_answer(self.run_tool("diff", *USER, *given), USAGE, "")
        self.assert_answer(self.run_tool("diff", *USER[:2], "--batch", one, one, "--key", "user_id"), USAGE, "")


class Create(Reports):
    TOKEN = ("--scopes", "create:users")
    BODY = '{"connection":"db","email":"ann@example.com","password":"correct horse","user_metadata":{"a":1.10}}'

    def test_a_body_becomes_a_user(self):
        answer = self.run_tool("users", "create", self.BODY, *self.TOKEN)
        self.assert_answer(answer, APPLIED, '{"user_id":"auth0|1","email":"ann@example.com","user_metadata":{"a":1.10}}\n')
        for own, id_ in (("x", "auth0|x"), ("ad|x", "ad|x")):
            answer = self.run_tool("users", "create", self.BODY.replace("{", '{"user_id":"%s",' % own, 1), *self.TOKEN)
            self.assertEqual(json.loads(answer.out)["user_id"], id_)
        answer = self.run_tool("users", "create", self.BODY, *self.TOKEN, "--user-id", "auth0|7")
        self.assertEqual(json.loads(answer.out)["user_id"], "auth0|7")

    def test_a_refusal_is_that_of_the_service(self):
        answer = self.run_tool("users", "create", '{"connection":"db","app_metadata":{"email":1}}', *self.TOKEN)
        self.assertEqual((answer.status, json.loads(answer.out)["statusCode"]), (REFUSED, 400))
        answer = self.run_tool("users", "create", self.BODY, "--scopes", "read:users")
        self.assertEqual((answer.status, json.loads(answer.out)["statusCode"]), (REFUSED, 403))
        self.assertNotIn("correct horse", answer.out + answer.err)

    def test_a_batch_makes_a_user_of_each_body(self):
        bodies = "[%s,\n%s,\n{\"email\":\"x\"}]" % (self.BODY, self.BODY.replace("{", '{"user_id":"x",', 1))
        answer = self.run_tool("users", "create", "--batch", "-", *self.TOKEN, "--rejects", "rejects", stdin=bodies)
        self.assertEqual(answer.status, REFUSED)
        self.assertEqual([each.get("user_id") for each in json.loads(answer.out)], ["auth0|1", "auth0|x", None])
        self.assertEqual([(each["element"], each["statusCode"]) for each in self.rejects()], [(3, 400)])
        self.assertNotIn("correct horse", answer.out + answer.err)
        for given in (("{}", "--batch", "-"), ("--batch", "-", "--user-id", "x"), ()):
            self.assert_answer(self.run_tool("users", "create", *given, *self.TOKEN, stdin=bodies), USAGE, "")


if __name__ == "__main__":
    main()
