# SPDX-License-Identifier: BSL-1.0
"""Which documents a batch changes, where it writes, and what it tells instead."""

import gzip
import json
import os
import signal
import stat
import subprocess
import time

import harness
from harness import APPLIED, INPUT_OUTPUT, REFUSED, USAGE, ToolTest, main

APP = ("--profile", "auth0.app_metadata", "--field", "app_metadata")
PATCH = ("--patch", '{"plan":"team"}')
USERS = (
    '{"user_id":"a","email_verified":true,"app_metadata":{"plan":"free","n":1.0}}\n'
    '{"user_id":"b","email_verified":false,"app_metadata":{"plan":"team"}}\n'
    '{"user_id":"c","email_verified":true}\n'
)


class Selection(ToolTest):
    def selected(self, *conditions, users=USERS):
        where = [word for each in conditions for word in ("--where", each)]
        answer = self.run_tool("apply", *APP, "--patch", '{"seen":1}', "--batch", "-", *where, stdin=users)
        self.assertEqual(answer.status, APPLIED, answer.err)
        return "".join(json.loads(line)["user_id"] for line in answer.out.splitlines() if "seen" in line)

    def test_documents_are_chosen_by_the_value_at_a_place(self):
        for condition, users in (
            ("/email_verified=true", "ac"),
            ('/app_metadata/plan="free"', "a"),
            ('/app_metadata/plan="\\u0066ree"', "a"),
            ("/app_metadata/n=1", "a"),
            ("/app_metadata/n=1e0", "a"),
            ('/app_metadata={"n":1,"plan":"free"}', "a"),
            ("/app_metadata/none=null", ""),
            ('/user_id/x="a"', ""),
        ):
            self.assertEqual(self.selected(condition), users, condition)

    def test_several_conditions_all_hold(self):
        self.assertEqual(self.selected("/email_verified=true", '/user_id="c"'), "c")
        self.assertEqual(self.selected("/email_verified=true", '/user_id="b"'), "")

    def test_pointers_have_escapes_and_indexes_and_the_last_of_two_keys_counts(self):
        users = '{"user_id":"a","x/y":{"~":[1,{"z":null}]},"k":1,"k":2,"app_metadata":{}}\n'
        for condition in ("/x~1y/~0/0=1", "/x~1y/~0/1/z=null", "/k=2", '/x~1y/~0=[1.0,{"z":null}]'):
            self.assertEqual(self.selected(condition, users=users), "a", condition)
        for condition in ("/x~1y/~0/01=1", "/x~1y/~0/2=1", "/x~1y/~0/-=1", "/k=1", "/x/y=1"):
            self.assertEqual(self.selected(condition, users=users), "", condition)

    def test_what_is_no_condition_is_a_usage_error(self):
        for condition, words in (("plan", "POINTER=JSON"), ("plan=1", "POINTER=JSON"), ("/a=free", "quotes"), ("/a~2=1", "POINTER"),
                                 ("/a=", "no JSON")):
            answer = self.run_tool("apply", *APP, *PATCH, "--batch", "-", "--where", condition, stdin=USERS)
            self.assert_answer(answer, USAGE, "")
            self.assertIn(words, answer.err)

    def test_what_is_no_json_is_told_and_not_passed_over(self):
        answer = self.run_tool("apply", *APP, *PATCH, "--batch", "-", "--where", "/x=1", stdin=USERS + "{\n")
        self.assert_answer(answer, REFUSED, USERS + "{\n")
        self.assertIn("line 4: ", answer.err)

    def test_users_without_the_field_may_be_left_alone(self):
        answer = self.run_tool("apply", *APP, *PATCH, "--batch", "-", "--only-present", stdin=USERS)
        self.assert_answer(answer, APPLIED, USERS.replace("free", "team"))
        self.assertIn("3 lines: 2 applied, 0 refused, 1 left alone", answer.err)
        answer = self.run_tool("apply", *APP, *PATCH, "--batch", "-", "--only-present", stdin=USERS + "7\n")
        self.assert_answer(answer, REFUSED)
        answer = self.run_tool("apply", *APP[:2], *PATCH, "--batch", "-", "--only-present", stdin="null\n")
        self.assert_answer(answer, USAGE, "")

    def test_users_are_chosen_for_whole_requests_too(self):
        answer = self.run_tool("users", "patch", "--batch", "-", "--patch", '{"name":"x"}', "--scopes", "update:users",
                               "--where", '/user_id="b"', stdin=USERS)
        self.assertEqual([line.count('"name"') for line in answer.out.splitlines()], [0, 1, 0])


class InPlace(ToolTest):
    def files(self):
        return sorted(os.listdir(self.folder.name))

    def test_files_are_replaced_with_their_modes_and_nothing_else_is_left(self):
        lines, array = self.file("users.ndjson", USERS), self.file("users.json", "[" + USERS.strip().replace("\n", ",\n") + "]")
        os.chmod(lines, 0o640)
        os.chmod(array, 0o604)
        answer = self.run_tool("apply", *APP, *PATCH, "--in-place", "--batch", lines, array)
        self.assert_answer(answer, APPLIED, "")
        self.assertIn("6 documents: 6 applied", answer.err)
        for path, mode in ((lines, 0o640), (array, 0o604)):
            self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), mode)
            self.assertEqual(self.content(path).count(b'"plan":"team"'), 3)
        self.assertEqual(self.files(), ["users.json", "users.ndjson"])

    def test_a_symbolic_link_stays_one(self):
        self.file("users", USERS)
        os.symlink("users", os.path.join(self.folder.name, "link"))
        self.assert_answer(self.run_tool("apply", *APP, *PATCH, "--in-place", "--batch", "link"), APPLIED, "")
        self.assertTrue(os.path.islink(os.path.join(self.folder.name, "link")))
        self.assertEqual(self.content("users").count(b"team"), 3)

    def test_nothing_is_replaced_where_something_was_refused_unless_it_is_to_go_on(self):
        good, bad = self.file("good", USERS), self.file("bad", USERS + '{"app_metadata":7}\n')
        given = ("apply", *APP, *PATCH, "--in-place", "--batch", good, bad)
        answer = self.run_tool(*given)
        self.assert_answer(answer, REFUSED, "")
        self.assertIn(bad + ", line 4: ", answer.err)
        self.assertIn("no file was replaced", answer.err)
        self.assertEqual((self.content("good"), self.content("bad").count(b"team")), (USERS.encode(), 1))
        self.assertEqual(self.files(), ["bad", "good"])
        self.assert_answer(self.run_tool(*given, "--keep-going", "--rejects", "rejects"), REFUSED, "")
        self.assertEqual((self.content("good").count(b"team"), self.content("bad").count(b"team")), (3, 3))
        self.assertEqual([(each["file"], each["line"]) for each in self.rejects()], [(bad, 4)])

    def test_nothing_is_replaced_where_a_file_is_malformed_or_missing_or_not_what_it_seems(self):
        good = self.file("good", USERS)
        for other, status in ((self.file("bad", "[" + USERS.strip()), INPUT_OUTPUT), ("none", INPUT_OUTPUT), ("-", USAGE),
                              (self.file("packed", gzip.compress(USERS.encode())), USAGE), ("/dev/null", USAGE)):
            self.assert_answer(self.run_tool("apply", *APP, *PATCH, "--in-place", "--batch", good, other), status, "")
            self.assertEqual(self.content("good"), USERS.encode())
        self.assertEqual(self.files(), ["bad", "good", "packed"])

    def halfway(self, users, **options):
        """It has patched one user, and waits for the second patch."""
        given = [harness.TOOL, "apply", *APP, "--patches", "-", "--in-place", "--batch", users]
        running = subprocess.Popen(given, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, **options)
        running.stdin.write(b'{"plan":"team"}\n')
        running.stdin.flush()
        until = time.monotonic() + 60
        while len(self.files()) < 2 and time.monotonic() < until:
            time.sleep(0.01)
        self.assertEqual(len(self.files()), 2)
        return running

    def test_a_signal_that_ends_it_leaves_the_files_as_they_were(self):
        users = self.file("users", USERS)
        for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            with self.halfway(users) as running:
                running.send_signal(ending)
                self.assertEqual(running.wait(60), -ending)
            self.assertEqual((self.files(), self.content("users")), (["users"], USERS.encode()))

    def test_a_signal_that_is_ignored_stays_ignored(self):
        users = self.file("users", USERS)
        with self.halfway(users, preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)) as running:
            running.send_signal(signal.SIGHUP)
            running.communicate(b'{"plan":"team"}\n' * 2, timeout=60)
            self.assertEqual(running.returncode, APPLIED)
        self.assertEqual((self.files(), self.content("users").count(b"team")), (["users"], 3))

    def test_a_mistake_in_the_command_replaces_nothing(self):
        users = self.file("users", USERS)
        given = ("--profile", "first_level", "--field", "app_metadat", *PATCH, "--in-place", "--batch", users)
        self.assert_answer(self.run_tool("apply", *given), USAGE, "")
        self.assertEqual((self.content("users"), self.files()), (USERS.encode(), ["users"]))

    def test_whole_requests_replace_files_too(self):
        users = self.file("users", USERS)
        answer = self.run_tool("users", "patch", "--in-place", "--batch", users, "--patch", '{"name":"x"}', "--scopes", "update:users")
        self.assert_answer(answer, APPLIED, "")
        self.assertEqual(self.content("users").count(b'"name":"x"'), 3)

    def test_what_does_not_go_together_is_a_usage_error(self):
        users = self.file("users", USERS)
        for given in (("--keep-going", "--batch", users), ("--batch", users, users), ("--in-place", "{}", "{}")):
            self.assert_answer(self.run_tool("apply", *APP, *PATCH, *given), USAGE, "")


class DryRun(ToolTest):
    USERS = (
        '{"user_id":"a","app_metadata":{"plan":"free"}}\n{"user_id":"b","app_metadata":{"plan":"team","old":1}}\n'
        '{"user_id":"c","app_metadata":{"plan":"team"}}\n{"user_id":"d"}\n{"user_id":"e","app_metadata":7}\n{\n'
    )
    PATCH = ("--patch", '{"plan":"team","old":null}')

    def dry(self, *arguments, users=USERS):
        users = self.file("users", users)
        answer = self.run_tool("apply", *APP, "--dry-run", "--batch", users, *arguments)
        self.assertEqual(os.listdir(self.folder.name), ["users"])
        return answer

    def test_nothing_is_written_but_what_would_be_done(self):
        answer = self.dry(*self.PATCH)
        self.assertEqual(answer.status, REFUSED)
        self.assertEqual(
            json.loads(answer.out),
            {"documents": 6, "set": 2, "removed": 1, "cleared": 0, "unchanged": 1, "left_alone": 0, "refused": 2,
             "codes": {"expected_object": 1, "malformed_json": 1}},
        )
        self.assertEqual(self.content("users"), self.USERS.encode())
        self.assertEqual(self.dry(*self.PATCH, "--in-place").out, answer.out)
        self.assertEqual(self.content("users"), self.USERS.encode())

    def test_clears_are_counted_apart(self):
        answer = self.dry("--patch", "{}", "--allow-clear", "--where", '/user_id="a"', users=USERS)
        self.assertEqual(answer.status, APPLIED, answer.err)
        told = json.loads(answer.out)
        self.assertEqual([told[what] for what in ("set", "removed", "cleared", "unchanged", "left_alone")], [0, 0, 1, 0, 2])

    def test_each_user_is_told_as_text(self):
        answer = self.dry(*self.PATCH, "--output", "text", "--only-present")
        self.assertEqual(
            answer.out.splitlines(),
            ["line 1 a: set /plan", "line 2 b: removed /old", "line 3 c: unchanged", "line 4 d: left alone",
             "line 5 e: refused: in what is stored: expected a JSON object",
             "line 6: refused: in what is stored: malformed JSON at line 6, column 2 (byte 1): the text is cut short",
             "6 lines, and nothing is written: 1 set, 1 removed, 0 cleared, 1 unchanged, "
             "2 refused (expected_object 1, malformed_json 1), 1 left alone"],
        )
        self.assertNotIn("refused: in", answer.err)
        answer = self.dry("--patch", "{}", "--allow-clear", "--output", "text", users=USERS)
        self.assertEqual(answer.out.splitlines()[:3], ["line 1 a: cleared the field", "line 2 b: cleared the field", "line 3 c: unchanged"])

    def test_what_whole_requests_would_do_is_told_by_member(self):
        body = '{"blocked":true,"name":"x","user_metadata":{"a":null,"b":2}}'
        users = '{"user_id":"a","name":"x","user_metadata":{"a":1}}\n{"user_id":"b","blocked":true,"name":"x","user_metadata":{"b":2}}\n'
        given = ("users", "patch", "--batch", "-", "--patch", body, "--scopes", "update:users", "--dry-run")
        answer = self.run_tool(*given, "--output", "text", stdin=users)
        self.assertEqual(
            answer.out.splitlines()[:2], ["line 1 a: set /user_metadata/b, /blocked; removed /user_metadata/a", "line 2 b: unchanged"]
        )
        counted = json.loads(self.run_tool(*given, stdin=users).out)
        self.assertEqual((counted["set"], counted["removed"], counted["unchanged"]), (1, 1, 1))


if __name__ == "__main__":
    main()
