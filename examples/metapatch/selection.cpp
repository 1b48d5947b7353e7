// SPDX-License-Identifier: BSL-1.0
#include "selection.hpp"

#include "errors.hpp"
#include "json_values.hpp"

#include <metapatch/simd/is_json.hpp>

#include <algorithm>
#include <utility>

namespace tool {

selection::selection(std::vector<std::string> const& conditions)
{
    for (auto const& each : conditions) {
        auto const equals = each.find('=');
        auto path = equals == std::string::npos ? std::nullopt : read_pointer(std::string_view(each).substr(0, equals));
        if (!path)
            throw usage_error("--where: this is no POINTER=JSON, such as /app_metadata/plan='\"free\"': " + each);
        auto value = each.substr(equals + 1);
        if (!metapatch::is_json(value))
            throw usage_error("--where: what stands behind = is no JSON; a string needs its quotes, as in '" +
                              each.substr(0, equals + 1) + "\"text\"': " + each);
        conditions_.push_back({std::move(*path), std::move(value)});
    }
}

bool selection::takes(std::string_view document) const
{
    if (conditions_.empty() || !metapatch::is_json(document))
        return true;
    return std::ranges::all_of(conditions_, [document](condition const& each) {
        auto const value = value_at(document, each.path);
        return value && is_same_json(*value, each.value);
    });
}

} // namespace tool
