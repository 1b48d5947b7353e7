#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Checks the conformance vectors themselves, and a driver against them.

usage: check.py [-- driver [argument ...]]

Without a driver only the vectors are checked. The exit status is 1 where anything is wrong; the last line is a summary.
"""

import json
import sys
from pathlib import Path

import exact_json
from algebra_answers import algebra_faults, as_set
from driver_process import Driver, DriverError
from parsing_categories import category_faults

HERE = Path(__file__).parent
PROFILES = """auth0.user_metadata auth0.app_metadata auth0.client_metadata auth0.organization_metadata
    auth0.connection_metadata auth0.domain_metadata auth0.session_metadata auth0.refresh_token_metadata
    auth0.signup_user_metadata rfc7396""".split()
OPERATIONS = "apply validate diff compose inverse rebase conflicts commutes losses deepen advise".split()
# The operations on whole users, which are under no field's profile; their vectors are in the folder `auth0`.
USERS = "auth0"
USER_OPERATIONS = """rule_user rule_updates userinfo lock_signup authorize update_user create_user view_user
    delete_multifactor signup""".split()
# No profile asks for empty_key, duplicate_key or number_out_of_range; not_expressible is for a single patch.
CODES = """expected_object invalid_key_character reserved_key too_many_members key_too_long invalid_value_type
    value_too_long too_large too_deep malformed_json unreachable_state unreachable_null expected_array invalid_operation
    missing_target test_failed root_collision type_change loss unsafe_integer restricted reserved_namespace
    scope_not_granted fields_not_array invalid_name missing_placeholder missing_options missing_value invalid_options
    reserved_root_name placeholder_overridden invalid_icon invalid_prefill invalid_type validator_of_select
    invalid_validator options_without_select overrides_form unknown_option unused_value value_required""".split()
# What a level may rest on.
EVIDENCE = {"required": {"doc", "recorded"}, "observed": {"doc", "recorded", "observed"},
            "chosen": {"doc", "recorded", "observed", "chosen"}}
TEXTS = tuple(name + form for form in ("", "_base64") for name in
              ("stored", "patch", "from", "to", "onto", "other", "merge_patch", "json_patch", "claims", "fields",
               "values", "form", "body"))
# What else a case asks with, as it is.
PLAIN = ("scopes", "operation", "table", "subject", "user", "token", "user_id", "provider", "include_fields")


def load():
    """Every vector file with its path, in a fixed order."""
    paths = sorted((HERE / "vectors").rglob("*.json"))
    return [(path, json.loads(path.read_text(encoding="utf-8"))) for path in paths]


# --- the vectors themselves --------------------------------------------------------------------------------------


def schema_faults(files):
    try:
        import jsonschema
    except ImportError:
        print("note: jsonschema is not installed, the files are not held against vectors.schema.json")
        return []
    schema = json.loads((HERE / "vectors.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    return [f"{path}: {error.json_path}: {error.message[:200]}"
            for path, file in files for error in validator.iter_errors(file)]


def evidence_faults(case):
    kinds = {each["kind"] for each in case["evidence"]}
    if not kinds <= EVIDENCE[case["level"]]:
        yield f"{case['id']}: {case['level']}, but rests on {', '.join(sorted(kinds - EVIDENCE[case['level']]))}"
    if case["level"] in ("observed", "chosen") and case["level"] not in kinds:
        yield f"{case['id']}: {case['level']}, but no evidence says so"


def data_faults(files):
    faults = schema_faults(files)
    if faults:
        return faults
    ids, codes, covered = set(), set(), set()
    for path, file in files:
        if path.parent.name != file["profile"]:
            faults.append(f"{path}: the folder is not named after the profile {file['profile']}")
        for case in file["cases"]:
            if case["id"] in ids:
                faults.append(f"{case['id']}: the id occurs twice")
            ids.add(case["id"])
            covered.add((file["profile"], case["op"]))
            codes.update(each["code"] for name in ("violations", "advice", "warnings")
                         for each in case["expect"].get(name, []))
            codes.update(each["reason"] for each in case["expect"].get("dropped", []))
            faults.extend(evidence_faults(case))
    faults.extend(f"no case expects {code}" for code in CODES if code not in codes)
    faults.extend(f"no case of {op} under {profile}" for profile in PROFILES for op in OPERATIONS
                  if (profile, op) not in covered)
    faults.extend(f"no case of {op}" for op in USER_OPERATIONS if (USERS, op) not in covered)
    faults.extend(f"{op} is of no profile, and not of {profile}" for profile, op in covered
                  if (profile == USERS) != (op in USER_OPERATIONS))
    faults.extend(category_faults(files))
    return faults


# --- a driver against the vectors --------------------------------------------------------------------------------


def expanded(text):
    """A text in full; what is none, such as the names of fields to view, stays as it is."""
    if isinstance(text, dict):
        return "".join(piece * times for piece, times in text["parts"])
    return text


def short(text):
    text = str(text)
    return text if len(text) <= 300 else f"{text[:200]} … {text[-60:]} ({len(text)} characters)"


def value_faults(case, expect, text):
    """What is wrong with the value that a driver gave."""
    if not isinstance(text, str):
        return ["the value is no string"]
    # Untouched members keep their bytes, and with them what keys they have twice.
    stored = case.get("stored")
    lenient = stored is not None and exact_json.has_duplicates(stored)
    try:
        value = exact_json.parse(text, duplicates_allowed=lenient)
    except ValueError as error:
        return [f"the value is no JSON text as it should be: {error}"]
    if value != exact_json.parse(expanded(expect["value"])):
        return ["another value"]
    raw = exact_json.raw_members(text) if "bytes_of" in expect else {}
    return [f"{key!r} should have the bytes {wanted}, not {raw.get(key)}"
            for key, wanted in expect.get("bytes_of", {}).items() if raw.get(key) != wanted]


def texts_fault(name, expected, given):
    """What is wrong with the texts of values that a driver gave."""
    if not isinstance(given, list) or not all(isinstance(text, str) for text in given):
        return f"{name}: no strings"
    try:
        values = [exact_json.parse(text) for text in given]
    except ValueError as error:
        return f"{name}: no JSON text as it should be: {error}"
    return None if values == [exact_json.parse(expanded(text)) for text in expected] else f"another {name}"


def user_faults(case, expect, result):
    faults = [f"other {name}" for name in ("dropped", "warnings")
              if name in expect and as_set(expect[name]) != as_set(result.get(name, []))]
    if "bodies" in expect:
        faults += filter(None, [texts_fault("bodies", expect["bodies"], result.get("bodies"))])
    return faults or value_faults(case, expect, result.get("value"))


def refusal_faults(expect, result):
    """What is wrong with a refusal: the order of its body's members counts too."""
    if result.get("status") != expect["status"]:
        return ["another status"]
    given = result.get("body")
    if not isinstance(given, dict):
        return ["the body is no object"]
    if "body" in expect:
        return [] if list(given.items()) == list(expect["body"].items()) else ["another body"]
    wanted = expect["body_has"]
    shown = [(name, value) for name, value in given.items() if name in wanted]
    return [] if shown == list(wanted.items()) else ["a body without what it should have"]


def decision_faults(expect, result):
    if expect["outcome"] == "allow":
        return [] if as_set(expect["granted_by"]) == as_set(result.get("granted_by", [])) else ["other scopes"]
    faults = ["another reason"] if result.get("reason") != expect["reason"] else []
    if as_set(map(sorted, expect["sufficient"])) != as_set(map(sorted, result.get("sufficient", []))):
        faults.append("other sets of scopes")
    return faults


def violation_faults(expected, given):
    shown = [{key: each.get(key) for key in wanted} for wanted, each in zip(expected, given)]
    return [] if len(given) == len(expected) and shown == expected else ["other violations"]


def faults_of(case, result):
    """What is wrong with the result of a case; nothing where it is as expected."""
    expect = case["expect"]
    if result.get("outcome") != expect["outcome"]:
        return ["another outcome"]
    if expect["outcome"] == "rejected":
        return violation_faults(expect["violations"], result.get("violations", []))
    if expect["outcome"] == "refused":
        return refusal_faults(expect, result)
    if case["op"] == "authorize":
        return decision_faults(expect, result)
    if case["op"] in USER_OPERATIONS:
        return user_faults(case, expect, result)
    if case["op"] not in ("apply", "validate", "size"):
        return algebra_faults(expect, result)
    faults = [f"another {name}" for name in ("field", "bytes") if result.get(name) != expect.get(name)]
    return faults or (value_faults(case, expect, result.get("value")) if "value" in expect else [])


def case_faults(driver, profile, case):
    """What a driver does wrong in a case, told in full."""
    request = {name: expanded(case[name]) for name in TEXTS if name in case}
    request |= {name: case[name] for name in ("id", "op", *PLAIN) if name in case}
    if profile != USERS:
        request["profile"] = profile
    if "patches" in case:
        request["patches"] = [expanded(each) for each in case["patches"]]
    if "calls" in case:
        request["calls"] = [{**each, "args": [expanded(text) for text in each["args"]]} for each in case["calls"]]
    try:
        [result] = driver.run([request])
        faults = faults_of({**case, **request}, result)
    except DriverError as error:
        result, faults = None, [str(error)]
    if faults:
        print(f"FAILED {case['id']} ({profile}, {case['level']}): {'; '.join(faults)}")
        for name in (*TEXTS, *PLAIN, "patches", "calls"):
            if name in request:
                print(f"  {name:8} {short(request[name])}")
        print(f"  expected {short(case['expect'])}\n  got      {short(result)}")
    return faults


def driver_failures(files, command):
    """How many cases a driver fails; the cases after one that ends it count as failed."""
    passed, total = 0, sum(len(file["cases"]) for _, file in files)
    with Driver(command) as driver:
        try:
            driver.start()
        except DriverError as error:
            print(f"FAILED to start: {error}")
            return total
        for _, file in files:
            for case in file["cases"]:
                passed += not case_faults(driver, file["profile"], case)
                if driver.process.poll() is not None:
                    print("FAILED: the driver ended too early")
                    return total - passed
        status = driver.stop()
    if status != 0:
        print(f"FAILED: the driver ended with status {status}")
    return total - passed + (status != 0)


def main(arguments):
    command = arguments[1:] if arguments[:1] == ["--"] else []
    if arguments and not command:
        sys.exit(__doc__)
    files = load()
    faults = data_faults(files)
    for fault in faults:
        print(f"FAULT {fault}")
    count = sum(len(file["cases"]) for _, file in files)
    if not command or faults:
        print(f"{count} vectors in {len(files)} files: {len(faults)} faults")
        return 1 if faults else 0
    failed = driver_failures(files, command)
    print(f"{count} vectors in {len(files)} files: {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
