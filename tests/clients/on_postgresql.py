# SPDX-License-Identifier: BSL-1.0
"""Runs a command with METAPATCH_STORE naming a new database of PostgreSQL: on_postgresql.py [--partitioned] COMMAND...

--partitioned: users are spread over three other clusters. METAPATCH_SERVER, a server, makes the tables.
"""

import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "server"))
from cluster import Cluster, programs  # noqa: E402
from partitions import Partitions  # noqa: E402


def make_tables(address):
    server = subprocess.Popen([os.environ["METAPATCH_SERVER"], "--port", "0", "--store", address], text=True,
                              stdout=subprocess.PIPE)
    if not any("listens on" in line for line in server.stdout):
        raise RuntimeError("the server did not start")
    server.terminate()
    server.communicate()


def run(command, address):
    return subprocess.run(command, env={**os.environ, "METAPATCH_STORE": address}).returncode


if not programs():
    print("skipped: PostgreSQL's own programs were not found (Debian: postgresql)", file=sys.stderr)
    sys.exit(77)
if sys.argv[1] == "--partitioned":
    with Partitions() as partitions:
        sys.exit(run(sys.argv[2:], partitions.database(make_tables)))
with Cluster() as cluster:
    sys.exit(run(sys.argv[1:], cluster.database("clients")))
