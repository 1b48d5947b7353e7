# SPDX-License-Identifier: BSL-1.0
"""apply, validate and size on single documents."""

import json

from harness import APPLIED, INPUT_OUTPUT, REFUSED, USAGE, ToolTest, main

USER = ("--profile", "auth0.user_metadata")
APP = ("--profile", "auth0.app_metadata")
ORGANIZATION = ("--profile", "auth0.organization_metadata")


class Apply(ToolTest):
    def test_sets_and_removes_first_level_members(self):
        answer = self.run_tool("apply", *USER, '{"a":1,"b":{"x":1}}', '{"a":null,"b":{"y":2},"c":[]}')
        self.assert_answer(answer, APPLIED, '{"b":{"y":2},"c":[]}\n')

    def test_an_empty_body_clears_and_the_profile_says_what_is_left(self):
        self.assert_answer(self.run_tool("apply", *USER, '{"a":1}', "{}"), APPLIED, "{}\n")
        self.assert_answer(self.run_tool("apply", *APP, '{"a":1}', "{}"), APPLIED, "null\n")

    def test_an_absent_field_is_null_or_an_option(self):
        self.assert_answer(self.run_tool("apply", *APP, "null", '{"a":1}'), APPLIED, '{"a":1}\n')
        self.assert_answer(self.run_tool("apply", *APP, "--absent", '{"a":1}'), APPLIED, '{"a":1}\n')
        self.assert_answer(self.run_tool("apply", *APP, "--absent", '{"a":null}'), APPLIED, "{}\n")

    def test_results_can_be_piped_into_the_next_call(self):
        cleared = self.run_tool("apply", *APP, '{"a":1}', "{}")
        self.assert_answer(self.run_tool("apply", *APP, "-", '{"b":2}', stdin=cleared.bytes), APPLIED, '{"b":2}\n')

    def test_generic_profiles_merge_as_they_say(self):
        for profile, result in (
            ("first_level", '{"a":{"y":2}}\n'),
            ("replace", '{"a":{"y":2}}\n'),
            ("rfc7396", '{"a":{"x":1,"y":2}}\n'),
        ):
            answer = self.run_tool("apply", "--profile", profile, '{"a":{"x":1}}', '{"a":{"y":2}}')
            self.assert_answer(answer, APPLIED, result)

    def test_rfc_7396_takes_any_documents_as_its_appendix_has_them(self):
        for document, patch, result in (
            ('{"a":"b"}', '{"a":"c"}', '{"a":"c"}'),
            ('{"a":"b"}', '{"b":"c"}', '{"a":"b","b":"c"}'),
            ('{"a":"b"}', '{"a":null}', "{}"),
            ('{"a":"b","b":"c"}', '{"a":null}', '{"b":"c"}'),
            ('{"a":["b"]}', '{"a":"c"}', '{"a":"c"}'),
            ('{"a":"c"}', '{"a":["b"]}', '{"a":["b"]}'),
            ('{"a":{"b":"c"}}', '{"a":{"b":"d","c":null}}', '{"a":{"b":"d"}}'),
            ('{"a":[{"b":"c"}]}', '{"a":[1]}', '{"a":[1]}'),
            ('["a","b"]', '["c","d"]', '["c","d"]'),
            ('{"a":"b"}', '["c"]', '["c"]'),
            ('{"a":"foo"}', "null", "null"),
            ('{"a":"foo"}', '"bar"', '"bar"'),
            ('{"e":null}', '{"a":1}', '{"e":null,"a":1}'),
            ("[1,2]", '{"a":"b","c":null}', '{"a":"b"}'),
            ("{}", '{"a":{"bb":{"ccc":null}}}', '{"a":{"bb":{}}}'),
        ):
            rfc = ("--profile", "rfc7396")
            self.assert_answer(self.run_tool("apply", *rfc, document, patch), APPLIED, result + "\n")
            self.assert_answer(self.run_tool("validate", *rfc, "--stored", document, patch), APPLIED, '{"outcome":"ok"}\n')
            self.assert_answer(self.run_tool("validate", *rfc, patch), APPLIED, '{"outcome":"ok"}\n')
            answer = self.run_tool("apply", *rfc, "--batch", "-", "--read-as", "lines", "--patch", patch, stdin=document + "\n")
            self.assert_answer(answer, APPLIED, result + "\n")
            answer = self.run_tool("apply", *rfc, "--field", "f", '{"f":%s,"g":1.0}' % document, patch)
            self.assert_answer(answer, APPLIED, '{"f":%s,"g":1.0}\n' % result)

    def test_documents_of_rfc_7396_that_are_no_objects_are_still_json(self):
        rfc = ("--profile", "rfc7396", "--output", "json")
        for stored, patch, part in (("[1,", "{}", "stored"), ("[1,", "[]", "stored"), ("{", "[]", "stored"), ("1", "[1,]", "patch"),
                                    ("[" * 600 + "]" * 600, "[]", "stored"), ("1", "[" * 513 + "]" * 513, "patch")):
            answer = self.run_tool("apply", *rfc, self.file("stored", stored), self.file("patch", patch))
            self.assertEqual(answer.status, REFUSED)
            self.assertEqual(json.loads(answer.out)["in"], part)
        answer = self.run_tool("apply", *rfc, "true", " [ 1.10 , null,{\"a\":null, \"b\":1,\"b\":2}]\n")
        self.assert_answer(answer, APPLIED, '[1.10,null,{"a":null,"b":2}]\n')  # of two keys the last one counts
        answer = self.run_tool("apply", *rfc, "true", " [ 1.10 , null,{\"a\":null }]\n")
        self.assert_answer(answer, APPLIED, '[ 1.10 , null,{"a":null }]\n')
        answer = self.run_tool("apply", *rfc, "true", "[" * 512 + "]" * 512)
        self.assert_answer(answer, APPLIED, "[" * 512 + "]" * 512 + "\n")
        limited = ("--policy", '{"extends":"rfc7396","limits":{"max_bytes":9}}')
        self.assertEqual(self.run_tool("apply", *limited, "{}", "[1]").status, REFUSED)

    def test_with_a_field_every_other_byte_of_the_profile_stays(self):
        profile = '{ "n": 1.10,\t"user_metadata" : {"a":1},  "z":[ 1e400 ] }'
        answer = self.run_tool("apply", *USER, "--field", "user_metadata", profile, '{"a":2}')
        self.assert_answer(answer, APPLIED, '{ "n": 1.10,\t"user_metadata" : {"a":2},  "z":[ 1e400 ] }\n')

    def test_an_absent_field_is_a_missing_member_of_a_profile(self):
        field = ("--field", "f")
        for before, patch, after in (
            ('{"a":1,"f":{"x":1},"b":2}', "{}", '{"a":1,"b":2}'),
            ('{"f":{"x":1},"b":2}', "{}", '{"b":2}'),
            ('{ "f":{"x":1} }', "{}", "{ }"),
            ('{"a":1}', '{"x":1}', '{"a":1,"f":{"x":1}}'),
            ("{}", '{"x":1}', '{"f":{"x":1}}'),
            ('{"\\u0066":{"x":1},"f":{"y":1},"b":2}', '{"z":1}', '{"\\u0066":{"y":1,"z":1},"b":2}'),
        ):
            self.assert_answer(self.run_tool("apply", *APP, *field, before, patch), APPLIED, after + "\n")

    def test_a_null_member_of_a_profile_is_an_absent_field(self):
        for profile, patch, after in (
            ('{"a":1, "f" : null,"b":2}', '{"x":1,"y":null}', '{"a":1, "f" : {"x":1},"b":2}'),
            ('{"a":1,"f":null,"b":2}', "{}", '{"a":1,"b":2}'),
        ):
            self.assert_answer(self.run_tool("apply", *APP, "--field", "f", profile, patch), APPLIED, after + "\n")
        self.assert_answer(self.run_tool("validate", *APP, "--field", "f", "--stored", '{"f":null}', '{"x":1}'), APPLIED,
                           '{"outcome":"ok"}\n')

    def test_what_is_stored_and_no_object_is_refused_where_anything_of_it_is_kept(self):
        for stored in ('"[object Object]"', "[]", "true"):
            for given in ((stored,), ("--field", "f", '{"f":%s}' % stored)):
                answer = self.run_tool("apply", *USER, "--output", "json", *given, '{"x":1}')
                self.assertEqual(answer.status, REFUSED)
                self.assertEqual(json.loads(answer.out)["in"], "stored")
                self.assertEqual(json.loads(answer.out)["violations"], [{"code": "expected_object", "pointer": ""}])

    def test_what_keeps_nothing_of_it_repairs_what_is_stored_and_no_object(self):
        user = '{"user_id":"s","user_metadata":"[object Object]"}'
        self.assert_answer(self.run_tool("apply", *USER, "--field", "user_metadata", user, "{}"), APPLIED,
                           '{"user_id":"s","user_metadata":{}}\n')
        for stored in ('"x"', "[1]", "true"):
            self.assert_answer(self.run_tool("apply", *USER, stored, "{}"), APPLIED, "{}\n")
            self.assert_answer(self.run_tool("apply", *APP, stored, "{}"), APPLIED, "null\n")
            self.assert_answer(self.run_tool("apply", *ORGANIZATION, stored, '{"a":"1"}'), APPLIED, '{"a":"1"}\n')
            self.assert_answer(self.run_tool("validate", *USER, "--stored", stored, "{}"), APPLIED, '{"outcome":"ok"}\n')
            self.assertEqual(self.run_tool("validate", *USER, "--stored", stored, '{"a":1}').status, REFUSED)
            self.assertEqual(self.run_tool("losses", *USER, stored, "{}").status, APPLIED)
            self.assertEqual(self.run_tool("losses", *ORGANIZATION, stored, '{"a":"1"}').status, APPLIED)
            self.assertEqual(self.run_tool("losses", *USER, stored, '{"a":1}').status, REFUSED)
        self.assertEqual(self.run_tool("losses", *USER, "--field", "f", '["f"]', "{}").status, REFUSED)
        answer = self.run_tool("apply", *USER, "--advise", "--output", "text", '"[object Object]"', "{}")
        self.assert_answer(answer, APPLIED,
                           '- the field itself  "[object Object]"\napplied: 0 set, 0 removed, 0 kept; 2 bytes\n')

    def test_offsets_in_a_field_count_from_the_start_of_the_profile(self):
        policy = '{"read":{"max_nesting":1}}'
        answer = self.run_tool("apply", "--policy", policy, "--field", "f", "--output", "json", '{"f":{"x":{}}}', "{}")
        self.assertEqual(json.loads(answer.out)["violations"][0]["offset"], 10)

    def test_a_refusal_leaves_standard_output_empty_and_explains_itself_on_standard_error(self):
        answer = self.run_tool("apply", *APP, "{}", '{"email":1,"a.b":{"$":2}}')
        self.assert_answer(answer, REFUSED, "")
        for word in ("auth0.app_metadata", "/email", "reserved_key", "/a.b/$", "invalid_key_character"):
            self.assertIn(word, answer.err)

    def test_a_refusal_as_json_is_one_object_with_limit_and_actual(self):
        answer = self.run_tool(
            "apply", "--profile", "auth0.client_metadata", "--output", "json", "{}", json.dumps({"k": "v" * 300})
        )
        self.assertEqual(answer.status, REFUSED)
        self.assertEqual(
            json.loads(answer.out),
            {
                "outcome": "rejected",
                "in": "patch",
                "violations": [{"code": "value_too_long", "pointer": "/k", "limit": 255, "actual": 300}],
            },
        )

    def test_malformed_texts_are_refused_with_their_offset(self):
        for stored, patch, part in (('{"a":}', "{}", "stored"), ("{}", '{"a":}', "patch")):
            answer = self.run_tool("apply", *USER, "--output", "json", stored, patch)
            said = json.loads(answer.out)
            self.assertEqual((said["in"], said["violations"][0]["offset"]), (part, 5))

    def test_bodies_that_are_no_objects_are_refused(self):
        for body in ("[1,2]", "[]", "null", "true", '"text"'):
            answer = self.run_tool("apply", *USER, "--output", "json", "{}", body)
            self.assertEqual(answer.status, REFUSED, body)
            self.assertEqual(json.loads(answer.out)["violations"][0]["code"], "expected_object")

    def test_text_shows_what_was_set_removed_and_kept(self):
        answer = self.run_tool("apply", *USER, "--output", "text", '{"a":1,"b":2,"c":3}', '{"a":9,"b":null,"d":4}')
        self.assertEqual(
            answer.out, "- /b  2\n~ /a  1 -> 9\n  /c  3\n+ /d  4\napplied: 2 set, 1 removed, 1 kept; 19 bytes\n"
        )

    def test_colours_are_as_asked(self):
        both = ("--output", "text", '{"a":1}', '{"b":2}')
        self.assertIn("\x1b[32m+ /b", self.run_tool("apply", *USER, "--color", "always", *both).out)
        self.assertNotIn("\x1b", self.run_tool("apply", *USER, *both).out)

    def test_text_shows_values_as_they_are_written(self):
        answer = self.run_tool("apply", *USER, "--output", "text",
                               '{"big":1e400,"price":1.10,"same":1.0,"old":{ "a" : "b  c\\"" }}', '{"n":2,"same":1,"old":null}')
        self.assert_answer(answer, APPLIED,
                           '- /old  {"a":"b  c\\""}\n  /big  1e400\n  /price  1.10\n  /same  1\n+ /n  2\n'
                           "applied: 1 set, 1 removed, 3 kept; 41 bytes\n")

    def test_text_cannot_command_a_terminal(self):
        patch = '{"\\u001b[2J.\x7f\u009b":"\\u001b]0;x"}'
        for output in (("--output", "text"), ()):
            answer = self.run_tool("apply", *USER, *output, "{}", patch)
            for c in "\x1b\x7f\u009b":
                self.assertNotIn(c, answer.out + answer.err)
        answer = self.run_tool("apply", "--profile", "first_level", "--output", "text", "{}", patch)
        self.assertFalse(any(c in answer.out for c in "\x1b\x7f\u009b"))

    def test_a_deep_text_is_refused_and_not_a_crash(self):
        self.assertEqual(self.run_tool("apply", *USER, "-", "{}", stdin="[" * 1_000_000).status, REFUSED)


class Inputs(ToolTest):
    def test_files_standard_input_and_literals_are_one(self):
        stored, patch = '{"a":1}', ' \n{"b":2}'
        for given, stdin in (
            ((stored, patch), b""),
            ((self.file("stored", stored), self.file("patch", patch)), b""),
            (("-", patch), stored),
            ((stored, "-"), patch),
        ):
            self.assert_answer(self.run_tool("apply", *USER, *given, stdin=stdin), APPLIED, '{"a":1,"b":2}\n')

    def test_a_word_of_json_is_text_whatever_files_there_are(self):
        self.file("null", '{"from":"file"}')
        self.assert_answer(self.run_tool("apply", *USER, "null", '{"a":1}'), APPLIED, '{"a":1}\n')
        self.assert_answer(self.run_tool("apply", *USER, "./null", '{"a":1}'), APPLIED, '{"from":"file","a":1}\n')

    def test_what_cannot_be_read_is_an_input_error_that_names_it(self):
        for path in ("no-such-file", "."):
            answer = self.run_tool("apply", *USER, path, "{}")
            self.assert_answer(answer, INPUT_OUTPUT, "")
            self.assertIn("cannot read " + path, answer.err)

    def test_an_empty_file_is_no_document(self):
        self.assert_answer(self.run_tool("apply", *USER, self.file("empty", ""), "{}"), REFUSED, "")


class Validate(ToolTest):
    def test_a_patch_is_judged_by_itself(self):
        self.assert_answer(self.run_tool("validate", *USER, '{"a":1}'), APPLIED, '{"outcome":"ok"}\n')
        answer = self.run_tool("validate", *APP, '{"user_id":null,"a":{"b.c":1}}')
        self.assertEqual(answer.status, REFUSED)
        self.assertEqual([v["pointer"] for v in json.loads(answer.out)["violations"]], ["/user_id", "/a/b.c"])

    def test_a_number_that_a_text_holds_is_admitted_with_and_without_what_is_stored(self):
        for stored in ((), ("--stored", "{}"), ("--absent",)):
            self.assert_answer(self.run_tool("validate", *USER, *stored, '{"a":1e400}'), APPLIED, '{"outcome":"ok"}\n')

    def test_a_patch_is_judged_with_what_is_stored(self):
        stored = json.dumps({"k%d" % i: "v" for i in range(10)})
        client = ("--profile", "auth0.client_metadata")
        self.assertEqual(self.run_tool("validate", *client, '{"k10":"v"}').status, APPLIED)
        self.assertEqual(self.run_tool("validate", *client, "--absent", '{"k10":"v"}').status, APPLIED)
        answer = self.run_tool("validate", *client, "--stored", stored, '{"k10":"v"}')
        self.assertEqual(answer.status, REFUSED)
        self.assertEqual(
            json.loads(answer.out)["violations"],
            [{"code": "too_many_members", "pointer": "", "limit": 10, "actual": 11}],
        )

    def test_text_says_that_all_is_well(self):
        self.assert_answer(
            self.run_tool("validate", *USER, "--output", "text", "{}"), APPLIED, "valid for auth0.user_metadata\n"
        )


class Size(ToolTest):
    def test_is_that_of_compact_json(self):
        for text, bytes_ in ((' { "a" : 1.10 } ', 10), ("null", 0), ("{}", 2), ('{"a":"\\u0041"}', 9)):
            self.assert_answer(self.run_tool("size", text), APPLIED, "%d\n" % bytes_)

    def test_of_a_field_of_a_profile(self):
        self.assert_answer(self.run_tool("size", "--field", "f", '{"x":1,"f":{ }}'), APPLIED, "2\n")
        self.assert_answer(self.run_tool("size", "--field", "g", '{"x":1,"f":{ }}'), APPLIED, "0\n")
        self.assert_answer(self.run_tool("size", "--field", "f", '{"x":1,"f": null }'), APPLIED, "0\n")

    def test_what_is_no_object_is_no_field(self):
        for given in (('"a"',), ("[]",), ("--field", "f", '{"f":"a"}'), ("--field", "f", '{"f":[1]}')):
            answer = self.run_tool("size", *given)
            self.assertEqual(answer.status, REFUSED, given)
            self.assertEqual(json.loads(answer.out)["violations"], [{"code": "expected_object", "pointer": ""}])

    def test_beyond_the_limit_of_a_policy_is_refused(self):
        answer = self.run_tool("size", "--policy", '{"limits":{"max_bytes":5}}', '{"a":1}')
        self.assertEqual(answer.status, REFUSED)
        self.assertEqual(
            json.loads(answer.out)["violations"], [{"code": "too_large", "pointer": "", "limit": 5, "actual": 7}]
        )


class Usage(ToolTest):
    def test_what_the_command_line_lacks_or_mixes_up_is_a_usage_error(self):
        for arguments in (
            (),
            ("nothing",),
            ("apply", "{}", "{}"),
            ("apply", *USER),
            ("apply", *USER, "{}"),
            ("apply", *USER, "{}", "{}", "{}"),
            ("apply", *USER, "-", "-"),
            ("apply", *USER, "--absent", "{}", "{}"),
            ("apply", *USER, "--absent", "--field", "f", "{}"),
            ("apply", "--profile", "auth0.unknown", "{}", "{}"),
            ("apply", *USER, "--policy", "{}", "{}", "{}"),
            ("apply", *USER, "--rejects", "r", "{}", "{}"),
            ("apply", *USER, "--batch", "f"),
            ("apply", *USER, "--batch", "f", "--patch", "{}", "--patches", "p"),
            ("apply", *USER, "--batch", "-", "--patches", "-"),
            ("apply", *USER, "--batch", "f", "--patch", "{}", "{}"),
            ("apply", *USER, "--output", "yaml", "{}", "{}"),
            ("validate", *USER),
            ("validate", *USER, "--field", "f", "{}"),
            ("size",),
            ("completion", "tcsh"),
        ):
            answer = self.run_tool(*arguments)
            self.assert_answer(answer, USAGE, "")
            self.assertNotEqual(answer.err, "", arguments)


if __name__ == "__main__":
    main()
