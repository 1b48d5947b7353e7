// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_MANAGEMENT_MULTIFACTOR_HPP
#define METAPATCH_AUTH0_MANAGEMENT_MULTIFACTOR_HPP

#include <metapatch/auth0/management/user_metadata.hpp>
#include <metapatch/auth0/request/admission.hpp>
#include <metapatch/auth0/request/metadata_refusal.hpp>
#include <metapatch/json/scan.hpp>
#include <metapatch/json/text.hpp>
#include <metapatch/splice/splice.hpp>

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/storage_ptr.hpp>
#include <cstddef>
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
    std::optional<access_decision> decision;
    if (auto refused = check_scope(table, operation, token, user_id, decision))
        return refused;
    if (auto refused = check_reach(table, request_of(operation, *token, user_id), *decision))
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

/// Write the text of a list without the provider, and the others as they stand.
/// @return whether it was JSON
template<class Sink>
bool write_providers(std::string_view list, std::string_view provider, Sink& sink)
{
    bool comma = false;
    std::size_t begin = 0; // of the element that is open
    std::string content;
    sink.append("[");
    scanner scan(list);
    for (auto what = scan.next(); what != token::end; what = scan.next()) {
        if (what == token::failed)
            return false;
        bool const opens = what == token::object_begin || what == token::array_begin;
        bool const closes = what == token::object_end || what == token::array_end;
        if (opens && scan.depth() == 2)
            begin = scan.offset();
        if (opens || scan.depth() != 1)
            continue;
        if (!closes)
            begin = scan.offset();
        if (what == token::string) {
            content.clear();
            append_unescaped(content, scan.raw());
            if (content == provider)
                continue;
        }
        if (comma)
            sink.append(",");
        comma = true;
        sink.append(list.substr(begin, scan.position() - begin));
    }
    sink.append("]");
    return true;
}

/// Write the text of a user without a provider in its list `multifactor`.
/// @return whether it was JSON, as far as that is looked at
template<class Sink>
bool write_without_provider(std::string_view stored, std::string_view provider, member_cursor& cursor, Sink& sink)
{
    metapatch::detail::text_merge<Sink> out(stored, cursor.begin(), sink);
    std::string unescaped;
    while (cursor.next()) {
        auto const& member = cursor.member();
        auto const begin = value_begin(stored, member);
        auto const end = value_end(stored, member);
        if (metapatch::detail::meaning_of(cursor, unescaped) != "multifactor" || end <= begin || stored[begin] != '[')
            continue;
        out.copy_to(begin);
        if (!write_providers(stored.substr(begin, end - begin), provider, sink))
            return false;
        out.resume(end);
    }
    out.copy_to(stored.size());
    return true;
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
/// Source:          OpenAPI; semantics §6
template<key_rule UserKeys = field_keys, key_rule AppKeys = field_keys>
[[nodiscard]] answer<boost::json::object> delete_multifactor_provider(
    state const& stored, std::optional<access_token> const& token, std::string_view user_id, std::string_view provider,
    basic_user_rules<UserKeys, AppKeys> const& rules = standard_user_rules, boost::json::storage_ptr storage = {})
{
    if (auto refused = detail::check_delete_multifactor(token, user_id, stored.has_value(), rules.permissions))
        return *std::move(refused);
    boost::json::object user(*stored, std::move(storage));
    if (auto* providers = user.if_contains("multifactor"))
        *providers = detail::without_provider(std::move(*providers), provider);
    return user;
}

/// The same from text to text, into an output: all but the list keeps its bytes, and so do the providers that stay.
///
/// @param out    a string or a list, appended to, which is left as it was where the request is refused; or a buffer,
///               which is left as it happens to be then, where it is too small, and behind the result. Pieces refer to
///               `stored`
/// @param rules  `permissions`, `stored` and `instructions` count
/// @return       the size of the user's text, in bytes
/// Errors:       those of the other form, and at last `unreadable_state` 500 for a stored text that is no JSON object,
///               as far as it is not trusted
/// Complexity:   O(bytes of the user). Exceptions: std::bad_alloc; strong guarantee, but for a buffer
template<splice_output Out, key_rule UserKeys = field_keys, key_rule AppKeys = field_keys>
[[nodiscard]] answer<std::size_t>
delete_multifactor_provider(std::optional<std::string_view> stored, std::optional<access_token> const& token,
                            std::string_view user_id, std::string_view provider, Out& out,
                            basic_user_rules<UserKeys, AppKeys> const& rules = standard_user_rules)
{
    if (auto refused = detail::check_delete_multifactor(token, user_id, stored.has_value(), rules.permissions))
        return *std::move(refused);
    return metapatch::detail::write_to(out, [&](auto& sink) -> answer<std::size_t> {
        sink.expect(stored->size());
        static constexpr auto wanted = wanted_keys::of(std::array<std::string_view, 1>{"multifactor"});
        auto const instructions = detail::instructions_of(rules);
        bool fine = metapatch::detail::begins_object(*stored) &&
                    (rules.stored == stored_text::trusted || is_json(*stored, nesting_ceiling, instructions));
        if (fine) {
            member_cursor cursor(*stored, wanted, instructions, false);
            fine = detail::write_without_provider(*stored, provider, cursor, sink);
        }
        if (!fine)
            return detail::unreadable_state("The user");
        return sink.size;
    });
}

template<class... Given>
refused_pieces<answer<std::size_t>, Given...>
delete_multifactor_provider(Given&&...) = delete; // they would refer to what is gone

/// The same, into a string of its own.
template<key_rule UserKeys = field_keys, key_rule AppKeys = field_keys>
[[nodiscard]] answer<std::string>
delete_multifactor_provider(std::optional<std::string_view> stored, std::optional<access_token> const& token,
                            std::string_view user_id, std::string_view provider,
                            basic_user_rules<UserKeys, AppKeys> const& rules = standard_user_rules)
{
    std::string user;
    if (auto made = delete_multifactor_provider(stored, token, user_id, provider, user, rules); !made)
        return std::move(made).error();
    return user;
}

/// The same of `std::nullopt`: there is no such user, and so nothing to tell a text from a value by.
template<key_rule UserKeys = field_keys, key_rule AppKeys = field_keys>
[[nodiscard]] answer<std::string>
delete_multifactor_provider(std::nullopt_t, std::optional<access_token> const& token, std::string_view user_id,
                            std::string_view provider,
                            basic_user_rules<UserKeys, AppKeys> const& rules = standard_user_rules)
{
    return delete_multifactor_provider(std::optional<std::string_view>(), token, user_id, provider, rules);
}

} // namespace metapatch::auth0

#endif
