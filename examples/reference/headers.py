# SPDX-License-Identifier: BSL-1.0
"""Makes of the headers what Doxygen reads: without what is not for users, and with the fields of comments as such."""

import re

# What a comment promises becomes a paragraph with a heading: `Errors:` and so on, first in a line or behind a sentence.
FIELDS = ("Errors", "Complexity", "Exceptions", "Source", "Reasons")
FIELD = re.compile(rf"(?:^|(?<=\. ))({'|'.join(FIELDS)}): +")
COMMANDS = "param|return|tparam|code|endcode"


def without_details(source):
    """Without namespaces `detail`, and what is specialized behind the library's own; lines keep their numbers."""
    source = re.sub(r"^namespace (?:\w+::)*detail \{\n(?:.*\n)*?\} // namespace (?:\w+::)*detail\n",
                    lambda match: "\n" * match[0].count("\n"), source, flags=re.MULTILINE)
    ends = [match.end() for match in re.finditer(r"^\} // namespace metapatch.*\n", source, re.MULTILINE)]
    return source[:ends[-1]] + "\n#endif\n" if ends else source


def without_what_sphinx_cannot_read(source):
    source = source.replace(" [[clang::lifetimebound]]", "")
    # A pointer to a function as the default of a template's parameter; the default of the function's own tells it too.
    return re.sub(r"(template<[^;{}]*?\w+) = [\w:]+ \(\*\)\([^()]*\)(?: noexcept)?>", r"\1>", source)


def with_links(comment, anchors):
    """Each section of `semantics §2, "Guarantees", and §3` with a link to its heading."""
    def link(section):
        return f"[{section[0]}](semantics.html#{anchors[section[1]]})"

    return re.sub(r'\bsemantics (?:(?:; |, and | and )?§[\d.]*\d(?:, "[^"]+")?)+',
                  lambda cited: re.sub(r"§([\d.]*\d)", link, cited[0]), comment)


def comment_for_doxygen(comment, anchors):
    comment = re.sub(rf"@(?!(?:{COMMANDS})\b)", r"\\@", comment) # @auth0 is no command
    comment = comment.replace("\\u", "\\\\u") # nor is \u
    comment = re.sub(r"&(?=\w+;)", "&amp;", comment) # and what looks as an entity of HTML is none
    return FIELD.sub(r"@field{\1} ", with_links(comment, anchors))


def prepared(source, anchors):
    lines, is_code, is_field = [], False, False
    for line in without_what_sphinx_cannot_read(without_details(source)).split("\n"):
        begin, slashes, comment = line.partition("/// " if line.lstrip().startswith("///") else "///< ")
        is_code = is_code and "@endcode" not in line or "@code" in line
        if slashes and not is_code:
            behind_fields = is_field and comment[0] not in " @" and not FIELD.match(comment)
            is_field = bool(FIELD.match(comment)) or comment[0] == "@" or is_field and comment[0] == " "
            line = begin + slashes + ("@then " if behind_fields else "") + comment_for_doxygen(comment, anchors)
        elif not is_code:
            is_field = False
        lines.append(line)
    return "\n".join(lines)


def prepare(include, folder, anchors):
    """Every header below `include`, prepared, below `folder`."""
    for path in sorted(include.rglob("*.hpp")):
        target = folder / path.relative_to(include)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(prepared(path.read_text(encoding="utf-8"), anchors), encoding="utf-8")
