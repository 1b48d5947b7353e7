// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_MANAGEMENT_USER_RULES_HPP
#define METAPATCH_AUTH0_MANAGEMENT_USER_RULES_HPP

#include <metapatch/auth0/contract/permissions.hpp>
#include <metapatch/auth0/contract/policies.hpp>
#include <metapatch/json/compact_size.hpp>
#include <metapatch/json/measure.hpp>
#include <metapatch/splice/stored_text.hpp>

#include <boost/json/object.hpp>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

namespace metapatch::auth0 {

/// The rules of users, as a value to copy and edit. The policies may be of any rules, a lambda's too: see
/// `with_user_metadata` and `with_app_metadata`.
///
/// @tparam UserKeys, AppKeys  the rules for keys, and for values, of the two fields
template<key_rule UserKeys = field_keys, key_rule AppKeys = field_keys>
struct basic_user_rules {
    permission_table permissions = enforced;
    policy<UserKeys> user_metadata = detail::usual<UserKeys>(auth0::user_metadata);
    policy<AppKeys> app_metadata = detail::usual<AppKeys>(auth0::app_metadata);
    /// Of both fields together, in bytes of compact JSON. Source: "Metadata Best Practices" ("together … 16 MB").
    std::size_t max_metadata_bytes = auth0::max_metadata_bytes;
    /// Of the whole user in bytes of compact JSON, beyond which there is a warning, and never a refusal: 10 KB; that
    /// they are 1,024 bytes each is chosen. Source: "Metadata Field Names and Data Types"; until when:
    /// `large_profiles_end`.
    std::size_t large_profile_bytes = 10'240;
    /// What is known of the texts of users that are stored. By default nothing: they are checked in full.
    stored_text stored = stored_text::checked;
    /// By which instructions texts are read; nothing: the fastest that the processor has.
    std::optional<scan_with> instructions{};
};

/// Those with policies of the type that Auth0's have.
using user_rules = basic_user_rules<>;

/// The same rules with another policy of user_metadata.
///
/// @code
/// auto const no_underscore = [](std::string_view key) noexcept { return !key.starts_with('_'); };
/// auto const rules = with_user_metadata(standard_user_rules, and_keys(auth0::user_metadata, no_underscore));
/// @endcode
template<key_rule UserKeys, key_rule AppKeys, key_rule Keys>
constexpr basic_user_rules<Keys, AppKeys> with_user_metadata(basic_user_rules<UserKeys, AppKeys> const& base,
                                                             policy<Keys> policy)
{
    return {base.permissions,         std::move(policy), base.app_metadata, base.max_metadata_bytes,
            base.large_profile_bytes, base.stored,       base.instructions};
}

/// The same of app_metadata.
template<key_rule UserKeys, key_rule AppKeys, key_rule Keys>
constexpr basic_user_rules<UserKeys, Keys> with_app_metadata(basic_user_rules<UserKeys, AppKeys> const& base,
                                                             policy<Keys> policy)
{
    return {base.permissions,         base.user_metadata, std::move(policy), base.max_metadata_bytes,
            base.large_profile_bytes, base.stored,        base.instructions};
}

/// The day, as RFC 3339 writes it, from which the service may refuse writes that leave a user beyond
/// `large_profile_bytes`. Source: "Deprecations and Migrations", the end of life of "Uncapped User Profile Data"
inline constexpr std::string_view large_profiles_end = "2027-03-04";

/// The rules of the service as they are.
inline constexpr user_rules standard_user_rules{};

/// A user that was created or updated.
///
/// @tparam Document  `boost::json::object`, or `std::string` for a text
template<class Document>
struct changed_user {
    Document user;
    access_decision decision; ///< allowed; by what, `decision.granted_by()` tells
};

/// The same where a caller's output holds the text.
struct user_change {
    std::size_t size;         ///< of the user's text, in bytes
    access_decision decision; ///< allowed; by what, `decision.granted_by()` tells
};

/// The size of a user in bytes of compact JSON where it is beyond `large_profile_bytes`: writes like the one that made
/// it succeed until `large_profiles_end`, with a warning.
///
/// @param user   its text; of one that is no JSON the size as it stands
/// @param rules  `large_profile_bytes` alone counts
/// Complexity: O(1) where the text as it stands is within the limit; else that of `compact_size`
/// Exceptions: std::bad_alloc
/// Source:     "Metadata Field Names and Data Types"
template<key_rule UserKeys = field_keys, key_rule AppKeys = field_keys>
[[nodiscard]] std::optional<std::size_t>
large_profile(std::string_view user, basic_user_rules<UserKeys, AppKeys> const& rules = standard_user_rules)
{
    if (user.size() <= rules.large_profile_bytes)
        return std::nullopt;
    auto const counted = compact_size(user, {.max_nesting = nesting_ceiling});
    auto const size = counted ? *counted : user.size();
    return size > rules.large_profile_bytes ? std::optional(size) : std::nullopt;
}

/// The same of a DOM. O(values of the user).
template<key_rule UserKeys = field_keys, key_rule AppKeys = field_keys>
[[nodiscard]] std::optional<std::size_t>
large_profile(boost::json::object const& user, basic_user_rules<UserKeys, AppKeys> const& rules = standard_user_rules)
{
    auto const size = serialized_size(user);
    return size > rules.large_profile_bytes ? std::optional(size) : std::nullopt;
}

} // namespace metapatch::auth0

#endif
