#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Makes the reference: pages from the comments of the headers, by Doxygen, breathe and sphinx.

    build.py FOLDER     writes FOLDER/html, and what it is made of beside it
    build.py --check    only looks whether the tools are there

The exit status is 77 where a tool is missing, and 1 where one of them warns. Nothing is fetched, now or by the pages.
"""

import pathlib
import re
import shutil
import subprocess
import sys

sys.dont_write_bytecode = True # no caches beside the sources
HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
FINDS_MODULES = """import importlib.util, sys
sys.exit(not all(map(importlib.util.find_spec, ("breathe", "furo", "myst_parser", "sphinx"))))"""


def python_with_sphinx():
    """An interpreter that has the modules: the one that runs this, or the distribution's."""
    for each in (sys.executable, "/usr/bin/python3"):
        if shutil.which(each) and subprocess.run([each, "-c", FINDS_MODULES]).returncode == 0:
            return each
    return None


def anchors(page):
    """The sections of the semantics, and how a link names each: as docutils makes it of the heading."""
    headings = re.findall(r"^##+ (([\d.]*\d)\.? .*)$", page, re.MULTILINE)
    return {number: re.sub(r"^[^a-z]+|[^a-z0-9]+$", "", re.sub(r"[^a-z0-9]+", "-", heading.lower()))
            for heading, number in headings}


def run(command, folder):
    """Run it; where it warns, its last words are told and all ends."""
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if ran.returncode != 0:
        # Line by line the prepared headers are those of the library.
        said = f"{ran.stdout}{ran.stderr}".replace(f"{folder / 'headers'}/", f"{ROOT / 'include'}/")
        sys.exit(f"{said}reference: {command[0]} failed")


def with_imports(style):
    """Debian's furo imports a file from where its web servers have it; it is put in, for pages without a server."""
    def imported(match):
        path = pathlib.Path("/usr/share") / match[1]
        return path.read_text(encoding="utf-8") if path.is_file() else ""

    style.write_text(re.sub(r"@import url\(/(javascript/[^)]*)\);", imported, style.read_text(encoding="utf-8")),
                     encoding="utf-8")


def build(folder, python):
    import declarations
    import headers
    import pages

    for each in ("headers", "xml", "pages", "doctrees", "html"):
        shutil.rmtree(folder / each, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    headers.prepare(ROOT / "include", folder / "headers", anchors((HERE / "semantics.md").read_text(encoding="utf-8")))
    run(["doxygen", str(HERE / "Doxyfile")], folder)
    found, silent = declarations.read(folder / "xml")
    faults = [f"{name} has no comment" for name in silent] + pages.write(ROOT, folder / "pages", found)
    if faults:
        sys.exit("".join(f"reference: {each}\n" for each in faults))
    for each in ("conf.py", "style.css"):
        shutil.copy(HERE / each, folder / "pages")
    options = ["-q", "-j", "auto", "-W", "--keep-going", "-d", "doctrees", "-b", "html"]
    run([python, "-m", "sphinx", *options, "pages", "html"], folder)
    for style in (folder / "html/_static/styles").glob("*.css"):
        with_imports(style)
    told = sum(map(len, found.values()))
    print(f"reference: {told} declarations of {len(found)} headers, in {folder}/html/index.html")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    python = python_with_sphinx()
    missing = [] if shutil.which("doxygen") else ["doxygen"]
    missing += [] if python else ["python3-sphinx", "python3-breathe", "python3-myst-parser", "furo"]
    if missing:
        print(f"the reference is skipped: these were not found (names of Debian): {' '.join(missing)}")
        sys.exit(77)
    if sys.argv[1] != "--check":
        build(pathlib.Path(sys.argv[1]).resolve(), python)


if __name__ == "__main__":
    main()
