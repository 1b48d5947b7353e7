# SPDX-License-Identifier: BSL-1.0
"""PostgreSQL's own pg_regress over sql/ and expected/: regress.py MODULE"""

import pathlib
import subprocess
import sys
import tempfile

from installation import Installation, asked, may_run

may_run()
FOLDER = pathlib.Path(__file__).resolve().parent
PROGRAM = pathlib.Path(asked("--pkglibdir")) / "pgxs/src/test/regress/pg_regress"
if not PROGRAM.exists():
    print("skipped: pg_regress was not found (Debian: postgresql-server-dev-15)")
    sys.exit(77)
with Installation(sys.argv[1]) as installation, installation.cluster() as cluster, tempfile.TemporaryDirectory() as made:
    ended = subprocess.run([PROGRAM, "--inputdir", FOLDER, "--outputdir", made, "--bindir", installation.programs,
                            "--host", cluster.folder, "--user", cluster.user, "--dbname", "regression",
                            "--encoding", "UTF8", "metapatch"])
    differences = pathlib.Path(made, "regression.diffs")
    if differences.exists():
        print(differences.read_text())
    if len(sys.argv) > 2: # what came is what is expected from now on
        (FOLDER / "expected/metapatch.out").write_bytes(pathlib.Path(made, "results/metapatch.out").read_bytes())
    sys.exit(ended.returncode)
