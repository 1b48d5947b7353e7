# SPDX-License-Identifier: BSL-1.0
"""What clients do to a server: too slow, by half, garbage, too much, and nothing at all. Each function has the server that
has to live, and tells how often it has tried and how often the server did as it should."""

import concurrent.futures
import contextlib
import json
import re
import resource
import socket
import time

from harness import EVERYTHING, path_of


def connect(server, timeout=30):
    return socket.create_connection(("127.0.0.1", server.port), timeout=timeout)


def ended(connection):
    """What the server sends until it ends the connection; nothing where it does not."""
    got = b""
    try:
        while more := connection.recv(65536):
            got += more
    except socket.timeout:
        return None
    except OSError:
        pass
    return got


def status_of(got):
    found = re.match(rb"HTTP/1\.1 (\d{3}) ", got or b"")
    return int(found.group(1)) if found else None


def whole_patch(user, members):
    body = json.dumps({"user_metadata": members}).encode()
    head = (f"PATCH {path_of(user)} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {EVERYTHING}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n")
    return head.encode(), body


def serves(server, user):
    """Whether others are served as ever."""
    return (server.send("PATCH", path_of(user), {"user_metadata": {"served": time.time()}}, EVERYTHING).status == 200 and
            server.send("GET", path_of(user), token=EVERYTHING).status == 200)


def is_untouched(server, user):
    return server.send("GET", path_of(user), token=EVERYTHING).json.get("user_metadata", {}).keys() <= {"served"}


def slow(server, user, count, dice):
    """Bytes that drip: the limit of time ends each connection, and others are served meanwhile."""
    head, body = whole_patch(user, {"slow": 1})
    connections = [(connect(server), iter(head + body)) for _ in range(count)]
    alive = True
    for _ in range(8):
        for connection, rest in connections:
            with contextlib.suppress(OSError):
                connection.sendall(bytes([next(rest)]))
        alive = alive and serves(server, user)
        time.sleep(0.5)
    fine = sum(ended(connection) is not None for connection, _ in connections)
    return count, fine if alive and is_untouched(server, user) else 0


def halves(server, user, count, dice):
    """Requests that end anywhere but at their end: nothing of them is done."""
    head, body = whole_patch(user, {"half": "x" * 2000})
    for _ in range(count):
        with contextlib.suppress(OSError), connect(server) as connection:
            connection.sendall((head + body)[:dice.randrange(1, len(head) + len(body))])
    return count, count if serves(server, user) and is_untouched(server, user) else 0


def garbage(server, user, count, dice):
    """Bytes of any kind, and requests of which some bytes are others: refused or let go, and never a fault of the server."""
    fine = 0
    for number in range(count):
        if number % 2:
            text = bytearray(b"".join(whole_patch(user, {"served": 1})))
            for _ in range(dice.randrange(1, 6)):
                text[dice.randrange(len(text))] = dice.randrange(256)
        else:
            text = dice.randbytes(dice.randrange(1, 3000))
        with connect(server) as connection:
            with contextlib.suppress(OSError):
                connection.sendall(text)
                connection.shutdown(socket.SHUT_WR)
            got = ended(connection)
            fine += got is not None and status_of(got) != 500
    return count, fine if serves(server, user) else 0


def large(server, user, count, dice):
    """Bodies of 20 MB, some of them said beforehand, some in chunks: each is refused."""
    piece = b"x" * (1 << 20)

    def send(number):
        head, _ = whole_patch(user, {})
        in_chunks = number % 2
        head = re.sub(rb"Content-Length: \d+", b"Transfer-Encoding: chunked" if in_chunks else b"Content-Length: 20971520", head)
        with connect(server) as connection:
            with contextlib.suppress(OSError):
                connection.sendall(head)
                for _ in range(20):
                    connection.sendall(b"100000\r\n" + piece + b"\r\n" if in_chunks else piece)
                if in_chunks:
                    connection.sendall(b"0\r\n\r\n")
            return status_of(ended(connection)) == 413

    with concurrent.futures.ThreadPoolExecutor(4) as several:
        fine = sum(several.map(send, range(count)))
    return count, fine if serves(server, user) and is_untouched(server, user) else 0


def idle(server, user, count, dice):
    """Connections that ask nothing: others are served, and each of them is when it asks at last."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, count + 100)), hard))
    connections = []
    try:
        for _ in range(count):
            connections.append(connect(server))
        alive = serves(server, user)
        fine = 0
        for connection in connections:
            connection.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
            fine += status_of(connection.recv(4096)) == 200
    finally:
        for connection in connections:
            connection.close()
    return count, fine if alive else 0
