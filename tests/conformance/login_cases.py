# SPDX-License-Identifier: BSL-1.0
"""Random cases of userinfo and lock_signup."""

from model_login import RESTRICTED, SCOPE_OF, SCOPES

NAMES = ["a", "b", "c", "given_name", "nickname", "connection"]
ODD_NAMES = ["email", "username", "password", "", "a-b", "é", "user_metadata", "Email"]
SPACES = [" ", "\t", "\u00a0", "\u3000\ufeff"]
PIECES = ["x", "hi ", "<b>", "</b>", "<i a='1'>", "<br/>", "a < b", " > ", " & ", "&amp;", "&lt;", "&quot;", "&#60;",
          "&#x41;", "<script>alert(1)</script>", "<!-- c -->", "\u00a0", "é😀", '"', "us", "fr"]
PREFIXES = ["https://example.com/", "http://", "https://", "HTTPS://", "urn:", "urn:auth0", "URN:Auth0:", "", "ftp://"]
HOSTS = ["auth0.com", "Auth0.com", "a.auth0.com", "xauth0.com", "webtask.io", "webtask.run", "auth0.com.example.com",
         "example.com@auth0.com", "auth0.com@example.com", "auth0.com:80", "auth0.com.", "auth0", "auth0x", ""]
TAILS = ["", "/", "/roles", "?x", "#x", ":x"]


class LoginCases:
    def __init__(self, generator):
        self.generator = generator
        self.random, self.chance, self.pick = generator.random, generator.chance, generator.pick

    def text(self, members):
        """An object of names and texts, or an array of texts."""
        if isinstance(members, list):
            written, ends = members, "[]"
        else:
            written = [f"{self.generator.string_text(key)}:{value}" for key, value in members.items()]
            ends = "{}"
        space = self.generator.space
        return space() + ends[0] + (",".join(written) or space()) + ends[1] + space()

    def bytes(self, members):
        if self.chance(0.01):
            return self.pick([b"[]", b"1", b"null", b'"x"'])
        data = self.text(members).encode()
        return self.generator.mutated(data) if self.chance(0.01) else data

    def case(self, number):
        op = self.pick(["userinfo", "lock_signup"])
        return {"id": f"random.{number}", "op": op, **(self.userinfo() if op == "userinfo" else self.lock_signup())}

    # --- userinfo -----------------------------------------------------------------------------------------------

    def value(self):
        if self.chance(0.02):
            return '"' + "x" * self.pick([102380, 102390, 102391, 102392, 102393, 102394, 102395, 51190, 51195]) + '"'
        if self.chance(0.5):
            return self.generator.string_text(self.generator.string())
        return self.pick(["null", "true", "1", "1.10", "1e400", "9007199254740993", "[]", '{"a":null}', '["x", 1]'])

    def claim(self):
        kind = self.random.random()
        if kind < 0.2:
            return self.pick(RESTRICTED)
        if kind < 0.45:
            return self.pick(list(SCOPE_OF))
        if kind < 0.6:
            return self.pick(["user_id", "phone_verified", "user_metadata", "app_metadata", "Sub", "role"])
        if kind < 0.9:
            return self.pick(PREFIXES) + self.pick(HOSTS) + self.pick(TAILS)
        return self.generator.key()

    def userinfo(self):
        scopes = [self.pick([*SCOPES, "openid", "profile", "read:users", "Email", ""])
                  for _ in range(self.random.randint(0, 5))]
        user = {self.claim(): self.value() for _ in range(self.random.randint(0, 8))}
        if self.chance(0.8):
            user["user_id"] = '"auth0|1"'
        claims = {self.claim(): self.value() for _ in range(self.random.randint(0, 8))}
        return {"stored": None if self.chance(0.01) else self.bytes(user), "scopes": " ".join(scopes),
                "claims": None if self.chance(0.1) else self.bytes(claims)}

    # --- lock_signup --------------------------------------------------------------------------------------------

    def string(self):
        if self.chance(0.03):
            return self.pick(["x", "😀", "é"]) * self.pick([75, 76, 149, 150, 151, 300, 301])
        if self.chance(0.1):
            return self.pick(["", *SPACES]) + self.pick(SPACES)
        return "".join(self.pick(PIECES) for _ in range(self.random.randint(0, 4)))

    def string_text(self, *choices):
        """Mostly a text of the choices."""
        if self.chance(0.04):
            return self.pick(["null", "1", "true", "[]", "{}", '""'])
        return self.generator.string_text(self.pick(choices) if choices else self.string())

    def options(self):
        if self.chance(0.06):
            return self.pick(["null", "{}", "[]", "[1]", '[{"label":"l"}]', '[{"label":"","value":"us"}]'])
        values = [self.pick(["us", "fr", "<i>us</i>", self.string() or "x"]) for _ in range(self.random.randint(1, 3))]
        return self.text([self.text({"label": self.string_text("l") if self.chance(0.02) else '"l"',
                                     "value": self.generator.string_text(value)}) for value in values])

    def element(self):
        if self.chance(0.02):
            return self.pick(["null", "1", '"a"', "[]", "{}"])
        type_ = self.pick(["text", "select", "checkbox", "hidden"])
        members = {"name": self.string_text(*(ODD_NAMES if self.chance(0.1) else NAMES))}
        if self.chance(0.95):
            members["placeholder"] = self.string_text("p")
        if type_ != "text" or self.chance(0.5):
            members["type"] = self.string_text(type_) if self.chance(0.95) else '"radio"'
        if (type_ == "select") != self.chance(0.05):
            members["options"] = self.options()
        if (type_ == "hidden") != self.chance(0.05):
            members["value"] = self.string_text()
        if self.chance(0.3):
            members["prefill"] = self.string_text("us", "fr", self.string())
        if self.chance(0.3):
            members["storage"] = self.string_text("root", "root", "user_metadata")
        for name in ("placeholderHTML", "icon", "validator"):
            if self.chance(0.06):
                members[name] = self.string_text("x")
        return self.text(members)

    def lock_signup(self):
        fields = [self.element() for _ in range(self.random.randint(0, 5))]
        values = {}
        for _ in range(self.random.randint(0, 6)):
            name = self.pick(NAMES if self.chance(0.9) else ODD_NAMES)
            values[name] = self.pick(["true", "false", '"us"', '"fr"']) if self.chance(0.4) else self.string_text()
        form = {name: self.value() for name in ("email", "password", "connection", "user_metadata") if self.chance(0.4)}
        return {"fields": None if self.chance(0.02) else self.bytes(fields), "values": self.bytes(values),
                "form": self.bytes(form)}
