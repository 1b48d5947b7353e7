# SPDX-License-Identifier: BSL-1.0
"""What apply, validate and size mean: naive, slow, and written from the rules alone, as a check on the library.

A value is None, True, False, a str, a Number, a list or a dict. A text is bytes; None is an absent field or a missing
patch. Each operation gives the answer of the conformance protocol, with the value of `apply` still a value.
"""

from dataclasses import dataclass

from exact_json import Number

MAX_NESTING = 512


class Refused(Exception):
    def __init__(self, violations):
        super().__init__(violations)
        self.violations = violations


def violation(code, pointer="", **more):
    return {"code": code, "pointer": pointer, **more}


# --- texts -------------------------------------------------------------------------------------------------------

HEX = b"0123456789abcdefABCDEF"
TAIL = range(0x80, 0xC0)
PLAIN = [b for b in range(0x20, 0x80) if b not in b'"\\']
# Everything that may stand in a string, each a sequence of sets of bytes.
STRING_UNITS = [
    [PLAIN],
    [range(0xC2, 0xE0), TAIL],
    [[0xE0], range(0xA0, 0xC0), TAIL],
    [[*range(0xE1, 0xED), 0xEE, 0xEF], TAIL, TAIL],
    [[0xED], range(0x80, 0xA0), TAIL],
    [[0xF0], range(0x90, 0xC0), TAIL, TAIL],
    [range(0xF1, 0xF4), TAIL, TAIL, TAIL],
    [[0xF4], range(0x80, 0x90), TAIL, TAIL],
    [b"\\", b'"\\/bfnrt'],
    [b"\\", b"u", b"0123456789abcABCefEF", HEX, HEX, HEX],
    [b"\\", b"u", b"dD", b"01234567", HEX, HEX],
    [b"\\", b"u", b"dD", b"89abAB", HEX, HEX, b"\\", b"u", b"dD", b"cdefCDEF", HEX, HEX],
]
STRING_UNITS = [[frozenset(each) for each in unit] for unit in STRING_UNITS]
ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
DIGITS = b"0123456789"


class Reader:
    def __init__(self, text, nesting=MAX_NESTING):
        self.text = text
        self.nesting = nesting
        self.at = 0
        self.depth = 0

    def peek(self):
        return self.text[self.at] if self.at < len(self.text) else None

    def fail(self):
        raise Refused([violation("malformed_json", offset=self.at)])

    def space(self):
        while self.peek() is not None and self.peek() in b" \t\r\n":
            self.at += 1

    def take(self, allowed):
        if self.peek() is None or self.peek() not in allowed:
            self.fail()
        self.at += 1

    def digits(self):
        self.take(DIGITS)
        while self.peek() is not None and self.peek() in DIGITS:
            self.at += 1

    def number(self):
        start = self.at
        if self.peek() == ord("-"):
            self.at += 1
        if self.peek() == ord("0"):
            self.at += 1
        else:
            self.digits()
        if self.peek() == ord("."):
            self.at += 1
            self.digits()
        if self.peek() is not None and self.peek() in b"eE":
            self.at += 1
            if self.peek() is not None and self.peek() in b"+-":
                self.at += 1
            self.digits()
        return Number(self.text[start:self.at].decode())

    def string_unit(self):
        """What one unit of a string means; refused where none of them can go on."""
        longest = 0
        for unit in STRING_UNITS:
            length = 0
            for allowed in unit:
                at = self.at + length
                if at == len(self.text) or self.text[at] not in allowed:
                    break
                length += 1
            if length == len(unit):
                found = self.text[self.at:self.at + length].decode()
                self.at += length
                return found
            longest = max(longest, length)
        self.at += longest
        return self.fail()

    def string(self):
        self.take(b'"')
        value = []
        while self.peek() != ord('"'):
            unit = self.string_unit()
            if unit[0] != "\\":
                value.append(unit)
            elif unit[1] != "u":
                value.append(ESCAPES.get(unit[1], unit[1]))
            elif len(unit) == 6:
                value.append(chr(int(unit[2:], 16)))
            else:
                high, low = int(unit[2:6], 16), int(unit[8:], 16)
                value.append(chr(0x10000 + (high - 0xD800) * 0x400 + low - 0xDC00))
        self.at += 1
        return "".join(value)

    def word(self, word, value):
        for letter in word:
            self.take(bytes([letter]))
        return value

    def members(self, close, read_one):
        """What stands between brackets."""
        if self.depth == self.nesting:
            raise Refused([violation("too_deep", limit=self.nesting)])
        self.depth += 1
        self.at += 1
        self.space()
        if self.peek() != close:
            read_one()
            while self.peek() == ord(","):
                self.at += 1
                self.space()
                read_one()
        self.take(bytes([close]))
        self.depth -= 1

    def array(self):
        values = []

        def element():
            values.append(self.value())
            self.space()

        self.members(ord("]"), element)
        return values

    def object(self):
        values = {}

        def member():
            key = self.string()
            self.space()
            self.take(b":")
            values[key] = self.value()  # a key that is there keeps its place
            self.space()

        self.members(ord("}"), member)
        return values

    def value(self):
        self.space()
        first = self.peek()
        if first == ord("{"):
            return self.object()
        if first == ord("["):
            return self.array()
        if first == ord('"'):
            return self.string()
        for word, value in ((b"true", True), (b"false", False), (b"null", None)):
            if first == word[0]:
                return self.word(word, value)
        return self.number()


def read(text, nesting=MAX_NESTING):
    reader = Reader(text, nesting)
    value = reader.value()
    reader.space()
    if reader.peek() is not None:
        reader.fail()
    return value


def compact(value):
    """The compact text of a value."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, Number):
        return value.lexeme
    if isinstance(value, list):
        return "[" + ",".join(compact(each) for each in value) + "]"
    if isinstance(value, dict):
        return "{" + ",".join(f"{compact(key)}:{compact(each)}" for key, each in value.items()) + "}"
    short = {'"': '\\"', "\\": "\\\\", **{meaning: "\\" + letter for letter, meaning in ESCAPES.items()}}
    return '"' + "".join(short.get(c) or (f"\\u{ord(c):04x}" if c < " " else c) for c in value) + '"'


def size_of(value):
    return len(compact(value).encode())


# --- profiles ----------------------------------------------------------------------------------------------------

LETTERS_AND_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
RESERVED = """__tenant _id blocked clientID created_at email_verified email globalClientID global_client_id identities
    lastIP lastLogin loginsCount metadata multifactor_last_modified multifactor updated_at user_id username""".split()


@dataclass(frozen=True)
class Profile:
    replaces: bool = False
    cleared_is_absent: bool = False
    null_clears: bool = False
    forbidden: str = ""
    allowed: str = ""  # nothing: every character
    reserved: tuple = ()
    members: int | None = None
    key: int | None = None
    string: int | None = None  # where there is a limit, the values are strings
    null_removes: bool = True
    bytes: int | None = None


SESSION = Profile(replaces=True, cleared_is_absent=True, null_clears=True, allowed=LETTERS_AND_DIGITS + "_-",
                  members=25, key=255, string=255)
PROFILES = {
    "auth0.user_metadata": Profile(forbidden=".$", bytes=16 * 1024 * 1024),
    "auth0.app_metadata": Profile(cleared_is_absent=True, forbidden=".$", reserved=tuple(RESERVED),
                                  bytes=16 * 1024 * 1024),
    "auth0.client_metadata": Profile(allowed=LETTERS_AND_DIGITS + "\t " + ':,-+=_*?"/\\()<>@', members=10, key=255,
                                     string=255),
    "auth0.organization_metadata": Profile(replaces=True, cleared_is_absent=True, members=25, key=255, string=255),
    "auth0.connection_metadata": Profile(replaces=True, cleared_is_absent=True, members=10, key=255, string=255),
    "auth0.domain_metadata": Profile(members=10, key=255, string=255),
    "auth0.session_metadata": SESSION,
    "auth0.refresh_token_metadata": SESSION,
    "auth0.agent_metadata": Profile(replaces=True, cleared_is_absent=True, null_clears=True, bytes=10 * 1024),
    "auth0.signup_user_metadata": Profile(replaces=True, forbidden=".$", members=10, key=100, string=500,
                                          null_removes=False),
}


def check_key(rules, key, level, pointer, found):
    if any(c in rules.forbidden or (rules.allowed and c not in rules.allowed) for c in key):
        found.append(violation("invalid_key_character", pointer))
    if level == 1 and key in rules.reserved:
        found.append(violation("reserved_key", pointer))
    if level == 1 and rules.key is not None and len(key) > rules.key:
        found.append(violation("key_too_long", pointer, limit=rules.key, actual=len(key)))


def check_inside(rules, value, level, pointer, found):
    """The keys below the first level."""
    if isinstance(value, list):
        for index, each in enumerate(value):
            check_inside(rules, each, level + 1, f"{pointer}/{index}", found)
    if isinstance(value, dict):
        for key, each in value.items():
            place = pointer + "/" + key.replace("~", "~0").replace("/", "~1")
            check_key(rules, key, level, place, found)
            check_inside(rules, each, level + 1, place, found)


def check_patch(rules, patch):
    if patch is None and rules.null_clears:
        return
    if not isinstance(patch, dict):
        raise Refused([violation("expected_object")])
    found = []
    if rules.members is not None and len(patch) > rules.members:
        found.append(violation("too_many_members", limit=rules.members, actual=len(patch)))
    for key, value in patch.items():
        pointer = "/" + key.replace("~", "~0").replace("/", "~1")
        check_key(rules, key, 1, pointer, found)
        if rules.string is None:
            check_inside(rules, value, 2, pointer, found)
        elif isinstance(value, str):
            if len(value) > rules.string:
                found.append(violation("value_too_long", pointer, limit=rules.string, actual=len(value)))
        elif value is not None or not rules.null_removes:
            found.append(violation("invalid_value_type", pointer))
    if found:
        raise Refused(found)


def check_result(rules, result):
    found = []
    if rules.members is not None and len(result) > rules.members:
        found.append(violation("too_many_members", limit=rules.members, actual=len(result)))
    if rules.bytes is not None and size_of(result) > rules.bytes:
        found.append(violation("too_large", limit=rules.bytes, actual=size_of(result)))
    if found:
        raise Refused(found)


ABSENT = object()


def keeps_nothing(rules, patch_text):
    """Whether a body keeps nothing of what is stored, as one that is to replace the field, admitted or not."""
    if patch_text is None or rules.replaces:
        return patch_text is not None
    try:
        patch = read(patch_text)
    except Refused:
        return False
    return patch == {} or (patch is None and rules.null_clears)


def patched(profile, stored_text, patch_text):
    """The field afterwards, or ABSENT."""
    stored = ABSENT if stored_text is None else read(stored_text)
    if profile == "rfc7396":
        return stored if patch_text is None else merge_patch(stored, read(patch_text))
    rules = PROFILES[profile]
    if stored is not ABSENT and not isinstance(stored, dict):
        if not keeps_nothing(rules, patch_text):
            raise Refused([violation("expected_object")])
        stored = ABSENT
    if patch_text is None:
        return stored
    patch = read(patch_text)
    check_patch(rules, patch)
    if not patch:
        return ABSENT if rules.cleared_is_absent else {}
    result = {} if stored is ABSENT or rules.replaces else dict(stored)
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = value
    check_result(rules, result)
    return result


def merge_patch(target, patch):
    """RFC 7396, section 2."""
    if not isinstance(patch, dict):
        return patch
    result = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = merge_patch(result.get(key), value)
    return result


def answer(case):
    """The answer to a case: its `op`, `profile`, and the bytes of `stored` and `patch`."""
    try:
        if case["op"] == "size":
            return {"outcome": "ok", "bytes": 0 if case["stored"] is None else size_of(read(case["stored"]))}
        result = patched(case["profile"], case["stored"], case["patch"])
    except Refused as refusal:
        return {"outcome": "rejected", "violations": refusal.violations}
    if case["op"] == "validate":
        return {"outcome": "ok"}
    if result is ABSENT:
        return {"outcome": "ok", "field": "absent"}
    return {"outcome": "ok", "field": "present", "value": result}
