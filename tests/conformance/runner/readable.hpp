// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_RUNNER_READABLE_HPP
#define METAPATCH_RUNNER_READABLE_HPP

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace metapatch::conformance {

/// A line of a comparison: in both (' '), only expected ('-'), only given ('+'), or left out ('…').
struct diff_line {
    char kind;
    std::string text;
};

/// The lines that lead from one text to another, with a few common ones around each difference.
std::vector<diff_line> line_diff(std::vector<std::string> const& expected, std::vector<std::string> const& given);

/// What an answer differs in from the expected one. The texts in them are shown as the JSON that they are, one member a
/// line; what is equal is written alike on both sides, in the order in which it is expected.
std::vector<diff_line> answer_diff(boost::json::object const& expect, boost::json::object const& answer);

/// Bytes from elsewhere as UTF-8: what is none becomes U+FFFD.
std::string as_utf8(std::string_view bytes);

/// A text that is too long to be looked at, with its middle left out. Cut between characters; UTF-8 whatever it was.
std::string shortened(std::string_view text, std::size_t most = 400);

/// The same for every string inside.
boost::json::value shortened(boost::json::value whole, std::size_t most);

/// A line for each member of what was asked, its id and operation aside: `stored   {"a":1}`, cut where it is long.
std::vector<std::pair<std::string, std::string>> asked_lines(boost::json::object const& asked);

} // namespace metapatch::conformance

#endif
