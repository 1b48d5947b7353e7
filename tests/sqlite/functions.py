#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The extension of SQLite as statements see it.

  functions.py METAPATCH.SO [TEST...]
"""

import json
import math
import pathlib
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import unittest

EXTENSION = pathlib.Path(sys.argv.pop(1)).resolve()
README = pathlib.Path(__file__).resolve().parents[2] / "examples/sqlite/README.md"
USER = "auth0.user_metadata"


class SqlTest(unittest.TestCase):
    def setUp(self):
        self.database = sqlite3.connect(":memory:")
        self.addCleanup(self.database.close)
        self.database.enable_load_extension(True)
        self.database.load_extension(str(EXTENSION))

    def rows(self, statement, *given):
        return self.database.execute(statement, given).fetchall()

    def value(self, function, *given):
        return self.rows(f"SELECT {function}({', '.join('?' * len(given))})", *given)[0][0]

    def refused(self, function, *given):
        """The JSON of a refusal."""
        with self.assertRaises(sqlite3.IntegrityError) as caught:
            self.value(function, *given)
        self.assertEqual(caught.exception.sqlite_errorname, "SQLITE_CONSTRAINT_FUNCTION")
        return json.loads(str(caught.exception))

    def wrong(self, function, *given):
        """The sentence of an error that is no refusal."""
        with self.assertRaises(sqlite3.OperationalError) as caught:
            self.value(function, *given)
        return str(caught.exception)


class Statements(SqlTest):
    def test_an_update_that_is_refused_for_one_row_changes_none(self):
        self.database.execute("CREATE TABLE users(m TEXT)")
        self.database.executemany("INSERT INTO users VALUES (?)", [('{"a":1}',), ("[]",), ('{"b":1}',)])
        with self.assertRaises(sqlite3.IntegrityError):
            self.database.execute("UPDATE users SET m = metapatch_apply(?, m, ?)", (USER, '{"c":1}'))
        self.assertEqual(self.rows("SELECT m FROM users"), [('{"a":1}',), ("[]",), ('{"b":1}',)])

    def test_policies_and_patches_may_be_other_ones_in_each_row(self):
        given = [(USER, '{"a":1}', '{"b":2}'), ("rfc7396", '{"a":{"b":1,"c":1}}', '{"a":{"b":null}}'),
                 ("replace", '{"a":1}', '{"b":2}'), ("rfc7396", "1", "[2]"), (USER, None, '{"b":2}'), (USER, '{"a":1}', None)] * 3
        self.database.execute("CREATE TABLE given(policy, stored, patch)")
        self.database.executemany("INSERT INTO given VALUES (?, ?, ?)", given)
        expected = [('{"a":1,"b":2}',), ('{"a":{"c":1}}',), ('{"b":2}',), ("[2]",), ('{"b":2}',), ('{"a":1}',)] * 3
        self.assertEqual(self.rows("SELECT metapatch_apply(policy, stored, patch) FROM given"), expected)
        self.assertEqual(self.rows("SELECT value FROM given, metapatch_try_apply(policy, stored, patch)"), expected)

    def test_results_that_are_larger_than_others_leave_nothing_behind(self):
        large = json.dumps({"text": "x" * 3_000_000})
        self.database.execute("CREATE TABLE users(m TEXT)")
        self.database.executemany("INSERT INTO users VALUES (?)", [("{}",), (large,), ("{}",)])
        made = self.rows("SELECT length(metapatch_apply('rfc7396', m, '{\"a\":1}')) FROM users")
        self.assertEqual(made, [(7,), (len(large) + 6,), (7,)])

    def test_indexes_triggers_views_and_generated_columns_may_use_the_functions(self):
        self.database.executescript("""
            PRAGMA trusted_schema = OFF;
            CREATE TABLE users(m TEXT, bytes AS (metapatch_size(m)) STORED);
            CREATE INDEX by_plan ON users(metapatch_apply('first_level', m, '{"plan":null}'));
            CREATE VIEW lost AS SELECT pointer FROM users, metapatch_losses('first_level', m, '{"a":{}}');
            CREATE TABLE log(why TEXT);
            CREATE TRIGGER judged BEFORE INSERT ON users BEGIN
              INSERT INTO log SELECT code FROM metapatch_validate('auth0.user_metadata', NULL, new.m);
            END;
            INSERT INTO users(m) VALUES ('{"a":{"b":1}}'), ('{"$c":1}');
        """)
        self.assertEqual(self.rows("SELECT bytes FROM users"), [(13,), (8,)])
        self.assertEqual(self.rows("SELECT * FROM lost"), [("/a/b",)])
        self.assertEqual(self.rows("SELECT * FROM log"), [("invalid_key_character",)])

    def test_results_are_json_for_functions_of_sqlite(self):
        made = self.rows("SELECT json_object('m', metapatch_apply('first_level', '{}', '{\"a\":[1]}'))")
        self.assertEqual(made, [('{"m":{"a":[1]}}',)])

    def test_table_functions_join_in_any_order_and_want_all_arguments(self):
        self.database.executescript("CREATE TABLE users(id, m); INSERT INTO users VALUES (1, '{}'), (2, '{\"a\":1}')")
        self.assertEqual(
            self.rows("SELECT id, value FROM metapatch_try_apply('first_level', m, '{\"b\":2}'), users ORDER BY id"),
            [(1, '{"b":2}'), (2, '{"a":1,"b":2}')])
        for statement in ("SELECT * FROM metapatch_validate('first_level', NULL)", "SELECT * FROM metapatch_diff"):
            with self.assertRaisesRegex(sqlite3.OperationalError, "takes 3 arguments"):
                self.rows(statement)

    def test_composition_is_in_the_order_of_the_rows_and_by_group(self):
        self.database.executescript("""
            CREATE TABLE log(user, at, patch);
            INSERT INTO log VALUES (1, 3, '{"a":3}'), (1, 1, '{"a":1,"b":1}'), (1, 2, '{"b":null}'), (2, 1, NULL), (3, 1, '{"a":1}'), (3, 2, '{}');
        """)
        made = self.rows("""SELECT user, metapatch_compose('auth0.user_metadata', patch)
                            FROM (SELECT * FROM log ORDER BY user, at) GROUP BY user""")
        self.assertEqual(made, [(1, '{"a":3,"b":null}'), (2, None), (3, "{}")])
        self.assertEqual(self.rows("SELECT metapatch_compose('first_level', patch) FROM log WHERE false"), [(None,)])

    def test_a_composition_that_takes_two_bodies_is_refused(self):
        with self.assertRaises(sqlite3.IntegrityError) as caught:
            self.rows("SELECT metapatch_compose(?, column1) FROM (VALUES ('{}'), ('{\"a\":1}'))", USER)
        self.assertEqual(json.loads(str(caught.exception))["violations"][0]["code"], "not_expressible")

    def test_patches_of_a_group_have_one_policy(self):
        with self.assertRaisesRegex(sqlite3.OperationalError, "one policy"):
            self.rows("SELECT metapatch_compose(column1, '{}') FROM (VALUES ('first_level'), ('replace'))")


class Errors(SqlTest):
    def test_a_refusal_tells_all_violations_with_their_numbers(self):
        self.assertEqual(
            [(each["code"], each["pointer"]) for each in self.refused("metapatch_apply", USER, "{}", '{"a.b":1,"c":[{"$":1}]}')["violations"]],
            [("invalid_key_character", "/a.b"), ("invalid_key_character", "/c/0/$")])
        told = self.refused("metapatch_apply", "auth0.client_metadata", "{}", json.dumps({"k": "v" * 256}))["violations"]
        self.assertEqual([(each["code"], each["limit"], each["actual"]) for each in told], [("value_too_long", 255, 256)])
        told = self.refused("metapatch_apply", USER, '{"a":1', '{"b":2}')["violations"][0]
        self.assertEqual((told["code"], told["offset"], told["input"]), ("malformed_json", 6, "stored"))

    def test_what_is_beyond_a_thousand_is_counted(self):
        patch = json.dumps({f"${i}": i for i in range(1234)})
        self.assertEqual(self.refused("metapatch_apply", USER, None, patch)["omitted"], 234)
        last = self.rows("SELECT code, actual FROM metapatch_validate(?, NULL, ?)", USER, patch)[-1]
        self.assertEqual(last, ("omitted", 234))

    def test_arguments_that_are_none_get_a_sentence(self):
        self.assertIn('is "auth0.user_metadata" meant?', self.wrong("metapatch_apply", "auth0.user_metadat", None, None))
        self.assertIn("the policy must not be NULL", self.wrong("metapatch_apply", None, None, None))
        self.assertIn("policy: /limits/max_member: unknown member",
                      self.wrong("metapatch_apply", '{"limits":{"max_member":1}}', None, None))
        self.assertIn("array of names", self.wrong("metapatch_authorize", "PATCH /users/{id}", "", None, None, '{"a":1}'))

    def test_a_conflict_names_its_place(self):
        told = self.refused("metapatch_merge", USER, '{"a":{"b":1}}', '{"a":{"b":2}}', '{"a":{"b":3}}')
        self.assertEqual([(each["code"], each["pointer"]) for each in told["violations"]], [("conflict", "/a/b")])

    def test_a_user_is_refused_as_the_service_does(self):
        told = self.refused("metapatch_update_user", '{"user_id":"auth0|1"}', None, None, "auth0|1", "{}")
        self.assertEqual((told["status"], told["reason"]), (401, "unauthorized"))
        told = self.refused("metapatch_update_user", '{"user_id":"auth0|1"}', "update:users", None, "auth0|1",
                            '{"user_metadata":{"a.b":1}}')
        self.assertEqual((told["status"], told["violations"][0]["pointer"]), (400, "/user_metadata/a.b"))


class Bytes(SqlTest):
    def test_any_bytes_get_an_answer_or_a_refusal(self):
        rng = random.Random(7)
        pieces = [b"{", b"}", b"[", b"]", b'"', b"\\", b"\x00", b"\xff", b"\xc3", b"a", b":", b",", b"1", b"null", b'"a":1', b" ", b"\xed\xa0\x80"]
        functions = {"metapatch_apply": 3, "metapatch_diff": 3, "metapatch_merge": 4, "metapatch_size": 1, "metapatch_update_user": 5,
                     "metapatch_authorize": 5}
        for _ in range(4000):
            name = rng.choice(list(functions))
            given = [rng.choice([None, 1, 2.5, b"", "", "{}", '{"a":1}', b"".join(rng.choices(pieces, k=rng.randrange(9)))])
                     for _ in range(functions[name])]
            if name in ("metapatch_apply", "metapatch_diff", "metapatch_merge") and rng.random() < 0.8:
                given[0] = rng.choice([USER, "rfc7396", "first_level"])
            try:
                made = self.value(name, *given)
            except (sqlite3.IntegrityError, sqlite3.OperationalError) as error:
                self.assertNotEqual(str(error), "")
            else:
                self.assertIsInstance(made, (str, int, type(None)))

    def test_a_nul_is_data_where_json_escapes_it_and_an_error_where_not(self):
        self.assertEqual(self.value("metapatch_apply", USER, '{"a\\u0000":1}', '{"b":2}'), '{"a\\u0000":1,"b":2}')
        self.assertEqual(self.refused("metapatch_apply", USER, "{}\0", '{"b":2}')["violations"][0]["offset"], 2)
        told = self.refused("metapatch_apply", USER, None, '{"$\\u0000":1}')["violations"]
        self.assertEqual(told[0]["pointer"], "/$\0")

    def test_databases_of_utf_16_give_the_same(self):
        self.database.execute("PRAGMA encoding = 'UTF-16le'")
        self.database.execute("CREATE TABLE users(m TEXT)")
        self.database.execute("INSERT INTO users VALUES (?)", ('{"a":"Zoë 😀"}',))
        self.assertEqual(self.rows("SELECT metapatch_apply(?, m, ?) FROM users", USER, '{"b":"é"}'), [('{"a":"Zoë 😀","b":"é"}',)])

    def test_a_result_beyond_the_limit_of_sqlite_is_its_error(self):
        self.database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 1000)
        self.database.execute("CREATE TABLE users AS SELECT '{\"a\":\"' || printf('%.*c', 600, 'x') || '\"}' AS m")
        with self.assertRaisesRegex(sqlite3.DataError, "too big"):
            self.rows("SELECT metapatch_apply('rfc7396', m, '{\"b\":\"' || printf('%.*c', 600, 'x') || '\"}') FROM users")


class AgainstJsonPatch(SqlTest):
    """RFC 7396 is what json_patch does, and on patches without nested objects that remove something, so do fields."""

    def value_of(self, rng, depth):
        kind = rng.randrange(8 if depth else 5)
        if kind < 5:
            return (rng.randrange(100), rng.choice(["", "é", "a/b"]), True, rng.randrange(8) / 4, None)[kind]
        if kind == 5:
            return [self.value_of(rng, depth - 1) for _ in range(rng.randrange(3))]
        return {rng.choice("abcdef"): self.value_of(rng, depth - 1) for _ in range(rng.randrange(5))}

    def test_random_documents_become_the_same(self):
        rng = random.Random(7396)
        for _ in range(6000):
            stored, patch = (json.dumps(self.value_of(rng, 4), ensure_ascii=False) for _ in range(2))
            ours, theirs = self.rows("SELECT metapatch_apply('rfc7396', ?1, ?2), json_patch(?1, ?2)", stored, patch)[0]
            self.assertEqual(json.loads(ours), json.loads(theirs), (stored, patch))

    def test_random_fields_become_the_same_where_the_policies_agree(self):
        rng = random.Random(2016)
        compared = 0
        for _ in range(6000):
            stored, patch = ({rng.choice("abcdef"): rng.choice([1, "x", [1, {"y": 2}], {"deep": None} if stored_too else None, True])
                              for _ in range(rng.randrange(6))} for stored_too in (True, False))
            if not patch:
                continue  # a field is cleared, a document unchanged
            compared += 1
            ours, theirs = self.rows("SELECT metapatch_apply('auth0.user_metadata', ?1, ?2), json_patch(?1, ?2)",
                                     json.dumps(stored), json.dumps(patch))[0]
            self.assertEqual(json.loads(ours), json.loads(theirs), (stored, patch))
        self.assertGreater(compared, 4000)

    def test_numbers_keep_what_json_patch_may_lose(self):
        ours, theirs = self.rows("SELECT metapatch_apply('rfc7396', ?1, ?2), json_patch(?1, ?2)", '{"n":1e400,"i":123456789012345678901234567890}', '{"a":1}')[0]
        self.assertEqual(ours, '{"n":1e400,"i":123456789012345678901234567890,"a":1}')
        self.assertTrue(math.isinf(json.loads(theirs)["n"]))


class Readme(unittest.TestCase):
    def test_its_statements_give_what_it_says(self):
        story = re.search(r"```sql\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL).group(1)
        expected = [line[2:].strip() for line in story.splitlines() if line.startswith("-- ") and not line.endswith(":") or line == "--"]
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "metapatch.so").symlink_to(EXTENSION)
            done = subprocess.run(["sqlite3", "-batch", "users.db"], input=story.encode(), capture_output=True, cwd=folder, timeout=60, check=False)
        self.assertEqual((done.stderr.decode(), done.returncode), ("", 0))
        self.assertEqual(done.stdout.decode().splitlines(), expected)


unittest.main()
