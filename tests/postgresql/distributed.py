# SPDX-License-Identifier: BSL-1.0
"""Users over three servers, by postgres_fdw: distributed.py MODULE TOOL GENERATOR [USERS]"""

import contextlib
import sys
import threading
import time
import unittest

from installation import may_run, psycopg2
from shards import POLICY, Servers, Users, as_bytes

may_run()
MODULE, TOOL, GENERATOR = sys.argv[1:4]
COUNT = int(sys.argv[4]) if len(sys.argv) > 4 else 300_000
PATCH = '{"newsletter":null,"consent":{"version":3,"given":"2026-11-22"},"theme":"dark"}'
NEXT_PATCH = '{"theme":null,"seen":[1, 2.50]}'
SHARDS = 3


def patch(table):
    return f"UPDATE {table} SET user_metadata = metapatch_apply('{POLICY}', user_metadata, %s::json)"


class Distributed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.users = Users(GENERATOR, TOOL, COUNT)
        cls.servers = Servers(MODULE, SHARDS)
        cls.addClassCleanup(cls.servers.__exit__, None, None, None)
        cls.servers.__enter__()
        for shard in range(SHARDS):
            cls.servers.ask(shard, "CREATE TABLE users (user_id text PRIMARY KEY, user_metadata json, app_metadata jsonb, "
                                   "note text)")
        cluster = cls.servers.clusters[0]
        cls.coordinator = as_bytes(cluster.database("coordinator", ("metapatch", "postgres_fdw")))
        cls.addClassCleanup(cls.coordinator.close)
        cls.ask("CREATE TABLE users (user_id text, user_metadata json, app_metadata jsonb, note text) "
                "PARTITION BY HASH (user_id)")
        for shard in range(SHARDS):
            to = cls.servers.address(shard)
            cls.ask(f"CREATE SERVER shard{shard} FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host '{to['host']}', "
                    f"port '{to['port']}', dbname '{to['dbname']}', extensions 'metapatch', batch_size '1000')")
            cls.ask(f"CREATE USER MAPPING FOR CURRENT_USER SERVER shard{shard} OPTIONS (user '{to['user']}')")
            cls.ask(f"CREATE FOREIGN TABLE users_{shard} PARTITION OF users FOR VALUES WITH "
                    f"(MODULUS {SHARDS}, REMAINDER {shard}) SERVER shard{shard} OPTIONS (table_name 'users')")
        with cls.coordinator.cursor() as cursor:
            cls.users.copy_to(cursor, "users", cls.users.fields)

    @classmethod
    def ask(cls, statement, *parameters):
        with cls.coordinator.cursor() as cursor:
            cursor.execute(statement, parameters or None)
            return cursor.fetchall() if cursor.description else None

    def plan(self, statement, *parameters):
        return [line for line, in self.ask("EXPLAIN (VERBOSE, COSTS OFF) " + statement, *parameters)]

    def stored(self, table="users"):
        return dict(self.ask(f"SELECT user_id, user_metadata FROM {table}"))

    def in_parallel(self, text, meanwhile=lambda: None):
        """The statement for each shard, each by a session of its own: what each failed with."""
        failed = [None] * SHARDS

        def run(shard):
            with contextlib.closing(self.servers.clusters[0].connect("coordinator")) as own, own.cursor() as cursor:
                try:
                    cursor.execute(patch(f"users_{shard}"), (text,))
                except psycopg2.Error as error:
                    failed[shard] = error
        threads = [threading.Thread(target=run, args=(shard,)) for shard in range(SHARDS)]
        for each in threads:
            each.start()
        meanwhile()
        for each in threads:
            each.join()
        return failed

    def test_1_one_user_is_patched_where_he_is(self):
        user = next(iter(self.users.fields))
        for column, kind in (("user_metadata", "json"), ("app_metadata", "jsonb"), ("note", "text")):
            with self.subTest(kind):
                plan = self.plan(f"UPDATE users SET {column} = metapatch_apply('{POLICY}', {column}, %s::{kind}) "
                                 "WHERE user_id = %s", '{"a":1}', user)
                self.assertEqual(sum("->  Foreign Update on" in line for line in plan), 1, plan)
                remote = [line for line in plan if "Remote SQL: UPDATE" in line]
                self.assertEqual(len(remote), 1, plan)
                self.assertIn("metapatch_apply(", remote[0])
                self.assertIn(f"WHERE ((user_id = '{user}'", remote[0])

    def test_2_all_users_are_patched_where_they_are(self):
        plan = self.plan(patch("users"), PATCH)
        self.assertEqual(sum("Remote SQL: UPDATE" in line and "metapatch_apply(" in line for line in plan), SHARDS, plan)
        self.assertFalse(any("Foreign Scan" in line and "Update" not in line and "ctid" in line for line in plan), plan)

    def test_3_patched_in_parallel_they_are_what_the_batch_of_the_tool_makes_of_them(self):
        counts = [self.ask(f"SELECT count(*) FROM users_{shard}")[0][0] for shard in range(SHARDS)]
        self.assertEqual(sum(counts), COUNT)
        self.assertGreater(min(counts), COUNT // 4)
        begin = time.monotonic()
        self.assertEqual(self.in_parallel(PATCH), [None] * SHARDS)
        print(f"{COUNT} users patched over {SHARDS} servers in {time.monotonic() - begin:.2f} s")
        type(self).profiles = self.users.patched_by_tool(self.users.profiles, PATCH)
        self.assertEqual(self.stored(), Users.read(self.profiles))

    def test_4_the_statement_of_a_server_that_is_killed_has_done_nothing_and_those_of_others_all(self):
        killed = 1
        before = Users.read(self.profiles)
        type(self).profiles = self.users.patched_by_tool(self.profiles, NEXT_PATCH)
        after = Users.read(self.profiles)
        holder = self.servers.clusters[killed].connect("users")
        holder.autocommit = False
        rows = self.servers.ask(killed, "SELECT user_id FROM users ORDER BY ctid")
        with holder.cursor() as cursor: # it goes halfway and waits
            cursor.execute("SELECT 1 FROM users WHERE user_id = %s FOR UPDATE", rows[len(rows) // 2])

        def kill():
            waits = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'UPDATE%'"
            while self.servers.ask(killed, waits) != [(1,)]:
                time.sleep(0.02)
            self.servers.clusters[killed].stop("immediate")
        failed = self.in_parallel(NEXT_PATCH, kill)
        holder.close()
        self.assertEqual([each is not None for each in failed], [shard == killed for shard in range(SHARDS)], failed)
        self.servers.start_again(killed)
        for shard in range(SHARDS):
            expected = before if shard == killed else after
            stored = self.stored(f"users_{shard}")
            self.assertEqual(stored, {user: expected[user] for user in stored}, shard)
        # Done again where it was not done, it is as if nothing had happened.
        self.ask(patch(f"users_{killed}"), NEXT_PATCH)
        self.assertEqual(self.stored(), after)

    def test_5_what_is_refused_is_told_by_the_server_that_has_the_user(self):
        with self.assertRaises(psycopg2.Error) as caught:
            self.ask(patch("users") + " WHERE user_id = %s", '{"a.b":1}', next(iter(self.users.fields)))
        self.assertEqual(caught.exception.pgcode, "MP001")
        self.assertIn('"pointer":"/a.b"', caught.exception.diag.message_detail)


unittest.main(argv=sys.argv[:1])
