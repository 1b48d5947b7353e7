# SPDX-License-Identifier: BSL-1.0
"""How many bodies, of how many members, a change takes at least: naive, and written from the rules alone.

Where several answers are right, what is asked of bodies is their number, and what they do to states that are tried.
"""

from dataclasses import dataclass, field
from typing import Callable

from model import ABSENT, PROFILES, check_patch, merge_patch, violation
from model_states import (DOCUMENTS, accepted, but_for_presence, clears, is_valid, merged, pointer_to, same,
                          tried_states)


class Impossible(Exception):
    """No bodies do it. The reasons are violations; none where they are those of any body that one could try."""

    def __init__(self, reasons=()):
        super().__init__(reasons)
        self.reasons = reasons


@dataclass
class Bodies:
    """What is asked of bodies."""
    count: int
    members: int | None  # in all bodies; None where that is left open
    do: Callable  # whether bodies do what they are to
    more: dict = field(default_factory=dict)  # what the answer says besides


def members_in(profile, body):
    """How many members a body has; on all levels that merge."""
    if not isinstance(body, dict):
        return 0
    if profile != DOCUMENTS:
        return len(body)
    return sum(1 + members_in(profile, value) for value in body.values())


def chunks(profile, count):
    """How many bodies so many members take."""
    most = PROFILES[profile].members
    return 1 if most is None else -(-count // most)


def must_be_valid(profile, members):
    """Every member may stand in a body."""
    if not all(is_valid(profile, {key: value}) for key, value in members.items()):
        raise Impossible()


def carried(profile, from_state, to_state, either=False):
    """How many bodies, of how many members, lead from one state to another.

    Where either will do, an absent field is an empty one, before and after.
    """
    if either:
        from_state, to_state = but_for_presence(from_state), but_for_presence(to_state)
    if same(from_state, to_state):
        return 0, 0
    if to_state is ABSENT:
        if profile == DOCUMENTS or not PROFILES[profile].cleared_is_absent:
            raise Impossible([violation("unreachable_state")])
        return 1, 0
    if profile == DOCUMENTS:
        body = merging(from_state, to_state, "")
        return 1, members_in(profile, body)
    rules = PROFILES[profile]
    if not rules.replaces:
        changed = {key: value for key, value in to_state.items()
                   if from_state is ABSENT or key not in from_state or from_state[key] != value}
        nulls = [key for key, value in changed.items() if value is None]
        if nulls:
            raise Impossible([violation("unreachable_null", pointer_to(key)) for key in nulls])
        gone = {} if from_state is ABSENT else {key: None for key in from_state if key not in to_state}
        found = without_clear(profile, from_state, to_state, changed, gone)
        if found:
            return found
    nulls = [key for key, value in to_state.items() if value is None]
    if nulls:
        raise Impossible([violation("unreachable_null", pointer_to(key)) for key in nulls] if rules.replaces else ())
    must_be_valid(profile, to_state)
    if rules.members is not None and len(to_state) > rules.members:
        raise Impossible()
    if rules.replaces:
        return 1, len(to_state) or int(rules.cleared_is_absent and not either)
    if not to_state:
        return (2, 1) if rules.cleared_is_absent and not either else (1, 0)
    return 1 + chunks(profile, len(to_state)), len(to_state)


def without_clear(profile, from_state, to_state, changed, gone):
    """As `carried`, by setting and removing alone, if that is possible."""
    rules = PROFILES[profile]
    if not is_valid_set(profile, changed):
        raise Impossible()  # a clear would have to set the same
    if not all(is_valid(profile, {key: None}) for key in gone):
        return None
    if not changed and not gone:
        return (1, 1) if rules.cleared_is_absent else (1, 0)
    stored = 0 if from_state is ABSENT else len(from_state)
    if rules.members is not None:
        first = min(len(gone), rules.members)
        if stored - first > rules.members or len(to_state) > rules.members:
            return None  # the first result has too many members, or the last
    return chunks(profile, len(changed) + len(gone)), len(changed) + len(gone)


def is_valid_set(profile, members):
    return all(is_valid(profile, {key: value}) for key, value in members.items())


def merging(before, after, pointer):
    """The merge patch that makes one document of another."""
    if not isinstance(after, dict):
        return after
    found = {key: None for key in before if key not in after} if isinstance(before, dict) else {}
    blocked = []
    for key, value in after.items():
        if isinstance(before, dict) and key in before and before[key] == value:
            continue
        if value is None:
            blocked.append(violation("unreachable_null", pointer + pointer_to(key)))
            continue
        try:
            found[key] = merging(before.get(key) if isinstance(before, dict) else ABSENT, value, pointer + pointer_to(key))
        except Impossible as reason:
            blocked += reason.reasons
    if blocked:
        raise Impossible(blocked)
    return found


def names_none_but(bodies, known):
    """Whether bodies name no key that none of some objects has."""
    return all(any(isinstance(each, dict) and key in each for each in known) for body in bodies for key in body or {})


def leading(profile, from_state, to_state, either=False):
    count, members = carried(profile, from_state, to_state, either)

    def do(bodies):
        state = from_state
        for body in bodies:
            state = accepted(profile, state, body)
        if either:
            return same(but_for_presence(state), but_for_presence(to_state)) and \
                names_none_but(bodies, [from_state, to_state])
        return same(state, to_state)

    return Bodies(count, members, do)


def doing(profile, patches, effect, count, members=None, before=(), either=False):
    """Bodies that do to every state, behind what comes `before`, what `effect` does."""

    def do(bodies):
        if either and not names_none_but(bodies, [*patches, *before]):
            return False
        for body in bodies:
            if profile != DOCUMENTS:
                check_patch(PROFILES[profile], body)
        for state in tried_states(profile, [*patches, *bodies, *before]):
            for patch in before:
                state = merged(profile, state, patch)
            made = state
            for body in bodies:
                made = merged(profile, made, body)
            wanted = effect(state)
            if either:
                made, wanted = but_for_presence(made), but_for_presence(wanted)
            if not same(made, wanted):
                return False
        return True

    return Bodies(count, members, do)


# --- patches of the first level, in normal form -------------------------------------------------------------------


@dataclass
class Normal:
    clear: bool
    set: dict
    remove: set


def normal(profile, patch):
    members = patch or {}
    return Normal(clears(profile, patch), {key: value for key, value in members.items() if value is not None},
                  {key for key, value in members.items() if value is None})


def composed(p, q):
    if p is None or q is None or q.clear:
        return p if q is None else q
    return Normal(p.clear, {**{key: value for key, value in p.set.items() if key not in q.remove}, **q.set},
                  (p.remove - set(q.set)) | q.remove)


def carried_normal(profile, made, either=False):
    """How many bodies, of how many members, a patch takes where the state is not known."""
    rules = PROFILES[profile]
    must_be_valid(profile, made.set)
    if rules.replaces:
        if rules.members is not None and len(made.set) > rules.members:
            raise Impossible()
        return 1, len(made.set) or int(bool(made.remove) and rules.cleared_is_absent and not either)
    if made.clear:
        members = len(made.set) or int(bool(made.remove) and rules.cleared_is_absent and not either)
        return 1 + (chunks(profile, members) if members else 0), members
    must_be_valid(profile, {key: None for key in made.remove})
    members = len(made.set) + len(made.remove)
    return chunks(profile, members), members


# --- RFC 7396 patches, as functions of what is stored -------------------------------------------------------------
# A function is KEEP, Always(value) (ABSENT: removed), or Merge(functions of the members), which makes objects of all else.

KEEP = None


@dataclass
class Always:
    value: object


@dataclass
class Merge:
    members: dict


def after(function, patch, is_member=False):
    """A function, and then a patch."""
    if not isinstance(patch, dict):
        return Always(ABSENT if patch is None and is_member else patch)
    if isinstance(function, Always):
        return Always(merge_patch(function.value, patch))
    members = dict(function.members) if isinstance(function, Merge) else {}
    for key, value in patch.items():
        members[key] = after(members.get(key, KEEP), value, True)
    return Merge(members)


def is_one_patch(function):
    """Whether one merge patch does it: what is set to an object would merge with what is stored."""
    if isinstance(function, Merge):
        return all(map(is_one_patch, function.members.values()))
    return not isinstance(function.value, dict)
