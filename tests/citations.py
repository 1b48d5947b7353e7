# SPDX-License-Identifier: BSL-1.0
"""For lint.py: holds the page of the semantics against what cites it, and against the conformance vectors it names.

- `semantics §4.2`, `semantics §3, "Size"` and the like, in comments of include/ and tests/: the section, and the
  heading inside of it, exist. Where rules of a table are cited (`A1 to A10`), they stand in that section.
- A vector that the page names exists, shows a rule of the section it is named in, and in the row of a rule that rule.
- Every section but that of terms names some, and every row.
"""

import fnmatch
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = "examples/reference/semantics.md"
sys.path.insert(0, str(ROOT / "tests/conformance"))

import rules as conformance_rules

# What may follow the name of the page: sections, each with the heading or the rules of it that are meant.
CITED = re.compile(r'§([\d.]*\d)(?:, "([^"]+)")?(?:, (A\d+) to (A\d+))?')
CITATION = re.compile(r"\bsemantics ((?:(?:; |, and | and )?" + CITED.pattern + ")+)")


def sections(page):
    """The text of every section by its number, those with subsections whole."""
    found, open_sections = {}, []
    for line in page.split("\n"):
        heading = re.match(r"(##+) (?:([\d.]*\d)\.? )?", line)
        if heading:
            open_sections = [each for each in open_sections if each[0] < len(heading[1])]
            if heading[2]:
                open_sections.append((len(heading[1]), heading[2]))
                found[heading[2]] = []
        for _, number in open_sections:
            found[number].append(line)
    return {number: "\n".join(lines) for number, lines in found.items()}


def citation_faults(path, source, page):
    """What is cited in a file and is not there, the lines of a comment taken as one."""
    comments = re.sub(r"\n\s*//+ *", " ", source)
    for citation in CITATION.finditer(comments):
        for number, heading, first, last in CITED.findall(citation[1]):
            text = page.get(number)
            if text is None:
                yield f"{path}: the semantics have no §{number}"
            elif heading and not re.search(rf"^###* {re.escape(heading)}$", text, re.MULTILINE):
                yield f"{path}: §{number} of the semantics has no “{heading}”"
            elif first and not all(re.search(rf"^\| {rule} \|", text, re.MULTILINE) for rule in (first, last)):
                yield f"{path}: §{number} of the semantics has no {first} to {last}"
    for named in re.finditer(r"\bsemantics §", comments):
        if not CITATION.match(comments, named.start()):
            yield f"{path}: {comments[named.start():named.start() + 40]!r} is no citation of the semantics"


def vectors():
    files = sorted((ROOT / "tests/conformance/vectors").rglob("*.json"))
    return [case["id"] for path in files for case in json.loads(path.read_text(encoding="utf-8"))["cases"]]


def rules_by_case(ids):
    """For each vector the ids of the rules that it shows."""
    shown = {each: set() for each in ids}
    for rule in json.loads((ROOT / "tests/conformance/rules.json").read_text(encoding="utf-8")):
        for pattern in sum((rule.get(name, []) for name in ("cases", "admitted", "refused")), []):
            for each in fnmatch.filter(ids, pattern):
                shown[each].add(rule["id"])
    return shown


def vector_faults(page):
    ids = vectors()
    shown = rules_by_case(ids)
    kinds = {each.split(".")[0] for each in ids}
    for number, text in page.items():
        if "." in number:
            continue # its section has it
        named = 0
        for line in text.split("\n"):
            row = re.match(r"\| (A\d+) \|", line)
            dotted = re.findall(r"`([a-z0-9-]+\.[a-z0-9*.-]+)`", line)
            in_line = [each for each in dotted if each.split(".")[0] in kinds]
            named += len(in_line)
            if row and not in_line:
                yield f"{PAGE}: {row[1]} names no vector"
            for pattern in in_line:
                matched = fnmatch.filter(ids, pattern)
                if not matched:
                    yield f"{PAGE}: no vector is {pattern}"
                for each in matched:
                    of = {str(conformance_rules.section({"id": rule})) for rule in shown[each]}
                    if row and row[1] not in shown[each]:
                        yield f"{PAGE}: {each} shows {', '.join(sorted(shown[each]))}, and not {row[1]}"
                    elif number not in of:
                        yield f"{PAGE}: {each} is named in §{number} and shows rules of §{', §'.join(sorted(of))}"
        if not named:
            yield f"{PAGE}: §{number} names no vector"


def faults(paths):
    """All that is wrong with the page and with what the given files cite of it."""
    page = sections((ROOT / PAGE).read_text(encoding="utf-8"))
    found = list(vector_faults(page))
    cited = 0
    for path in paths:
        source = (ROOT / path).read_text(encoding="utf-8")
        cited += len(CITATION.findall(re.sub(r"\n\s*//+ *", " ", source)))
        found.extend(citation_faults(path, source, page))
    if not cited:
        found.append(f"nothing cites {PAGE}")
    return found
