# SPDX-License-Identifier: BSL-1.0
"""The Management API's users and the sign-up, as whole requests: naive, and written from the published sources alone.

A refusal is a status, what its errorCode must be, and patterns of which one must match the message: which of several
faults of the same kind is told is nowhere documented.
"""

import re

from exact_json import Number
from model import ABSENT, MAX_NESTING, PROFILES, Refused, check_patch, check_result, read
from model_access import ENFORCED, DOCUMENTED, before_effects, needed_effects, scopes_of

ANY = object()
BODY_NESTING = 1024
STRING, BOOLEAN, OBJECT = "string", "boolean", "object"


class Refusal(Exception):
    def __init__(self, status, code=ANY, messages=(".*",)):
        super().__init__(status, code, messages)
        self.status, self.code, self.messages = status, code, list(messages)


def exactly(text):
    return re.escape(text)


# --- the schemas of bodies ---------------------------------------------------------------------------------------


class Undocumented(Exception):
    """The sources do not say what becomes of a request."""


# The formats are named, and nowhere defined: of these values alone it is clear what they are.
GOOD = {"email": ["a@example.com", "john.doe@gmail.com", "x+y@sub.example.org"],
        "strict-uri": ["https://example.com/a.png", "http://example.com/?s=480&r=pg"]}
BAD = {"email": ["", "x", "a@", "@b.com", "a b@example.com", "@"], "strict-uri": ["", "x", "not a uri", "a b"]}


def has_format(form, text):
    if text not in GOOD[form] + BAD[form] and len(text) < 400:
        raise Undocumented(form)
    return text in GOOD[form]


PHONE = r"^\+[0-9]{1,15}$"
# Of each attribute: the type, whether it may be null, the least and most code points, and a format or pattern.
UPDATE = {
    **dict.fromkeys("blocked email_verified phone_verified verify_email verify_phone_number".split(),
                    (BOOLEAN, False, None, None, None)),
    "email": (STRING, True, None, None, "email"),
    "phone_number": (STRING, True, None, None, PHONE),
    **dict.fromkeys(["given_name", "family_name"], (STRING, True, 1, 150, None)),
    **dict.fromkeys(["name", "nickname"], (STRING, True, 1, 300, None)),
    "picture": (STRING, True, None, None, "strict-uri"),
    "password": (STRING, True, 1, None, None),
    "username": (STRING, True, 1, 128, None),
    **dict.fromkeys(["connection", "client_id"], (STRING, False, 1, None, None)),
    **dict.fromkeys(["user_metadata", "app_metadata"], (OBJECT, False, None, None, None)),
}
CREATE = {name: (kind, False, *more) for name, (kind, _, *more) in UPDATE.items()
          if name not in ("client_id", "verify_phone_number")}
CREATE["user_id"] = (STRING, False, None, 255, r"^\S*$")
NOT_STORED = {"connection", "client_id", "verify_email", "verify_phone_number", "password"}
PAIRS = [("password", "email"), ("password", "email_verified"), ("username", "email"), ("username", "email_verified"),
         ("username", "password")]


def type_of(value):
    if value is None or isinstance(value, bool):
        return "null" if value is None else BOOLEAN
    if isinstance(value, Number):
        return "(number|integer|unknown)"
    return {str: STRING, list: "array", dict: OBJECT}[type(value)]


def on_property(message, name):
    return exactly("Payload validation error: '") + message + exactly(f"' on property {name}") + r"(\.| \(.*\)\.)"


def attribute_faults(name, value, rule):
    kind, nullable, least, most, form = rule
    if value is None and nullable:
        return
    if type_of(value) != kind:
        yield on_property(rf"Expected type {kind}(,null)? but found type {type_of(value)}", name)
    elif kind == STRING:
        if least is not None and len(value) < least:
            yield on_property(exactly(f"String is too short ({len(value)} chars), minimum {least}"), name)
        if most is not None and len(value) > most:
            yield on_property(exactly(f"String is too long ({len(value)} chars), maximum {most}"), name)
        if form in GOOD and not has_format(form, value):
            yield on_property(exactly(f"Object didn't pass validation for format {form}: ") + r"[\s\S]*", name)
        if form is not None and form[0] == "^" and re.search(form.replace("$", r"\Z"), value) is None:
            yield on_property(exactly(f"String does not match pattern {form}: ") + r"[\s\S]*", name)


def unknown_names_fault(body, schema):
    """All names that a schema does not know stand in one message, in an order that is not documented."""
    unknown = [name for name in body if name not in schema]
    if unknown:
        names = "(?=.{%d})" % len(",".join(unknown)) + "".join(rf"(?=.*{re.escape(name)})" for name in unknown)
        yield exactly("Payload validation error: 'Additional properties not allowed: ") + names + r"[\s\S]*'\."


def schema_faults(body, schema):
    yield from unknown_names_fault(body, schema)
    for name, value in body.items():
        if name in schema:
            yield from attribute_faults(name, value, schema[name])


def update_faults(body):
    yield from schema_faults(body, UPDATE)
    if not (body.keys() & (UPDATE.keys() - {"connection"})):
        missing = exactly("Payload validation error: 'Missing required property: blocked'. (also) Payload validation "
                          "error: 'Missing required property: email_verified'. (also) ")
        none = exactly("Payload validation error: 'None of the valid schemas were met'. Inner errors: [ ")
        yield none + missing + ".*"
    for one, other in PAIRS:
        if one in body and other in body:
            yield exactly(f"Cannot update {one} and {other} simultaneously.")


def create_faults(body):
    yield from schema_faults(body, CREATE)
    if "connection" not in body:
        yield exactly("Payload validation error: 'Missing required property: connection'.")


def object_of(text):
    """A body as an object; whatever else it is, is refused."""
    try:
        body = read(text, BODY_NESTING)
    except Refused as refusal:
        raise Refusal(400, "invalid_body") from refusal
    if not isinstance(body, dict):
        found = exactly("Payload validation error: 'Expected type object but found type ") + type_of(body) + r"'\."
        raise Refusal(400, "invalid_body", [found])
    return body


def checked_body(text, faults_of):
    body = object_of(text)
    faults = list(faults_of(body))
    if faults:
        pairs_alone = all(each.startswith("Cannot") for each in faults)
        raise Refusal(400, ANY if pairs_alone or any(each.startswith("Cannot") for each in faults) else "invalid_body",
                      faults)
    return body


# --- metadata ----------------------------------------------------------------------------------------------------


def levels(value):
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inside is None else 1 + max(map(levels, inside), default=0)


def dotted_path(container, pointer, value):
    path = container
    for step in pointer.split("/")[1:]:
        step = step.replace("~1", "/").replace("~0", "~")
        path += f"[{step}]" if isinstance(value, list) else f".{step}"
        value = value[int(step)] if isinstance(value, list) else value[step]
    return path


def metadata_faults(container, patch, violations):
    for each in violations:
        key = each["pointer"].rpartition("/")[2].replace("~1", "/").replace("~0", "~")
        if each["code"] == "invalid_key_character" and "." in key:
            path = dotted_path(container, each["pointer"], patch)
            yield exactly('Fields with "." are not allowed, please remove all dotted fields. Example: ' + path)
        if each["code"] == "reserved_key":
            yield exactly(f"Forbidden attribute in app_metadata: {key}")
        if each["code"] not in ("invalid_key_character", "reserved_key") or "$" in key:
            yield r"[\s\S]*"


def with_metadata(user, body):
    """A user with the metadata of a body."""
    faults, unreadable, result = [], False, dict(user)
    for name in ("user_metadata", "app_metadata"):
        if name not in body:
            continue
        rules, patch = PROFILES[f"auth0.{name}"], body[name]
        if levels(patch) > MAX_NESTING:
            faults.append(r"[\s\S]*")
            continue
        try:
            check_patch(rules, patch)
            stored = {} if user.get(name) is None else user[name]
            if patch and not isinstance(stored, dict):
                unreadable = True
                continue
            after = dict(stored) if patch else ABSENT if rules.cleared_is_absent else {}
            for key, value in patch.items():
                after.pop(key, None) if value is None else after.update({key: value})
            if after is ABSENT:
                result.pop(name, None)
            else:
                check_result(rules, after)
                result[name] = after
        except Refused as refusal:
            faults.extend(metadata_faults(name, patch, refusal.violations))
    if faults:
        raise Refusal(400, "invalid_body", faults)
    if unreadable:
        raise Refusal(500)
    return result


# --- permissions -------------------------------------------------------------------------------------------------


def check_scope(case, operation):
    token = case["token"]
    if token is None:
        raise Refusal(401, None)
    table = case.get("table", "enforced")
    listed = {"enforced": ENFORCED, "documented": DOCUMENTED}[table][operation]
    names = [scope for scope, _, _ in listed]
    if not scopes_of(token["scopes"]) & set(names):
        every = ",".join(names) if len(names) < 3 or operation.startswith("PATCH") else ".*"
        raise Refusal(403, "insufficient_scope", [exactly("Insufficient scope, expected any of: ") +
                                                  (every if every == ".*" else exactly(every))])


def reach(case, operation, fields):
    token = case["token"]
    own = token.get("subject") is not None and token["subject"] == case["user_id"]
    why, usable = before_effects(case.get("table", "enforced"), operation, scopes_of(token["scopes"]), own, fields)
    if why == "subject_mismatch":
        raise Refusal(403, ANY, [exactly("User to be acted on does not match subject in bearer token.")])
    if why == "fields_out_of_reach":
        granted = [row for row in usable if row[0] in scopes_of(token["scopes"])]
        beyond = [name for name in fields if not any(row[1] is None or name in row[1] for row in granted)]
        message = "You cannot update the following fields: " + ", ".join(beyond)
        raise Refusal(403, "insufficient_scope", [exactly(message)])


def existing(case):
    if case["stored"] is None:
        raise Refusal(404, "inexistent_user", [exactly("The user does not exist.")])
    return read(case["stored"], BODY_NESTING)


# --- the requests ------------------------------------------------------------------------------------------------


def update_user(case):
    operation = "PATCH /users/{id}"
    check_scope(case, operation)
    body = checked_body(case["body"], update_faults)
    reach(case, operation, list(body))
    user = existing(case)
    after = with_metadata(user, body)
    if case.get("table") == "documented" and not needed_effects(user, body) <= scopes_of(case["token"]["scopes"]):
        raise Refusal(403, "insufficient_scope")
    for name, value in body.items():
        if name in NOT_STORED or name in ("user_metadata", "app_metadata"):
            continue
        if value is None:
            after.pop(name, None)
        else:
            after[name] = value
    # New members go last, in an order that nobody promises.
    new = sorted(name for name in after if name not in user)
    return {**{name: value for name, value in after.items() if name in user}, **{name: after[name] for name in new}}


def create_user(case):
    check_scope(case, "POST /users")
    body = checked_body(case["body"], create_faults)
    user = {"user_id": case["user_id"]}
    user.update({name: value for name, value in body.items()
                 if name not in NOT_STORED and name not in ("user_id", "user_metadata", "app_metadata")})
    return with_metadata(user, body)


TOKENS = ("access_token", "access_token_secret", "refresh_token")


def view_user(case):
    operation = "GET /users/{id}"
    check_scope(case, operation)
    reach(case, operation, [])
    user = {name: value for name, value in existing(case).items() if name != "password"}
    if case.get("table") == "documented":
        user = {name: value for name, value in user.items() if name == "user_metadata"}
    if "identities" in user and "read:user_idp_tokens" not in scopes_of(case["token"]["scopes"]):
        user["identities"] = [{name: value for name, value in each.items() if name not in TOKENS}
                              for each in user["identities"]]
    fields, include = case.get("fields"), case.get("include_fields", True)
    if fields:
        user = {name: value for name, value in user.items() if (name in fields) == include}
    return user


def delete_multifactor(case):
    operation = "DELETE /users/{id}/multifactor/{provider}"
    check_scope(case, operation)
    reach(case, operation, [])
    user = existing(case)
    if "multifactor" in user:
        user["multifactor"] = [each for each in user["multifactor"] if each != case["provider"]]
    return user


SIGNUP_STRINGS = """client_id email password connection username phone_number given_name family_name name nickname
    picture""".split()


def signup_metadata_faults(body):
    if "user_metadata" not in body:
        return
    if levels(body["user_metadata"]) > MAX_NESTING:
        yield ".*"
    try:
        check_patch(PROFILES["auth0.signup_user_metadata"], body["user_metadata"])
    except Refused as refusal:
        for each in refusal.violations:
            key = each["pointer"][1:].replace("~1", "/").replace("~0", "~")
            known = {"expected_object": "invalid user_metadata type (expected object)",
                     "invalid_value_type": f"invalid user_metadata.{key} type (only strings are allowed)"}
            yield exactly(known[each["code"]]) if each["code"] in known else "[\\s\\S]*"


def passkey_signup(case):
    """The attributes of a user_profile, the user_metadata beside it; of the refusals' words most are ours."""
    try:
        body = object_of(case["body"])
    except Refusal as refusal:
        raise Refusal(400) from refusal
    profile = body.get("user_profile")
    faults = [] if isinstance(profile, dict) else ["user_profile must be an object"]
    faults.extend(f"{name} must be a string" for name in ("client_id", "realm", "organization")
                  if name in body and not isinstance(body[name], str))
    attributes = [name for name in SIGNUP_STRINGS if name not in ("client_id", "password", "connection")]
    if isinstance(profile, dict):
        faults.extend(f"user_profile\\.{name} must be a string" for name in attributes
                      if name in profile and not isinstance(profile[name], str))
        if not any(profile.get(name) for name in ("email", "phone_number", "username")):
            faults.append("user_profile must have an email, a phone_number or a username")
    faults.extend(signup_metadata_faults(body))
    if faults:
        raise Refusal(400, ANY, faults)
    user = {"user_id": case["user_id"], **{name: profile[name] for name in attributes if name in profile}}
    return {**user, "user_metadata": body["user_metadata"]} if "user_metadata" in body else user


def signup(case):
    """The sign-up has an error shape of its own: the code takes the place of errorCode."""
    faults = []
    try:
        body = object_of(case["body"])
    except Refusal as refusal:
        raise Refusal(400) from refusal
    if not body.get("password") or not body.get("connection"):
        faults.append(".*")
    faults.extend("[\\s\\S]*" for name in SIGNUP_STRINGS if name in body and not isinstance(body[name], str))
    faults.extend(signup_metadata_faults(body))
    if faults:
        raise Refusal(400, ANY, faults)
    user = {"user_id": case["user_id"]}
    user.update({name: body[name] for name in (*SIGNUP_STRINGS, "user_metadata")
                 if name in body and name not in ("client_id", "password", "connection")})
    return user


OPERATIONS = {each.__name__: each for each in (update_user, create_user, view_user, delete_multifactor, signup,
                                             passkey_signup)}
