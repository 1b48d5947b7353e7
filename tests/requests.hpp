// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_REQUESTS_HPP
#define METAPATCH_TESTS_REQUESTS_HPP

#include "support.hpp"

#include <metapatch/auth0/contract/permissions.hpp>
#include <metapatch/auth0/contract/refusal.hpp>

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace metapatch::test {

inline std::optional<auth0::access_token> token_of(std::string_view scopes,
                                                   std::optional<std::string_view> subject = {})
{
    return auth0::access_token{scope_view(scopes), subject};
}

/// The body of a refusal, as text.
inline std::string shown(auth0::refusal const& why)
{
    return shown(auth0::body(why));
}

/// What a refusal means: its status and the name of its reason.
inline std::string reason(auth0::refusal const& why)
{
    return std::to_string(why.status) + " " + std::string(auth0::name(why.why));
}

/// Sets of scopes, `a b; c`.
inline std::string shown(std::vector<std::vector<std::string_view>> const& sets)
{
    std::string text;
    for (auto const& set : sets) {
        text += text.empty() ? "" : "; ";
        for (auto const scope : set)
            text.append(scope == set.front() ? "" : " ").append(scope);
    }
    return text;
}

/// Deeper than what can be copied. In a monotonic resource nothing is destroyed, or Boost.JSON's own destructor would
/// overflow the stack.
inline boost::json::value deep_value(boost::json::storage_ptr const& storage)
{
    boost::json::value deep(1, storage);
    for (std::size_t i = 0; i < 300'000; ++i) {
        boost::json::object around(storage);
        around.emplace("a", std::move(deep));
        deep = std::move(around);
    }
    return deep;
}

} // namespace metapatch::test

#endif
