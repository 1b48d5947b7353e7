#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Whether what examples/packaging/registries has made is of one version and archive, and each file of its language.

usage: registries.py FOLDER    which is build/packages
"""

import ast
import base64
import hashlib
import json
import pathlib
import re
import sys

out = pathlib.Path(sys.argv[1])
failures = []


def expect(condition, failure):
    if not condition:
        failures.append(failure)


def text(path):
    return (out / path).read_text(encoding="utf-8")


archive, = out.glob("metapatch-*.tar.gz")
version = archive.name.removeprefix("metapatch-").removesuffix(".tar.gz")
content = archive.read_bytes()
module = f"bazel/modules/metapatch/{version}"

made = [path for kind in ("vcpkg", "conan", "bazel") for path in (out / kind).rglob("*") if path.is_file()]
for path in made:
    left = re.findall(r"@[A-Z0-9]+@", path.read_text(encoding="utf-8"))
    expect(not left, f"{path}: {left} has no value")
    if path.suffix in (".py", ".bazel"): # Starlark without its few own words is Python
        ast.parse(path.read_text(encoding="utf-8"), path)
    if path.suffix == ".json":
        json.loads(path.read_text(encoding="utf-8"))

port = json.loads(text("vcpkg/metapatch/vcpkg.json"))
expect(port["version"] == version, "vcpkg.json is of another version")
expect(f"SHA512 {hashlib.sha512(content).hexdigest()}\n" in text("vcpkg/metapatch/portfile.cmake"), "SHA512 of the port")
expect(f'version = "{version}"' in text("conan/conanfile.py"), "conanfile.py is of another version")
expect(f'sha256: "{hashlib.sha256(content).hexdigest()}"' in text("conan/conandata.yml"), "sha256 of the recipe")
expect(f'version = "{version}"' in text(f"{module}/MODULE.bazel"), "MODULE.bazel is of another version")
source = json.loads(text(f"{module}/source.json"))


def integrity(of):
    return "sha256-" + base64.b64encode(hashlib.sha256(of).digest()).decode()


expect(source["integrity"] == integrity(content), "integrity of the module's archive")
for name, known in source["overlay"].items():
    expect(known == integrity((out / module / "overlay" / name).read_bytes()), f"integrity of {name}")
expect(json.loads(text("bazel/modules/metapatch/metadata.json"))["versions"] == [version], "metadata.json's versions")
for failure in failures:
    print(f"registries: {failure}")
print(f"registries: {len(made)} files for vcpkg, Conan and Bazel, {len(failures)} failures")
sys.exit(1 if failures or not made else 0)
