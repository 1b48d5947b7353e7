# SPDX-License-Identifier: BSL-1.0
"""Where the time of a process goes, by samples of perf."""

import collections
import os
import re
import subprocess
import tempfile

# The first that fits the object and the name of a function has it.
PARTS = (
    ("kernel", r"^\[kernel"),
    ("SQLite", r"^libsqlite3"),
    ("libpq", r"^libpq"),
    ("tokens", r"^lib(crypto|ssl)| jwt::| nlohmann::"),
    ("metapatch", r" metapatch::"),
    ("Beast and Asio", r" boost::"),
    ("the server's own", r" server::"),
    ("the C and C++ libraries", r"^lib(c|m|stdc\+\+|gcc_s)[.-]|^\[vdso|^ld-linux| std::| operator"),
)


def name_of(symbol):
    """The function of a symbol, without its result, parameters and template arguments."""
    symbol = symbol.replace("(anonymous namespace)", "anonymous").replace("->", "")
    before = None
    while before != symbol:
        before, symbol = symbol, re.sub(r"<[^<>]*>|\([^()]*\)|\[[^][]*\]", "", symbol)
    words = [word for word in symbol.split() if "::" in word]
    return words[-1] if words else symbol.strip()


def shares(process, seconds, run):
    """What `run` makes a process do, as a text: the share of each part. What is inlined is its caller's."""
    with tempfile.TemporaryDirectory() as folder:
        data = os.path.join(folder, "data")
        recorder = subprocess.Popen(["perf", "record", "-q", "-e", "cpu-clock", "-F", "997", "-o", data, "-p", str(process),
                                     "--", "sleep", str(seconds)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        run()
        if recorder.wait() != 0:
            return "perf cannot record here (Debian: linux-perf)"
        report = subprocess.run(["perf", "report", "-i", data, "--stdio", "-q", "--sort", "dso,symbol", "-g", "none"],
                                capture_output=True, text=True).stdout
    counts = collections.Counter()
    for line in report.splitlines():
        found = re.match(r"\s*([\d.]+)%\s+(\S+)\s+\[.\]\s+(.*)", line)
        if found:
            sample = f"{found.group(2)} {name_of(found.group(3))}"
            part = next((name for name, pattern in PARTS if re.search(pattern, sample)), "others")
            counts[part] += float(found.group(1))
    return ", ".join(f"{name} {share:.0f} %" for name, share in counts.most_common())
