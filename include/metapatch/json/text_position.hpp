// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_JSON_TEXT_POSITION_HPP
#define METAPATCH_JSON_TEXT_POSITION_HPP

#include <metapatch/json/utf8.hpp>

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace metapatch {

/// A place in a text as editors count it.
struct text_position {
    std::size_t line = 1;   ///< from 1; a line ends with a line feed, whatever comes before that
    std::size_t column = 1; ///< from 1, in code points from the start of the line

    bool operator==(text_position const&) const = default;
};

/// The place behind some bytes.
///
/// Of bytes that are no UTF-8 each one counts that does not continue a sequence.
///
/// @param bytes  that come next, of which nothing else is asked
/// @param from   where they begin, so that a text can be counted piece by piece
/// Complexity:   O(bytes). Exceptions: none
/// Source:       semantics §3, "Where in the text"
[[nodiscard]] constexpr text_position position_behind(std::string_view bytes, text_position from = {}) noexcept
{
    auto const last = bytes.rfind('\n');
    if (last == std::string_view::npos)
        return {from.line, from.column + code_points(bytes)};
    auto const lines = static_cast<std::size_t>(std::count(bytes.begin(), bytes.end(), '\n'));
    return {from.line + lines, 1 + code_points(bytes.substr(last + 1))};
}

/// Line and column of a byte of a text.
///
/// @param text    any bytes
/// @param offset  from the start of the text, such as `violation::offset`; beyond the end it is the end
/// Complexity:    O(offset). Exceptions: none
[[nodiscard]] constexpr text_position position_in(std::string_view text, std::size_t offset) noexcept
{
    return position_behind(text.substr(0, std::min(offset, text.size())));
}

} // namespace metapatch

#endif
