// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_MANAGEMENT_USER_RULES_HPP
#define METAPATCH_AUTH0_MANAGEMENT_USER_RULES_HPP

#include <metapatch/auth0/contract/permissions.hpp>
#include <metapatch/auth0/contract/policies.hpp>
#include <metapatch/outcome/violation.hpp>

#include <cstddef>
#include <optional>

namespace metapatch::auth0 {

/// The rules of users, as a value to copy and edit.
struct user_rules {
    permission_table permissions = enforced;
    field_policy user_metadata = auth0::user_metadata;
    field_policy app_metadata = auth0::app_metadata;
    /// Of both fields together, in bytes of compact JSON. Source: "Metadata Best Practices" ("together … 16 MB").
    std::size_t max_metadata_bytes = auth0::max_metadata_bytes;
    /// Of the whole user in bytes of compact JSON, beyond which there is a warning: 10 KB; that they are 1,024 bytes
    /// each is chosen. Source: "Metadata Field Names and Data Types" (no error until 2027-03-04).
    std::size_t large_profile_bytes = 10'240;
};

/// The rules of the service as they are.
inline constexpr user_rules standard_user_rules{};

/// A user that was created or updated.
///
/// @tparam Document  `boost::json::object`, or `std::string` for a text
template<class Document>
struct changed_user {
    Document user;
    access_decision decision; ///< allowed; by what, `decision.granted_by` tells
    /// The size of the user in bytes of compact JSON where it is beyond `large_profile_bytes`: writes like this one
    /// succeed for now.
    std::optional<std::size_t> large_profile{};
};

} // namespace metapatch::auth0

#endif
