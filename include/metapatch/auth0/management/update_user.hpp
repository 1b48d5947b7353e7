// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_MANAGEMENT_UPDATE_USER_HPP
#define METAPATCH_AUTH0_MANAGEMENT_UPDATE_USER_HPP

#include <metapatch/auth0/management/user_metadata.hpp>
#include <metapatch/auth0/management/user_update.hpp>

#include <boost/json/object.hpp>
#include <boost/json/storage_ptr.hpp>
#include <boost/json/value.hpp>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace metapatch::auth0 {

namespace detail {

template<class Tell, class Rules>
answer<changed_user<boost::json::object>>
update_user_telling(Tell tell, state const& stored, std::optional<access_token> const& token, std::string_view user_id,
                    boost::json::value const& body, Rules const& rules, boost::json::storage_ptr storage)
{
    dom_media media(stored, body, std::move(storage));
    std::optional<access_decision> decision;
    auto const read_body = [&media] { return media.read_body(); };
    if (auto refused = admit_update(read_body, media.members(), token, user_id, rules.permissions,
                                    null_clears_by(rules), decision))
        return *std::move(refused);
    return change_user(media, *token, user_id, *decision, rules, tell);
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
///                 500 (a stored field is neither an object nor null, and the body does not clear it),
///                 `rule_violation` 400 of a result; by a table that judges effects at last `insufficient_scope` 403
///                 again
/// Complexity:     O(bytes of both)
/// Exceptions:     std::bad_alloc
/// Source:         OpenAPI; semantics §4.4 and §6
template<key_rule UserKeys = field_keys, key_rule AppKeys = field_keys>
[[nodiscard]] answer<changed_user<boost::json::object>>
update_user(state const& stored, std::optional<access_token> const& token, std::string_view user_id,
            boost::json::value const& body, basic_user_rules<UserKeys, AppKeys> const& rules = standard_user_rules,
            boost::json::storage_ptr storage = {})
{
    return detail::update_user_telling(detail::tells_nothing(), stored, token, user_id, body, rules,
                                       std::move(storage));
}

/// The same, and tell what changed.
///
/// @param told  becomes the changes; it is as before where the request is refused
template<key_rule UserKeys = field_keys, key_rule AppKeys = field_keys>
[[nodiscard]] answer<changed_user<boost::json::object>>
update_user(state const& stored, std::optional<access_token> const& token, std::string_view user_id,
            boost::json::value const& body, user_changes& told,
            basic_user_rules<UserKeys, AppKeys> const& rules = standard_user_rules,
            boost::json::storage_ptr storage = {})
{
    return detail::update_user_telling(detail::tells_changes{told}, stored, token, user_id, body, rules,
                                       std::move(storage));
}

/// The same from text to text, into an output. What the body does not name keeps its bytes, numbers of any size too.
///
/// @param stored  the user's text, a JSON object; nothing where there is no such user
/// @param body    the text of the whole body
/// @param out     a string or a list, appended to; or a buffer: as of `user_update::apply`
/// Errors:        those of the other form; `malformed_body` also for what is no JSON, or nested beyond 1,024 levels;
///                `unreadable_state` also for a stored text that is no JSON object, as far as it is not trusted
/// Complexity:    that of `user_update`, which spares who has more than one request the allocations
/// Exceptions:    std::bad_alloc; strong guarantee, but for a buffer
template<splice_output Out, key_rule UserKeys = field_keys, key_rule AppKeys = field_keys>
[[nodiscard]] answer<user_change>
update_user(std::optional<std::string_view> stored, std::optional<access_token> const& token, std::string_view user_id,
            std::string_view body, Out& out, basic_user_rules<UserKeys, AppKeys> const& rules = standard_user_rules)
{
    user_update update;
    if (auto refused = update.read(token, user_id, body, rules))
        return *std::move(refused);
    auto made = update.apply(stored, out);
    if constexpr (std::same_as<Out, text_pieces>) {
        if (made)
            update.release(out);
    }
    return made;
}

/// The same, and tell what changed.
///
/// @param told  becomes the changes; it is as before where the request is refused
template<splice_output Out, key_rule UserKeys = field_keys, key_rule AppKeys = field_keys>
[[nodiscard]] answer<user_change> update_user(std::optional<std::string_view> stored,
                                              std::optional<access_token> const& token, std::string_view user_id,
                                              std::string_view body, Out& out, user_changes& told,
                                              basic_user_rules<UserKeys, AppKeys> const& rules = standard_user_rules)
{
    user_update update;
    if (auto refused = update.read(token, user_id, body, rules))
        return *std::move(refused);
    auto made = update.apply(stored, out, told);
    if constexpr (std::same_as<Out, text_pieces>) {
        if (made)
            update.release(out);
    }
    return made;
}

template<class... Given>
refused_pieces<answer<user_change>, Given...> update_user(Given&&...) = delete; // they would refer to what is gone

/// The same, into a string of its own.
template<key_rule UserKeys = field_keys, key_rule AppKeys = field_keys>
[[nodiscard]] answer<changed_user<std::string>>
update_user(std::optional<std::string_view> stored, std::optional<access_token> const& token, std::string_view user_id,
            std::string_view body, basic_user_rules<UserKeys, AppKeys> const& rules = standard_user_rules)
{
    std::string user;
    auto const made = update_user(stored, token, user_id, body, user, rules);
    if (!made)
        return made.error();
    return changed_user<std::string>{std::move(user), made->decision};
}

/// The same, into a string of its own, and tell what changed.
template<std::convertible_to<std::string_view> Text, key_rule UserKeys = field_keys, key_rule AppKeys = field_keys>
[[nodiscard]] answer<changed_user<std::string>>
update_user(std::optional<std::string_view> stored, std::optional<access_token> const& token, std::string_view user_id,
            Text const& body, user_changes& told,
            basic_user_rules<UserKeys, AppKeys> const& rules = standard_user_rules)
{
    std::string user;
    auto const made = update_user(stored, token, user_id, std::string_view(body), user, told, rules);
    if (!made)
        return made.error();
    return changed_user<std::string>{std::move(user), made->decision};
}

/// The same of `std::nullopt`, which says for a text as for a value that there is no such user.
template<std::convertible_to<std::string_view> Text, key_rule UserKeys = field_keys, key_rule AppKeys = field_keys>
[[nodiscard]] answer<changed_user<std::string>>
update_user(std::nullopt_t, std::optional<access_token> const& token, std::string_view user_id, Text const& body,
            basic_user_rules<UserKeys, AppKeys> const& rules = standard_user_rules)
{
    return update_user(std::optional<std::string_view>(), token, user_id, std::string_view(body), rules);
}

/// The same, with a body that is a value.
template<key_rule UserKeys = field_keys, key_rule AppKeys = field_keys>
[[nodiscard]] answer<changed_user<boost::json::object>>
update_user(std::nullopt_t, std::optional<access_token> const& token, std::string_view user_id,
            boost::json::value const& body, basic_user_rules<UserKeys, AppKeys> const& rules = standard_user_rules,
            boost::json::storage_ptr storage = {})
{
    return update_user(state(), token, user_id, body, rules, std::move(storage));
}

#ifdef METAPATCH_SEPARATE // compiled once for a whole program: see metapatch/src.hpp
METAPATCH_SEPARATE answer<user_change>
update_user<std::string, field_keys, field_keys>(std::optional<std::string_view>, std::optional<access_token> const&,
                                                 std::string_view, std::string_view, std::string&, user_rules const&);
#endif

} // namespace metapatch::auth0

#endif
