# SPDX-License-Identifier: BSL-1.0
"""Users: created, viewed, listed, changed, deleted, with the bytes and the refusals of the library."""

import time

from harness import CONNECTION, EVERYTHING, ServerTest, main, path_of, token


class View(ServerTest):
    def test_a_user_is_shown_with_its_metadata_and_without_its_password(self):
        user = self.server.create_user(email="Ann@example.com", password="correct horse", user_metadata={"hobby": "chess"})
        answer = self.send("GET", path_of(user), token=EVERYTHING)
        self.assertEqual(answer.status, 200)
        self.assertEqual(answer.json["user_metadata"], {"hobby": "chess"})
        self.assertNotIn(b"horse", answer.body)
        self.assertNotIn("password", answer.json)
        self.assertEqual(answer.json["identities"][0]["connection"], CONNECTION)

    def test_fields_choose_and_leave_out(self):
        user = self.server.create_user(user_metadata={"a": 1}, app_metadata={"b": 2})
        chosen = self.send("GET", path_of(user) + "?fields=user_id,app_metadata", token=EVERYTHING)
        self.assertEqual(chosen.json, {"user_id": user, "app_metadata": {"b": 2}})
        rest = self.send("GET", path_of(user) + "?fields=user_metadata&include_fields=false", token=EVERYTHING)
        self.assertNotIn("user_metadata", rest.json)
        self.assertEqual(rest.json["app_metadata"], {"b": 2})

    def test_a_query_that_is_not_understood_is_refused(self):
        user = self.server.create_user()
        for query, message in (("include_fields=maybe", "Expected type boolean of include_fields"),
                               ("colour=red", "Additional properties not allowed: colour"),
                               ("fields=%ZZ", "The query is not percent-encoded")):
            answer = self.send("GET", f"{path_of(user)}?{query}", token=EVERYTHING)
            self.assert_refused(answer, 400, f"Query validation error: '{message}'.", "invalid_query_string")

    def test_who_may_see_whom(self):
        user = self.server.create_user()
        self.assertEqual(self.send("GET", path_of(user), token=token("read:current_user", user)).status, 200)
        self.assert_refused(self.send("GET", path_of(user), token=token("read:current_user", "auth0|other")), 403,
                            "User to be acted on does not match subject in bearer token.")
        self.assert_refused(self.send("GET", path_of("auth0|nobody"), token=EVERYTHING), 404,
                            "The user does not exist.", "inexistent_user")


class Patch(ServerTest):
    def test_metadata_is_merged_and_the_rest_keeps_its_bytes(self):
        created = self.send("POST", "/api/v2/users", '{"connection":"%s","email":"bytes@example.com","user_metadata":'
                            '{"balance":1.10, "big":123456789012345678901234567890,"old":true}}' % CONNECTION, EVERYTHING)
        user = created.json["user_id"]
        answer = self.send("PATCH", path_of(user), '{"user_metadata":{"old":null,"theme":"d\\u00e4rk"}}', EVERYTHING)
        self.assertEqual(answer.status, 200)
        expected = rb'"user_metadata":{"balance":1.10,"big":123456789012345678901234567890,"theme":"d\u00e4rk"}'
        self.assertIn(expected, answer.body)
        self.assertIn(expected, self.send("GET", path_of(user), token=EVERYTHING).body)

    def test_an_empty_object_clears_and_each_field_does_it_in_its_way(self):
        user = self.server.create_user(user_metadata={"a": 1}, app_metadata={"a": 1})
        answer = self.send("PATCH", path_of(user), {"user_metadata": {}, "app_metadata": {}}, EVERYTHING)
        self.assertEqual(answer.json["user_metadata"], {})
        self.assertNotIn("app_metadata", answer.json)

    def test_a_refusal_changes_nothing(self):
        user = self.server.create_user(app_metadata={"plan": "free"})
        before = self.send("GET", path_of(user), token=EVERYTHING).body
        answer = self.send("PATCH", path_of(user), {"app_metadata": {"plan": "team", "blocked": True}}, EVERYTHING)
        self.assertEqual((answer.status, answer.json["errorCode"]), (400, "invalid_body"))
        self.assertEqual(self.send("GET", path_of(user), token=EVERYTHING).body, before)

    def test_it_says_when_the_user_was_updated(self):
        user = self.server.create_user()
        before = self.send("GET", path_of(user), token=EVERYTHING).json["updated_at"]
        time.sleep(0.002)  # it counts milliseconds
        self.assertGreater(self.send("PATCH", path_of(user), {"nickname": "Ann"}, EVERYTHING).json["updated_at"], before)

    def test_users_change_their_own_user_metadata_alone(self):
        user = self.server.create_user()
        own = token("update:current_user_metadata", user)
        self.assertEqual(self.send("PATCH", path_of(user), {"user_metadata": {"a": 1}}, own).status, 200)
        self.assert_refused(self.send("PATCH", path_of(user), {"app_metadata": {"a": 1}}, own), 403,
                            "You cannot update the following fields: app_metadata", "insufficient_scope")
        other = self.send("PATCH", path_of(self.server.create_user()), {"user_metadata": {"a": 1}}, own)
        self.assertEqual(other.status, 403)

    def test_an_address_is_found_where_it_moves_to_and_is_nobody_elses(self):
        ann = self.server.create_user(email="ann.moves@example.com")
        self.server.create_user(email="taken@example.com")
        by_address = "/api/v2/users-by-email?email="
        self.send("PATCH", path_of(ann), {"email": "ann.moved@example.com"}, EVERYTHING)
        self.assertEqual(self.send("GET", by_address + "ann.moves%40example.com", token=EVERYTHING).json, [])
        found = self.send("GET", by_address + "Ann.Moved%40example.com", token=EVERYTHING).json
        self.assertEqual([each["user_id"] for each in found], [ann])
        answer = self.send("PATCH", path_of(ann), {"email": "TAKEN@example.com"}, EVERYTHING)
        self.assert_refused(answer, 400, "The specified new email or username already exists", "auth0_idp_error")
        self.assertEqual(self.send("GET", path_of(ann), token=EVERYTHING).json["email"], "ann.moved@example.com")

    def test_there_must_be_the_connection_and_the_user(self):
        answer = self.send("PATCH", path_of("auth0|nobody"), {"user_metadata": {"a": 1}}, EVERYTHING)
        self.assert_refused(answer, 404, "The user does not exist.", "inexistent_user")
        answer = self.send("PATCH", path_of(self.server.create_user()), {"email": "x@example.com", "connection": "no"},
                           EVERYTHING)
        self.assert_refused(answer, 400, "Connection does not exist.", "invalid_body")


class Create(ServerTest):
    def test_an_id_may_be_chosen_once(self):
        body = {"connection": CONNECTION, "email": "chosen@example.com", "user_id": "chosen"}
        self.assertEqual(self.send("POST", "/api/v2/users", body, EVERYTHING).json["user_id"], "auth0|chosen")
        again = self.send("POST", "/api/v2/users", body | {"email": "other@example.com"}, EVERYTHING)
        self.assert_refused(again, 409, "The user already exists.", "auth0_idp_error")

    def test_an_address_is_taken_once_whatever_its_case(self):
        self.server.create_user(email="once@example.com")
        again = self.send("POST", "/api/v2/users", {"connection": CONNECTION, "email": "ONCE@example.com"}, EVERYTHING)
        self.assert_refused(again, 409, "The user already exists.", "auth0_idp_error")

    def test_what_the_library_refuses_is_refused(self):
        for body, part in (("[]", "Expected type object"), ("{", "Invalid request payload JSON format"), ({}, "Missing required property: connection"),
                           ({"connection": "nowhere"}, "Connection does not exist."),
                           ({"connection": CONNECTION, "app_metadata": {"a.b": 1}}, "app_metadata.a.b")):
            answer = self.send("POST", "/api/v2/users", body, EVERYTHING)
            self.assertEqual(answer.status, 400, answer)
            self.assertIn(part, answer.json["message"])

    def test_a_scope_is_needed(self):
        answer = self.send("POST", "/api/v2/users", {}, token("read:users"))
        self.assert_refused(answer, 403, "Insufficient scope, expected any of: create:users", "insufficient_scope")


class Lists(ServerTest):
    def test_pages_have_their_users_in_order_and_totals_where_asked(self):
        users = [self.server.create_user() for _ in range(5)]
        first = self.send("GET", "/api/v2/users?per_page=2&page=1", token=EVERYTHING).json
        self.assertEqual([each["user_id"] for each in first], users[2:4])
        page = self.send("GET", "/api/v2/users?per_page=2&page=2&include_totals=true&fields=user_id", token=EVERYTHING)
        self.assertEqual(page.json, {"start": 4, "limit": 2, "length": 1, "total": 5, "users": [{"user_id": users[4]}]})
        newest = self.send("GET", "/api/v2/users?sort=created_at:-1&per_page=1", token=EVERYTHING).json
        self.assertEqual(newest[0]["user_id"], users[4])

    def test_limits_and_searches_are_refused(self):
        for query in ("per_page=101", "page=-1", "page=99999999999999999999", "q=email:x", "sort=email:1"):
            answer = self.send("GET", "/api/v2/users?" + query, token=EVERYTHING)
            self.assertEqual((answer.status, answer.json["errorCode"]), (400, "invalid_query_string"), query)

    def test_a_scope_is_needed(self):
        for path in ("/api/v2/users", "/api/v2/users-by-email?email=a"):
            answer = self.send("GET", path, token=token("read:current_user", "auth0|1"))
            self.assert_refused(answer, 403, "Insufficient scope, expected any of: read:users", "insufficient_scope")


class Delete(ServerTest):
    def test_a_deleted_user_leaves_nothing_behind(self):
        user = self.server.create_user(email="gone@example.com")
        answer = self.send("DELETE", path_of(user), token=EVERYTHING)
        self.assertEqual((answer.status, answer.body), (204, b""))
        self.assertEqual(self.send("GET", path_of(user), token=EVERYTHING).status, 404)
        self.assertEqual(self.send("GET", "/api/v2/users-by-email?email=gone@example.com", token=EVERYTHING).json, [])
        self.server.create_user(email="gone@example.com")

    def test_who_is_not_there_is_deleted_too(self):
        self.assertEqual(self.send("DELETE", path_of("auth0|nobody"), token=EVERYTHING).status, 204)

    def test_a_scope_is_needed_and_that_of_the_user_is_for_itself(self):
        user = self.server.create_user()
        self.assert_refused(self.send("DELETE", path_of(user), token=token("update:users")), 403,
                            "Insufficient scope, expected any of: delete:users,delete:current_user", "insufficient_scope")
        self.assert_refused(self.send("DELETE", path_of(user), token=token("delete:current_user", "auth0|other")), 403,
                            "User to be acted on does not match subject in bearer token.")
        self.assertEqual(self.send("DELETE", path_of(user), token=token("delete:current_user", user)).status, 204)

    def test_a_second_factor_goes_and_the_metadata_stays(self):
        user = self.server.create_user(user_metadata={"a": 1})
        answer = self.send("DELETE", path_of(user) + "/multifactor/duo", token=EVERYTHING)
        self.assertEqual((answer.status, answer.body), (204, b""))
        self.assertEqual(self.send("GET", path_of(user), token=EVERYTHING).json["user_metadata"], {"a": 1})
        nobody = self.send("DELETE", path_of("auth0|nobody") + "/multifactor/duo", token=EVERYTHING)
        self.assert_refused(nobody, 404, "The user does not exist.", "inexistent_user")


class DocumentedPermissions(ServerTest):
    options = ("--documented-permissions",)

    def test_each_effect_needs_its_scope(self):
        with_all = token("create:current_user_metadata update:current_user_metadata delete:current_user_metadata")
        self.assertEqual(self.send("GET", "/api/v2/users", token=with_all).status, 403)
        answer = self.send("PATCH", path_of("auth0|1"), {"user_metadata": {"a": 1}},
                           token("create:current_user_metadata", "auth0|1"))
        self.assertEqual(answer.status, 404)


if __name__ == "__main__":
    main()
