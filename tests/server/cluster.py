# SPDX-License-Identifier: BSL-1.0
"""A cluster of PostgreSQL of one's own, on a socket in a temporary folder."""

import glob
import os
import pathlib
import pwd
import shutil
import subprocess
import tempfile


def programs():
    """The folder of PostgreSQL's own programs; None where there is none."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb")) or list(filter(None, [shutil.which("initdb")]))
    return str(pathlib.Path(found[-1]).parent) if found else None


class Cluster:
    """Runs from the start of a `with` to its end. Root may not run PostgreSQL: then its user does."""

    def __enter__(self):
        self.folder = tempfile.mkdtemp()
        self.user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        self.run("initdb", "--auth=trust", "--no-sync", "-D", self.folder + "/data")
        self.start()
        return self

    def __exit__(self, *_):
        self.run("pg_ctl", "stop", "-m", "immediate", "-D", self.folder + "/data", check=False)
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self):
        options = f"-c listen_addresses= -c unix_socket_directories={self.folder} -c max_connections=100"
        self.run("pg_ctl", "start", "-w", "-D", self.folder + "/data", "-o", options, "-l", self.folder + "/log")

    def stop(self, how="immediate"):
        self.run("pg_ctl", "stop", "-m", how, "-D", self.folder + "/data")

    def database(self, name):
        """The address of a new database."""
        self.run("createdb", "-h", self.folder, name)
        return f"postgresql://{self.user}@/{name}?host={self.folder}"

    def query(self, database, statements):
        """What psql prints for these statements; an error is one of this program."""
        return self.run("psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-h", self.folder, "-d", database, text=statements)

    def run(self, program, *arguments, check=True, text=None):
        as_user = ["runuser", "-u", self.user, "--"] if os.geteuid() == 0 else []
        ran = subprocess.run([*as_user, f"{programs()}/{program}", *arguments], cwd="/", input=text, text=True,
                             stdout=subprocess.DEVNULL if text is None else subprocess.PIPE, stderr=subprocess.STDOUT)
        if check and ran.returncode != 0:
            raise RuntimeError(f"{program} ended with {ran.returncode}: {ran.stdout}")
        return (ran.stdout or "").strip()
