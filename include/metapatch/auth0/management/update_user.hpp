// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_MANAGEMENT_UPDATE_USER_HPP
#define METAPATCH_AUTH0_MANAGEMENT_UPDATE_USER_HPP

#include <metapatch/auth0/management/user_metadata.hpp>
#include <metapatch/auth0/request/admission.hpp>
#include <metapatch/auth0/request/effects.hpp>

#include <boost/json/object.hpp>
#include <boost/json/storage_ptr.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace metapatch::auth0 {

namespace detail {

template<class Media>
answer<changed_user<typename Media::document>> update_user(Media media, std::optional<access_token> const& token,
                                                           std::string_view user_id, user_rules const& rules)
{
    constexpr std::string_view operation = "PATCH /users/{id}";
    auto const& table = rules.permissions;
    std::optional<refusal> malformed;
    std::vector<std::string_view> names;
    auto const read_body = [&] {
        malformed = media.read_body();
        if (!malformed)
            names = media.members().names();
        return std::span<std::string_view const>(names);
    };
    if (auto refused = check_scope(table, operation, token, user_id, read_body))
        return *std::move(refused);
    read_body();
    if (!malformed)
        malformed = check_update(media.members(), null_clears(rules));
    if (malformed)
        return *std::move(malformed);

    auto asked = request_of(operation, *token, user_id, names);
    auto decision = authorize(table.rules, asked);
    if (auto refused = check_reach(table, asked, decision))
        return *std::move(refused);
    if (!media.exists())
        return no_such_user();
    if (auto refused = media.read_stored())
        return *std::move(refused);

    set_attributes(media, update_attributes);
    auto const before = table.judges_effects ? media.now("user_metadata") : state();
    if (auto refused = merge_metadata(media, update_attributes, rules))
        return *std::move(refused);
    if (table.judges_effects) {
        auto const effects = effects_of(before, media.now("user_metadata"));
        auto const fields = with_effects(names, effects);
        asked.fields = fields;
        decision = authorize(table.rules, asked);
        if (!decision)
            return denied(refusal_reason::insufficient_scope, missing_effects(decision, effects), "insufficient_scope",
                          sufficient_scopes(table.rules, asked));
    }
    return finish(media, decision, rules);
}

} // namespace detail

/// Answer PATCH /api/v2/users/{id}.
///
/// Root attributes are replaced, and unset by null where the service allows that; user_metadata and app_metadata are
/// merged by their policies. `password`, `verify_email`, `verify_phone_number`, `connection` and `client_id` never
/// become part of the user: what they ask for is the caller's to do, as are `updated_at` and the question whether a
/// connection allows it.
///
/// @param stored   the user, or nothing where there is none of that id; untouched
/// @param token    verified; nothing where the request has none
/// @param user_id  of the path
/// @param body     the whole body
/// @param rules    permissions, policies, sizes
/// @param storage  where the new user lives
/// @return         the new user, or the refusal that the service would give; the user that is stored never changes
/// Errors:         in this order `unauthorized` 401, `insufficient_scope` 403, `malformed_body` 400, `subject_mismatch`
///                 403, `fields_out_of_reach` 403, `not_found` 404, `rule_violation` 400 of a patch, `unreadable_state`
///                 500 (a stored field that is no object), `rule_violation` 400 of a result; by a table that judges
///                 effects at last `insufficient_scope` 403 again
/// Complexity:     O(bytes of both)
/// Exceptions:     std::bad_alloc
/// Source:         OpenAPI; SPEC §4.4 and §6
[[nodiscard]] inline answer<changed_user<boost::json::object>>
update_user(state const& stored, std::optional<access_token> const& token, std::string_view user_id,
            boost::json::value const& body, user_rules const& rules = standard_user_rules,
            boost::json::storage_ptr storage = {})
{
    return detail::update_user(detail::dom_media(stored, body, std::move(storage)), token, user_id, rules);
}

/// The same from text to text. What the body does not name keeps its bytes, numbers of any size too.
///
/// @param stored  the user's text, a JSON object; nothing where there is no such user
/// @param body    the text of the whole body
/// Errors:        those of the other form; `malformed_body` also for what is no JSON, or nested beyond 1,024 levels;
///                `unreadable_state` also for a stored text that is no JSON object
[[nodiscard]] inline answer<changed_user<std::string>> update_user(std::optional<std::string_view> stored,
                                                                   std::optional<access_token> const& token,
                                                                   std::string_view user_id, std::string_view body,
                                                                   user_rules const& rules = standard_user_rules)
{
    return detail::update_user(detail::text_media(stored, body), token, user_id, rules);
}

} // namespace metapatch::auth0

#endif
