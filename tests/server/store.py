# SPDX-License-Identifier: BSL-1.0
"""The store: no update is lost, between threads and processes; what was acknowledged survives; old files are refused."""

import pathlib
import random
import sqlite3
import tempfile
import threading
import unittest

from harness import EVERYTHING, Server, main, path_of


def patch_all(server, user, keys, acknowledged, stop=None):
    """Set one key of the metadata after the other, on one connection, until the server goes."""
    connection = server.connect()
    for key in keys:
        if stop and stop.is_set():
            break
        try:
            answer = server.send("PATCH", path_of(user), {"user_metadata": {key: key}}, EVERYTHING, connection=connection)
        except OSError:
            break
        except Exception as broken:  # half an answer
            if type(broken).__module__ != "http.client":
                raise
            break
        assert answer.status == 200, answer
        acknowledged.add(key)
    connection.close()


def at_once(jobs):
    threads = [threading.Thread(target=job[0], args=job[1:]) for job in jobs]
    for thread in threads:
        thread.start()
    return threads


def patch_until_refused(server, user, round_number, done):
    """Set one key after the other until the server or its store is gone."""
    connection = server.connect()
    for number in range(100_000):
        key = f"{round_number}-{number}"
        try:
            answer = server.send("PATCH", path_of(user), {"user_metadata": {key: key}}, EVERYTHING, connection=connection)
        except Exception as broken:
            if not isinstance(broken, OSError) and type(broken).__module__ != "http.client":
                raise
            break
        if answer.status == 503:
            break
        assert answer.status == 200, answer
        done.add(key)
    connection.close()


def check_sign_ups_at_once(test, servers):
    """Of many who ask at once for the same address, or the same id, one gets it."""
    for members in ({"email": "one@example.com"}, {"user_id": "one"}):
        statuses = []

        def sign_up(number):
            body = {"connection": "Username-Password-Authentication", "email": f"{number}@example.com"} | members
            answer = servers[number % len(servers)].send("POST", "/api/v2/users", body, EVERYTHING)
            statuses.append(answer.status)

        for thread in at_once([(sign_up, number) for number in range(8)]):
            thread.join()
        test.assertEqual(sorted(statuses), [201] + [409] * 7)


def metadata_of(server, user):
    return server.send("GET", path_of(user), token=EVERYTHING).json.get("user_metadata", {})


class Concurrency(unittest.TestCase):
    def check(self, servers):
        """Every one of many patches to the same user, by each server, is there in the end."""
        user = servers[0].create_user()
        acknowledged = [set() for _ in range(8)]
        jobs = [(patch_all, servers[i % len(servers)], user, [f"{i}-{j}" for j in range(40)], acknowledged[i])
                for i in range(8)]
        for thread in at_once(jobs):
            thread.join()
        self.assertEqual([len(each) for each in acknowledged], [40] * 8)
        for server in servers:
            self.assertEqual(set(metadata_of(server, user)), set().union(*acknowledged))

    def test_no_update_is_lost_in_memory(self):
        with Server("--no-access-log", "--threads", "4") as server:
            self.check([server])

    def test_no_update_is_lost_in_a_file(self):
        with tempfile.TemporaryDirectory() as folder:
            with Server("--no-access-log", "--threads", "4", store=f"sqlite:{folder}/db") as server:
                self.check([server])

    def test_no_update_is_lost_between_processes(self):
        with tempfile.TemporaryDirectory() as folder:
            store = f"sqlite:{folder}/db"
            with Server("--no-access-log", store=store) as one, Server("--no-access-log", store=store) as other:
                self.check([one, other])

    def test_one_of_many_who_sign_up_at_once_gets_the_address(self):
        with Server("--threads", "4") as server:
            body = {"connection": "Username-Password-Authentication", "email": "one@example.com"}
            statuses = []
            threads = at_once([(lambda: statuses.append(server.send("POST", "/api/v2/users", body, EVERYTHING).status),)
                               for _ in range(8)])
            for thread in threads:
                thread.join()
            self.assertEqual(sorted(statuses), [201] + [409] * 7)


class Durability(unittest.TestCase):
    def test_what_was_acknowledged_survives_a_kill(self):
        seed = random.randrange(1 << 32)
        dice = random.Random(seed)
        with tempfile.TemporaryDirectory() as folder, self.subTest(seed=seed):
            store = f"sqlite:{folder}/db"
            with Server(store=store) as server:
                users = [server.create_user() for _ in range(4)]
            acknowledged = [set() for _ in users]
            for round_number in range(4):
                with Server("--no-access-log", store=store) as server:
                    jobs = [(patch_all, server, user, [f"{round_number}-{j}" for j in range(100_000)], done)
                            for user, done in zip(users, acknowledged)]
                    threads = at_once(jobs)
                    threading.Event().wait(dice.uniform(0.1, 0.5))
                    server.process.kill()
                    for thread in threads:
                        thread.join()
                    server.process.wait()
            with Server(store=store) as server:
                for user, done in zip(users, acknowledged):
                    self.assertGreater(len(done), 4)
                    there = metadata_of(server, user)
                    self.assertEqual(done - set(there), set())
                    self.assertTrue(all(key == value for key, value in there.items()))
                    # In flight at each kill was one patch of each user: no more than those may be there besides.
                    self.assertLessEqual(len(set(there) - done), 4)

    def test_a_file_is_found_again_as_it_was(self):
        with tempfile.TemporaryDirectory() as folder:
            store = f"sqlite:{folder}/db"
            with Server(store=store) as server:
                user = server.create_user(user_metadata={"a": 1})
                before = server.send("GET", path_of(user), token=EVERYTHING).body
            with Server(store=store) as server:
                self.assertEqual(server.send("GET", path_of(user), token=EVERYTHING).body, before)
                connections = server.send("GET", "/api/v2/connections", token=EVERYTHING).json
                self.assertEqual(len(connections), 1)


class Schema(unittest.TestCase):
    def test_a_file_of_a_later_version_is_refused_and_stays_as_it_is(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "db")
            with Server(store=f"sqlite:{path}"):
                pass
            with sqlite3.connect(path) as database:
                database.execute("PRAGMA user_version = 99")
            database.close()
            before = path.read_bytes()
            with self.assertRaisesRegex(RuntimeError, "the database has the schema 99, and this server knows 3"):
                with Server(store=f"sqlite:{path}"):
                    pass
            self.assertEqual(path.read_bytes(), before)

    def test_servers_that_start_at_once_make_one_schema(self):
        for _ in range(5):
            self.start_at_once(6)

    def start_at_once(self, count):
        with tempfile.TemporaryDirectory() as folder:
            servers = [Server(store=f"sqlite:{folder}/db") for _ in range(count)]
            for thread in at_once([(server.__enter__,) for server in servers]):
                thread.join()
            try:
                self.assertEqual([server.port is not None for server in servers], [True] * count)
                self.assertEqual(len(servers[0].send("GET", "/api/v2/connections", token=EVERYTHING).json), 1)
            finally:
                for server in servers:
                    server.__exit__()


if __name__ == "__main__":
    main()
