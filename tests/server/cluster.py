# SPDX-License-Identifier: BSL-1.0
"""A cluster of PostgreSQL of one's own, on a socket in a temporary folder."""

import atexit
import functools
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


def user():
    """Who runs PostgreSQL. Root may not: then its user does."""
    return "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name


def run(program, *arguments, check=True, text=None, folder=None):
    """Runs one of PostgreSQL's programs on a text. What it prints is there where there is one."""
    as_user = ["runuser", "-u", user(), "--"] if os.geteuid() == 0 else []
    ran = subprocess.run([*as_user, f"{folder or programs()}/{program}", *arguments], cwd="/", input=text, text=True,
                         stdout=subprocess.DEVNULL if text is None else subprocess.PIPE, stderr=subprocess.STDOUT)
    if check and ran.returncode != 0:
        raise RuntimeError(f"{program} ended with {ran.returncode}: {ran.stdout}")
    return (ran.stdout or "").strip()


@functools.cache
def new_files(programs_folder=None):
    """The files of a new cluster, made once for all of them."""
    folder = tempfile.mkdtemp()
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    if os.geteuid() == 0:
        shutil.chown(folder, user())
    run("initdb", "--auth=trust", "--no-sync", "-D", folder + "/data", folder=programs_folder)
    return folder + "/data"


class Cluster:
    """Runs from the start of a `with` to its end.

    is_durable: it asks the disk, as what is measured has to. What is killed loses nothing without, as long as the machine
    goes on.
    """

    programs = None # the folder of PostgreSQL's programs, where that is another

    def __init__(self, is_durable=False, folder=None):
        self.is_durable = is_durable
        self.within = folder

    def options(self):
        return (f"-c listen_addresses= -c unix_socket_directories={self.folder} -c max_connections=100"
                + ("" if self.is_durable else " -F"))

    def __enter__(self):
        self.folder = tempfile.mkdtemp(dir=self.within)
        self.user = user()
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        subprocess.run(["cp", "-a", new_files(self.programs), self.folder + "/data"], check=True)
        self.start()
        return self

    def __exit__(self, *_):
        run("pg_ctl", "stop", "-m", "immediate", "-D", self.folder + "/data", check=False, folder=self.programs)
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self):
        run("pg_ctl", "start", "-w", "-D", self.folder + "/data", "-o", self.options(), "-l", self.folder + "/log",
            folder=self.programs)

    def stop(self, how="immediate"):
        run("pg_ctl", "stop", "-m", how, "-D", self.folder + "/data", folder=self.programs)

    def database(self, name):
        """The address of a new database."""
        run("createdb", "-h", self.folder, name)
        return f"postgresql://{self.user}@/{name}?host={self.folder}"

    def query(self, database, statements):
        """What psql prints for these statements; an error is one of this program."""
        return run("psql", "-XqAt", "-v", "ON_ERROR_STOP=1", "-h", self.folder, "-d", database, text=statements)
