#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Drivers that are wrong, each in one way that implementations are wrong in: what the vectors must catch.

usage: wrong_driver.py MISTAKE     (wrong_driver.py --list)
"""

import dataclasses
import json
import sys
import unicodedata

import exact_json
import model
import model_algebra
import model_login
import naive_driver

RIGHT = {name: getattr(model, name) for name in ("patched", "check_inside", "read")}
FIELDS = [name for name in model.PROFILES]
MISTAKES = {}


def mistake(function):
    """A function that makes the model wrong, or returns another way to answer."""
    MISTAKES[function.__name__.replace("_", "-")] = function
    return function


def change_profiles(**changes):
    for name in FIELDS:
        given = {key: change(getattr(model.PROFILES[name], key)) for key, change in changes.items()}
        model.PROFILES[name] = dataclasses.replace(model.PROFILES[name], **given)


def after_patch(change):
    """Each result of a patch is changed: change(profile, stored, patch, result), all of them values."""

    def patched(profile, stored_text, patch_text):
        result = RIGHT["patched"](profile, stored_text, patch_text)
        if patch_text is None:
            return result
        stored = model.ABSENT if stored_text is None else model.read(stored_text)
        return change(profile, stored, model.read(patch_text), result)

    model.patched = patched


def without(code):
    """Violations of a code are not seen."""

    def patched(profile, stored_text, patch_text):
        try:
            return RIGHT["patched"](profile, stored_text, patch_text)
        except model.Refused as refusal:
            left = [each for each in refusal.violations if each["code"] != code]
            if left:
                raise model.Refused(left) from refusal
            return {} if patch_text is None else {key: value for key, value in model.read(patch_text).items()
                                                  if value is not None}

    model.patched = patched


def after_answer(change):
    """Each answer is changed: change(case, answer)."""
    return lambda case: change(case, naive_driver.answer(case))


def on_violations(change):
    return after_answer(lambda _, answer: {**answer, "violations": change(answer["violations"])}
                        if "violations" in answer else answer)


# --- merging -----------------------------------------------------------------------------------------------------


@mistake
def empty_object_is_a_no_op():
    after_patch(lambda _, stored, patch, result: stored if patch == {} else result)


@mistake
def nulls_are_stored():
    after_patch(lambda profile, stored, patch, result: {**result, **{key: None for key in patch if patch[key] is None}}
                if isinstance(result, dict) and isinstance(patch, dict) else result)


@mistake
def nested_members_are_merged():
    after_patch(lambda profile, stored, patch, result: model.merge_patch(stored, patch)
                if patch != {} and not model.PROFILES.get(profile, model.Profile()).replaces else result)


@mistake
def nested_nulls_are_removed():
    def clean(value):
        if not isinstance(value, dict):
            return value
        return {key: clean(each) for key, each in value.items() if each is not None}

    after_patch(lambda profile, stored, patch, result: clean(result))


@mistake
def arrays_are_joined():
    after_patch(lambda profile, stored, patch, result: {
        key: stored[key] + patch[key] if isinstance(stored, dict) and isinstance(stored.get(key), list)
        and isinstance(patch.get(key), list) else value for key, value in result.items()}
        if isinstance(result, dict) and isinstance(patch, dict) else result)


@mistake
def the_field_is_replaced():
    change_profiles(replaces=lambda _: True)


@mistake
def the_field_is_always_merged():
    change_profiles(replaces=lambda _: False)


@mistake
def a_cleared_field_is_empty():
    change_profiles(cleared_is_absent=lambda _: False)


@mistake
def a_cleared_field_is_absent():
    change_profiles(cleared_is_absent=lambda _: True)


@mistake
def an_empty_field_is_absent():
    after_patch(lambda profile, stored, patch, result: model.ABSENT if result == {} else result)


@mistake
def the_last_key_is_kept():
    after_patch(lambda _, stored, patch, result: stored if result == {} and patch != {} else result)


@mistake
def a_null_field_clears():
    change_profiles(null_clears=lambda _: True)


@mistake
def a_null_field_is_refused():
    change_profiles(null_clears=lambda _: False)


@mistake
def nothing_can_be_removed():
    change_profiles(null_removes=lambda _: False)


@mistake
def empty_strings_remove():
    after_patch(lambda profile, stored, patch, result: {key: value for key, value in result.items() if value != ""}
                if isinstance(result, dict) else result)


@mistake
def a_missing_patch_clears():
    right = model.patched
    model.patched = lambda profile, stored, patch: right(profile, stored, b"{}" if patch is None else patch)


@mistake
def documents_are_merged_on_one_level():
    def merged(target, patch):
        if not isinstance(patch, dict):
            return patch
        kept = {**(target if isinstance(target, dict) else {}), **patch}
        return {key: value for key, value in kept.items() if value is not None}

    model.merge_patch = merged


# --- rules -------------------------------------------------------------------------------------------------------


@mistake
def bytes_are_counted_as_characters():
    model.len = lambda of: len(of.encode()) if isinstance(of, str) else len(of)


@mistake
def utf16_units_are_counted_as_characters():
    model.len = lambda of: len(of.encode("utf-16-le")) // 2 if isinstance(of, str) else len(of)


@mistake
def dots_are_allowed():
    change_profiles(forbidden=lambda given: given.replace(".", ""))


@mistake
def dollars_are_allowed():
    change_profiles(forbidden=lambda given: given.replace("$", ""))


@mistake
def any_character_is_allowed():
    change_profiles(allowed=lambda _: "")


@mistake
def reserved_names_are_allowed():
    change_profiles(reserved=lambda _: ())


@mistake
def reserved_names_are_of_any_case():
    names = {each.lower() for each in model.RESERVED}
    right = model.check_key

    def check_key(rules, key, *rest):
        right(rules, key.lower() if rules.reserved and key.lower() in names else key, *rest)

    model.check_key = check_key
    change_profiles(reserved=lambda given: tuple(names) if given else ())


@mistake
def reserved_names_are_reserved_everywhere():
    right = model.check_key
    model.check_key = lambda rules, key, level, pointer, found: right(
        rules, key, 1 if key in rules.reserved else level, pointer, found)


@mistake
def nested_keys_are_not_looked_at():
    model.check_inside = lambda *_: None


@mistake
def keys_in_arrays_are_not_looked_at():
    model.check_inside = lambda rules, value, *rest: None if isinstance(value, list) else RIGHT["check_inside"](
        rules, value, *rest)


@mistake
def one_member_more_is_allowed():
    change_profiles(members=lambda given: given and given + 1)


@mistake
def one_member_less_is_allowed():
    change_profiles(members=lambda given: given and given - 1)


@mistake
def one_character_more_is_allowed():
    change_profiles(key=lambda given: given and given + 1, string=lambda given: given and given + 1)


@mistake
def only_the_patch_is_checked():
    model.check_result = lambda *_: None


@mistake
def any_value_is_allowed():
    without("invalid_value_type")


@mistake
def the_first_violation_is_told_alone():
    return on_violations(lambda found: found[:1])


@mistake
def violations_are_told_backwards():
    return on_violations(lambda found: found[::-1])


@mistake
def pointers_are_not_escaped():
    return on_violations(lambda found: [{**each, "pointer": each["pointer"].replace("~1", "/").replace("~0", "~")}
                                        for each in found])


@mistake
def refusals_name_no_place():
    return on_violations(lambda found: [{**each, "pointer": ""} for each in found])


# --- texts -------------------------------------------------------------------------------------------------------


@mistake
def numbers_are_doubles():
    def rounded(value):
        if isinstance(value, exact_json.Number):
            return exact_json.Number(repr(float(value.lexeme)).replace("inf", "1e999"))
        if isinstance(value, dict):
            return {key: rounded(each) for key, each in value.items()}
        return [rounded(each) for each in value] if isinstance(value, list) else value

    after_patch(lambda profile, stored, patch, result: rounded(result))


@mistake
def the_first_of_a_key_is_kept():
    def first_wins_of(pairs):
        made = {}
        for key, value in pairs:
            made.setdefault(key, value)
        return made

    def read(text):
        RIGHT["read"](text)
        return json.loads(text, parse_int=exact_json.Number, parse_float=exact_json.Number,
                          object_pairs_hook=first_wins_of)

    model.read = read


@mistake
def a_key_twice_is_refused():
    def read(text):
        value = RIGHT["read"](text)
        if exact_json.has_duplicates(text):
            raise model.Refused([model.violation("duplicate_key")])
        return value

    model.read = read


@mistake
def texts_are_read_by_a_lenient_parser():
    def read(text):
        try:
            return json.loads(text, parse_int=exact_json.Number, parse_float=exact_json.Number)
        except ValueError as error:
            raise model.Refused([model.violation("malformed_json")]) from error

    model.read = read


@mistake
def a_byte_order_mark_is_skipped():
    model.read = lambda text: RIGHT["read"](text.removeprefix(b"\xef\xbb\xbf"))


@mistake
def bad_bytes_are_replaced():
    model.read = lambda text: RIGHT["read"](text.decode(errors="replace").encode())


@mistake
def keys_are_normalized():
    def normal(value):
        if isinstance(value, dict):
            return {unicodedata.normalize("NFC", key): normal(each) for key, each in value.items()}
        return value

    model.read = lambda text: normal(RIGHT["read"](text))


@mistake
def nesting_has_no_end():
    model.read = lambda text, nesting=None: RIGHT["read"](text, 100_000)


@mistake
def malformed_texts_are_nothing():
    right = model.patched

    def patched(profile, stored, patch):
        try:
            return right(profile, stored, patch)
        except model.Refused as refusal:
            if refusal.violations[0]["code"] == "malformed_json":
                return model.ABSENT
            raise

    model.patched = patched


@mistake
def the_size_is_in_characters():
    model.size_of = lambda value: len(model.compact(value))


@mistake
def the_size_is_of_the_text():
    return after_answer(lambda case, answer: {**answer, "bytes": len(naive_driver.text_of(case, "stored") or b"")}
                        if "bytes" in answer else answer)


# --- the algebra -------------------------------------------------------------------------------------------------


@mistake
def every_patch_commutes():
    return after_answer(lambda case, answer: {**answer, "value": "true"} if case["op"] == "commutes" else answer)


@mistake
def presence_is_no_conflict():
    return after_answer(lambda _, answer: {key: value for key, value in answer.items() if key != "presence"})


@mistake
def keys_of_both_conflict():
    right = model_algebra.OPERATIONS["conflicts"]

    def conflicts(profile, case):
        found = right(profile, case)
        patch, other = (model_algebra.patch_of(profile, case[name]) for name in ("patch", "other"))
        if isinstance(patch, dict) and isinstance(other, dict):
            found["keys"] = sorted(set(patch) & set(other))
        return found

    model_algebra.OPERATIONS["conflicts"] = conflicts


@mistake
def removed_members_are_lost():
    right = model_algebra.OPERATIONS["losses"]

    def losses(profile, case):
        found = right(profile, case)
        stored, patch = (model_algebra.read(case[name] or b"null") for name in ("stored", "patch"))
        if isinstance(stored, dict) and isinstance(patch, dict):
            found["pointers"] += [model_algebra.pointer_to(key) for key, value in patch.items()
                                  if value is None and key in stored]
        return found

    model_algebra.OPERATIONS["losses"] = losses


@mistake
def a_field_that_is_replaced_loses_nothing():
    right = model_algebra.OPERATIONS["losses"]
    model_algebra.OPERATIONS["losses"] = lambda profile, case: \
        {"outcome": "ok", "pointers": []} if profile in FIELDS and model.PROFILES[profile].replaces else right(profile, case)


@mistake
def what_is_no_object_is_never_repaired():
    model.keeps_nothing = lambda rules, patch_text: False


@mistake
def what_is_no_object_is_an_absent_field():
    model.keeps_nothing = lambda rules, patch_text: True


@mistake
def no_advice_is_given():
    return after_answer(lambda _, answer: {**answer, "advice": []} if "advice" in answer else answer)


# --- users -------------------------------------------------------------------------------------------------------


@mistake
def no_claim_is_dropped():
    return after_answer(lambda _, answer: {**answer, "dropped": []} if "dropped" in answer else answer)


@mistake
def definitions_of_fields_are_taken_as_they_are():
    return after_answer(lambda _, answer: {**answer, "warnings": []} if "warnings" in answer else answer)


@mistake
def calls_are_sent_backwards():
    return after_answer(lambda case, answer: {**answer, "bodies": answer["bodies"][::-1]}
                        if case["op"] == "rule_updates" and "bodies" in answer else answer)


@mistake
def markup_stays():
    model_login.without_markup = lambda value: value


if __name__ == "__main__":
    if sys.argv[1:] == ["--list"]:
        print("\n".join(MISTAKES))
    elif len(sys.argv) == 2 and sys.argv[1] in MISTAKES:
        naive_driver.serve(sys.argv[1], MISTAKES[sys.argv[1]]() or naive_driver.answer)
    else:
        sys.exit(__doc__)
