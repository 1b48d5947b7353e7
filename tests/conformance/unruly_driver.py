#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""A driver that breaks the protocol, for the tests of the runner.

usage: unruly_driver.py FAULT     at the case with the id `trouble`; or at the start, or the end, where its name says so
"""

import json
import os
import signal
import sys
import time

import naive_driver

FAULT = sys.argv[1]


def say(text):
    sys.stdout.write(text)
    sys.stdout.flush()


def hang():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if os.fork() == 0:
        say("")  # what it has started hangs too, with the same pipes
    time.sleep(1000)


def answer_to(case):
    if case["id"] == "trouble" and FAULT == "errored":
        raise RuntimeError("no idea")
    if case["id"] == "trouble" and FAULT == "markup":
        return {"outcome": "ok", "field": "present", "value": "<script>alert(1)</script>\u0001\u009b"}
    return naive_driver.answer(case)


def trouble(request, reply):
    """What is said in place of a reply."""
    if FAULT == "crash":
        sys.stderr.write("oh no\n")
        sys.stderr.flush()
        os.kill(os.getpid(), signal.SIGSEGV)
    if FAULT == "exit":
        sys.exit(3)
    if FAULT == "hang":
        hang()
    if FAULT == "hang-in-a-line":
        say('{"seq":')
        hang()
    if FAULT == "deaf":
        os.close(0)
        time.sleep(1000)
    if FAULT == "closed-output":
        os.close(1)
        time.sleep(1000)
    if FAULT == "wrong-seq":
        reply["seq"] += 1
    if FAULT == "no-seq":
        del reply["seq"]
    if FAULT == "wrong-id":
        reply["results"][-1]["id"] = "another"
    if FAULT == "no-results":
        del reply["results"]
    if FAULT == "too-many-results":
        reply["results"].append(reply["results"][0])
    if FAULT == "result-is-no-object":
        reply["results"][-1] = 5
    if FAULT == "no-outcome":
        reply["results"][-1] = {"id": reply["results"][-1]["id"]}
    text = json.dumps(reply) + "\n"
    if FAULT == "huge-line":
        return "x" * 600_000_000 + "\n"
    return {"garbage": "debug: here I am\n", "empty-line": "\n", "not-utf8": "\udcff\n", "array": "[]\n",
            "two-lines": text + "one more thing\n"}.get(FAULT, text)


def main():
    sys.stdout.reconfigure(errors="surrogateescape")
    for line in sys.stdin:
        request = json.loads(line)
        if request["cmd"] == "start":
            if FAULT == "start-hangs":
                hang()
            if FAULT == "start-ends":
                sys.exit(1)
            name = "<b>unruly</b>" if FAULT == "markup" else "unruly"
            reply = {"protocol": 2 if FAULT == "start-protocol" else 1,
                     "implementation": {"name": name, "version": "1", "language": "Python"},
                     "profiles": naive_driver.PROFILES, "ops": naive_driver.OPS}
            if FAULT == "start-lacks":
                reply["lacks"] = ["order", "patience"]
            say("hello\n" if FAULT == "start-garbage" else json.dumps(reply) + "\n")
        elif request["cmd"] == "run":
            reply = {"seq": request["seq"],
                     "results": [naive_driver.result_of(case, answer_to) for case in request["cases"]]}
            in_batch = FAULT == "only-in-batches" and len(request["cases"]) > 1
            if in_batch:
                sys.exit(1)
            troubled = any(case["id"] == "trouble" for case in request["cases"])
            say(trouble(request, reply) if troubled else json.dumps(reply) + "\n")
        else:
            if FAULT == "stop-status":
                sys.exit(4)
            if FAULT == "stop-answers":
                say("bye\n")
            if FAULT == "stop-hangs":
                hang()
            break


main()
