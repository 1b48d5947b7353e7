#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What the runner tells, over drivers that are right, and unruly.

usage: test_runner.py runner driver
"""

import html.parser
import json
import re
import shutil
import signal
import subprocess
import time
import unittest
import xml.etree.ElementTree

from runner_harness import (AS_EXPECTED, DRIVER, FAILURES, HERE, INTERRUPTED, KNOWN, NAIVE, NO_DRIVER, PYTHON, RUNNER, USAGE,
                            RunnerTest, case, short_vectors, unruly)


class TheDriver(RunnerTest):
    def test_of_this_project_passes_every_case_and_skips_none(self):
        answer = self.runner("run", "--no-skips", "--batch", 50, "--timeout", 60, "--", DRIVER)
        self.assert_status(answer, AS_EXPECTED)
        self.assertRegex(answer.stdout, r"\d{4} cases: \d{4} passed, \d+\.\d s\n$")

    def test_of_a_stranger_fails_only_what_is_known(self):
        answer = self.runner("run", "--vectors", short_vectors(self.folder / "vectors"), "--expected-failures", KNOWN,
                             "--batch", 20, "--timeout", 60, "--", *NAIVE)
        self.assert_status(answer, AS_EXPECTED)
        self.assertRegex(answer.stdout, r"naive 1 \(Python\): \d+ cases: \d+ passed, \d+ expected failures, \d+ skip")


class Examples(RunnerTest):
    @unittest.skipUnless(shutil.which("node"), "SKIPPED: the example in JavaScript needs node")
    def test_the_example_in_javascript_fails_nothing_that_it_can_do(self):
        report = self.folder / "report"
        answer = self.runner("run", "--vectors", short_vectors(self.folder / "vectors"), "--op", "apply", "--op", "validate",
                             "--op", "size", "--batch", 50, "--json", report, "--", "node", HERE / "example_driver.mjs")
        self.assert_status(answer, AS_EXPECTED)
        cases = json.loads(report.read_text())["cases"]
        skipped = [each for each in cases if each["verdict"] == "skipped"]
        self.assertGreater(len(cases) - len(skipped), 10 * len(skipped))
        for each in skipped:
            self.assertRegex(each["faults"][0], "^lacks (lexemes|order|exact_numbers): ")
        self.assertEqual({each["level"] for each in skipped}, {"chosen"})


class Unruly(RunnerTest):
    def assert_only_trouble(self, fault, message, timeout=20, seconds=60):
        for batch in ((), ("--batch", "3")):
            with self.subTest(fault, batch=batch):
                begin = time.monotonic()
                answer, results = self.run_few(unruly(fault), "--timeout", timeout, *batch)
                self.assert_status(answer, FAILURES)
                self.assertEqual({name: each["verdict"] for name, each in results.items()},
                                 {"first": "passed", "trouble": "errored", "last": "passed"})
                self.assertRegex(results["trouble"]["faults"][0], message)
                self.assertLess(time.monotonic() - begin, seconds)

    def test_a_crash_is_of_its_case(self):
        self.assert_only_trouble("crash", r"ended by signal 11 .*last words on standard error: oh no")
        self.assert_only_trouble("exit", r"ended with status 3 and did not answer")

    def test_a_hang_is_of_its_case(self):
        for fault in ("hang", "hang-in-a-line", "deaf"):
            self.assert_only_trouble(fault, r"no answer within 2 seconds", timeout=2)

    def test_a_closed_output_is_of_its_case(self):
        self.assert_only_trouble("closed-output", r"closed its output")

    def test_an_answer_that_is_none_is_of_its_case(self):
        for fault in ("garbage", "empty-line", "not-utf8", "array"):
            self.assert_only_trouble(fault, r"the answer is no JSON object")

    def test_an_answer_to_something_else_is_of_its_case(self):
        self.assert_only_trouble("wrong-seq", r"not for request \d+")
        self.assert_only_trouble("no-seq", r"not for request \d+")
        for fault in ("wrong-id", "no-results", "too-many-results", "result-is-no-object"):
            if fault != "wrong-id":
                self.assert_only_trouble(fault, r"one result for each case|has not its id")
        answer, results = self.run_few(unruly("wrong-id"))
        self.assert_status(answer, FAILURES)
        self.assertRegex(results["trouble"]["faults"][0], "the answer to trouble has not its id")

    def test_the_drivers_own_fault_is_told(self):
        self.assert_only_trouble("errored", r"the driver says: .*no idea")

    def test_an_answer_without_outcome_fails(self):
        answer, results = self.run_few(unruly("no-outcome"))
        self.assert_status(answer, FAILURES)
        self.assertEqual(results["trouble"]["verdict"], "failed")

    def test_a_line_too_many_is_of_the_next_case(self):
        answer, results = self.run_few(unruly("two-lines"))
        self.assert_status(answer, FAILURES)
        self.assertRegex(results["last"]["faults"][0], "said more than one line|no JSON object")

    def test_a_huge_line_is_not_taken(self):
        answer, results = self.run_few(unruly("huge-line"), "--timeout", "100")
        self.assert_status(answer, FAILURES)
        self.assertRegex(results["trouble"]["faults"][0], "a line of more than 512 MiB")
        self.assertEqual(results["last"]["verdict"], "passed")

    def test_what_goes_wrong_in_batches_alone_is_a_fault_of_the_run(self):
        answer, results = self.run_few(unruly("only-in-batches"), "--batch", "3")
        self.assert_status(answer, FAILURES)
        self.assertEqual({each["verdict"] for each in results.values()}, {"passed"})
        self.assertIn("FAULT the 3 cases from first to last can be asked one by one, but not at once", answer.stdout)

    def test_how_it_stops_is_looked_at(self):
        for fault, message in (("stop-status", "ended with status 4"), ("stop-answers", "answered: bye"),
                               ("stop-hangs", "does not end when it is told to stop")):
            with self.subTest(fault):
                answer, _ = self.run_few(unruly(fault))
                self.assert_status(answer, FAILURES)
                self.assertIn(message, answer.stdout)

    def test_who_cannot_be_started_is_no_driver(self):
        for driver, message in ((("/no/such/driver",), "No such file"), (("true",), "ended with status 0"),
                                (unruly("start-ends"), "ended with status 1"), (("cat",), "names no implementation"),
                                (unruly("start-protocol"), "does not speak mpcp/1"),
                                (unruly("start-garbage"), "hello"),
                                (unruly("start-lacks"), "none of lexemes, order, exact_numbers: patience")):
            with self.subTest(driver):
                answer, _ = self.run_few(driver)
                self.assert_status(answer, NO_DRIVER)
                self.assertIn(message, answer.stderr)

    def test_what_a_driver_says_commands_no_terminal(self):
        script = r'read -r line; printf "\033]0;owned\007\n"; printf "\033[2Jwords" >&2'
        answer, _ = self.run_few(("sh", "-c", script))
        self.assert_status(answer, NO_DRIVER)
        self.assertIn("owned", answer.stderr)
        for control in ("\x1b", "\x07"):
            self.assertNotIn(control, answer.stdout + answer.stderr)

    def test_an_interrupt_ends_it_with_what_it_has_started(self):
        report = self.folder / "report.json"
        command = [RUNNER, "run", "--vectors", self.vectors(), "--json", str(report), "--timeout", "500", "--",
                   *unruly("hang")]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            time.sleep(2)
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=30)
        self.assertEqual(process.returncode, INTERRUPTED)
        done = json.loads(report.read_text())
        self.assertEqual([each["id"] for each in done["cases"]], ["first"])
        self.assertRegex(done["faults"][0], "interrupted before 2 of the cases")


class Lists(RunnerTest):
    CASES = [case("good"), case("bad", expect='{"a":1}'), case("worse", expect="{}")]

    def list_of(self, text):
        path = self.folder / "list"
        path.write_text(text)
        return ("--expected-failures", str(path))

    def test_what_is_expected_to_fail_may_fail(self):
        answer, results = self.run_few(NAIVE, *self.list_of("# known\nbad # why\n\n  worse\n"), cases=self.CASES)
        self.assert_status(answer, AS_EXPECTED)
        self.assertIn("3 cases: 1 passed, 2 expected failures", answer.stdout)
        self.assertTrue(results["bad"]["expected_to_fail"])

    def test_what_is_not_in_the_list_may_not(self):
        answer, _ = self.run_few(NAIVE, *self.list_of("bad\n"), cases=self.CASES)
        self.assert_status(answer, FAILURES)
        self.assertIn("1 passed, 1 failed, 1 expected failure,", answer.stdout)
        self.assertTrue(answer.stdout.startswith("1 case is not as expected: 0 required, 0 observed, 1 chosen\n"))

    def test_a_pass_of_the_list_is_an_error(self):
        answer, _ = self.run_few(NAIVE, *self.list_of("bad\nworse\ngood\n"), cases=self.CASES)
        self.assert_status(answer, FAILURES)
        self.assertIn("UNEXPECTED PASS good", answer.stdout)

    def test_an_id_that_is_no_vector_is_an_error(self):
        answer, _ = self.run_few(NAIVE, *self.list_of("bad\nworse\ngone\n"), cases=self.CASES)
        self.assert_status(answer, FAILURES)
        self.assertIn("names gone, which is no vector", answer.stdout)

    def test_ids_that_filters_leave_out_are_none_of_its_business(self):
        answer, _ = self.run_few(NAIVE, *self.list_of("bad\nworse\n"), "--id", "good", cases=self.CASES)
        self.assert_status(answer, AS_EXPECTED)

    def test_a_list_that_is_written_can_be_read(self):
        path = self.folder / "written"
        answer, _ = self.run_few(NAIVE, "--write-failures", path, cases=self.CASES)
        self.assert_status(answer, FAILURES)
        answer, _ = self.run_few(NAIVE, "--expected-failures", path, cases=self.CASES)
        self.assert_status(answer, AS_EXPECTED)

    def test_a_list_is_left_as_it_is_where_not_every_case_was_asked(self):
        path = self.folder / "written"
        path.write_text("keep me\n")
        answer, _ = self.run_few(NAIVE, "--write-failures", path, "--stop-after", 1, cases=self.CASES)
        self.assert_status(answer, FAILURES)
        self.assertIn("is left as it is, for not every case was asked", answer.stdout)
        self.assertEqual(path.read_text(), "keep me\n")

    def test_a_case_of_the_list_that_is_skipped_is_an_error(self):
        answer, _ = self.run_few(NAIVE, *self.list_of("skipped\n"), cases=[case("skipped", op="diff"), case("good")])
        self.assert_status(answer, FAILURES)
        self.assertIn("names skipped, which is skipped", answer.stdout)

    def test_a_skipped_case_is_no_pass(self):
        cases = [case("skipped", op="diff")]
        answer, results = self.run_few(NAIVE, cases=cases)
        self.assert_status(answer, AS_EXPECTED)
        self.assertIn("1 case: 0 passed, 1 skipped", answer.stdout)
        self.assertEqual(results["skipped"]["verdict"], "skipped")
        self.assert_status(self.run_few(NAIVE, "--no-skips", cases=cases)[0], FAILURES)

    def test_what_is_flaky_may_fail_and_may_pass(self):
        path = self.folder / "flaky"
        path.write_text("bad\ngood # now and then\n")
        answer, results = self.run_few(NAIVE, "--known-flaky", path, *self.list_of("worse\n"), cases=self.CASES)
        self.assert_status(answer, AS_EXPECTED)
        self.assertIn("3 cases: 1 passed, 1 expected failure, 1 flaky failure,", answer.stdout)
        self.assertEqual({name for name, each in results.items() if each.get("known_flaky")}, {"bad", "good"})
        junit = self.folder / "junit"
        answer, _ = self.run_few(NAIVE, "--known-flaky", path, "--junit", junit, cases=self.CASES)
        self.assert_status(answer, FAILURES)
        root = xml.etree.ElementTree.parse(junit).getroot()
        self.assertEqual((root.get("failures"), root.get("skipped")), ("1", "1"))
        self.assertIn("flaky failure: another value", junit.read_text())

    def test_a_list_of_what_is_flaky_cannot_rot(self):
        path = self.folder / "flaky"
        for text, message in (("gone\n", "flaky failures names gone, which is no vector"),
                              ("skipped\n", "flaky failures names skipped, which is skipped")):
            path.write_text(text)
            answer, _ = self.run_few(NAIVE, "--known-flaky", path, cases=[case("skipped", op="diff"), case("good")])
            self.assert_status(answer, FAILURES)
            self.assertIn(message, answer.stdout)
        path.write_text("bad\n")
        answer, _ = self.run_few(NAIVE, "--known-flaky", path, *self.list_of("bad\n"), cases=self.CASES)
        self.assert_status(answer, USAGE)
        self.assertIn("bad cannot be both", answer.stderr)

    def test_bad_lists_are_bad_usage(self):
        for text in ("two ids\n", "bad\nbad\n"):
            self.assert_status(self.run_few(NAIVE, *self.list_of(text), cases=self.CASES)[0], USAGE)
        self.assert_status(self.run_few(NAIVE, "--expected-failures", "/no/such/list")[0], USAGE)


class Offers(RunnerTest):
    """What a driver says at its start is what it is asked."""

    NUMBERS = {"a double": "0.1", "an integer": "9007199254740992", "an integer beyond": "9007199254740993",
               "digits": "0.1000000000000000055511151231257827", "huge": "1e400", "tiny": "1e-400",
               "a large double": "1e23", "zeros": "1.0"}

    def start(self, **said):
        """A driver that says this at its start, and fails every case."""
        driver = self.folder / "start.py"
        driver.write_text(f"""
import json, sys
for line in sys.stdin:
    asked = json.loads(line)
    if asked["cmd"] == "start":
        print(json.dumps({{"protocol": 1, "implementation": {{"name": "some"}}, **{said!r}}}), flush=True)
    elif asked["cmd"] == "run":
        results = [{{"id": each["id"], "outcome": "none"}} for each in asked["cases"]]
        print(json.dumps({{"seq": asked["seq"], "results": results}}), flush=True)
    else:
        break
""")
        return (*PYTHON, str(driver))

    def not_asked(self, cases, profile="auth0.user_metadata", **said):
        """Why each case was not asked, by id."""
        found = []
        for batch in (1, 3):
            answer, results = self.run_few(self.start(**said), "--batch", batch, cases=cases, profile=profile)
            self.assertEqual(set(results), {each["id"] for each in cases})
            self.assertRegex(answer.stdout, rf"\b{len(cases)} cases?: ")
            self.assertEqual({each["verdict"] for each in results.values()} - {"failed", "skipped"}, set())
            found.append({name: each["faults"][0] for name, each in results.items() if each["verdict"] == "skipped"})
        self.assertEqual(found[0], found[1])
        return found[0]

    def test_other_operations_are_skipped_unasked(self):
        cases = [case("a"), case("b", op="validate"), case("c"), case("d", op="size")]
        not_offered = "operation not offered"
        self.assertEqual(self.not_asked(cases, ops=["apply"]), {"b": not_offered, "d": not_offered})
        self.assertEqual(self.not_asked(cases, ops=[]), dict.fromkeys("abcd", not_offered))
        self.assertEqual(self.not_asked(cases), {})

    def test_other_profiles_are_skipped_unasked(self):
        self.assertEqual(self.not_asked([case("a")], profiles=["rfc7396"]), {"a": "profile not offered"})
        self.assertEqual(self.not_asked([case("a")], profiles=["rfc7396", "auth0.user_metadata"]), {})
        # What is of no single field is of no profile that could be offered.
        self.assertEqual(self.not_asked([case("a", op="update_user")], profile="auth0", profiles=[]), {})

    def test_a_skip_of_what_is_not_offered_is_a_failure_where_none_may_be(self):
        answer, _ = self.run_few(self.start(ops=[]), cases=[case("a")])
        self.assert_status(answer, AS_EXPECTED)
        answer, _ = self.run_few(self.start(ops=[]), "--no-skips", cases=[case("a")])
        self.assert_status(answer, FAILURES)
        self.assertIn("1 case was skipped", answer.stdout)

    def test_who_keeps_no_lexemes_is_not_asked_for_them(self):
        bytes_of, lexemes = case("bytes"), case("lexemes")
        bytes_of["expect"]["bytes_of"] = {"a": "1"}
        lexemes["expect"]["lexemes"] = ["1"]
        sizes = [{**case(name, op="size", stored=f'{{"a":{number}}}'), "expect": {"outcome": outcome}}
                 for name, number, outcome in (("plain", "-12.5", "ok"), ("zeros", "1.10", "ok"), ("e", "1e2", "ok"),
                                               ("minus", "-0", "ok"), ("refused", "1.10", "rejected"))]
        large = [case(name, patch=f'{{"a":{number}}}') | {"expect": {"outcome": "rejected", "violations": [{"code": code}]}}
                 for name, number, code in (("large", "1.10", "too_large"), ("large-and-plain", "1.1", "too_large"),
                                            ("deep", "1.10", "too_deep"))]
        cases = [bytes_of, lexemes, case("value", patch='{"b":1.10}'), *sizes, *large]
        self.assertEqual(set(self.not_asked(cases, lacks=["lexemes"])),
                         {"bytes", "lexemes", "zeros", "e", "minus", "large"})
        self.assertEqual(self.not_asked(cases, lacks=["order"]), {})

    def test_who_keeps_no_order_is_not_asked_for_it(self):
        one = {"code": "reserved_key", "pointer": "/a"}
        cases = [case("one") | {"expect": {"outcome": "rejected", "violations": [one]}},
                 case("two") | {"expect": {"outcome": "rejected", "violations": [one, one]}}, case("value")]
        self.assertEqual(set(self.not_asked(cases, lacks=["order"])), {"two"})
        self.assertEqual(self.not_asked(cases, lacks=["lexemes", "exact_numbers"]), {})

    def test_who_has_doubles_alone_is_asked_for_doubles(self):
        beyond = {"an integer beyond", "digits", "huge", "tiny"}
        named = {name: name.replace(" ", "-") for name in self.NUMBERS}
        for place in ("patch", "stored", "expect"):
            cases = [case(named[name], **{place: f'{{"a":[{number}]}}'}) for name, number in self.NUMBERS.items()]
            self.assertEqual(set(self.not_asked(cases, lacks=["exact_numbers"])), {named[each] for each in beyond})
        cases = [case("refused", patch='{"a.b":1e400}') | {"expect": {"outcome": "rejected", "violations": []}},
                 case("malformed", patch='{"a":1e400'), case("1e400"), case("a-string", patch='{"a":"1e400"}'),
                 case("parts", patch={"parts": [['{"a":', 1], ["1", 20], ["}", 1]]})]
        self.assertEqual(set(self.not_asked(cases, lacks=["exact_numbers"])), {"parts"})
        self.assertEqual(self.not_asked(cases, lacks=["lexemes", "order"]), {})


class Choosing(RunnerTest):
    CASES = [case("a.one"), case("a.two", level="required"), case("b.one", op="validate", expect="{}")]

    def chosen(self, *options):
        _, results = self.run_few(NAIVE, *options, cases=self.CASES)
        return list(results)

    def test_filters_leave_cases_out(self):
        self.assertEqual(self.chosen(), ["a.one", "a.two", "b.one"])
        self.assertEqual(self.chosen("--id", "a.*"), ["a.one", "a.two"])
        self.assertEqual(self.chosen("--id", "*.one", "--op", "apply"), ["a.one"])
        self.assertEqual(self.chosen("--level", "required", "--level", "observed"), ["a.two"])
        self.assertEqual(self.chosen("--id", "b.?ne", "--id", "a.two"), ["a.two", "b.one"])
        self.assertEqual(self.chosen("--profile", "auth0.user_metadata", "--op", "validate"), ["b.one"])
        self.assertEqual(self.chosen("--exclude-id", "a.*"), ["b.one"])
        self.assertEqual(self.chosen("--exclude-id", "a.one", "--exclude-id", "b.*"), ["a.two"])
        self.assertEqual(self.chosen("--id", "a.*", "--exclude-id", "*.one"), ["a.two"])

    def test_nothing_left_is_bad_usage(self):
        self.assert_status(self.run_few(NAIVE, "--profile", "no.such")[0], USAGE)
        self.assert_status(self.run_few(NAIVE, "--id", "a.one", "--op", "validate", cases=self.CASES)[0], USAGE)

    def test_a_filter_of_no_case_is_bad_usage_beside_another(self):
        for option, good in (("--op", "apply"), ("--level", "chosen"), ("--id", "a.one"),
                             ("--exclude-id", "a.one"), ("--profile", "auth0.user_metadata")):
            answer, _ = self.run_few(NAIVE, option, good, option, "nope", cases=self.CASES)
            self.assert_status(answer, USAGE)
            self.assertIn(f"{option} nope is of none", answer.stderr)
        self.assertIn("there are auth0.user_metadata", answer.stderr)

    def test_a_shuffle_is_the_same_for_its_seed(self):
        cases = [case(f"c{number}") for number in range(40)]
        order = [list(self.run_few(NAIVE, "--batch", "40", *shuffle, cases=cases)[1])
                 for shuffle in ((), ("--shuffle", "1"), ("--shuffle", "1"), ("--shuffle", "2"))]
        self.assertEqual(order[1], order[2])
        self.assertNotEqual(order[0], order[1])
        self.assertNotEqual(order[1], order[3])
        self.assertEqual(set(order[0]), set(order[1]))

    def test_a_shuffle_without_seed_tells_the_one_it_took(self):
        answer, _ = self.run_few(NAIVE, "--shuffle")
        self.assertRegex(answer.stdout, r"shuffled by seed \d+\n$")

    def test_bad_vectors_are_bad_usage(self):
        for cases in ([], [case("x"), case("x")], [{"id": "x"}], [5], [case("x", expect=5) | {"expect": {}}],
                      [case("x", level="maybe")]):
            self.assert_status(self.run_few(NAIVE, cases=cases)[0], USAGE)
        for text in ("", "[]", '{"profile":1,"cases":[]}', '{"profile":"p"}'):
            path = self.folder / "bad.json"
            path.write_text(text)
            self.assert_status(self.runner("run", "--vectors", path, "--", *NAIVE), USAGE)
        path.write_text('{"profile":"p",\n"cases":[}')
        self.assertIn("bad.json:2: ", self.runner("run", "--vectors", path, "--", *NAIVE).stderr)

    def test_run_is_what_is_meant_where_a_driver_is_named_alone(self):
        answer = self.runner("--vectors", self.vectors(), "--", *NAIVE)
        self.assertIn("3 cases: 3 passed", answer.stdout)
        self.assert_status(answer, AS_EXPECTED)

    def test_bad_command_lines_are_bad_usage(self):
        for arguments in ((), ("run",), ("dance",), ("dance", "--", "true"), ("--batch", "1"),
                          ("run", "--batch", "0", "--", "true"),
                          ("run", "--nonsense", "--", "true"), ("report",), ("run", "--timeout", "-1", "--", "true"),
                          ("run", "--timeout", "nan", "--", "true"), ("run", "--shuffle", "-5", "--", "true"),
                          ("run", "--stop-after", "-1", "--", "true")):
            with self.subTest(arguments):
                self.assert_status(self.runner(*arguments), USAGE)


class Values(RunnerTest):
    """What is the same, and what is not."""

    def answered(self, expect, value, **more):
        driver = self.folder / "said.py"
        driver.write_text(f"""
import json, sys
for line in sys.stdin:
    asked = json.loads(line)
    if asked["cmd"] == "start":
        said = {{"protocol": 1, "implementation": {{"name": "said"}}}}
    elif asked["cmd"] == "run":
        said = {{"seq": asked["seq"], "results": [{{"id": "x", **{value!r}}}]}}
    else:
        break
    print(json.dumps(said), flush=True)
""")
        answer, results = self.run_few((*PYTHON, str(driver)), cases=[case("x", **more) | {"expect": expect}])
        self.assertEqual(answer.returncode, AS_EXPECTED if results["x"]["verdict"] == "passed" else FAILURES)
        return results["x"].get("faults", [])

    def value(self, expect, given, **more):
        return self.answered({"outcome": "ok", "value": expect}, {"outcome": "ok", "value": given}, **more)

    def test_values_are_json(self):
        for expect, given in (('{"a":1,"b":2}', '{ "b" : 2, "a" : 1.0 }'), ("1", "10e-1"), ('"a"', '"\\u0061"'),
                              ("1e400", "10e399"), ("-0", "0"),
                              ({"parts": [['["', 1], ["x", 3], ['"]', 1]]}, '["xxx"]')):
            self.assertEqual(self.value(expect, given), [])
        for expect, given in (("9007199254740993", "9007199254740992"), ("[1,2]", "[2,1]"), ('"1"', "1"),
                              ("1e400", "1e401"),
                              ("{}", "null"), ('"é"', '"e\u0301"')):
            self.assertEqual(self.value(expect, given), ["another value"])
        self.assertRegex(self.value("{}", "{")[0], "no JSON text")
        self.assertRegex(self.value("{}", 5)[0], "no string")
        self.assertRegex(self.value('{"a":1}', '{"a":1,"a":1}')[0], "no JSON text as it should be")
        self.assertEqual(self.value('{"a":1}', '{"a":1,"a":1}', stored='{"a":1,"a":1}'), [])

    def test_violations_are_in_order_with_what_is_named_of_them(self):
        expect = {"outcome": "rejected", "violations": [{"code": "x", "pointer": "/a", "limit": 2},
                                                        {"code": "y", "pointer": ""}]}
        good = [{"code": "x", "pointer": "/a", "limit": 2.0, "actual": 3}, {"code": "y", "pointer": "", "offset": 1}]
        self.assertEqual(self.answered(expect, {"outcome": "rejected", "violations": good}), [])
        for short in ([{"code": "x", "pointer": "/a"}, good[1]], [{**good[0], "limit": None}, good[1]]):  # not told
            self.assertEqual(self.answered(expect, {"outcome": "rejected", "violations": short}), [])
        for bad in (good[::-1], good[:1], [{"code": "x"}, good[1]], [*good, good[0]], [{**good[0], "limit": 3}, good[1]],
                    [5, 6], "x"):
            self.assertEqual(self.answered(expect, {"outcome": "rejected", "violations": bad}), ["other violations"])
        self.assertEqual(self.answered(expect, {"outcome": "rejected"}), ["other violations"])

    def test_what_is_impossible_needs_a_reason(self):
        expect = {"outcome": "impossible", "violations": [{"code": "x", "pointer": ""}]}
        self.assertEqual(self.answered(expect, {"outcome": "impossible", "why": "so"}), [])
        self.assertEqual(self.answered(expect, {"outcome": "impossible"}), ["no reason in words"])
        self.assertEqual(self.answered(expect, {"outcome": "impossible", "why": "so", "violations": [
            {"code": "y", "pointer": ""}]}), ["other reasons"])

    def test_bodies_are_json_and_in_turn(self):
        expect = {"outcome": "ok", "bodies": ['{"a":1}', "{}"]}
        self.assertEqual(self.answered(expect, {"outcome": "ok", "bodies": ['{"a":1.0}', " {}"]}), [])
        for bad in (["{}", '{"a":1}'], ['{"a":1}'], ['{"a":1}', "{}", "{}"]):
            self.assertEqual(self.answered(expect, {"outcome": "ok", "bodies": bad}), ["other bodies"])
        self.assertIn('an answer of another form: "patch"', self.answered(expect, {"outcome": "ok", "patch": "{}"}))
        one = {"outcome": "ok", "patch": '{"x":1e0}', "any_key": True, "lexemes": ["1e0"]}
        self.assertEqual(self.answered(one, {"outcome": "ok", "patch": '{"y":1e0}'}), [])
        self.assertEqual(self.answered(one, {"outcome": "ok", "patch": '{"y":1}'}), ["not written as it was: 1e0"])
        split = {"outcome": "ok", "bodies": ['{"a":null,"b":1}', '{"c":2}'], "split": True}
        self.assertEqual(self.answered(split, {"outcome": "ok", "bodies": ['{"a":null,"c":2}', '{"b":1}']}), [])
        self.assertEqual(self.answered(split, {"outcome": "ok", "bodies": ['{"b":1,"c":2}', '{"a":null}']}),
                         ["a member is removed behind one that is set"])
        self.assertEqual(self.answered(split, {"outcome": "ok", "bodies": ['{"a":null}', '{"b":1,"c":2}']}),
                         ["bodies of other sizes"])

    def test_sets_are_in_any_order(self):
        for name in ("keys", "conflicts", "pointers", "granted_by"):
            for given, faults in ((["b", "a"], []), (["a"], [f"other {name}"]), (["a", "b", "c"], [f"other {name}"])):
                expect = {"outcome": "ok", name: ["a", "b"]}
                self.assertEqual(self.answered(expect, {"outcome": "ok", name: given}), faults)
            self.assertEqual(self.answered({"outcome": "ok", name: []}, {"outcome": "ok"}), [])
        sufficient = {"outcome": "deny", "reason": "r", "sufficient": [["a", "b"], ["c"]]}
        self.assertEqual(self.answered(sufficient, {**sufficient, "sufficient": [["c"], ["b", "a"]]}), [])
        self.assertEqual(self.answered(sufficient, {**sufficient, "sufficient": [["c"], ["b"]]}), ["other sufficient"])
        self.assertEqual(self.answered(sufficient, {**sufficient, "reason": "s"}), ["another reason"])
        dropped = [{"claim": "a", "reason": "r"}, {"claim": "b", "reason": "s"}]
        told = {"outcome": "ok", "value": "{}", "dropped": dropped}
        self.assertEqual(self.answered(told, {**told, "dropped": dropped[::-1]}), [])

    def test_a_refusals_body_is_in_order(self):
        body = {"statusCode": 400, "error": "Bad Request", "message": "m", "errorCode": "invalid_body"}
        refused = {"outcome": "refused", "status": 400, "body": body}
        self.assertEqual(self.answered(refused, refused), [])
        self.assertEqual(self.answered(refused, {**refused, "body": dict(reversed(body.items()))}), ["another body"])
        self.assertEqual(self.answered(refused, {**refused, "status": 403}), ["another status"])

    def test_a_part_of_a_body_can_be_asked_for(self):
        expect = {"outcome": "refused", "status": 400, "body_has": {"error": "e", "code": "c"}}
        given = {"outcome": "refused", "status": 400, "body": {"error": "e", "message": "m", "code": "c"}}
        self.assertEqual(self.answered(expect, given), [])
        for body in ({"code": "c", "error": "e"}, {"error": "e"}):
            self.assertEqual(self.answered(expect, {**given, "body": body}), ["a body without what it should have"])
        self.assertEqual(self.answered(expect, {**given, "body": "e"}), ["the body is no object"])

    def test_bytes_of_members_can_be_asked_for(self):
        expect = {"outcome": "ok", "field": "present", "value": '{"a":1}', "bytes_of": {"a": "1.0"}}
        given = {"outcome": "ok", "field": "present", "value": '{ "\\u0061" : 1.0 }'}
        self.assertEqual(self.answered(expect, given), [])
        self.assertEqual(self.answered(expect, {**given, "value": '{"a":1}'}),
                         ['the value of "a" should have the bytes 1.0, not 1'])


class Page(html.parser.HTMLParser):
    VOID = ("meta", "br", "input")

    def __init__(self, text):
        super().__init__()
        self.open, self.tags, self.data = [], [], ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if self.open.pop() != tag:
            raise AssertionError(f"{tag} is closed where another is open")

    def handle_data(self, data):
        self.data += data


class Reports(RunnerTest):
    CASES = [case("good"), case("trouble"), case("bad", expect='{"a":1,"b":3}', level="required"),
             case("gone", op="diff")]

    def setUp(self):
        super().setUp()
        self.paths = {form: self.folder / form for form in ("junit", "json", "html")}
        options = [text for form, path in self.paths.items() for text in (f"--{form}", path)]
        (self.folder / "list").write_text("bad\n")
        self.answer = self.runner("run", "--vectors", self.vectors(self.CASES), "--expected-failures",
                                  self.folder / "list", *options, "--", *unruly("markup"))
        self.assert_status(self.answer, FAILURES)

    def test_the_text_shows_what_differs(self):
        answer, _ = self.run_few(NAIVE, cases=self.CASES)
        self.assertIn('  stored   {"a":1}\n  patch    {"b":2}\n', answer.stdout)
        self.assertIn('  -     "b": 3\n  +     "b": 2\n', answer.stdout)
        self.assertRegex(answer.stdout, r"auth0\.user_metadata +0/1 +- +2/3 +2/4\n")
        for stored, shown in ((None, "(absent)"), ("null", "null")):
            answer, _ = self.run_few(NAIVE, cases=[case("x", stored=stored, expect="{}")])
            self.assertIn(f"  stored   {shown}\n", answer.stdout)

    def test_the_text_holds_no_control_characters(self):
        self.assertNotRegex(self.answer.stdout, "[\x00-\x09\x0b-\x1f\x7f-\x9f]")
        self.assertIn("\\u0001\\u009b", self.answer.stdout)

    def test_the_xml_is_what_services_read(self):
        root = xml.etree.ElementTree.parse(self.paths["junit"]).getroot()
        self.assertEqual((root.tag, root.get("tests"), root.get("failures"), root.get("errors"), root.get("skipped")),
                         ("testsuites", "4", "1", "0", "2"))
        tests = {each.get("name"): each for each in root.iter("testcase")}
        self.assertEqual(set(tests), {"good", "trouble", "bad", "gone"})
        self.assertEqual([each.tag for each in tests["trouble"]], ["failure"])
        self.assertIn("<script>", tests["trouble"][0].text)
        self.assertEqual(tests["bad"][0].get("message"), "expected failure: another value")
        self.assertEqual(len(tests["good"]), 0)

    def test_the_json_holds_everything(self):
        report = json.loads(self.paths["json"].read_text())
        self.assertEqual(report["implementation"], {"name": "<b>unruly</b>", "version": "1", "language": "Python"})
        self.assertRegex(report["started"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")
        self.assertFalse(report["as_expected"])
        self.assertEqual(report["table"][-1]["all"], {"cases": 4, "passed": 1, "failed": 1, "errored": 0, "skipped": 1,
                                                      "expected_failures": 1, "unexpected_passes": 0, "flaky_failures": 0})
        [bad] = [each for each in report["cases"] if each["id"] == "bad"]
        self.assertEqual(bad["asked"]["stored"], '{"a":1}')
        self.assertIn(["-", '    "b": 3'], bad["difference"])

    def assert_page(self, text):
        page = Page(text)
        self.assertEqual(page.open, [])
        for tag, attributes in page.tags:
            self.assertNotIn(tag, ("link", "img", "iframe", "b", "object"))
            self.assertFalse(set(attributes) & {"src", "style", "onclick", "action"}, (tag, attributes))
        self.assertNotRegex(text, r"@import|url\(|<script[^>]*src")
        self.assertEqual(sum(tag == "script" for tag, _ in page.tags), 1)
        self.assertEqual(page.tags[0], ("html", {"lang": "en"}))
        return page

    def test_the_page_needs_nothing_else_and_runs_nothing_of_the_drivers(self):
        page = self.assert_page(self.paths["html"].read_text())
        self.assertIn("<script>alert(1)</script>\\u0001\\u009b", page.data)
        articles = [attributes for tag, attributes in page.tags if tag == "article"]
        self.assertEqual({each["data-status"] for each in articles}, {"failed", "expected failure", "skipped"})
        self.assertEqual({each["data-level"] for each in articles}, {"chosen", "required"})
        links = [attributes["href"] for tag, attributes in page.tags if tag == "a"]
        self.assertEqual(set(links), {"https://example.com/a?b&c"})
        labels = sum(tag == "label" for tag, _ in page.tags)
        self.assertEqual(labels, sum(tag in ("select", "input") for tag, _ in page.tags))
        for tag, attributes in page.tags:
            if tag == "th":
                self.assertIn("scope", attributes)

    def test_one_page_holds_several_implementations(self):
        answer, _ = self.run_few(NAIVE, cases=self.CASES)
        both = self.folder / "both.html"
        answer = self.runner("report", "--html", both, self.folder / "report.json", self.paths["json"])
        self.assert_status(answer, AS_EXPECTED)
        page = self.assert_page(both.read_text())
        who = {attributes["data-implementation"] for tag, attributes in page.tags if tag == "article"}
        self.assertEqual(who, {"naive 1 (Python)", "<b>unruly</b> 1 (Python)"})

    def test_the_table_tells_what_was_skipped_from_what_failed(self):
        path = self.folder / "page.html"
        self.run_few(NAIVE, "--html", path, cases=self.CASES)
        counts = re.findall(r'<td class="count (\w+)">(?:<button[^>]*>)?([^<]*)(?:</button>)?(?:<br><small>([^<]*))?',
                            path.read_text())
        self.assertEqual(counts, [("bad", "0 of 1", ""), ("quiet", "–", ""), ("odd", "2 of 2", "1 skipped"),
                                  ("bad", "2 of 3", "1 skipped")])  # and no sum of one profile
        self.assert_page(path.read_text())

    def test_a_page_has_the_title_and_notes_that_it_is_given(self):
        page = self.folder / "page.html"
        answer = self.runner("report", "--html", page, "--title", "<Ours>", "--note", "One & two.", "--note", "Three.",
                             self.paths["json"])
        self.assert_status(answer, AS_EXPECTED)
        self.assertIn("<title>&lt;Ours&gt;</title>", page.read_text())
        self.assertIn("<h1>&lt;Ours&gt;</h1>\n<p>One &amp; two.</p>\n<p>Three.</p>\n<ul>", page.read_text())
        self.assert_page(page.read_text())

    def test_what_is_no_report_is_bad_usage(self):
        for text in ("", "{}", '{"report":"metapatch-conformance"}', '{"report":"other"}'):
            (self.folder / "none").write_text(text)
            answer = self.runner("report", "--html", self.folder / "x", self.folder / "none")
            self.assert_status(answer, USAGE)
            self.assertTrue(re.match(r"metapatch-conformance: \S+none(:1)?: ", answer.stderr), answer.stderr)

    def test_a_report_that_cannot_be_written_is_told_before_anything_is_asked(self):
        trace = self.folder / "asked"
        for option in ("--html", "--junit", "--write-failures"):
            answer, _ = self.run_few(("touch", str(trace)), option, "/no/such/folder/page")
            self.assert_status(answer, USAGE)
            self.assertIn("/no/such/folder/page: ", answer.stderr)
        self.assertFalse(trace.exists())


class Levels(RunnerTest):
    CASES = [case(f"{level}.{number}", expect="{}", level=level) for number in (1, 2)
             for level in ("chosen", "observed", "required")][:5] + [case("good")]
    ORDER = ["required.1", "observed.1", "observed.2", "chosen.1", "chosen.2"]
    COUNT = "5 cases are not as expected: 1 required, 2 observed, 2 chosen"

    def test_the_text_counts_and_orders_failures_by_level(self):
        answer, results = self.run_few(NAIVE, cases=self.CASES)
        self.assertEqual(answer.stdout.splitlines()[0], self.COUNT)
        self.assertEqual(re.findall(r"^FAILED (\S+)", answer.stdout, re.MULTILINE), self.ORDER)
        self.assertEqual(list(results), [each["id"] for each in self.CASES])  # in the order of the run

    def test_the_page_counts_and_orders_failures_by_level(self):
        path = self.folder / "page"
        self.run_few(NAIVE, "--html", path, cases=self.CASES)
        self.assertIn(f"<strong>{self.COUNT}</strong>", path.read_text())
        self.assertEqual(re.findall("<h3>(.*?)</h3>", path.read_text()), self.ORDER)

    def test_nothing_is_counted_where_all_is_as_expected(self):
        answer, _ = self.run_few(NAIVE)
        self.assertNotIn("not as expected", answer.stdout)
        answer, _ = self.run_few(NAIVE, cases=[case("one", expect="{}")])
        self.assertTrue(answer.stdout.startswith("1 case is not as expected: 0 required, 0 observed, 1 chosen\n"))


class Traces(RunnerTest):
    def traced(self, fault, *options):
        path = self.folder / "trace"
        self.run_few(unruly(fault), "--trace", path, *options)
        return path.read_text(errors="surrogateescape").splitlines()

    def test_a_trace_holds_every_line_each_way(self):
        lines = self.traced("none")
        self.assertEqual([each[0] for each in lines], list("#→←→←→←→←→#"))
        self.assertEqual(json.loads(lines[1][2:]), {"cmd": "start", "protocol": 1})
        self.assertEqual(json.loads(lines[5][2:])["cases"][0]["id"], "trouble")
        self.assertEqual(json.loads(lines[6][2:])["results"][0]["id"], "trouble")
        self.assertEqual(lines[-2:], ['→ {"cmd":"stop"}', "# ended with status 0"])

    def test_a_trace_holds_what_is_no_answer_and_each_start(self):
        lines = self.traced("garbage")
        self.assertIn("← debug: here I am", lines)
        self.assertEqual(sum(each.startswith("# started: ") for each in lines), 2)
        self.assertTrue(any(each.startswith("# the answer is no JSON object") for each in lines))
        lines = self.traced("hang-in-a-line", "--timeout", 2)
        self.assertIn('← {"seq":', lines)
        self.assertTrue(any(each.startswith("# no answer within 2 seconds") for each in lines))

    def test_a_trace_that_cannot_be_written_is_bad_usage(self):
        answer, _ = self.run_few(NAIVE, "--trace", "/no/such/folder/trace")
        self.assert_status(answer, USAGE)
        answer = self.runner("laws", "--trace", "/no/such/folder/trace", "--", DRIVER)
        self.assert_status(answer, USAGE)


class Telling(RunnerTest):
    def test_a_list_has_a_case_a_line(self):
        cases = [case("a.one"), case("a.two", level="required"), case("b.one", op="validate")]
        answer = self.runner("list", "--vectors", self.vectors(cases), "--id", "*.one", "--exclude-id", "c*", "--id", "a*")
        self.assert_status(answer, USAGE)
        answer = self.runner("list", "--vectors", self.vectors(cases), "--exclude-id", "a.two")
        self.assert_status(answer, AS_EXPECTED)
        self.assertEqual(answer.stdout, "a.one\tauth0.user_metadata\tapply\tchosen\n"
                                        "b.one\tauth0.user_metadata\tvalidate\tchosen\n")

    def test_all_vectors_are_listed(self):
        ids = [line.split("\t")[0] for line in self.runner("list").stdout.splitlines()]
        there = [each["id"] for path in (HERE / "vectors").rglob("*.json") for each in json.loads(path.read_text())["cases"]]
        self.assertEqual(sorted(ids), sorted(there))

    def test_an_explanation_has_case_evidence_and_rules(self):
        answer = self.runner("explain", "user.null.removes-a-key")
        self.assert_status(answer, AS_EXPECTED)
        for line in (r"user\.null\.removes-a-key", r"  profile +auth0\.user_metadata", r"  level +required: Auth0 docu.*",
                     r"  patch +\{.*\}", "expected", r"  outcome +ok", "evidence", r"  recorded +auth0/terraform-.*",
                     "rules", r"  A3 +A member that is null removes the key.*"):
            self.assertRegex(answer.stdout, rf"(?m)^{line}$")

    def test_every_case_is_explained_with_a_rule_and_evidence(self):
        answer = self.runner("explain", "*")
        self.assert_status(answer, AS_EXPECTED)
        for each in answer.stdout.split("\n\n"):
            self.assertRegex(each, r"\nevidence\n  \S+ +\S[^\n]*\n(.*\n)*rules\n  [A0-9][\w.-]+ +\S")

    def test_an_unknown_case_is_bad_usage_and_others_are_suggested(self):
        answer = self.runner("explain", "removes-a-key")
        self.assert_status(answer, USAGE)
        self.assertIn("removes-a-key is no case; there are app.null.removes-a-key, ", answer.stderr)
        answer = self.runner("explain", "user.nil.removes-a-key")
        self.assertIn("user.nil.removes-a-key is no case; there are app.null.removes-a-key, ", answer.stderr)
        self.assertIn("`list` tells all", self.runner("explain", "x-y-z").stderr)

    def report_of(self, name, cases, *driver):
        path = self.folder / name
        self.runner("run", "--vectors", self.vectors(cases), "--json", path, "--", *(driver or NAIVE))
        return path

    def test_a_difference_of_reports_is_by_what_it_means(self):
        bad = {"expect": "{}"}
        before = self.report_of("before", [case("same"), case("worse", level="required"), case("better", **bad),
                                           case("gone"), case("otherwise", **bad), case("still", **bad)])
        after = self.report_of("after", [case("new"), case("otherwise", op="diff"), case("worse", level="required", **bad),
                                         case("same"), case("better"), case("still", **bad)])
        answer = self.runner("diff", before, after)
        self.assert_status(answer, FAILURES)
        self.assertEqual(answer.stdout, f"""\
worse
  worse (auth0.user_metadata, required): passed, now failed: another value
better
  better (auth0.user_metadata, chosen): failed, now passed
otherwise
  otherwise (auth0.user_metadata, chosen): failed, now skipped: operation not offered
not asked any more
  gone (auth0.user_metadata, chosen): was passed
new
  new (auth0.user_metadata, chosen): passed
naive 1 (Python) → naive 1 (Python): 1 worse, 1 better, 1 otherwise, 1 not asked any more, 1 new
""")

    def test_only_what_is_worse_or_gone_is_a_failure(self):
        for old, new, status in (([case("a")], [case("a")], AS_EXPECTED),
                                 ([case("a", expect="{}")], [case("a"), case("b", expect="{}")], AS_EXPECTED),
                                 ([case("a"), case("b")], [case("a")], FAILURES),
                                 ([case("a")], [case("a", op="diff")], FAILURES)):
            answer = self.runner("diff", self.report_of("old", old), self.report_of("new", new))
            self.assert_status(answer, status)
        # One that fails in another way is neither.
        old = self.report_of("old", [case("a", expect="{}")])
        new = self.report_of("new", [case("a") | {"expect": {"outcome": "rejected", "violations": []}}])
        told = self.folder / "told"
        told.write_text(old.read_text().replace('"verdict":"failed"', '"verdict":"errored"'))
        for other in (new, told):
            answer = self.runner("diff", old, other)
            self.assert_status(answer, AS_EXPECTED)
            self.assertIn(": 1 otherwise\n", answer.stdout)
        same = self.report_of("old", [case("a")])
        self.assertIn(": nothing is different\n", self.runner("diff", same, same).stdout)

    def test_what_cannot_be_compared_is_bad_usage(self):
        report = self.report_of("report", [case("a")])
        self.assert_status(self.runner("diff", report), USAGE)
        self.assert_status(self.runner("diff", report, self.folder / "none"), USAGE)
        (self.folder / "bad").write_text(report.read_text().replace('"level":"chosen"', '"level":"maybe"'))
        self.assert_status(self.runner("diff", report, self.folder / "bad"), USAGE)


class Surface(RunnerTest):
    def test_the_version_is_of_program_and_vectors(self):
        newest = re.search(r"^## (\S+)", (HERE / "CHANGELOG.md").read_text(), re.MULTILINE).group(1)
        answer = self.runner("--version")
        self.assertRegex(answer.stdout, rf"^metapatch-conformance \d+\.\d+\.\d+, vectors {re.escape(newest)}\n$")
        report = self.folder / "report"
        self.runner("run", "--id", "user.null.removes-a-key", "--json", report, "--", *NAIVE)
        self.assertEqual(json.loads(report.read_text())["vectors"], newest)

    def test_every_command_teaches_with_examples(self):
        for command in ((), ("run",), ("laws",), ("report",), ("list",), ("explain",), ("diff",)):
            answer = self.runner(*command, "--help")
            self.assert_status(answer, AS_EXPECTED)
            self.assertIn("Examples:\n", answer.stdout)
            self.assertIn("$ ", answer.stdout)

    def test_progress_is_shown_where_it_is_asked_for(self):
        answer, _ = self.run_few(NAIVE, "--progress", "always")
        self.assertIn("of 3", answer.stderr)
        answer, _ = self.run_few(NAIVE)
        self.assertEqual(answer.stderr, "")

    def test_the_drivers_errors_are_let_through_where_it_is_asked_for(self):
        answer, _ = self.run_few(unruly("crash"), "--show-errors")
        self.assertEqual(answer.stderr, "oh no\n")


if __name__ == "__main__":
    unittest.main()
