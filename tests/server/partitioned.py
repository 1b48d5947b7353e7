# SPDX-License-Identifier: BSL-1.0
"""Users on three clusters of PostgreSQL, and servers on two ports: what the other suites ask of a store, and what becomes
of the users of a database that goes and comes."""

import re
import sys
import time
import unittest

import login
import store
import users
from cluster import programs
from harness import EVERYTHING, Server, main, path_of
from partitions import COUNT, Partitions

if not programs():
    print("skipped: PostgreSQL's own programs were not found (Debian: postgresql)")
    sys.exit(77)

partitions = Partitions()


def setUpModule():
    partitions.__enter__()


def tearDownModule():
    partitions.__exit__()


def make_tables(address):
    with Server(store=address):
        pass


def new_store():
    return partitions.database(make_tables)


def name_of(address):
    return re.search(r"/(\w+)\?", address).group(1)


def on_partitions(suite):
    """The suite, each class of it with databases of its own."""

    class OnPartitions(suite):
        @classmethod
        def setUpClass(cls):
            cls.store = new_store()
            super().setUpClass()

    OnPartitions.__qualname__ = OnPartitions.__name__ = suite.__name__ + "OnPartitions"
    return OnPartitions


View, Patch, Create, Lists, Delete = map(on_partitions, (users.View, users.Patch, users.Create, users.Lists, users.Delete))
Signup, Login = map(on_partitions, (login.Signup, login.Login))


class TwoServers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.store = new_store()
        cls.one, cls.other = (Server("--no-access-log", store=cls.store) for _ in range(2))
        cls.one.__enter__()
        cls.other.__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.one.__exit__()
        cls.other.__exit__()

    def users_of_each_part(self):
        """A user in each of the databases, by its number."""
        found = {}
        while len(found) < COUNT:
            user = self.one.create_user(user_metadata={"before": 1})
            found.setdefault(partitions.parts.index(partitions.part_of(name_of(self.store), user)), user)
        return found

    def test_every_user_is_in_one_database_and_each_has_some(self):
        made = [(self.one, self.other)[number % 2].create_user() for number in range(30)]
        counts = [0] * COUNT
        for user in made:
            counts[partitions.parts.index(partitions.part_of(name_of(self.store), user))] += 1
        self.assertEqual(sum(counts), 30)
        self.assertTrue(all(counts), counts)
        listed = self.other.send("GET", "/api/v2/users?per_page=100&sort=created_at:1", token=EVERYTHING).json
        self.assertEqual([user["user_id"] for user in listed if user["user_id"] in made], made)

    def test_no_update_is_lost_between_servers(self):
        store.Concurrency.check(self, [self.one, self.other])

    def test_one_of_many_who_sign_up_at_once_gets_the_address_and_one_the_id(self):
        store.check_sign_ups_at_once(self, [self.one, self.other])

    def test_a_database_that_is_gone_refuses_its_own_users_until_it_is_back(self):
        there = self.users_of_each_part()
        for number, part in enumerate(partitions.parts):
            part.stop()
            # More often than a statement needs to get a plan for any id.
            for round_number in range(8):
                for server in (self.one, self.other):
                    for other, user in there.items():
                        expected = 503 if other == number else 200
                        patch = {"user_metadata": {f"{number}-{round_number}": number}}
                        self.assertEqual(server.send("GET", path_of(user), token=EVERYTHING).status, expected)
                        self.assertEqual(server.send("PATCH", path_of(user), patch, EVERYTHING).status, expected)
            self.assertEqual(self.one.send("GET", "/healthz").status, 200)
            self.assertEqual(self.one.send("GET", "/api/v2/users", token=EVERYTHING).status, 503)
            part.start()
            for server in (self.one, self.other):
                answer = server.send("PATCH", path_of(there[number]), {"user_metadata": {"back": number}}, EVERYTHING)
                self.assertEqual(answer.status, 200, answer)
        for number, user in there.items():
            expected = {"before": 1, "back": number}
            expected |= {f"{other}-{i}": other for other in range(COUNT) if other != number for i in range(8)}
            self.assertEqual(store.metadata_of(self.one, user), expected)

    def test_what_was_acknowledged_survives_kills_of_a_database_and_of_a_server(self):
        number, user = next(iter(self.users_of_each_part().items()))
        done = set()
        for round_number in range(4):
            with Server("--no-access-log", store=self.store) as server:
                patches = store.at_once([(store.patch_until_refused, server, user, round_number, done)])
                while not any(key.startswith(f"{round_number}-") for key in list(done)):
                    self.assertTrue(patches[0].is_alive())
                    time.sleep(0.02)
                if round_number % 2:
                    partitions.parts[number].stop()
                else:
                    server.process.kill()
                    server.process.wait()
                patches[0].join()
            if round_number % 2:
                partitions.parts[number].start()
        there = store.metadata_of(self.one, user)
        self.assertEqual(done - set(there), set())
        self.assertLessEqual(len(set(there) - done), 4 + 1)  # what was being asked at each end, and `before`


class Moves(unittest.TestCase):
    def test_users_who_are_there_are_moved_as_they_are(self):
        made = {}

        def make_users(address):
            with Server(store=address) as server:
                for _ in range(20):
                    user = server.create_user(user_metadata={"a": 1})
                    made[user] = server.send("GET", path_of(user), token=EVERYTHING).body

        address = partitions.database(make_users)
        with Server(store=address) as server:
            self.assertEqual({user: server.send("GET", path_of(user), token=EVERYTHING).body for user in made}, made)
            newest = server.create_user()
            listed = server.send("GET", "/api/v2/users?sort=created_at:-1", token=EVERYTHING).json
            self.assertEqual([user["user_id"] for user in listed], [newest, *reversed(made)])


if __name__ == "__main__":
    main()
