// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_RUNNER_STRING_MEMBER_HPP
#define METAPATCH_RUNNER_STRING_MEMBER_HPP

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

namespace metapatch::conformance {

/// A member that is a string; an empty one where there is none.
inline std::string string_member(boost::json::object const& from, std::string_view name)
{
    auto const* const found = from.if_contains(name);
    return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

} // namespace metapatch::conformance

#endif
