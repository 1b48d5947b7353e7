# SPDX-License-Identifier: BSL-1.0
"""The laws of apply --batch."""

import json
import os
import signal
import subprocess

import harness
from harness import APPLIED, INPUT_OUTPUT, REFUSED, USAGE, ToolTest, main

APP = ("--profile", "auth0.app_metadata")


class Batch(ToolTest):
    def batch(self, documents, *arguments, **options):
        return self.run_tool("apply", *APP, "--batch", "-", *arguments, stdin=documents, **options)

    def test_line_n_answers_line_n_and_a_refused_line_is_unchanged(self):
        lines = ['{"a":1}', ' {"b" : 1.10', "", "[]", "null", '{"c":"\\u0041"}', "  ", "\ufeff{}", '{"d":3}']
        answer = self.batch("\n".join(lines) + "\n", "--patch", '{"n":1}', "--rejects", "rejects")
        self.assertEqual(answer.status, REFUSED)
        self.assertEqual(
            answer.out.split("\n"),
            ['{"a":1,"n":1}', *lines[1:4], '{"n":1}', '{"c":"\\u0041","n":1}', *lines[6:8], '{"d":3,"n":1}', ""],
        )
        with open(os.path.join(self.folder.name, "rejects"), encoding="utf-8") as rejects:
            refused = [json.loads(line) for line in rejects]
        self.assertEqual([each["line"] for each in refused], [2, 4, 8])
        self.assertEqual(refused[1], {"line": 4, "in": "stored", "violations": [{"code": "expected_object", "pointer": ""}]})
        self.assertEqual(
            refused[0]["violations"],
            [{"code": "malformed_json", "pointer": "", "offset": 12, "line": 2, "column": 13, "cause": "cut_short"}],
        )

    def test_rejects_never_overwrite_what_is_read(self):
        documents = self.file("documents", '{"a":1}\n')
        patch = self.file("patch.json", '{"b":1}')
        policy = self.file("policy.json", "{}")
        os.symlink(documents, os.path.join(self.folder.name, "link"))
        for arguments in (
            ("--profile", "first_level", "--batch", documents, "--patch", patch, "--rejects", documents),
            ("--profile", "first_level", "--batch", documents, "--patch", patch, "--rejects", "link"),
            ("--profile", "first_level", "--batch", documents, "--patch", patch, "--rejects", patch),
            ("--profile", "first_level", "--batch", documents, "--patches", patch, "--rejects", "./patch.json"),
            ("--policy", policy, "--batch", documents, "--patch", patch, "--rejects", policy),
        ):
            self.assert_answer(self.run_tool("apply", *arguments), USAGE, "")
        with open(documents, encoding="utf-8") as stdin:
            command = [harness.TOOL, "apply", *APP, "--batch", "-", "--patch", '{"a":2}', "--rejects", documents]
            self.assertEqual(subprocess.run(command, stdin=stdin, capture_output=True, check=False).returncode, USAGE)
        for name, content in ((documents, '{"a":1}\n'), (patch, '{"b":1}'), (policy, "{}")):
            with open(name, encoding="utf-8") as file:
                self.assertEqual(file.read(), content)

    def test_bytes_that_are_no_utf8_pass_unchanged(self):
        documents = b'{"a":"\xff"}\r\n\xfe\n\x00'
        answer = self.run_tool("apply", *APP, "--batch", "-", "--patch", '{"n":1}', stdin=documents, env={})
        self.assertEqual((answer.status, answer.bytes), (REFUSED, documents))

    def test_each_line_keeps_its_end(self):
        answer = self.batch('{}\r\n{}\nx\r\n{"a":1}', "--patch", '{"n":1}')
        self.assertEqual(answer.bytes, b'{"n":1}\r\n{"n":1}\nx\r\n{"a":1,"n":1}')

    def test_line_breaks_of_a_patch_do_not_break_lines(self):
        answer = self.batch('{"a":1}\n{}\n', "--patch", '{\n  "n": [\r\n 1 ],\n  "m": {\n}}\n')
        self.assert_answer(answer, APPLIED, '{"a":1,"n": [   1 ],"m": { }}\n{"n": [   1 ],"m": { }}\n')

    def test_an_empty_input_is_told_and_is_an_input_error(self):
        for nothing in ("", "\n", " \n\r\n", "[]", " [ ]\n"):
            answer = self.batch(nothing, "--patch", '{"n":1}')
            self.assert_answer(answer, INPUT_OUTPUT, nothing)
            self.assertIn("standard input is empty", answer.err)

    def test_an_absent_field_is_null_where_lines_are_fields(self):
        self.assert_answer(self.batch('{"a":1}\nnull\n', "--patch", "{}", "--allow-clear"), APPLIED, "null\nnull\n")

    def test_an_absent_field_is_a_missing_member_where_lines_are_profiles(self):
        documents = '{"app_metadata":{"a":1},"x":1}\n{"x":1}\n'
        answer = self.batch(documents, "--field", "app_metadata", "--patch", "{}", "--allow-clear")
        self.assert_answer(answer, APPLIED, '{"x":1}\n{"x":1}\n')

    def test_a_patch_for_each_line(self):
        patches = self.file("patches", '{"n":1}\n{"email":1}\n\n{"n":4}')
        answer = self.batch("{}\n{}\n{}\n{}\n", "--patches", patches)
        self.assert_answer(answer, REFUSED, '{"n":1}\n{}\n{}\n{"n":4}\n')
        self.assertIn("line 2: /email: the key is reserved", answer.err)
        self.assertIn("4 lines: 2 applied, 1 refused, 1 left alone", answer.err)

    def test_too_few_patches_lose_nothing_and_are_an_input_error(self):
        answer = self.batch('{}\n{"a":1}\n{"b":', "--patches", self.file("patches", '{"n":1}\n'))
        self.assert_answer(answer, INPUT_OUTPUT, '{"n":1}\n{"a":1}\n{"b":')
        self.assertIn("patches end after line 1; lines 2 to 3", answer.err)

    def test_too_many_patches_lose_nothing_and_are_an_input_error(self):
        answer = self.batch("{}\n", "--patches", self.file("patches", '{"n":1}\n{}\n\n{}\n\n'))
        self.assert_answer(answer, INPUT_OUTPUT, '{"n":1}\n')
        self.assertIn("documents end after line 1; 2 patches were left over", answer.err)

    def test_the_first_refusals_are_told_and_the_others_counted(self):
        answer = self.batch("x\n" * 12, "--patch", '{"n":1}')
        self.assertIn("line 5: in what is stored: malformed JSON", answer.err)
        self.assertNotIn("line 6:", answer.err)
        self.assertIn("and 7 more", answer.err)

    def test_a_summary_ends_it_unless_it_is_to_be_quiet(self):
        self.assertRegex(
            self.batch("{}\nx\n", "--patch", '{"n":1}').err, r"2 lines: 1 applied, 1 refused; [\d.]+ s, [\d,]+ lines/s, [\d.]+ MB/s"
        )
        self.assertEqual(self.batch("{}\n", "--patch", '{"n":1}', "--quiet").err, "")

    def test_a_batch_answers_as_single_calls_do(self):
        documents = ['{"a":{"x":[1,2]}}', "null", "{}", '{"user_id":1}', '{"a":1,"a":2}', "7"]
        patches = ['{"a":null}', '{"b":{"c":1}}', "{}", '{"z":1}', '{"a":{"$":1}}', "{}"]
        together = self.batch(
            "\n".join(documents) + "\n", "--patches", self.file("patches", "\n".join(patches)), "--allow-clear"
        ).out.splitlines()
        for document, patch, answer in zip(documents, patches, together):
            alone = self.run_tool("apply", *APP, "-", patch, stdin=document)
            self.assertEqual(answer, alone.out.strip() if alone.status == APPLIED else document)

    def test_lines_longer_than_any_buffer_pass(self):
        text = "v" * 5_000_000
        answer = self.batch('{"a":"%s"}\n{}\n' % text, "--patch", '{"b":1}')
        self.assert_answer(answer, APPLIED, '{"a":"%s","b":1}\n{"b":1}\n' % text)

    def test_progress_is_drawn_when_asked_and_taken_away(self):
        documents = self.lines("documents", '{"a":"%s"}\n' % ("v" * 400), 300_000)
        answer = self.run_tool("apply", *APP, "--batch", documents, "--patch", '{"b":1}', "--progress", "always")
        self.assertRegex(answer.err, r"\[#*\.*\] \d+%  [\d,]+ lines, [\d,]+/s")
        self.assertIn("\r\x1b[Kmetapatch: 300,000 lines", answer.err)

    def test_memory_does_not_grow_with_the_lines(self):
        def peak(lines):
            documents = self.lines("documents", '{"a":"%s"}\n' % ("v" * 1000), lines)
            patches = self.lines("patches", '{"b":{"$":1}}\n', lines)
            given = ("apply", *APP, "--batch", documents, "--patches", patches, "--rejects", "/dev/null")
            return self.peak_memory(REFUSED, *given)

        small, large = peak(3_000), peak(60_000)
        self.assertLess(large, small + 2_048, "KiB")


class Failures(ToolTest):
    def test_a_full_disk_is_an_output_error(self):
        documents = self.file("documents", '{"a":1}\n' * 10)
        for arguments in (("--batch", documents, "--patch", '{"n":1}'), ('{"a":1}', '{"b":1}')):
            with open("/dev/full", "wb") as full:
                answer = self.run_tool("apply", *APP, *arguments, stdout=full)
            self.assertEqual(answer.status, INPUT_OUTPUT)
            self.assertIn("cannot write standard output: No space left on device", answer.err)

    def test_a_full_disk_under_the_rejects_is_an_output_error(self):
        answer = self.run_tool("apply", *APP, "--batch", "-", "--patch", '{"n":1}', "--rejects", "/dev/full", stdin="x\n")
        self.assertEqual(answer.status, INPUT_OUTPUT)
        self.assertIn("cannot write /dev/full", answer.err)

    def test_every_command_notices_a_full_disk(self):
        for arguments in (("--help",), ("--version",), ("policies",), ("completion", "bash"), ("size", "{}")):
            with open("/dev/full", "wb") as full:
                self.assertEqual(self.run_tool(*arguments, stdout=full).status, INPUT_OUTPUT, arguments)

    def test_a_reader_who_has_enough_ends_it_quietly(self):
        documents = self.lines("documents", '{"a":"%s"}\n' % ("v" * 1000), 10_000)
        reading, writing = os.pipe()
        os.close(reading)
        answer = self.run_tool("apply", *APP, "--batch", documents, "--patch", "{\"b\":1}", stdout=writing)
        os.close(writing)
        self.assertEqual((answer.status, answer.err), (-signal.SIGPIPE, ""))
        shell = '"$0" policies --json | head -c 1 > /dev/null; echo ${PIPESTATUS[0]}; "$0" "$@" | head -n 1 > /dev/null; echo ${PIPESTATUS[0]}'
        command = ["bash", "-c", shell, harness.TOOL, "apply", *APP, "--batch", documents, "--patch", '{"b":1}']
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        self.assertEqual((done.stdout.split()[1], done.stderr), ("141", ""))

    def test_closed_standard_streams_are_errors_and_hit_no_other_file(self):
        documents = self.file("documents", "x\n")
        command = '"$0" apply --profile first_level --batch "$1" --patch "{\\"n\\":1}" --rejects "$2" >&-'
        rejects = os.path.join(self.folder.name, "rejects")
        done = subprocess.run(["sh", "-c", command, harness.TOOL, documents, rejects], capture_output=True)
        self.assertEqual(done.returncode, INPUT_OUTPUT)
        with open(documents, encoding="utf-8") as unchanged:
            self.assertEqual(unchanged.read(), "x\n")
        done = subprocess.run(["sh", "-c", '"$0" size - <&-', harness.TOOL], capture_output=True)
        self.assertEqual(done.returncode, INPUT_OUTPUT)

    def test_what_cannot_be_opened_is_an_input_error(self):
        for arguments in (
            ("--batch", "none", "--patch", '{"n":1}'),
            ("--batch", "-", "--patch", "none"),
            ("--batch", "-", "--patches", "none"),
            ("--batch", "-", "--patch", '{"n":1}', "--rejects", "no/where"),
        ):
            self.assert_answer(self.run_tool("apply", *APP, *arguments), INPUT_OUTPUT, "")


if __name__ == "__main__":
    main()
