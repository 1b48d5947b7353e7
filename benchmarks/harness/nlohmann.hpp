// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_BENCHMARKS_HARNESS_NLOHMANN_HPP
#define METAPATCH_BENCHMARKS_HARNESS_NLOHMANN_HPP

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

/// What contenders of nlohmann/json share.
namespace bench::nlohmann_json {

inline std::string version()
{
    return std::to_string(NLOHMANN_JSON_VERSION_MAJOR) + '.' + std::to_string(NLOHMANN_JSON_VERSION_MINOR) + '.' +
           std::to_string(NLOHMANN_JSON_VERSION_PATCH);
}

/// The loop that everyone writes; takes the patch's values.
inline void merge(nlohmann::json& stored, nlohmann::json& patch)
{
    for (auto& member : patch.items()) {
        if (member.value().is_null())
            stored.erase(member.key());
        else
            stored[member.key()] = std::move(member.value());
    }
}

} // namespace bench::nlohmann_json

#endif
