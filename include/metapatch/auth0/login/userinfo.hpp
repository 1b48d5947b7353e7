// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_LOGIN_USERINFO_HPP
#define METAPATCH_AUTH0_LOGIN_USERINFO_HPP

#include <metapatch/access/scope.hpp>
#include <metapatch/auth0/login/claims.hpp>
#include <metapatch/json/measure.hpp>

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// GET /userinfo: what a client learns of a user, from the scopes that it was granted.
namespace metapatch::auth0 {

/// Why a custom claim is not in the answer.
enum class claim_refusal : std::uint8_t {
    restricted,         ///< its name is one of `restricted_claims`
    reserved_namespace, ///< its name lies in a namespace of Auth0
    scope_not_granted,  ///< it is a standard claim whose scope was not granted
    too_large,          ///< with it the custom claims would have too many bytes
};

/// The stable name of a reason, as it appears on the wire.
constexpr std::string_view name(claim_refusal why) noexcept
{
    switch (why) {
    case claim_refusal::restricted:
        return "restricted";
    case claim_refusal::reserved_namespace:
        return "reserved_namespace";
    case claim_refusal::scope_not_granted:
        return "scope_not_granted";
    case claim_refusal::too_large:
        return "too_large";
    }
    return "unknown";
}

/// A custom claim that is not in the answer.
struct dropped_claim {
    std::string claim{};
    claim_refusal why{};

    bool operator==(dropped_claim const&) const = default;
};

/// What GET /userinfo answers, and what was left out of it.
struct user_claims {
    boost::json::object claims{};
    std::vector<dropped_claim> dropped{}; ///< in the order in which they were given
};

/// The limits of GET /userinfo.
struct userinfo_rules {
    /// Bytes of the custom claims together, names included, as one compact JSON object; see `serialized_size`. Auth0
    /// says 100 KB; that this is 102,400 bytes of JSON is chosen.
    std::size_t max_custom_bytes = std::size_t{100} << 10;
};

namespace detail {

struct value_bytes {
    std::size_t operator()(boost::json::value const& value) const { return serialized_size(value); }
};

} // namespace detail

/// The claims of a user: the standard ones of the granted scopes, then the custom ones.
///
/// A user's other attributes, and the metadata, are told by custom claims alone. One of the name of a standard claim
/// stands in its place, where the scope was granted. An attribute that is missing or null makes no claim, and a user_id
/// that is no string no `sub`; all other values are told as they are (chosen). Each scope gives its own claims, whether
/// or not `openid` is among them (chosen).
///
/// @param user     the whole profile, with members of any type
/// @param scopes   of the access token
/// @param custom   what Actions or Rules have set: name and value, also null
/// @param rules    Auth0 fails a login whose custom claims are too large. Here those are dropped that do not fit any
///                 more, in the order in which they are given: a small one behind a large one may fit (chosen)
/// @param storage  of the claims
/// @param size     the bytes of a value, for a caller whose values are more than they show
/// @return         the claims, and which custom ones are not among them, with the first reason of the order in
///                 `claim_refusal`
/// Errors:         none
/// Complexity:     O(custom claims) expected, and the bytes of what is told; no recursion of its own
/// Exceptions:     std::bad_alloc
/// Source:         semantics §6; Auth0, "Get User Info"
///                 <https://auth0.com/docs/api/authentication/user-profile/get-user-info>
template<class Size = detail::value_bytes>
[[nodiscard]] user_claims userinfo(boost::json::object const& user, scope_view scopes,
                                   boost::json::object const& custom = {}, userinfo_rules const& rules = {},
                                   boost::json::storage_ptr storage = {}, Size size = {})
{
    user_claims made{boost::json::object(std::move(storage)), {}};
    for (auto const& each : standard_claims) {
        auto const* const value = user.if_contains(each.attribute);
        if (value == nullptr || value->is_null() || !scopes.contains(each.scope))
            continue;
        if (each.claim != "sub" || value->is_string())
            made.claims.emplace(each.claim, *value);
    }
    std::size_t bytes = 2; // braces; each claim but the first has a comma
    for (auto const& given : custom) {
        std::string_view const claim = given.key();
        auto const drop = [&](claim_refusal why) { made.dropped.push_back({std::string(claim), why}); };
        auto const* const standard = find_standard_claim(claim);
        if (std::find(restricted_claims.begin(), restricted_claims.end(), claim) != restricted_claims.end()) {
            drop(claim_refusal::restricted);
        } else if (is_reserved_namespace(claim)) {
            drop(claim_refusal::reserved_namespace);
        } else if (standard != nullptr && !scopes.contains(standard->scope)) {
            drop(claim_refusal::scope_not_granted);
        } else {
            auto const more = (bytes > 2 ? 1 : 0) + serialized_string_size(claim) + 1 + size(given.value());
            if (bytes > rules.max_custom_bytes || more > rules.max_custom_bytes - bytes) {
                drop(claim_refusal::too_large);
                continue;
            }
            bytes += more;
            made.claims[claim] = given.value();
        }
    }
    return made;
}

} // namespace metapatch::auth0

#endif
