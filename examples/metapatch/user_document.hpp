// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_USER_DOCUMENT_HPP
#define METAPATCH_TOOL_USER_DOCUMENT_HPP

#include <metapatch/json/exact_dom.hpp>

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace tool {

/// The member `user_id` of a user; nothing where it is no string, or the text no JSON object.
std::optional<std::string> id_of_user(boost::json::object const& user);
std::optional<std::string> id_of_user(std::string_view text);

/// The object that an argument is. Throws `usage_error` where it is none.
///
/// @param what  the argument, for messages
/// @param dom   reads it; numbers mean nothing but themselves
boost::json::object object_in(metapatch::exact_dom& dom, std::string_view text, std::string const& what);

} // namespace tool

#endif
