# SPDX-License-Identifier: BSL-1.0
"""Faults: how often each was tried, how often the server did as it should, and what was lost of what it had acknowledged.

faults.py SERVER          in short, as the tests do
faults.py SERVER --long   a hundred kills of each store, ten thousand idle connections and so on: some minutes
"""

import sys
import tempfile

from cluster import Cluster, programs
from harness import Server
import client_faults
import store_faults

LONG = "--long" in sys.argv[1:]
COUNTS = {"kills": (8, 100), "database": (2, 20), "disk": (2, 20), "slow": (50, 500), "halves": (200, 2_000),
          "garbage": (200, 5_000), "large": (4, 40), "idle": (500, 10_000)}
fails = False


def times(what):
    return COUNTS[what][LONG]


def row(fault, tried, survived, load=None):
    global fails
    fails = fails or tried != survived or bool(load and (load.lost or load.half))
    counts = f"{load.acknowledged:,} | {load.lost} | {load.half}" if load else "| |"
    print(f"| {fault} | {tried:,} | {survived:,} | {counts} |", flush=True)


def of_stores(dice):
    with tempfile.TemporaryDirectory() as folder:
        row("kill -9 of the server, SQLite", *store_faults.kills(f"sqlite:{folder}/db", times("kills"), dice))
    with store_faults.small_disk(24) as disk:
        if disk:
            row("disk full, SQLite", *store_faults.full_disks(disk, f"sqlite:{disk}/db", times("disk"), dice))
        else:
            print("disk full: not tried: only root mounts a small one")
    if not programs():
        print("PostgreSQL: not tried: its programs were not found (Debian: postgresql)")
        return
    with Cluster() as cluster:
        row("kill -9 of the server, PostgreSQL", *store_faults.kills(cluster.database("kills"), times("kills"), dice))
        row("PostgreSQL killed, and back", *store_faults.database_kills(cluster, times("database"), dice))
    with store_faults.small_disk(150) as disk:
        if disk:
            with Cluster(folder=disk) as cluster:
                row("disk full, PostgreSQL", *store_faults.full_disks(disk, cluster.database("full"), times("disk"), dice, 60))


def of_clients(dice):
    limits = ("--no-access-log", "--request-timeout", "2", "--idle-timeout", "60")
    with tempfile.TemporaryDirectory() as folder, Server(*limits, store=f"sqlite:{folder}/db") as server:
        for fault, name, function in (("a byte each half second", "slow", client_faults.slow),
                                      ("half a request", "halves", client_faults.halves),
                                      ("garbage", "garbage", client_faults.garbage),
                                      ("a body of 20 MB", "large", client_faults.large),
                                      ("idle connections", "idle", client_faults.idle)):
            row(fault, *function(server, server.create_user(), times(name), dice))


seed, dice = store_faults.seeded_dice()
print(f"seed {seed}\n\n| fault | tried | survived | acknowledged | lost | half done |\n|---|--:|--:|--:|--:|--:|", flush=True)
of_stores(dice)
of_clients(dice)
sys.exit(1 if fails else 0)
