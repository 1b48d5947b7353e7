# SPDX-License-Identifier: BSL-1.0
"""A conformance driver as a process: the asking side of mpcp/1."""

import json
import subprocess


class DriverError(Exception):
    """The driver broke the protocol or ended early."""


class Driver:
    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.sequence = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            try:
                pipe.close()
            except BrokenPipeError:
                pass
        self.process.wait()

    def ask_line(self, line):
        """The answer to one line of bytes, whatever it holds."""
        try:
            self.process.stdin.write(line + b"\n")
            self.process.stdin.flush()
        except BrokenPipeError as error:
            raise DriverError("the driver does not read any more") from error
        answer = self.process.stdout.readline()
        if not answer.endswith(b"\n"):
            raise DriverError("the driver ended without an answer")
        return json.loads(answer)

    def ask(self, request):
        return self.ask_line(json.dumps(request, separators=(",", ":")).encode())

    def start(self):
        answer = self.ask({"cmd": "start", "protocol": 1})
        if answer.get("protocol") != 1:
            raise DriverError(f"no protocol 1: {answer}")
        return answer

    def run(self, cases):
        """The results of cases, in their order."""
        self.sequence += 1
        answer = self.ask({"cmd": "run", "seq": self.sequence, "cases": cases})
        results = answer.get("results")
        if answer.get("seq") != self.sequence or not isinstance(results, list) or len(results) != len(cases):
            raise DriverError(f"no answer to request {self.sequence}: {str(answer)[:300]}")
        for case, result in zip(cases, results):
            if result.get("id") != case["id"]:
                raise DriverError(f"the answer to {case['id']} is for {result.get('id')}")
        return results

    def stop(self):
        """Ask the driver to end; its exit status."""
        self.process.stdin.write(b'{"cmd":"stop"}\n')
        self.process.stdin.close()
        return self.process.wait(timeout=30)
