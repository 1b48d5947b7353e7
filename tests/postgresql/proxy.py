# SPDX-License-Identifier: BSL-1.0
"""Users over three servers, by PL/Proxy: proxy.py MODULE TOOL GENERATOR [USERS]"""

import pathlib
import sys
import unittest

from installation import asked, may_run, psycopg2
from shards import POLICY, Servers, Users, as_bytes

may_run()
if not (pathlib.Path(asked("--sharedir")) / "extension/plproxy.control").exists():
    print("skipped: PL/Proxy was not found (Debian: postgresql-15-plproxy)")
    sys.exit(77)
MODULE, TOOL, GENERATOR = sys.argv[1:4]
COUNT = int(sys.argv[4]) if len(sys.argv) > 4 else 20_000
PATCH = '{"newsletter":null,"theme":"dark"}'
# The number of parts is a power of two: one server has two of them.
PARTS = [(0, "users"), (1, "users"), (2, "users"), (0, "more_users")]
ON_A_SHARD = f"""
CREATE TABLE users (user_id text PRIMARY KEY, user_metadata json);
CREATE FUNCTION patch_user(id text, patch json) RETURNS json LANGUAGE sql AS
    $$ UPDATE users SET user_metadata = metapatch_apply('{POLICY}', user_metadata, patch) WHERE user_id = id
       RETURNING user_metadata $$;
CREATE FUNCTION patch_all_users(patch json) RETURNS bigint LANGUAGE sql AS
    $$ WITH patched AS (UPDATE users SET user_metadata = metapatch_apply('{POLICY}', user_metadata, patch) RETURNING 1)
       SELECT count(*) FROM patched $$;
"""
ON_THE_PROXY = """
CREATE FUNCTION patch_user(id text, patch json) RETURNS SETOF json LANGUAGE plproxy AS
    $$ CLUSTER 'users'; RUN ON hashtext(id); $$;
CREATE FUNCTION patch_all_users(patch json) RETURNS SETOF bigint LANGUAGE plproxy AS
    $$ CLUSTER 'users'; RUN ON ALL; $$;
CREATE FUNCTION part_of(id text) RETURNS int LANGUAGE sql AS $$ SELECT hashtext(id) & 3 $$;
"""


class Proxy(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.users = Users(GENERATOR, TOOL, COUNT)
        cls.servers = Servers(MODULE, 3)
        cls.addClassCleanup(cls.servers.__exit__, None, None, None)
        cls.servers.__enter__()
        cls.parts = [*cls.servers.connections, cls.servers.clusters[0].database("more_users")]
        cls.addClassCleanup(cls.parts[3].close)
        cls.proxy = cls.servers.clusters[0].database("proxy", ("plproxy",))
        cls.addClassCleanup(cls.proxy.close)
        addresses = ", ".join("p%d '%s'" % (i, " ".join(f"{name}={value}" for name, value in
                                                        cls.servers.address(*part).items() if name != "user"))
                              for i, part in enumerate(PARTS))
        user = cls.servers.clusters[0].user
        with cls.proxy.cursor() as cursor:
            cursor.execute(f"CREATE SERVER users FOREIGN DATA WRAPPER plproxy OPTIONS ({addresses}); "
                           f"CREATE USER MAPPING FOR CURRENT_USER SERVER users OPTIONS (user '{user}'); {ON_THE_PROXY}")
            cursor.execute("SELECT id, part_of(id) FROM unnest(%s) AS id", (list(cls.users.fields),))
            cls.part = dict(cursor.fetchall())
        for i, connection in enumerate(cls.parts):
            with as_bytes(connection).cursor() as cursor:
                cursor.execute(ON_A_SHARD)
                cls.users.copy_to(cursor, "users", {user: field for user, field in cls.users.fields.items()
                                                    if cls.part[user] == i})

    def ask(self, statement, *parameters):
        with as_bytes(self.proxy).cursor() as cursor:
            cursor.execute(statement, parameters)
            return cursor.fetchall()

    def stored(self):
        found = {}
        for connection in self.parts:
            with connection.cursor() as cursor:
                cursor.execute("SELECT user_id, user_metadata FROM users")
                found |= dict(cursor.fetchall())
        return found

    def test_1_a_patch_goes_to_the_server_that_has_the_user(self):
        for user in list(self.users.fields)[:50]:
            with self.parts[self.part[user]].cursor() as cursor:
                [(answer,)] = self.ask("SELECT patch_user(%s, '{\"seen\": 1.0}')", user)
                self.assertIn('"seen":', answer)
                cursor.execute("SELECT user_metadata FROM users WHERE user_id = %s", (user,))
                self.assertEqual(cursor.fetchone(), (answer,))
                self.ask("SELECT patch_user(%s, '{\"seen\":null}')", user)

    def test_2_a_refusal_keeps_its_code_and_its_violations(self):
        with self.assertRaises(psycopg2.Error) as caught:
            self.ask("SELECT patch_user(%s, '{\"$a\":1}')", next(iter(self.users.fields)))
        self.assertEqual(caught.exception.pgcode, "MP001")
        self.assertIn('"pointer":"/$a"', caught.exception.diag.message_detail)

    def test_3_all_users_are_patched_where_they_are(self):
        counts = [count for count, in self.ask("SELECT patch_all_users(%s)", PATCH)]
        self.assertEqual(len(counts), len(PARTS))
        self.assertEqual(sum(counts), COUNT)
        expected = Users.read(self.users.patched_by_tool(self.users.profiles, PATCH))
        stored = self.stored()
        touched = list(self.users.fields)[:50] # these had no field, perhaps, and have one since
        self.assertEqual({user: field for user, field in stored.items() if user not in touched},
                         {user: field for user, field in expected.items() if user not in touched})


unittest.main(argv=sys.argv[:1])
