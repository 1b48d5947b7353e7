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
smartquotes = False # "" is a pointer
highlight_language = "cpp"
html_theme = "furo"
html_static_path = ["style.css"]
html_css_files = ["style.css"]
html_show_sphinx = False
html_copy_source = False


class Fields(SphinxTransform):
    """Errors, complexity and so on become fields as parameters are, behind those."""

    default_priority = 300

    def apply(self):
        for content in self.document.findall(addnodes.desc_content):
            lists = [each for each in content.children if isinstance(each, nodes.definition_list)]
            if not lists:
                continue
            fields = next((each for each in content.children if isinstance(each, nodes.field_list)), None)
            if fields is None:
                fields = nodes.field_list()
                content.append(fields)
            for item in [item for each in lists for item in each.children]:
                term, definition = item.children
                fields += nodes.field("", nodes.field_name("", term.astext()), nodes.field_body("", *definition.children))
            for each in lists:
                content.remove(each)


class Links(SphinxTransform):
    """A name in a comment, as `splice`, leads to what it is the name of."""

    default_priority = 310
    names = {each.rpartition("::")[2]: each for each in json.loads((HERE / "names.json").read_text(encoding="utf-8"))}

    def apply(self):
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
