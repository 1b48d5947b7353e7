// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_COMPARISON_HPP
#define METAPATCH_TOOL_COMPARISON_HPP

#include "terminal.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tool {

/// Lines for people: what a patch has set, removed and kept, one first-level member each.
///
/// @param before, after  valid texts of a field; nothing where it is absent
std::string compared(std::optional<std::string_view> before, std::optional<std::string_view> after, colours paint);

} // namespace tool

#endif
