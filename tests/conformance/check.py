#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Checks the conformance vectors themselves; what runs them against a driver is the runner.

The exit status is 1 where anything is wrong; the last line is a summary.
"""

import json
import sys
from pathlib import Path

from limits import limit_faults
from parsing_categories import category_faults
from rules import rule_faults

HERE = Path(__file__).parent
PROFILES = """auth0.user_metadata auth0.app_metadata auth0.client_metadata auth0.organization_metadata
    auth0.connection_metadata auth0.domain_metadata auth0.session_metadata auth0.refresh_token_metadata
    auth0.agent_metadata auth0.signup_user_metadata rfc7396""".split()
OPERATIONS = "apply validate diff compose inverse rebase conflicts commutes losses deepen advise".split()
# The operations on whole users, which are under no field's profile; their vectors are in the folder `auth0`.
USERS = "auth0"
USER_OPERATIONS = """rule_user rule_updates userinfo lock_signup authorize update_user create_user view_user
    delete_multifactor signup passkey_signup""".split()
# No profile asks for empty_key, duplicate_key or number_out_of_range; not_expressible is for a single patch.
CODES = """expected_object invalid_key_character reserved_key too_many_members key_too_long invalid_value_type
    value_too_long too_large too_deep malformed_json unreachable_state unreachable_null expected_array invalid_operation
    missing_target test_failed root_collision type_change loss unsafe_integer restricted reserved_namespace
    scope_not_granted fields_not_array invalid_name missing_placeholder missing_options missing_value invalid_options
    reserved_root_name placeholder_overridden invalid_icon invalid_prefill invalid_type validator_of_select
    invalid_validator options_without_select overrides_form unknown_option unused_value value_required""".split()
FAULTS = """not_an_object missing_member not_a_string unknown_op no_slash bad_escape into_itself no_document no_member
    no_element no_index not_a_container""".split()
# What a level may rest on.
EVIDENCE = {"required": {"doc", "recorded"}, "observed": {"doc", "recorded", "observed"},
            "chosen": {"doc", "recorded", "observed", "chosen"}}


def load():
    """Every vector file with its path, in a fixed order."""
    paths = sorted((HERE / "vectors").rglob("*.json"))
    return [(path, json.loads(path.read_text(encoding="utf-8"))) for path in paths]


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
    ids, codes, operation_faults, covered = set(), set(), set(), set()
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
            operation_faults.update(each.get("fault") for each in case["expect"].get("violations", []))
            codes.update(each["reason"] for each in case["expect"].get("dropped", []))
            faults.extend(evidence_faults(case))
    faults.extend(f"no case expects {code}" for code in CODES if code not in codes)
    faults.extend(f"no case expects {fault}" for fault in FAULTS if fault not in operation_faults)
    faults.extend(f"no case of {op} under {profile}" for profile in PROFILES for op in OPERATIONS
                  if (profile, op) not in covered)
    faults.extend(f"no case of {op}" for op in USER_OPERATIONS if (USERS, op) not in covered)
    faults.extend(f"{op} is of no profile, and not of {profile}" for profile, op in covered
                  if (profile == USERS) != (op in USER_OPERATIONS))
    faults.extend(category_faults(files))
    faults.extend(rule_faults(files))
    faults.extend(limit_faults(files))
    return faults


def main():
    files = load()
    faults = data_faults(files)
    for fault in faults:
        print(f"FAULT {fault}")
    print(f"{sum(len(file['cases']) for _, file in files)} vectors in {len(files)} files: {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
