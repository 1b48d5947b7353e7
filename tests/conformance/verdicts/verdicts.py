#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Asks implementations of others, from npm, and writes what they answered as one dated page.

usage: verdicts.py RUNNER DRIVER PAGE [FOLDER]

RUNNER and DRIVER are this project's. The packages of package.json are installed in FOLDER, a temporary one where none is
named: nothing of them stays here. What could not be run makes no line of the page.
"""

import datetime
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

HERE = Path(__file__).resolve().parent
# What texts are JSON, and what becomes of their bytes, is not asked of those that are given values.
VALUES = ["--exclude-id", "*.malformed.*", "--exclude-id", "*.bytes-kept.*", "--exclude-id", "*.nesting.*"]
MERGE_PATCH = ["--profile", "rfc7396", "--op", "apply", "--op", "diff", *VALUES]
USER_METADATA = ["--profile", "auth0.user_metadata", "--op", "apply", *VALUES]
BOTH = ["--profile", "auth0.user_metadata", "--profile", "rfc7396", "--op", "apply", "--op", "diff", *VALUES]
PEERS = {"workos": USER_METADATA, "json-merge-patch": MERGE_PATCH, "json8-merge-patch": MERGE_PATCH,
         "tiny-merge-patch": MERGE_PATCH}
SIMULATOR = "@simulacrum/auth0-simulator"
AS_EXPECTED, FAILURES, NO_DRIVER = 0, 1, 3


def install(folder):
    shutil.copy(HERE / "package.json", folder)
    subprocess.run(["npm", "install", "--silent", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder, check=True)


def run(runner, options, command, report, folder):
    answer = subprocess.run([runner, "run", "--progress", "never", "--json", report, *options, "--", *command], cwd=folder,
                            capture_output=True, text=True)
    if answer.returncode not in (AS_EXPECTED, FAILURES):
        sys.exit(f"verdicts.py: {command}: {answer.stderr}")
    print(answer.stdout.splitlines()[-1], flush=True)


def shown_as(report, command):
    """A report whose command is one for readers, without this machine's folders."""
    made = json.loads(report.read_text())
    made["command"] = command
    report.write_text(json.dumps(made))


def wait_for(url, certificate, seconds=30):
    import ssl
    context = ssl.create_default_context(cafile=certificate)
    until = time.monotonic() + seconds
    while True:
        try:
            return urllib.request.urlopen(url, context=context, timeout=5).status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def ask_simulator(runner, folder):
    """A sentence on the simulator, which is asked over HTTPS whether it has the users of the Management API."""
    certificates = folder / "home" / ".simulacrum" / "certs"
    certificates.mkdir(parents=True)
    certificate = certificates / "localhost.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                    "-addext", "subjectAltName=DNS:localhost", "-keyout", certificates / "localhost-key.pem",
                    "-out", certificate], check=True, capture_output=True)
    package = folder / "node_modules" / SIMULATOR
    version = json.loads((package / "package.json").read_text())["version"]
    with subprocess.Popen(["node", package / "bin" / "start.cjs"], env={**os.environ, "HOME": str(folder / "home")},
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            wait_for("https://localhost:4400/", certificate)
            answer = subprocess.run([runner, "http", "--url", "https://localhost:4400", "--ca-file", certificate, "--token",
                                     "any", "--yes", "--rate", "100", "--level", "required"], capture_output=True, text=True)
        finally:
            server.terminate()
    print(f"{SIMULATOR} {version}: {answer.stderr.strip()}", flush=True)
    if answer.returncode != NO_DRIVER or "no user could be created: 404" not in answer.stderr:
        sys.exit(f"verdicts.py: {SIMULATOR} has users now, and should be asked for them: {answer.stderr}")
    return (f"{SIMULATOR} {version} was asked over HTTPS and has no case here: it answers 404 where a user is to be "
            "created (POST /api/v2/users).")


def notes(simulator, today, node):
    return [
        f"What implementations of others answered on {today}, with Node.js {node}. Each was asked in its version of that "
        "day, through a small driver (tests/conformance/verdicts/peer.mjs), and nothing is told of what was not run. "
        "Required is what RFC 7396 or Auth0's documentation and recordings show; what is chosen is this project's "
        "decision, and an implementation may have good reasons to differ.",
        "The libraries are asked RFC 7396, which they implement. The driver reads and writes the texts: what is JSON, "
        "bytes, the order of keys and numbers beyond a double are not asked.",
        "workos/emulate is WorkOS's own emulator. WorkOS documents of its users' metadata "
        "(https://workos.com/docs/authkit/metadata) what Auth0 does of user_metadata: what is named is set, null removes, {} clears. It is asked that alone, of strings of ASCII within "
        "WorkOS's limits. What Auth0 alone does was not asked.",
        simulator,
        "metapatch and the example in JavaScript of this project are there to be compared with.",
    ]


def main():
    if len(sys.argv) not in (4, 5):
        sys.exit(__doc__.strip())
    runner, driver, page = (os.path.abspath(each) for each in sys.argv[1:4])
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(sys.argv[4]).resolve() if len(sys.argv) == 5 else Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        install(folder)
        reports = []
        for name, options in PEERS.items():
            reports.append(folder / f"{name}.json")
            run(runner, options, ["node", HERE / "peer.mjs", name], reports[-1], folder)
            shown_as(reports[-1], f"node peer.mjs {name}")
        for name, command, shown in (("example", ["node", HERE.parent / "example_driver.mjs"], "node example_driver.mjs"),
                                     ("metapatch", [driver], "metapatch-conformance-driver")):
            reports.append(folder / f"of-{name}.json")
            run(runner, BOTH, command, reports[-1], folder)
            shown_as(reports[-1], shown)
        with tempfile.TemporaryDirectory() as home:
            (Path(home) / "node_modules").symlink_to(folder / "node_modules")
            simulator = ask_simulator(runner, Path(home))
        node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()
        told = [text for each in notes(simulator, datetime.date.today().isoformat(), node) for text in ("--note", each)]
        subprocess.run([runner, "report", "--html", page, "--title", "Verdicts", *told, *reports], check=True)


if __name__ == "__main__":
    main()
