// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_CHANGE_LINES_HPP
#define METAPATCH_TOOL_CHANGE_LINES_HPP

#include "terminal.hpp"

#include <metapatch/json/exact_dom.hpp>

#include <boost/json/value.hpp>
#include <cstddef>
#include <string>
#include <string_view>

namespace tool {

/// Lines for people: what differs between two states of a field, the way diffs are read. A first-level member each, with
/// what is removed (-), added (+) and changed (~); below an object that was changed, what has changed inside.
std::string change_lines(metapatch::state const& from, metapatch::state const& to, metapatch::exact_dom const& dom,
                         colours paint);

/// Of a value: a terminal's line.
inline constexpr std::size_t shown_bytes = 72;

/// A value, as much of it as a line takes.
std::string shown(boost::json::value const& value, metapatch::exact_dom const& dom);

/// The member of a field at a JSON Pointer that goes through objects alone; nullptr where there is none.
boost::json::value const* member_at(metapatch::state const& field, std::string_view pointer);

} // namespace tool

#endif
