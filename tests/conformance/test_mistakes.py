#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Whether the vectors catch drivers that are wrong.

usage: test_mistakes.py runner driver
"""

import json
import subprocess
import unittest

from runner_harness import FAILURES, KNOWN, RunnerTest, short_vectors, wrong


class Mistakes(RunnerTest):
    def test_each_is_caught(self):
        vectors = short_vectors(self.folder / "vectors")
        mistakes = subprocess.run(wrong("--list"), capture_output=True, text=True, check=True).stdout.split()
        self.assertGreaterEqual(len(mistakes), 20)
        for mistake in mistakes:
            with self.subTest(mistake):
                report = self.folder / "report.json"
                answer = self.runner("run", "--vectors", vectors, "--expected-failures", KNOWN, "--batch", 20,
                                     "--shuffle", 3, "--timeout", 60, "--stop-after", 5, "--json", report,
                                     "--", *wrong(mistake))
                self.assert_status(answer, FAILURES)
                caught = [each for each in json.loads(report.read_text())["cases"]
                          if each["verdict"] == "failed" and "expected_to_fail" not in each]
                self.assertTrue(caught, answer.stdout)


if __name__ == "__main__":
    unittest.main()
