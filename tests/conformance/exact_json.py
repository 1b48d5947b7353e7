# SPDX-License-Identifier: BSL-1.0
"""JSON read so that nothing is lost: numbers are exact, and the same key twice is noticed."""

import json
import re
import sys
from decimal import Decimal

# A field may nest 512 levels, and a level costs the reader more than one call.
sys.setrecursionlimit(20_000)
sys.set_int_max_str_digits(0)


class Number:
    """A number as it is written. Two are equal when their values are: 1, 1.0 and 10e-1 are."""

    def __init__(self, lexeme):
        self.lexeme = lexeme

    @property
    def value(self):
        """Sign, digits and decimal exponent, the same for all ways to write a number."""
        mantissa, _, exponent = self.lexeme.lower().partition("e")
        sign, digits, shift = Decimal(mantissa).as_tuple()
        text = "".join(map(str, digits)).lstrip("0")
        short = text.rstrip("0")
        if not short:
            return (0, "", 0)
        return (sign, short, int(exponent or 0) + shift + len(text) - len(short))

    def __eq__(self, other):
        return isinstance(other, Number) and self.value == other.value

    def __hash__(self):
        return hash(self.value)

    def __repr__(self):
        return self.lexeme


def has_duplicates(text):
    """Whether an object of a JSON text has the same key twice."""
    found = []

    def members(pairs):
        found.append(len(dict(pairs)) != len(pairs))

    json.loads(text, object_pairs_hook=members)
    return any(found)


def raw_members(text):
    """The text of each first-level member of an object's text, by key."""
    decoder = json.JSONDecoder()
    space = re.compile(r"[ \t\r\n]*")

    def after_space(at):
        return space.match(text, at).end()

    found = {}
    at = after_space(after_space(0) + 1)
    while text[at] != "}":
        key, at = decoder.raw_decode(text, after_space(at))
        start = after_space(after_space(at) + 1)
        _, end = decoder.raw_decode(text, start)
        found[key] = text[start:end]
        at = after_space(end)
        at += text[at] == ","
    return found
