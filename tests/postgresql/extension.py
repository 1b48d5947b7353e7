# SPDX-License-Identifier: BSL-1.0
"""What examples do not show: random jsonb, no memory, cancelled statements, plans: extension.py MODULE"""

import json
import os
import random
import shutil
import subprocess
import sys
import threading
import time
import unittest

from installation import Installation, may_run, psycopg2

may_run()
MODULE = sys.argv[1]
POLICIES = ["auth0.app_metadata", "rfc7396", '{"extends":"rfc7396","merge":{"depth":2}}', '{"merge":{"depth":0}}',
            '{"merge":{"depth":3}}']


class Documents:
    """Random objects and patches of them: few keys, so that patches meet; enough members for offsets among the entries."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def key(self):
        return self.random.choice(["a", "b", "cc", "ddd", "é", "", "long" * 40]) + str(self.random.randrange(60))

    def value(self, depth):
        kind = self.random.randrange(8 if depth < 4 else 6)
        return [None, True, self.random.randrange(-10**6, 10**12), float(f"{self.random.randrange(10**6)}e-3"),
                "x" * self.random.randrange(9), "é\n\"" * self.random.randrange(3)][kind] if kind < 6 else \
            self.object(depth + 1, 5) if kind == 6 else [self.value(depth + 1) for _ in range(self.random.randrange(4))]

    def object(self, depth, most):
        return {self.key(): self.value(depth) for _ in range(self.random.randrange(most + 1))}

    def text(self, most):
        return json.dumps(self.object(1, most), ensure_ascii=False)


class Extension(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        installation = Installation(MODULE)
        cls.addClassCleanup(installation.__exit__, None, None, None)
        cls.cluster = installation.__enter__().cluster()
        cls.addClassCleanup(cls.cluster.__exit__, None, None, None)
        cls.cluster.__enter__()
        cls.connection = cls.cluster.database("tests")
        cls.addClassCleanup(cls.connection.close)

    def ask(self, statement, *parameters, connection=None):
        with (connection or self.connection).cursor() as cursor:
            cursor.execute(statement, parameters or None)
            return cursor.fetchall() if cursor.description else None

    def connect(self):
        made = self.cluster.connect("tests")
        self.addCleanup(made.close)
        return made

    def test_a_merged_jsonb_has_the_bytes_that_postgresql_gives_the_merged_text(self):
        for policy in POLICIES:
            documents = Documents(policy)
            pairs = [(documents.text(most), documents.text(6)) for most in (0, 3, 8, 20, 40, 120) for _ in range(80)]
            stored, patches = zip(*pairs)
            wrong = self.ask(
                "SELECT s, p, both_ways.a::text FROM (SELECT s, p, metapatch_apply(%s, s::jsonb, p::jsonb) AS a, "
                "metapatch_apply(%s, s, p)::jsonb AS b FROM unnest(%s, %s) AS pairs(s, p)) AS both_ways, "
                "LATERAL (SELECT both_ways.a) AS ours, LATERAL (SELECT both_ways.b AS a) AS theirs WHERE NOT ours *= theirs", policy, policy, list(stored), list(patches))
            self.assertEqual(wrong, [], policy)

    def test_a_size_beyond_the_limit_is_refused_exactly_whatever_numbers_look_like(self):
        policy = '{"limits":{"max_bytes":%d}}'
        for stored, patch in (('{"a":1e300,"b":1e-300}', '{"c":2}'), ('{"a":"\\u0001\\u0002"}', '{"c":1.50}'),
                              ('{"a":12345678901234567890}', '{"b":[{}, 1e1000]}'), (None, '{"a":"é"}')):
            [(size,)] = self.ask("SELECT metapatch_size(metapatch_apply('{}', %s::jsonb, %s::jsonb))", stored, patch)
            self.assertEqual(self.ask("SELECT metapatch_size(metapatch_apply(%s, %s::jsonb, %s::jsonb))", policy % size,
                                      stored, patch), [(size,)])
            [(told,)] = self.ask("SELECT (metapatch_try_apply(%s, %s::jsonb, %s::jsonb)).violations", policy % (size - 1),
                                 stored, patch)
            self.assertEqual([(each["code"], each["limit"], each["actual"]) for each in told["violations"]],
                             [("too_large", size - 1, size)])

    def test_each_row_may_have_a_policy_and_a_patch_of_its_own(self):
        rows = self.ask("SELECT i, metapatch_apply(p, f::jsonb, q::jsonb)::text, metapatch_apply(p, f, q) FROM (SELECT i, "
                        "CASE i %% 3 WHEN 0 THEN 'rfc7396' WHEN 1 THEN 'auth0.user_metadata' ELSE 'auth0.app_metadata' "
                        "END AS p, '{\"a\":{\"b\":1}}' AS f, '{\"a\":{\"c\":' || i / 2 || '}}' AS q "
                        "FROM generate_series(1, %s) AS i) AS rows", 300)
        for i, of_jsonb, of_text in rows:
            expected = {"a": {"b": 1, "c": i // 2} if i % 3 == 0 else {"c": i // 2}}
            self.assertEqual((json.loads(of_jsonb), json.loads(of_text)), (expected, expected))

    def limit_memory(self, pid, size):
        """As the server's user: root may not everywhere."""
        as_user = ["runuser", "-u", self.cluster.user, "--"] if os.geteuid() == 0 else []
        subprocess.run([*as_user, "prlimit", f"--pid={pid}", f"--as={size}:"], check=True)

    @unittest.skipUnless(shutil.which("prlimit"), "prlimit was not found (Debian: util-linux)")
    def test_without_memory_a_statement_ends_and_the_session_goes_on(self):
        large = "(SELECT json_object_agg('key' || i, repeat('x', 40) || i)::text FROM generate_series(1, 60000) AS i)"
        calls = {
            "apply of text": "octet_length(metapatch_apply('auth0.user_metadata', t, '{\"a\":1}'))",
            "apply of jsonb": "octet_length(metapatch_apply('auth0.user_metadata', t::jsonb, '{\"a\":1}')::text)",
            "diff": "(SELECT count(*) FROM metapatch_diff('auth0.user_metadata', t, '{\"a\":1}'))",
            "losses": "(SELECT count(*) FROM metapatch_losses('auth0.user_metadata', t, '{\"a\":1}'))",
            "validate": "(SELECT count(*) FROM metapatch_validate('auth0.user_metadata', '{}', t))",
            "size": "metapatch_size(t)",
        }
        self.ask(f"CREATE TABLE large AS SELECT t FROM {large} AS made(t)")
        ran_out = set()
        for name, call in calls.items():
            statement = f"SELECT {call} FROM large"
            expected = self.ask(statement)
            for spare in (0, 1, 2, 4, 8, 12, 16, 32): # in sessions of their own, which have kept no memory
                mine = self.connect()
                [(pid, _)] = self.ask("SELECT pg_backend_pid(), metapatch_size('{}')", connection=mine)
                with open(f"/proc/{pid}/statm", encoding="ascii") as sizes:
                    size = int(sizes.read().split()[0]) * os.sysconf("SC_PAGESIZE")
                self.limit_memory(pid, size + spare * 2**20)
                try:
                    self.assertEqual(self.ask(statement, connection=mine), expected)
                except psycopg2.Error as error:
                    self.assertEqual(error.pgcode, "53200", (name, spare, error))
                    ran_out.add(name)
                finally:
                    self.limit_memory(pid, "unlimited")
                self.assertEqual(self.ask(statement, connection=mine), expected)
                self.assertEqual(self.ask("SELECT pg_backend_pid()", connection=mine), [(pid,)])
                mine.close()
        self.assertTrue({"apply of text", "apply of jsonb", "diff", "losses"} <= ran_out, ran_out)

    def test_a_cancelled_statement_ends_and_the_session_goes_on(self):
        for kind in ("json", "jsonb"):
            mine = self.connect()
            [(pid,)] = self.ask("SELECT pg_backend_pid()", connection=mine)
            statement = (f"SELECT count(metapatch_apply('auth0.user_metadata', ('{{\"a\":' || i || '}}')::{kind}, "
                         "'{\"b\":2}')) FROM generate_series(1, 100000000) AS i")

            def cancel():
                while self.ask("SELECT state FROM pg_stat_activity WHERE pid = %s", pid) != [("active",)]:
                    time.sleep(0.01)
                time.sleep(0.2)
                self.ask("SELECT pg_cancel_backend(%s)", pid)
            canceller = threading.Thread(target=cancel)
            canceller.start()
            with self.assertRaises(psycopg2.errors.QueryCanceled):
                self.ask(statement, connection=mine)
            canceller.join()
            self.assertEqual(self.ask(f"SELECT pg_backend_pid(), metapatch_apply('rfc7396', '{{}}'::{kind}, '{{}}')::text",
                                      connection=mine), [(pid, "{}")])

    def test_refused_rows_leave_no_memory_behind(self):
        mine = self.connect()
        [(pid,)] = self.ask("SELECT pg_backend_pid()", connection=mine)

        def resident():
            with open(f"/proc/{pid}/statm", encoding="ascii") as sizes:
                return int(sizes.read().split()[1]) * os.sysconf("SC_PAGESIZE")

        def refuse(times):
            self.ask("DO $$ BEGIN FOR i IN 1..%d LOOP BEGIN PERFORM metapatch_apply('auth0.user_metadata', "
                     "jsonb_build_object('a', repeat('x', 9000)), jsonb_build_object('a.b', i)); "
                     "EXCEPTION WHEN SQLSTATE 'MP001' THEN END; END LOOP; END $$" % times, connection=mine)
        refuse(500)
        before = resident()
        refuse(5000)
        self.assertLess(resident() - before, 4 * 2**20)

    def test_all_is_done_in_parallel_where_a_table_is_large(self):
        mine = self.connect()
        self.ask("CREATE TABLE many AS SELECT i AS id, jsonb_build_object('i', i) AS field FROM generate_series(1, 2000) "
                 "AS i; ANALYZE many; SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; "
                 "SET min_parallel_table_scan_size = 0", connection=mine)
        statement = "SELECT sum((metapatch_apply('auth0.user_metadata', field, '{\"j\":1}') ->> 'i')::int) FROM many"
        plan = "\n".join(line for line, in self.ask("EXPLAIN (COSTS OFF) " + statement, connection=mine))
        self.assertIn("Parallel Seq Scan", plan)
        self.assertEqual(self.ask(statement, connection=mine), [(2001000,)])


unittest.main(argv=sys.argv[:1])
