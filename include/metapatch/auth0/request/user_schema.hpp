// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_REQUEST_USER_SCHEMA_HPP
#define METAPATCH_AUTH0_REQUEST_USER_SCHEMA_HPP

#include <metapatch/auth0/contract/formats.hpp>
#include <metapatch/auth0/contract/refusal.hpp>
#include <metapatch/auth0/request/body_members.hpp>
#include <metapatch/json/fingerprint.hpp>
#include <metapatch/json/utf8.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace metapatch::auth0::detail {

enum class format : std::uint8_t { any, email, picture, phone, no_white_space };

/// One member of the body of PATCH or POST users, and what it may be.
struct attribute {
    std::string_view name;
    value_type type;
    bool nullable; ///< null unsets it
    bool stored;   ///< it becomes a member of the user; the others only say how to go about it
    std::string_view description;
    std::size_t min_code_points = 0;
    std::size_t max_code_points = static_cast<std::size_t>(-1);
    format shape = format::any;
};

/// The body of PATCH /users/{id}.
///
/// Source: OpenAPI, UpdateUserRequestContent; the description of `connection` is the live one (go-auth0#17).
inline constexpr auto update_attributes = std::to_array<attribute>({
    {"blocked", value_type::boolean, false, true,
     "Whether this user was blocked by an administrator (true) or not (false)."},
    {"email_verified", value_type::boolean, false, true,
     "Whether this email address is verified (true) or unverified (false). If set to false the user will not receive a "
     "verification email unless `verify_email` is set to true."},
    {"email", value_type::string, true, true, "Email address of this user.", 0, 254, format::email},
    {"phone_number", value_type::string, true, true, "The user's phone number (following the E.164 recommendation).", 0,
     16, format::phone},
    {"phone_verified", value_type::boolean, false, true,
     "Whether this phone number has been verified (true) or not (false)."},
    {"user_metadata", value_type::object, false, true, "User metadata to which this user has read/write access."},
    {"app_metadata", value_type::object, false, true, "User metadata to which this user has read-only access."},
    {"given_name", value_type::string, true, true, "Given name/first name/forename of this user.", 1, 150},
    {"family_name", value_type::string, true, true, "Family name/last name/surname of this user.", 1, 150},
    {"name", value_type::string, true, true, "Name of this user.", 1, 300},
    {"nickname", value_type::string, true, true, "Preferred nickname or alias of this user.", 1, 300},
    {"picture", value_type::string, true, true, "URL to picture, photo, or avatar of this user.", 0,
     static_cast<std::size_t>(-1), format::picture},
    {"verify_email", value_type::boolean, false, false,
     "Whether this user will receive a verification email after creation (true) or no email (false). Overrides "
     "behavior of `email_verified` parameter."},
    {"verify_phone_number", value_type::boolean, false, false,
     "Whether this user will receive a text after changing the phone number (true) or no text (false). Only valid when "
     "changing phone number for SMS connections."},
    {"password", value_type::string, true, false, "New password for this user. Only valid for database connections.",
     1},
    {"connection", value_type::string, false, false,
     "The connection name. This field is not itself updateable but is needed when updating email, email_verified, "
     "username or password",
     1},
    {"client_id", value_type::string, false, false, "Auth0 client ID. Only valid when updating email address.", 1},
    {"username", value_type::string, true, true,
     "The user's username. Only valid if the connection requires a username.", 1, 128},
});

/// The body of POST /users. Source: OpenAPI, CreateUserRequestContent.
inline constexpr auto create_attributes = std::to_array<attribute>({
    {"email", value_type::string, false, true, "The user's email.", 0, 254, format::email},
    {"phone_number", value_type::string, false, true, "The user's phone number (following the E.164 recommendation).",
     0, 16, format::phone},
    {"user_metadata", value_type::object, false, true,
     "Data related to the user that does not affect the application's core functionality."},
    {"blocked", value_type::boolean, false, true,
     "Whether this user was blocked by an administrator (true) or not (false)."},
    {"email_verified", value_type::boolean, false, true,
     "Whether this email address is verified (true) or unverified (false). User will receive a verification email "
     "after "
     "creation if `email_verified` is false or not specified"},
    {"phone_verified", value_type::boolean, false, true,
     "Whether this phone number has been verified (true) or not (false)."},
    {"app_metadata", value_type::object, false, true,
     "Data related to the user that does affect the application's core functionality."},
    {"given_name", value_type::string, false, true, "The user's given name(s).", 1, 150},
    {"family_name", value_type::string, false, true, "The user's family name(s).", 1, 150},
    {"name", value_type::string, false, true, "The user's full name.", 1, 300},
    {"nickname", value_type::string, false, true, "The user's nickname.", 1, 300},
    {"picture", value_type::string, false, true, "A URI pointing to the user's picture.", 0,
     static_cast<std::size_t>(-1), format::picture},
    {"user_id", value_type::string, false, false, "The external user's id provided by the identity provider.", 0, 255,
     format::no_white_space},
    {"connection", value_type::string, false, false, "Name of the connection this user should be created in.", 1},
    {"password", value_type::string, false, false,
     "Initial password for this user. Only valid for auth0 connection strategy.", 1},
    {"verify_email", value_type::boolean, false, false,
     "Whether the user will receive a verification email after creation (true) or no email (false). Overrides behavior "
     "of `email_verified` parameter."},
    {"username", value_type::string, false, true,
     "The user's username. Only valid if the connection requires a username.", 1, 128},
});

/// Pairs that one PATCH must not carry. Source: OpenAPI, responses of status 400.
inline constexpr std::array<std::pair<std::string_view, std::string_view>, 5> forbidden_pairs{{
    {"password", "email"},
    {"password", "email_verified"},
    {"username", "email"},
    {"username", "email_verified"},
    {"username", "password"},
}};

/// One of these a PATCH must carry, in the order of the message that lists them.
///
/// Source: node-auth0#478, which also lists `verify_password`, an attribute that there is no more; the order of the
/// last four is chosen.
inline constexpr std::array<std::string_view, 17> wanted_attributes{"blocked",
                                                                    "email_verified",
                                                                    "email",
                                                                    "verify_email",
                                                                    "phone_number",
                                                                    "phone_verified",
                                                                    "verify_phone_number",
                                                                    "password",
                                                                    "user_metadata",
                                                                    "app_metadata",
                                                                    "username",
                                                                    "client_id",
                                                                    "given_name",
                                                                    "family_name",
                                                                    "name",
                                                                    "nickname",
                                                                    "picture"};

constexpr attribute const* find_attribute(std::span<attribute const> schema, std::string_view name) noexcept
{
    for (auto const& each : schema) {
        if (each.name == name)
            return &each;
    }
    return nullptr;
}

/// The attributes of a schema by their names' fingerprints.
class attribute_index {
public:
    constexpr explicit attribute_index(std::span<attribute const> schema) noexcept : schema_(schema.data())
    {
        for (std::size_t i = 0; i < schema.size(); ++i) {
            auto place = place_of(metapatch::detail::fingerprint(schema[i].name));
            while (slots_[place] != 0)
                place = (place + 1) % slots_.size();
            slots_[place] = static_cast<std::uint8_t>(i + 1);
        }
    }

    constexpr attribute const* find(std::string_view name) const noexcept
    {
        return find(name, metapatch::detail::fingerprint(name));
    }

    /// The same, where the name's fingerprint is known.
    constexpr attribute const* find(std::string_view name, std::uint64_t print) const noexcept
    {
        for (auto place = place_of(print); slots_[place] != 0; place = (place + 1) % slots_.size()) {
            auto const& each = schema_[slots_[place] - 1U];
            if (each.name == name) [[likely]]
                return &each;
        }
        return nullptr;
    }

private:
    static constexpr std::size_t place_of(std::uint64_t print) noexcept
    {
        return static_cast<std::size_t>(metapatch::detail::spread(print) >> 58);
    }

    attribute const* schema_;
    std::array<std::uint8_t, 64> slots_{}; // 0 in an empty one, else which attribute, from 1
};

inline constexpr attribute_index update_index(update_attributes);
inline constexpr attribute_index create_index(create_attributes);

/// Whether an attribute of a PATCH is one of those that it must carry one of.
constexpr bool is_wanted(attribute const& each) noexcept
{
    // They are all but this.
    static_assert(wanted_attributes.size() + 1 == update_attributes.size());
    return each.name != "connection";
}

/// Whether a member is what it may be, as mostly it is; what else is wrong with it the others tell.
inline bool is_fine(attribute const& wanted, body_member const& member) noexcept
{
    if (member.type != wanted.type) [[unlikely]]
        return member.type == value_type::null && wanted.nullable;
    if (member.type != value_type::string)
        return true;
    // No text has more code points than bytes, and one that is not empty has one.
    auto const content = member.content;
    if (wanted.min_code_points > 1 || content.size() < wanted.min_code_points ||
        content.size() > wanted.max_code_points) [[unlikely]]
        return false;
    return wanted.shape == format::any || (wanted.shape == format::email && is_email(content));
}

/// What is wrong with a string; "" where nothing is.
/// @param told  becomes of what code it is, and of what numbers
inline std::string content_error(attribute const& wanted, std::string_view content, violation& told)
{
    // No text has more code points than bytes, and one that is not empty has one.
    bool const is_counted = wanted.min_code_points > 1 || content.size() > wanted.max_code_points;
    auto const length = is_counted ? code_points(content) : content.size();
    auto const is_beyond = [&](errc code, std::size_t limit) {
        told.code = code;
        told.limit = limit;
        told.actual = length;
    };
    told.code = errc::invalid_format;
    if (length < wanted.min_code_points) {
        is_beyond(errc::value_too_short, wanted.min_code_points);
        return joined({"String is too short (", std::to_string(length), " chars), minimum ",
                       std::to_string(wanted.min_code_points)});
    }
    // An email or a phone number that is too long is told as one that is malformed.
    if (wanted.shape == format::any || wanted.shape == format::no_white_space) {
        if (length > wanted.max_code_points) {
            is_beyond(errc::value_too_long, wanted.max_code_points);
            return joined({"String is too long (", std::to_string(length), " chars), maximum ",
                           std::to_string(wanted.max_code_points)});
        }
    }
    switch (wanted.shape) {
    case format::email:
        return is_email(content) ? "" : joined({"Object didn't pass validation for format email: ", content});
    case format::picture:
        return is_picture_url(content) ? ""
                                       : joined({"Object didn't pass validation for format strict-uri: ", content});
    case format::phone:
        return is_phone_number(content) ? "" : joined({"String does not match pattern ^\\+[0-9]{1,15}$: ", content});
    case format::no_white_space:
        return content.find_first_of(" \t\n\r\v\f") == std::string_view::npos
                   ? ""
                   : joined({"String does not match pattern ^\\S*$: ", content});
    default:
        return "";
    }
}

/// The first fault of one member.
/// @param all  the members that it is one of
[[gnu::cold]] inline std::optional<refusal> check_member(attribute const& wanted, body_member const& member,
                                                         body_members const& all)
{
    auto const refused = [&](std::string_view message, violation facts) {
        return malformed_body(payload_error(message, wanted.name, wanted.description), report(std::move(facts)));
    };
    if (member.type == value_type::null && wanted.nullable)
        return std::nullopt;
    if (member.type != wanted.type)
        return refused(
            joined({"Expected type ", name(wanted.type), " but found type ", name(member.type)}),
            all.at_value(member, wanted.type == value_type::object ? errc::expected_object : errc::invalid_value_type));
    if (member.type == value_type::string) {
        violation facts;
        if (auto const error = content_error(wanted, member.content, facts); !error.empty()) {
            auto told = all.at_value(member, facts.code);
            told.limit = facts.limit;
            told.actual = facts.actual;
            return refused(error, std::move(told));
        }
    }
    return std::nullopt;
}

/// The first fault of the names: those that the schema does not know are told together.
inline std::optional<refusal> check_names(attribute_index const& schema, body_members& members, std::string_view advice)
{
    if (members.look_up([&](auto name, auto print) { return schema.find(name, print); })) [[likely]]
        return std::nullopt;
    report found;
    std::string unknown;
    for (auto const& each : members) {
        if (each.known == nullptr) {
            unknown.append(found.empty() ? "" : ",").append(each.name);
            found.add(members.at_key(each, errc::unknown_member));
        }
    }
    return malformed_body(payload_error(joined({"Additional properties not allowed: ", unknown, advice})),
                          std::move(found));
}

/// The refusal for the first member that is at fault, with the faults of all.
template<class Clears>
[[gnu::noinline, gnu::cold]] std::optional<refusal> refuse_members(body_members const& members, Clears clears)
{
    std::optional<refusal> first;
    for (auto const& each : members) {
        if (each.type == value_type::null && clears(each.name))
            continue;
        auto refused = check_member(*each.known, each, members);
        if (!first)
            first = std::move(refused);
        else if (refused)
            first->violations.add_all(refused->violations);
    }
    return first;
}

/// The same, where any is at fault.
///
/// @param members  of names that the schema knows
/// @param clears   says of a field of metadata whether null clears it
template<class Clears>
std::optional<refusal> check_members(body_members const& members, Clears clears)
{
    for (auto const& each : members) {
        if (!is_fine(*each.known, each)) [[unlikely]]
            return refuse_members(members, clears);
    }
    return std::nullopt;
}

/// The refusal for the first pair that must not come together, with the members of all such pairs.
inline std::optional<refusal> check_pairs(body_members const& members)
{
    auto const has = [&members](auto const& pair) {
        return members.find(pair.first) != nullptr && members.find(pair.second) != nullptr;
    };
    auto const first = std::find_if(forbidden_pairs.begin(), forbidden_pairs.end(), has);
    if (first == forbidden_pairs.end())
        return std::nullopt;
    report found;
    for (auto const& each : members) {
        auto const conflicts = [&](auto const& pair) {
            return (each.name == pair.first || each.name == pair.second) && has(pair);
        };
        if (std::any_of(first, forbidden_pairs.end(), conflicts))
            found.add(members.at_key(each, errc::conflicting_member));
    }
    return malformed_body(joined({"Cannot update ", first->first, " and ", first->second, " simultaneously."}),
                          std::move(found));
}

/// What is wrong with the body of PATCH /users/{id}, rules of metadata aside: unknown names first, then that there is
/// nothing to do, then types, lengths and formats in the order of the body, then forbidden pairs.
///
/// Source: OpenAPI; auth0-java#58 (unknown names, whose order is chosen: the body's), node-auth0#478 (nothing to do)
template<class Clears>
std::optional<refusal> check_update(body_members& members, Clears clears)
{
    constexpr std::string_view advice = " (consider storing them in app_metadata or user_metadata. See \"Users "
                                        "Metadata\" in https://auth0.com/docs/api/v2/changes for more details)";
    if (auto refused = check_names(update_index, members, advice)) [[unlikely]]
        return refused;
    if (std::none_of(members.begin(), members.end(), [](body_member const& each) { return is_wanted(*each.known); }))
        [[unlikely]] {
        std::string inner;
        for (auto const name : wanted_attributes)
            inner.append(inner.empty() ? "" : " (also) ")
                .append(payload_error(joined({"Missing required property: ", name})));
        return malformed_body(
            joined({"Payload validation error: 'None of the valid schemas were met'. Inner errors: [ ", inner, " ]"}),
            report({.code = errc::missing_member}));
    }
    if (auto refused = check_members(members, clears)) [[unlikely]]
        return refused;
    if (members.names().size() == 1)
        return std::nullopt; // no pair
    return check_pairs(members);
}

/// The same for the body of POST /users: unknown names, then that `connection` is missing, then types, lengths,
/// formats.
template<class Clears>
std::optional<refusal> check_create(body_members& members, Clears clears)
{
    if (auto refused = check_names(create_index, members, "")) [[unlikely]]
        return refused;
    if (members.find("connection") == nullptr) [[unlikely]]
        return malformed_body(payload_error("Missing required property: connection"),
                              report({.code = errc::missing_member, .pointer = "/connection"}));
    return check_members(members, clears);
}

} // namespace metapatch::auth0::detail

#endif
