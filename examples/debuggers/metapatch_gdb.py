# SPDX-License-Identifier: BSL-1.0
"""Shows patches, reports and violations in GDB as what they mean.

    (gdb) source metapatch_gdb.py

or the same line in ~/.gdbinit. JSON values are read as Boost.JSON 1.81 and its neighbours lay them out; of another layout
a value is shown as `?`.
"""

import gdb
import gdb.printing

MOST = 200  # members and elements that are shown of one value
DEEPEST = 16  # levels that are shown of one value
KINDS = ("null", "bool", "int64", "uint64", "double", "string", "array", "object")  # as boost::json::kind counts them


def text_of(view):
    """The bytes of a std::string_view or a std::string as Python's text."""
    kind = view.type.strip_typedefs().name
    if "basic_string_view" in kind:
        data, size = view["_M_str"], int(view["_M_len"])
    else:
        data, size = view["_M_dataplus"]["_M_p"], int(view["_M_string_length"])
    return bytes_at(data, size)


def bytes_at(data, size):
    if size == 0:
        return ""
    return bytes(gdb.selected_inferior().read_memory(int(data), size)).decode("utf-8", "backslashreplace")


def quoted(text):
    shown = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c >= " " else f"\\u{ord(c):04x}" for c in shown) + '"'


def elements_behind(table, element_type):
    """What a table of Boost.JSON is followed by in memory."""
    first = (table + 1).cast(element_type.pointer())
    return [first[i] for i in range(min(int(table["size"]), MOST))]


def string_of(impl):
    kind = int(impl["s_"]["k"])
    if kind & 0x80:  # short: the last byte is what there is room for
        room = impl["s_"]["buf"]
        last = room.type.range()[1]
        return bytes_at(room[0].address, last - (int(room[last]) & 0xFF))
    if kind & 0x40:  # a key
        return bytes_at(impl["k_"]["s"], int(impl["k_"]["n"]))
    table = impl["p_"]["t"]
    return bytes_at((table + 1).cast(gdb.lookup_type("char").pointer()), int(table["size"]))


def members_of(members):
    """The members of a boost::json::object: pairs of a key and a value."""
    pairs = elements_behind(members["t_"], gdb.lookup_type("boost::json::key_value_pair"))
    return [(bytes_at(each["key_"], int(each["len_"])), each["value_"]) for each in pairs]


def more_than(table):
    return ",…" if int(table["size"]) > MOST else ""


def json_of(value, level=0):
    """The text of a boost::json::value."""
    if level > DEEPEST:
        return "…"
    kind = int(value["sca_"]["k"]) & 0x0F  # a string has further bits there
    name = KINDS[kind] if kind < len(KINDS) else ""
    if name == "null":
        return "null"
    if name == "bool":
        return "true" if value["sca_"]["b"] else "false"
    if name in ("int64", "uint64", "double"):
        return str(value["sca_"][name[0]])
    if name == "string":
        return quoted(string_of(value["str_"]["impl_"]))
    if name == "array":
        table = value["arr_"]["t_"]
        inside = [json_of(each, level + 1) for each in elements_behind(table, value.type)]
        return "[" + ",".join(inside) + more_than(table) + "]"
    if name == "object":
        inside = [quoted(key) + ":" + json_of(each, level + 1) for key, each in members_of(value["obj_"])]
        return "{" + ",".join(inside) + more_than(value["obj_"]["t_"]) + "}"
    return "?"


def json_or_question(value):
    try:
        return json_of(value)
    except (gdb.error, RuntimeError, ValueError):
        return "?"


def engaged(optional):
    """What is in a std::optional of the standard library of GCC, or None."""
    payload = optional["_M_payload"]
    return payload["_M_payload"]["_M_value"] if payload["_M_engaged"] else None


def counted(number, what):
    return f"{number} {what}{'' if number == 1 else 's'}"


def patch_in_words(touches, clears, members, levels):
    if not touches:
        return "untouched"
    parts = ["clears"] if clears else []
    if members or not clears:
        parts.append(counted(members, "member"))
    return ", ".join(parts) + (f", merges {levels} levels" if levels > 1 else "")


class Printer:
    def __init__(self, value):
        self.value = value


class PatchPrinter(Printer):
    """metapatch::patch"""

    def to_string(self):
        try:
            size = int(self.value["members_"]["t_"]["size"])
        except (gdb.error, RuntimeError):
            size = "?"
        return patch_in_words(self.value["touches_"], self.value["clears_"], size, int(self.value["levels_"]))

    def children(self):
        try:
            for key, value in members_of(self.value["members_"]):
                yield quoted(key), json_or_question(value)
        except (gdb.error, RuntimeError):
            return


class TextPatchPrinter(Printer):
    """metapatch::text_patch"""

    def members(self):
        vector = self.value["content_"]["members_"]["members_"]
        return [vector["data_"][i] for i in range(int(vector["size_"]))]

    def to_string(self):
        content = self.value["content_"]
        return patch_in_words(content["touches_"], content["clears_"], len(self.members()), int(content["levels_"]))

    def children(self):
        for each in self.members():
            yield quoted(text_of(each["key"])), text_of(each["value"]) or "null"


def violation_in_words(value):
    own = engaged(value["own"])
    words = text_of(own["name_"]) if own is not None else str(value["code"]).split("::")[-1]
    words += " at " + quoted(text_of(value["pointer"]))
    for name in ("limit", "actual", "offset", "operation"):
        number = engaged(value[name])
        if number is not None:
            words += f", {name} {number}"
    return words


class ViolationPrinter(Printer):
    """metapatch::violation"""

    def to_string(self):
        return violation_in_words(self.value)


class ReportPrinter(Printer):
    """metapatch::report"""

    def violations(self):
        kept = self.value["kept_"]["_M_impl"]
        return [kept["_M_start"][i] for i in range(int(kept["_M_finish"] - kept["_M_start"]))]

    def to_string(self):
        kept, omitted = len(self.violations()), int(self.value["omitted_"])
        if kept == 0:
            return "no violation"
        return counted(kept, "violation") + (f" and {omitted} more" if omitted else "")

    def children(self):
        for i, each in enumerate(self.violations()):
            yield f"[{i}]", violation_in_words(each)


def register(objfile=None):
    printers = gdb.printing.RegexpCollectionPrettyPrinter("metapatch")
    for name, printer in (("patch", PatchPrinter), ("text_patch", TextPatchPrinter), ("violation", ViolationPrinter),
                          ("report", ReportPrinter)):
        printers.add_printer(name, f"^metapatch::{name}$", printer)
    gdb.printing.register_pretty_printer(objfile, printers, replace=True)


register()
