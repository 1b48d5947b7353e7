# SPDX-License-Identifier: BSL-1.0
"""PostgreSQL with the extension, in a temporary folder: its own programs, and links to all that it reads besides.

A server looks for extensions where it lies itself, so nothing is written to the folders of the system.
"""

import contextlib
import os
import pathlib
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile

TESTS = pathlib.Path(__file__).resolve().parent.parent
EXTENSION = TESTS.parent / "examples/postgresql"
sys.path.insert(0, str(TESTS / "server"))
from cluster import Cluster, programs  # noqa: E402

try:
    import psycopg2
    import psycopg2.extras
except ImportError: # of another Python than the distribution's, whose module it is
    if sys.executable == "/usr/bin/python3" or not os.path.exists("/usr/bin/python3"):
        print("skipped: psycopg2 was not found (Debian: python3-psycopg2)")
        sys.exit(77)
    os.execv("/usr/bin/python3", ["/usr/bin/python3", "-B", *sys.argv])


def asked(option):
    return subprocess.run(["pg_config", option], check=True, capture_output=True, text=True).stdout.strip()


class Installation:
    """Runs from the start of a `with` to its end. `module` is the extension's shared library."""

    def __init__(self, module):
        self.module = pathlib.Path(module).resolve()

    def __enter__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.folder.chmod(0o755)
        folders = {option: pathlib.Path(asked("--" + option)) for option in ("bindir", "pkglibdir", "sharedir")}
        root = pathlib.Path(os.path.commonpath(folders.values()))
        own = {option: self.folder / path.relative_to(root) for option, path in folders.items()}
        own["bindir"].parent.mkdir(parents=True)
        shutil.copytree(folders["bindir"], own["bindir"])
        extensions = own["sharedir"] / "extension"
        for option, path in (("pkglibdir", own["pkglibdir"]), ("sharedir", own["sharedir"])):
            path.mkdir(parents=True)
            for each in folders[option].iterdir():
                if each.name != "extension":
                    (path / each.name).symlink_to(each)
        extensions.mkdir()
        ours = [*EXTENSION.glob("metapatch*.sql"), EXTENSION / "metapatch.control"]
        for each in (folders["sharedir"] / "extension").iterdir():
            if not each.name.startswith("metapatch"):
                (extensions / each.name).symlink_to(each)
        for each in ours:
            shutil.copy(each, extensions)
        shutil.copy(self.module, own["pkglibdir"] / "metapatch.so")
        self.programs = own["bindir"]
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder, ignore_errors=True)

    def cluster(self, **settings):
        return ExtendedCluster(self.programs, settings)


class ExtendedCluster(Cluster):
    """A cluster of that installation. `port` makes it listen on 127.0.0.1 too."""

    def __init__(self, folder_of_programs, settings):
        super().__init__(is_durable=True)
        self.programs = folder_of_programs
        self.settings = settings

    def options(self):
        options = super().options()
        for name, value in self.settings.items():
            options += f" -c {name}={value}"
        return options

    def connect(self, database="postgres", **options):
        """A connection that commits each statement by itself."""
        port = self.settings.get("port", 5432)
        made = psycopg2.connect(host=self.folder, port=port, dbname=database, user=self.user, **options)
        made.autocommit = True
        return made

    def database(self, name, extensions=("metapatch",)):
        """A connection to a new database with these extensions."""
        with contextlib.closing(self.connect()) as asking, asking.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
        made = self.connect(name)
        with made.cursor() as cursor:
            for each in extensions:
                cursor.execute(f"CREATE EXTENSION {each}")
        return made


def free_port():
    with socket.socket() as asking:
        asking.bind(("127.0.0.1", 0))
        return asking.getsockname()[1]


def may_run():
    """Ends the program, as skipped, where there is no server to run."""
    if not programs():
        print("skipped: PostgreSQL's own programs were not found (Debian: postgresql)")
        sys.exit(77)
