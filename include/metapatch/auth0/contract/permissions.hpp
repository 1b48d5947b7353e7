// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_CONTRACT_PERMISSIONS_HPP
#define METAPATCH_AUTH0_CONTRACT_PERMISSIONS_HPP

#include <metapatch/access/access.hpp>

#include <array>
#include <optional>
#include <span>
#include <string_view>

/// Who may do what at the Management API. "OpenAPI" is Auth0's description of it, its member `security` and the texts
/// of the responses with status 403:
/// <https://github.com/auth0/docs-v2/blob/main/main/docs/oas/management/v2/management-api-oas.json>
namespace metapatch::auth0 {

/// What a server knows of a request's access token once it has verified it.
struct access_token {
    scope_view scopes{};                       ///< the claim `scope`; refers to the token's text
    std::optional<std::string_view> subject{}; ///< the claim `sub` of a user's token; nothing for an application's own
};

/// A table of permissions.
struct permission_table {
    access_table rules;
    /// Whether a patch of user_metadata needs a scope for each of its effects too: see `effect_fields`.
    bool judges_effects = false;
};

/// The names under which the rules of a table that judges effects speak of what a patch does to the first level of
/// user_metadata.
struct effect_fields {
    static constexpr std::string_view create = "user_metadata:create"; ///< a key that was not there
    static constexpr std::string_view update = "user_metadata:update"; ///< a key whose value changes
    static constexpr std::string_view remove = "user_metadata:delete"; ///< a key that goes
};

namespace detail {

inline constexpr std::array<std::string_view, 1> user_metadata_alone{"user_metadata"};
inline constexpr std::array<std::string_view, 1> app_metadata_alone{"app_metadata"};
inline constexpr std::array<std::string_view, 2> may_create{"user_metadata", effect_fields::create};
inline constexpr std::array<std::string_view, 2> may_update{"user_metadata", effect_fields::update};
inline constexpr std::array<std::string_view, 2> may_delete{"user_metadata", effect_fields::remove};

inline constexpr auto enforced_rules = std::to_array<access_rule>({
    // Users. Source: OpenAPI. The order is that of the live messages (raster-foundry#2030, nextjs-auth0#89).
    {"GET /users", "read:users"},
    {"GET /users-by-email", "read:users"},
    {"POST /users", "create:users"},
    {"GET /users/{id}", "read:users"},
    {"GET /users/{id}", "read:current_user", {}, true},
    {"GET /users/{id}", "read:user_idp_tokens"},
    // Every field: a Rule's token has no more than `read:users update:users`, and its updateAppMetadata works. Source:
    // "Use the Management API from within Rules", <https://auth0.com/docs/customize/rules/use-management-api>
    {"PATCH /users/{id}", "update:users"},
    // app_metadata alone, of any user: chosen, by the scope's name.
    {"PATCH /users/{id}", "update:users_app_metadata", app_metadata_alone},
    // user_metadata alone: the live message "You cannot update the following fields" (auth0.js#194).
    {"PATCH /users/{id}", "update:current_user_metadata", user_metadata_alone, true},
    {"DELETE /users/{id}", "delete:users"},
    {"DELETE /users/{id}", "delete:current_user", {}, true},
    {"DELETE /users/{id}/multifactor/{provider}", "update:users"},
    {"GET /users/{id}/enrollments", "read:users"},
    {"GET /users/{id}/enrollments", "read:current_user", {}, true},
    {"POST /users/{id}/identities", "update:users"},
    {"POST /users/{id}/identities", "update:current_user_identities", {}, true},
    {"DELETE /users/{id}/identities/{provider}/{user_id}", "update:users"},
    {"DELETE /users/{id}/identities/{provider}/{user_id}", "update:current_user_identities", {}, true},
    {"POST /device-credentials", "create:current_user_device_credentials", {}, true},
    {"DELETE /device-credentials/{id}", "delete:device_credentials"},
    {"DELETE /device-credentials/{id}", "delete:current_user_device_credentials", {}, true},

    // Applications. Source: OpenAPI. Which fields the narrower scopes reach is not documented: here every one.
    {"GET /clients", "read:clients"},
    {"GET /clients", "read:client_keys"},
    {"GET /clients", "read:client_credentials"},
    {"GET /clients", "read:client_summary"},
    {"GET /clients/{id}", "read:clients"},
    {"GET /clients/{id}", "read:client_keys"},
    {"GET /clients/{id}", "read:client_credentials"},
    {"GET /clients/{id}", "read:client_summary"},
    {"POST /clients", "create:clients"},
    {"PATCH /clients/{id}", "update:clients"},
    {"PATCH /clients/{id}", "update:client_keys"},
    {"PATCH /clients/{id}", "update:client_credentials"},
    {"PATCH /clients/{id}", "update:client_token_vault_privileged_access"},
    {"DELETE /clients/{id}", "delete:clients"},

    // Organizations. Source: OpenAPI.
    {"GET /organizations", "read:organizations"},
    {"GET /organizations", "read:organizations_summary"},
    {"GET /organizations/{id}", "read:organizations"},
    {"GET /organizations/{id}", "read:organizations_summary"},
    {"GET /organizations/name/{name}", "read:organizations"},
    {"POST /organizations", "create:organizations"},
    {"POST /organizations", "create:organization_connections"},
    {"PATCH /organizations/{id}", "update:organizations"},
    {"DELETE /organizations/{id}", "delete:organizations"},

    // Connections, custom domains, sessions, refresh tokens. Source: OpenAPI.
    {"GET /connections", "read:connections"},
    {"GET /connections/{id}", "read:connections"},
    {"POST /connections", "create:connections"},
    {"PATCH /connections/{id}", "update:connections"},
    {"DELETE /connections/{id}", "delete:connections"},
    {"GET /custom-domains", "read:custom_domains"},
    {"GET /custom-domains/{id}", "read:custom_domains"},
    {"POST /custom-domains", "create:custom_domains"},
    {"PATCH /custom-domains/{id}", "update:custom_domains"},
    {"DELETE /custom-domains/{id}", "delete:custom_domains"},
    {"GET /sessions/{id}", "read:sessions"},
    {"PATCH /sessions/{id}", "update:sessions"},
    {"DELETE /sessions/{id}", "delete:sessions"},
    {"GET /refresh-tokens/{id}", "read:refresh_tokens"},
    {"PATCH /refresh-tokens/{id}", "update:refresh_tokens"},
    {"DELETE /refresh-tokens/{id}", "delete:refresh_tokens"},

    // Agents, in early access. Source: the scopes in "Register an Agent"; the paths in auth0 7.1.0 (npm).
    {"GET /agents", "read:agents"},
    {"GET /agents/{id}", "read:agents"},
    {"POST /agents", "create:agents"},
    {"PATCH /agents/{id}", "update:agents"},
    {"DELETE /agents/{id}", "delete:agents"},
});

// Source: "Understand How Metadata Works in User Profiles", its table of scopes as first published; the split by
// effects, and that each is for the token's own subject and user_metadata alone, is chosen.
inline constexpr auto documented_rules = std::to_array<access_rule>({
    {"GET /users/{id}", "read:current_user_metadata", user_metadata_alone, true},
    {"PATCH /users/{id}", "create:current_user_metadata", may_create, true},
    {"PATCH /users/{id}", "update:current_user_metadata", may_update, true},
    {"PATCH /users/{id}", "delete:current_user_metadata", may_delete, true},
    // A mistake of that page, kept as it stands: the endpoint removes a second factor, not metadata. Source: OpenAPI.
    {"DELETE /users/{id}/multifactor/{provider}", "delete:current_user_metadata", {}, true},
});

inline constexpr access_index enforced_index(enforced_rules);
inline constexpr access_index documented_index(documented_rules);

} // namespace detail

/// What the service enforces: any one of an operation's scopes opens it, and the fields that a scope reaches limit it.
inline constexpr permission_table enforced{detail::enforced_index};

/// What the documentation's table of `…:current_user_metadata` scopes says: creating, updating and deleting a
/// first-level key of user_metadata each need their own scope, and no other scope counts.
inline constexpr permission_table documented{detail::documented_index, true};

} // namespace metapatch::auth0

#endif
