# SPDX-License-Identifier: BSL-1.0
"""The pages as sphinx makes them; build.py runs it in the folder where it has written them."""

import json
import pathlib

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

HERE = pathlib.Path(__file__).parent

project = "metapatch"
html_title = "metapatch"
extensions = ["breathe", "myst_parser"]
breathe_projects = {"metapatch": str(HERE.parent / "xml")}
breathe_default_project = "metapatch"
myst_heading_anchors = 3
smartquotes_action = "D" # "" is a pointer, and no typographer's quotes
highlight_language = "cpp"
html_theme = "furo"
html_static_path = ["style.css"]
html_css_files = ["style.css"]
html_show_sphinx = False
html_show_copyright = False
html_copy_source = False


class Fields(SphinxTransform):
    """Errors, complexity and so on become fields as parameters are, behind those."""

    default_priority = 300

    def apply(self):
        for listed in list(self.document.findall(nodes.definition_list)):
            content = self.content_of(listed)
            if content is None:
                continue
            fields = next((each for each in content.children if isinstance(each, nodes.field_list)), None)
            if fields is None:
                fields = nodes.field_list()
                content.append(fields)
            for term, definition in [item.children for item in listed.children]:
                fields += nodes.field("", nodes.field_name("", term.astext()),
                                      nodes.field_body("", *definition.children))
            paragraph = listed.parent
            paragraph.remove(listed)
            if not paragraph.children:
                paragraph.parent.remove(paragraph)

    @staticmethod
    def content_of(listed):
        """What is said of a declaration, where the list is part of that: paragraphs of it have such lists inside."""
        inside = isinstance(listed.parent, nodes.paragraph) and listed.parent.parent
        return inside if isinstance(inside, addnodes.desc_content) else None


class Links(SphinxTransform):
    """A name in a comment, as `splice`, leads to what it is the name of; the tool has commands of the same names."""

    default_priority = 310
    names = {each.rpartition("::")[2]: each for each in json.loads((HERE / "names.json").read_text(encoding="utf-8"))}

    def apply(self):
        if self.env.docname in ("tool", "stories"):
            return
        for literal in list(self.document.findall(nodes.literal)):
            name = self.names.get(literal.astext())
            if name and not isinstance(literal.parent, (nodes.reference, addnodes.pending_xref)):
                link = addnodes.pending_xref("", refdomain="cpp", reftype="any", reftarget=name, refexplicit=True,
                                             refwarn=False, refdoc=self.env.docname)
                literal.replace_self(link)
                link += literal


def setup(app):
    app.add_transform(Fields)
    app.add_transform(Links)
