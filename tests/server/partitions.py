# SPDX-License-Identifier: BSL-1.0
"""Users who are spread over three clusters of PostgreSQL, behind the tables of a fourth, as PARTITIONS.md has it."""

import contextlib
import pathlib
import re

from cluster import Cluster

SERVER = pathlib.Path(__file__).resolve().parent.parent.parent / "examples" / "server"
COUNT = 3


class Partitions:
    """Four clusters, from the start of a `with` to its end."""

    def __enter__(self):
        with contextlib.ExitStack() as opened:
            self.front, *self.parts = [opened.enter_context(Cluster()) for _ in range(COUNT + 1)]
            self.opened = opened.pop_all()
        self.databases = 0
        return self

    def __exit__(self, *_):
        self.opened.close()

    def database(self, create_tables):
        """The address of a new database with users in three others.

        create_tables: given the address, lets a server make its tables there.
        """
        self.databases += 1
        name = f"users{self.databases}"
        address = self.front.database(name)
        create_tables(address)
        for part in self.parts:
            part.database(name)
            part.query(name, (SERVER / "users_partition.sql").read_text())
        self.front.query(name, self.foreign_servers(name))
        self.front.query(name, (SERVER / "partition_users.sql").read_text())
        return address

    def foreign_servers(self, name):
        """The statements of PARTITIONS.md, with the addresses of these clusters in place of those there."""
        page = (SERVER / "PARTITIONS.md").read_text(encoding="utf-8")
        for_one = re.search(r"CREATE SERVER.*?;\s+CREATE USER MAPPING.*?;\n", page, re.DOTALL).group(0)
        statements = "CREATE EXTENSION postgres_fdw;\n"
        for number, part in enumerate(self.parts):
            statements += (for_one.replace("users_0", f"users_{number}").replace("db0.example", part.folder)
                           .replace("'metapatch'", f"'{part.user}'").replace("dbname 'users'", f"dbname '{name}'"))
        return statements

    def part_of(self, name, user_id):
        """The cluster that has a user."""
        found = [part for part in self.parts
                 if part.query(name, f"SELECT count(*) FROM users WHERE id = '{user_id}'") == "1"]
        assert len(found) == 1, (user_id, found)
        return found[0]
