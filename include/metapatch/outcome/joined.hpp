// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_OUTCOME_JOINED_HPP
#define METAPATCH_OUTCOME_JOINED_HPP

#include <metapatch/version.hpp>

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

namespace metapatch::detail {

/// One text of several. Not `"…" + std::string(…)`, which g++ 12 warns of at -O3: it takes the insertion in front for a
/// copy that overlaps itself.
///
/// Exceptions: std::bad_alloc
inline std::string joined(std::initializer_list<std::string_view> parts)
{
    std::size_t size = 0;
    for (auto const part : parts)
        size += part.size();
    std::string text;
    text.reserve(size);
    for (auto const part : parts)
        text.append(part);
    return text;
}

} // namespace metapatch::detail

#endif
