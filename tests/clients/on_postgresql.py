# SPDX-License-Identifier: BSL-1.0
"""Runs a command with METAPATCH_STORE naming a new database of PostgreSQL: on_postgresql.py COMMAND..."""

import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "server"))
from cluster import Cluster, programs  # noqa: E402

if not programs():
    print("skipped: PostgreSQL's own programs were not found (Debian: postgresql)", file=sys.stderr)
    sys.exit(77)
with Cluster() as cluster:
    environment = {**os.environ, "METAPATCH_STORE": cluster.database("clients")}
    sys.exit(subprocess.run(sys.argv[1:], env=environment).returncode)
