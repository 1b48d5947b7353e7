// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_TEXT_PLACE_HPP
#define METAPATCH_TOOL_TEXT_PLACE_HPP

#include <metapatch/json/malformed_text.hpp>
#include <metapatch/json/text_position.hpp>
#include <metapatch/outcome/violation.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace tool {

/// Where a text was refused, for people.
struct text_place {
    metapatch::text_position at{};
    metapatch::malformed_cause cause{}; ///< `unknown` also for what is JSON, but too deep
    std::string excerpt{};              ///< a piece of the line, safe for a terminal
    std::size_t caret = 0;              ///< how many columns of it are before the place
    std::size_t offset = 0;             ///< in bytes
};

/// The place of the first violation that has an offset; nothing where none has.
std::optional<text_place> place_of(metapatch::report const& why, std::string_view text);

/// The place of what is no JSON in a text; nothing where all of it is.
std::optional<text_place> place_of_error(std::string_view text);

/// A place in a text that begins at another place than the first.
metapatch::text_position moved(metapatch::text_position at, metapatch::text_position start);

/// `line 2, column 7 (byte 12): a comma stands before the closing bracket`
std::string in_words(text_place const& place);

/// The piece of the line, and a caret below the place.
std::string with_caret(text_place const& place, std::string_view indent);

} // namespace tool

#endif
