#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""How a driver treats input that is no good.

usage: test_driver.py driver [argument ...]
"""

import base64
import json
import subprocess
import sys
import unittest

from driver_process import Driver

COMMAND = []
GOOD = {"id": "good", "profile": "auth0.user_metadata", "op": "apply", "stored": '{"a":1}', "patch": '{"b":2}'}
GOOD_RESULT = {"id": "good", "outcome": "ok", "field": "present", "value": '{"a":1,"b":2}'}

# The operations of the patch algebra, with a good case of each.
ALGEBRA = {
    "diff": {"from": '{"a":1}', "to": '{"b":2}'},
    "compose": {"patches": ['{"a":1}', None, '{"b":2}']},
    "inverse": {"stored": '{"a":1}', "patch": '{"a":2}'},
    "rebase": {"patch": '{"a":1}', "onto": '{"a":2}'},
    "conflicts": {"patch": '{"a":1}', "other": '{"a":2}'},
    "commutes": {"patch": '{"a":1}', "other": '{"a":2}'},
    "losses": {"stored": '{"a":{"b":1}}', "patch": '{"a":{}}'},
    "deepen": {"stored": '{"a":1}', "merge_patch": '{"a":null}'},
    "advise": {"stored": '{"a":1}', "patch": '{"a":"x"}'},
}

# Operations that have no profile, likewise.
LOGIN = {
    "userinfo": {"stored": '{"user_id":"1"}', "claims": '{"a":1}'},
    "lock_signup": {"fields": '[{"name":"a","placeholder":"p"}]', "values": '{"a":"x"}', "form": '{"email":"e"}'},
}

# Those on whole users, with what a good case needs, and with what it may have besides.
TOKEN = {"scopes": "update:users read:users create:users", "subject": "1"}
USERS = {
    "authorize": ({"operation": "PATCH /users/{id}", "scopes": "update:users"},
                  {"subject": "1", "user": "1", "patch": '{"name":"x"}', "stored": "{}", "table": "enforced"}),
    "update_user": ({"token": TOKEN, "user_id": "1", "stored": '{"a":1}', "body": '{"name":"x"}'},
                    {"table": "enforced"}),
    "create_user": ({"token": TOKEN, "user_id": "1", "body": '{"connection":"c"}'}, {"table": "enforced"}),
    "view_user": ({"token": TOKEN, "user_id": "1", "stored": '{"a":1}'},
                  {"fields": ["a"], "include_fields": False, "table": "enforced"}),
    "delete_multifactor": ({"token": TOKEN, "user_id": "1", "stored": '{"a":1}', "provider": "duo"},
                           {"table": "enforced"}),
    "signup": ({"user_id": "1", "body": '{"password":"p","connection":"c"}'}, {}),
    "passkey_signup": ({"user_id": "1", "body": '{"user_profile":{"email":"a@b"}}'}, {}),
}
TEXTS = ("stored", "patch", "body")


class DriverTest(unittest.TestCase):
    def setUp(self):
        self.driver = self.enterContext(Driver(COMMAND))

    def assert_goes_on(self):
        self.assertEqual(self.driver.run([GOOD]), [GOOD_RESULT])

    def assert_errored(self, answer):
        self.assertEqual(answer["outcome"], "errored")
        self.assertIsInstance(answer["message"], str)

    def assert_line_errored(self, line):
        self.assert_errored(self.driver.ask_line(line))
        self.assert_goes_on()

    def result_of(self, **changes):
        case = {name: value for name, value in {**GOOD, **changes}.items() if value is not ...}
        answer = self.driver.ask({"cmd": "run", "seq": 1, "cases": [case]})
        self.assertEqual(answer["seq"], 1)
        [result] = answer["results"]
        return result

    def assert_case_errored(self, **changes):
        result = self.result_of(**changes)
        self.assert_errored(result)
        self.assertEqual(result["id"], "good")
        self.assert_goes_on()


class Starting(DriverTest):
    def test_the_start_answer_lists_what_is_offered(self):
        answer = self.driver.start()
        self.assertEqual(answer["implementation"]["language"], "C++")
        self.assertEqual(len(answer["profiles"]), 11)  # ten of fields, and rfc7396
        self.assertLessEqual({"apply", "validate", "size", "rule_user", "rule_updates", *ALGEBRA, *LOGIN, *USERS},
                             set(answer["ops"]))

    def test_another_protocol_is_errored(self):
        self.assert_errored(self.driver.ask({"cmd": "start", "protocol": 2}))
        self.assert_errored(self.driver.ask({"cmd": "start", "protocol": "1"}))
        self.assert_errored(self.driver.ask({"cmd": "start"}))
        self.assert_goes_on()

    def test_cases_run_without_a_start(self):
        self.assert_goes_on()

    def test_every_operation_that_is_not_offered_is_skipped(self):
        offered = self.driver.start()["ops"]
        for op in ("diff compose inverse rebase conflicts commutes losses deepen authorize update_user create_user "
                   "signup passkey_signup userinfo view_user delete_multifactor rule_user rule_updates advise "
                   "lock_signup no_such_op").split():
            if op not in offered:
                with self.subTest(op):
                    self.assertEqual(self.result_of(op=op)["outcome"], "skipped")

    def test_a_profile_that_is_not_offered_is_skipped(self):
        self.assertEqual(self.result_of(profile="auth0.no_such_metadata")["outcome"], "skipped")


class BadLines(DriverTest):
    def test_an_empty_line_is_errored(self):
        self.assert_line_errored(b"")
        self.assert_line_errored(b"  \t")

    def test_a_line_that_is_no_json_is_errored(self):
        for line in (b"nonsense", b"{", b'{"cmd":"start"', b'{"cmd":"start","protocol":1}}', b"\xef\xbb\xbf{}"):
            with self.subTest(line):
                self.assert_line_errored(line)

    def test_a_line_that_is_no_object_is_errored(self):
        for line in (b"[]", b"1", b"null", b'"start"'):
            with self.subTest(line):
                self.assert_line_errored(line)

    def test_invalid_utf8_in_a_line_is_errored(self):
        self.assert_line_errored(b'{"cmd":"start","protocol":1,"x":"\xff"}')

    def test_a_nul_in_a_line_is_errored(self):
        self.assert_line_errored(b'{"cmd":"start"\x00}')

    def test_a_carriage_return_at_the_end_is_white_space(self):
        self.assertEqual(self.driver.ask_line(b'{"cmd":"start","protocol":1}\r')["protocol"], 1)

    def test_an_unknown_command_is_errored(self):
        self.assert_line_errored(b'{"cmd":"dance"}')
        self.assert_line_errored(b'{"cmd":1}')
        self.assert_line_errored(b'{"protocol":1}')

    def test_wrongly_typed_members_of_a_request_are_errored(self):
        for request in ({"cmd": "run", "seq": "1", "cases": []}, {"cmd": "run", "cases": []},
                        {"cmd": "run", "seq": 1.5, "cases": []}, {"cmd": "run", "seq": 1},
                        {"cmd": "run", "seq": 1, "cases": {}}, {"cmd": "run", "seq": 1, "cases": None}):
            with self.subTest(request):
                self.assert_line_errored(json.dumps(request).encode())

    def test_an_errored_request_names_its_number_where_it_has_one(self):
        self.assertEqual(self.driver.ask({"cmd": "run", "seq": 41, "cases": 5})["seq"], 41)

    def test_a_request_nested_a_million_deep_is_errored(self):
        depth = 1_000_000
        self.assert_line_errored(b'{"cmd":"run","seq":1,"cases":' + b"[" * depth + b"]" * depth + b"}")

    def test_a_line_of_100_megabytes_is_answered(self):
        self.assert_line_errored(b"x" * 100_000_000)
        long = "x" * 100_000_000
        result = self.result_of(op="size", stored=f'"{long}"')
        self.assertEqual(result["bytes"], 100_000_002)
        self.assert_goes_on()

    def test_unknown_members_are_ignored(self):
        line = b'{"cmd":"run","seq":1,"more":[1e999,-1E-999,{"a":null}],"cases":[{"id":"x","op":"size","new":1e400}]}'
        self.assertEqual(self.driver.ask_line(line)["results"], [{"id": "x", "outcome": "ok", "bytes": 0}])


class BadCases(DriverTest):
    def test_a_case_that_is_no_object_is_errored_in_its_place(self):
        answer = self.driver.ask({"cmd": "run", "seq": 3, "cases": [7, GOOD, None, []]})
        self.assertEqual([each["outcome"] for each in answer["results"]], ["errored", "ok", "errored", "errored"])
        self.assertEqual(answer["results"][1], GOOD_RESULT)

    def test_a_case_without_an_id_is_errored(self):
        self.assertIsNone(self.result_of(id=...)["id"])
        self.assert_errored(self.result_of(id=12))
        self.assert_goes_on()

    def test_wrongly_typed_members_of_a_case_are_errored(self):
        for name, bad in (("op", 1), ("op", ...), ("op", None), ("profile", []), ("profile", ...), ("stored", {"a": 1}),
                          ("stored", 1), ("stored", []), ("stored", True), ("patch", {"b": 2}), ("patch", 0),
                          ("patch", False)):
            with self.subTest(name, bad=bad):
                self.assert_case_errored(**{name: bad})

    def test_bad_base64_is_errored(self):
        for bad in ("e30", "e3", "e", "e30=e30=", "e3 0", "e30=\n", "e31=", "e===", "====", "é30=", 5, ["e30="]):
            with self.subTest(bad):
                self.assert_case_errored(stored=..., stored_base64=bad)

    def test_a_text_given_twice_is_errored(self):
        self.assert_case_errored(stored_base64="e30=")

    def test_bad_parts_are_errored(self):
        for bad in ([["a", -1]], [["a"]], [["a", 1, 2]], [[1, "a"]], [["a", 1.5]], ["a"], "a", None, {}, [["a", True]]):
            with self.subTest(bad):
                self.assert_case_errored(patch={"parts": bad})

    def test_parts_that_expand_too_far_are_errored(self):
        self.assert_case_errored(patch={"parts": [["x" * 1000, 1_000_000]]})
        self.assert_case_errored(patch={"parts": [["x", 9_223_372_036_854_775_807]]})
        self.assert_case_errored(patch={"parts": [["xx", 2**27], ["x", 1]]})


class AlgebraCases(DriverTest):
    def result(self, op, **changes):
        case = {"id": "good", "profile": "auth0.user_metadata", "op": op, **ALGEBRA[op], **changes}
        [result] = self.driver.run([{name: value for name, value in case.items() if value is not ...}])
        return result

    def test_a_good_case_of_each_is_answered(self):
        for op in ALGEBRA:
            with self.subTest(op):
                self.assertEqual(self.result(op)["outcome"], "ok")

    def test_texts_of_other_types_are_errored(self):
        for op, members in ALGEBRA.items():
            for name in members:
                no_text = ({"a": 1}, [["x", 1]]) if name == "stored" else ()
                for bad in (1, True, {"parts": "x"}, *no_text):
                    with self.subTest(op, name=name, bad=bad):
                        self.assert_errored(self.result(op, **{name: bad}))
                        self.assert_goes_on()

    def test_a_list_of_patches_is_needed(self):
        for bad in (..., None, "{}", {}, 1, [1], [True], [[]], ["{}", {"a": 1}]):
            with self.subTest(bad):
                self.assert_errored(self.result("compose", patches=bad))
        self.assert_goes_on()

    def test_one_kind_of_patch_to_deepen_is_needed(self):
        self.assert_errored(self.result("deepen", merge_patch=...))
        self.assert_errored(self.result("deepen", json_patch="[]"))
        self.assert_goes_on()

    def test_a_profile_is_needed(self):
        for op in ALGEBRA:
            with self.subTest(op):
                self.assert_errored(self.result(op, profile=...))
                self.assert_errored(self.result(op, profile=1))
                self.assertEqual(self.result(op, profile="auth0.no_such_metadata")["outcome"], "skipped")

    def test_every_text_may_come_as_base64(self):
        for op, members in ALGEBRA.items():
            for name in members:
                if name != "patches":
                    encoded = {name: ..., name + "_base64": base64.b64encode(members[name].encode()).decode()}
                    with self.subTest(op, name=name):
                        self.assertEqual(self.result(op, **encoded), self.result(op))

    def test_patches_may_come_in_parts(self):
        parts = [{"parts": [['{"a":', 1], ["1", 1], ["}", 1]]}, '{"b":2}']
        self.assertEqual(self.result("compose", patches=parts), self.result("compose"))

    def test_a_missing_text_is_an_absent_field_or_no_patch(self):
        for op, members in ALGEBRA.items():
            for name in members:
                if name not in ("patches", "merge_patch"):
                    with self.subTest(op, name=name):
                        self.assertEqual(self.result(op, **{name: ...}), self.result(op, **{name: None}))
                        self.assertNotEqual(self.result(op, **{name: ...})["outcome"], "errored")

    def test_texts_nested_a_million_deep_are_rejected(self):
        for op, members in ALGEBRA.items():
            deep = "[" * 1_000_000
            for name in members:
                with self.subTest(op, name=name):
                    result = self.result(op, **{name: [deep] if name == "patches" else deep})
                    self.assertEqual([each["code"] for each in result["violations"]], ["too_deep"])


class RuleCases(DriverTest):
    """Rules and Actions."""

    def result(self, *calls, stored='{"a":1}'):
        return self.result_of(op="rule_updates", profile=..., stored=stored, calls=list(calls))

    def test_good_cases_are_answered(self):
        self.assertEqual(self.result_of(op="rule_user", profile=..., patch=..., stored='{"app_metadata":{"a":1}}'),
                         {"id": "good", "outcome": "ok", "value": '{"app_metadata":{"a":1},"a":1}'})
        result = self.result({"call": "setAppMetadata", "args": ['"b"', "1.0"]})
        self.assertEqual(result, {"id": "good", "outcome": "ok", "value": '{"a":1,"app_metadata":{"b":1.0}}',
                                  "bodies": ['{"app_metadata":{"b":1.0}}']})

    def test_calls_of_other_shapes_are_errored(self):
        good = {"call": "setAppMetadata", "args": ['"b"', "1"]}
        for call in (None, [], "setAppMetadata", {}, {"call": "setAppMetadata"}, {"args": ["{}"]},
                     {**good, "call": "deleteUser"}, {**good, "call": 1}, {**good, "args": {}}, {**good, "args": []},
                     {**good, "args": ['"b"']}, {**good, "args": ['"b"', "1", "2"]}, {**good, "args": ['"b"', 1]},
                     {"call": "updateUserMetadata", "args": []},
                     {"call": "updateUserMetadata", "args": ["1", "2", "{}"]}):
            with self.subTest(call):
                self.assert_errored(self.result(call))
                self.assert_goes_on()

    def test_a_list_of_calls_is_needed(self):
        for calls in (..., None, {}, "[]", 1):
            with self.subTest(calls):
                self.assert_case_errored(op="rule_updates", calls=calls)

    def test_arguments_may_come_in_parts(self):
        result = self.result({"call": "updateUserMetadata", "args": [{"parts": [["{", 1], ["}", 1]]}]})
        self.assertEqual(result["bodies"], ['{"user_metadata":{}}'])

    def test_texts_nested_a_million_deep_are_rejected(self):
        deep = {"parts": [["[", 1_000_000]]}
        for result in (self.result({"call": "setUserMetadata", "args": ['"a"', deep]}), self.result(stored=deep)):
            self.assertEqual(result["outcome"], "rejected")
            self.assertEqual(result["violations"][0]["code"], "too_deep")


class LoginCases(DriverTest):
    def result(self, op, **changes):
        case = {"id": "good", "op": op, **LOGIN[op], **changes}
        [result] = self.driver.run([{name: value for name, value in case.items() if value is not ...}])
        return result

    def test_a_good_case_of_each_is_answered_whatever_its_profile(self):
        self.assertEqual(self.result("userinfo", scopes="openid")["value"], '{"sub":"1","a":1}')
        self.assertEqual(self.result("lock_signup")["value"], '{"email":"e","user_metadata":{"a":"x"}}')
        for op in LOGIN:
            with self.subTest(op):
                self.assertEqual(self.result(op, profile="auth0.no_such_metadata"), self.result(op))

    def test_members_of_other_types_are_errored(self):
        for op, members in LOGIN.items():
            for name in members:
                no_text = ({"a": 1}, [["x", 1]]) if name == "stored" else ()
                for bad in (1, True, {"parts": "x"}, *no_text):
                    with self.subTest(op, name=name, bad=bad):
                        self.assert_errored(self.result(op, **{name: bad}))
        for bad in (1, True, [], ["openid"], {"parts": [["openid", 1]]}):
            with self.subTest(bad):
                self.assert_errored(self.result("userinfo", scopes=bad))
        self.assert_goes_on()

    def test_every_text_may_come_as_base64_or_in_parts(self):
        for op, members in LOGIN.items():
            for name, text in members.items():
                encoded = {name: ..., name + "_base64": base64.b64encode(text.encode()).decode()}
                with self.subTest(op, name=name):
                    self.assertEqual(self.result(op, **encoded), self.result(op))
                    self.assertEqual(self.result(op, **{name: {"parts": [[text, 1]]}}), self.result(op))

    def test_what_is_no_user_may_come_as_the_value_itself(self):
        for op, members in LOGIN.items():
            for name in members.keys() - {"stored"}:
                with self.subTest(op, name=name):
                    self.assertEqual(self.result(op, **{name: json.loads(members[name])}), self.result(op))

    def test_a_user_is_needed_and_nothing_else(self):
        for op, members in LOGIN.items():
            for name in members:
                for missing in (None, ...):
                    with self.subTest(op, name=name):
                        outcome = "rejected" if name == "stored" else "ok"
                        self.assertEqual(self.result(op, **{name: missing})["outcome"], outcome)

    def test_texts_nested_a_million_deep_are_rejected(self):
        for op, members in LOGIN.items():
            for name in members:
                with self.subTest(op, name=name):
                    result = self.result(op, **{name: "[" * 1_000_000})
                    self.assertEqual([each["code"] for each in result["violations"]], ["too_deep"])


class UserCases(DriverTest):
    """Requests on whole users."""

    def result(self, op, **changes):
        case = {"id": "good", "op": op, **USERS[op][0], **changes}
        [result] = self.driver.run([{name: value for name, value in case.items() if value is not ...}])
        return result

    def test_a_good_case_of_each_is_answered(self):
        for op, (_, more) in USERS.items():
            with self.subTest(op):
                self.assertIn(self.result(op)["outcome"], ("ok", "allow"))
                self.assertIn(self.result(op, **more)["outcome"], ("ok", "allow"))

    def test_members_of_other_types_are_errored(self):
        bad = {"token": ("x", 1, True, [], {}, {"scopes": 1}, {"scopes": None}, {"scopes": ["a"]}, {"subject": "1"},
                         {"scopes": "a", "subject": 1}, {"scopes": "a", "subject": {}}),
               "fields": ("a", 1, True, {}, [1], [None], ["a", []]),
               "include_fields": ("true", 1, 0, [], {}),
               "table": ("", "Enforced", "other", 1, True, [], {})}
        others = (1, True, [], {}, {"parts": "x"}, [["x", 1]])
        for op, (needed, more) in USERS.items():
            for name in {**needed, **more}:
                for value in bad.get(name, others):
                    with self.subTest(op, name=name, value=value):
                        self.assert_errored(self.result(op, **{name: value}))
                        self.assert_goes_on()

    def test_what_a_case_needs_is_needed(self):
        for op, (needed, _) in USERS.items():
            for name in needed:
                if name not in ("token", "stored"):
                    for missing in (..., None):
                        with self.subTest(op, name=name, missing=missing):
                            self.assert_errored(self.result(op, **{name: missing}))
        self.assert_goes_on()

    def test_what_is_left_out_is_as_if_it_were_null(self):
        for op, (needed, more) in USERS.items():
            for name in {**needed, **more}:
                if name in ("token", "stored") or name in more:
                    with self.subTest(op, name=name):
                        result = self.result(op, **{**more, name: ...})
                        self.assertNotEqual(result["outcome"], "errored")
                        self.assertEqual(result, self.result(op, **{**more, name: None}))

    def test_without_a_token_nobody_is_authorized(self):
        for op, (needed, _) in USERS.items():
            if "token" in needed:
                self.assertEqual(self.result(op, token=None)["status"], 401)

    def test_texts_may_come_as_base64_or_in_parts(self):
        for op, (needed, more) in USERS.items():
            case = {**needed, **more}
            for name in TEXTS:
                if name in case:
                    encoded = base64.b64encode(case[name].encode()).decode()
                    with self.subTest(op, name=name):
                        good = self.result(op, **case)
                        self.assertEqual(self.result(op, **{**case, name: ..., name + "_base64": encoded}), good)
                        parts = {"parts": [[letter, 1] for letter in case[name]]}
                        self.assertEqual(self.result(op, **{**case, name: parts}), good)
                        self.assert_errored(self.result(op, **{**case, name + "_base64": encoded}))

    def test_bodies_that_are_no_json_are_refused(self):
        for op in ("update_user", "create_user", "signup", "passkey_signup"):
            for body in ("", "{", "[", "{}{}", "[" * 1_000_000, '{"a":' * 1_000_000):
                with self.subTest(op, body=body[:5]):
                    self.assertEqual(self.result(op, body=body)["status"], 400)
        self.assert_goes_on()

    def test_what_is_decided_on_has_to_be_objects(self):
        for text in ("", "{", "[]", "null", "1", "[" * 1_000_000):
            with self.subTest(text[:5]):
                self.assert_errored(self.result("authorize", patch=text))
                self.assert_errored(self.result("authorize", stored=text))
        self.assert_goes_on()

    def test_a_stored_user_that_cannot_be_read_is_the_servers_fault(self):
        for op in ("update_user", "view_user", "delete_multifactor"):
            for stored in ("", "{", "[]", "null", "[" * 1_000_000):
                with self.subTest(op, stored=stored[:5]):
                    self.assertEqual(self.result(op, stored=stored)["status"], 500)
        self.assert_goes_on()

    def test_a_refusal_has_a_status_and_a_body(self):
        result = self.result("update_user", stored=None)
        body = {"statusCode": 404, "error": "Not Found", "message": "The user does not exist.",
                "errorCode": "inexistent_user"}
        self.assertEqual(result, {"id": "good", "outcome": "refused", "status": 404, "body": body})
        self.assertEqual(list(result["body"]), list(body))


class Texts(DriverTest):
    def test_base64_stands_for_a_text(self):
        encoded = {name + "_base64": base64.b64encode(GOOD[name].encode()).decode() for name in ("stored", "patch")}
        self.assertEqual(self.result_of(stored=..., patch=..., **encoded), GOOD_RESULT)
        self.assertEqual(self.result_of(stored=None, stored_base64=encoded["stored_base64"]), GOOD_RESULT)

    def test_parts_stand_for_a_text(self):
        parts = {"parts": [['{"b', 1], ["unseen", 0], ["", 9_000_000_000_000_000_000], ['":2', 1], [" ", 3], ["}", 1]]}
        self.assertEqual(self.result_of(patch=parts), GOOD_RESULT)

    def test_a_null_patch_is_a_missing_one(self):
        for patch in (None, ...):
            self.assertEqual(self.result_of(patch=patch)["value"], GOOD["stored"])

    def test_the_text_null_is_a_patch(self):
        self.assertEqual(self.result_of(patch="null")["outcome"], "rejected")

    def test_a_null_stored_is_an_absent_field(self):
        for stored in (None, ...):
            self.assertEqual(self.result_of(stored=stored)["value"], GOOD["patch"])
            self.assertEqual(self.result_of(stored=stored, patch=...)["field"], "absent")

    def test_a_bad_stored_text_is_answered_alone(self):
        result = self.result_of(stored="{", patch='{"a.b":')
        self.assertEqual(result["violations"], [{"code": "malformed_json", "pointer": "", "offset": 1}])


class Ending(unittest.TestCase):
    def run_driver(self, data):
        return subprocess.run(COMMAND, input=data, capture_output=True, timeout=60, check=False)

    def test_it_ends_with_status_0_after_stop(self):
        done = self.run_driver(b'{"cmd":"stop"}\n{"cmd":"start","protocol":1}\n')
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, b"", b""))

    def test_it_ends_with_status_0_at_the_end_of_the_input(self):
        done = self.run_driver(b"")
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, b"", b""))

    def test_a_last_line_without_a_newline_is_answered(self):
        done = self.run_driver(b'{"cmd":"start","protocol":1}')
        self.assertEqual(done.returncode, 0)
        self.assertEqual(json.loads(done.stdout)["protocol"], 1)

    def test_each_line_gets_one_line(self):
        done = self.run_driver(b'\n{"cmd":"start","protocol":1}\nx\n{"cmd":"run","seq":1,"cases":[]}\n')
        self.assertEqual(len(done.stdout.splitlines()), 4)

    def test_it_ends_quietly_when_nobody_reads(self):
        process = subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        process.stdout.close()
        try:
            for _ in range(1000):
                process.stdin.write(b'{"cmd":"start","protocol":1}\n')
            process.stdin.close()
        except BrokenPipeError:
            pass
        self.assertEqual(process.wait(timeout=60), 1)
        self.assertEqual(process.stderr.read(), b"")
        process.stderr.close()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    COMMAND = sys.argv[1:]
    unittest.main(argv=sys.argv[:1])
