# SPDX-License-Identifier: BSL-1.0
"""Random cases of the patch algebra: texts that have much in common, so that something is left to tell apart.

A tree is the text of a value that is no object, or a list of members: keys and trees.
"""

OPERATIONS = "diff compose inverse rebase conflicts commutes losses deepen advise".split()
TEXT_NAMES = ("stored", "from", "to", "patch", "onto", "other", "merge_patch", "json_patch")
KEYS = ["a", "a", "b", "c", "d", "e-f"]
ODD_KEYS = ["", "a.b", "$x", "email", "user_id", "nickname", "picture", "metadata", "é", "~/", "a b", "__proto__", "_"]
# Of each value one is written as an integer in one way alone: an integer is advised of where it is written as one.
LEAVES = ["1", "1", "1.0", "10e-1", "2", "-2", "1.10", "1e400", "9007199254740993", "1234567890123456789012345678901234567890",
          '"x"', '"x"', '"y"', '"\\u0078"', "true", "false", "[]", "[1]", "[1.0]", "[null]", '[{"p":null}]']
STRINGS = ['"x"', '"x"', '"y"', '"z"', '""', '"\\u0078"']
FLAT = {"auth0.client_metadata": 10, "auth0.organization_metadata": 25, "auth0.connection_metadata": 10,
        "auth0.domain_metadata": 10, "auth0.session_metadata": 25, "auth0.refresh_token_metadata": 25,
        "auth0.signup_user_metadata": 10}


def is_utf8(data):
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


class Trees:
    """Trees of one profile."""

    def __init__(self, generator, profile):
        self.random = generator.random
        self.chance = generator.chance
        self.pick = generator.pick
        self.flat = profile in FLAT
        self.nulls_in_objects = profile not in FLAT and profile != "rfc7396"

    def key(self, level):
        return self.pick(ODD_KEYS) if self.chance(0.02 if level == 1 else 0.05) else self.pick(KEYS)

    def value(self, level, nulls):
        if self.chance(nulls):
            return "null"
        if self.flat and not self.chance(0.01):
            return self.pick(STRINGS)
        if level < 4 and self.chance(0.45):
            inside = 0.15 if self.nulls_in_objects and level > 1 else nulls
            return self.members(level + 1, self.random.randint(0, 3), inside)
        return self.pick(LEAVES)

    def members(self, level, count, nulls):
        found = {}
        for _ in range(count):
            found[self.key(level)] = self.value(level, nulls)
        return list(found.items())

    def object(self, nulls):
        if self.flat and self.chance(0.2):
            first = self.random.randint(0, 30)
            count = self.pick([3, 8, 9, 10, 11, 15, 20, 21, 24, 25, 26])
            return [(f"n{first + at}", self.value(1, nulls)) for at in range(count)]
        return self.members(1, self.pick([0, 1, 1, 2, 2, 3, 4]), nulls)

    def varied(self, tree, nulls, level=1):
        """Another tree, mostly the same."""
        if isinstance(tree, str):
            return tree if self.chance(0.6) else self.value(level, nulls)
        members = {}
        for key, value in tree:
            if not self.chance(0.2):
                members[key] = value if self.chance(0.5) else self.varied(value, nulls, level + 1)
        if self.chance(0.4):
            members[self.key(level)] = self.value(level, nulls)
        if nulls:
            for key in list(members):
                members[key] = "null" if self.chance(nulls / 2) else members[key]
        members = list(members.items())
        if self.chance(0.2):
            self.random.shuffle(members)
        return members


class AlgebraCases:
    def __init__(self, generator):
        self.generator = generator
        self.random, self.chance, self.pick = generator.random, generator.chance, generator.pick

    def text(self, tree):
        if isinstance(tree, str):
            return self.generator.space() + tree + self.generator.space()
        members = [(key, self.text(value)) for key, value in tree]
        if members and self.chance(0.03):
            members.insert(0, (self.pick(members)[0], self.pick(LEAVES)))  # a loser
        written = [f"{self.generator.string_text(key)}:{value}" for key, value in members]
        return "{" + (",".join(written) or self.generator.space()) + "}"

    def bytes(self, tree):
        data = self.text(tree).encode()
        return self.generator.mutated(data) if self.chance(0.015) else data

    def document(self, trees, nulls):
        """What a text is of: for RFC 7396 any value."""
        if trees.flat or trees.nulls_in_objects:
            return self.pick(["null", "[]", "1"]) if self.chance(0.01) else trees.object(nulls)
        return "null" if self.chance(0.08) else trees.value(1, nulls) if self.chance(0.3) else trees.object(nulls)

    def case(self, number, profile):
        trees = Trees(self.generator, profile)
        op = self.pick(OPERATIONS)
        case = {"id": f"random.{number}", "profile": profile, "op": op}
        # What is stored holds few nulls: none was put there by a patch.
        stored_nulls = 0 if self.chance(0.8) else 0.1
        stored = self.document(trees, stored_nulls)

        def state(tree):
            return None if self.chance(0.12) else self.bytes(tree)

        def patch():
            if self.chance(0.05):
                return None
            if self.chance(0.12):
                return self.bytes([])
            if self.chance(0.04):
                return self.bytes("null")
            return self.bytes(trees.varied(stored, 0.3) if self.chance(0.6) else self.document(trees, 0.3))

        if op in ("diff", "compose", "inverse", "rebase", "deepen") and profile != "rfc7396" and self.chance(0.4):
            case["presence"] = self.pick(["either", "either", "exact"])
        if op == "diff":
            case["from"] = state(stored)
            case["to"] = case["from"] if self.chance(0.05) else state(
                trees.varied(stored, stored_nulls) if self.chance(0.8) else self.document(trees, stored_nulls))
        elif op == "compose":
            case["patches"] = [patch() for _ in range(self.pick([0, 1, 2, 2, 2, 3, 4]))]
            if not all(each is None or is_utf8(each) for each in case["patches"]):
                case["patches"] = []  # base64 has no place in a list
        elif op in ("inverse", "losses", "advise"):
            case |= {"stored": state(stored), "patch": patch()}
            if op == "advise" and self.chance(0.3):
                case["field"] = self.pick(["a", "b", "user_metadata"])
                if self.chance(0.5):
                    case["patch"] = self.bytes([(case["field"], self.pick(["null", "true"]))])
        elif op == "deepen":
            case["stored"] = state(stored)
            if self.chance(0.5):
                case["merge_patch"] = patch() or b"{}"
            else:
                case["json_patch"] = self.json_patch(trees, [] if case["stored"] is None else stored)
        else:
            case |= {"patch": patch(), "onto" if op == "rebase" else "other": patch()}
        return case

    # --- RFC 6902 -----------------------------------------------------------------------------------------------

    def pointer(self, tree):
        """Mostly to what a tree holds."""
        text = ""
        while not isinstance(tree, str) and not self.chance(0.15):
            key, inside = self.pick(tree) if tree and self.chance(0.8) else (self.pick(KEYS), "1")
            text += "/" + key.replace("~", "~0").replace("/", "~1")
            tree = inside
        if isinstance(tree, str) and tree.startswith("["):
            text += self.pick(["", "/0", "/0", "/1", "/-", "/01", "/x", "/0/p"])
        return text if not self.chance(0.02) else self.pick(["x", "/~", "/~2", "/a/", "//", "/-"])

    def value_at(self, tree, pointer):
        for token in pointer.split("/")[1:]:
            tree = dict(tree).get(token) if not isinstance(tree, str) and tree is not None else None
        return tree

    def json_patch(self, trees, stored):
        operations = []
        for _ in range(self.pick([0, 1, 1, 2, 2, 3])):
            name = self.pick(["add", "add", "remove", "replace", "move", "copy", "test"])
            path = self.pointer(stored)
            members = [("op", f'"{name}"'), ("path", self.generator.string_text(path))]
            if name in ("move", "copy"):
                members.append(("from", self.generator.string_text(self.pointer(stored))))
            elif name != "remove":
                there = self.value_at(stored, path)
                members.append(("value", there if name == "test" and there is not None and self.chance(0.8)
                                else trees.value(1, 0.05)))
            if self.chance(0.04):
                del members[self.random.randrange(len(members))]
            if self.chance(0.03):
                members[0] = ("op", self.pick(['"dance"', "1", '"Add"']))
            self.random.shuffle(members)
            operations.append(self.text(members))
        text = "[" + ",".join(operations) + "]" if not self.chance(0.02) else self.pick(["{}", "null", "1"])
        return self.generator.mutated(text.encode()) if self.chance(0.015) else text.encode()
