#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What a patch costs inside SQLite: metapatch_apply against json_patch, over a table of documents in memory.

  benchmarks/sqlite.py build/release/examples/sqlite/metapatch.so [--quick] [--json FILE]

Both functions answer the same statement in turn, and every result of one is compared with the other's, as JSON, before
any is timed. Figures are processor time a row, medians of rounds; a loop over the same rows that does nothing to them
is told beside them, for it is in both. SQLite is the one that Python has, the extension the one that is named."""

import argparse
import json
import pathlib
import platform
import random
import sqlite3
import statistics
import sys
import time

SIZES = [("200 B", 200), ("2 KB", 2_000), ("64 KB", 64_000), ("1 MB", 1_000_000)]
POLICIES = {  # what each checks on the way
    "metapatch_apply, user_metadata": "auth0.user_metadata",  # keys at every depth, the size, and the JSON of both
    "metapatch_apply, rfc7396": "rfc7396",
}
PATCH = '{"plan":"enterprise","settings":null,"seen":1764460800}'


def document(rng, size):
    """The metadata of a user: records, lists and scalars."""
    members = {"plan": "team", "settings": {"theme": "dark", "locale": "de-AT", "beta": True}}
    if size < 300:
        members["name"] = "Zoë"
    pieces = [json.dumps(members, ensure_ascii=False, separators=(",", ":"))[1:-1]]
    length = len(pieces[0])
    while length < size:
        i = len(pieces)
        value = ({"id": rng.randrange(10**9), "at": "2026-11-29T10:00:00Z", "ok": bool(i & 1), "note": "é" * (i % 7)} if i % 3 == 0
                 else [rng.randrange(1000) for _ in range(8)] if i % 3 == 1 else f"value {rng.random():.6f}")
        pieces.append(json.dumps({f"member_{i}": value}, ensure_ascii=False, separators=(",", ":"))[1:-1])
        length += len(pieces[-1]) + 1
    return "{" + ",".join(pieces) + "}"


def table(database, size, bytes_in_all):
    rng = random.Random(size)
    count = max(3, bytes_in_all // size)
    database.execute("DROP TABLE IF EXISTS users")
    database.execute("CREATE TABLE users(metadata TEXT)")
    database.executemany("INSERT INTO users VALUES (?)", [(document(rng, size),) for _ in range(count)])
    return count


def must_agree(database, size):
    for policy in POLICIES.values():
        rows = database.execute("SELECT metapatch_apply(?1, metadata, ?2), json_patch(metadata, ?2) FROM users", (policy, PATCH))
        for ours, theirs in rows:
            if json.loads(ours) != json.loads(theirs):
                sys.exit(f"{policy} at {size}: metapatch_apply and json_patch differ")


def measured(database, expression, parameters, count):
    statement = f"SELECT count({expression}) FROM users"
    begun = time.process_time_ns()
    database.execute(statement, parameters).fetchall()
    return (time.process_time_ns() - begun) / count


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("extension", type=pathlib.Path, help="metapatch.so")
    parser.add_argument("--quick", action="store_true", help="compare, and time one short round")
    parser.add_argument("--json", type=pathlib.Path, help="write the figures to this file")
    asked = parser.parse_args()
    database = sqlite3.connect(":memory:")
    database.enable_load_extension(True)
    database.load_extension(str(asked.extension.resolve()))
    contenders = {"loop alone": ("metadata", ()), "json_patch": ("json_patch(metadata, ?1)", (PATCH,))}
    contenders |= {name: ("metapatch_apply(?1, metadata, ?2)", (policy, PATCH)) for name, policy in POLICIES.items()}
    bytes_in_all, rounds = (100_000, 1) if asked.quick else (16_000_000, 9)
    figures = {}
    for name, size in SIZES:
        count = table(database, size, bytes_in_all)
        must_agree(database, name)
        times = {each: [] for each in contenders}
        for _ in range(rounds):
            for each in random.sample(list(contenders), len(contenders)):
                times[each].append(measured(database, *contenders[each], count))
        figures[name] = {each: statistics.median(all_of) for each, all_of in times.items()}
        for each, ns in figures[name].items():
            ratios = [theirs / ours for theirs, ours in zip(times["json_patch"], times[each])]
            print(f"{name:>6}  {each:<32} {ns / 1000:10.2f} µs a row  {statistics.median(ratios):6.2f} × json_patch")
    if asked.json:
        asked.json.write_text(json.dumps({"sqlite": sqlite3.sqlite_version, "python": platform.python_version(),
                                          "ns_a_row": figures}, indent=1) + "\n", encoding="utf-8")
    print("every result is that of json_patch")


main()
