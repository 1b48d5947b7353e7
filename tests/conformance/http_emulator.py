# SPDX-License-Identifier: BSL-1.0
"""A server with Auth0's endpoints for users, on this machine: the model of this folder behind HTTP, with limits."""

import http.server
import json
import re
import ssl
import threading
import time
import urllib.parse

import exact_json
import model

FIELDS = ("user_metadata", "app_metadata")


class Emulator(http.server.ThreadingHTTPServer):
    """Stores users and notes requests. `trouble(method, path)` may give (status, headers) to answer with instead."""

    daemon_threads = True

    def __init__(self, certificate=None):
        super().__init__(("127.0.0.1", 0), Handler)
        self.users = {"auth0|somebody": {"email": "somebody@example.com", "user_metadata": b'{"precious":1}'}}
        self.requests, self.trouble, self.lock = [], lambda *_: None, threading.Lock()
        self.more_headers = lambda method: ()
        self.lost = lambda method: False  # whether what was done is not answered
        self.created = 0
        self.secure = certificate is not None
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.socket = context.wrap_socket(self.socket, server_side=True)

    @property
    def url(self):
        return f"{'https' if self.secure else 'http'}://localhost:{self.server_address[1]}"

    def handle_error(self, request, client_address):
        pass  # a client that does not trust us goes away

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()

    def strangers_are_untouched(self):
        return self.users.get("auth0|somebody") == {"email": "somebody@example.com", "user_metadata": b'{"precious":1}'}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def say(self, status, body=b"", headers=()):
        if self.server.lost(self.command):
            self.close_connection = True
            return
        self.send_response(status)
        for name, value in (*headers, *self.server.more_headers(self.command)):
            self.send_header(name, str(value))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def refuse(self, status, message):
        self.say(status, json.dumps({"statusCode": status, "message": message}).encode())

    def show(self, status, user_id):
        user = self.server.users[user_id]
        members = [f'"user_id":{json.dumps(user_id)},"email":{json.dumps(user["email"])}'.encode()]
        members += [f'"{name}":'.encode() + user[name] for name in FIELDS if user.get(name) is not None]
        self.say(status, b"{" + b",".join(members) + b"}")

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        with self.server.lock:
            self.server.requests.append((time.monotonic(), self.command, self.path, body))
            trouble = self.server.trouble(self.command, self.path)
            if trouble is not None:
                return self.say(*trouble)
            if self.headers.get("Authorization") != "Bearer secret":
                return self.refuse(401, "Invalid token")
            if self.path == "/api/v2/users" and self.command == "POST":
                asked = json.loads(body)
                self.server.created += 1
                user_id = f"auth0|{self.server.created}"
                self.server.users[user_id] = {"email": asked["email"], "connection": asked["connection"]} | {
                    name: json.dumps(asked[name]).encode() for name in FIELDS if name in asked}
                return self.show(201, user_id)
            found = re.fullmatch(r"/api/v2/users/([^/]+)", self.path)
            user_id = urllib.parse.unquote(found.group(1)) if found else None
            if user_id not in self.server.users:
                return self.refuse(404, "The user does not exist.")
            if self.command == "DELETE":
                del self.server.users[user_id]
                return self.say(204)
            if self.command == "PATCH" and not self.patched(user_id, body):
                return None
            return self.show(200, user_id)

    def patched(self, user_id, body):
        user = self.server.users[user_id]
        try:
            asked = model.read(body, 1024)
            # The text of the member, as the model works on texts.
            raw = exact_json.raw_members(body.decode())
            changed = {name: model.patched("auth0." + name, user.get(name), raw[name].encode()) for name in asked}
        except model.Refused as refusal:
            self.refuse(400, f"Payload validation error: {refusal.violations}")
            return False
        for name, value in changed.items():
            user[name] = None if value is model.ABSENT else model.compact(value).encode()
        return True

    do_GET = do_POST = do_PATCH = do_DELETE = answer
