# SPDX-License-Identifier: BSL-1.0
"""Mistakes in a command that would damage every document of a batch."""

import json
import os
import subprocess

import harness
from harness import APPLIED, INPUT_OUTPUT, REFUSED, USAGE, ToolTest, main

APP = ("--profile", "auth0.app_metadata")
FIELD = ("--field", "app_metadata")
USERS = '{"user_id":"a","app_metadata":{"plan":"free"}}\n{"user_id":"b","app_metadata":{"plan":"team"}}\n'


class Clears(ToolTest):
    def test_an_empty_patch_for_all_needs_a_word(self):
        for patch in ("{}", " {\n} "):
            answer = self.run_tool("apply", *APP, *FIELD, "--batch", "-", "--patch", patch, stdin=USERS)
            self.assert_answer(answer, USAGE, "")
            self.assertIn("--allow-clear", answer.err)
            answer = self.run_tool("apply", *APP, *FIELD, "--batch", "-", "--patch", patch, "--allow-clear", stdin=USERS)
            self.assert_answer(answer, APPLIED, '{"user_id":"a"}\n{"user_id":"b"}\n')

    def test_an_empty_patch_among_many_is_refused_without_that_word(self):
        patches = self.file("patches", '{"plan":"pro"}\n{ }\n')
        given = ("apply", *APP, *FIELD, "--batch", "-", "--patches", patches)
        answer = self.run_tool(*given, "--rejects", "rejects", stdin=USERS)
        self.assert_answer(answer, REFUSED, USERS.replace("free", "pro"))
        self.assertEqual(
            self.rejects(),
            [{"line": 2, "user_id": "b", "in": "patch", "violations": [{"code": "clear_not_allowed", "pointer": ""}]}],
        )
        self.assert_answer(self.run_tool(*given, "--allow-clear", stdin=USERS), APPLIED,
                           '{"user_id":"a","app_metadata":{"plan":"pro"}}\n{"user_id":"b"}\n')

    def test_where_it_clears_nothing_it_needs_none(self):
        patches = self.file("patches", "{}\n{}\n")
        for given in (("--patch", "{}"), ("--patches", patches)):
            answer = self.run_tool("apply", "--profile", "rfc7396", *FIELD, "--batch", "-", *given, stdin=USERS)
            self.assert_answer(answer, APPLIED, USERS)

    def test_an_empty_line_and_null_are_no_patch(self):
        patches = self.file("patches", "null\n\n")
        answer = self.run_tool("apply", *APP, *FIELD, "--batch", "-", "--patches", patches, stdin=USERS)
        self.assert_answer(answer, APPLIED, USERS)
        self.assertIn("2 lines: 0 applied, 0 refused, 2 left alone", answer.err)
        answer = self.run_tool("apply", *APP, *FIELD, "--batch", "-", "--patch", "null", stdin=USERS)
        self.assert_answer(answer, USAGE, "")

    def test_where_null_clears_it_needs_the_word_too(self):
        session = ("--profile", "auth0.session_metadata", "--batch", "-")
        patches = self.file("patches", "null\n\n")
        answer = self.run_tool("apply", *session, "--patches", patches, "--rejects", "rejects", stdin='{"a":"1"}\n{"a":"2"}\n')
        self.assert_answer(answer, REFUSED, '{"a":"1"}\n{"a":"2"}\n')
        self.assertEqual([each["line"] for each in self.rejects()], [1])
        answer = self.run_tool("apply", *session, "--patch", "null", "--allow-clear", stdin='{"a":"1"}\n')
        self.assert_answer(answer, APPLIED, "null\n")

    def test_whole_bodies_that_clear_need_it_too(self):
        server = ("users", "patch", "--scopes", "update:users", "--batch", "-")
        for body in ('{"app_metadata":{}}', '{"name":"x","user_metadata": { }}'):
            answer = self.run_tool(*server, "--patch", body, stdin=USERS)
            self.assert_answer(answer, USAGE, "")
            self.assertIn("--allow-clear", answer.err)
        patches = self.file("patches", '{"app_metadata":{}}\n{"app_metadata":{"n":{}}}\n')
        answer = self.run_tool(*server, "--patches", patches, "--rejects", "rejects", stdin=USERS)
        self.assert_answer(answer, REFUSED, USERS.replace('"team"}', '"team","n":{}}'))
        self.assertEqual([(each["line"], each["user_id"]) for each in self.rejects()], [(1, "a")])


class Fields(ToolTest):
    def stops(self, *arguments, stdin=USERS, words=()):
        answer = self.run_tool("apply", "--batch", "-", "--patch", '{"x":1}', *arguments, stdin=stdin)
        self.assert_answer(answer, USAGE, "")
        for word in words:
            self.assertIn(word, answer.err)

    def test_users_without_a_field_stop_it(self):
        for documents in (USERS, "[%s]" % USERS.strip().replace("\n", ","), '{"start":0,"users":[%s]}' % USERS.split("\n", maxsplit=1)[0],
                          'null\n{\n' + USERS, json.dumps(json.loads(USERS.splitlines()[0]), indent=1)):
            self.stops(*APP, stdin=documents, words=("user_id", "--field app_metadata", "--no-field"))
        answer = self.run_tool("apply", *APP[:1], "auth0.user_metadata", "--batch", "-", "--patch", '{"x":1}', "--no-field", stdin=USERS)
        self.assertEqual(answer.status, APPLIED)
        answer = self.run_tool("apply", "--profile", "rfc7396", "--batch", "-", "--patch", '{"x":1}', stdin=USERS)
        self.assertEqual(answer.status, APPLIED)  # whose documents may be anything

    def test_a_field_that_does_not_go_with_the_profile_stops_it(self):
        self.stops(*APP, "--field", "user_metadata", words=("auth0.app_metadata", "app_metadata"))
        self.stops("--profile", "auth0.organization_metadata", "--field", "organization_metadata", words=("metadata",))
        answer = self.run_tool("apply", "--policy", '{"extends":"auth0.app_metadata"}', "--field", "user_metadata", "--batch", "-",
                               "--patch", '{"x":1}', stdin='{"user_metadata":{}}\n')
        self.assert_answer(answer, APPLIED, '{"user_metadata":{"x":1}}\n')

    def test_a_field_that_no_document_has_stops_it(self):
        typo = ("--profile", "first_level", "--field", "app_metdata")
        self.stops(*typo, words=("none of the first 2 documents", "app_metdata", "--allow-new-field"))
        self.stops(*typo, "--only-present")
        self.stops(*APP, *FIELD, stdin='{"user_id":"a"}\n', words=("none of the 1 document has",))
        answer = self.run_tool("apply", *APP, *FIELD, "--batch", "-", "--patch", '{"x":1}', "--allow-new-field", stdin='{"user_id":"a"}\n')
        self.assert_answer(answer, APPLIED, '{"user_id":"a","app_metadata":{"x":1}}\n')

    def test_one_among_the_first_thousand_is_enough(self):
        without, with_it = '{"user_id":"a"}\n', '{"user_id":"b","app_metadata":{}}\n'
        given = ("apply", *APP, *FIELD, "--batch", "-", "--patch", '{"x":1}')
        answer = self.run_tool(*given, stdin=without * 999 + with_it)
        self.assert_answer(answer, APPLIED)
        self.assertEqual(answer.out.count('"x":1'), 1000)
        answer = self.run_tool(*given, stdin=without * 1000 + with_it)
        self.assert_answer(answer, USAGE, "")
        self.assertIn("none of the first 1,000 documents", answer.err)
        answer = self.run_tool(*given, stdin="x\n" * 1500 + with_it)  # of which nothing is known
        self.assertEqual((answer.status, answer.out.count('"x":1')), (REFUSED, 1))

    def test_of_large_documents_the_first_64_megabytes_tell(self):
        large, with_it = json.dumps({"user_id": "a", "x": "x" * (8 << 20)}) + "\n", '{"user_id":"b","app_metadata":{}}\n'
        given = ("apply", *APP, *FIELD, "--batch", "-", "--patch", '{"x":1}')
        answer = self.run_tool(*given, stdin=large * 8 + with_it)
        self.assertIn("none of the first 8 documents", answer.err)
        answer = self.run_tool(*given, stdin=large * 7 + with_it)
        self.assertEqual((answer.status, answer.out.count('"x":1')), (APPLIED, 8))

    def test_a_page_gets_no_field_of_its_own(self):
        page = '{"start":0,"users":[{"user_id":"a"}]}'
        self.stops(*APP, *FIELD, stdin=page)
        self.stops(*APP, *FIELD, "--read-as", "lines", stdin=page)

    def test_a_whole_body_given_as_the_patch_of_its_field_is_advised_against(self):
        whole = '{"app_metadata":{"x":1}}'
        answer = self.run_tool("apply", *APP, *FIELD, "--batch", "-", "--patch", whole, stdin=USERS)
        self.assertEqual(answer.status, APPLIED)
        self.assertIn("advice: field_name 2: the field's own name: ", answer.err)
        answer = self.run_tool("apply", *APP, "--batch", "-", "--patch", whole, stdin="{}\n{}\n")
        self.assertIn("advice: field_name 2: the field's own name: ", answer.err)
        answer = self.run_tool("apply", *APP, "--advise", "{}", whole)
        self.assertIn("advice: field_name /app_metadata: ", answer.err)
        for patch in ('{"app_metadata":null}', '{"app_metadata":{"x":1},"y":2}', '{"x":1}'):
            answer = self.run_tool("apply", *APP, *FIELD, "--batch", "-", "--patch", patch, stdin=USERS)
            self.assertNotIn("advice", answer.err)

    def test_advice_is_counted_by_documents_and_summed_up(self):
        users = '{"app_metadata":{"o":{"a":1,"b":2},"t":1}}\n{"app_metadata":{"o":{"a":1}}}\n{"app_metadata":{"t":"x"}}\n'
        patch = '{"o":{"c":1},"t":"y","email_":9007199254740993}'
        given = ("apply", *APP, *FIELD, "--batch", "-", "--patch", patch, "--advise")
        answer = self.run_tool(*given, stdin=users)
        self.assertEqual(answer.status, APPLIED)
        told = [line.split(": ")[2] for line in answer.err.splitlines() if line.startswith("metapatch: advice: ")]
        self.assertEqual(told, ["type_change 1", "loss 2", "unsafe_integer 3"])
        told = json.loads(self.run_tool(*given, "--dry-run", stdin=users).out)
        self.assertEqual(told["advice"], {"loss": 2, "type_change": 1, "unsafe_integer": 3})


class Patches(ToolTest):
    def test_a_bad_patch_for_all_is_told_once_before_anything_is_read(self):
        for patch, words in (('{"a":}', "line 1, column 6"), ('{"email":1}', "reserved_key"), ('{"a.b":1}', "/a.b"), ("[1]", "expected_object"),
                             ('{"a":1', "cut short")):
            answer = self.run_tool("apply", *APP, *FIELD, "--batch", "no such file", "--patch", patch, "--rejects", "rejects")
            self.assert_answer(answer, REFUSED, "")
            self.assertEqual(answer.err.count("rejected"), 1)
            self.assertIn(words, answer.err)
            self.assertEqual(os.listdir(self.folder.name), [])

    def test_a_json_patch_is_told_from_other_arrays(self):
        operations = '[{"op":"add","path":"/a","value":1},{"op":"remove","path":"/b"}]'
        for given in (("{}", operations), (*FIELD, "--batch", "no such file", "--patch", operations)):
            answer = self.run_tool("apply", *APP, *given)
            self.assert_answer(answer, REFUSED, "")
            self.assertIn("looks like a JSON Patch", answer.err)
        for patch in ("[]", "[1]", '"x"', '[{"op":"add","path":"/a","value":1},{}]', "[{]"):
            self.assertNotIn("JSON Patch", self.run_tool("apply", *APP, "{}", patch).err)
        self.assertNotIn("JSON Patch", self.run_tool("apply", *APP, operations, "{}").err)

    def test_both_kinds_of_patches_or_none_are_told_apart(self):
        both = self.run_tool("apply", *APP, "--batch", "f", "--patch", "{}", "--patches", "p")
        self.assertIn("give one of them", both.err)
        self.assertIn("needs one of", self.run_tool("apply", *APP, "--batch", "f").err)


class Outputs(ToolTest):
    def onto(self, path, *arguments, mode="r+b"):
        with open(path, mode) as same, open(os.devnull, "rb") as nothing:
            return subprocess.run([harness.TOOL, *arguments], stdin=nothing, stdout=same, stderr=subprocess.PIPE, check=False,
                                  cwd=self.folder.name)

    def test_what_is_read_is_not_written_over(self):
        users, patches, stored = self.file("users", USERS), self.file("patches", '{"x":1}\n\n'), self.file("stored", "{}")
        os.link(users, os.path.join(self.folder.name, "link"))
        batch = ("apply", *APP, *FIELD, "--patch", '{"x":1}', "--batch")
        for path, arguments in (
            (users, (*batch, users)),
            (users, (*batch, "link")),
            (patches, ("apply", *APP, *FIELD, "--patches", patches, "--batch", users)),
            (stored, ("apply", *APP, stored, '{"x":1}')),
            (stored, ("size", stored)),
        ):
            before = self.content(path)
            done = self.onto(path, *arguments)
            self.assertEqual(done.returncode, USAGE, done.stderr)
            self.assertIn(b"standard output goes there too", done.stderr)
            self.assertEqual(self.content(path), before)

    def test_in_place_nothing_goes_to_standard_output(self):
        users = self.file("users", USERS)
        done = self.onto(self.file("other", ""), "apply", *APP, *FIELD, "--patch", '{"x":1}', "--in-place", "--batch", users)
        self.assertEqual((done.returncode, self.content("other"), self.content("users").count(b'"x":1')), (APPLIED, b"", 2))

    def test_an_input_that_a_shell_has_emptied_says_so(self):
        users = self.file("users", "")
        done = self.onto(users, "apply", *APP, *FIELD, "--patch", '{"x":1}', "--batch", users, mode="wb")
        self.assertEqual(done.returncode, USAGE)
        self.assertIn(b"a shell empties such a file", done.stderr)

    def test_empty_inputs_are_told(self):
        for given in (("apply", *APP, *FIELD, "--patch", '{"x":1}'), ("users", "patch", "--scopes", "update:users", "--patch", '{"name":"x"}')):
            answer = self.run_tool(*given, "--batch", self.file("empty", ""))
            self.assert_answer(answer, INPUT_OUTPUT, "")
            self.assertIn("is empty", answer.err)


if __name__ == "__main__":
    main()
