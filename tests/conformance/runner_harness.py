# SPDX-License-Identifier: BSL-1.0
"""The runner as a process, for its tests: each is started with the runner and this project's driver."""

import json
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).parent
RUNNER, DRIVER = (os.path.abspath(sys.argv.pop(1)) for _ in range(2))
PYTHON = (sys.executable, "-B")
NAIVE = (*PYTHON, str(HERE / "naive_driver.py"))
KNOWN = str(HERE / "naive_driver.failures")
AS_EXPECTED, FAILURES, USAGE, NO_DRIVER, INTERRUPTED = 0, 1, 2, 3, 130


def unruly(fault):
    return (*PYTHON, str(HERE / "unruly_driver.py"), fault)


def wrong(mistake):
    return (*PYTHON, str(HERE / "wrong_driver.py"), mistake)


def case(name, patch='{"b":2}', expect='{"a":1,"b":2}', **more):
    return {"id": name, "op": "apply", "stored": '{"a":1}', "patch": patch,
            "expect": {"outcome": "ok", "field": "present", "value": expect}, "level": "chosen",
            "evidence": [{"kind": "chosen", "ref": "https://example.com/a?b&c"}], **more}


def is_long(value):
    """Whether a case has a text that naive_driver.py skips, and that takes a while to be sent to it."""
    if isinstance(value, dict) and "parts" in value:
        return sum(len(text) * times for text, times in value["parts"]) > 200_000
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(map(is_long, inside))


def short_vectors(folder):
    """Makes a folder of the vectors whose texts are short."""
    for path in (HERE / "vectors").rglob("*.json"):
        file = json.loads(path.read_text())
        file["cases"] = [each for each in file["cases"] if not is_long(each)]
        if file["cases"]:
            (folder / path.parent.name).mkdir(parents=True, exist_ok=True)
            (folder / path.parent.name / path.name).write_text(json.dumps(file))
    return str(folder)


FEW = [case("first"), case("trouble"), case("last")]


class RunnerTest(unittest.TestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def vectors(self, cases=None, profile="auth0.user_metadata"):
        path = self.folder / "vectors.json"
        path.write_text(json.dumps({"profile": profile, "cases": FEW if cases is None else cases}))
        return str(path)

    def runner(self, *arguments, timeout=300):
        return subprocess.run([RUNNER, *map(str, arguments)], capture_output=True, text=True, timeout=timeout)

    def run_few(self, driver, *options, cases=None, profile="auth0.user_metadata"):
        """The answer of a run, and its results by id."""
        report = self.folder / "report.json"
        vectors = self.vectors(cases, profile)
        answer = self.runner("run", "--vectors", vectors, "--json", report, *options, "--", *driver)
        results = json.loads(report.read_text())["cases"] if report.exists() else []
        return answer, {each["id"]: each for each in results}

    def assert_status(self, answer, status):
        self.assertEqual(answer.returncode, status, answer.stdout + answer.stderr)
