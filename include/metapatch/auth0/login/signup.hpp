// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_LOGIN_SIGNUP_HPP
#define METAPATCH_AUTH0_LOGIN_SIGNUP_HPP

#include <metapatch/auth0/contract/policies.hpp>
#include <metapatch/auth0/request/new_document.hpp>
#include <metapatch/auth0/request/user_media.hpp>

#include <array>
#include <boost/json/object.hpp>
#include <boost/json/storage_ptr.hpp>
#include <boost/json/value.hpp>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace metapatch::auth0 {

namespace detail {

/// What a sign-up says that is of meaning here; first what it may say of the user, in the order of the documentation.
/// Source: "Create a New User" and the OpenAPI of the Authentication API.
inline constexpr auto signup_schema = [] {
    constexpr auto text = [](std::string_view name, bool stored) {
        return attribute{name, value_type::string, false, stored, {}};
    };
    return std::to_array<attribute>({text("email", true),
                                     text("username", true),
                                     text("phone_number", true),
                                     text("given_name", true),
                                     text("family_name", true),
                                     text("name", true),
                                     text("nickname", true),
                                     text("picture", true),
                                     text("client_id", false),
                                     text("password", false),
                                     text("connection", false),
                                     {"user_metadata", value_type::object, false, true, {}}});
}();

inline constexpr attribute_index signup_index(signup_schema);

/// The names of what it may say of the user but for metadata.
inline constexpr auto signup_attributes = [] {
    std::array<std::string_view, 8> names;
    for (std::size_t i = 0; i < names.size(); ++i)
        names[i] = signup_schema[i].name;
    return names;
}();

/// A refusal in the shape of this endpoint. The live service has the sentence as the code too where metadata is at
/// fault.
///
/// Source: auth0.js#447 and #843, lock#2321
[[gnu::cold]] inline refusal signup_refusal(refusal_reason why, std::string sentence, std::string code,
                                            report found = report())
{
    return {.why = why,
            .message = std::move(sentence),
            .code = std::move(code),
            .shape = error_shape::signup,
            .violations = std::move(found)};
}

/// A sign-up that is malformed. The service says no more than this sentence where it says nothing (node-auth0#886);
/// which faults it tells apart is not known. The words in brackets are ours.
[[gnu::cold]] inline refusal invalid_signup(std::string_view fault, report found)
{
    return signup_refusal(refusal_reason::malformed_body, joined({"Invalid sign up (", fault, ")"}), "invalid_signup",
                          std::move(found));
}

/// @param members  become looked up in the schema
inline std::optional<refusal> check_signup(body_members& members)
{
    members.look_up([](std::string_view name, std::uint64_t print) { return signup_index.find(name, print); });
    constexpr std::array<attribute const*, 2> required{find_attribute(signup_schema, "password"),
                                                       find_attribute(signup_schema, "connection")};
    std::array<body_member const*, required.size()> given{};
    body_member const* mistyped = nullptr; // the first
    for (auto const& each : members) {
        if (each.known == nullptr)
            continue;
        for (std::size_t i = 0; i < required.size(); ++i) {
            if (each.known == required[i])
                given[i] = &each;
        }
        if (each.type != each.known->type && mistyped == nullptr) [[unlikely]]
            mistyped = &each;
    }
    for (std::size_t i = 0; i < required.size(); ++i) {
        auto const* const member = given[i];
        if (member != nullptr && (member->type != value_type::string || !member->content.empty())) [[likely]]
            continue;
        violation fault{.code = errc::missing_member, .pointer = pointer_to(required[i]->name)};
        if (member != nullptr) {
            fault = members.at_value(*member, errc::value_too_short);
            fault.limit = 1;
            fault.actual = 0;
        }
        return invalid_signup(joined({"missing ", required[i]->name}), report(std::move(fault)));
    }
    if (mistyped == nullptr) [[likely]]
        return std::nullopt;
    if (mistyped->known->type == value_type::string)
        return invalid_signup(joined({mistyped->name, " must be a string"}),
                              report(members.at_value(*mistyped, errc::invalid_value_type)));
    return signup_refusal(refusal_reason::malformed_body, "invalid user_metadata type (expected object)",
                          "invalid user_metadata type (expected object)",
                          report(members.at_value(*mistyped, errc::expected_object)));
}

/// The sentence for the first violation. Only that of a value's type is known from the service (auth0.js#843), and that
/// of dotted fields from its login; the others are ours, after their pattern.
inline std::string signup_sentence(violation const& what, property const& at)
{
    switch (what.code) {
    case errc::invalid_value_type:
        return joined({"invalid ", at.path, " type (only strings are allowed)"});
    case errc::invalid_key_character:
        return violation_message(what, at, "user_metadata", {}, wording::user);
    case errc::too_many_members:
        return joined({"invalid user_metadata size (no more than ", number_of(what.limit), " properties are allowed)"});
    case errc::key_too_long:
        return joined({"invalid ", at.path, " name (no more than ", number_of(what.limit), " characters are allowed)"});
    case errc::value_too_long:
        return joined(
            {"invalid ", at.path, " value (no more than ", number_of(what.limit), " characters are allowed)"});
    default:
        return joined({"invalid ", violation_message(what, at, "user_metadata", {}, wording::schema)});
    }
}

/// Judge a sign-up, up to the rules of metadata.
///
/// @param malformed  what is wrong with the body as such
inline std::optional<refusal> admit_signup(std::optional<refusal> const& malformed, body_members& members,
                                           std::string_view user_id)
{
    if (malformed) [[unlikely]]
        return invalid_signup(malformed->message, malformed->violations);
    if (auto refused = check_signup(members)) [[unlikely]]
        return refused;
    if (is_utf8(user_id)) [[likely]]
        return std::nullopt;
    auto refused = unwritable_user_id();
    refused.shape = error_shape::signup;
    return refused;
}

/// Begin the user, with the attributes that a body says of it.
template<class Media>
void start_signed_up(Media& media, std::string_view user_id)
{
    media.start(user_id);
    for (auto const name : signup_attributes)
        if (media.members().find(name) != nullptr)
            media.set(name);
}

/// Give the user the metadata of the body, where it has any.
template<class Media, class Keys>
answer<typename Media::document> finish_signed_up(Media& media, policy<Keys> const& policy)
{
    constexpr std::string_view field = "user_metadata";
    if (media.members().find(field) == nullptr)
        return media.finish();
    report found = media.check(field, policy);
    if (found.empty())
        found = media.merge(field, policy);
    if (found.empty())
        return media.finish();
    auto refused = rule_refusal(field, {}, wording::user, found, media.body_value(field));
    refused.message =
        signup_sentence(found.front(), property_at(field, media.body_value(field), found.front().pointer));
    if (!is_utf8(refused.message)) // of a DOM
        return invalid_signup(no_json(report()).message, std::move(refused.violations));
    refused.code = refused.message;
    refused.shape = error_shape::signup;
    return refused;
}

/// Make the user that was admitted, step by step.
template<class Media, class Keys>
answer<typename Media::document> sign_up(Media& media, std::string_view user_id, policy<Keys> const& policy)
{
    start_signed_up(media, user_id);
    return finish_signed_up(media, policy);
}

} // namespace detail

/// Answer POST /dbconnections/signup, as far as the body decides it: a sign-up only creates.
///
/// The new user has its `user_id`, those of `email`, `username`, `phone_number`, `given_name`, `family_name`, `name`,
/// `nickname`, `picture` that the body carries, and its user_metadata. Other members, `app_metadata` among them, are
/// left aside: nobody signs up with app_metadata. Whether a user is there already, how strong a password must be and
/// which identifiers a connection asks for, the caller knows.
///
/// @param user_id  that the store assigned, such as `auth0|5f7…`
/// @param body     the whole body; `password` and `connection` are required
/// @param policy   of user_metadata, of any rules; by default values are strings of at most 500 code points, 10 at
///                 most, names of at most 100
/// @param storage  where the user lives
/// Errors:         `malformed_body` 400, then `rule_violation` 400, in this endpoint's own shape; between the two
///                 `unreadable_state` 500 for a user_id that is not UTF-8
/// Complexity:     O(bytes of the body). Exceptions: std::bad_alloc
/// Source:         "Create a New User", <https://auth0.com/docs/api/authentication>; "Custom Signup";
///                 semantics §3 and §6
template<key_rule Keys = field_keys>
[[nodiscard]] answer<boost::json::object> signup(std::string_view user_id, boost::json::value const& body,
                                                 policy<Keys> const& policy = signup_user_metadata,
                                                 boost::json::storage_ptr storage = {})
{
    state const none;
    detail::dom_media media(none, body, std::move(storage));
    if (auto refused = detail::admit_signup(media.read_body(), media.members(), user_id))
        return *std::move(refused);
    return detail::sign_up(media, user_id, policy);
}

/// The same from text to text, into an output.
///
/// @param out  a string or a list, appended to, which is left as it was where the sign-up is refused; or a buffer,
///             which is left as it happens to be then, where it is too small, and behind the result. Pieces refer to
///             the body and to the user_id
/// @return     the size of the user's text, in bytes
/// Errors:     those of the other form; `malformed_body` also for what is no JSON
/// Complexity: O(bytes of the body · log(its members)). Exceptions: std::bad_alloc; strong guarantee, but for a buffer
template<splice_output Out, key_rule Keys = field_keys>
[[nodiscard]] answer<std::size_t> signup(std::string_view user_id, std::string_view body, Out& out,
                                         policy<Keys> const& policy = signup_user_metadata)
{
    detail::text_body read;
    std::array<detail::field_rules, 1> const fields{{{"user_metadata", &policy}}};
    auto refused = detail::admit_signup(read.read(body, fields, fastest_scan()), read.members(), user_id);
    if (refused) [[unlikely]]
        return *std::move(refused);
    detail::document_changes changes;
    changes.assign_attributes(read, detail::signup_schema);
    auto made = metapatch::detail::write_to(out, [&](auto& sink) -> answer<std::size_t> {
        if (!detail::write_new_document(user_id, changes, body.size(), unlimited, sink)) [[unlikely]] {
            sink.rewind();
            detail::text_media media(std::nullopt, read);
            auto user = detail::sign_up(media, user_id, policy);
            if (!user)
                return std::move(user).error();
            sink.append_owned(std::move(*user));
        }
        return sink.size;
    });
    if constexpr (std::same_as<Out, text_pieces>) {
        if (made)
            read.release_rewritten(out.owned);
    }
    return made;
}

template<class... Given>
refused_pieces<answer<std::size_t>, Given...> signup(Given&&...) = delete; // they would refer to what is gone

/// The same, into a string of its own.
template<std::convertible_to<std::string_view> Text, key_rule Keys = field_keys>
[[nodiscard]] answer<std::string> signup(std::string_view user_id, Text const& body,
                                         policy<Keys> const& policy = signup_user_metadata)
{
    std::string user;
    if (auto made = signup(user_id, std::string_view(body), user, policy); !made) [[unlikely]]
        return std::move(made).error();
    return user;
}

/// What the service answers to a sign-up: the user's attributes, `_id` (the `user_id` without its connection's prefix),
/// and that the address is not verified; no metadata.
///
/// Complexity: O(bytes of the user). Exceptions: std::bad_alloc. Source: recorded by go-auth0 (TestDatabaseSignUp)
[[nodiscard]] inline boost::json::object signup_response(boost::json::object const& user,
                                                         boost::json::storage_ptr storage = {})
{
    boost::json::object made(std::move(storage));
    auto const* user_id = user.if_contains("user_id");
    std::string_view const id =
        user_id != nullptr && user_id->is_string() ? std::string_view(user_id->get_string()) : "";
    made.emplace("_id", id.substr(id.find('|') + 1));
    for (auto const name : detail::signup_attributes)
        if (auto const* value = user.if_contains(name))
            made.emplace(name, *value);
    made.emplace("email_verified", false);
    return made;
}

/// The user is there already. Source: lock#2321, auth0.js#447.
///
/// @param told  whether the tenant lets it be known; else the answer says no more than that the sign-up is invalid
///              (node-auth0#886)
[[nodiscard]] inline refusal signup_user_exists(bool told = true)
{
    return told ? detail::signup_refusal(refusal_reason::conflict, "The user already exists.", "user_exists")
                : detail::signup_refusal(refusal_reason::conflict, "Invalid sign up", "invalid_signup");
}

#ifdef METAPATCH_SEPARATE // compiled once for a whole program: see metapatch/src.hpp
METAPATCH_SEPARATE answer<std::size_t> signup<std::string>(std::string_view, std::string_view, std::string&,
                                                           field_policy const&);
#endif

} // namespace metapatch::auth0

#endif
