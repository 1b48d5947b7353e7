// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_REQUEST_ADMISSION_HPP
#define METAPATCH_AUTH0_REQUEST_ADMISSION_HPP

#include <metapatch/auth0/contract/permissions.hpp>
#include <metapatch/auth0/contract/refusal.hpp>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

/// What the endpoints' functions share: from a decision to the refusal that the service gives for it.
namespace metapatch::auth0::detail {

inline access_request request_of(std::string_view operation, access_token const& token, std::string_view target,
                                 std::span<std::string_view const> fields = {}) noexcept
{
    return {operation, token.scopes, token.subject, target, fields};
}

/// The scopes of an operation, as the message lists them.
inline std::string scopes_of(permission_table const& table, std::string_view operation)
{
    std::string list;
    table.rules.rules_of(operation).each(
        [&list](access_rule const& rule, std::uint64_t) { list.append(list.empty() ? "" : ",").append(rule.scope); });
    return list;
}

[[gnu::cold]] inline refusal insufficient_scope(permission_table const& table, access_request const& asked)
{
    auto const scopes = scopes_of(table, asked.operation);
    return denied(refusal_reason::insufficient_scope,
                  joined({"Insufficient scope", scopes.empty() ? "" : ", expected any of: ", scopes}),
                  "insufficient_scope", sufficient_scopes(table.rules, asked));
}

/// The first refusals: there is no token, or no scope of it is for this operation.
///
/// @param decision  becomes what was decided of the request without its fields
/// @param fields    a function that gives the names of the fields that the request touches, called where it is refused
/// Source: nextjs-auth0#89 (the message)
template<class Fields>
std::optional<refusal> check_scope(permission_table const& table, std::string_view operation,
                                   std::optional<access_token> const& token, std::string_view target,
                                   std::optional<access_decision>& decision, Fields fields)
{
    if (!token) [[unlikely]]
        return no_token();
    decision = authorize(table.rules, request_of(operation, *token, target));
    if (*decision) [[likely]]
        return std::nullopt;
    if (decision->why() != denial::insufficient_scope && decision->why() != denial::unknown_operation)
        return std::nullopt;
    auto const names = fields();
    return insufficient_scope(table, request_of(operation, *token, target, names));
}

inline std::optional<refusal> check_scope(permission_table const& table, std::string_view operation,
                                          std::optional<access_token> const& token, std::string_view target,
                                          std::optional<access_decision>& decision)
{
    return check_scope(table, operation, token, target, decision, [] { return std::span<std::string_view const>(); });
}

/// The refusal for a decision that is no allowance, of a token whose scopes are for the operation.
///
/// Source: OpenAPI and auth0.js#194 (the messages); which code goes with a mismatch of the subject is not known: none
inline std::optional<refusal> check_reach(permission_table const& table, access_request const& asked,
                                          access_decision const& decision)
{
    if (decision) [[likely]]
        return std::nullopt;
    if (decision.why() == denial::subject_mismatch)
        return denied(refusal_reason::subject_mismatch, "User to be acted on does not match subject in bearer token.",
                      {}, sufficient_scopes(table.rules, asked));
    if (decision.why() != denial::fields_out_of_reach)
        return insufficient_scope(table, asked);
    std::string beyond;
    for (auto const field : asked.fields) {
        if (!decision.reaches(field))
            beyond.append(beyond.empty() ? "" : ", ").append(field);
    }
    return denied(refusal_reason::fields_out_of_reach, joined({"You cannot update the following fields: ", beyond}),
                  "insufficient_scope", sufficient_scopes(table.rules, asked));
}

/// Source: recorded by go-auth0 and terraform-provider-auth0.
[[gnu::cold]] inline refusal no_such_user()
{
    return {.why = refusal_reason::not_found,
            .status = 404,
            .message = "The user does not exist.",
            .code = "inexistent_user"};
}

} // namespace metapatch::auth0::detail

#endif
