// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_JSON_VALUES_HPP
#define METAPATCH_TOOL_JSON_VALUES_HPP

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tool {

/// The keys and indexes that a JSON Pointer (RFC 6901) is made of; nothing where it is none.
std::optional<std::vector<std::string>> read_pointer(std::string_view pointer);

/// The text of the value at a place in a text that is JSON; nothing where there is none. Of a key that occurs twice the
/// last value counts.
std::optional<std::string_view> value_at(std::string_view document, std::vector<std::string> const& path);

/// Whether two texts are the same JSON, numbers by their value.
bool is_same_json(std::string_view left, std::string_view right);

} // namespace tool

#endif
