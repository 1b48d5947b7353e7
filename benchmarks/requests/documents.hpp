// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_BENCHMARKS_REQUESTS_DOCUMENTS_HPP
#define METAPATCH_BENCHMARKS_REQUESTS_DOCUMENTS_HPP

#include "../harness/documents.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace bench {

/// What is to be done with a stored text and a body.
namespace task {

inline constexpr std::string_view update_user = "update_user";         ///< the body is that of the PATCH
inline constexpr std::string_view view_user = "view_user";             ///< there is no body
inline constexpr std::string_view view_fields = "view_fields";         ///< `shown_fields` alone
inline constexpr std::string_view create_user = "create_user";         ///< nothing is stored
inline constexpr std::string_view signup = "signup";                   ///< nothing is stored
inline constexpr std::string_view delete_provider = "delete_provider"; ///< the body is the provider of the path
inline constexpr std::string_view update_client = "update_client";     ///< a client is stored
inline constexpr std::string_view refuse = "refuse";                   ///< an update whose token has not the scope
inline constexpr std::string_view authorize = "authorize";             ///< the job's number is the row of the table
inline constexpr std::string_view splice = "splice";                   ///< a field and its patch, no user

} // namespace task

/// Of new users.
inline constexpr std::string_view new_user_id = "auth0|6650a1f0c33c6c004bbafe99";

inline constexpr std::string_view shown_fields[] = {"user_id", "user_metadata"};

/// Of the table of permissions: as many jobs has `task::authorize`.
std::size_t permission_rows();

/// The same texts on every machine.
std::vector<shape> shapes();

} // namespace bench

#endif
