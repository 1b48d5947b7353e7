# SPDX-License-Identifier: BSL-1.0
"""The commands on patches: what to send, what conflicts, and what is lost."""

import json
import re

from harness import APPLIED, INPUT_OUTPUT, NOTHING, REFUSED, USAGE, ToolTest, main

USER = ("--profile", "auth0.user_metadata")
APP = ("--profile", "auth0.app_metadata")
JSON = ("--output", "json")
TEXT = ("--output", "text")
ORGANIZATION = ("--profile", "auth0.organization_metadata")
EXACT = ("--presence", "exact")


class PatchTest(ToolTest):
    def assert_sends(self, arguments, *bodies):
        """Each command that answers with bodies does so in the same way."""
        self.assert_answer(self.run_tool(*arguments, "--in-turn"), APPLIED, "".join(body + "\n" for body in bodies))

    def assert_json(self, arguments, status, said):
        answer = self.run_tool(*arguments, *JSON)
        self.assertEqual((answer.status, json.loads(answer.out)), (status, said), arguments)


class Diff(PatchTest):
    def test_is_the_bare_body_on_a_line(self):
        answer = self.run_tool("diff", *USER, '{"a":1,"b":{"x":1},"c":3}', '{"c":3,"b":{"x":2},"d":[]}')
        self.assert_answer(answer, APPLIED, '{"a":null,"b":{"x":2},"d":[]}\n')
        self.assertEqual(answer.err, "")

    def test_what_it_prints_leads_from_one_to_the_other(self):
        states = ("null", "{}", '{"a":1}', '{"a":{"b":null}}', '{"a":[1.50,1e400],"b":{"c":{}}}')
        for profile in ("auth0.user_metadata", "auth0.app_metadata", "first_level", "replace", "rfc7396"):
            for before in states:
                for after in states:
                    answer = self.run_tool("diff", *EXACT, "--profile", profile, before, after)
                    if answer.status == APPLIED:
                        applied = self.run_tool("apply", "--profile", profile, before, answer.out)
                        self.assertEqual(json.loads(applied.out), json.loads(after), (profile, before, after))
                    else:
                        self.assertEqual(answer.out, "")
                        self.assertEqual(answer.status, NOTHING if before == after else REFUSED, (profile, before, after))

    def test_an_absent_field_and_an_empty_one_are_the_same_unless_they_are_told_apart(self):
        states = ("null", "{}", '{"a":"1"}', '{"a":"1","b":"2"}')
        for profile in ("auth0.user_metadata", "auth0.app_metadata", "auth0.organization_metadata", "rfc7396"):
            for before in states:
                for after in states:
                    for presence in ((), ("--presence", "either")):
                        answer = self.run_tool("diff", *presence, "--profile", profile, before, after)
                        same = before == after or {before, after} == {"null", "{}"}
                        self.assertEqual(answer.status, NOTHING if same else APPLIED, (profile, before, after))
                        if same:
                            continue
                        self.assertNotIn("_", answer.out)
                        applied = self.run_tool("apply", "--profile", profile, before, answer.out)
                        self.assertEqual(json.loads(applied.out) or {}, json.loads(after) or {}, (profile, before, after))
        self.assert_sends(("diff", *ORGANIZATION, '{"a":"1"}', "{}"), "{}")
        self.assert_sends(("diff", *ORGANIZATION, *EXACT, '{"a":"1"}', "{}"), '{"_":null}')
        self.assert_sends(("compose", *APP, "{}", '{"a":null}'), "{}")
        self.assert_sends(("compose", *APP, *EXACT, "{}", '{"a":null}'), "{}", '{"a":null}')
        self.assert_answer(self.run_tool("rebase", *APP, '{"a":null}', "{}"), NOTHING, "")
        self.assertEqual(self.run_tool("rebase", *APP, *EXACT, '{"a":null}', "{}").status, REFUSED)
        self.assert_sends(("merge", *ORGANIZATION, '{"a":"1"}', "null", '{"a":"1"}'), "{}")
        self.assertEqual(self.run_tool("merge", *USER, *EXACT, '{"a":1}', "null", '{"a":1}').status, REFUSED)
        self.assert_sends(("merge", *USER, '{"a":1}', "null", '{"a":1}'), '{"a":null}')
        self.assert_sends(("deepen", *ORGANIZATION, '{"a":"1"}', '{"a":null}'), "{}")
        self.assert_sends(("deepen", *ORGANIZATION, *EXACT, '{"a":"1"}', '{"a":null}'), '{"_":null}')
        self.assert_answer(self.run_tool("deepen", *APP, "--absent", "{}"), NOTHING, "")
        self.assertEqual(self.run_tool("diff", *APP, "--presence", "maybe", "{}", "{}").status, USAGE)

    def test_nothing_to_send_is_no_line_and_a_status_of_its_own(self):
        for before, after in (('{"a":1,"b":2}', '{"b":2.0,"a":1}'), ("{}", "{}"), ("null", "null")):
            answer = self.run_tool("diff", *USER, before, after)
            self.assert_answer(answer, NOTHING, "")
            self.assertIn("nothing to send; an empty patch {} would clear the field", answer.err)
            self.assert_json(("diff", *USER, before, after), NOTHING, {"outcome": "no_patch"})
        self.assertNotIn("{}", self.run_tool("diff", "--profile", "rfc7396", "{}", "{}").err)

    def test_what_no_body_reaches_is_impossible_with_the_reason(self):
        for before, after, code, pointer in (
            ('{"a":1}', "null", "unreachable_state", ""),
            ("{}", '{"a":null}', "unreachable_null", "/a"),
            ("{}", '{"a":{"b.c":1}}', "invalid_key_character", "/a/b.c"),
        ):
            given = ("diff", *USER, *EXACT, before, after)
            violations = [{"code": code, "pointer": pointer}]
            self.assert_json(given, REFUSED, {"outcome": "impossible", "violations": violations})
            answer = self.run_tool(*given)
            self.assert_answer(answer, REFUSED, "")
            self.assertIn("impossible under auth0.user_metadata", answer.err)
            self.assertIn(code, answer.err)

    def test_limits_count_the_bytes_as_they_are_written(self):
        policy = ("--policy", '{"limits":{"max_bytes":20}}')
        self.assert_sends(("diff", *policy, '{"a":1}', '{"a":1,"b":12345678}'), '{"b":12345678}')
        self.assert_json(
            ("diff", *policy, '{"a":1}', '{"a":1,"b":1234567890}'), REFUSED,
            {"outcome": "impossible", "violations": [{"code": "too_large", "pointer": "", "limit": 20, "actual": 22}]},
        )

    def test_several_bodies_are_sent_only_where_they_are_asked_for(self):
        given = ("diff", *APP, '{"a.b":1,"c":2}', '{"c":2}')
        answer = self.run_tool(*given)
        self.assert_answer(answer, REFUSED, "")
        self.assertIn("2 bodies, to be sent in turn: they are not atomic", answer.err)
        self.assertIn("--in-turn", answer.err)
        self.assert_json(given, REFUSED, {"outcome": "not_atomic", "bodies": [{}, {"c": 2}]})
        self.assert_sends(given, "{}", '{"c":2}')
        self.assertIn("not atomic", self.run_tool(*given, "--in-turn").err)
        self.assert_json((*given, "--in-turn"), APPLIED, {"outcome": "ok", "bodies": [{}, {"c": 2}]})

    def test_limits_of_members_split_a_patch_with_removals_first(self):
        before, after = ({"%s%d" % (name, i): "v" for i in range(10)} for name in "ab")
        answer = self.run_tool("diff", "--profile", "auth0.client_metadata", json.dumps(before), json.dumps(after), "--in-turn")
        bodies = [json.loads(line) for line in answer.out.splitlines()]
        self.assertEqual(bodies, [dict.fromkeys(before), after])

    def test_an_absent_field_is_null_or_an_option_or_a_missing_member(self):
        self.assert_sends(("diff", *APP, "null", '{"a":1}'), '{"a":1}')
        self.assert_sends(("diff", *APP, "--from-absent", '{"a":1}'), '{"a":1}')
        self.assert_sends(("diff", *APP, *EXACT, '{"a":1}', "null"), "{}")
        self.assert_sends(("diff", *APP, *EXACT, "--to-absent", '{"a":1}'), "{}")
        self.assert_sends(("diff", *APP, *EXACT, "--from-absent", "{}"), '{"_":null}')
        self.assert_sends(("diff", *APP, "--field", "f", '{"x":1}', '{"f":{"a":1}}'), '{"a":1}')
        self.assert_sends(("diff", *APP, *EXACT, "--field", "f", '{"x":1,"f":{"a":1}}', '{"x":2}'), "{}")

    def test_numbers_keep_the_form_of_the_target(self):
        self.assert_sends(("diff", *USER, '{"a":{"x":1.10}}', '{"a":{"x":1.1,"y":1e400,"z":0.10000000000000000001}}'),
                          '{"a":{"x":1.1,"y":1e400,"z":0.10000000000000000001}}')

    def test_text_is_read_as_diffs_are(self):
        answer = self.run_tool("diff", *USER, *TEXT, '{"a":1,"b":{"x":1,"k":{"p":1}},"c":3,"same":{"q":1}}',
                               '{"a":2,"b":{"y":[1],"k":{"p":2}},"d/e":"f","same":{"q":1}}')
        self.assert_answer(
            answer, APPLIED,
            "- /c  3\n~ /a  1 -> 2\n~ /b\n  - /b/x  1\n  + /b/y  [1]\n  ~ /b/k/p  1 -> 2\n+ /d~1e  \"f\"\n"
            'to send: {"c":null,"a":2,"b":{"y":[1],"k":{"p":2}},"d/e":"f"}\n',
        )

    def test_text_says_when_the_field_itself_comes_and_goes(self):
        self.assertIn("- the field itself\n", self.run_tool("diff", *APP, *EXACT, *TEXT, "{}", "null").out)
        self.assertIn("+ the field, which was absent\n", self.run_tool("diff", *APP, *EXACT, *TEXT, "null", "{}").out)
        self.assertEqual(self.run_tool("diff", *APP, *TEXT, "null", '{"a":1}').out, '+ /a  1\nto send: {"a":1}\n')
        self.assertEqual(self.run_tool("diff", *APP, *TEXT, "{}", "{}").out,
                         "nothing to send; an empty patch {} would clear the field instead\n")

    def test_colours_are_as_asked(self):
        shown = self.run_tool("diff", *USER, *TEXT, "--color", "always", '{"a":1,"b":1,"o":{"x":1}}', '{"b":2,"c":3,"o":{}}').out
        for line in ("\x1b[31m- /a  1\x1b[0m", "\x1b[33m~ /b  1 -> 2\x1b[0m", "\x1b[32m+ /c  3\x1b[0m",
                     "\x1b[33m~ /o\x1b[0m\n  \x1b[31m- /o/x  1\x1b[0m"):
            self.assertIn(line, shown)

    def test_text_cannot_command_a_terminal(self):
        shown = self.run_tool("diff", "--profile", "first_level", *TEXT, "{}", '{"\x7f\u009b":{"\\u001b":"\x7f\u009b"}}').out
        self.assertFalse(any(c in shown for c in "\x1b\x7f\u009b"), shown)

    def test_what_cannot_be_read_is_told_with_its_argument(self):
        for given, part, offset in ((('{"a":}', "{}"), "from", 5), (("{}", '{"a":}'), "to", 5)):
            said = json.loads(self.run_tool("diff", *USER, *JSON, *given).out)
            self.assertEqual((said["outcome"], said["in"], said["violations"][0]["offset"]), ("rejected", part, offset))
        answer = self.run_tool("diff", *USER, *JSON, "--field", "f", '{"f":{}}', '{"f":{"a":}}')
        self.assertEqual(json.loads(answer.out)["violations"][0]["offset"], 10)
        answer = self.run_tool("diff", *USER, "[]", "{}")
        self.assert_answer(answer, REFUSED, "")
        self.assertIn("in FROM", answer.err)
        said = json.loads(self.run_tool("diff", *USER, *JSON, "[", "{").out)
        self.assertEqual((said["in"], [each["in"] for each in said["also"]]), ("from", ["to"]))
        answer = self.run_tool("diff", *USER, "[", "{")
        self.assertEqual([word in answer.err for word in ("in FROM", "in TO", "no JSON", "auth0")], [True, True, True, False])

    def test_text_of_many_changes_below_a_long_key_ends_with_how_many_are_left_out(self):
        documents = [self.file(name, json.dumps({"k" * 1_000_000: {f"m{i}": value for i in range(100)}}))
                     for name, value in (("from.json", 0), ("to.json", 1))]
        answer = self.run_tool("diff", *USER, *TEXT, *documents)
        self.assertEqual(answer.status, APPLIED, answer.err)
        heading, *lines, left_out, to_send = answer.out.splitlines()
        self.assertLess(sum(map(len, lines)), 20_000_000)
        self.assertEqual(len(lines) + int(re.fullmatch(r"\.\.\. and (\d+) changes more", left_out).group(1)), 100)

    def test_deep_texts_are_refused_and_deep_changes_are_no_crash(self):
        self.assertEqual(self.run_tool("diff", *USER, "-", "{}", stdin='{"a":' * 1_000_000).status, REFUSED)
        before, after = ('{"a":' * 511 + leaf + "}" * 511 for leaf in ("1", "2"))
        self.assertIn("/a/a", self.run_tool("diff", *USER, *TEXT, before, after).out)
        self.assert_sends(("diff", *USER, before, after), after)


class Compose(PatchTest):
    def test_any_number_of_patches_become_one(self):
        self.assert_sends(("compose", *USER, '{"a":1}'), '{"a":1}')
        self.assert_sends(("compose", *USER, '{"a":1,"b":2}', '{"b":null}', '{"c":3}'), '{"a":1,"b":null,"c":3}')
        self.assert_sends(("compose", *USER, '{"a":1}', "{}"), "{}")

    def test_patches_that_no_single_body_stands_for_stay_a_sequence(self):
        given = ("compose", "--profile", "rfc7396", '{"a":1}', '{"a":{"b":2}}')
        self.assert_answer(self.run_tool(*given), REFUSED, "")
        self.assert_sends(given, '{"a":null}', '{"a":{"b":2}}')

    def test_a_patch_that_the_policy_refuses_is_told_with_its_number(self):
        given = ("compose", *USER, '{"a":1}', '{"a.b":1}')
        violations = [{"code": "invalid_key_character", "pointer": "/a.b"}]
        self.assert_json(given, REFUSED, {"outcome": "rejected", "in": "patch", "number": 2, "violations": violations})
        self.assertIn("in PATCH 2", self.run_tool(*given).err)


class Inverse(PatchTest):
    def test_undoes_what_the_patch_does_and_no_more(self):
        self.assert_sends(("inverse", *USER, '{"a":1.10,"b":2,"z":0}', '{"a":2,"b":null,"c":3}'), '{"a":1.10,"b":2,"c":null}')
        self.assert_sends(("inverse", *APP, '{"a":1}', "{}"), '{"a":1}')
        self.assert_sends(("inverse", *APP, *EXACT, "--absent", '{"a":1}'), "{}")
        self.assert_sends(("inverse", *APP, "--absent", '{"a":1}'), '{"a":null}')
        self.assert_sends(("inverse", *APP, "--field", "f", '{"f":{"a":1}}', '{"a":2}'), '{"a":1}')

    def test_a_patch_without_effect_needs_no_undoing(self):
        self.assert_answer(self.run_tool("inverse", *USER, '{"a":1}', '{"a":1}'), NOTHING, "")

    def test_a_patch_that_was_refused_needs_no_undoing(self):
        for policy, patch, code in ((USER, '{"a.b":1}', "invalid_key_character"),
                                    (("--policy", '{"limits":{"max_bytes":8}}'), '{"a":1234}', "too_large")):
            said = json.loads(self.run_tool("inverse", *policy, *JSON, "{}", patch).out)
            self.assertEqual((said["outcome"], said["in"], said["violations"][0]["code"]), ("rejected", "patch", code))

    def test_what_cannot_be_undone_is_impossible(self):
        answer = self.run_tool("inverse", *USER, *EXACT, "--absent", '{"a":1}')
        self.assert_answer(answer, REFUSED, "")
        self.assertIn("unreachable_state", answer.err)

    def test_text_shows_the_way_back(self):
        self.assertEqual(self.run_tool("inverse", *USER, *TEXT, '{"a":1}', '{"a":2}').out, '~ /a  2 -> 1\nto send: {"a":1}\n')


class Conflicts(PatchTest):
    def test_the_keys_on_which_the_order_matters_are_told(self):
        given = ("conflicts", *USER, '{"a":1,"b":2,"c":3}', '{"c":4,"b":2,"d":5}')
        self.assert_json(given, REFUSED, {"outcome": "conflict", "keys": ["c"], "presence": False})
        self.assertEqual(self.run_tool(*given, *TEXT).out, "! /c  3 <> 4\nconflict: the later of the two has the last word\n")

    def test_patches_that_commute_are_no_conflict(self):
        given = ("conflicts", *USER, '{"a":1}', '{"b":2}')
        self.assert_json(given, APPLIED, {"outcome": "ok", "keys": [], "presence": False})
        self.assertIn("no conflict", self.run_tool(*given, *TEXT).out)

    def test_the_presence_of_the_field_may_depend_on_the_order(self):
        given = ("conflicts", *APP, '{"a":null}', "{}")
        self.assert_json(given, REFUSED, {"outcome": "conflict", "keys": [], "presence": True})
        self.assertIn("the field itself", self.run_tool(*given, *TEXT).out)

    def test_text_says_what_each_patch_does(self):
        self.assertIn("! /a  removed <> 1\n", self.run_tool("conflicts", *USER, *TEXT, '{"a":null}', '{"a":1}').out)
        self.assertIn("! /a  1 <> cleared\n", self.run_tool("conflicts", *USER, *TEXT, '{"a":1}', "{}").out)


class Rebase(PatchTest):
    def test_is_what_is_still_to_do(self):
        self.assert_sends(("rebase", *USER, '{"a":1,"b":2}', '{"b":2,"c":3}'), '{"a":1}')
        self.assert_answer(self.run_tool("rebase", *USER, '{"a":1}', '{"a":1}'), NOTHING, "")

    def test_a_conflict_sends_nothing_unless_it_is_to_overwrite(self):
        given = ("rebase", *USER, '{"a":1,"b":2}', '{"a":3}')
        answer = self.run_tool(*given)
        self.assert_answer(answer, REFUSED, "")
        self.assertIn("! /a  1 <> 3\n", answer.err)
        self.assert_json(given, REFUSED, {"outcome": "conflict", "conflicts": ["a"], "presence": False})
        given += ("--overwrite",)
        self.assert_sends(given, '{"a":1,"b":2}')
        self.assert_json(
            given, APPLIED, {"outcome": "ok", "bodies": [{"a": 1, "b": 2}], "conflicts": ["a"], "presence": False}
        )


class Merge(PatchTest):
    def test_keeps_what_others_have_changed(self):
        self.assert_sends(("merge", *USER, '{"a":1,"b":1}', '{"a":2,"b":1}', '{"a":1,"b":2,"c":3}'), '{"a":2}')

    def test_objects_that_both_have_changed_are_merged_inside(self):
        given = ("merge", *USER, '{"p":{"a":1}}', '{"p":{"a":2}}', '{"p":{"a":1,"b":3}}')
        self.assert_sends(given, '{"p":{"a":2,"b":3}}')
        self.assert_json(
            given, APPLIED,
            {"outcome": "ok", "bodies": [{"p": {"a": 2, "b": 3}}], "conflicts": [], "changed_by_both": ["p"]},
        )

    def test_where_both_disagree_nothing_is_sent_unless_it_is_to_overwrite(self):
        given = ("merge", *USER, '{"p":{"a/b":1}}', '{"p":{"a/b":2}}', '{"p":{"a/b":3}}')
        answer = self.run_tool(*given)
        self.assert_answer(answer, REFUSED, "")
        self.assertIn("! /p/a~1b  2 <> 3\n", answer.err)
        self.assert_json(given, REFUSED, {"outcome": "conflict", "conflicts": ["/p/a~1b"], "changed_by_both": ["p"]})
        self.assert_sends((*given, "--overwrite"), '{"p":{"a/b":2}}')

    def test_a_member_that_one_has_removed_is_shown_as_such(self):
        answer = self.run_tool("merge", *USER, *TEXT, '{"a":1}', "{}", '{"a":2}')
        self.assertEqual((answer.status, answer.out.splitlines()[0]), (REFUSED, "! /a  removed <> 2"))

    def test_nothing_of_mine_is_nothing_to_send(self):
        self.assert_json(("merge", *USER, '{"a":1}', '{"a":1}', '{"a":2}'), NOTHING,
                         {"outcome": "no_patch", "conflicts": [], "changed_by_both": []})

    def test_of_whole_profiles_the_field_alone_counts(self):
        profiles = ('{"n":1,"f":{"a":1}}', '{"n":2,"f":{"a":2}}', '{"n":3,"f":{"a":1,"b":1}}')
        self.assert_sends(("merge", *USER, "--field", "f", *profiles), '{"a":2}')

    def test_what_cannot_be_read_is_told_with_its_argument(self):
        for index, part in enumerate(("base", "mine", "theirs")):
            given = ["{}", "{}", "{}"]
            given[index] = "[]"
            self.assertEqual(json.loads(self.run_tool("merge", *USER, *JSON, *given).out)["in"], part)


class Losses(PatchTest):
    def test_stored_members_that_vanish_unnamed_are_told(self):
        given = ("losses", *USER, '{"a":{"x":1,"y":{"z":"v"}},"b":1}', '{"a":{"x":2},"b":null}')
        self.assert_json(given, REFUSED, {"outcome": "loss", "pointers": ["/a/y"]})
        answer = self.run_tool(*given, *TEXT)
        self.assertTrue(answer.out.startswith('- /a/y  {"z":"v"}\nloss: '), answer.out)
        self.assertIn("metapatch deepen", answer.out)

    def test_what_is_meant_is_no_loss(self):
        for patch in ("{}", '{"a":null}', '{"a":1}', '{"a":{"x":2}}', '{"b":1}'):
            self.assert_json(("losses", *USER, '{"a":{"x":1}}', patch), APPLIED, {"outcome": "ok", "pointers": []})
        self.assertEqual(self.run_tool("losses", *USER, "--absent", '{"a":{}}').status, APPLIED)
        self.assertEqual(self.run_tool("losses", "--profile", "rfc7396", '{"a":{"x":1}}', '{"a":{"y":1}}').status, APPLIED)

    def test_what_a_body_that_replaces_the_field_does_not_name_is_lost(self):
        given = ("losses", *ORGANIZATION, '{"plan":"gold","archived":"true"}', '{"description":"New"}')
        self.assert_json(given, REFUSED, {"outcome": "loss", "pointers": ["/plan", "/archived"]})
        answer = self.run_tool(*given, *TEXT)
        self.assertTrue(answer.out.startswith('- /plan  "gold"\n- /archived  "true"\nloss: '), answer.out)
        self.assertIn("`metapatch deepen` gives the body that keeps them", answer.out)
        for patch in ("{}", '{"plan":null,"archived":"x"}'):
            self.assert_json(("losses", *ORGANIZATION, '{"plan":"gold","archived":"true"}', patch), APPLIED,
                             {"outcome": "ok", "pointers": []})

    def test_the_body_that_deepen_gives_loses_nothing(self):
        stored = '{"plan":"gold","archived":"true"}'
        body = self.run_tool("deepen", *ORGANIZATION, stored, '{"description":"New","archived":null}').out
        self.assertEqual(json.loads(body), {"plan": "gold", "description": "New"})
        self.assert_json(("losses", *ORGANIZATION, '{"plan":"gold"}', body.strip()), APPLIED,
                         {"outcome": "ok", "pointers": []})

    def test_beyond_the_budget_of_pointers_they_are_only_counted(self):
        def member(value):
            return json.dumps({"k" * (1 << 14): {str(number): value for number in range(65)}})

        given = ("--profile", "first_level", self.file("stored", member(1)),
                 self.file("patch", '{"%s":{}}' % ("k" * (1 << 14))))
        answer = json.loads(self.run_tool("losses", *JSON, *given).out)
        self.assertEqual((len(answer["pointers"]), answer["omitted"]), (64, 1))
        self.assertIn("\n  and 1 more\nloss: ", self.run_tool("losses", *TEXT, *given).out)
        answer = json.loads(self.run_tool("apply", "--advise", *JSON, *given).err)
        self.assertEqual((len(answer["advice"]), answer["omitted"]), (64, 1))
        merged = ("merge", *JSON, *given[:3], self.file("mine", member(2)), self.file("theirs", member(3)))
        answer = json.loads(self.run_tool(*merged).out)
        self.assertEqual((len(answer["conflicts"]), answer["omitted"]), (64, 1))


class Deepen(PatchTest):
    def test_a_merge_patch_keeps_the_siblings(self):
        self.assert_sends(("deepen", *USER, '{"a":{"x":1,"y":2.50},"b":1}', '{"a":{"x":3}}'), '{"a":{"x":3,"y":2.50}}')
        self.assert_sends(("deepen", *USER, '{"a":{"x":1,"y":2}}', '{"a":{"x":null}}'), '{"a":{"y":2}}')
        self.assert_answer(self.run_tool("deepen", *USER, '{"a":1}', "{}"), NOTHING, "")
        self.assert_sends(("deepen", *USER, "--absent", '{"a":{"x":null}}'), '{"a":{}}')
        self.assert_sends(("deepen", *USER, "--field", "f", '{"f":{"a":{"x":1}}}', '{"a":{"y":2}}'), '{"a":{"x":1,"y":2}}')

    def test_a_json_patch_has_its_effect(self):
        operations = ('[{"op":"test","path":"/n","value":1.0},{"op":"add","path":"/a/-","value":2},'
                      '{"op":"move","from":"/n","path":"/m"}]')
        self.assert_sends(("deepen", *USER, '{"n":1,"a":[1]}', operations), '{"n":null,"a":[1,2],"m":1}')

    def test_an_operation_that_fails_is_refused_with_its_index_and_place_and_fault(self):
        for operations, violation in (
            ('[{"op":"test","path":"/n","value":2}]', {"code": "test_failed", "pointer": "/n", "operation": 0}),
            ('[{"op":"test","path":"/n","value":1},{"op":"remove","path":"/x/y"}]',
             {"code": "missing_target", "pointer": "/x", "operation": 1, "fault": "no_member"}),
            ('[{"op":"test","path":"/n","value":1},{"op":"Replace","path":"/n"}]',
             {"code": "invalid_operation", "pointer": "/1/op", "operation": 1, "fault": "unknown_op"}),
            ('[{"op":"add","path":"","value":7}]', {"code": "expected_object", "pointer": ""}),
        ):
            self.assert_json(("deepen", *USER, '{"n":1}', operations), REFUSED,
                             {"outcome": "rejected", "in": "patch", "violations": [violation]})

    def test_every_fault_of_an_operation_has_a_sentence_of_its_own(self):
        said = set()
        for stored, operation, sentence in (
            ('{"n":1}', "7", "  /0  invalid_operation  an operation is an object"),
            ('{"n":1}', '{"op":"add","path":"/a"}', '  /0/value  invalid_operation  the operation lacks "value"'),
            ('{"n":1}', '{"op":"remove","path":7}', '  /0/path  invalid_operation  "path" is a string'),
            ('{"n":1}', '{"op":"Replace","path":"/n","value":2}',
             '  /0/op  invalid_operation  "op" is add, remove, replace, move, copy or test, in lower case'),
            ('{"n":1}', '{"op":"copy","from":"n","path":"/m"}',
             '  /0/from  invalid_operation  "from" is a JSON Pointer, which starts with / unless it is empty'),
            ('{"n":1}', '{"op":"remove","path":"/~n"}',
             '  /0/path  invalid_operation  in "path" a ~ stands before 0, for ~, or 1, for /'),
            ('{"n":1}', '{"op":"move","from":"/n","path":"/n/m"}',
             "  /0/path  invalid_operation  the operation moves a value into itself"),
            ("null", '{"op":"remove","path":"/n"}',
             '  missing_target  there is no field here; an operation that adds to "" makes one (operation /0 of the JSON Patch)'),
            ('{"n":1}', '{"op":"remove","path":"/a/b"}',
             "  /a  missing_target  there is no such member (operation /0 of the JSON Patch)"),
            ('{"n":[]}', '{"op":"remove","path":"/n/0"}',
             "  /n/0  missing_target  the array has no such place (operation /0 of the JSON Patch)"),
            ('{"n":[]}', '{"op":"add","path":"/n/a","value":1}',
             "  /n/a  missing_target  elements of an array are named by an index such as 0 or 10, a new one at the end by - "
             "(operation /0 of the JSON Patch)"),
            ('{"n":1}', '{"op":"test","path":"/n/m","value":1}',
             "  /n/m  missing_target  what this should be inside of is neither an object nor an array "
             "(operation /0 of the JSON Patch)"),
            ('{"n":1}', '{"op":"test","path":"/n","value":2}',
             "  /n  test_failed  the value is not the one that is tested for (operation /0 of the JSON Patch)"),
        ):
            answer = self.run_tool("deepen", *USER, *TEXT, stored, f"[{operation}]")
            self.assertEqual((answer.status, answer.out.splitlines()[1:]), (REFUSED, [sentence]))
            said.add(sentence)
        self.assertEqual(len(said), 13)

    def test_an_operation_without_its_array_is_not_merged_as_data(self):
        for operation in ('{"op":"replace","path":"/n","value":2}', '{"op":"Remove","path":"n"}'):
            answer = self.run_tool("deepen", *USER, '{"n":1}', operation)
            self.assertEqual((answer.status, answer.out), (USAGE, ""))
            self.assertIn("looks like an operation of a JSON Patch, which is an array of them", answer.err)
            self.assert_sends(("deepen", *USER, "--merge-patch", '{"n":1}', operation), operation)
        self.assert_sends(("deepen", *USER, "{}", '{"op":"x","path":"y","z":1}'), '{"op":"x","path":"y","z":1}')
        answer = self.run_tool("deepen", *USER, "--merge-patch", "{}", "[]")
        self.assertEqual((answer.status, answer.out), (USAGE, ""))

    def test_what_it_is_is_told_apart_by_its_type(self):
        answer = self.run_tool("deepen", *USER, *JSON, "{}", '"text"')
        self.assertEqual(json.loads(answer.out)["violations"][0]["code"], "expected_object")

    def test_what_no_body_reaches_is_impossible(self):
        self.assert_json(("deepen", *USER, "{}", '[{"op":"add","path":"/a","value":null}]'), REFUSED,
                         {"outcome": "impossible", "violations": [{"code": "unreachable_null", "pointer": "/a"}]})

    def test_text_shows_what_changes(self):
        self.assertEqual(self.run_tool("deepen", *USER, *TEXT, '{"a":{"x":1,"y":2}}', '{"a":{"x":3}}').out,
                         '~ /a\n  ~ /a/x  1 -> 3\nto send: {"a":{"x":3,"y":2}}\n')


class Advice(PatchTest):
    STORED = '{"a":{"x":1,"y":2},"b":1}'
    PATCH = '{"name":"x","a":{"x":12345678901234567890},"b":"s"}'

    def test_is_a_line_each_on_standard_error_and_changes_nothing_else(self):
        plain = self.run_tool("apply", *APP, self.STORED, self.PATCH)
        answer = self.run_tool("apply", *APP, "--advise", self.STORED, self.PATCH)
        self.assertEqual((answer.status, answer.out), (plain.status, plain.out))
        self.assertEqual(plain.err, "")
        self.assertEqual([line.split(": ")[:2] for line in answer.err.splitlines()],
                         [["advice", "root_collision /name"], ["advice", "type_change /b"], ["advice", "loss /a/y"],
                          ["advice", "unsafe_integer /a/x"]])

    def test_as_json_is_one_object_whether_there_is_advice_or_not(self):
        for patch, expected in ((self.PATCH, 4), ('{"c":1}', 0)):
            answer = self.run_tool("apply", *APP, *JSON, "--advise", self.STORED, patch)
            self.assertEqual(answer.status, APPLIED)
            self.assertEqual(len(json.loads(answer.err)["advice"]), expected)
        self.assertEqual(json.loads(self.run_tool("apply", *APP, *JSON, "--advise", "{}", '{"email_verified2":1,"n":1e3}').err),
                         {"advice": []})

    def test_a_loss_of_a_field_that_is_replaced_names_the_way_out(self):
        answer = self.run_tool("apply", *ORGANIZATION, "--advise", '{"plan":"gold"}', '{"description":"New"}')
        self.assertEqual(answer.status, APPLIED)
        self.assertTrue(answer.err.startswith("advice: loss /plan: "), answer.err)
        self.assertIn("`metapatch deepen` gives the body that keeps it", answer.err)

    def test_root_attributes_matter_to_the_field_that_is_copied_over_them(self):
        self.assertEqual(self.run_tool("apply", *USER, "--advise", "{}", '{"name":1}').err, "")
        policy = ("--policy", '{"extends":"auth0.app_metadata"}')
        self.assertIn("root_collision /name", self.run_tool("apply", *policy, "--advise", "{}", '{"name":1}').err)
        printed = self.file("policy.json", self.run_tool("policies", "auth0.app_metadata").bytes)
        self.assertIn("root_collision /name",
                      self.run_tool("apply", "--policy", printed, "--advise", "{}", '{"name":1}').err)

    def test_a_field_of_a_profile_is_advised_on_too(self):
        answer = self.run_tool("apply", *USER, "--advise", "--field", "f", '{"f":{"a":1}}', '{"a":"s"}')
        self.assertIn("advice: type_change /a: ", answer.err)

    def test_a_refusal_is_no_advice(self):
        answer = self.run_tool("apply", *APP, "--advise", "{}", '{"email":1}')
        self.assertEqual(answer.status, REFUSED)
        self.assertNotIn("advice", answer.err)


class Usage(PatchTest):
    def test_what_the_command_line_lacks_or_mixes_up_is_a_usage_error(self):
        for arguments in (
            ("diff", "{}", "{}"),
            ("diff", *USER),
            ("diff", *USER, "{}"),
            ("diff", *USER, "-", "-"),
            ("diff", *USER, "--from-absent", "{}", "{}"),
            ("diff", *USER, "--to-absent"),
            ("diff", *USER, "--from-absent", "--field", "f", "{}"),
            ("compose", *USER),
            ("compose", *USER, "-", "-"),
            ("inverse", *USER, "{}"),
            ("inverse", *USER, "--absent", "{}", "{}"),
            ("inverse", *USER, "--absent", "--field", "f", "{}"),
            ("conflicts", *USER, "{}"),
            ("rebase", *USER, "{}", "{}", "{}"),
            ("merge", *USER, "{}", "{}"),
            ("merge", *USER, "-", "{}", "-"),
            ("losses", *USER, "{}"),
            ("deepen", *USER, "{}"),
            ("apply", *USER, "--advise", "--batch", "f", "--patch", "{}"),
        ):
            answer = self.run_tool(*arguments)
            self.assert_answer(answer, USAGE, "")
            self.assertNotEqual(answer.err, "", arguments)

    def test_files_and_standard_input_are_arguments_too(self):
        self.assert_answer(self.run_tool("diff", *USER, self.file("a", '{"a":1}'), "-", stdin='{"b":1}'), APPLIED,
                           '{"a":null,"b":1}\n')
        self.assert_answer(self.run_tool("merge", *USER, "{}", "none", "{}"), INPUT_OUTPUT, "")


if __name__ == "__main__":
    main()
