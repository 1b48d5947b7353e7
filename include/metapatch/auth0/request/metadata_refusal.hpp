// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_REQUEST_METADATA_REFUSAL_HPP
#define METAPATCH_AUTH0_REQUEST_METADATA_REFUSAL_HPP

#include <metapatch/auth0/contract/refusal.hpp>
#include <metapatch/auth0/request/body_members.hpp>
#include <metapatch/json/text.hpp>
#include <metapatch/outcome/violation.hpp>

#include <boost/json/value.hpp>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace metapatch::auth0 {

/// How the service words what is wrong with a field of metadata.
enum class wording : std::uint8_t {
    user,    ///< of users: `Fields with "." are not allowed, …`, `Forbidden attribute in app_metadata: …`
    session, ///< of sessions and refresh tokens: `Metadata must not exceed 25 entries. …`
    schema,  ///< of the others: faults against a schema
};

namespace detail {

/// One token of a JSON Pointer, unescaped. Source: RFC 6901 §4.
inline std::string unescaped_token(std::string_view token)
{
    std::string text;
    for (std::size_t i = 0; i < token.size(); ++i) {
        bool const escape = token[i] == '~' && i + 1 < token.size();
        text += escape ? (token[i + 1] == '1' ? '/' : '~') : token[i];
        i += escape ? 1 : 0;
    }
    return text;
}

/// A place in a body as the service's messages write it, such as `user_metadata.a.b[0]`, and what is there.
struct property {
    std::string path;
    std::string key;                           ///< the last key or index on the way; "" at the field itself
    boost::json::value const* value = nullptr; ///< nullptr where the way leads nowhere
};

/// @param pointer  from the field's root
inline property property_at(std::string_view field, boost::json::value const& body, std::string_view pointer)
{
    property at{std::string(field), {}, &body};
    while (!pointer.empty()) {
        pointer.remove_prefix(1);
        auto const token = pointer.substr(0, pointer.find('/'));
        pointer.remove_prefix(token.size());
        at.key = unescaped_token(token);
        if (at.value != nullptr && at.value->is_array()) {
            at.path.append("[").append(at.key) += ']';
            std::size_t index = 0;
            std::from_chars(at.key.data(), at.key.data() + at.key.size(), index);
            at.value = at.value->get_array().if_contains(index);
        } else {
            at.path.append(".").append(at.key);
            auto const* members = at.value != nullptr ? at.value->if_object() : nullptr;
            at.value = members != nullptr ? members->if_contains(at.key) : nullptr;
        }
    }
    return at;
}

inline std::string number_of(std::optional<std::uint64_t> const& number)
{
    return number ? std::to_string(*number) : "?";
}

/// The message for one violation. Those that are not of `payload_error` with a message of z-schema, the dotted field,
/// the forbidden attribute, and the two of sessions, are ours.
inline std::string violation_message(violation const& what, property const& at, std::string_view field,
                                     std::string_view description, wording words)
{
    auto const of_schema = [&](std::string_view message) {
        return payload_error(message, at.path, at.key.empty() ? description : std::string_view());
    };
    bool const of_session = words == wording::session;
    constexpr std::string_view session_limits =
        "Metadata must not exceed 25 entries. Each key and value must be \xE2\x89\xA4 255 characters.";
    switch (what.code) {
    case errc::invalid_key_character:
        if (of_session)
            return "Invalid metadata: Metadata keys may only include letters, numbers, underscores, or hyphens";
        if (words == wording::user) {
            for (std::string_view const sign : {".", "$"}) {
                if (at.key.find(sign) != std::string::npos)
                    return joined({"Fields with \"", sign, "\" are not allowed, please remove all ",
                                   sign == "." ? "dotted fields" : "such fields", ". Example: ", at.path});
            }
        }
        return of_schema("Property name contains a character that is not allowed");
    case errc::reserved_key:
        return joined({"Forbidden attribute in ", field, ": ", at.key});
    case errc::too_many_members:
        return of_session ? std::string(session_limits)
                          : of_schema(joined({"Too many properties defined (", number_of(what.actual), "), maximum ",
                                              number_of(what.limit)}));
    case errc::key_too_long:
        return of_session ? std::string(session_limits)
                          : of_schema(joined({"Property name is too long (", number_of(what.actual),
                                              " chars), maximum ", number_of(what.limit)}));
    case errc::value_too_long:
        return of_session ? std::string(session_limits)
                          : of_schema(joined({"String is too long (", number_of(what.actual), " chars), maximum ",
                                              number_of(what.limit)}));
    case errc::invalid_value_type:
        return of_schema(joined({"Expected type string but found type ",
                                 name(at.value != nullptr ? type_of(*at.value) : value_type::null)}));
    case errc::expected_object:
        return of_schema(joined({"Expected type object but found type ",
                                 name(at.value != nullptr ? type_of(*at.value) : value_type::null)}));
    case errc::too_large:
        return joined({at.path, " is too large (", number_of(what.actual), " bytes), maximum ", number_of(what.limit)});
    case errc::too_deep:
        return joined({at.path, " is nested too deep, maximum ", number_of(what.limit), " levels"});
    default: {
        auto plain = what;
        plain.pointer.clear();
        return joined({at.path, ": ", plain.message()});
    }
    }
}

/// What a body is that is no JSON. Source: hapi's message, which the service's errors are shaped by.
[[gnu::cold]] inline refusal no_json(report found)
{
    return malformed_body("Invalid request payload JSON format", std::move(found));
}

/// The same of a text.
[[gnu::cold]] inline refusal no_json(std::string_view text)
{
    return no_json(metapatch::detail::text_error(text, {.max_nesting = nesting_ceiling}));
}

/// The refusal of a field's body that breaks rules. The message is of the first violation; all are in `violations`,
/// with pointers from the root of the body.
///
/// @param found  pointers from the field's root; not empty
/// @param body   what the body carries for the field
[[gnu::cold]] inline refusal rule_refusal(std::string_view field, std::string_view description, wording words,
                                          report const& found, boost::json::value const& body)
{
    auto const at = property_at(field, body, found.front().pointer);
    refusal made{.why = refusal_reason::rule_violation,
                 .message = violation_message(found.front(), at, field, description, words),
                 .code = "invalid_body",
                 .violations = report::of_at_most(found.max_size())};
    for (auto each : found) {
        each.pointer.insert(0, field).insert(0, 1, '/');
        made.violations.add(std::move(each));
    }
    made.violations.add_omitted(found.omitted());
    return is_utf8(made.message) ? made : no_json(std::move(made.violations)); // a DOM may have keys that no JSON has
}

/// A user_id that no JSON can have; ours. The store assigned it.
[[gnu::cold]] inline refusal unwritable_user_id()
{
    return {.why = refusal_reason::unreadable_state,
            .status = 500,
            .message = "The user_id is not UTF-8",
            .code = "unreadable_state"};
}

/// What is stored cannot be read; ours.
[[gnu::cold]] inline refusal unreadable_state(std::string_view what)
{
    return {.why = refusal_reason::unreadable_state,
            .status = 500,
            .message = joined({what, " that is stored is no JSON object"}),
            .code = "unreadable_state"};
}

/// What a body is that is JSON, but no object. Source: auth0-PHP#466.
/// @param offset  of the value, in a text
[[gnu::cold]] inline refusal no_object(value_type type, std::optional<std::uint64_t> offset = {})
{
    return malformed_body(payload_error(joined({"Expected type object but found type ", name(type)})),
                          report({.code = errc::expected_object, .offset = offset}));
}

} // namespace detail

} // namespace metapatch::auth0

#endif
