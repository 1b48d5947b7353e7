# SPDX-License-Identifier: BSL-1.0
"""What befalls a server and its store under load: kills, a database that goes, a disk that is full."""

import contextlib
import http.client
import os
import pathlib
import random
import subprocess
import tempfile
import threading
import time

from harness import CONNECTION, EVERYTHING, Server, path_of

WRITERS = 8


class Writer:
    """Patches its own user with one number after the other, in both fields at once, and creates users now and then."""

    def __init__(self, name):
        self.user, self.asked, self.acknowledged = f"auth0|{name}", 0, 0
        self.creations, self.created = [], set()
        self.count, self.refused = 0, 0
        self.failed = None

    def work(self, server, stops):
        """Until the server goes, or one is to stop."""
        connection = server.connect(timeout=60)
        try:
            while not stops.is_set():
                self.patch(server, connection)
                if self.asked % 10 == 9:
                    self.create(server, connection)
        except (OSError, http.client.HTTPException):
            pass  # it has gone
        except Exception as failed:
            self.failed = failed
        connection.close()

    def patch(self, server, connection):
        self.asked += 1
        both = {"user_metadata": {"n": self.asked}, "app_metadata": {"n": self.asked}}
        if self.is_done(server.send("PATCH", path_of(self.user), both, EVERYTHING, connection=connection), 200):
            self.acknowledged = self.asked

    def create(self, server, connection):
        name = f"{self.user[6:]}-{len(self.creations)}"
        self.creations.append(name)
        if self.is_done(server.send("POST", "/api/v2/users", new_user(name), EVERYTHING, connection=connection), 201):
            self.created.add(name)

    def is_done(self, answer, status):
        assert answer.status in (status, 503), answer
        if answer.status == status:
            self.count += 1
            return True
        self.refused += 1
        time.sleep(0.02)
        return False


def new_user(name):
    return {"connection": CONNECTION, "user_id": name, "email": f"{name}@example.com"}


def get(server, path):
    return server.send("GET", path, token=EVERYTHING)


def check(server, writer, seen):
    """What of a writer's is lost, and what is there by half. Of creations only those that were not checked before."""
    user = get(server, path_of(writer.user)).json
    there = user["user_metadata"]["n"]
    lost = int(there < writer.acknowledged)
    half = int(there != user["app_metadata"]["n"] or there > writer.asked)
    for name in writer.creations:
        if name in seen:
            continue
        seen.add(name)
        by_id = get(server, path_of(f"auth0|{name}")).status == 200
        by_address = len(get(server, f"/api/v2/users-by-email?email={name}@example.com").json) == 1
        lost += name in writer.created and not by_id
        half += by_id != by_address
    return lost, half


class Load:
    """Writers whose work goes on over the ends of servers, and what became of it."""

    def __init__(self, server):
        self.writers = [Writer(f"writer{number}") for number in range(WRITERS)]
        self.seen, self.lost, self.half = set(), 0, 0
        for writer in self.writers:
            created = server.send("POST", "/api/v2/users", new_user(writer.user[6:]) | {
                "user_metadata": {"n": 0}, "app_metadata": {"n": 0}}, EVERYTHING)
            assert created.status == 201, created

    @contextlib.contextmanager
    def on(self, server):
        stops = threading.Event()
        threads = [threading.Thread(target=writer.work, args=(server, stops)) for writer in self.writers]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            stops.set()
            for thread in threads:
                thread.join()
        for writer in self.writers:
            if writer.failed:
                raise writer.failed

    def look(self, server):
        for writer in self.writers:
            lost, half = check(server, writer, self.seen)
            self.lost += lost
            self.half += half

    @property
    def acknowledged(self):
        return sum(writer.count for writer in self.writers)

    @property
    def refused(self):
        return sum(writer.refused for writer in self.writers)


def kills(store, times, dice):
    """Kill the server at any moment of its work, and look into the store with the next."""
    with Server("--no-access-log", store=store) as server:
        load = Load(server)
    for _ in range(times):
        with Server("--no-access-log", store=store) as server:
            load.look(server)
            with load.on(server):
                time.sleep(dice.uniform(0.05, 0.4))
                server.process.kill()
                server.process.wait()
    with Server(store=store) as server:
        load.look(server)
    return times, times, load


def database_kills(cluster, times, dice):
    """Kill the database at any moment of its work, and start it again; the server goes on all the time."""
    survived = 0
    with Server("--no-access-log", store=cluster.database("gone")) as server:
        load = Load(server)
        for _ in range(times):
            with load.on(server):
                time.sleep(dice.uniform(0.05, 0.4))
                cluster.stop()
                time.sleep(0.1)
                cluster.start()
                time.sleep(dice.uniform(0.05, 0.2))
            load.look(server)
            survived += server.process.poll() is None
    return times, survived, load


@contextlib.contextmanager
def small_disk(megabytes):
    """A folder that holds no more; nothing where it cannot be had."""
    folder = tempfile.mkdtemp()
    mounted = os.geteuid() == 0 and subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder],
                                                   capture_output=True).returncode == 0
    try:
        yield pathlib.Path(folder) if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", "-l", folder], check=True)
        os.rmdir(folder)


def fill(disk):
    """Leave nothing free."""
    with open(disk / "filler", "ab", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(4096))


def full_disks(disk, store, times, dice, until_back=10):
    """Fill the disk at any moment of the work, and give it back; the server goes on all the time."""
    survived = 0
    with Server("--no-access-log", store=store) as server:
        load = Load(server)
        for _ in range(times):
            before = load.refused
            with load.on(server):
                time.sleep(dice.uniform(0.05, 0.2))
                deadline = time.monotonic() + 20
                while load.refused == before and time.monotonic() < deadline:
                    fill(disk)
                    time.sleep(0.01)
                (disk / "filler").unlink(missing_ok=True)
                deadline = time.monotonic() + until_back
                while get(server, path_of(load.writers[0].user)).status != 200 and time.monotonic() < deadline:
                    time.sleep(0.05)
                counts = load.acknowledged
                while load.acknowledged == counts and time.monotonic() < deadline:
                    time.sleep(0.05)
            survived += server.process.poll() is None and load.acknowledged > counts and load.refused > before
            load.look(server)
    return times, survived, load


def seeded_dice():
    seed = random.randrange(1 << 32)
    return seed, random.Random(seed)
