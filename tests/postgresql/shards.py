# SPDX-License-Identifier: BSL-1.0
"""Users over several servers on loopback, and what the tool's batch makes of them."""

import contextlib
import io
import json
import subprocess
import tempfile

from installation import Installation, free_port, psycopg2

POLICY = "auth0.user_metadata"
DECODER = json.JSONDecoder()


def field_of(profile):
    """The bytes of the member user_metadata in a profile's line; None where there is none."""
    name = '"user_metadata":'
    at = profile.find(name)
    if at < 0:
        return None
    begin = at + len(name)
    return profile[begin:DECODER.raw_decode(profile, begin)[1]]


class Users:
    """Generated users, with their metadata as texts, and the tool's batch over them."""

    def __init__(self, generator, tool, count):
        self.tool = tool
        self.profiles = subprocess.run([generator, str(count)], check=True, capture_output=True, text=True).stdout
        self.fields = self.read(self.profiles)

    @staticmethod
    def read(profiles):
        return {json.loads(line)["user_id"]: field_of(line) for line in profiles.splitlines()}

    def patched_by_tool(self, profiles, patch):
        """The profiles after a batch."""
        with tempfile.NamedTemporaryFile("w", suffix=".ndjson") as file:
            file.write(profiles)
            file.flush()
            return subprocess.run([self.tool, "apply", "--batch", file.name, "--field", "user_metadata", "--profile",
                                   POLICY, "--patch", patch], check=True, capture_output=True, text=True).stdout

    def copy_to(self, cursor, table, fields):
        """Load users, as COPY reads them."""
        escapes = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
        lines = "".join(f"{user}\t{chr(92) + 'N' if field is None else field.translate(escapes)}\n"
                        for user, field in fields.items())
        cursor.copy_expert(f"COPY {table} (user_id, user_metadata) FROM STDIN", io.StringIO(lines))


class Servers(contextlib.ExitStack):
    """So many servers that listen on 127.0.0.1, each with a database `users` that has the extension."""

    def __init__(self, module, count):
        super().__init__()
        self.module, self.count = module, count

    def __enter__(self):
        super().__enter__()
        installation = self.enter_context(Installation(self.module))
        settings = {"listen_addresses": "127.0.0.1", "fsync": "off", "shared_buffers": "64MB"}
        self.clusters = [self.enter_context(installation.cluster(port=free_port(), **settings))
                         for _ in range(self.count)]
        self.connections = [self.enter_context(contextlib.closing(cluster.database("users")))
                            for cluster in self.clusters]
        return self

    def address(self, index, database="users"):
        cluster = self.clusters[index]
        return {"host": "127.0.0.1", "port": str(cluster.settings["port"]), "dbname": database, "user": cluster.user}

    def ask(self, index, statement, *parameters):
        with self.connections[index].cursor() as cursor:
            cursor.execute(statement, parameters or None)
            return cursor.fetchall() if cursor.description else None

    def start_again(self, index):
        self.clusters[index].start()
        self.connections[index] = self.enter_context(contextlib.closing(self.clusters[index].connect("users")))


def as_bytes(connection):
    """What a json is given to Python is its text."""
    psycopg2.extras.register_default_json(connection, loads=str)
    return connection
