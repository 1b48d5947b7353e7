#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The vectors as others take them.

usage: package.py npm FOLDER     makes the npm package in a new or empty folder, for `npm pack` and `npm publish`
       package.py bundle FILE    writes all vectors and rules as one JSON file
       package.py changes OLD    tells what changed since an older package or checkout, a folder with its vectors and
                                 CHANGELOG.md; status 1 where the changelog has no version for that
"""

import json
import re
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
FILES = ["README.md", "CHANGELOG.md", "rules.json", "vectors.schema.json", "parsing_categories.json",
         "example_driver.mjs", "package/index.cjs", "package/kit.cjs", "package/index.mjs", "package/index.d.ts"]


def version(folder=HERE):
    """The newest of the changelog."""
    return re.search(r"^## (\d+\.\d+\.\d+)$", (folder / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE).group(1)


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def bundle():
    return {"version": version(), "rules": read(HERE / "rules.json"),
            "files": [read(path) for path in sorted((HERE / "vectors").rglob("*.json"))]}


def homepage():
    return re.search(r'HOMEPAGE_URL "(.*)"', (ROOT / "CMakeLists.txt").read_text(encoding="utf-8")).group(1)


def manifest():
    return {
        "name": "metapatch-conformance",
        "version": version(),
        "description": "Conformance vectors of Auth0's metadata semantics, with the evidence for each case",
        "keywords": ["auth0", "metadata", "merge-patch", "rfc7396", "conformance", "test-vectors"],
        "homepage": homepage(),
        "repository": {"type": "git", "url": f"git+{homepage()}.git", "directory": "tests/conformance"},
        "license": "BSL-1.0",
        "engines": {"node": ">=18"},
        "sideEffects": False,
        "main": "./index.cjs",
        "types": "./index.d.ts",
        "exports": {
            ".": {"types": "./index.d.ts", "import": "./index.mjs", "require": "./index.cjs"},
            "./rules.json": "./rules.json",
            "./vectors.schema.json": "./vectors.schema.json",
            "./vectors/*.json": "./vectors/*.json",
            "./package.json": "./package.json",
        },
    }


def make_npm(folder):
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        sys.exit(f"package.py: {folder} is not empty")
    for each in FILES:
        shutil.copy(HERE / each, folder)
    shutil.copy(ROOT / "LICENSE", folder)
    shutil.copytree(HERE / "vectors", folder / "vectors")
    (folder / "package.json").write_text(json.dumps(manifest(), indent=2) + "\n", encoding="utf-8")


def cases_in(folder):
    return {case["id"]: {"profile": file["profile"], **case} for path in sorted((folder / "vectors").rglob("*.json"))
            for file in [read(path)] for case in file["cases"]}


def without_evidence(case):
    return {name: value for name, value in case.items() if name != "evidence"}


def tell_changes(folder):
    """As CHANGELOG.md has it: what must be raised."""
    before, now = cases_in(folder), cases_in(HERE)
    both = sorted(set(before) & set(now))
    kinds = {
        "removed": sorted(set(before) - set(now)),
        "otherwise": [each for each in both if without_evidence(before[each]) != without_evidence(now[each])],
        "added": sorted(set(now) - set(before)),
        "evidence": [each for each in both if before[each] != now[each]
                     and without_evidence(before[each]) == without_evidence(now[each])],
    }
    for kind, ids in kinds.items():
        for each in ids:
            print(f"{kind}: {each}")
    major, minor, patch = map(int, version(folder).split("."))
    breaks, adds = kinds["removed"] or kinds["otherwise"], kinds["added"]
    if not any(kinds.values()):
        print("nothing has changed")
        return 0
    needed = ((major + 1, 0, 0) if breaks and major else (major, minor + 1, 0) if breaks or adds else
              (major, minor, patch + 1))
    print(f"from {version(folder)} this is {'.'.join(map(str, needed))} at least, and the changelog says {version()}")
    return 0 if tuple(map(int, version().split("."))) >= needed else 1


def main():
    if len(sys.argv) != 3 or sys.argv[1] not in ("npm", "bundle", "changes"):
        sys.exit(__doc__.strip())
    target = Path(sys.argv[2])
    if sys.argv[1] == "changes":
        sys.exit(tell_changes(target))
    if sys.argv[1] == "npm":
        make_npm(target)
    else:
        target.write_text(json.dumps(bundle(), ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


main()
