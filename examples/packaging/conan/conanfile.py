# SPDX-License-Identifier: BSL-1.0
"""The recipe of metapatch for Conan 2."""

import os

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.files import copy, get
from conan.tools.layout import basic_layout

required_conan_version = ">=2.0"


class MetapatchConan(ConanFile):
    name = "metapatch"
    version = "@VERSION@"
    description = "JSON metadata merge and validation with Auth0's PATCH semantics"
    license = "BSL-1.0"
    url = "https://github.com/conan-io/conan-center-index"
    homepage = "https://github.com/metapatch/metapatch"
    topics = ("json", "auth0", "merge-patch", "header-only")
    package_type = "header-library"
    settings = "os", "arch", "compiler", "build_type"
    no_copy_source = True

    def layout(self):
        basic_layout(self, src_folder="src")

    def requirements(self):
        self.requires("boost/[>=1.81 <2]")

    def package_id(self):
        self.info.clear()

    def validate(self):
        check_min_cppstd(self, 20)

    def source(self):
        get(self, **self.conan_data["sources"][self.version], strip_root=True)

    def package(self):
        copy(self, "LICENSE", self.source_folder, os.path.join(self.package_folder, "licenses"))
        copy(self, "*.hpp", os.path.join(self.source_folder, "include"), os.path.join(self.package_folder, "include"))

    def package_info(self):
        # metapatch::headers says nothing of how Boost.JSON is built, as in the library's own package for CMake.
        self.cpp_info.components["headers"].requires = ["boost::headers"]
        self.cpp_info.components["metapatch"].requires = ["headers", "boost::json"]
        self.cpp_info.components["metapatch"].set_property("pkg_config_name", "metapatch")
        for component in self.cpp_info.components.values():
            component.bindirs = []
            component.libdirs = []
