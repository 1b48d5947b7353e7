// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_MANAGEMENT_CREATE_USER_HPP
#define METAPATCH_AUTH0_MANAGEMENT_CREATE_USER_HPP

#include <metapatch/auth0/management/user_metadata.hpp>
#include <metapatch/auth0/request/admission.hpp>
#include <metapatch/auth0/request/new_document.hpp>

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

inline constexpr std::string_view create_user_operation = "POST /users";

/// Judge a request to create a user, up to the rules of metadata.
///
/// @param read_body  reads the body, and gives its refusal where it is malformed
/// @param members    of the body, once it was read
/// @param decision   becomes what was decided, where nothing is refused
template<class ReadBody>
std::optional<refusal> admit_create(ReadBody read_body, body_members& members, std::optional<access_token> const& token,
                                    std::string_view user_id, permission_table const& table, null_clears clears,
                                    std::optional<access_decision>& decision)
{
    if (auto refused = check_scope(table, create_user_operation, token, user_id, decision)) [[unlikely]]
        return refused;
    if (auto refused = read_body()) [[unlikely]]
        return refused;
    if (auto refused = check_create(members, clears)) [[unlikely]]
        return refused;
    decision->touch(members.names());
    auto const asked = request_of(create_user_operation, *token, user_id, members.names());
    if (auto refused = check_reach(table, asked, *decision)) [[unlikely]]
        return refused;
    return is_utf8(user_id) ? std::nullopt : std::optional(unwritable_user_id());
}

/// Make the user that was admitted, step by step.
template<class Media, class Rules>
answer<typename Media::document> make_user(Media& media, std::string_view user_id, Rules const& rules)
{
    media.start(user_id);
    set_attributes(media);
    if (auto refused = merge_metadata(media, create_attributes, rules))
        return *std::move(refused);
    return media.finish();
}

#ifdef METAPATCH_SEPARATE // compiled once for a whole program: see metapatch/src.hpp
METAPATCH_SEPARATE answer<boost::json::object> make_user<dom_media, user_rules>(dom_media&, std::string_view,
                                                                                user_rules const&);
#endif

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
/// Source:         OpenAPI, CreateUserRequestContent; semantics §6
template<key_rule UserKeys = field_keys, key_rule AppKeys = field_keys>
[[nodiscard]] answer<changed_user<boost::json::object>>
create_user(std::optional<access_token> const& token, std::string_view user_id, boost::json::value const& body,
            basic_user_rules<UserKeys, AppKeys> const& rules = standard_user_rules,
            boost::json::storage_ptr storage = {})
{
    state const none;
    detail::dom_media media(none, body, std::move(storage));
    std::optional<access_decision> decision;
    auto const read_body = [&media] { return media.read_body(); };
    if (auto refused = detail::admit_create(read_body, media.members(), token, user_id, rules.permissions,
                                            detail::null_clears_by(rules), decision))
        return *std::move(refused);
    auto user = detail::make_user(media, user_id, rules);
    if (!user)
        return std::move(user).error();
    return changed_user<boost::json::object>{std::move(*user), *decision};
}

/// The same from text to text, into an output: values keep their bytes.
///
/// @param out  a string or a list, appended to, which is left as it was where the request is refused; or a buffer,
///             which is left as it happens to be then, where it is too small, and behind the result: compare `size`.
///             Pieces refer to the body and to the user_id
/// Errors:     those of the other form; `malformed_body` also for what is no JSON, or nested beyond 1,024 levels
/// Complexity: O(bytes of the body · log(its members)). Exceptions: std::bad_alloc; strong guarantee, but for a buffer
template<splice_output Out, key_rule UserKeys = field_keys, key_rule AppKeys = field_keys>
[[nodiscard]] answer<user_change> create_user(std::optional<access_token> const& token, std::string_view user_id,
                                              std::string_view body, Out& out,
                                              basic_user_rules<UserKeys, AppKeys> const& rules = standard_user_rules)
{
    detail::text_body read;
    std::optional<access_decision> decision;
    auto const by = detail::rules_for_text(rules);
    auto const read_body = [&] { return read.read(body, by.fields, by.instructions); };
    if (auto refused = detail::admit_create(read_body, read.members(), token, user_id, rules.permissions,
                                            detail::null_clears_by(by), decision)) [[unlikely]]
        return *std::move(refused);
    detail::document_changes changes;
    changes.assign_attributes(read);
    auto made = metapatch::detail::write_to(out, [&](auto& sink) -> answer<user_change> {
        if (!detail::write_new_document(user_id, changes, body.size(), rules.max_metadata_bytes, sink)) [[unlikely]] {
            sink.rewind();
            detail::text_media media(std::nullopt, read);
            auto user = detail::make_user(media, user_id, by);
            if (!user)
                return std::move(user).error();
            sink.append_owned(std::move(*user));
        }
        return user_change{sink.size, *decision};
    });
    if constexpr (std::same_as<Out, text_pieces>) {
        if (made)
            read.release_rewritten(out.owned);
    }
    return made;
}

template<class... Given>
refused_pieces<answer<user_change>, Given...> create_user(Given&&...) = delete; // they would refer to what is gone

/// The same, into a string of its own.
template<std::convertible_to<std::string_view> Text, key_rule UserKeys = field_keys, key_rule AppKeys = field_keys>
[[nodiscard]] answer<changed_user<std::string>>
create_user(std::optional<access_token> const& token, std::string_view user_id, Text const& body,
            basic_user_rules<UserKeys, AppKeys> const& rules = standard_user_rules)
{
    std::string user;
    auto const made = create_user(token, user_id, std::string_view(body), user, rules);
    if (!made) [[unlikely]]
        return made.error();
    return changed_user<std::string>{std::move(user), made->decision};
}

#ifdef METAPATCH_SEPARATE // compiled once for a whole program: see metapatch/src.hpp
METAPATCH_SEPARATE answer<user_change>
create_user<std::string, field_keys, field_keys>(std::optional<access_token> const&, std::string_view, std::string_view,
                                                 std::string&, user_rules const&);
#endif

} // namespace metapatch::auth0

#endif
