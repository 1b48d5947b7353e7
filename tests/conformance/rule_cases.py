# SPDX-License-Identifier: BSL-1.0
"""Random cases of Rules and Actions: users, and calls that often set what is stored or was set before."""

import json

from algebra_cases import AlgebraCases, Trees, is_utf8

OPERATIONS = ("rule_user", "rule_updates")
ROOT_KEYS = ["user_id", "name", "a", "b", "email", "app_metadata", "user_metadata"]
FIELDS = {"User": "user_metadata", "App": "app_metadata"}


class RuleCases:
    def __init__(self, generator):
        self.generator = generator
        self.random, self.chance, self.pick = generator.random, generator.chance, generator.pick
        self.trees = Trees(generator, "auth0.user_metadata")
        self.texts = AlgebraCases(generator)

    def text(self, tree):
        """Where it is in a list it cannot come as base64."""
        data = self.texts.bytes(tree)
        return data.decode() if is_utf8(data) else "{"

    def user(self):
        members = [(self.pick(ROOT_KEYS[:5]), self.trees.value(3, 0.1)) for _ in range(self.random.randint(0, 3))]
        for field in FIELDS.values():
            if self.chance(0.04):
                members.append((field, self.pick(["null", "[]", "1"])))
            elif self.chance(0.8):
                members.append((field, self.trees.object(0.05)))
        if self.chance(0.15):
            members.append(("app_metadata", [(self.pick(ROOT_KEYS), self.trees.value(2, 0.1)) for _ in range(3)]))
        self.random.shuffle(members)
        return list(dict(members).items())

    def long_value(self):
        """Near what an Action may set in all."""
        return '"' + "x" * (self.pick([32_768, 32_768, 16_384]) - self.random.randint(0, 20)) + '"'

    def call(self, user):
        kind = self.pick(list(FIELDS))
        stored = dict(user).get(FIELDS[kind], [])
        stored = stored if isinstance(stored, list) else []
        if self.chance(0.25):
            tree = self.trees.varied(stored, 0.3) if self.chance(0.5) else self.trees.object(0.3)
            if self.chance(0.1):
                tree = self.pick(["null", "[]", "1"])
            whom = [self.pick(['"auth0|1"', 'auth0|1', '{"id":"auth0|1"}'])] if self.chance(0.2) else []
            return {"call": f"update{kind}Metadata", "args": [*whom, self.text([] if self.chance(0.1) else tree)]}
        key = self.pick(stored)[0] if stored and self.chance(0.4) else self.trees.key(1)
        value = dict(stored).get(key, "1") if self.chance(0.3) else self.trees.value(2, 0.2)
        value = self.long_value() if self.chance(0.05) else "null" if self.chance(0.15) else value
        written = self.generator.string_text(key) if self.chance(0.5) else json.dumps(key)
        return {"call": f"set{kind}Metadata", "args": [written, self.text(value)]}

    def case(self, number):
        op = self.pick(["rule_user", "rule_updates", "rule_updates", "rule_updates"])
        user = self.user() if not self.chance(0.02) else self.pick(["null", "[]", '"x"'])
        case = {"id": f"random.{number}", "op": op, "stored": None if self.chance(0.01) else self.texts.bytes(user)}
        if op == "rule_updates":
            members = user if isinstance(user, list) else []
            case["calls"] = [self.call(members) for _ in range(self.random.randint(0, 5))]
        return case
