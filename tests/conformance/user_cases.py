# SPDX-License-Identifier: BSL-1.0
"""Random requests on users: tokens, bodies and users of every sort that the rules tell apart."""

import json

import model_access
import model_users

USERS = ["auth0|a", "auth0|b"]
SCOPES = sorted({row[0] for table in model_access.TABLES.values() for listed in table.values() for row in listed})
ON_USERS = [each for each in SCOPES if "user" in each]
LONG = "xé😀"


class UserCases:
    def __init__(self, generator):
        self.generator = generator
        self.random, self.chance, self.pick = generator.random, generator.chance, generator.pick

    def some(self, choices, most):
        return [self.pick(choices) for _ in range(self.random.randint(0, most))]

    def scopes(self, operation, table):
        """Scopes as a token has them, most of the time some that the operation asks for."""
        listed = [row[0] for row in model_access.TABLES[table].get(operation, [])]
        found = self.some(ON_USERS if self.chance(0.9) else SCOPES, 2)
        if listed and self.chance(0.85):
            found += self.some(listed, 3) + [self.pick(listed)]
        self.random.shuffle(found)
        if self.chance(0.05):
            found = [each.upper() if self.chance(0.5) else each + "s" for each in found]
        return (" " if self.chance(0.9) else "   ").join(found)

    def token(self, operation, table, user):
        if self.chance(0.03):
            return None
        token = {"scopes": self.scopes(operation, table)}
        if self.chance(0.85):
            token["subject"] = user if self.chance(0.8) else self.pick(["", "auth0|c", user.upper(), user + " "])
        return token

    # --- bodies ------------------------------------------------------------------------------------------------

    def text_of_length(self, limit):
        return self.pick(LONG) * max(0, limit + self.pick([-1, 0, 1]))

    def good_value(self, kind, most, form):
        if kind == "boolean":
            return self.pick(["true", "false"])
        good = {**model_users.GOOD, model_users.PHONE: ["+1", "+199999999999999", "+49301234567"],
                r"^\S*$": ["abc", "", "x|y"]}.get(form, ["x", "John", "é😀", "a\"b\\c", "a.b$c"])
        text = self.text_of_length(most) if most and form is None and self.chance(0.2) else self.pick(good)
        return self.generator.string_text(text)

    def bad_value(self, form):
        bad = {**model_users.BAD, model_users.PHONE: ["", "1", "+", "+1234567890123456", "+1a", "++1", " +1", "+1\n"],
               r"^\S*$": [" ", "a b", "a\tb"]}
        if form in bad and self.chance(0.6):
            return self.generator.string_text(self.pick(bad[form]))
        return self.pick(['""', "null", "1", "1.5", "true", "[]", "{}", '["x"]', '"x"', '"' + "é" * 400 + '"'])

    def metadata(self):
        if self.chance(0.03):
            return self.pick(["null", "1", '"x"', "[]", "true"])
        if self.chance(0.12):
            return self.pick(["{}", "{ }"])
        if self.chance(0.6):
            keys = ["a", "b", "c", "plan", "a", "b"]
            values = ["1", "null", "null", '"x"', "1.0", "{}", '{"z":null}', "[null]", "true", "1.10", "1e400"]
            if self.chance(0.15):
                keys = keys + ["a.b", "$x", "username", "email", "_id", "", "a.$"]
                values = values + ['{"d.e":1}', '{"x":[{"y":1},{"p.q":2}]}', '[[{"r.s":{}}]]', '{"email":{"$t":0}}']
            count = self.random.randint(1, 4)
            return "{" + ",".join(f'"{self.pick(keys)}":{self.pick(values)}' for _ in range(count)) + "}"
        return self.generator.members_text(self.random.randint(0, 4), self.generator.value_text)

    def member(self, name, schema, bad):
        kind, nullable, _, most, form = schema[name]
        if kind == "object":
            value = self.metadata()
        elif self.chance(bad):
            value = self.bad_value(form)
        elif nullable and self.chance(0.25):
            value = "null"
        else:
            value = self.good_value(kind, most, form)
        return f'"{name}":{value}'

    def body(self, schema, always=()):
        names = list(schema)
        if self.chance(0.6):
            chosen = self.some(["user_metadata", "app_metadata"], 2)
        else:
            chosen = self.some(names, 3)
        if self.chance(0.3):
            chosen += self.some("name nickname blocked connection client_id phone_number picture".split(), 3)
        chosen += [each for each in always if not self.chance(0.05)]
        if not chosen and self.chance(0.8):
            chosen = ["user_metadata"]
        bad = self.pick([0, 0, 0, 0, 0.3])
        members = [self.member(name, schema, bad) for name in chosen if name in schema]
        if self.chance(0.06):
            members += [f'"{self.pick(["foo", "logins_count", "identities", "Name", "", "a.b", "users_metadata"])}":'
                        f'{self.pick(["1", "null", "{}"])}' for _ in range(self.random.randint(1, 3))]
        self.random.shuffle(members)
        text = "{" + self.generator.space() + ",".join(members) + self.generator.space() + "}"
        if self.chance(0.02):
            text = self.generator.value_text()
        data = text.encode()
        return self.generator.mutated(data) if self.chance(0.04) else data

    # --- users -------------------------------------------------------------------------------------------------

    def stored_metadata(self):
        if self.chance(0.06):
            return self.pick(["null", '"[object Object]"', "[]", "1"])
        text = self.metadata()
        return text if text.startswith("{") else "{}"

    def user(self):
        members = {"user_id": '"auth0|a"', "email": '"a@example.com"', "logins_count": self.pick(["3", "3.0", "1e2"])}
        for name in ("name", "nickname", "picture", "username", "given_name", "blocked", "phone_number", "password"):
            if self.chance(0.3):
                members[name] = self.pick(['"old"', "true", "null", '"x"'])
        for name in ("user_metadata", "app_metadata"):
            if self.chance(0.6):
                members[name] = self.stored_metadata()
        if self.chance(0.5):
            providers = self.some(["duo", "google-authenticator", "guardian", "duo"], 3)
            members["multifactor"] = json.dumps(providers)
        if self.chance(0.5):
            members["identities"] = json.dumps([self.identity() for _ in range(self.random.randint(0, 2))])
        pairs = [f'"{name}":{value}' for name, value in members.items()]
        self.random.shuffle(pairs)
        return ("{" + self.generator.space() + ",".join(pairs) + "}").encode()

    def identity(self):
        identity = {"connection": "github", "access_token": "secret", "user_id": "1", "refresh_token": "hidden",
                    "access_token_secret": "too", "profileData": {"access_token": "data"}, "isSocial": True}
        return {name: value for name, value in identity.items() if self.chance(0.6)}

    # --- cases -------------------------------------------------------------------------------------------------

    def case(self, number):
        op = self.pick(["authorize", "authorize", *["update_user"] * 4, "create_user", "view_user",
                        "delete_multifactor", "signup", "passkey_signup"])
        return {"id": f"random.{number}", "op": op, **getattr(self, op)()}

    def table(self, share=0.25):
        return {"table": "documented"} if self.chance(share) else {} if self.chance(0.7) else {"table": "enforced"}

    def authorize(self):
        table = self.table(0.4)
        name = table.get("table", "enforced")
        operation = self.pick(["PATCH /users/{id}"] * 8 + list(model_access.TABLES[name]) + ["PATCH /nothing"])
        token = self.token(operation, name, USERS[0]) or {"scopes": ""}
        patches = operation in ("PATCH /users/{id}", "POST /users")
        patch = self.body(model_users.UPDATE) if patches and self.chance(0.9) else None
        if patch is not None and not self.is_object(patch):
            patch = b"{}"
        return {**table, "operation": operation, "user": USERS[0], **token, "patch": patch,
                "stored": self.user() if self.chance(0.9) else None}

    @staticmethod
    def is_object(text):
        try:
            return isinstance(model_users.read(text, model_users.BODY_NESTING), dict)
        except model_users.Refused:
            return False

    def on_user(self, operation):
        table = self.table()
        return {**table, "token": self.token(operation, table.get("table", "enforced"), USERS[0]), "user_id": USERS[0],
                "stored": None if self.chance(0.05) else self.user()}

    def update_user(self):
        return {**self.on_user("PATCH /users/{id}"), "body": self.body(model_users.UPDATE)}

    def create_user(self):
        return {"token": self.token("POST /users", "enforced", USERS[0]), "user_id": USERS[0],
                "body": self.body(model_users.CREATE, ["connection"])}

    def view_user(self):
        case = self.on_user("GET /users/{id}")
        if self.chance(0.6):
            names = ["", *"user_id email user_metadata app_metadata identities name password nothing".split()]
            case["fields"] = self.some(names, 4)
        if self.chance(0.4):
            case["include_fields"] = self.chance(0.5)
        return case

    def delete_multifactor(self):
        case = self.on_user("DELETE /users/{id}/multifactor/{provider}")
        return {**case, "provider": self.pick(["duo", "google-authenticator"])}

    def signup(self):
        members = {name: self.generator.string_text(self.pick(["x", "é", "a b"])) for name in model_users.SIGNUP_STRINGS
                   if self.chance(0.3)}
        members |= {name: '"x"' for name in ("password", "connection", "client_id") if self.chance(0.97)}
        if self.chance(0.97):
            members["email"] = '"a@example.com"'
        if self.chance(0.85):
            members["user_metadata"] = self.signup_metadata()
        if self.chance(0.1):
            members[self.pick(["app_metadata", "foo", "blocked"])] = self.pick(["{}", '{"a":1}', "null"])
        if self.chance(0.05):
            members[self.pick(model_users.SIGNUP_STRINGS)] = self.pick(["1", "null", "{}", "[]", "true"])
        pairs = [f'"{name}":{value}' for name, value in members.items()]
        self.random.shuffle(pairs)
        data = ("{" + ",".join(pairs) + "}").encode()
        return {"user_id": USERS[0], "body": self.generator.mutated(data) if self.chance(0.05) else data}

    def passkey_signup(self):
        profile = {name: self.generator.string_text(self.pick(["x", "é", ""])) for name in model_users.SIGNUP_STRINGS
                   if self.chance(0.3)}
        if self.chance(0.05):
            profile[self.pick(model_users.SIGNUP_STRINGS)] = self.pick(["1", "null", "{}", "[]"])
        members = {name: self.pick(['"x"', '""']) for name in ("client_id", "realm", "organization") if self.chance(0.5)}
        if self.chance(0.97):
            pairs = [f'"{name}":{value}' for name, value in profile.items()]
            self.random.shuffle(pairs)
            members["user_profile"] = "{" + ",".join(pairs) + "}"
        if self.chance(0.6):
            members["user_metadata"] = self.signup_metadata()
        if self.chance(0.05):
            members[self.pick(["user_profile", "realm", "client_id", "password"])] = self.pick(["1", "null", "[]"])
        pairs = [f'"{name}":{value}' for name, value in members.items()]
        self.random.shuffle(pairs)
        data = ("{" + ",".join(pairs) + "}").encode()
        return {"user_id": USERS[0], "body": self.generator.mutated(data) if self.chance(0.05) else data}

    def signup_metadata(self):
        if self.chance(0.1):
            return self.pick(["null", "[]", "1", '"x"', "{}", "true"])
        if self.chance(0.2):
            return self.generator.numbered_members_text(self.pick([9, 10, 11]), lambda: '"v"')
        if self.chance(0.1):
            return self.metadata()
        return "{" + ",".join(self.signup_member() for _ in range(self.random.randint(1, 4))) + "}"

    def signup_member(self):
        keys = ["a", "b", "é"] if self.chance(0.9) else ["a.b", "$", "~/"]
        key = self.text_of_length(100) if self.chance(0.1) else self.pick(keys)
        text = self.text_of_length(500) if self.chance(0.1) else "v"
        return f'"{key}":' + (self.pick(["1", "null", "{}"]) if self.chance(0.05) else f'"{text}"')
