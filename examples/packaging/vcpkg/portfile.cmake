vcpkg_from_github(
    OUT_SOURCE_PATH SOURCE_PATH
    REPO metapatch/metapatch
    REF "v${VERSION}"
    SHA512 @SHA512@
    HEAD_REF main
)

# Headers alone, of which there is one kind; what is not installed is not built.
set(VCPKG_BUILD_TYPE release)
vcpkg_cmake_configure(
    SOURCE_PATH "${SOURCE_PATH}"
    OPTIONS
        -DBUILD_TESTING=OFF
        -DCMAKE_SKIP_INSTALL_ALL_DEPENDENCY=ON
)
vcpkg_cmake_install()
vcpkg_cmake_config_fixup(CONFIG_PATH share/cmake/metapatch)
vcpkg_replace_string("${CURRENT_PACKAGES_DIR}/share/metapatch/metapatch-targets.cmake"
    "/share/cmake/metapatch/" "/share/metapatch/")
vcpkg_fixup_pkgconfig()

file(REMOVE_RECURSE "${CURRENT_PACKAGES_DIR}/share/cmake")
vcpkg_install_copyright(FILE_LIST "${SOURCE_PATH}/LICENSE")
