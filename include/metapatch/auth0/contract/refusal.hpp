// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_CONTRACT_REFUSAL_HPP
#define METAPATCH_AUTH0_CONTRACT_REFUSAL_HPP

#include <metapatch/outcome/joined.hpp>
#include <metapatch/outcome/violation.hpp>

#include <array>
#include <boost/assert/source_location.hpp>
#include <boost/json/object.hpp>
#include <boost/json/storage_ptr.hpp>
#include <boost/system/result.hpp>
#include <boost/throw_exception.hpp>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace metapatch::auth0 {

/// Why a request is refused, in the order in which that is looked at.
enum class refusal_reason : std::uint8_t {
    unauthorized,        ///< no token, or a bad one
    insufficient_scope,  ///< no scope of the token is for this; or not for each effect
    malformed_body,      ///< no JSON, or against the schema of the endpoint
    subject_mismatch,    ///< the token's scopes are for its own subject alone
    fields_out_of_reach, ///< the token's scopes do not reach all fields
    not_found,           ///< no such user, or no such resource
    rule_violation,      ///< metadata against its policy: see `violations`
    conflict,            ///< it is there already; only callers know
    unreadable_state,    ///< what is stored is no JSON object, or a field of which something would be kept is none
};

/// Its stable name, as reports have it.
constexpr std::string_view name(refusal_reason why) noexcept
{
    constexpr std::array<std::string_view, 9> names{
        "unauthorized", "insufficient_scope", "malformed_body", "subject_mismatch", "fields_out_of_reach",
        "not_found",    "rule_violation",     "conflict",       "unreadable_state"};
    return names[static_cast<std::size_t>(why)];
}

/// The API whose shape the body of an error has.
enum class error_shape : std::uint8_t {
    management,     ///< `{"statusCode", "error", "message", "errorCode"?}`
    signup,         ///< `{"name", "code", "description", "statusCode"}`
    authentication, ///< `{"error", "error_description"}`
};

/// A refused request: what a server answers, and what a client may want to know beforehand.
///
/// Texts are those of the live service where they are known. Where it is silent they are ours: such places say so.
struct refusal {
    refusal_reason why{};
    int status = 400; ///< of HTTP
    std::string message{};
    std::string code{}; ///< `errorCode`, `code` or `error` of the body; "" where the service sends none
    error_shape shape = error_shape::management;
    /// What is wrong with the body, each pointer from its root. Of `malformed_body`, what the message is of and all of
    /// its kind, with offsets in a body that is a text: `position_in` makes lines and columns of them. Of
    /// `rule_violation`, all that is wrong with metadata. Of others none.
    report violations{};
    /// For what is denied: every minimal set of scopes that would do. They refer to the table of permissions.
    std::vector<std::vector<std::string_view>> sufficient{};
};

/// A result, or a refusal.
template<class T>
using answer = boost::system::result<T, refusal>;

/// What `answer::value()` throws where there is no value.
class request_refused : public std::runtime_error {
public:
    /// `what()` is the message of the refusal; a NUL in a key is written `\u0000`.
    explicit request_refused(refusal why)
        : runtime_error(metapatch::detail::without_nul(why.message)), why_(std::move(why))
    {
    }

    refusal const& why() const noexcept { return why_; }

private:
    refusal why_;
};

/// Called by `answer::value()`, found by argument-dependent look-up.
[[noreturn]] inline void throw_exception_from_error(refusal const& why, boost::source_location const& where)
{
    boost::throw_exception(request_refused(why), where);
}

/// The reason phrase of a status, as the body's member `error` has it. Source: RFC 9110 §15.
constexpr std::string_view reason_phrase(int status) noexcept
{
    switch (status) {
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 409:
        return "Conflict";
    case 413:
        return "Content Too Large";
    case 429:
        return "Too Many Requests";
    case 503:
        return "Service Unavailable";
    default:
        return status < 500 ? "Bad Request" : "Internal Server Error";
    }
}

namespace detail {

using metapatch::detail::joined;

inline constexpr std::string_view missing_authentication = "Missing authentication";

} // namespace detail

/// The JSON body of a refusal, its members in the order of the live service.
///
/// Exceptions: std::bad_alloc
/// Source:     recorded and quoted answers: go-auth0 and terraform-provider-auth0 (404), auth0.js#194 (403),
///             auth0.js#447 and #843, lock#2321 (sign-up); of status 401 <https://community.auth0.com/t/11660>
[[nodiscard]] inline boost::json::object body(refusal const& why, boost::json::storage_ptr storage = {})
{
    boost::json::object made(std::move(storage));
    if (why.shape == error_shape::signup) {
        made.emplace("name", "BadRequestError");
        made.emplace("code", why.code);
        made.emplace("description", why.message);
        made.emplace("statusCode", why.status);
    } else if (why.shape == error_shape::authentication) {
        made.emplace("error", why.code);
        made.emplace("error_description", why.message);
    } else {
        made.emplace("statusCode", why.status);
        made.emplace("error", reason_phrase(why.status));
        made.emplace("message", why.message);
        if (!why.code.empty())
            made.emplace("errorCode", why.code);
        if (why.why == refusal_reason::unauthorized && why.status == 401 &&
            why.message != detail::missing_authentication)
            made.emplace("attributes", boost::json::object{{"error", why.message}});
    }
    return made;
}

/// A header of HTTP.
struct header {
    std::string_view name;
    std::string value;

    bool operator==(header const&) const = default;
};

namespace detail {

/// A text as a quoted-string. Source: RFC 9110 §5.6.4; what cannot stand there, becomes a space.
inline std::string quoted(std::string_view text)
{
    std::string made = "\"";
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            made += '\\';
        made += byte < 0x20 || byte >= 0x7F ? ' ' : c;
    }
    return made += '"';
}

/// What a challenge says in words. A long message is left out: servers and proxies limit headers, and the body has it.
inline std::string error_description(std::string_view message)
{
    constexpr std::size_t most = 1'000; // bytes
    return message.size() <= most ? joined({", error_description=", quoted(message)}) : std::string();
}

/// The scopes of all sets, each once, with `between` between them.
inline std::string joined_scopes(std::vector<std::vector<std::string_view>> const& sets, std::string_view between)
{
    std::string made;
    std::vector<std::string_view> seen;
    for (auto const& set : sets) {
        for (auto const scope : set) {
            bool known = false;
            for (auto const other : seen)
                known = known || other == scope;
            if (known)
                continue;
            seen.push_back(scope);
            made.append(made.empty() ? "" : between).append(scope);
        }
    }
    return made;
}

} // namespace detail

/// The headers of a refusal: `Content-Type`, and of status 401 and of the code `insufficient_scope` the challenge.
///
/// Exceptions: std::bad_alloc
/// The challenge describes the error in words unless they take more than 1,000 bytes.
///
/// Source:     RFC 6750 §3: no error code where the request had no token; `scope` names what would do
[[nodiscard]] inline std::vector<header> headers(refusal const& why)
{
    std::vector<header> made{{"Content-Type", "application/json; charset=utf-8"}};
    if (why.status == 401) {
        bool const no_token = why.message == detail::missing_authentication;
        made.push_back({"WWW-Authenticate", no_token ? "Bearer"
                                                     : detail::joined({"Bearer error=\"invalid_token\"",
                                                                       detail::error_description(why.message)})});
    } else if (why.status == 403 && why.code == "insufficient_scope") {
        auto challenge =
            detail::joined({"Bearer error=\"insufficient_scope\"", detail::error_description(why.message)});
        // Where more scopes than one are needed these are the first set; where any one does, RFC 6750 has no word for
        // it.
        if (!why.sufficient.empty())
            challenge.append(", scope=").append(detail::quoted(detail::joined_scopes({why.sufficient.front()}, " ")));
        made.push_back({"WWW-Authenticate", std::move(challenge)});
    }
    return made;
}

/// There is no token. Source: auth0.net#123.
[[nodiscard, gnu::cold]] inline refusal no_token()
{
    return {.why = refusal_reason::unauthorized, .status = 401, .message = std::string(detail::missing_authentication)};
}

/// There is a token, and it is not valid.
///
/// @param message  such as "Invalid token", "Expired token received for JSON Web Token validation", "Invalid signature
///                 received for JSON Web Token validation", "Bad audience: …"
/// Source: <https://community.auth0.com/t/11660>, node-auth0#787
[[nodiscard]] inline refusal bad_token(std::string_view message = "Invalid token")
{
    return {.why = refusal_reason::unauthorized, .status = 401, .message = std::string(message)};
}

/// The header `Authorization` has no JSON Web Token. Source: node-auth0#118.
[[nodiscard]] inline refusal bad_authorization_header()
{
    return {.why = refusal_reason::unauthorized,
            .status = 400,
            .message = "Bad HTTP authentication header format",
            .code = "Bearer"};
}

/// The token of a request to GET /userinfo is not valid.
///
/// @param description  for people
/// Source: OpenAPI of the Authentication API, `getUserInfo`; its words are the example's
/// <https://github.com/auth0/docs-v2/blob/main/main/docs/oas/authentication/authentication-api-oas.json>
[[nodiscard]] inline refusal invalid_token(std::string_view description = "The access token is invalid or has expired")
{
    return {.why = refusal_reason::unauthorized,
            .status = 401,
            .message = std::string(description),
            .code = "invalid_token",
            .shape = error_shape::authentication};
}

/// The user is there already; only a caller knows. Source: auth0-python#118; its code is inferred.
[[nodiscard]] inline refusal user_exists()
{
    return {.why = refusal_reason::conflict,
            .status = 409,
            .message = "The user already exists.",
            .code = "auth0_idp_error"};
}

namespace detail {

[[gnu::cold]] inline refusal malformed_body(std::string message, report found)
{
    return {.why = refusal_reason::malformed_body,
            .message = std::move(message),
            .code = "invalid_body",
            .violations = std::move(found)};
}

/// A fault against the schema of a body. Source: go-auth0#17, auth0-PHP#466, node-auth0#478, terraform-provider-auth0's
/// recordings; its messages are those of z-schema.
///
/// @param path         of the property, such as `rule.match[0]`; "" for the body itself
/// @param description  of the property, as the OpenAPI has it
inline std::string payload_error(std::string_view message, std::string_view path = {},
                                 std::string_view description = {})
{
    std::string text = "Payload validation error: '";
    text.append(message) += '\'';
    if (!path.empty())
        text.append(" on property ").append(path);
    if (!path.empty() && !description.empty())
        text.append(" (").append(description) += ")";
    return text += '.';
}

[[gnu::cold]] inline refusal denied(refusal_reason why, std::string message, std::string code,
                                    std::vector<std::vector<std::string_view>> sufficient)
{
    return {.why = why,
            .status = 403,
            .message = std::move(message),
            .code = std::move(code),
            .sufficient = std::move(sufficient)};
}

} // namespace detail

} // namespace metapatch::auth0

#endif
