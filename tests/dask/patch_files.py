#!/usr/bin/python3
# SPDX-License-Identifier: BSL-1.0
"""Batches under Dask: a scheduler and workers on loopback, one of which is killed in the middle of a part.

  patch_files.py METAPATCH

What comes out must be what a single batch writes, byte for byte. Status 77 where there is no Dask, which CI does not take.
"""

import importlib.util
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import unittest

TOOL = str(pathlib.Path(sys.argv.pop(1)).resolve())
PROGRAM = pathlib.Path(__file__).resolve().parents[2] / "examples/dask/patch_files"
APPLY = ["apply", "--profile", "auth0.user_metadata", "--field", "user_metadata", "--patch", '{"terms":3,"old":null}']
QUIET = {**os.environ, "DASK_LOGGING__DISTRIBUTED": "error", "PYTHONWARNINGS": "ignore"}

if importlib.util.find_spec("distributed") is None:
    print("SKIPPED: batches under Dask: python3-distributed is not installed")
    sys.exit(1 if os.environ.get("CI") == "true" else 77)


def user(number):
    line = json.dumps({"user_id": f"auth0|{number}", "email": f"zoë{number}@example.com", "logins_count": number,
                       "user_metadata": {"old": number, "seen": 1.10, "name": "Zoë \U0001F600"}}, ensure_ascii=False).encode()
    if number % 97 == 0:
        return line.replace(b'"logins_count"', b"logins_count")  # no JSON
    if number % 89 == 0:
        return json.dumps({"user_id": f"auth0|{number}", "user_metadata": "a string"}).encode()
    return b"" if number % 83 == 0 else line


class Cluster:
    """A scheduler and its workers, each a process of its own."""

    def __init__(self, folder, workers):
        self.file = folder / "scheduler.json"
        self.running = [self.start(["dask-scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"])]
        for _ in range(workers):
            self.running.append(self.start(["dask-worker", "--no-nanny", "--nthreads", "1", "--host", "127.0.0.1", "--no-dashboard",
                                            "--local-directory", str(folder)]))
        deadline = time.monotonic() + 60
        while not self.file.exists() or not self.file.stat().st_size:
            if time.monotonic() > deadline:
                raise TimeoutError("the scheduler does not start")
            time.sleep(0.05)
        self.address = json.loads(self.file.read_text(encoding="utf-8"))["address"]

    def start(self, command):
        return subprocess.Popen([*command, "--scheduler-file", str(self.file)], env=QUIET, stdout=subprocess.DEVNULL,
                                stderr=subprocess.DEVNULL)

    def kill(self, worker):
        """As a machine that loses its power."""
        for process in self.running[1:]:
            if process.pid == worker:
                process.send_signal(signal.SIGKILL)
                process.wait()
                return True
        return False

    def stop(self):
        for process in self.running:
            process.kill()
            process.wait()


class Batches(unittest.TestCase):
    def setUp(self):
        made = tempfile.TemporaryDirectory()
        self.addCleanup(made.cleanup)
        self.folder = pathlib.Path(made.name)

    def file(self, name, content):
        path = self.folder / name
        path.write_bytes(content)
        return path

    def single(self, path, *more, name=None):
        """What one batch writes, and its rejects with the file's name, where it is one of several."""
        rejects = self.folder / "single.rejects"
        done = subprocess.run([TOOL, *APPLY, "--quiet", "--rejects", str(rejects), *more, "--batch", str(path)], capture_output=True, check=False)
        self.assertIn(done.returncode, (0, 1), done.stderr)
        lines = rejects.read_bytes()
        rejects.unlink()
        if name is not None:
            lines = b"".join(b'{"file":' + json.dumps(name).encode() + b"," + line[1:] for line in lines.splitlines(True))
        return done.stdout, lines

    def run_program(self, *arguments, tool=TOOL, command=APPLY, popen=False):
        call = [sys.executable, "-B", str(PROGRAM), "--tool", tool, "--output", str(self.folder / "out"), *map(str, arguments), "--", *command]
        running = subprocess.Popen(call, env=QUIET, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.addCleanup(running.communicate)
        self.addCleanup(running.kill)
        return running if popen else self.ended(running)

    def ended(self, running):
        out, err = running.communicate(timeout=120)
        self.assertEqual(out, b"")
        return running.returncode, err.decode()

    def slow_tool(self):
        """The tool, which tells which worker runs it and then takes its time."""
        path = self.file("slow", f"#!/bin/sh\necho $PPID >>{self.folder}/runs\nsleep 0.15\nexec {TOOL} \"$@\"\n".encode())
        path.chmod(0o755)
        return str(path)

    def runs(self):
        path = self.folder / "runs"
        return [int(line) for line in path.read_text(encoding="ascii").split()] if path.exists() else []

    def test_a_killed_worker_changes_nothing_in_the_result(self):
        one = self.file("one.ndjson", b"\n".join(map(user, range(1, 4000))) + b"\n")
        two = self.file("two.ndjson", b"\n".join(map(user, range(5000, 6500))))  # no line end behind the last
        cluster = Cluster(self.folder, 3)
        self.addCleanup(cluster.stop)
        running = self.run_program(one, two, "--scheduler", cluster.address, "--part", "20000", "--rejects", self.folder / "rejects",
                                   "--progress", "always", tool=self.slow_tool(), popen=True)
        while len(self.runs()) < 8:
            self.assertIsNone(running.poll(), "it has ended before a worker was killed")
            time.sleep(0.01)
        self.assertTrue(cluster.kill(self.runs()[-1]))
        status, words = self.ended(running)
        self.assertEqual(status, 1, words)
        parts = int(words.rsplit(" parts, ", 1)[0].rsplit(" of ", 1)[1])
        self.assertGreater(len(self.runs()), parts, "no part was run again")
        self.assertIn(f"{parts} of {parts} parts", words)
        expected = {path.name: self.single(path, name=str(path)) for path in (one, two)}
        for name, (content, _) in expected.items():
            self.assertEqual((self.folder / "out" / name).read_bytes(), content)
        self.assertEqual((self.folder / "rejects").read_bytes(), b"".join(rejects for _, rejects in expected.values()))
        self.assertEqual(sorted(os.listdir(self.folder / "out")), ["one.ndjson", "two.ndjson"])

    def test_without_any_worker_it_stops_and_the_same_command_goes_on(self):
        one = self.file("one.ndjson", b"\n".join(map(user, range(1, 1000))) + b"\n")
        tool = self.slow_tool()
        cluster = Cluster(self.folder, 1)
        self.addCleanup(cluster.stop)
        running = self.run_program(one, "--scheduler", cluster.address, "--part", "10000", "--patience", "1", tool=tool, popen=True)
        while len(self.runs()) < 4:
            self.assertIsNone(running.poll(), "it has ended before the worker was killed")
            time.sleep(0.01)
        self.assertTrue(cluster.kill(self.runs()[-1]))
        status, words = self.ended(running)
        self.assertEqual(status, 3, words)
        self.assertIn("no worker", words)
        self.assertEqual(os.listdir(self.folder / "out"), [".parts"])
        before = len(self.runs())
        status, words = self.run_program(one, "--part", "20000", "--workers", "1", tool=tool)
        self.assertEqual(status, 2, words)
        self.assertIn("another command", words)
        status, words = self.run_program(one, "--part", "10000", "--workers", "2", "--progress", "always", tool=tool)
        self.assertEqual(status, 1, words)
        parts = int(words.rsplit(" parts, ", 1)[0].rsplit(" of ", 1)[1])
        self.assertLess(len(self.runs()) - before, parts, "what was done is done again")
        self.assertEqual((self.folder / "out/one.ndjson").read_bytes(), self.single(one)[0])

    def test_compressed_blank_and_empty_parts_pass(self):
        lines = b"\n".join(map(user, range(1, 82))) + b"\n"
        blank = self.file("blank.ndjson", lines + b"\n" * 50_000 + lines)
        packed = self.file("packed.ndjson", lines)
        subprocess.run(["gzip", str(packed)], check=True)
        empty = self.file("empty.ndjson", b"")
        status, words = self.run_program(blank, f"{packed}.gz", empty, "--part", "5000", "--workers", "2")
        self.assertEqual(status, 0, words)
        self.assertEqual((self.folder / "out/blank.ndjson").read_bytes(), self.single(blank)[0])
        self.assertEqual((self.folder / "out/packed.ndjson").read_bytes(), self.single(f"{packed}.gz")[0])
        self.assertEqual((self.folder / "out/empty.ndjson").read_bytes(), b"")

    def test_the_command_of_the_readme_does_what_it_says(self):
        shown = re.search(r"```sh\n.*?\n(examples/dask/patch_files .*?)```", PROGRAM.with_name("README.md").read_text(encoding="utf-8"), re.DOTALL).group(1)
        for path, here in (("examples/dask/patch_files", str(PROGRAM)), ("build/release/examples/metapatch/metapatch", TOOL)):
            self.assertIn(path, shown)
            shown = shown.replace(path, here)
        users = self.file("users.ndjson", b"\n".join(map(user, range(1, 100))) + b"\n")
        done = subprocess.run(["sh", "-c", shown], cwd=self.folder, env=QUIET, capture_output=True, timeout=120, check=False)
        self.assertEqual((done.returncode, done.stderr), (1, b""))
        content = (self.folder / "patched/users.ndjson").read_bytes()
        self.assertEqual(content, subprocess.run([TOOL, *APPLY[:5], "--patch", '{"terms":2}', "--quiet", "--batch", str(users)], capture_output=True, check=False).stdout)
        self.assertEqual(len((self.folder / "refused.ndjson").read_bytes().splitlines()), 2)

    def test_mistakes_are_told_before_anything_is_written(self):
        one = self.file("one.ndjson", user(1) + b"\n")
        array = self.file("users.json", b"[" + user(1) + b"]")
        for arguments, command, words in [
                ((one,), ["validate"], "behind --"), ((one,), [*APPLY, "--in-place"], "--in-place is not for parts"),
                ((one, one), APPLY, "two results"), ((array,), APPLY, "is a JSON array"),
                ((one, "--workers", "1"), [*APPLY[:-1], '{"a.b":1}'], "invalid_key_character"),
                ((one, "--workers", "1"), [*APPLY[:2], "none", *APPLY[3:]], "none")]:
            status, said = self.run_program(*arguments, command=command)
            self.assertEqual((status, words in said), (2, True), said)
        self.assertEqual(self.run_program(self.folder / "nothing")[0], 3)
        status, said = self.run_program(one, "--workers", "1", tool=str(self.folder / "no tool"))
        self.assertEqual((status, "no tool" in said), (3, True), said)
        out = self.folder / "out"
        self.assertEqual([name for name in os.listdir(out) if name != ".parts"] if out.exists() else [], [])


unittest.main(verbosity=2)
