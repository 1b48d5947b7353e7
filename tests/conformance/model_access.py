# SPDX-License-Identifier: BSL-1.0
"""Who may do what: naive, and written from the published tables alone.

A scope of a table reaches some fields, or all of them (None), and of any user or only of the token's own subject.
"""

from itertools import combinations

ANYBODY, OWN = False, True


def rows(*scopes):
    return [(scope, None, OWN if "current_user" in scope else ANYBODY) for scope in scopes]


CLIENTS_READ = rows("read:clients", "read:client_keys", "read:client_credentials", "read:client_summary")
IDENTITIES = rows("update:users", "update:current_user_identities")
ENFORCED = {
    "GET /users/{id}": rows("read:users", "read:current_user", "read:user_idp_tokens"),
    "POST /users": rows("create:users"),
    "PATCH /users/{id}": [
        ("update:users", None, ANYBODY),
        ("update:users_app_metadata", {"app_metadata"}, ANYBODY),
        ("update:current_user_metadata", {"user_metadata"}, OWN),
    ],
    "DELETE /users/{id}": rows("delete:users", "delete:current_user"),
    "DELETE /users/{id}/multifactor/{provider}": rows("update:users"),
    "POST /users/{id}/identities": IDENTITIES,
    "DELETE /users/{id}/identities/{provider}/{user_id}": IDENTITIES,
    "GET /clients": CLIENTS_READ,
    "GET /clients/{id}": CLIENTS_READ,
    "POST /clients": rows("create:clients"),
    "PATCH /clients/{id}": rows("update:clients", "update:client_keys", "update:client_credentials",
                                "update:client_token_vault_privileged_access"),
    "DELETE /clients/{id}": rows("delete:clients"),
    "PATCH /organizations/{id}": rows("update:organizations"),
    "DELETE /organizations/{id}": rows("delete:organizations"),
    "GET /connections/{id}": rows("read:connections"),
    "POST /connections": rows("create:connections"),
    "PATCH /connections/{id}": rows("update:connections"),
    "DELETE /connections/{id}": rows("delete:connections"),
    "PATCH /sessions/{id}": rows("update:sessions"),
    "PATCH /refresh-tokens/{id}": rows("update:refresh_tokens"),
    "PATCH /custom-domains/{id}": rows("update:custom_domains"),
    "GET /agents": rows("read:agents"),
    "GET /agents/{id}": rows("read:agents"),
    "POST /agents": rows("create:agents"),
    "PATCH /agents/{id}": rows("update:agents"),
    "DELETE /agents/{id}": rows("delete:agents"),
}
CREATE, UPDATE, DELETE = (f"{verb}:current_user_metadata" for verb in ("create", "update", "delete"))
DOCUMENTED = {
    "GET /users/{id}": [("read:current_user_metadata", {"user_metadata"}, OWN)],
    "PATCH /users/{id}": [(scope, {"user_metadata"}, OWN) for scope in (CREATE, UPDATE, DELETE)],
    "DELETE /users/{id}/multifactor/{provider}": [(DELETE, {"user_metadata"}, OWN)],
}
TABLES = {"enforced": ENFORCED, "documented": DOCUMENTED}


def scopes_of(text):
    return {each for each in text.split(" ") if each}


def effects(before, patch):
    """The scopes of the documented table that a patch of user_metadata needs; `before` is {} where there is none."""
    if not isinstance(patch, dict):
        return set()
    if not patch:
        return {DELETE} if before else set()
    needed = set()
    for key, value in patch.items():
        if value is None:
            needed |= {DELETE} if key in before else set()
        elif key not in before:
            needed.add(CREATE)
        elif before[key] != value or isinstance(before[key], bool) != isinstance(value, bool):
            needed.add(UPDATE)
    return needed


def needed_effects(user, body):
    before = (user or {}).get("user_metadata")
    return effects(before if isinstance(before, dict) else {}, body.get("user_metadata"))


def covers(usable, fields):
    return all(any(reach is None or field in reach for _, reach, _ in usable) for field in fields)


def sufficient_sets(usable, fields):
    """Every minimal set of scopes that reaches all fields; each alone where no field is asked for."""
    found = []
    for size in range(1, len(usable) + 1):
        for some in combinations(usable, size):
            names = {scope for scope, _, _ in some}
            if covers(some, fields) and not any(each <= names for each in found):
                found.append(names)
    return found


def before_effects(table, operation, scopes, own, fields):
    """The reason for a refusal that needs no stored state, or None; and the rows that count for this user."""
    listed = TABLES[table].get(operation, [])
    usable = [row for row in listed if own or not row[2]]
    granted = [row for row in listed if row[0] in scopes]
    if not granted:
        return "insufficient_scope", usable
    granted = [row for row in granted if row in usable]
    if not granted:
        return "subject_mismatch", usable
    return (None if covers(granted, fields) else "fields_out_of_reach"), usable


def authorize(case, body, user):
    """The answer to a case: the decision, and the sets of scopes, one of which `granted_by` has to be."""
    table, scopes = case.get("table", "enforced"), scopes_of(case["scopes"])
    own = case.get("subject") is not None and case["subject"] == case.get("user")
    fields = list(body)
    operation = case["operation"]
    why, usable = before_effects(table, operation, scopes, own, fields)
    enough = sufficient_sets(usable, fields)
    if table == "documented" and operation == "PATCH /users/{id}":
        needed = needed_effects(user, body)
        enough = [needed] if needed and enough else enough
        if why is None and not needed <= scopes:
            why = "insufficient_scope"
    if why is not None:
        return {"outcome": "deny", "reason": why, "sufficient": enough}
    return {"outcome": "allow", "granted_by": [each for each in enough if each <= scopes]}
