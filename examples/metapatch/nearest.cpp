// SPDX-License-Identifier: BSL-1.0
#include "nearest.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace tool {

namespace {

/// How many letters are typed anew, left out, put in, or swapped with their neighbour. (Optimal string alignment, the
/// restricted form of Damerau's distance.)
std::size_t distance(std::string_view left, std::string_view right)
{
    std::vector<std::size_t> two_before(right.size() + 1);
    std::vector<std::size_t> before(right.size() + 1);
    std::vector<std::size_t> here(right.size() + 1);
    for (std::size_t j = 0; j <= right.size(); ++j)
        here[j] = j;
    for (std::size_t i = 1; i <= left.size(); ++i) {
        two_before = std::exchange(before, here);
        here[0] = i;
        for (std::size_t j = 1; j <= right.size(); ++j) {
            here[j] = std::min({before[j] + 1, here[j - 1] + 1, before[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1)});
            if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                here[j] = std::min(here[j], two_before[j - 2] + 1);
        }
    }
    return here[right.size()];
}

/// What is left out at the end, or before a dot, counts little: `app` and `app_metadata` are near `auth0.app_metadata`.
std::size_t distance_to_name(std::string_view written, std::string_view name)
{
    auto const whole = 2 * distance(written, name);
    auto const bare = name.substr(name.find('.') + 1);
    auto const parts = 1 + 2 * distance(written, bare);
    bool const begins = !written.empty() && (bare.starts_with(written) || name.starts_with(written));
    return std::min({whole, parts, begins ? std::size_t{2} : whole});
}

} // namespace

std::vector<std::string> by_nearness(std::string_view written, std::vector<std::string> names)
{
    std::ranges::stable_sort(names, {}, [written](auto const& name) { return distance_to_name(written, name); });
    return names;
}

std::string nearest(std::string_view written, std::vector<std::string> const& names)
{
    if (names.empty() || written.empty())
        return {};
    auto const first = by_nearness(written, names).front();
    return distance_to_name(written, first) <= 2 + written.size() * 2 / 3 ? first : std::string();
}

} // namespace tool
