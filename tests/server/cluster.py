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

    @property
    def programs(self):
        return programs()

    def options(self):
        return f"-c listen_addresses= -c unix_socket_directories={self.folder} -c max_connections=100"

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
        self.run("pg_ctl", "start", "-w", "-D", self.folder + "/data", "-o", self.options(), "-l", self.folder + "/log")

    def stop(self, how="immediate"):
        self.run("pg_ctl", "stop", "-m", how, "-D", self.folder + "/data")

    def database(self, name):
        """The address of a new database."""
        self.run("createdb", "-h", self.folder, name)
        return f"postgresql://{self.user}@/{name}?host={self.folder}"

    def run(self, program, *arguments, check=True):
        as_user = ["runuser", "-u", self.user, "--"] if os.geteuid() == 0 else []
        subprocess.run([*as_user, f"{self.programs}/{program}", *arguments], check=check, cwd="/", stdout=subprocess.DEVNULL,
                       stderr=subprocess.STDOUT)
