// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_MANAGEMENT_MULTIFACTOR_HPP
#define METAPATCH_AUTH0_MANAGEMENT_MULTIFACTOR_HPP

#include <metapatch/auth0/management/user_rules.hpp>
#include <metapatch/auth0/request/admission.hpp>
#include <metapatch/auth0/request/user_media.hpp>
#include <metapatch/json/lexeme_dom.hpp>
#include <metapatch/json/text.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/storage_ptr.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace metapatch::auth0 {

namespace detail {

inline std::optional<refusal> check_delete_multifactor(std::optional<access_token> const& token,
                                                       std::string_view user_id, bool exists,
                                                       permission_table const& table)
{
    constexpr std::string_view operation = "DELETE /users/{id}/multifactor/{provider}";
    if (auto refused = check_scope(table, operation, token, user_id))
        return refused;
    auto const asked = request_of(operation, *token, user_id);
    if (auto refused = check_reach(table, asked, authorize(table.rules, asked)))
        return refused;
    return exists ? std::nullopt : std::optional(no_such_user());
}

/// The providers that stay. What is no list stays as it is.
inline boost::json::value without_provider(boost::json::value providers, std::string_view provider)
{
    if (auto* list = providers.if_array()) {
        boost::json::array kept(list->storage());
        for (auto& each : *list) {
            if (!(each.is_string() && each.get_string() == provider))
                kept.push_back(std::move(each));
        }
        *list = std::move(kept);
    }
    return providers;
}

} // namespace detail

/// Answer DELETE /api/v2/users/{id}/multifactor/{provider}: take a second factor away from a user. It does not touch
/// metadata, whatever scope the documented table wants for it.
///
/// @param stored    the user, or nothing where there is none of that id; untouched
/// @param token     verified; nothing where the request has none
/// @param user_id   of the path
/// @param provider  of the path, such as `google-authenticator`; one that the user has not is no error
/// @param rules     `permissions` alone count
/// @param storage   where the new user lives
/// @return          the user without the provider in its list `multifactor`, which stays, be it empty
/// Errors:          in this order `unauthorized` 401, `insufficient_scope` 403, `subject_mismatch` 403, `not_found` 404
/// Complexity:      O(bytes of the user). Exceptions: std::bad_alloc
/// Source:          OpenAPI; SPEC §6
[[nodiscard]] inline answer<boost::json::object>
delete_multifactor_provider(state const& stored, std::optional<access_token> const& token, std::string_view user_id,
                            std::string_view provider, user_rules const& rules = standard_user_rules,
                            boost::json::storage_ptr storage = {})
{
    if (auto refused = detail::check_delete_multifactor(token, user_id, stored.has_value(), rules.permissions))
        return *std::move(refused);
    boost::json::object user(*stored, std::move(storage));
    if (auto* providers = user.if_contains("multifactor"))
        *providers = detail::without_provider(std::move(*providers), provider);
    return user;
}

/// The same from text to text: all but the list keeps its bytes.
/// Errors: those of the other form, and at last `unreadable_state` 500 for a stored text that is no JSON object.
[[nodiscard]] inline answer<std::string> delete_multifactor_provider(std::optional<std::string_view> stored,
                                                                     std::optional<access_token> const& token,
                                                                     std::string_view user_id,
                                                                     std::string_view provider,
                                                                     user_rules const& rules = standard_user_rules)
{
    if (auto refused = detail::check_delete_multifactor(token, user_id, stored.has_value(), rules.permissions))
        return *std::move(refused);
    text_patch members;
    if (!members.read(*stored, detail::root_policy).empty())
        return detail::unreadable_state("The user");
    auto const place = members.find("multifactor");
    if (place == text_patch::npos || !members.members()[place].value.starts_with('['))
        return std::string(*stored);
    metapatch::detail::lexeme_dom dom;
    auto const list = dom.read(members.members()[place].value, {.max_nesting = nesting_ceiling});
    auto const change = "{\"multifactor\":" + dom.write(detail::without_provider(list.value(), provider)) + "}";
    return metapatch::spliced(stored, change, detail::root_policy, {.stored = stored_text::trusted}).value().value();
}

} // namespace metapatch::auth0

#endif
