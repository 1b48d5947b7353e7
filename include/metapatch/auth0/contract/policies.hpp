// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_CONTRACT_POLICIES_HPP
#define METAPATCH_AUTH0_CONTRACT_POLICIES_HPP

#include <metapatch/policy/policy.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <string_view>

/// The rules of Auth0's metadata fields. Where a comment says "chosen", Auth0 is silent and the decision is ours; each
/// has its cases in tests/conformance/vectors.
namespace metapatch::auth0 {

/// The rules for keys of all of Auth0's fields.
using field_keys = both<key_characters, reserved_names>;

/// One type for all of Auth0's fields, so that a program can pick one by its name at run time.
using field_policy = policy<field_keys>;

/// Names that app_metadata must not use at its first level.
///
/// Source: Auth0, "Metadata Field Names and Data Types"
/// <https://auth0.com/docs/manage-users/user-accounts/metadata/metadata-fields-data>; `username` is refused by the live
/// service ("Forbidden attribute in app_metadata: username", <https://community.auth0.com/t/156584>).
inline constexpr std::array<std::string_view, 19> reserved_app_metadata_names{
    "__tenant",       "_id",        "blocked",        "clientID",         "created_at",
    "email_verified", "email",      "globalClientID", "global_client_id", "identities",
    "lastIP",         "lastLogin",  "loginsCount",    "metadata",         "multifactor_last_modified",
    "multifactor",    "updated_at", "user_id",        "username",
};

/// 16 MiB. Source: "Custom Signup" and "Metadata Best Practices" ("16 MB"); its reading as 2^24 bytes is chosen.
inline constexpr std::size_t max_metadata_bytes = std::size_t{16} << 20;

namespace detail {

inline constexpr auto without_dot_and_dollar = key_characters::all_but(".$");

inline constexpr auto client_characters =
    key_characters::only("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789\t :,-+=_*?\"/\\()<>@");

inline constexpr auto session_characters =
    key_characters::only("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

} // namespace detail

/// A user's `user_metadata`: merges, `{}` leaves `{}`; no `.` or `$` in keys at any depth.
inline constexpr field_policy user_metadata{
    {detail::without_dot_and_dollar, {}}, {.cleared = cleared_field::empty}, {.max_bytes = max_metadata_bytes}, {}};

/// A user's `app_metadata`: as user_metadata, but `{}` leaves the field absent, and some names are reserved.
inline constexpr field_policy app_metadata{{detail::without_dot_and_dollar, {reserved_app_metadata_names}},
                                           {.cleared = cleared_field::absent},
                                           {.max_bytes = max_metadata_bytes},
                                           {}};

/// An application's `client_metadata`: merges; 10 strings of 255, keys of an allow-list.
inline constexpr field_policy client_metadata{{detail::client_characters, {}},
                                              {.cleared = cleared_field::empty},
                                              {.max_members = 10,
                                               .max_key_code_points = 255,
                                               .values = value_types::string_or_null,
                                               .max_value_code_points = 255},
                                              {}};

/// An organization's `metadata`: replaced, not merged; 25 strings of 255 (the length of keys is chosen).
inline constexpr field_policy organization_metadata{{{}, {}},
                                                    {.depth = 0, .cleared = cleared_field::absent},
                                                    {.max_members = 25,
                                                     .max_key_code_points = 255,
                                                     .values = value_types::string_or_null,
                                                     .max_value_code_points = 255},
                                                    {}};

/// A connection's `metadata`: replaced (chosen); 10 strings of 255 (the length of keys is chosen).
inline constexpr field_policy connection_metadata{{{}, {}},
                                                  {.depth = 0, .cleared = cleared_field::absent},
                                                  {.max_members = 10,
                                                   .max_key_code_points = 255,
                                                   .values = value_types::string_or_null,
                                                   .max_value_code_points = 255},
                                                  {}};

/// A custom domain's `domain_metadata`: merges; 10 strings of 255 (the length of keys is chosen).
inline constexpr field_policy domain_metadata{{{}, {}},
                                              {.cleared = cleared_field::empty},
                                              {.max_members = 10,
                                               .max_key_code_points = 255,
                                               .values = value_types::string_or_null,
                                               .max_value_code_points = 255},
                                              {}};

/// A session's metadata: replaced; `{}` and `null` remove it; 25 strings of 255, keys of letters, digits, `_` and `-`.
inline constexpr field_policy session_metadata{
    {detail::session_characters, {}},
    {.depth = 0, .on_null = null_body::clears, .cleared = cleared_field::absent},
    {.max_members = 25,
     .max_key_code_points = 255,
     .values = value_types::string_or_null,
     .max_value_code_points = 255},
    {}};

/// A refresh token's metadata: the rules of a session's.
inline constexpr field_policy refresh_token_metadata = session_metadata;

/// 10 KB. Source: the limit of `metadata` in "Register an Agent"; that a KB is 1,024 bytes is chosen.
inline constexpr std::size_t max_agent_metadata_bytes = 10 * std::size_t{1024};

/// An agent's `metadata`, in early access: any JSON; `null` clears it. That it is replaced, and what `{}` does, is
/// chosen. Source: "Register an Agent", <https://auth0.com/docs/ai-agents-mcp/agents-as-principal/register-an-agent>;
/// auth0 7.1.0 (npm), `PatchAgentRequestParameters` ("Pass null to clear all metadata")
inline constexpr field_policy agent_metadata{
    {{}, {}},
    {.depth = 0, .on_null = null_body::clears, .cleared = cleared_field::absent},
    {.max_bytes = max_agent_metadata_bytes},
    {}};

/// The `user_metadata` of a sign-up, which creates the user: 10 strings of 500, keys of 100. That the limits are the
/// last that are allowed: @auth0/auth0-auth-js 1.16.1 (npm), `SignUpOptions`.
inline constexpr field_policy signup_user_metadata{
    {detail::without_dot_and_dollar, {}},
    {.depth = 0, .cleared = cleared_field::empty},
    {.max_members = 10, .max_key_code_points = 100, .values = value_types::string, .max_value_code_points = 500},
    {}};

namespace detail {

/// Auth0's policy of a field where rules for keys are given and nothing else is.
template<key_rule Keys>
constexpr policy<Keys> usual(field_policy const& of_auth0)
{
    if constexpr (std::same_as<Keys, field_keys>)
        return of_auth0;
    else
        return policy<Keys>{Keys(), of_auth0.merge, of_auth0.limits, of_auth0.read};
}

} // namespace detail

/// A policy and the name by which tools and conformance vectors know it.
struct profile {
    std::string_view name;
    field_policy policy;
};

/// All of the above.
inline constexpr std::array<profile, 10> profiles{{
    {"auth0.user_metadata", user_metadata},
    {"auth0.app_metadata", app_metadata},
    {"auth0.client_metadata", client_metadata},
    {"auth0.organization_metadata", organization_metadata},
    {"auth0.connection_metadata", connection_metadata},
    {"auth0.domain_metadata", domain_metadata},
    {"auth0.session_metadata", session_metadata},
    {"auth0.refresh_token_metadata", refresh_token_metadata},
    {"auth0.agent_metadata", agent_metadata},
    {"auth0.signup_user_metadata", signup_user_metadata},
}};

/// The profile of that name, or nullptr.
constexpr profile const* find_profile(std::string_view name) noexcept
{
    for (auto const& each : profiles) {
        if (each.name == name)
            return &each;
    }
    return nullptr;
}

} // namespace metapatch::auth0

#endif
