# SPDX-License-Identifier: BSL-1.0
"""What is said where something is no JSON, or is misspelt."""

import gzip
import json
import os
import pty
import select
import subprocess

import harness
from harness import APPLIED, INPUT_OUTPUT, REFUSED, USAGE, ToolTest, main

USER = ("--profile", "auth0.user_metadata")


class Places(ToolTest):
    def test_line_column_byte_and_cause_are_told(self):
        for text, place, cause in (
            ('{"a":1,\n "b":2,\n}', "line 3, column 1 (byte 16)", "comma stands before"),
            ('{"é":1,\r\n "ü":\'x\'}', "line 2, column 6 (byte 16)", "double quotes"),
            ("", "line 1, column 1 (byte 0)", "empty"),
            (" \n ", "line 2, column 2 (byte 3)", "empty"),
            ("\ufeff{}", "line 1, column 1 (byte 0)", "byte order mark"),
            ("{}".encode("utf-16"), "line 1, column 1 (byte 0)", "UTF-16"),
            ('{"a":"caf\u00e9"}'.encode("latin-1"), "line 1, column 11 (byte 10)", "Latin-1"),
            ("// c\n{}", "line 1, column 1 (byte 0)", "no comments"),
            ('{"a":1', "line 1, column 7 (byte 6)", "cut short"),
            ('{"a":1}\n{"a":2}\n', "line 2, column 1 (byte 8)", "complete before"),
            ('{"a":True}', "line 1, column 6 (byte 5)", "no such word"),
        ):
            path = self.file("text", text)
            for arguments in ((path, "{}"), ("{}", path)):
                answer = self.run_tool("apply", *USER, *arguments)
                self.assert_answer(answer, REFUSED, "")
                self.assertIn("malformed JSON at %s: " % place, answer.err)
                self.assertIn(cause, answer.err)

    def test_as_json_they_are_data(self):
        answer = self.run_tool("apply", *USER, "--output", "json", '{"a":1,\n}', "{}")
        self.assertEqual(
            json.loads(answer.out)["violations"],
            [{"code": "malformed_json", "pointer": "", "offset": 8, "line": 2, "column": 1, "cause": "trailing_comma"}],
        )
        answer = self.run_tool("apply", "--policy", '{"read":{"max_nesting":1}}', "--output", "json", '{"a":\n {}}', "{}")
        self.assertEqual(
            json.loads(answer.out)["violations"],
            [{"code": "too_deep", "pointer": "", "limit": 1, "offset": 7, "line": 2, "column": 2}],
        )

    def test_places_count_from_the_start_of_the_whole_profile(self):
        answer = self.run_tool("size", "--field", "f", '{\n "f":\n {"a" 1}}')
        self.assertIn('"line":3,"column":7', answer.out)
        answer = self.run_tool("losses", *USER, "--output", "json", "--field", "f", '{\n "f":\n {"a" 1}}', "{}")
        self.assertIn('"line":3,"column":7,"cause":"missing_colon"', answer.out)

    def test_an_array_where_lines_are_wanted_is_told(self):
        answer = self.run_tool("apply", *USER, "--batch", "-", "--patch", '{"a":1}', "--read-as", "lines", stdin='[\n{"b":1},\n{"b":2}\n]\n')
        self.assertEqual(answer.status, REFUSED)
        self.assertIn("line 1: in what is stored: malformed JSON at line 1, column 2 (byte 1): the text ends inside of an array", answer.err)

    def test_whole_requests_tell_it_too_without_what_stands_there(self):
        secret = "correct horse"
        body = '{"password":"%s",\n"connection":"db",}' % secret
        for given in (("users", "patch", "{}", body, "--scopes", "update:users"), ("signup", body)):
            answer = self.run_tool(*given)
            self.assertEqual(answer.status, REFUSED)
            self.assertIn("malformed JSON at line 2, column 19 (byte %d): a comma stands" % body.index("}"), answer.err)
            self.assertNotIn(secret, answer.out + answer.err)
        answer = self.run_tool("users", "patch", '{"user_id":"a",', '{"name":"x"}', "--scopes", "update:users")
        self.assertIn("the text is cut short", answer.err)

    def test_a_policy_file_that_is_no_json_tells_it_too(self):
        answer = self.run_tool("policies", "--policy", '{"name":"x",\n}')
        self.assert_answer(answer, USAGE, "")
        self.assertIn("malformed JSON at line 2, column 1 (byte 13): a comma stands", answer.err)

    def test_compressed_arguments_are_read_and_what_is_compressed_twice_is_told(self):
        packed = gzip.compress(b'{"a":1}')
        self.assert_answer(self.run_tool("size", self.file("once", packed)), APPLIED, "7\n")
        answer = self.run_tool("apply", *USER, self.file("twice", gzip.compress(packed)), "{}")
        self.assertEqual(answer.status, REFUSED)
        self.assertIn("compressed with gzip", answer.err)


class Carets(ToolTest):
    def shown(self, *arguments):
        try:
            primary, secondary = pty.openpty()
        except OSError as none:
            self.skipTest(f"no terminal is to be had here: {none}")
        with subprocess.Popen([harness.TOOL, *arguments], stdin=subprocess.DEVNULL, stdout=secondary, stderr=secondary,
                              env={**os.environ, "TERM": "dumb"}) as running:
            os.close(secondary)
            text = b""
            while select.select([primary], [], [], 60)[0]:
                try:
                    piece = os.read(primary, 65536)
                except OSError:
                    break
                if not piece:
                    break
                text += piece
            os.close(primary)
            running.wait(60)
        return text.decode().replace("\r\n", "\n")

    def test_a_terminal_shows_a_piece_of_the_line_with_a_caret(self):
        shown = self.shown("apply", *USER, '{\n "é": 1 ,}', "{}")
        self.assertIn('\n     "é": 1 ,}\n' + " " * 13 + "^\n", shown)
        lines = self.shown("apply", *USER, '{"a":"%s",}' % ("v" * 500), "{}").splitlines()
        self.assertEqual(lines[-2], "    …" + "v" * 38 + '",}')
        self.assertEqual(lines[-1].index("^"), lines[-2].rindex("}"))

    def test_no_secret_and_no_command_of_a_terminal_is_shown(self):
        shown = self.shown("lock", "[]", "{}", '{"password":"correct horse",}')
        self.assertIn("a comma stands", shown)
        self.assertNotIn("correct", shown)
        self.assertNotIn("\x1b", self.shown("apply", *USER, '{"\x1b[2J":,}', "{}"))

    def test_elsewhere_there_is_none(self):
        self.assertNotIn("^", self.run_tool("apply", *USER, '{"a":1,}', "{}", "--output", "text").out)


class Misspelt(ToolTest):
    def test_the_nearest_command_is_named_first(self):
        for written, meant in (("aply", "apply"), ("validat", "validate"), ("invers", "inverse"), ("comopse", "compose"), ("dif", "diff")):
            answer = self.run_tool(written, "x")
            self.assert_answer(answer, USAGE, "")
            self.assertIn("there is no command %s; is it %s?\nThere is %s, " % (written, meant, meant), answer.err)
        answer = self.run_tool("users", "pach")
        self.assertIn("there is no command users pach; is it patch?", answer.err)
        self.assertNotIn("is it", self.run_tool("xxxxxxxxxx").err)

    def test_help_is_a_word_too(self):
        for words in ((), ("apply",), ("users", "patch")):
            answer = self.run_tool("help", *words)
            self.assert_answer(answer, APPLIED, self.run_tool(*words, "--help").out)
        self.assert_answer(self.run_tool("help", "aply"), USAGE, "")

    def test_the_nearest_option_is_named(self):
        for given, words in (
            (("apply", "--profil", "x", "{}", "{}"), "there is no option --profil of apply; is it --profile?"),
            (("apply", *USER, "--ouput=json", "{}", "{}"), "there is no option --ouput of apply; is it --output?"),
            (("users", "patch", "--scope", "x"), "there is no option --scope of users patch; is it --scopes?"),
            (("apply", "--xxxxxxxxxx"), "there is no option --xxxxxxxxxx of apply\n"),
        ):
            answer = self.run_tool(*given)
            self.assert_answer(answer, USAGE, "")
            self.assertIn(words, answer.err)

    def test_the_nearest_profile_comes_first(self):
        for written, meant in (("auth0.user_metdata", "auth0.user_metadata"), ("app_metadata", "auth0.app_metadata"), ("rfc7386", "rfc7396"),
                               ("auth0.organisation_metadata", "auth0.organization_metadata"), ("auth0.client", "auth0.client_metadata")):
            for given in (("apply", "--profile", written, "{}", "{}"), ("policies", written)):
                answer = self.run_tool(*given)
                self.assert_answer(answer, USAGE, "")
                self.assertIn("there is no %s; is it %s? There is %s, " % (written, meant, meant), answer.err)

    def test_other_words_are_named_too(self):
        self.assertIn("is it text?", self.run_tool("apply", *USER, "--output", "txt", "{}", "{}").err)
        self.assertIn("is it always?", self.run_tool("apply", *USER, "--color", "alway", "{}", "{}").err)

    def test_a_profile_given_as_a_policy_file_is_told(self):
        answer = self.run_tool("apply", "--policy", "first_level", "{}", "{}")
        self.assert_answer(answer, USAGE, "")
        self.assertIn("--profile first_level", answer.err)
        self.file("first_level", '{"merge":{"depth":0}}')  # a file of that name is one
        self.assert_answer(self.run_tool("apply", "--policy", "first_level", '{"a":1}', '{"b":1}'), APPLIED, '{"b":1}\n')
        self.assert_answer(self.run_tool("apply", "--policy", "none", "{}", "{}"), INPUT_OUTPUT, "")


if __name__ == "__main__":
    main()
