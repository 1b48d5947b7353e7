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

/// Such pairs, percent-encoded for a query, a fragment or a form.
std::string written_pairs(named_values const& pairs);

/// The origin of an address, such as `https://example.com:8080`; of one without an authority what stands before the path.
/// Source: RFC 6454 §4, but for the ports that schemes have by themselves
std::string origin_of(std::string_view address);

/// Whether a browser may be sent to an address: it is absolute, without a fragment, of visible ASCII alone, and of a
/// scheme that runs no script. Source: RFC 6749 §3.1.2
bool is_safe_address(std::string_view address);

} // namespace server

#endif
