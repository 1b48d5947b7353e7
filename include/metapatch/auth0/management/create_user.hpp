// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_MANAGEMENT_CREATE_USER_HPP
#define METAPATCH_AUTH0_MANAGEMENT_CREATE_USER_HPP

#include <metapatch/auth0/management/user_metadata.hpp>
#include <metapatch/auth0/request/admission.hpp>

#include <boost/json/object.hpp>
#include <boost/json/storage_ptr.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace metapatch::auth0 {

namespace detail {

template<class Media>
answer<changed_user<typename Media::document>> create_user(Media media, std::optional<access_token> const& token,
                                                           std::string_view user_id, user_rules const& rules)
{
    constexpr std::string_view operation = "POST /users";
    auto const& table = rules.permissions;
    if (auto refused = check_scope(table, operation, token, user_id))
        return *std::move(refused);
    if (auto refused = media.read_body())
        return *std::move(refused);
    if (auto refused = check_create(media.members(), null_clears(rules)))
        return *std::move(refused);
    auto const names = media.members().names();
    auto const asked = request_of(operation, *token, user_id, names);
    auto const decision = authorize(table.rules, asked);
    if (auto refused = check_reach(table, asked, decision))
        return *std::move(refused);
    if (!is_utf8(user_id))
        return unwritable_user_id();
    media.start(user_id);
    set_attributes(media, create_attributes);
    if (auto refused = merge_metadata(media, create_attributes, rules))
        return *std::move(refused);
    return finish(media, decision, rules);
}

} // namespace detail

/// Answer POST /api/v2/users, as far as the body decides it. Whether there is such a user already, the caller knows:
/// `user_exists()`.
///
/// The new user has its `user_id` and the attributes of the body. `password`, `verify_email`, `connection` and the
/// body's own `user_id` (a part of the new one) are not among them; what a store decides (`created_at`, `identities`,
/// …) is the caller's to add. Metadata is the first value of its field: nulls at its first level remove nothing and are
/// not stored.
///
/// @param token    verified; nothing where the request has none
/// @param user_id  that the store assigned, such as `auth0|5f7…`
/// @param body     the whole body
/// @param rules    permissions, policies, sizes
/// @param storage  where the user lives
/// Errors:         in this order `unauthorized` 401, `insufficient_scope` 403, `malformed_body` 400, `rule_violation`
///                 400; by tables of yours `subject_mismatch` and `fields_out_of_reach` before the last; and before it
///                 `unreadable_state` 500 for a user_id that is not UTF-8
/// Complexity:     O(bytes of the body). Exceptions: std::bad_alloc
/// Source:         OpenAPI, CreateUserRequestContent; SPEC §6
[[nodiscard]] inline answer<changed_user<boost::json::object>>
create_user(std::optional<access_token> const& token, std::string_view user_id, boost::json::value const& body,
            user_rules const& rules = standard_user_rules, boost::json::storage_ptr storage = {})
{
    state const none;
    return detail::create_user(detail::dom_media(none, body, std::move(storage)), token, user_id, rules);
}

/// The same from text to text: values keep their bytes.
/// Errors: those of the other form; `malformed_body` also for what is no JSON, or nested beyond 1,024 levels.
[[nodiscard]] inline answer<changed_user<std::string>> create_user(std::optional<access_token> const& token,
                                                                   std::string_view user_id, std::string_view body,
                                                                   user_rules const& rules = standard_user_rules)
{
    return detail::create_user(detail::text_media(std::nullopt, body), token, user_id, rules);
}

} // namespace metapatch::auth0

#endif
