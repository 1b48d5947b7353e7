# SPDX-License-Identifier: BSL-1.0
"""What userinfo and lock_signup mean: naive, slow, and written from the rules alone, as a check on the library.

An operation gives the answer of the conformance protocol, with its value still a value.
"""

import html
import re
from urllib.parse import urlsplit

from model import Refused, read, size_of, violation

# OpenID Connect Core 1.0, section 5.4, in the words of Auth0's user profile.
SCOPES = {
    "openid": "sub",
    "profile": "name given_name family_name middle_name nickname picture updated_at preferred_username profile website "
               "gender birthdate zoneinfo locale",
    "email": "email email_verified",
    "address": "address",
    "phone": "phone_number phone_number_verified",
}
SCOPE_OF = {claim: scope for scope, claims in SCOPES.items() for claim in claims.split()}
ATTRIBUTES = {"sub": "user_id", "phone_number_verified": "phone_verified"}
# "Create Custom Claims", general restrictions.
RESTRICTED = """acr act active amr at_hash ath attest aud auth_time authorization_details azp c_hash client_id cnf cty
    dest entitlements events exp groups gty htm htu iat internalService iss jcard jku jti jwe jwk kid may_act mky nbf
    nonce object_id org_id org_name orig origid permissions roles rph s_hash sid sip_callid sip_cseq_num sip_date
    sip_from_tag sip_via_branch sub sub_jwk toe txn typ uuid vot vtm x5t#S256""".split()
DOMAINS = ("auth0.com", "webtask.io", "webtask.run")
MAX_CUSTOM_BYTES = 100 * 1024


def text_value(case, name, missing):
    value = missing if case.get(name) is None else read(case[name])
    if not isinstance(value, dict) and name != "fields":
        raise Refused([violation("expected_object")])
    return value


def in_reserved_namespace(claim):
    if re.fullmatch(r"urn:auth0([^a-z0-9-].*)?", claim, re.IGNORECASE | re.DOTALL):
        return True
    if not re.match("https?://", claim, re.IGNORECASE):
        return False
    host = (urlsplit(claim).hostname or "").rstrip(".").lower()
    return any(host == domain or host.endswith("." + domain) for domain in DOMAINS)


def reason(claim, granted):
    """Why a custom claim may not be told, whatever its size."""
    if claim in RESTRICTED:
        return "restricted"
    if in_reserved_namespace(claim):
        return "reserved_namespace"
    if claim in SCOPE_OF and SCOPE_OF[claim] not in granted:
        return "scope_not_granted"
    return None


def userinfo(case):
    user, custom = text_value(case, "stored", None), text_value(case, "claims", {})
    granted = case.get("scopes", "").split(" ")
    told = {}
    for claim, scope in SCOPE_OF.items():
        value = user.get(ATTRIBUTES.get(claim, claim))
        if scope in granted and value is not None and (claim != "sub" or isinstance(value, str)):
            told[claim] = value
    kept, dropped = {}, []
    for claim, value in custom.items():
        why = reason(claim, granted)
        if why is None and size_of({**kept, claim: value}) > MAX_CUSTOM_BYTES:
            why = "too_large"
        if why is None:
            kept[claim] = value
        else:
            dropped.append({"claim": claim, "reason": why})
    return {"value": {**told, **kept}, "dropped": dropped}


def without_markup(text):
    """What DOMPurify leaves without any allowed tag, for well-formed markup and what is none."""
    if "<" not in text:
        return text
    parts = re.split(r"<script>.*?</script>|<!--.*?-->|</?[a-zA-Z][^>]*>", text, flags=re.DOTALL)
    return html.escape(html.unescape("".join(parts)), quote=False).replace("\u00a0", "&nbsp;")


TYPES = ("select", "text", "checkbox", "hidden")
ANY_SPACE = "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028" \
            "\u2029\u202f\u205f\u3000\ufeff"
MOST = {"given_name": 150, "family_name": 150, "name": 300, "nickname": 300}


def is_text(value):
    return isinstance(value, str) and value != ""


def checked(element):
    """The warnings of an element of the definition, and whether it is a field."""
    bad = []
    get = element.get
    type_ = get("type") if get("type") in TYPES else "text"
    name = get("name")
    if not is_text(name) or re.fullmatch("[a-zA-Z0-9_]+", name) is None or name in ("email", "username", "password"):
        bad.append("invalid_name")
    if name == "user_metadata" and get("storage") == "root":
        bad.append("reserved_root_name")
    if type_ != "hidden" and not is_text(get("placeholder")) and not is_text(get("placeholderHTML")):
        bad.append("missing_placeholder")
    if type_ == "select" and not isinstance(get("options"), list):
        bad.append("missing_options")
    elif type_ == "select" and not (get("options") and all(
            isinstance(each, dict) and is_text(each.get("label")) and is_text(each.get("value"))
            for each in get("options"))):
        bad.append("invalid_options")
    if type_ == "hidden" and not is_text(get("value")):
        bad.append("missing_value")
    told = []
    if is_text(get("placeholder")) and is_text(get("placeholderHTML")):
        told.append("placeholder_overridden")
    told += [f"invalid_{each}" for each in ("icon", "prefill") if get(each) is not None and not is_text(get(each))]
    if get("type") is not None and get("type") not in TYPES:
        told.append("invalid_type")
    if get("validator") is not None:
        told.append("validator_of_select" if type_ == "select" else "invalid_validator")
    if get("options") is not None and type_ != "select":
        told.append("options_without_select")
    return bad + told, not bad


def lock_signup(case):
    definition = text_value(case, "fields", [])
    entered, form = text_value(case, "values", {}), text_value(case, "form", {})
    warnings = []

    def warn(code, field, index=None):
        warnings.append({"code": code, "field": field, **({} if index is None else {"index": index})})

    if not isinstance(definition, list):
        warn("fields_not_array", "")
        definition = []
    fields = []
    for index, element in enumerate(definition):
        element = element if isinstance(element, dict) else {}
        name = element.get("name") if isinstance(element.get("name"), str) else ""
        codes, is_field = checked(element)
        for code in codes:
            warn(code, name, index)
        if is_field:
            fields.append((index, name, element.get("type"), element))

    state = {name: "" for _, name, _, _ in fields}
    for _, name, type_, element in fields:
        prefill = element["value"] if type_ == "hidden" else element.get("prefill")
        prefill = prefill if isinstance(prefill, str) else ""
        if type_ != "select" or prefill in [each["value"] for each in element["options"]]:
            state[name] = prefill
    for index, name, type_, element in fields:
        given = entered.get(name)
        if type_ == "hidden" or given is None:
            continue
        if type_ == "checkbox" and isinstance(given, bool):
            state[name] = "true" if given else "false"
        elif not isinstance(given, str):
            warn("invalid_value_type", name, index)
        elif type_ == "select" and given not in [each["value"] for each in element["options"]]:
            warn("unknown_option", name, index)
        elif type_ == "checkbox" and given not in ("true", "false"):
            warn("unknown_option", name, index)
        else:
            state[name] = given
    inputs = [name for _, name, type_, _ in fields if type_ != "hidden"]
    for name in entered:
        if name not in inputs:
            warn("unused_value", name)
    for index, name, type_, _ in fields:
        text = state[name].strip(ANY_SPACE)
        if (state[name] if type_ == "select" else text) == "":
            warn("value_required", name, index)
        elif type_ != "select" and len(text.encode("utf-16-le")) // 2 > MOST.get(name, len(text) * 2):
            warn("value_too_long", name, index)

    body = dict(form)
    if fields:
        body["user_metadata"] = {}
    for index, name, _, element in fields:
        if element.get("storage") != "root":
            body["user_metadata"][name] = without_markup(state[name])
        else:
            if name in form:
                warn("overrides_form", name, index)
            body[name] = without_markup(state[name])
    return {"value": body, "warnings": warnings}


OPERATIONS = {"userinfo": userinfo, "lock_signup": lock_signup}


def answer(case):
    try:
        return {"outcome": "ok", **OPERATIONS[case["op"]](case)}
    except Refused as refusal:
        return {"outcome": "rejected", "violations": refusal.violations}
