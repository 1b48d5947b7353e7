# SPDX-License-Identifier: BSL-1.0
"""What --batch reads: lines, arrays, pages, sequences, plain and compressed, and what is none of it."""

import gzip
import json
import random
import shutil
import subprocess

from harness import APPLIED, INPUT_OUTPUT, REFUSED, USAGE, ToolTest, main

APP = ("--profile", "auth0.app_metadata", "--field", "app_metadata")
PATCH = ("--patch", '{"plan":"team"}')


def user(number, **members):
    return {"user_id": "auth0|%d" % number, "app_metadata": {"n": number}, **members}


def patched(each):
    return {**each, "app_metadata": {**each["app_metadata"], "plan": "team"}}


class Documents(ToolTest):
    def batch(self, documents, *arguments):
        return self.run_tool("apply", *APP, *PATCH, "--batch", "-", *arguments, stdin=documents)


class Forms(Documents):
    def test_the_elements_of_an_array_are_documents_and_the_bytes_between_them_stay(self):
        for array, after in (
            ('[{"app_metadata":{}}]', '[{"app_metadata":{"plan":"team"}}]'),
            (' [ \n{"app_metadata":{}} ,\r\n\t{"app_metadata":{"a":1}}\n]\n\n',
             ' [ \n{"app_metadata":{"plan":"team"}} ,\r\n\t{"app_metadata":{"a":1,"plan":"team"}}\n]\n\n'),
            ('[{"app_metadata":{"s":"]},{"}},{"app_metadata":{"s":"\\"]"}}]',
             '[{"app_metadata":{"s":"]},{","plan":"team"}},{"app_metadata":{"s":"\\"]","plan":"team"}}]'),
        ):
            self.assert_answer(self.batch(array), APPLIED, after)

    def test_pretty_print_stays_as_it_is(self):
        users = [user(n, name="User %d" % n, list=[{"a": [1, 2]}, "é"]) for n in range(3)]
        for indent in (1, 2, 4, "\t"):
            text = json.dumps(users, indent=indent, ensure_ascii=False)
            answer = self.batch(text)
            self.assertEqual(json.loads(answer.out), [patched(each) for each in users])
            gap = "\n" + (indent if isinstance(indent, str) else " " * indent)
            self.assertEqual(answer.out.count(gap + "},"), text.count(gap + "},"))

    def test_the_users_of_a_page_are_documents_and_all_else_stays(self):
        for before, after in (
            ('{"start":0,"limit":50,"length":2,"users":[', '],"total":2}\n'),
            ('{"users":[', ']}'),
            ('{\n  "start": 0,\n  "total": 2,\n  "users": [\n    ', '\n  ],\n  "x": {"users":[1,"]}"]}\n}\n'),
        ):
            page = before + '{"app_metadata":{"users":[{}]}}, {"app_metadata":{}}' + after
            result = before + '{"app_metadata":{"users":[{}],"plan":"team"}}, {"app_metadata":{"plan":"team"}}' + after
            self.assert_answer(self.batch(page), APPLIED, result)
            self.assert_answer(self.batch(page + page), APPLIED, result + result)

    def test_pages_of_other_resources_are_pages_too(self):
        given = ("--profile", "auth0.client_metadata", "--field", "client_metadata", "--patch", '{"a":"b"}')
        page = '{"total":1,"start":0,"limit":50,"clients":[{"client_id":"x","client_metadata":{}}]}'
        answer = self.run_tool("apply", *given, "--batch", "-", stdin=page)
        self.assert_answer(answer, APPLIED, page.replace('a":{}', 'a":{"a":"b"}'))

    def test_a_field_that_has_a_list_of_users_is_no_page(self):
        for line in ('{"users":["a","b"]}', '{"users":[]}', '{"a":{},"users":[{}]}', '{"users":{"start":1}}'):
            answer = self.run_tool("apply", "--profile", "first_level", "--batch", "-", "--patch", '{"n":1}', stdin=line + "\n")
            self.assert_answer(answer, APPLIED, line[:-1] + ',"n":1}\n')

    def test_values_in_pretty_print_may_follow_each_other(self):
        users = [user(n) for n in range(3)]
        text = "\n".join(json.dumps(each, indent=2) for each in users) + "\n"
        answer = self.batch(text)
        self.assertEqual(answer.status, APPLIED, answer.err)
        self.assertEqual(answer.out.replace(',"plan":"team"', ""), text)

    def test_a_form_may_be_asked_for(self):
        given = ("--profile", "first_level", "--patch", '{"n":1}', "--batch", "-", "--read-as")
        page = '{"start":0,"users":[{"a":1}]}'
        self.assert_answer(self.run_tool("apply", *given, "page", stdin=page), APPLIED, '{"start":0,"users":[{"a":1,"n":1}]}')
        answer = self.run_tool("apply", *given, "lines", stdin=page + "\n")
        self.assert_answer(answer, APPLIED, '{"start":0,"users":[{"a":1}],"n":1}\n')
        self.assert_answer(self.run_tool("apply", *given, "sequence", stdin='{"a":1}{"a":2}'), APPLIED, '{"a":1,"n":1}{"a":2,"n":1}')
        self.assert_answer(self.run_tool("apply", *given, "array", stdin='{"a":1}\n'), INPUT_OUTPUT, '{"a":1}\n')
        self.assertEqual(self.run_tool("apply", *given, "table", stdin=page).status, USAGE)

    def test_blank_lines_pass_and_count_as_nothing(self):
        lines = '\n{"app_metadata":{}}\r\n \t\r\n\n{"app_metadata":{}}\n\n'
        answer = self.batch(lines)
        self.assert_answer(answer, APPLIED, lines.replace("{}", '{"plan":"team"}'))
        self.assertIn("2 lines: 2 applied, 0 refused", answer.err)

    def test_a_byte_order_mark_is_left_out_and_told_once(self):
        for text in ('{"app_metadata":{}}\n{"app_metadata":{}}\n', '[{"app_metadata":{}}]', '{"users":[{"app_metadata":{}}]}'):
            answer = self.batch("\ufeff" + text)
            self.assert_answer(answer, APPLIED, text.replace("{}", '{"plan":"team"}'))
            self.assertEqual(answer.err.count("byte order mark"), 1)

    def test_patches_may_be_any_form_too(self):
        documents = '[{"app_metadata":{}},{"app_metadata":{}},{"app_metadata":{}}]'
        for patches in ('{"a":1}\n\n{"c":3}\n', '[{"a":1},null,{"c":3}]', '\ufeff{"a":1}\r\nnull\r\n{"c":3}'):
            answer = self.run_tool("apply", *APP, "--batch", "-", "--patches", self.file("patches", patches), stdin=documents)
            self.assert_answer(answer, APPLIED, '[{"app_metadata":{"a":1}},{"app_metadata":{}},{"app_metadata":{"c":3}}]')
            self.assertIn("2 applied, 0 refused, 1 left alone", answer.err)

    def test_an_element_that_is_refused_passes_and_is_told_by_its_place(self):
        documents = '[\n  {"user_id":"a","app_metadata":7},\n  {"app_metadata":{}}, {"user_id":"é","app_metadata":{"x":}}, 8\n]'
        answer = self.batch(documents, "--rejects", "rejects")
        self.assert_answer(answer, REFUSED, documents.replace("{}", '{"plan":"team"}'))
        told = self.rejects()
        self.assertEqual(
            [(each["line"], each["column"], each["element"], each.get("user_id")) for each in told],
            [(2, 3, 1, "a"), (3, 24, 3, None), (3, 63, 4, None)],
        )
        violation = told[1]["violations"][0]
        self.assertEqual((violation["line"], violation["column"], violation["offset"]), (3, 59, 36))
        self.assertIn("element 3 (line 3, column 24): in what is stored: malformed JSON at line 3, column 59", self.batch(documents).err)

    def test_rejects_carry_the_user_id_where_there_is_one(self):
        lines = '{"user_id":"auth0|1","app_metadata":[]}\n{"user_id":7,"app_metadata":[]}\n{"app_metadata":[]}\n'
        self.assertEqual(self.batch(lines, "--rejects", "rejects").status, REFUSED)
        self.assertEqual([each.get("user_id") for each in self.rejects()], ["auth0|1", None, None])


class Broken(Documents):
    def test_an_array_that_is_malformed_stops_there_and_loses_nothing(self):
        good, done = '{"app_metadata":{}}', '{"app_metadata":{"plan":"team"}}'
        for text, count, place, why in (
            ("[%s,]", 1, "line 1, column 22", "comma stands before"),
            ("[%s,\n%s", 2, "line 2, column 20", "cut short"),
            ("[%s\n %s]", 1, "line 2, column 2", "comma is missing"),
            ("[%s] %s", 1, "line 1, column 23", "complete before"),
            ("[%s,\n{\"app_metadata\":{\"a\":\"x\ny\"}},%s]", 1, "line 2, column 24", "line break"),
            ("[%s, // c\n%s]", 1, "line 1, column 23", "no comments"),
            ("[%s}, %s]", 1, "line 1, column 21", "no JSON"),
            ("[%s,,%s]", 1, "line 1, column 22", "is missing"),
            ('{"users":[%s,%s],"total":', 2, "line 1, column 60", "cut short"),
            ('{"users":[%s,%s]}x', 2, "line 1, column 52", "complete before"),
        ):
            documents = text.replace("%s", good)
            answer = self.batch(documents)
            self.assert_answer(answer, INPUT_OUTPUT, text.replace("%s", done, count).replace("%s", good))
            self.assertIn(place + ": ", answer.err)
            self.assertIn(why, answer.err)

    def test_a_file_that_is_cut_short_keeps_its_end(self):
        text = json.dumps([user(n, note="x" * 500) for n in range(40)], indent=1)
        random.seed(3)
        for cut in random.sample(range(1, len(text)), 60):
            answer = self.batch(text[:cut], "--allow-new-field")
            self.assertEqual(answer.status, INPUT_OUTPUT)
            self.assertEqual(answer.out.replace(',"plan":"team"', ""), text[:cut])

    def test_utf16_is_told_and_nothing_is_written(self):
        for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
            answer = self.batch('{"app_metadata":{}}\n'.encode(encoding))
            self.assert_answer(answer, INPUT_OUTPUT, "")
            self.assertIn("iconv", answer.err)


class Compressed(Documents):
    LINES = "".join(json.dumps(user(n)) + "\n" for n in range(5000)) # more than a block of zstd

    def compressed(self):
        yield "gzip", gzip.compress(self.LINES.encode())
        half = len(self.LINES) // 2
        yield "gzip", gzip.compress(self.LINES[:half].encode()) + gzip.compress(self.LINES[half:].encode())
        if shutil.which("zstd"):
            packed = [subprocess.run(["zstd", "-qc"], input=part.encode(), capture_output=True, check=True).stdout
                      for part in (self.LINES, self.LINES[:half], self.LINES[half:])]
            yield "zstd", packed[0]
            yield "zstd", packed[1] + packed[2]
            yield "zstd", b"\x50\x2a\x4d\x18\x04\0\0\0skip" + packed[0]

    def test_gzip_and_zstd_are_told_by_their_first_bytes_and_written_plain(self):
        plain = self.batch(self.LINES)
        for _, packed in self.compressed():
            self.assert_answer(self.batch(packed), APPLIED, plain.out)
            answer = self.run_tool("apply", *APP, "--batch", self.file("named.txt", packed), *PATCH)
            self.assert_answer(answer, APPLIED, plain.out)

    def test_other_arguments_may_be_compressed_too(self):
        patch = self.file("patch", gzip.compress(b'{"a":1}'))
        self.assert_answer(self.run_tool("apply", "--profile", "first_level", "{}", patch), APPLIED, '{"a":1}\n')
        patches = self.file("patches", gzip.compress(b'{"a":1}\n'))
        answer = self.run_tool("apply", *APP, "--batch", "-", "--patches", patches, stdin='{"app_metadata":{}}')
        self.assert_answer(answer, APPLIED, '{"app_metadata":{"a":1}}')

    def test_what_is_damaged_or_cut_short_is_told_and_what_comes_before_that_is_done(self):
        for name, packed in self.compressed():
            answer = self.batch(packed[:-9])
            self.assertEqual(answer.status, INPUT_OUTPUT)
            self.assertIn("the %s data is cut short" % name, answer.err)
            self.assertIn('"plan":"team"', answer.out)
            answer = self.batch(packed + b"and what is none of it")
            self.assertEqual(answer.status, INPUT_OUTPUT)
            self.assertIn("the %s data is damaged" % name, answer.err)
        answer = self.run_tool("apply", "--profile", "first_level", self.file("bad", b"\x1f\x8b\x08\0no"), '{"a":1}')
        self.assert_answer(answer, INPUT_OUTPUT, "")

    def test_an_empty_archive_is_empty(self):
        answer = self.batch(gzip.compress(b""))
        self.assert_answer(answer, INPUT_OUTPUT, "")
        self.assertIn("is empty", answer.err)


class Memory(ToolTest):
    def test_memory_does_not_grow_with_the_elements(self):
        line = json.dumps(user(1, note="v" * 400))

        def peak(count, packed):
            path = self.file("users.json", b"")
            with (gzip.open if packed else open)(path, "wt", encoding="utf-8") as out:
                out.write("[")
                for number in range(count):
                    out.write(",\n" * (number > 0) + line)
                out.write("]\n")
            return self.peak_memory(APPLIED, "apply", *APP, "--batch", path, *PATCH)

        for packed in (False, True):
            small, large = peak(3_000, packed), peak(100_000, packed)
            self.assertLess(large, small + 2_048, "KiB")

    def test_what_stands_between_elements_takes_no_memory(self):
        path = self.file("users.json", "[")
        with open(path, "a", encoding="utf-8") as out:
            for piece in ['{"app_metadata":{}}'] + [" " * 1000] * 30_000 + [","] + ["\n" * 1000] * 30_000 + ['{"app_metadata":{}}]']:
                out.write(piece)
        small = self.file("small.json", '[{"app_metadata":{}}]')
        few, many = (self.peak_memory(APPLIED, "apply", *APP, "--batch", each, *PATCH) for each in (small, path))
        self.assertLess(many - few, 16_000, "KiB")  # of 60,000


if __name__ == "__main__":
    main()
