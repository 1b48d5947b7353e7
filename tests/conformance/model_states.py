# SPDX-License-Identifier: BSL-1.0
"""States of a field or a document, and what the merge alone makes of them: naive, and written from the rules alone.

A patch is a body's value, or UNTOUCHED.
"""

from model import ABSENT, PROFILES, Refused, check_patch, check_result, merge_patch, read, violation

UNTOUCHED = object()
DOCUMENTS = "rfc7396"


def pointer_to(key):
    return "/" + key.replace("~", "~0").replace("/", "~1")


def state_of(profile, text):
    if text is None:
        return ABSENT
    value = read(text)
    if profile != DOCUMENTS and not isinstance(value, dict):
        raise Refused([violation("expected_object")])
    return value


def patch_of(profile, text):
    if text is None:
        return UNTOUCHED
    body = read(text)
    if profile != DOCUMENTS and not isinstance(body, dict) and not (body is None and PROFILES[profile].null_clears):
        raise Refused([violation("expected_object")])
    return body


def but_for_presence(state):
    """The members of a state: none where it is absent."""
    return {} if state is ABSENT else state


def clears(profile, patch):
    """Whether a patch drops all that is stored: under a policy that replaces, each does."""
    return patch is not UNTOUCHED and profile != DOCUMENTS and (not patch or PROFILES[profile].replaces)


def merged(profile, state, patch):
    """What the merge alone makes of a state, whatever other rules say."""
    if patch is UNTOUCHED:
        return state
    if profile == DOCUMENTS:
        return merge_patch(state, patch)
    rules = PROFILES[profile]
    if not patch:
        return ABSENT if rules.cleared_is_absent else {}
    result = {} if state is ABSENT or rules.replaces else dict(state)
    for key, value in patch.items():
        result.pop(key, None) if value is None else result.update({key: value})
    return result


def accepted(profile, state, body):
    """The state after a body, as the policy has it; refused where it does."""
    if profile != DOCUMENTS:
        check_patch(PROFILES[profile], body)
    after = merged(profile, state, body)
    if profile != DOCUMENTS and body:
        check_result(PROFILES[profile], after)
    return after


def same(left, right):
    return (left is ABSENT) == (right is ABSENT) and left == right


def is_valid(profile, body):
    try:
        check_patch(PROFILES[profile], body)
    except Refused:
        return False
    return True


def tried_states(profile, patches):
    """States that tell apart what patches do to the keys they name, at every level they merge."""
    patches = [each for each in patches if each is not UNTOUCHED]
    if profile != DOCUMENTS:
        keys = sorted({key for each in patches for key in each or {}})
        whole = {key: f"stored {key}" for key in [*keys, "another"]}
        return [ABSENT, {}, whole, *({key: value} for key, value in whole.items())]
    depth = max([nesting(each) for each in patches], default=0)
    return [ABSENT, None, *(sample(patches, level) for level in range(depth + 2))]


def nesting(value):
    return 1 + max(map(nesting, value.values()), default=0) if isinstance(value, dict) else 0


def sample(patches, levels):
    """A document with every key that patches name on so many levels."""
    objects = [each for each in patches if isinstance(each, dict)]
    if levels == 0:
        return "stored"
    found = {"another": "stored"}
    for key in sorted({key for each in objects for key in each}):
        found[key] = sample([each[key] for each in objects if key in each], levels - 1)
    return found
