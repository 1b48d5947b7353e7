// SPDX-License-Identifier: BSL-1.0
#include "own_data.hpp"

#include "errors.hpp"
#include "files.hpp"

#include <boost/json/parse.hpp>
#include <filesystem>
#include <string_view>

#ifdef METAPATCH_CONFORMANCE_BUNDLE
// What package.py makes of all vectors and rules, as it is.
asm(".section .rodata\n"
    ".globl metapatch_conformance_bundle_begin\n"
    ".globl metapatch_conformance_bundle_end\n"
    "metapatch_conformance_bundle_begin:\n"
    ".incbin \"" METAPATCH_CONFORMANCE_BUNDLE "\"\n"
    "metapatch_conformance_bundle_end:\n"
    ".byte 0\n"
    ".previous\n");
extern char const metapatch_conformance_bundle_begin[];
extern char const metapatch_conformance_bundle_end[];
#endif

namespace metapatch::conformance {

#ifdef METAPATCH_CONFORMANCE_BUNDLE

namespace {

boost::json::object const& bundle()
{
    static auto const whole = boost::json::parse(
        {metapatch_conformance_bundle_begin,
         static_cast<std::size_t>(metapatch_conformance_bundle_end - metapatch_conformance_bundle_begin)},
        {}, {.max_depth = 64});
    return whole.get_object();
}

} // namespace

std::vector<vector_case> own_vectors()
{
    std::vector<vector_case> all;
    for (auto const& each : bundle().at("files").as_array())
        read_vectors(each, all);
    return all;
}

std::vector<rule> own_rules()
{
    return read_rules(bundle().at("rules"));
}

std::string own_vectors_version()
{
    return std::string(bundle().at("version").as_string());
}

#else

namespace {

std::filesystem::path const folder = METAPATCH_CONFORMANCE_FOLDER;

} // namespace

std::vector<vector_case> own_vectors()
{
    return load_vectors(folder / "vectors");
}

std::vector<rule> own_rules()
{
    return read_rules(read_json(folder / "rules.json"));
}

std::string own_vectors_version()
{
    auto const text = read_file(folder / "CHANGELOG.md");
    constexpr std::string_view mark = "\n## ";
    auto const begin = text.find(mark);
    if (begin == std::string::npos)
        throw usage_error("the changelog of the vectors has no version");
    return text.substr(begin + mark.size(), text.find_first_of(" \n", begin + mark.size()) - begin - mark.size());
}

#endif

} // namespace metapatch::conformance
