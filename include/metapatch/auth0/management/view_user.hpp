// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_MANAGEMENT_VIEW_USER_HPP
#define METAPATCH_AUTH0_MANAGEMENT_VIEW_USER_HPP

#include <metapatch/auth0/management/user_metadata.hpp>
#include <metapatch/auth0/request/admission.hpp>
#include <metapatch/auth0/request/metadata_refusal.hpp>
#include <metapatch/json/scan.hpp>
#include <metapatch/json/text.hpp>
#include <metapatch/json/words.hpp>
#include <metapatch/splice/splice.hpp>

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/storage_ptr.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
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

/// What the provider's secrets are called. Source: OpenAPI, UserIdentitySchema.
inline constexpr std::array<std::string_view, 3> token_names{"access_token", "access_token_secret", "refresh_token"};

/// Identities without the provider's secrets. Source: OpenAPI, UserIdentitySchema ("… if scope read:user_idp_tokens is
/// defined").
inline boost::json::array without_provider_tokens(boost::json::array identities)
{
    for (auto& identity : identities) {
        if (!identity.is_object())
            continue;
        auto& members = identity.get_object();
        for (auto const name : token_names)
            if (auto const place = members.find(name); place != members.end())
                members.stable_erase(place);
    }
    return identities;
}

inline constexpr std::string_view view_user_operation = "GET /users/{id}";

/// Judge a request to view a user.
/// @param decision  becomes what was decided, where nothing is refused
inline std::optional<refusal> admit_view(std::optional<access_token> const& token, std::string_view user_id,
                                         bool exists, permission_table const& table,
                                         std::optional<access_decision>& decision)
{
    if (auto refused = check_scope(table, view_user_operation, token, user_id, decision)) [[unlikely]]
        return refused;
    if (auto refused = check_reach(table, request_of(view_user_operation, *token, user_id), *decision)) [[unlikely]]
        return refused;
    return exists ? std::nullopt : std::optional(no_such_user());
}

/// Which members a view shows.
struct view_rules {
    access_decision const& decision;
    view_fields fields;
    access_token const& token;
    bool reaches_all = decision.reaches_every_field();

    bool shows(std::string_view name) const noexcept
    {
        return (fields.names.empty() || names(name) == fields.include) && name != "password" &&
               (reaches_all || decision.reaches(name));
    }

    bool names(std::string_view name) const noexcept
    {
        for (auto const each : fields.names) {
            if (each == name)
                return true;
        }
        return false;
    }

    /// Whether it shows the tokens of identity providers.
    bool shows_tokens() const { return token.scopes.contains("read:user_idp_tokens"); }
};

/// Write the text of an identity without the provider's secrets.
/// @param identity  an object
template<class Sink>
void write_identity(std::string_view identity, scan_with instructions, Sink& sink)
{
    static constexpr auto wanted = wanted_keys::of(token_names);
    member_cursor cursor(identity, wanted, instructions);
    metapatch::detail::text_merge<Sink> out(identity, cursor.begin(), sink);
    std::string unescaped;
    while (cursor.next()) {
        auto const name = metapatch::detail::meaning_of(cursor, unescaped);
        if (std::find(token_names.begin(), token_names.end(), name) != token_names.end())
            out.drop(cursor.member());
    }
    out.copy_to(identity.size());
}

/// Write the text of a list of identities without the provider's secrets.
/// @return whether it was JSON
template<class Sink>
bool write_identities(std::string_view identities, scan_with instructions, Sink& sink)
{
    std::size_t written = 0;
    std::size_t begin = 0; // of the identity that is open
    scanner scan(identities);
    for (auto what = scan.next(); what != token::end; what = scan.next()) {
        if (what == token::failed)
            return false;
        if (what == token::object_begin && scan.depth() == 2)
            begin = scan.offset();
        if (what != token::object_end || scan.depth() != 1)
            continue;
        sink.append(identities.substr(written, begin - written));
        write_identity(identities.substr(begin, scan.position() - begin), instructions, sink);
        written = scan.position();
    }
    sink.append(identities.substr(written));
    return true;
}

/// Whether a text may hold secrets that are to be left out: none is called otherwise, where nothing is escaped.
inline bool may_hold_tokens(std::string_view identities) noexcept
{
    return identities.find("_token") != std::string_view::npos || metapatch::detail::holds(identities, '\\');
}

/// Write a view by leaving out what it does not show.
/// @param cursor  finds at least what may be left out
template<class Sink>
bool write_rest(std::string_view stored, view_rules const& view, member_cursor& cursor, scan_with instructions,
                Sink& sink)
{
    metapatch::detail::text_merge<Sink> out(stored, cursor.begin(), sink);
    std::string unescaped;
    while (cursor.next()) {
        auto const& member = cursor.member();
        auto const name = metapatch::detail::meaning_of(cursor, unescaped);
        if (!view.shows(name)) {
            out.drop(member);
        } else if (name == "identities" && !view.shows_tokens()) {
            auto const begin = value_begin(stored, member);
            auto const end = value_end(stored, member);
            auto const value = begin < end ? stored.substr(begin, end - begin) : std::string_view();
            if (!value.starts_with('[') || !may_hold_tokens(value))
                continue;
            out.copy_to(begin);
            if (!write_identities(value, instructions, sink))
                return false;
            out.resume(end);
        }
    }
    out.copy_to(stored.size());
    return true;
}

/// Write a view of what it shows.
/// @param cursor  finds at least that
template<class Sink>
bool write_chosen(std::string_view stored, view_rules const& view, member_cursor& cursor, scan_with instructions,
                  Sink& sink)
{
    bool comma = false;
    std::string unescaped;
    sink.append("{");
    while (cursor.next()) {
        auto const& member = cursor.member();
        auto const name = metapatch::detail::meaning_of(cursor, unescaped);
        auto const begin = value_begin(stored, member);
        auto const end = value_end(stored, member);
        if (!view.shows(name) || end <= begin) [[unlikely]]
            continue;
        std::string_view const value(stored.data() + begin, end - begin);
        bool const filters = name == "identities" && !view.shows_tokens() && value.starts_with('[');
        metapatch::detail::append_member({stored.data() + member.key, (filters ? begin : end) - member.key}, comma,
                                         sink);
        comma = true;
        if (filters && !write_identities(value, instructions, sink)) [[unlikely]]
            return false;
    }
    sink.append("}");
    return true;
}

/// Write a view of a stored text.
/// @return whether the text is a JSON object, as far as it is not trusted
template<class Sink>
bool write_view(std::string_view stored, view_rules const& view, stored_text known, scan_with instructions, Sink& sink)
{
    if (!metapatch::detail::begins_object(stored)) [[unlikely]]
        return false;
    metapatch::detail::check_memory room;
    bool const checks = known == stored_text::checked;
    if (checks && !metapatch::detail::is_json(stored, nesting_ceiling, instructions, room)) [[unlikely]]
        return false;
    auto const* const blocks = checks ? room.blocks_of(stored) : nullptr;
    auto const with_cursor = [&](wanted_keys const& wanted, auto write) {
        member_cursor cursor(stored, wanted, instructions, false, blocks);
        return write(stored, view, cursor, instructions, sink);
    };
    auto const chosen = [](auto&&... arguments) { return write_chosen(arguments...); };
    auto const rest = [](auto&&... arguments) { return write_rest(arguments...); };
    bool const some_are_named = !view.fields.names.empty();
    if (some_are_named && view.fields.include)
        return with_cursor(wanted_keys::of(view.fields.names), chosen);
    if (!view.reaches_all)
        return with_cursor(every_key, chosen);
    if (some_are_named)
        return with_cursor(every_key, rest);
    static constexpr auto hidden = wanted_keys::of(std::array<std::string_view, 2>{"password", "identities"});
    return with_cursor(hidden, rest);
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
/// Source:         OpenAPI; semantics §4.3
template<key_rule UserKeys = field_keys, key_rule AppKeys = field_keys>
[[nodiscard]] answer<boost::json::object>
view_user(state const& stored, std::optional<access_token> const& token, std::string_view user_id,
          view_fields fields = {}, basic_user_rules<UserKeys, AppKeys> const& rules = standard_user_rules,
          boost::json::storage_ptr storage = {})
{
    std::optional<access_decision> decision;
    if (auto refused = detail::admit_view(token, user_id, stored.has_value(), rules.permissions, decision))
        return *std::move(refused);
    detail::view_rules const view{*decision, fields, *token};
    boost::json::object shown(std::move(storage));
    for (auto const& member : *stored) {
        std::string_view const name = member.key();
        if (!view.shows(name))
            continue;
        auto& value = shown[name];
        value = member.value();
        if (name == "identities" && !view.shows_tokens() && value.is_array())
            value = detail::without_provider_tokens(std::move(value.get_array()));
    }
    return shown;
}

/// The same from text to text, into an output. What is shown keeps its bytes.
///
/// @param stored  the user's text, a JSON object; nothing where there is none of that id
/// @param out     a string or a list, appended to, which is left as it was where the request is refused; or a buffer,
///                which is left as it happens to be then, where it is too small, and behind the result. Pieces refer to
///                `stored`
/// @param rules   `permissions`, `stored` and `instructions` count
/// @return        the size of the view's text, in bytes
/// Errors:        those of the other form, and at last `unreadable_state` 500 for a stored text that is no JSON object,
///                as far as it is not trusted
/// Complexity:    O(bytes + members found · fields). Exceptions: std::bad_alloc; strong guarantee, but for
///                a buffer
template<splice_output Out, key_rule UserKeys = field_keys, key_rule AppKeys = field_keys>
[[nodiscard]] answer<std::size_t>
view_user(std::optional<std::string_view> stored, std::optional<access_token> const& token, std::string_view user_id,
          Out& out, view_fields fields = {}, basic_user_rules<UserKeys, AppKeys> const& rules = standard_user_rules)
{
    std::optional<access_decision> decision;
    if (auto refused = detail::admit_view(token, user_id, stored.has_value(), rules.permissions, decision)) [[unlikely]]
        return *std::move(refused);
    detail::view_rules const view{*decision, fields, *token};
    return metapatch::detail::write_to(out, [&](auto& sink) -> answer<std::size_t> {
        sink.expect(stored->size());
        if (!detail::write_view(*stored, view, rules.stored, detail::instructions_of(rules), sink)) [[unlikely]]
            return detail::unreadable_state("The user");
        return sink.size;
    });
}

template<class... Given>
refused_pieces<answer<std::size_t>, Given...> view_user(Given&&...) = delete; // they would refer to what is gone

/// The same, into a string of its own.
template<key_rule UserKeys = field_keys, key_rule AppKeys = field_keys>
[[nodiscard]] answer<std::string>
view_user(std::optional<std::string_view> stored, std::optional<access_token> const& token, std::string_view user_id,
          view_fields fields = {}, basic_user_rules<UserKeys, AppKeys> const& rules = standard_user_rules)
{
    std::string shown;
    if (auto made = view_user(stored, token, user_id, shown, fields, rules); !made)
        return std::move(made).error();
    return shown;
}

/// The same of `std::nullopt`: there is no such user, and so nothing to tell a text from a value by.
template<key_rule UserKeys = field_keys, key_rule AppKeys = field_keys>
[[nodiscard]] answer<std::string> view_user(std::nullopt_t, std::optional<access_token> const& token,
                                            std::string_view user_id, view_fields fields = {},
                                            basic_user_rules<UserKeys, AppKeys> const& rules = standard_user_rules)
{
    return view_user(std::optional<std::string_view>(), token, user_id, fields, rules);
}

#ifdef METAPATCH_SEPARATE // compiled once for a whole program: see metapatch/src.hpp
METAPATCH_SEPARATE answer<std::size_t>
view_user<std::string, field_keys, field_keys>(std::optional<std::string_view>, std::optional<access_token> const&,
                                               std::string_view, std::string&, view_fields, user_rules const&);
#endif

} // namespace metapatch::auth0

#endif
