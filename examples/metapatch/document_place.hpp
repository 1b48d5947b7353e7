// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_DOCUMENT_PLACE_HPP
#define METAPATCH_TOOL_DOCUMENT_PLACE_HPP

#include <metapatch/json/text_position.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace tool {

/// Where a document of a batch stands.
struct document_place {
    std::string_view file{};  ///< "" where there is only one
    std::uint64_t number = 0; ///< from 1, of all documents of its file
    metapatch::text_position at{};
    bool is_line = true; ///< it is a line, and nothing else is on it
};

/// `line 7`, or `element 7 (line 1, column 300)`.
std::string in_words(document_place const& place);

} // namespace tool

#endif
