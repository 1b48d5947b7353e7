# SPDX-License-Identifier: BSL-1.0
"""The metadata of the other resources: merged or replaced as the library says, over HTTP."""

from harness import CONNECTION, EVERYTHING, ServerTest, main, token

# path, member of the id, member that names it, metadata, whether a PATCH merges
KINDS = (("clients", "client_id", "name", "client_metadata", True),
         ("organizations", "id", "name", "metadata", False),
         ("connections", "id", "name", "metadata", False),
         ("custom-domains", "custom_domain_id", "domain", "domain_metadata", True),
         ("agents", "id", "name", "metadata", False))


class Resources(ServerTest):
    def create(self, path, named, **members):
        answer = self.send("POST", "/api/v2/" + path, members, EVERYTHING)
        self.assertEqual(answer.status, 201, answer)
        return answer.json

    def test_each_is_created_viewed_listed_and_changed(self):
        for path, id_member, named, metadata, merges in KINDS:
            made = self.create(path, named, **{named: "first", metadata: {"a": "1"}, "extra": {"b": [1]}})
            here = f"/api/v2/{path}/{made[id_member]}"
            self.assertEqual(self.send("GET", here, token=EVERYTHING).json, made)
            changed = self.send("PATCH", here, {named: "second", metadata: {"c": "2"}, "extra": None}, EVERYTHING)
            self.assertEqual(changed.status, 200, changed)
            expected = {"a": "1", "c": "2"} if merges else {"c": "2"}
            self.assertEqual(changed.json, {id_member: made[id_member], named: "second", metadata: expected}, path)
            self.assertIn(changed.json, self.send("GET", "/api/v2/" + path, token=EVERYTHING).json)
            page = self.send("GET", f"/api/v2/{path}?include_totals=true&per_page=1", token=EVERYTHING).json
            self.assertEqual((page["limit"], page["length"], len(page[path.replace("-", "_")])), (1, 1, 1))

    def test_a_body_without_metadata_changes_the_rest_and_an_empty_one_nothing(self):
        made = self.create("clients", "name", name="quiet", client_metadata={"a": "1"})
        here = "/api/v2/clients/" + made["client_id"]
        self.assertEqual(self.send("PATCH", here, {}, EVERYTHING).json, made)
        self.assertEqual(self.send("PATCH", here, {"description": "x"}, EVERYTHING).json, made | {"description": "x"})

    def test_what_the_library_refuses_changes_nothing(self):
        for path, id_member, named, metadata, _ in KINDS:
            made = self.create(path, named, **{named: "careful", metadata: {"a": "1"}})
            here = f"/api/v2/{path}/{made[id_member]}"
            for body in ({metadata: {"b": "2"} | {str(i): "x" * 20_000 for i in range(30)}, named: "changed"},
                         {metadata: "text"}, {id_member: "mine"}):
                answer = self.send("PATCH", here, body, EVERYTHING)
                self.assertEqual((answer.status, answer.json["errorCode"]), (400, "invalid_body"), (path, answer))
            self.assertEqual(self.send("GET", here, token=EVERYTHING).json, made)

    def test_an_escaped_name_of_the_id_is_the_id(self):
        made = self.create("organizations", "name", name="escaped")
        answer = self.send("PATCH", "/api/v2/organizations/" + made["id"], r'{"\u0069d":"mine"}', EVERYTHING)
        self.assertEqual(answer.status, 400)

    def test_names_are_taken_once_where_they_name(self):
        self.create("organizations", "name", name="acme")
        again = self.send("POST", "/api/v2/organizations", {"name": "acme"}, EVERYTHING)
        self.assertEqual((again.status, again.json["error"]), (409, "Conflict"))
        other = self.create("organizations", "name", name="other")
        renamed = self.send("PATCH", "/api/v2/organizations/" + other["id"], {"name": "acme"}, EVERYTHING)
        self.assertEqual(renamed.status, 409)
        self.assertEqual(self.send("POST", "/api/v2/organizations", {}, EVERYTHING).status, 400)

    def test_what_is_not_there_is_said_in_the_words_of_its_kind(self):
        for path, message, code in (("clients", "The client does not exist", "inexistent_client"),
                                    ("organizations", "No organization found by that id or name", None),
                                    ("sessions", "The session does not exist", "inexistent_session")):
            for method, body in (("GET", None), ("PATCH", {})):
                answer = self.send(method, f"/api/v2/{path}/nothing", body, EVERYTHING)
                self.assert_refused(answer, 404, message, code)

    def test_scopes_are_those_of_the_kind(self):
        for path, *_ in KINDS:
            for method, below, body in (("GET", "", None), ("POST", "", {}), ("GET", "/x", None), ("PATCH", "/x", {})):
                answer = self.send(method, f"/api/v2/{path}{below}", body, token("read:users update:users"))
                self.assertEqual((answer.status, answer.json["errorCode"]), (403, "insufficient_scope"), (method, path))
                self.assertEqual(self.send(method, f"/api/v2/{path}{below}", body).status, 401)

    def test_a_session_is_not_created_by_hand(self):
        for path in ("sessions", "refresh-tokens"):
            self.assertEqual(self.send("POST", "/api/v2/" + path, {}, EVERYTHING).status, 404)

    def test_a_new_connection_takes_users(self):
        self.create("connections", "name", name="Staff", strategy="auth0")
        self.server.create_user(connection="Staff", email="same@example.com")
        self.server.create_user(connection=CONNECTION, email="same@example.com")
        found = self.send("GET", "/api/v2/users-by-email?email=same@example.com", token=EVERYTHING).json
        self.assertEqual({each["identities"][0]["connection"] for each in found}, {"Staff", CONNECTION})


if __name__ == "__main__":
    main()
