#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Random cases and laws: the right drivers break none, and what a wrong one breaks is told as a small vector.

usage: test_laws.py runner driver
"""

import json
import re
import unittest

from runner_harness import AS_EXPECTED, DRIVER, FAILURES, NAIVE, NO_DRIVER, PYTHON, USAGE, RunnerTest, wrong

# Answers of this project's driver, some of them changed on their way: what breaks the algebra, which the model skips.
BETWEEN = '''
import json, subprocess, sys
change = eval(sys.argv[1])
with subprocess.Popen(sys.argv[2:], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as driver:
    for line in sys.stdin:
        driver.stdin.write(line)
        driver.stdin.flush()
        asked = json.loads(line)
        if asked["cmd"] == "stop":
            break
        said = json.loads(driver.stdout.readline())
        for case, result in zip(asked.get("cases", []), said.get("results", [])):
            change(case, result)
        print(json.dumps(said), flush=True)
'''

# By the law that they break: an operation, and what becomes of its answers.
CHANGES = {
    "a difference leads to its target": ("diff", "r.update(patch='{\"stray\":\"x\"}') if 'patch' in r else 0"),
    "nothing differs from itself": ("diff", "r.update(outcome='ok', patch='{}') if r['outcome'] == 'no_patch' else 0"),
    "composed patches do what all do": ("compose", "r.update(bodies=r['bodies'][:-1]) if r.get('bodies') else 0"),
    "an inverse undoes": ("inverse", "r.update(bodies=[]) if 'bodies' in r else 0"),
    "a rebased patch does what is left": ("rebase", "r.update(bodies=[]) if 'bodies' in r else 0"),
    "patches that commute do so": ("commutes", "r.update(value='true') if 'value' in r else 0"),
    "what does not commute conflicts": ("conflicts", "r.update(keys=[]) if 'keys' in r else 0"),
    "what is lost was there and is gone": ("losses", "r.update(pointers=['/a/b']) if 'pointers' in r else 0"),
    "a deepened merge patch has its effect": ("deepen", "r.update(outcome='no_patch') if r['outcome'] == 'ok' else 0"),
    "without a patch nothing changes": ("apply", "r.update(value='{}') if 'value' in r and 'patch' not in c else 0"),
    "white space has no size": ("size", "r.update(bytes=len(c['stored'])) if 'stored' in c else 0"),
    "validate says what apply does": ("validate", "r.update(outcome='ok')"),
}


class Laws(RunnerTest):
    def between(self, op, change):
        path = self.folder / "between.py"
        path.write_text(BETWEEN)
        return (*PYTHON, str(path), f"lambda c, r: ({change}) if c['op'] == {op!r} else 0", DRIVER)

    def test_this_projects_driver_breaks_none_and_skips_none(self):
        answer = self.runner("laws", "--cases", 20_000, "--", DRIVER)
        self.assert_status(answer, AS_EXPECTED)
        self.assertRegex(answer.stdout, r"metapatch \S+: seed 1, 20000 cases, 0 broken\n$")

    def test_the_model_breaks_none(self):
        answer = self.runner("laws", "--cases", 2000, "--", *NAIVE)
        self.assert_status(answer, AS_EXPECTED)
        self.assertRegex(answer.stdout, r"2000 cases, 0 broken; not offered: compose, deepen, diff, inverse, rebase\n$")

    def test_each_law_can_be_broken(self):
        for law, (op, change) in CHANGES.items():
            with self.subTest(law):
                answer = self.runner("laws", "--op", op, "--cases", 1500, "--", *self.between(op, change))
                self.assert_status(answer, FAILURES)
                self.assertIn(f"BROKEN {law} (", answer.stdout)
                self.assertIn(f"BROKEN {op} does what it does here (", answer.stdout)

    def test_a_broken_law_is_told_as_a_small_vector(self):
        answer = self.runner("laws", "--op", "apply", "--profile", "auth0.user_metadata", "--cases", 400, "--",
                             *wrong("empty-object-is-a-no-op"))
        self.assert_status(answer, FAILURES)
        told = answer.stdout[answer.stdout.index("BROKEN apply does what it does here "):]
        text = re.search(r"as a vector of auth0.user_metadata:\n(\{.*?\n\})\n", told, re.DOTALL).group(1)
        vector = json.loads(text)
        self.assertEqual(vector["patch"], "{}")
        self.assertLessEqual(len(vector.get("stored", "")), 10)
        # It can be pasted: the right driver passes it, and the wrong one fails it.
        right, _ = self.run_few((DRIVER,), cases=[vector])
        self.assert_status(right, AS_EXPECTED)
        again, _ = self.run_few(wrong("empty-object-is-a-no-op"), cases=[vector])
        self.assert_status(again, FAILURES)

    def test_a_vector_is_of_the_profile_that_was_asked(self):
        # The law about what is deepened asks a merge patch too: its answer is wrong here, and no other.
        change = "c.get('profile') == 'rfc7396' and r.update(value='{\"wrong\":1}')"
        answer = self.runner("laws", "--op", "deepen", "--profile", "auth0.user_metadata", "--cases", 300, "--",
                             *self.between("apply", change))
        self.assert_status(answer, FAILURES)
        text = re.search(r"as a vector of rfc7396:\n(\{.*?\n\})\n", answer.stdout, re.DOTALL).group(1)
        self.assert_status(self.run_few((DRIVER,), cases=[json.loads(text)], profile="rfc7396")[0], AS_EXPECTED)

    def test_what_is_not_offered_is_not_asked(self):
        answer = self.runner("laws", "--cases", 50, "--op", "compose", "--", *NAIVE)
        self.assert_status(answer, USAGE)
        self.assertIn("the driver offers no operation that is asked for here", answer.stderr)

    def test_what_a_driver_lacks_is_not_asked(self):
        # This project's driver with its numbers read as doubles.
        change = "r.update(value=json.dumps(json.loads(r['value'], parse_int=float))) if 'value' in r else 0"
        doubles = self.between("apply", change)
        lacking = doubles[:-2] + ("lambda c, r: " + change, DRIVER)
        told = self.folder / "lacking.py"
        told.write_text(BETWEEN.replace("    for case, result",
                                        "    said.update({'lacks': ['exact_numbers']} if 'ops' in said else {})\n"
                                        "        for case, result"))
        answer = self.runner("laws", "--op", "apply", "--cases", 3000, "--", *doubles)
        self.assert_status(answer, FAILURES)
        answer = self.runner("laws", "--op", "apply", "--cases", 3000, "--", *lacking[:2], str(told), *lacking[3:])
        self.assert_status(answer, AS_EXPECTED)

    def test_the_same_seed_finds_the_same(self):
        once, again = (self.runner("laws", "--op", "apply", "--cases", 300, "--seed", 5, "--",
                                   *wrong("nulls-are-stored")).stdout for _ in range(2))
        self.assertEqual(once, again)
        self.assertIn("BROKEN", once)

    def test_a_driver_that_ends_is_told(self):
        answer = self.runner("laws", "--op", "size", "--cases", 30, "--", *self.between("size", "sys.exit(1)"))
        self.assert_status(answer, FAILURES)
        self.assertIn("ended with status 1 and did not answer", answer.stdout)

    def test_no_driver_and_bad_usage(self):
        self.assert_status(self.runner("laws", "--", "true"), NO_DRIVER)
        self.assert_status(self.runner("laws"), USAGE)
        for bad in (("--op", "dance"), ("--op", "apply", "--op", "dance"), ("--profile", "auth0.userm"),
                    ("--cases", "-1"), ("--cases", "99999999999999999999"), ("--timeout", "nan")):
            self.assert_status(self.runner("laws", *bad, "--", DRIVER), USAGE)


if __name__ == "__main__":
    unittest.main()
