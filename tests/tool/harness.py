# SPDX-License-Identifier: BSL-1.0
"""Runs the built tool, end to end."""

import json
import os
import subprocess
import sys
import tempfile
import unittest

TOOL = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else None
APPLIED, REFUSED, USAGE, INPUT_OUTPUT, NOTHING = 0, 1, 2, 3, 4


class Answer:
    def __init__(self, done):
        self.status, self.bytes = done.returncode, done.stdout
        self.out, self.err = (stream.decode(errors="backslashreplace") if stream else "" for stream in (done.stdout, done.stderr))


class ToolTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def file(self, name, content):
        path = os.path.join(self.folder.name, name)
        with open(path, "wb") as out:
            out.write(content if isinstance(content, bytes) else content.encode())
        return path

    def lines(self, name, line, count):
        """A file of one line many times, made without holding it: a child's peak memory starts with its parent's."""
        path = self.file(name, b"")
        with open(path, "a", encoding="utf-8") as out:
            for _ in range(count):
                out.write(line)
        return path

    def content(self, name):
        with open(os.path.join(self.folder.name, name), "rb") as file:
            return file.read()

    def rejects(self, name="rejects"):
        return [json.loads(line) for line in self.content(name).splitlines()]

    def run_tool(self, *arguments, stdin=b"", **options):
        environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
        environment.update(options.pop("env", {}))
        options.setdefault("stdout", subprocess.PIPE)
        return Answer(
            subprocess.run(
                [TOOL, *arguments],
                input=stdin.encode() if isinstance(stdin, str) else stdin,
                stderr=subprocess.PIPE,
                cwd=self.folder.name,
                env=environment,
                timeout=100,
                **options,
            )
        )

    def peak_memory(self, status, *arguments):
        """KiB that a run took which ended with this status."""
        own = {**os.environ, "ASAN_OPTIONS": "quarantine_size_mb=1"}  # a sanitizer keeps what is freed
        nowhere = subprocess.DEVNULL
        with subprocess.Popen([TOOL, *arguments], stdout=nowhere, stderr=nowhere, env=own) as running:
            _, ended, used = os.wait4(running.pid, 0)
            running.returncode = os.waitstatus_to_exitcode(ended)
        self.assertEqual(running.returncode, status)
        return used.ru_maxrss

    def assert_answer(self, answer, status, out=None):
        self.assertEqual(answer.status, status, answer.err)
        if out is not None:
            self.assertEqual(answer.out, out)


def main():
    unittest.main(verbosity=2)
