# SPDX-License-Identifier: BSL-1.0
"""What Doxygen has found in the headers: every declaration that is for users, by its header, in the header's order."""

import dataclasses
import xml.etree.ElementTree as ElementTree

@dataclasses.dataclass(frozen=True, order=True)
class Declaration:
    line: int
    kind: str  # as the directives of breathe have it
    name: str  # in full, that of a function with the types of its parameters


def words_of(element):
    descriptions = [element.find(name) for name in ("briefdescription", "detaileddescription")]
    return "".join("".join(each.itertext()) for each in descriptions).strip()


def is_deleted_or_guide(member):
    arguments = (member.findtext("argsstring") or "").replace(" ", "")
    return arguments.endswith("=delete") or "->" in arguments


def is_default_without_words(member):
    arguments = (member.findtext("argsstring") or "").replace(" ", "")
    return arguments.endswith("=default") and not words_of(member)


def clean(path, silent):
    """Take out what is not for users: what is deleted, defaulted or a guide, classes inside of others that no comment
    is about, and values that are long or of a detail."""
    tree = ElementTree.parse(path)
    compound = tree.getroot().find("compounddef")
    for inner in compound.findall("innerclass") if compound.get("kind") in ("class", "struct") else []:
        if inner.get("refid") in silent:
            compound.remove(inner)
    for section in tree.getroot().iter("sectiondef"):
        for member in section.findall("memberdef"):
            if is_deleted_or_guide(member) or is_default_without_words(member):
                section.remove(member)
            value = member.find("initializer")
            text = "" if value is None else "".join(value.itertext())
            if any(part in text for part in ("{{", "detail::", "\n")):
                member.remove(value)
    tree.write(path, encoding="utf-8", xml_declaration=True)
    return compound


def shorten_index(path):
    """Leave in the list of all there is what breathe looks for: it goes through the list for each declaration."""
    tree = ElementTree.parse(path)
    for compound in list(tree.getroot()):
        if compound.get("kind") not in ("namespace", "class", "struct", "concept"):
            tree.getroot().remove(compound)
    tree.write(path, encoding="utf-8", xml_declaration=True)


def full_name(namespace, member):
    name = f"{namespace}::{member.findtext('name')}"
    if member.get("kind") != "function":
        return name
    return f"{name}({', '.join(''.join(each.find('type').itertext()) for each in member.findall('param'))})"


def read(xml):
    """By header: its declarations. And the names of those that a comment has no word about."""
    found, silent = {}, []

    def add(kind, name, element):
        if not words_of(element):
            silent.append(name)
        place = element.find("location")
        found.setdefault(place.get("file"), set()).add(Declaration(int(place.get("line")), kind, name))

    paths = [path for kind in ("namespace", "class", "struct", "concept") for path in sorted(xml.glob(f"{kind}*.xml"))]
    without_words = {path.stem for path in paths if not words_of(ElementTree.parse(path).getroot().find("compounddef"))}
    for compound in [clean(path, without_words) for path in paths]:
        name = compound.findtext("compoundname")
        if not name.startswith("metapatch"):
            continue
        if compound.get("kind") == "namespace":
            for member in compound.iter("memberdef"):
                add(member.get("kind"), full_name(name, member), member)
        elif compound.get("kind") == "concept" or name.rpartition("::")[0] in ("metapatch", "metapatch::auth0"):
            add(compound.get("kind"), name, compound)
    shorten_index(xml / "index.xml")
    return {header: sorted(each) for header, each in found.items()}, silent
