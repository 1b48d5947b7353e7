# SPDX-License-Identifier: BSL-1.0
"""Profiles and policy files."""

import json

from harness import APPLIED, INPUT_OUTPUT, REFUSED, USAGE, ToolTest, main


class Policies(ToolTest):
    def names(self):
        return [each["name"] for each in json.loads(self.run_tool("policies", "--json").out)]

    def test_lists_every_profile_as_a_table_and_as_json(self):
        table = self.run_tool("policies")
        self.assertEqual(table.status, APPLIED)
        self.assertEqual([line.split()[0] for line in table.out.splitlines()[1:]], self.names())
        self.assertEqual(len(self.names()), 13)

    def test_a_printed_profile_is_a_policy_file_of_the_same_policy(self):
        for name in self.names():
            printed = self.run_tool("policies", name)
            self.assertEqual(printed.status, APPLIED)
            self.assert_answer(self.run_tool("policies", "--policy", "-", stdin=printed.bytes), APPLIED, printed.out)

    def test_a_printed_profile_refuses_what_the_profile_refuses(self):
        patches = ['{"a.b":1}', '{"email":1}', '{"k":1}', '{"ä":"x"}', "null", "{}", '{"k":"%s"}' % ("v" * 501)]
        for name in self.names():
            policy = self.file("policy.json", self.run_tool("policies", name).bytes)
            for patch in patches:
                given = ("--output", "json", '{"s":"1"}', patch)
                self.assertEqual(
                    self.run_tool("apply", "--profile", name, *given).out,
                    self.run_tool("apply", "--policy", policy, *given).out,
                    (name, patch),
                )

    def test_a_file_changes_what_it_names(self):
        for policy, stored, patch, code in (
            ('{"keys":{"forbidden":"_"}}', "{}", '{"a":{"_":1}}', "invalid_key_character"),
            ('{"keys":{"allowed":"ab"}}', "{}", '{"abc":1}', "invalid_key_character"),
            ('{"keys":{"reserved":["id"]}}', "{}", '{"id":null}', "reserved_key"),
            ('{"keys":{"empty":"refused"}}', "{}", '{"a":{"":1}}', "empty_key"),
            ('{"limits":{"max_members":1}}', '{"a":1}', '{"b":1}', "too_many_members"),
            ('{"limits":{"max_key_code_points":1}}', "{}", '{"äb":1}', "key_too_long"),
            ('{"limits":{"values":"string"}}', "{}", '{"a":null}', "invalid_value_type"),
            ('{"limits":{"max_value_code_points":1}}', "{}", '{"a":"bc"}', "value_too_long"),
            ('{"limits":{"max_bytes":8}}', "{}", '{"a":1234}', "too_large"),
            ('{"read":{"max_nesting":2}}', "{}", '{"a":[[]]}', "too_deep"),
            ('{"read":{"duplicates":"rejected"}}', "{}", '{"a":1,"a":2}', "duplicate_key"),
        ):
            answer = self.run_tool("apply", "--policy", policy, "--output", "json", stored, patch)
            self.assertEqual(answer.status, REFUSED, policy)
            self.assertEqual([v["code"] for v in json.loads(answer.out)["violations"]], [code])
            relaxed = self.run_tool("apply", "--profile", "first_level", stored, patch)
            self.assertEqual(relaxed.status, APPLIED, patch)

    def test_a_file_changes_how_many_violations_are_listed(self):
        body = json.dumps({"k" * 100_000: {f"{number}.": 1 for number in range(2000)}})
        path = self.file("body", body)
        short = self.file("short", json.dumps({"k": {f"{number}.": 1 for number in range(2000)}}))
        for given, patch, listed in (
            (("--profile", "auth0.user_metadata"), path, 11),  # a mebibyte of pointers
            (("--profile", "auth0.user_metadata"), short, 1000),
            (("--policy", '{"extends":"auth0.user_metadata","read":{"max_violations":3}}'), short, 3),
            (("--policy", '{"extends":"auth0.user_metadata","read":{"max_violations":null}}'), short, 2000),
        ):
            said = json.loads(self.run_tool("apply", *given, "--output", "json", "{}", patch).out)
            self.assertEqual((len(said["violations"]), said.get("omitted", 0)), (listed, 2000 - listed))
            said = json.loads(self.run_tool("apply", *given, "--output", "json", "--field", "f", '{"f":{}}', patch).out)
            self.assertEqual((len(said["violations"]), said.get("omitted", 0)), (listed, 2000 - listed))

    def test_a_file_changes_how_bodies_merge(self):
        for policy, stored, patch, result in (
            ('{"merge":{"depth":0}}', '{"a":1}', '{"b":1}', '{"b":1}'),
            ('{"merge":{"depth":2}}', '{"a":{"x":1,"y":{"z":1}}}', '{"a":{"y":{}}}', '{"a":{"x":1,"y":{}}}'),
            ('{"merge":{"depth":null}}', '{"a":{"b":{"c":1}}}', '{"a":{"b":{"d":2}}}', '{"a":{"b":{"c":1,"d":2}}}'),
            ('{"merge":{"on_empty":"merges"}}', '{"a":1}', "{}", '{"a":1}'),
            ('{"merge":{"on_null":"clears"}}', '{"a":1}', "null", "{}"),
            ('{"merge":{"cleared":"absent"}}', '{"a":1}', "{}", "null"),
            ('{"extends":"auth0.app_metadata","merge":{"cleared":"empty"}}', '{"a":1}', "{}", "{}"),
        ):
            answer = self.run_tool("apply", "--policy", policy, stored, patch)
            self.assert_answer(answer, APPLIED, result + "\n")

    def test_a_file_keeps_what_it_extends(self):
        policy = '{"extends":"auth0.app_metadata","keys":{"reserved":["mine"]},"limits":{"max_bytes":null}}'
        self.assertEqual(self.run_tool("apply", "--policy", policy, "{}", '{"a.b":1}').status, REFUSED)
        self.assertEqual(self.run_tool("apply", "--policy", policy, "{}", '{"mine":1}').status, REFUSED)
        self.assertEqual(self.run_tool("apply", "--policy", policy, "{}", '{"email":1}').status, APPLIED)

    def test_mistakes_are_usage_errors_with_a_pointer(self):
        for policy, pointer in (
            ('{"limit":{}}', "/limit: unknown member"),
            ('{"limits":{"max/keys":1}}', "/limits/max~1keys: unknown member"),
            ('{"a\\u0000\\n":1}', "/a\\u0000\\u000a: unknown member"),
            ('{"a\\u001b":1,"a\\u001b":1}', "/a\\u001b: the key occurs twice"),
            ('{"limits":7}', "/limits: expected an object"),
            ('{"limits":{"max_bytes":"7"}}', "/limits/max_bytes: expected a whole number"),
            ('{"limits":{"max_bytes":-1}}', "/limits/max_bytes: expected a whole number"),
            ('{"limits":{"max_bytes":1.5}}', "/limits/max_bytes: expected a whole number"),
            ('{"limits":{"values":"text"}}', "/limits/values: expected one of any, string_or_null, string"),
            ('{"read":{"max_nesting":1025}}', "/read/max_nesting: expected a whole number from 1 to 1024"),
            ('{"read":{"max_nesting":null}}', "/read/max_nesting: expected a whole number from 1 to 1024"),
            ('{"read":{"max_violations":0}}', "/read/max_violations: expected a whole number from 1, or null for no limit"),
            ('{"limits":{"max_bytes":""}}', "/limits/max_bytes: expected a whole number, or null for no limit"),
            ('{"keys":{"forbidden":["."]}}', "/keys/forbidden: expected a string"),
            ('{"keys":{"forbidden":"ä"}}', "/keys/forbidden: expected ASCII"),
            ('{"keys":{"forbidden":".","allowed":"a"}}', "/keys/allowed: forbidden characters are given too"),
            ('{"keys":{"reserved":["a",1]}}', "/keys/reserved/1: expected a string"),
            ('{"extends":"auth0.nothing"}', "/extends: no profile of that name"),
            ('{"name":1}', "/name: expected a string"),
            ('{"merge":{"depth":1,"depth":2}}', "/merge/depth: the key occurs twice"),
            ("[]", "expected an object"),
            ('{"merge":', "malformed JSON at line 1, column 10 (byte 9): the text is cut short"),
        ):
            answer = self.run_tool("apply", "--policy", policy, "{}", "{}")
            self.assert_answer(answer, USAGE, "")
            self.assertIn(pointer, answer.err)

    def test_the_name_of_a_policy_commands_no_terminal(self):
        policy = '{"name":"\\u001b[31mX\\n\\u0000y","limits":{"max_members":0}}'
        shown = "\\u001b[31mX\\u000a\\u0000y"
        refused = self.run_tool("apply", "--policy", policy, "{}", '{"a":1}')
        self.assertEqual(refused.status, REFUSED)
        self.assertIn("rejected by " + shown + ", nothing was changed", refused.err)
        self.assertIn("too_many_members", refused.err)
        self.assertIn("valid for " + shown, self.run_tool("validate", "--policy", policy, "{}", "--output", "text").out)
        sized = self.run_tool("size", "--policy", policy, '{"a":1}', "--output", "text")
        self.assertNotIn("\x1b", sized.out + sized.err)

    def test_all_mistakes_are_told_with_the_name_of_the_file(self):
        path = self.file("team.json", '{"a":1,"limits":{"b":2,"max_bytes":true}}')
        err = self.run_tool("apply", "--policy", path, "{}", "{}").err
        self.assertEqual(err.count(path + ": "), 3)

    def test_a_file_that_cannot_be_read_is_an_input_error(self):
        self.assert_answer(self.run_tool("apply", "--policy", "none", "{}", "{}"), INPUT_OUTPUT, "")


if __name__ == "__main__":
    main()
