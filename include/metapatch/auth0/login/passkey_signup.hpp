// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_LOGIN_PASSKEY_SIGNUP_HPP
#define METAPATCH_AUTH0_LOGIN_PASSKEY_SIGNUP_HPP

#include <metapatch/auth0/login/signup.hpp>

#include <algorithm>
#include <array>
#include <boost/json/object.hpp>
#include <boost/json/storage_ptr.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace metapatch::auth0 {

namespace detail {

/// A refusal in the shape of this endpoint, whose texts are ours. Source: of the shape and of what a client reads,
/// @auth0/auth0-auth-js 1.16.1 (npm), PasskeyApiErrorResponse; of the code, RFC 6749 §5.2.
inline refusal invalid_challenge(std::string message, report found)
{
    return {.why = refusal_reason::malformed_body,
            .message = std::move(message),
            .code = "invalid_request",
            .shape = error_shape::authentication,
            .violations = std::move(found)};
}

/// What a sign-up is refused for, in the shape of this endpoint.
inline refusal as_challenge(refusal why)
{
    why.shape = error_shape::authentication;
    why.code = "invalid_request";
    return why;
}

inline std::optional<refusal> check_challenge(body_members const& members)
{
    auto const* const profile = members.find("user_profile");
    if (profile == nullptr || profile->type != value_type::object)
        return invalid_challenge("user_profile must be an object",
                                 report(profile != nullptr
                                            ? members.at_value(*profile, errc::expected_object)
                                            : violation{.code = errc::missing_member, .pointer = "/user_profile"}));
    for (auto const& each : members) {
        bool const known = each.name == "client_id" || each.name == "realm" || each.name == "organization";
        if (known && each.type != value_type::string)
            return invalid_challenge(joined({each.name, " must be a string"}),
                                     report(members.at_value(each, errc::invalid_value_type)));
        if (each.name == "user_metadata" && each.type != value_type::object)
            return invalid_challenge("invalid user_metadata type (expected object)",
                                     report(members.at_value(each, errc::expected_object)));
    }
    return std::nullopt;
}

/// Violations of the user_profile as those of the whole body.
/// @param begin  of the profile in the text of the body
inline report in_profile(report const& found, std::size_t begin)
{
    report moved;
    for (auto each : found) {
        each.pointer.insert(0, "/user_profile");
        if (each.offset)
            *each.offset += begin;
        moved.add(std::move(each));
    }
    return moved;
}

/// @param begin  of the profile in the text of the body
inline std::optional<refusal> check_profile(body_members const& profile, std::size_t begin)
{
    bool is_identified = false;
    for (auto const& each : profile) {
        if (std::find(signup_attributes.begin(), signup_attributes.end(), each.name) == signup_attributes.end())
            continue;
        if (each.type != value_type::string)
            return invalid_challenge(joined({"user_profile.", each.name, " must be a string"}),
                                     in_profile(report(profile.at_value(each, errc::invalid_value_type)), begin));
        bool const identifies = each.name == "email" || each.name == "phone_number" || each.name == "username";
        is_identified = is_identified || (identifies && !each.content.empty());
    }
    if (is_identified)
        return std::nullopt;
    return invalid_challenge("user_profile must have an email, a phone_number or a username",
                             in_profile(report({.code = errc::missing_member}), begin));
}

/// Make the user, step by step: the profile has the members that a sign-up has, and the body the metadata.
///
/// @param profile     the user_profile alone
/// @param begin       of the profile in the text of the body
/// @param whole_of    gives the medium of the whole body, for the user that the profile has made
template<class Media, class WholeOf, class Keys>
answer<typename Media::document> sign_up_by_passkey(Media& profile, std::size_t begin, WholeOf whole_of,
                                                    std::string_view user_id, policy<Keys> const& policy)
{
    if (auto refused = check_profile(profile.members(), begin))
        return *std::move(refused);
    if (!is_utf8(user_id))
        return as_challenge(unwritable_user_id());
    start_signed_up(profile, user_id);
    auto made = whole_of(profile.finish(), policy);
    if (!made)
        return as_challenge(std::move(made).error());
    return made;
}

} // namespace detail

/// Answer POST /passkey/register, the challenge by which somebody signs up with a passkey, as far as the body decides
/// it: the user that there will be. The challenge itself, its session, and what a realm asks for, are the caller's.
///
/// The new user has its `user_id`, of `user_profile` the attributes that `signup` knows, and its user_metadata. All
/// else is left aside.
///
/// @param user_id  that the store assigned, such as `auth0|5f7…`
/// @param body     the whole body: `user_profile` is required, with one of `email`, `phone_number` and `username`;
///                 `user_metadata`, `realm`, `organization` and `client_id` are not
/// @param policy   of user_metadata; that it is that of other sign-ups, is chosen
/// @param storage  where the user lives
/// Errors:         in the shape `authentication`, with the code `invalid_request`: `malformed_body` 400, then
///                 `rule_violation` 400; between the two `unreadable_state` 500 for a user_id that is not UTF-8
/// Complexity:     O(bytes of the body). Exceptions: std::bad_alloc
/// Source:         @auth0/auth0-auth-js 1.16.1 (npm), PasskeyClient.register; semantics §3 and §6
template<key_rule Keys = field_keys>
[[nodiscard]] answer<boost::json::object> passkey_signup(std::string_view user_id, boost::json::value const& body,
                                                         policy<Keys> const& policy = signup_user_metadata,
                                                         boost::json::storage_ptr storage = {})
{
    state const none;
    detail::dom_media whole(none, body, storage);
    if (auto const malformed = whole.read_body())
        return detail::invalid_challenge(malformed->message, malformed->violations);
    if (auto refused = detail::check_challenge(whole.members()))
        return *std::move(refused);
    detail::dom_media profile(none, body.get_object().at("user_profile"), storage);
    if (auto const malformed = profile.read_body())
        return detail::invalid_challenge(malformed->message, detail::in_profile(malformed->violations, 0));
    auto const add_metadata = [&](boost::json::object user, metapatch::policy<Keys> const& rules) {
        state const started(std::move(user));
        detail::dom_media media(started, body, storage);
        media.read_stored();
        media.read_body();
        return detail::finish_signed_up(media, rules);
    };
    return detail::sign_up_by_passkey(profile, 0, add_metadata, user_id, policy);
}

/// The same from text to text.
///
/// Errors:     those of the other form; `malformed_body` also for what is no JSON
/// Complexity: O(bytes of the body · log(its members)). Exceptions: std::bad_alloc
template<key_rule Keys = field_keys>
[[nodiscard]] answer<std::string> passkey_signup(std::string_view user_id, std::string_view body,
                                                 policy<Keys> const& policy = signup_user_metadata)
{
    detail::text_body whole;
    std::array<detail::field_rules, 1> const fields{{{"user_metadata", &policy}}};
    if (auto const malformed = whole.read(body, fields, fastest_scan()))
        return detail::invalid_challenge(malformed->message, malformed->violations);
    if (auto refused = detail::check_challenge(whole.members()))
        return *std::move(refused);
    detail::text_body profile_body;
    auto const profile_text = whole.value("user_profile");
    profile_body.read(profile_text, {}, fastest_scan()); // JSON, since the whole is
    detail::text_media profile(std::nullopt, profile_body);
    auto const add_metadata = [&](std::string const& user, metapatch::policy<Keys> const& rules) {
        detail::text_media media(user, whole);
        media.read_stored();
        return detail::finish_signed_up(media, rules);
    };
    auto const begin = static_cast<std::size_t>(profile_text.data() - body.data());
    return detail::sign_up_by_passkey(profile, begin, add_metadata, user_id, policy);
}

} // namespace metapatch::auth0

#endif
