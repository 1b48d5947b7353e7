// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_NEAREST_HPP
#define METAPATCH_TOOL_NEAREST_HPP

#include <string>
#include <string_view>
#include <vector>

namespace tool {

/// Names in the order of how near they are to what was written: first those that take the fewest letters to be typed
/// anew, left out, or swapped with the next one.
std::vector<std::string> by_nearness(std::string_view written, std::vector<std::string> names);

/// The nearest of them where it is so near that it may be meant; "" where none is.
std::string nearest(std::string_view written, std::vector<std::string> const& names);

} // namespace tool

#endif
