// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_URL_HPP
#define METAPATCH_SERVER_URL_HPP

#include "http_message.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace server {

/// The bytes that a percent-encoded text stands for; nothing where a `%` is not followed by two hexadecimal digits.
/// Source: RFC 3986 §2.1; of the plus, WHATWG URL, "application/x-www-form-urlencoded"
///
/// @param plus_is_space  as in queries and forms
std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space);

/// The pairs of a query, or of a form; nothing where one of them is malformed.
std::optional<named_values> read_pairs(std::string_view text);

} // namespace server

#endif
