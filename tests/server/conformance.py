# SPDX-License-Identifier: BSL-1.0
"""The conformance vectors over HTTP: every case that HTTP can ask is answered as the library answers it."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

RUNNER = os.path.abspath(sys.argv.pop(2)) if len(sys.argv) > 2 else "metapatch-conformance"

from harness import Server, main, token

SCOPES = "create:users read:users update:users update:users_app_metadata delete:users"
VECTORS = pathlib.Path(__file__).resolve().parent.parent / "conformance/vectors"


class Vectors(unittest.TestCase):
    def test_the_runner_finds_nothing_wrong_and_leaves_nothing_behind(self):
        with tempfile.TemporaryDirectory() as folder:
            with Server("--no-access-log", store=f"sqlite:{folder}/db") as server:
                report = folder + "/report.json"
                ran = subprocess.run([RUNNER, "http", "--url", f"http://localhost:{server.port}", "--yes", "--rate", "1000",
                                      "--progress", "never", "--vectors", VECTORS, "--json", report],
                                     env={**os.environ, "METAPATCH_TOKEN": token(SCOPES)}, capture_output=True, text=True)
                self.assertEqual(ran.returncode, 0, ran.stdout[-3000:] + ran.stderr[-3000:])
                passed = int(ran.stdout.rsplit("cases: ", 1)[1].split(" passed")[0])
                self.assertGreater(passed, 600) # of those for user_metadata and app_metadata
                self.assertTrue(json.loads(pathlib.Path(report).read_text()))
                left = server.send("GET", "/api/v2/users?include_totals=true", token=token("read:users")).json
                self.assertEqual(left["total"], 0)


if __name__ == "__main__":
    main()
