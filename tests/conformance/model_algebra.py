# SPDX-License-Identifier: BSL-1.0
"""What the operations of the patch algebra mean: naive, slow, and written from the rules alone, as a check on the library.

An operation gives the answer of the conformance protocol, with what is a set in order, or what is asked of bodies.
"""

import model_json_patch
from exact_json import Number
from model import ABSENT, PROFILES, Refused, merge_patch, read, violation
from model_bodies import KEEP, Normal, after, carried_normal, composed, doing, is_one_patch, leading, normal
from model_states import (DOCUMENTS, UNTOUCHED, but_for_presence, merged, patch_of, pointer_to, same, state_of,
                          tried_states)

# The schema UpdateUserResponseContent of Auth0's Management API.
ROOT_ATTRIBUTES = """user_id email email_verified username phone_number phone_verified created_at updated_at identities
    app_metadata user_metadata picture name nickname multifactor multifactor_last_modified last_ip last_login
    last_password_reset logins_count blocked given_name family_name""".split()


def either(case):
    """Whether an absent field and an empty one are the same."""
    return case.get("presence") == "either"


def diff(profile, case):
    from_state, to_state = state_of(profile, case["from"]), state_of(profile, case["to"])
    return leading(profile, from_state, to_state, either(case))


def compose(profile, case):
    patches = [patch_of(profile, text) for text in case["patches"]]
    touching = [each for each in patches if each is not UNTOUCHED]

    def effect(state):
        for patch in patches:
            state = merged(profile, state, patch)
        return state

    if not touching:
        return doing(profile, patches, effect, 0)
    if profile == DOCUMENTS:
        function = KEEP
        for patch in touching:
            function = after(function, patch)
        # What is set to an object is removed by one body and set by the next, so two are always enough.
        return doing(profile, patches, effect, 1 if is_one_patch(function) else 2)
    made = None
    for patch in touching:
        made = composed(made, normal(profile, patch))
    return doing(profile, patches, effect, *carried_normal(profile, made, either(case)), either=either(case))


def inverse(profile, case):
    stored, patch = state_of(profile, case["stored"]), patch_of(profile, case["patch"])
    return leading(profile, merged(profile, stored, patch), stored, either(case))


def rest_of(profile, patch, onto, is_either):
    if patch is UNTOUCHED:
        return 0, 0
    if profile == DOCUMENTS:
        first = after(KEEP, onto) if onto is not UNTOUCHED else KEEP
        return (0 if after(first, patch) == first else 1), None
    made = normal(profile, patch)
    if onto is UNTOUCHED:
        return carried_normal(profile, made, is_either)
    done = normal(profile, onto)
    there = merged(profile, ABSENT, onto)  # known where it clears
    wanted = merged(profile, there, patch)
    if done.clear and (same(there, wanted) or is_either and same(but_for_presence(there), but_for_presence(wanted))):
        return 0, 0
    if made.clear:
        return carried_normal(profile, made, is_either)
    if done.clear:
        held = {} if there is ABSENT else there
        left = Normal(False, {key: value for key, value in made.set.items() if key not in held or held[key] != value},
                      made.remove & set(held))
        if not left.set and not left.remove:
            return 1, 1  # it makes the field present
    else:
        left = Normal(False, {key: value for key, value in made.set.items()
                              if key not in done.set or done.set[key] != value}, made.remove - done.remove)
    return carried_normal(profile, left, is_either) if left.set or left.remove else (0, 0)


def rebase(profile, case):
    patch, onto = patch_of(profile, case["patch"]), patch_of(profile, case["onto"])
    count, members = rest_of(profile, patch, onto, either(case))
    found = doing(profile, [patch], lambda state: merged(profile, state, patch), count, members, [onto], either(case))
    found.more = disagreement(profile, patch, onto, "conflicts")
    if either(case):
        found.more.pop("presence", None)
    return found


def disagreement(profile, patch, other, name):
    """The keys on which two orders differ on some state; else whether the field's presence does."""
    keys, presence, whole = set(), False, False
    for state in tried_states(profile, [patch, other]):
        one = merged(profile, merged(profile, state, patch), other)
        two = merged(profile, merged(profile, state, other), patch)
        if profile == DOCUMENTS and not same(one, two) and not (isinstance(patch, dict) and isinstance(other, dict)):
            whole = True
            continue
        left, right = ({} if each is ABSENT else each for each in (one, two))
        keys |= {key for key in {**left, **right} if not same(left.get(key, ABSENT), right.get(key, ABSENT))} \
            if isinstance(left, dict) and isinstance(right, dict) else set()
        presence |= (one is ABSENT) != (two is ABSENT)
    answer = {name: sorted(keys)}
    if presence and not keys:
        answer["presence"] = True
    if whole:
        answer["whole"] = True
    return answer


def conflicts(profile, case):
    patch, other = patch_of(profile, case["patch"]), patch_of(profile, case["other"])
    return {"outcome": "ok", **disagreement(profile, patch, other, "keys")}


def commutes(profile, case):
    patch, other = patch_of(profile, case["patch"]), patch_of(profile, case["other"])
    both = all(same(merged(profile, merged(profile, state, patch), other),
                    merged(profile, merged(profile, state, other), patch))
               for state in tried_states(profile, [patch, other]))
    return {"outcome": "ok", "value": "true" if both else "false"}


def lost(before, replacement, pointer):
    """The shallowest members that an object has and the one in its place does not name."""
    if not isinstance(before, dict) or not isinstance(replacement, dict):
        return
    for key, value in before.items():
        if key not in replacement:
            yield pointer + pointer_to(key)
        else:
            yield from lost(value, replacement[key], pointer + pointer_to(key))


def losses_of(profile, stored, patch):
    if profile == DOCUMENTS or patch is UNTOUCHED or stored is ABSENT or not patch:
        return []
    if PROFILES[profile].replaces:
        return list(lost(stored, patch, ""))
    return [each for key, value in patch.items() if key in stored for each in lost(stored[key], value, pointer_to(key))]


def losses(profile, case):
    stored, patch = state_of(profile, case["stored"]), patch_of(profile, case["patch"])
    return {"outcome": "ok", "pointers": sorted(losses_of(profile, stored, patch))}


def deepen(profile, case):
    stored = state_of(profile, case["stored"])
    if case.get("merge_patch") is not None:
        patch = read(case["merge_patch"])
        if profile != DOCUMENTS and not isinstance(patch, dict):
            raise Refused([violation("expected_object")])
        target = merge_patch(stored, patch)
    else:
        target = model_json_patch.patched(stored, read(case["json_patch"]))
        if profile != DOCUMENTS and target is not ABSENT and not isinstance(target, dict):
            raise Refused([violation("expected_object")])
    return leading(profile, stored, target, either(case))


def changes_of_type(stored, patch, pointer, levels):
    """Where a patch puts a value of another type, on the levels that merge."""
    if isinstance(stored, bool) or isinstance(patch, bool):
        differ = isinstance(stored, bool) != isinstance(patch, bool)
    else:
        differ = type(stored) is not type(patch)
    if differ:
        yield pointer
    elif isinstance(patch, dict) and levels > 0:
        for key, value in patch.items():
            if key in stored and value is not None:
                yield from changes_of_type(stored[key], value, pointer + pointer_to(key), levels - 1)


def unsafe_integers(value, pointer):
    if isinstance(value, Number):
        if value.lexeme.lstrip("-").isdigit() and abs(int(value.lexeme)) > 2**53 - 1:
            yield pointer
    elif isinstance(value, (dict, list)):
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from unsafe_integers(each, pointer + pointer_to(str(key)))


def advise(profile, case):
    stored, patch = state_of(profile, case["stored"]), patch_of(profile, case["patch"])
    found = [("loss", pointer) for pointer in losses_of(profile, stored, patch)]
    if patch is not UNTOUCHED:
        own_name = case.get("field") if profile != "rfc7396" else None  # which is no field, but the whole document
        if isinstance(patch, dict) and list(patch) == [own_name] and patch[own_name] is not None:
            found.append(("field_name", pointer_to(own_name)))
        if profile == "auth0.app_metadata":
            found += [("root_collision", pointer_to(key)) for key, value in patch.items()
                      if key in ROOT_ATTRIBUTES and value is not None]
        if stored is not ABSENT and patch is not None:
            levels = 1_000_000 if profile == DOCUMENTS else 1
            found += [("type_change", pointer) for pointer in changes_of_type(stored, patch, "", levels)]
        found += [("unsafe_integer", pointer) for pointer in unsafe_integers(patch, "")]
    return {"outcome": "ok", "advice": sorted(found)}


OPERATIONS = {each.__name__: each for each in (diff, compose, inverse, rebase, conflicts, commutes, losses, deepen, advise)}
