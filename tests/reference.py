#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Looks at the pages of the reference as they were made.

    tests/reference.py FOLDER     the folder with index.html

- Every umbrella header has a page, and each is linked from the first.
- What links to a page, a place in one or a file of ours finds it.
- No page fetches anything from elsewhere.
- What a comment promises stands there as a field, and citations of the semantics are links.
- In a browser, the search finds a class, a section and a story. The exit status is 77 where there is none.
"""

import html.parser
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parent.parent
FETCHED = {"script": "src", "img": "src", "link": "href", "iframe": "src", "source": "src"}
# What is looked for, and the page that has to be among what is found.
SEARCHES = {"member_index": "splice.html", "RFC 7396": "semantics.html", "concurrency": "stories.html"}
# A name at the top of a header's part, and the link around it.
LISTED = re.compile(r'(<a [^>]*>)?<code class="xref cpp cpp-any[^>]*><span class="pre">([^<]*)')
failures = []


def expect(condition, failure):
    if not condition:
        failures.append(failure)


class Page(html.parser.HTMLParser):
    """The places of a page, what it links to, and what it fetches."""

    def __init__(self, text):
        super().__init__()
        self.text, self.places, self.links, self.fetches = text, set(), [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        self.places.update(given[name] for name in ("id", "name") if given.get(name))
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])
        if given.get(FETCHED.get(tag)) and given.get("rel") not in ("canonical", "next", "prev", "index", "search"):
            self.fetches.append(given[FETCHED[tag]])


def is_elsewhere(address):
    return urllib.parse.urlsplit(address).scheme not in ("", "data", "file") or address.startswith("//")


def check_links(folder, pages):
    for name, page in pages.items():
        for address in page.links + page.fetches:
            if is_elsewhere(address) or address.startswith("data:"):
                continue
            path, _, place = address.partition("#")
            path = urllib.parse.unquote(path.partition("?")[0]) or name
            expect((folder / path).is_file(), f"{name}: {address} is no file")
            if place and path in pages and path != "search.html":
                expect(urllib.parse.unquote(place) in pages[path].places, f"{name}: {address} is no place")


def check_fetches(folder, pages):
    for name, page in pages.items():
        expect(not any(map(is_elsewhere, page.fetches)), f"{name} fetches from elsewhere")
    for path in [*folder.rglob("*.css"), *folder.rglob("*.js")]:
        text = path.read_text(encoding="utf-8")
        expect(not re.search(r"""url\(["']?(https?:)?//|@import|\bfetch\(["']https?:""", text), f"{path.name} fetches")


def check_contents(pages):
    umbrellas = [path for path in (ROOT / "include/metapatch").rglob("*.hpp")
                 if not re.search(r"^namespace ", path.read_text(encoding="utf-8"), re.MULTILINE)]
    for path in umbrellas:
        header = path.relative_to(ROOT / "include").as_posix()
        titled = [name for name, page in pages.items() if f"<h1>{header}" in page.text]
        expect(len(titled) == 1 and titled[0] in pages["index.html"].links,
               f"{header} has not one page, linked from the first")
    expect(len(umbrellas) >= 16, "few umbrellas are known")
    text = pages["splice.html"].text
    for field in ("Parameters", "Errors", "Complexity", "Exceptions", "Source"):
        expect(re.search(rf"<dt class=\"field-[a-z]+\">{field}", text), f"splice.html has no field {field}")
    expect("semantics.html#applying-a-patch" in pages["splice.html"].links, "a citation is no link")
    listed = {name: LISTED.findall(page.text) for name, page in pages.items()}
    expect(len(listed["splice.html"]) > 5, "splice.html lists no names")
    for name, names in listed.items():
        for link, each in names:
            expect(link, f"{name} lists {each}, and nothing is found by that name")
    words = re.sub(r"<[^>]*>", "", "".join(page.text for page in pages.values()))
    for left in ("@param", "@par ", "Errors:  ", "Complexity:  "):
        expect(left not in words, f"{left!r} stands in the pages as it is written")


def found_by_search(browser, folder, words):
    """The pages that the search shows, as the browser has them in the end."""
    address = f"{(folder / 'search.html').as_uri()}?q={urllib.parse.quote(words)}"
    with tempfile.TemporaryDirectory() as profile:
        shown = subprocess.run([browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={profile}",
                                "--virtual-time-budget=20000", "--dump-dom", address], capture_output=True, text=True)
    return re.findall(r'<a href="([^"#?]+)[^"]*" data-score', shown.stdout)


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    pages = {path.name: Page(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.html"))}
    check_links(folder, pages)
    check_fetches(folder, pages)
    check_contents(pages)
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    for words, page in SEARCHES.items() if browser else ():
        expect(page in found_by_search(browser, folder, words), f"{page} is not found by {words!r}")
    for failure in failures:
        print(f"reference: {failure}")
    links = sum(len(page.links) for page in pages.values())
    print(f"reference: {len(pages)} pages, {links} links, {len(failures)} failures"
          + ("" if browser else "; no browser is here, so nothing was searched"))
    return 1 if failures else 0 if browser else 77


sys.exit(main())
