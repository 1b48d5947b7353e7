// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_MANAGEMENT_VIEW_USER_HPP
#define METAPATCH_AUTH0_MANAGEMENT_VIEW_USER_HPP

#include <metapatch/auth0/management/user_rules.hpp>
#include <metapatch/auth0/request/admission.hpp>
#include <metapatch/auth0/request/metadata_refusal.hpp>
#include <metapatch/json/lexeme_dom.hpp>
#include <metapatch/json/text.hpp>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/storage_ptr.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace metapatch::auth0 {

/// Which members of a user to show: the query's `fields` and `include_fields`. By default all.
struct view_fields {
    std::span<std::string_view const> names{}; ///< of the root; none: all, whatever `include` says
    bool include = true;                       ///< show these alone; or all but these
};

namespace detail {

/// Identities without the provider's secrets. Source: OpenAPI, UserIdentitySchema ("… if scope read:user_idp_tokens is
/// defined").
inline boost::json::array without_provider_tokens(boost::json::array identities)
{
    for (auto& identity : identities) {
        if (!identity.is_object())
            continue;
        auto& members = identity.get_object();
        for (std::string_view const name : {"access_token", "access_token_secret", "refresh_token"})
            if (auto const place = members.find(name); place != members.end())
                members.stable_erase(place);
    }
    return identities;
}

/// What a view shows of a user whose values may be of any numbers.
inline answer<boost::json::object> view_user(boost::json::object const* stored,
                                             std::optional<access_token> const& token, std::string_view user_id,
                                             view_fields fields, permission_table const& table,
                                             boost::json::storage_ptr storage)
{
    constexpr std::string_view operation = "GET /users/{id}";
    if (auto refused = check_scope(table, operation, token, user_id))
        return *std::move(refused);
    auto const asked = request_of(operation, *token, user_id);
    auto const decision = authorize(table.rules, asked);
    if (auto refused = check_reach(table, asked, decision))
        return *std::move(refused);
    if (stored == nullptr)
        return no_such_user();

    bool const shows_tokens = token->scopes.contains("read:user_idp_tokens");
    boost::json::object shown(std::move(storage));
    for (auto const& member : *stored) {
        std::string_view const name = member.key();
        bool const named = std::find(fields.names.begin(), fields.names.end(), name) != fields.names.end();
        if (name == "password" || !decision.reaches(name) || (!fields.names.empty() && named != fields.include))
            continue;
        auto& value = shown[name];
        value = member.value();
        if (name == "identities" && !shows_tokens && value.is_array())
            value = without_provider_tokens(std::move(value.get_array()));
    }
    return shown;
}

} // namespace detail

/// Answer GET /api/v2/users/{id}.
///
/// It shows the whole profile, metadata included; of `identities` the provider's tokens only to the scope
/// `read:user_idp_tokens`; by the documented table user_metadata alone. A member `password` is never shown.
///
/// @param stored   the user, or nothing where there is none of that id
/// @param token    verified; nothing where the request has none
/// @param user_id  of the path
/// @param fields   which members to show
/// @param rules    `permissions` alone count
/// @param storage  where the view lives
/// Errors:         in this order `unauthorized` 401, `insufficient_scope` 403, `subject_mismatch` 403, `not_found` 404
/// Complexity:     O(members · fields + bytes). Exceptions: std::bad_alloc
/// Source:         OpenAPI; SPEC §4.3
[[nodiscard]] inline answer<boost::json::object>
view_user(state const& stored, std::optional<access_token> const& token, std::string_view user_id,
          view_fields fields = {}, user_rules const& rules = standard_user_rules, boost::json::storage_ptr storage = {})
{
    return detail::view_user(stored ? &*stored : nullptr, token, user_id, fields, rules.permissions,
                             std::move(storage));
}

/// The same from text to compact text; numbers stay as they are written.
/// Errors: those of the other form, and at last `unreadable_state` 500 for a stored text that is no JSON object.
[[nodiscard]] inline answer<std::string> view_user(std::optional<std::string_view> stored,
                                                   std::optional<access_token> const& token, std::string_view user_id,
                                                   view_fields fields = {},
                                                   user_rules const& rules = standard_user_rules)
{
    metapatch::detail::lexeme_dom dom;
    state user;
    bool readable = true;
    if (stored) {
        auto value = dom.read(*stored, {.max_nesting = nesting_ceiling});
        readable = value && value->is_object();
        user = readable ? std::move(value->get_object()) : boost::json::object();
    }
    auto const shown = view_user(user, token, user_id, fields, rules);
    if (!shown)
        return shown.error();
    if (!readable)
        return detail::unreadable_state("The user");
    return dom.write(*shown);
}

} // namespace metapatch::auth0

#endif
