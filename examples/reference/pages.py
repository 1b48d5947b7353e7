# SPDX-License-Identifier: BSL-1.0
"""Writes the pages that sphinx reads: one for each umbrella header, the tool, the stories, and the semantics."""

import json
import posixpath
import re

REPOSITORY = "https://github.com/metapatch/metapatch/blob/main/"
# From what most people call down to what that is made of.
ROOMS = """metapatch auth0 auth0/management auth0/login auth0/contract auth0/algebra auth0/request algebra splice patch
    policy access simd json outcome src""".split()
DIRECTIVES = {"function": "doxygenfunction", "variable": "doxygenvariable", "enum": "doxygenenum",
              "typedef": "doxygentypedef", "class": "doxygenclass", "struct": "doxygenstruct",
              "concept": "doxygenconcept"}

INDEX = """# metapatch

JSON metadata merge and validation with Auth0's PATCH semantics: a header-only C++20 library on Boost.JSON, and a
command-line tool. [What a patch means](semantics.md) is where to begin; [the stories](stories.md) are short programs
with what they print.

{rooms}

```{{toctree}}
:caption: Semantics
:hidden:

semantics
evidence
```

```{{toctree}}
:caption: The library
:hidden:

{pages}
```

```{{toctree}}
:caption: Programs
:hidden:

stories
tool
```
"""


def page_of(room):
    return room.replace("/", "-") if room != "metapatch" else "all"


def introduction(source):
    """The comment of an umbrella, with links where it names others."""
    text = "\n".join(re.findall(r"^/// ?(.*)$", source, re.MULTILINE))
    return re.sub(r"`metapatch/([\w/]+)\.hpp`", lambda named: f"[{named[0]}]({page_of(named[1])}.md)"
                  if named[1] in ROOMS else named[0], text)


def directive(declaration):
    lines = [f".. {DIRECTIVES[declaration.kind]}:: {declaration.name}"]
    if declaration.kind in ("class", "struct"):
        lines += ["   :members:", "   :undoc-members:"]
    return "\n".join(lines)


def link_to(name):
    return f"{{cpp:any}}`{name.rpartition('::')[2]} <{name}>`"


def room_page(room, source, declarations):
    """What is included last stands first: it is made of what is included before. Gives the headers told, too."""
    parts, told, rooms = [f"# metapatch/{room}.hpp", introduction(source)], [], []
    for header in reversed(re.findall(r"^#include <(metapatch/.*)>", source, re.MULTILINE)):
        other = header.removeprefix("metapatch/").removesuffix(".hpp")
        if other in ROOMS:
            rooms.insert(0, f"- [`{header}`]({page_of(other)}.md)")
        elif header in declarations:
            told.append(header)
            names = dict.fromkeys(each.name.partition("(")[0] for each in declarations[header])
            parts += [f"## {header.removeprefix('metapatch/')}", " · ".join(map(link_to, names)), "```{eval-rst}",
                      *(directive(each) for each in declarations[header]), "```"]
    return "\n\n".join(parts + (["It includes:", "\n".join(rooms)] if rooms else [])) + "\n", told


def story_page(root):
    parts = ["# Stories", "Each is a whole program, which the tests compile and run: it prints what stands below it."]
    for source in sorted((root / "examples").glob("*.cpp")):
        if not source.with_suffix(".txt").exists():
            continue
        printed = source.with_suffix(".txt").read_text(encoding="utf-8")
        comment, code = re.match(r"// SPDX.*\n((?://.*\n)+)((?s:.*))$", source.read_text(encoding="utf-8")).groups()
        parts += [f"## {source.stem.replace('_', ' ').capitalize()}", re.sub(r"^// ?", "", comment, flags=re.MULTILINE),
                  f"[`examples/{source.name}`]({REPOSITORY}examples/{source.name})", f"~~~~cpp\n{code}~~~~",
                  "It prints:", f"~~~~text\n{printed}~~~~"]
    return "\n\n".join(parts) + "\n"


def tool_page(root):
    """The README of the tool; what it links to beside it is in the repository."""
    def link(match):
        path = posixpath.normpath(posixpath.join("examples/metapatch", match[1]))
        return f"]({REPOSITORY}{path})"

    text = (root / "examples/metapatch/README.md").read_text(encoding="utf-8")
    text = re.sub(r"^```(\w*)\n(.*?)^```$", lambda block: f"```{block[1] or 'text'}\n{block[2]}```", text,
                  flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"\]\((?!https?:|#)([^)]+)\)", link, text)


def write(root, folder, declarations):
    """Write all pages; gives what is wrong: headers that are on no page."""
    folder.mkdir(parents=True, exist_ok=True)
    umbrellas = {room: (root / f"include/metapatch/{room}.hpp").read_text(encoding="utf-8") for room in ROOMS}
    told, rows = [], ["| header | what |", "|---|---|"]
    for room, source in umbrellas.items():
        text, headers = room_page(room, source, declarations)
        (folder / f"{page_of(room)}.md").write_text(text, encoding="utf-8")
        told += headers
        first = re.split(r"(?<=\.)\s", introduction(source).replace("\n", " "))[0]
        rows.append(f"| [`metapatch/{room}.hpp`]({page_of(room)}.md) | {first} |")
    pages = "\n".join(f"{room}.hpp <{page_of(room)}>" for room in ROOMS)
    (folder / "index.md").write_text(INDEX.format(rooms="\n".join(rows), pages=pages), encoding="utf-8")
    (folder / "stories.md").write_text(story_page(root), encoding="utf-8")
    (folder / "tool.md").write_text(tool_page(root), encoding="utf-8")
    for name in ("semantics.md", "evidence.md"):
        (folder / name).write_text((root / "examples/reference" / name).read_text(encoding="utf-8"), encoding="utf-8")
    # Many constants have names that JSON members have too.
    names = sorted({each.name.partition("(")[0] for header in told for each in declarations[header]
                    if each.kind != "variable"})
    (folder / "names.json").write_text(json.dumps(names), encoding="utf-8")
    return [f"{header} is on no page" for header in declarations if header not in told]
