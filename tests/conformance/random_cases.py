#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Holds a driver against the model on random cases.

usage: random_cases.py SEED COUNT -- driver [argument ...]

The cases follow from the seed alone. Results are compared byte for byte in compact form, number lexemes and the order
of members count too; those of the patch algebra by what they do to states; refusals by what is known of their
wording. The exit status is 1 where an answer differs; the first few such cases are printed.
"""

import base64
import random
import sys

import agreement
import model
import model_login
import model_rules
import user_agreement
from algebra_cases import OPERATIONS, AlgebraCases
from driver_process import Driver, DriverError
from login_cases import LoginCases
from rule_cases import OPERATIONS as RULE_OPERATIONS, RuleCases
from user_cases import UserCases

BATCH = 200
MOST_PRINTED = 5

NUMBERS = """0 -0 1 -1 1.0 1.10 10e-1 1e400 -1e400 1e-400 0.0 -0.0e0 1E+2 1e00002 9007199254740993 9223372036854775807
    9223372036854775808 18446744073709551616 -9223372036854775809 1234567890123456789012345678901234567890
    0.1234567890123456789012345678901234567890 3.141592653589793""".split()
LETTERS = ["k", "é", "e\u0301", "漢", "😀", "\U0010ffff"]
KEYS = ["", "a", "b", "c", "d", "e", "plan", "color", "a.b", ".", "$", "$set", "x$", "~", "/", "~1/~0", "__proto__",
        "constructor", "toString", "é", "e\u0301", "😀", "\u0000", "\u001f", "\u007f", "\u2028", "a b", "tab\there",
        "Email", "ID", "a-b_c", 'quo"te', "back\\slash", "100%", "[0]", "0", "1", *model.RESERVED]
PIECES = ["", "x", "blue", 'say "hi"', "back\\slash", "/", "\b\f\n\r\t", "\u0000\u001f", "\u007f", "é漢😀", "a.b$c",
          "\ud7ff\ue000\uffff", "\U00010000"]
BAD_BYTES = [b"\xef\xbb\xbf", b"\xff", b"\x80", b"\xc0\xaf", b"\xe0\x80\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80",
             b"\xf0\x9f\x98", b"\x00", b"\\ud800", b"\\udc00", b"\\ud83d\\ud83d", b"\\u12", b"\\x", b"\"", b",", b"}",
             b"]", b"{", b"[", b":", b"-", b"01", b"1.", b".5", b"1e", b"+1", b"tru", b"nul", b"NaN", b"//", b"\n"]
CHARACTER_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "\b": "b", "\f": "f", "\n": "n", "\r": "r", "\t": "t"}


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def chance(self, share):
        return self.random.random() < share

    def pick(self, choices):
        return self.random.choice(choices)

    def long_text(self, limit):
        """A text whose length is near a limit, in code points."""
        return self.pick(LETTERS)[:1] * (limit + self.pick([-1, 0, 0, 1, 1, 2]))

    def key(self):
        if self.chance(0.02):
            return self.long_text(self.pick([100, 255]))
        if self.chance(0.6):
            return self.pick(KEYS[1:8])
        return self.pick(KEYS)

    def string(self):
        if self.chance(0.05):
            return self.long_text(self.pick([255, 255, 500]))
        return self.pick(PIECES) + self.pick(PIECES)

    # Texts are written at once, not serialized from values: only so can they hold what a value cannot.

    def space(self):
        return "" if self.chance(0.85) else "".join(self.pick(" \t\r\n") for _ in range(self.random.randint(1, 3)))

    def string_text(self, value):
        share = self.pick([0, 0, 0.2, 1]) if len(value) < 50 else self.pick([0, 0, 0.1])
        written = []
        for character in value:
            must = character < " " or character in '"\\'
            if not must and not (share and self.chance(share)):
                written.append(character)
            elif character in CHARACTER_ESCAPES and self.chance(0.7):
                written.append("\\" + CHARACTER_ESCAPES[character])
            else:
                units = character.encode("utf-16-be")
                for at in range(0, len(units), 2):
                    unit = f"{units[at]:02x}{units[at + 1]:02x}"
                    written.append("\\u" + (unit.upper() if self.chance(0.5) else unit))
        return '"' + "".join(written) + '"'

    def members_text(self, count, value_text):
        texts = []
        for _ in range(count):
            texts.append(self.space() + self.string_text(self.key()) + self.space() + ":" + value_text())
        for _ in range(len(texts) if self.chance(0.1) else 0):
            texts.append(self.pick(texts).partition(":")[0] + ":" + value_text())
        return "{" + (",".join(texts) or self.space()) + "}"

    def value_text(self, depth=0):
        kind = self.random.random()
        if kind < 0.25:
            text = self.string_text(self.string())
        elif kind < 0.4:
            text = self.pick(["null", "true", "false"])
        elif kind < 0.6:
            text = self.pick(NUMBERS)
        elif kind < 0.62:
            nesting = self.pick([508, 509, 510, 511, 512, 513]) if self.chance(0.05) else self.random.randint(2, 40)
            opened = [self.pick([("[", "]"), ('{"n":', "}")]) for _ in range(nesting)]
            text = "".join(each[0] for each in opened) + "0" + "".join(each[1] for each in reversed(opened))
        elif depth > 3:
            text = self.pick(["{}", "[]"])
        elif kind < 0.8:
            inside = [self.value_text(depth + 1) for _ in range(self.random.randint(0, 3))]
            text = "[" + (",".join(inside) or self.space()) + "]"
        else:
            text = self.members_text(self.random.randint(0, 4), lambda: self.value_text(depth + 1))
        return self.space() + text + self.space()

    def string_or_null_text(self):
        if self.chance(0.04):
            return self.value_text()
        return "null" if self.chance(0.25) else self.string_text(self.string())

    def numbered_members_text(self, count, value_text):
        """Many members with keys of their own, to come near a limit of their number."""
        first = self.random.randint(0, 12)
        return "{" + ",".join(f'"n{first + i}":{value_text()}' for i in range(count)) + "}"

    def mutated(self, text):
        """A text that is malformed, most of the time."""
        at = self.random.randint(0, len(text))
        how = self.random.randint(0, 5)
        if how == 0:
            return text[:at]
        if how == 1:
            return text[:at] + self.pick(BAD_BYTES) + text[at:]
        if how == 2:
            return text[:at] + text[at + 1:]
        if how == 3:
            return text[:at] + bytes([self.random.randint(0, 255)]) + text[at + 1:]
        if how == 4:
            return self.pick(BAD_BYTES) + text
        return text + self.pick([*BAD_BYTES, b" ", b"{}", text])

    def text(self, profile, is_patch):
        flat = profile not in ("rfc7396", "auth0.user_metadata", "auth0.app_metadata")
        value_text = self.string_or_null_text if flat else self.value_text
        if self.chance(0.05 if profile != "rfc7396" else 0.3):
            text = self.value_text()
        elif self.chance(0.1) and is_patch:
            text = self.pick(["{}", " { } ", "null", "{\n}"])
        elif flat and self.chance(0.15):
            text = self.numbered_members_text(self.pick([1, 4, 9, 10, 11, 24, 25, 26]), value_text)
        else:
            text = self.members_text(self.random.randint(0, 5), value_text)
        data = text.encode()
        return self.mutated(data) if self.chance(0.12) else data

    def case(self, number):
        if self.chance(0.1):
            return self.pick([RuleCases, LoginCases])(self).case(number)
        if self.chance(0.3):
            return UserCases(self).case(number)
        profile = self.pick([*model.PROFILES, "rfc7396"])
        if self.chance(0.7):
            return AlgebraCases(self).case(number, profile)
        case = {"id": f"random.{number}", "profile": profile, "op": self.pick(["apply", "apply", "validate", "size"])}
        case["stored"] = None if self.chance(0.2) else self.text(profile, False)
        case["patch"] = None if self.chance(0.03) else self.text(profile, True)
        return case


def request_of(case):
    request = {}
    for name, given in case.items():
        if isinstance(given, list):
            request[name] = [each.decode() if isinstance(each, bytes) else each for each in given]
        elif not isinstance(given, bytes):
            request[name] = given
        else:
            try:
                request[name] = given.decode()
            except UnicodeDecodeError:
                request[name + "_base64"] = base64.b64encode(given).decode()
    return request


def expected_of(case):
    """What the model answers, with the value as compact text."""
    answer = (model_login if case["op"] in model_login.OPERATIONS else model).answer(case)
    return {**answer, "value": model.compact(answer["value"])} if "value" in answer else answer


def comparable(result, expected):
    """A driver's result in the form of what is expected; of a violation only the members that are expected of it."""
    answer = {key: value for key, value in result.items() if key != "id"}
    if "value" in answer:
        try:
            answer["value"] = model.compact(model.read(answer["value"].encode()))
        except model.Refused as refusal:
            answer["value"] = f"unreadable: {refusal}"
    if "warnings" in answer:
        for warnings in (answer["warnings"], expected["warnings"]):
            warnings.sort(key=repr)
    if answer.get("outcome") == expected["outcome"] == "rejected":
        asked = [*map(set, expected["violations"])] + [set()] * len(answer["violations"])
        answer["violations"] = [{key: value for key, value in each.items() if key in names or not names}
                                for each, names in zip(answer["violations"], asked)]
    return answer


def fault_of(case, result):
    """What is wrong with a driver's result; None where nothing is."""
    if case["op"] in RULE_OPERATIONS:
        return model_rules.fault(case, result)
    if case["op"] in user_agreement.OPERATIONS:
        return user_agreement.fault(case, result)
    if case["op"] in OPERATIONS:
        return agreement.fault(case, result)
    expected = expected_of(case)
    return None if comparable(result, expected) == expected else f"not {expected}"


def main():
    if len(sys.argv) < 5 or sys.argv[3] != "--":
        sys.exit(__doc__)
    seed, count = int(sys.argv[1]), int(sys.argv[2])
    generator = Generator(seed)
    different = 0
    outcomes = {}
    with Driver(sys.argv[4:]) as driver:
        driver.start()
        for first in range(0, count, BATCH):
            cases = [generator.case(number) for number in range(first, min(first + BATCH, count))]
            try:
                results = driver.run([request_of(case) for case in cases])
            except DriverError as error:
                raise DriverError(f"{error}, in {cases[0]['id']} to {cases[-1]['id']} of seed {seed}") from error
            for case, result in zip(cases, results):
                fault = fault_of(case, result)
                outcomes[result["outcome"]] = outcomes.get(result["outcome"], 0) + 1
                if fault is not None:
                    different += 1
                    if different <= MOST_PRINTED:
                        print(f"{case['id']} of seed {seed}\n  case     {request_of(case)}\n  fault    {fault}\n"
                              f"  got      {result}")
        status = driver.stop()
    summary = ", ".join(f"{number} {outcome}" for outcome, number in sorted(outcomes.items()))
    print(f"{count} random cases of seed {seed} ({summary}): {different} differ, driver status {status}")
    return 1 if different or status else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except DriverError as error:
        sys.exit(str(error))
