// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_CONTRACT_ROOT_ATTRIBUTES_HPP
#define METAPATCH_AUTH0_CONTRACT_ROOT_ATTRIBUTES_HPP

#include <metapatch/version.hpp>

#include <array>
#include <string_view>

namespace metapatch::auth0 {

/// The attributes of a user's root profile. Rules and Actions see the first level of app_metadata copied over it, so a
/// member of one of these names hides the attribute: for `advise`.
///
/// Source: Auth0 Management API v2 OpenAPI, schema UpdateUserResponseContent
/// <https://github.com/auth0/docs-v2/blob/main/main/docs/oas/management/v2/management-api-oas.json>; of the collision,
/// "Metadata Field Names and Data Types"
/// <https://auth0.com/docs/manage-users/user-accounts/metadata/metadata-fields-data>
inline constexpr std::array<std::string_view, 23> root_attributes{
    "user_id",      "email",          "email_verified",      "username",
    "phone_number", "phone_verified", "created_at",          "updated_at",
    "identities",   "app_metadata",   "user_metadata",       "picture",
    "name",         "nickname",       "multifactor",         "multifactor_last_modified",
    "last_ip",      "last_login",     "last_password_reset", "logins_count",
    "blocked",      "given_name",     "family_name",
};

} // namespace metapatch::auth0

#endif
