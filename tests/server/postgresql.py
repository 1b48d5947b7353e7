# SPDX-License-Identifier: BSL-1.0
"""The store of PostgreSQL: what the other suites ask of a store, and what becomes of a database that goes and comes."""

import shutil
import sys
import tempfile
import threading
import unittest

import authorize
import login
import resources
import scripts
import store
import users
from cluster import Cluster, programs
from harness import EVERYTHING, Server, main, path_of

if not programs():
    print("skipped: PostgreSQL's own programs were not found (Debian: postgresql)")
    sys.exit(77)

cluster = Cluster()
count = 0


def setUpModule():
    cluster.__enter__()


def tearDownModule():
    cluster.__exit__()


def new_store():
    global count
    count += 1
    return cluster.database(f"database{count}")


def on_postgresql(suite):
    """The suite, each class of it with a database of its own."""

    class OnPostgresql(suite):
        @classmethod
        def setUpClass(cls):
            cls.store = new_store()
            super().setUpClass()

    OnPostgresql.__qualname__ = OnPostgresql.__name__ = suite.__name__ + "OnPostgresql"
    return OnPostgresql


View, Patch, Create, Lists, Delete = map(on_postgresql, (users.View, users.Patch, users.Create, users.Lists, users.Delete))
Signup, Login, Resources = map(on_postgresql, (login.Signup, login.Login, resources.Resources))


@unittest.skipUnless(shutil.which("node"), "Node.js was not found (Debian: nodejs)")
class ScriptsOnPostgresql(scripts.ScriptTest):
    new_store = staticmethod(new_store)
    test_rules = scripts.Rules.test_an_update_is_a_patch_with_its_merge
    test_actions = scripts.Actions.test_actions_set_metadata_by_one_patch_with_the_login
    test_refresh_tokens = scripts.Actions.test_a_refresh_token_runs_them_again
    test_many_logins_at_once = scripts.Failures.test_many_logins_at_once


class Concurrency(unittest.TestCase):
    def test_no_update_is_lost_between_processes(self):
        address = new_store()
        with Server("--no-access-log", store=address) as one, Server("--no-access-log", store=address) as other:
            store.Concurrency.check(self, [one, other])

    def test_one_of_many_who_sign_up_at_once_gets_the_address_and_one_the_id(self):
        address = new_store()
        with Server(store=address) as one, Server(store=address) as other:
            store.check_sign_ups_at_once(self, [one, other])

    def test_a_code_is_good_once(self):
        address = new_store()
        with tempfile.TemporaryDirectory() as folder, Server(*authorize.seed_in(folder), store=address) as one, \
                Server(store=address) as other:
            authorize.check_exchanges_at_once(self, [one, other])

    def test_two_servers_that_start_at_once_make_one_schema_and_one_connection(self):
        address = new_store()
        servers = [Server(store=address) for _ in range(4)]
        for thread in store.at_once([(server.__enter__,) for server in servers]):
            thread.join()
        try:
            self.assertEqual([server.port is not None for server in servers], [True] * 4)
            self.assertEqual(len(servers[0].send("GET", "/api/v2/connections", token=EVERYTHING).json), 1)
        finally:
            for server in servers:
                server.__exit__()


class Faults(unittest.TestCase):
    def test_what_was_acknowledged_survives_kills_of_the_server_and_of_the_database(self):
        address = new_store()
        with Server(store=address) as server:
            user = server.create_user()
        done = set()
        for round_number in range(4):
            with Server("--no-access-log", store=address) as server:
                patches = store.at_once([(store.patch_until_refused, server, user, round_number, done)])
                threading.Event().wait(0.3)
                if round_number % 2:
                    cluster.stop()
                else:
                    server.process.kill()
                    server.process.wait()
                patches[0].join()
            if round_number % 2:
                cluster.start()
        with Server(store=address) as server:
            there = store.metadata_of(server, user)
            self.assertGreater(len(done), 4)
            self.assertEqual(done - set(there), set())
            self.assertLessEqual(len(set(there) - done), 4)

    def test_a_database_that_is_gone_is_a_503_until_it_is_back(self):
        with Server(store=new_store()) as server:
            user = server.create_user()
            cluster.stop()
            for method, body in (("GET", None), ("PATCH", {"user_metadata": {"a": 1}})):
                answer = server.send(method, path_of(user), body, EVERYTHING)
                self.assertEqual((answer.status, answer.json["message"]), (503, "The store is not available."))
            self.assertEqual(server.send("GET", "/healthz").status, 503)
            cluster.start()
            self.assertEqual(server.send("PATCH", path_of(user), {"user_metadata": {"a": 1}}, EVERYTHING).status, 200)

    def test_a_database_that_cannot_be_reached_is_said_without_its_password(self):
        with self.assertRaises(RuntimeError) as raised:
            with Server(store=f"postgresql://somebody:secret@/nothing?host={cluster.folder}"):
                pass
        self.assertIn("cannot open the store postgresql://somebody@/nothing", str(raised.exception))
        self.assertNotIn("secret", str(raised.exception))


if __name__ == "__main__":
    main()
