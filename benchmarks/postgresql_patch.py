#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What a patch of a field costs inside PostgreSQL, and from a client: postgresql_patch.py MODULE [--quick | --rounds N] [--selects]

MODULE is the extension's shared library. The server is one of its own, as Debian configures it, on a socket. All that is
compared runs in turns, 5 times or as often as --rounds says, and what is printed are medians and ratios, as Markdown;
--quick measures little and checks that all have the same results. A size that has been measured is printed as JSON on
standard error, for it takes minutes.
"""

import argparse
import contextlib
import datetime
import json
import pathlib
import random
import statistics
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "tests/postgresql"))
from installation import Installation, may_run, psycopg2  # noqa: E402

POLICY = "auth0.user_metadata"
PATCH = {"newsletter": None, "consent": {"version": 3, "given": "2026-11-22"}, "theme": "dark"}
SETS = json.dumps({name: value for name, value in PATCH.items() if value is not None})
SIZES = {"200 B": (200, 5000), "2 KB": (2_000, 2000), "64 KB": (64_000, 60), "1 MB": (1_000_000, 4)}
LOOP = """
CREATE FUNCTION in_a_loop(stored jsonb, patch jsonb) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE name text; value jsonb;
BEGIN
    FOR name, value IN SELECT * FROM jsonb_each(patch) LOOP
        IF value = 'null' THEN stored := stored - name; ELSE stored := stored || jsonb_build_object(name, value); END IF;
    END LOOP;
    RETURN stored;
END $$"""
whole = json.dumps(PATCH)
# The name in the table, the column's type, the expression, and whether it does what is asked.
CONTENDERS = [
    ("metapatch_apply, text", "text", f"metapatch_apply('{POLICY}', field, '{whole}')", True),
    ("metapatch_apply, json", "json", f"metapatch_apply('{POLICY}', field, '{whole}')", True),
    ("metapatch_apply, jsonb", "jsonb", f"metapatch_apply('{POLICY}', field, '{whole}')", True),
    ("`||`", "jsonb", f"field || '{SETS}'", False),
    ("`||` and `-`", "jsonb", f"(field || '{SETS}') - 'newsletter'", True),
    ("jsonb_strip_nulls(`||`)", "jsonb", f"jsonb_strip_nulls(field || '{whole}')", False),
    ("PL/pgSQL loop", "jsonb", f"in_a_loop(field, '{whole}')", True),
]


IN_UPDATES = ("metapatch_apply, text", "metapatch_apply, jsonb", "`||` and `-`", "PL/pgSQL loop")
# How PostgreSQL is asked to keep what it is given: whether a commit waits for the disk, and how large values are packed.
DESIGNS = {
    "as it comes": ("on", "COMPRESSION pglz, ALTER field SET STORAGE EXTENDED"),
    "commits do not wait": ("off", "COMPRESSION pglz, ALTER field SET STORAGE EXTENDED"),
    "and lz4": ("off", "COMPRESSION lz4, ALTER field SET STORAGE EXTENDED"),
    "and not compressed": ("off", "STORAGE EXTERNAL"),
}


def field(random_numbers, size):
    """Metadata of about so many bytes: names, numbers, truth, texts and some nesting."""
    made = {"newsletter": True, "theme": "light", "consent": {"version": 2, "given": "2024-02-11"}}
    words = ["chess", "climbing", "sailing", "birds", "日本語", "Oslo", "Lima", "Ada", "grace", "dark"]
    bytes_left = size - len(json.dumps(made))
    while bytes_left > 0:
        kind = random_numbers.randrange(5)
        value = [random_numbers.randrange(10**6), round(random_numbers.random() * 100, 2), random_numbers.random() < .5,
                 " ".join(random_numbers.choices(words, k=random_numbers.randrange(1, 9))),
                 {"at": f"2024-0{random_numbers.randrange(1, 9)}-11T08:30:00Z", "tags": random_numbers.choices(words, k=3)}
                 ][kind]
        name = f"{random_numbers.choice(words[:4])}_{random_numbers.randrange(10**6)}"
        made[name] = value
        bytes_left -= len(json.dumps({name: value})) - 1
    return json.dumps(made, ensure_ascii=False, separators=(",", ":"))


class Bench:
    def __init__(self, cursor, options):
        self.cursor, self.quick = cursor, options.quick
        self.rounds = 1 if options.quick else options.rounds

    def rows(self, size):
        return max(SIZES[size][1] // (20 if self.quick else 1), 3)

    def fill(self, size):
        numbers = random.Random(size)
        fields = [field(numbers, SIZES[size][0]) for _ in range(self.rows(size))]
        for kind in ("text", "json", "jsonb"):
            self.cursor.execute(f"DROP TABLE IF EXISTS of_{kind}")
            self.cursor.execute(f"CREATE TABLE of_{kind} (id int PRIMARY KEY, field {kind}) WITH (fillfactor = 50)")
            self.cursor.execute(f"INSERT INTO of_{kind} SELECT i - 1, f::{kind} FROM unnest(%s) WITH ORDINALITY AS f(f, i)",
                                (fields,))
            self.cursor.execute(f"VACUUM ANALYZE of_{kind}")

    def timed(self, statement, parameters=None):
        begin = time.perf_counter()
        self.cursor.execute(statement, parameters)
        return time.perf_counter() - begin

    def processor_time(self):
        """Of the server's process, in seconds: neighbours do not add to it."""
        return int(pathlib.Path(f"/proc/{self.cursor.connection.info.backend_pid}/schedstat").read_text().split()[0]) / 1e9

    def computed(self, statement):
        begin = self.processor_time()
        self.cursor.execute(statement)
        return self.processor_time() - begin

    def check(self):
        self.cursor.execute("SELECT id, (%s)::jsonb FROM of_jsonb ORDER BY id" % CONTENDERS[4][2])
        expected = self.cursor.fetchall()
        for name, kind, expression, is_right in CONTENDERS:
            self.cursor.execute(f"SELECT id, ({expression})::jsonb FROM of_{kind} ORDER BY id")
            assert self.cursor.fetchall() == expected or not is_right, name

    def in_turns(self, runs, rows):
        """Medians in microseconds a row: each run once in each round."""
        times = {name: [] for name in runs}
        for _ in range(self.rounds):
            for name, run in runs.items():
                times[name].append(run() / rows * 1e6)
        return {name: statistics.median(each) for name, each in times.items()}

    def selects(self, size):
        rows = self.rows(size)
        return self.in_turns({name: lambda kind=kind, expression=expression:
                              self.computed(f"SELECT count({expression}) FROM of_{kind}")
                              for name, kind, expression, _ in CONTENDERS}, rows)

    def updates(self, size, design):
        """All rows in one statement; then some of the rows one by one, in the server and from a client."""
        synchronous, storage = DESIGNS[design]
        rows = self.rows(size)
        runs = {name: lambda kind=kind, expression=expression:
                self.timed(f"UPDATE of_{kind} SET field = {expression}")
                for name, kind, expression, _ in CONTENDERS if name in IN_UPDATES}
        ids = list(range(min(rows, 20 if self.quick else 50)))
        self.cursor.execute(f"SET synchronous_commit = {synchronous}")
        for kind in ("text", "jsonb"):
            self.cursor.execute(f"ALTER TABLE of_{kind} ALTER field SET {storage}")
            self.cursor.execute(f"UPDATE of_{kind} SET field = (field::text || ' ')::{kind}") # stored anew
            self.cursor.execute(f"VACUUM FULL of_{kind}")
            self.cursor.execute(f"PREPARE patch_{kind}(int, {kind}) AS UPDATE of_{kind} SET field = "
                                f"metapatch_apply('{POLICY}', field, $2) WHERE id = $1")
            self.cursor.execute(f"PREPARE patch_own_{kind}(int[], {kind}[]) AS UPDATE of_{kind} SET field = "
                                f"metapatch_apply('{POLICY}', field, own.patch) "
                                f"FROM unnest($1, $2) AS own(user_id, patch) WHERE id = own.user_id")
            self.cursor.execute(f"PREPARE read_{kind}(int) AS SELECT field::text FROM of_{kind} WHERE id = $1 FOR UPDATE")
            self.cursor.execute(f"PREPARE write_{kind}(int, {kind}) AS UPDATE of_{kind} SET field = $2 WHERE id = $1")

        def one_by_one(kind):
            begin = time.perf_counter()
            for each in ids:
                self.cursor.execute(f"EXECUTE patch_{kind}(%s, %s)", (each, whole))
            return (time.perf_counter() - begin) * rows / len(ids)

        def own_patches(kind):
            """A patch of its own for each of these users, in one statement."""
            patches = [json.dumps(PATCH | {"consent": {"version": each}}) for each in ids]
            return self.timed(f"EXECUTE patch_own_{kind}(%s, %s::{kind}[])", (ids, patches)) * rows / len(ids)

        def from_a_client(kind):
            begin = time.perf_counter()
            for each in ids:
                self.cursor.execute("BEGIN")
                self.cursor.execute(f"EXECUTE read_{kind}(%s)", (each,))
                value = json.loads(self.cursor.fetchone()[0])
                for name, member in PATCH.items():
                    if member is None:
                        value.pop(name, None)
                    else:
                        value[name] = member
                self.cursor.execute(f"EXECUTE write_{kind}(%s, %s)",
                                    (each, json.dumps(value, ensure_ascii=False, separators=(",", ":"))))
                self.cursor.execute("COMMIT")
            return (time.perf_counter() - begin) * rows / len(ids)

        for kind in ("text", "jsonb"):
            runs[f"own patches, {kind}"] = lambda kind=kind: own_patches(kind)
            runs[f"one user, {kind}"] = lambda kind=kind: one_by_one(kind)
            runs[f"read-patch-write, {kind}"] = lambda kind=kind: from_a_client(kind)
        result = self.in_turns(runs, rows)
        self.cursor.execute("DEALLOCATE ALL")
        return result


def table(title, columns):
    names = list(next(iter(columns.values())))
    print(f"\n{title}\n\n| µs a row | {' | '.join(columns)} |\n| --- | {' | '.join('---:' for _ in columns)} |")
    for name in names:
        cells = [f"{each[name]:,.1f}" for each in columns.values()]
        print(f"| {name} | {' | '.join(cells)} |")


def ratios(title, columns, pairs):
    print(f"\n{title}\n\n| times | {' | '.join(columns)} |\n| --- | {' | '.join('---:' for _ in columns)} |")
    for slow, fast in pairs:
        cells = [f"{each[slow] / each[fast]:.1f}" for each in columns.values()]
        print(f"| {slow} / {fast} | {' | '.join(cells)} |")


def waits(updates, sizes):
    """What a client waits for, each way of it beside that of a client that reads, patches and writes."""
    print("\nWhat a client waits for:\n\n| design, type | who | " + " | ".join(sizes) + " |\n|---|---|" + "---:|" * len(sizes))
    for design, columns in updates.items():
        for kind in ("text", "jsonb"):
            for who, name in (("all", "metapatch_apply"), ("own patches", "own patches"), ("one", "one user"),
                              ("read-patch-write", "read-patch-write")):
                cells = []
                for each in columns.values():
                    us, client = each[f"{name}, {kind}"], each[f"read-patch-write, {kind}"]
                    us_text = f"{us:.1f}" if us < 100 else f"{us:,.0f}"
                    cells.append(us_text + (f" ({client / us:,.1f}×)" if us is not client else ""))
                print(f"| {design}, {kind} | {who} | {' | '.join(cells)} |")


def main():
    may_run()
    parser = argparse.ArgumentParser()
    parser.add_argument("module")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--selects", action="store_true", help="no updates")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    quick = options.quick
    with Installation(options.module) as installation, installation.cluster(shared_buffers="512MB") as cluster, \
            contextlib.closing(cluster.database("bench")) as connection, connection.cursor() as cursor:
        cursor.execute("SET jit = off; SET max_parallel_workers_per_gather = 0")
        cursor.execute(LOOP)
        bench = Bench(cursor, options)
        designs = [] if options.selects else list(DESIGNS)[:1 if quick else None]
        selects = {}
        updates = {design: {} for design in designs}
        for size in list(SIZES)[:3 if quick else None]:
            bench.fill(size)
            bench.check()
            selects[size] = bench.selects(size)
            for design in designs:
                updates[design][size] = bench.updates(size, design)
            print(json.dumps({size: [selects[size], *(each[size] for each in updates.values())]}), file=sys.stderr)
        cursor.execute("SHOW server_version")
        model = [line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")]
        compiler = subprocess.run(["c++", "--version"], capture_output=True, text=True).stdout.split("\n")[0]
        print(f"{model[0]}, {len(model)} cores; PostgreSQL {cursor.fetchone()[0]}; {compiler}; "
              f"{datetime.date.today()}; medians of {bench.rounds} rounds in turns")
    table("SELECT of all rows, the result thrown away; processor time:", selects)
    ratios("", selects, [("`||`", "metapatch_apply, text"), ("`||`", "metapatch_apply, json"),
                         ("`||` and `-`", "metapatch_apply, jsonb"), ("PL/pgSQL loop", "metapatch_apply, jsonb")])
    for design, columns in updates.items():
        table(f"UPDATE of all rows in one statement; {design}:",
              {size: {name: each[name] for name in IN_UPDATES} for size, each in columns.items()})
    if updates:
        waits(updates, selects)


main()
