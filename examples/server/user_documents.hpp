// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_USER_DOCUMENTS_HPP
#define METAPATCH_SERVER_USER_DOCUMENTS_HPP

#include "store.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace server {

/// A user that is to be created.
struct new_user {
    std::string id;
    std::string document;   ///< complete
    std::string connection; ///< the name
    std::optional<std::string> password_hash{};
};

/// A new id of a user whose password this server keeps, `auth0|…`.
/// @param part  that the client has chosen; else it is random
std::string new_user_id(std::optional<std::string> const& part);

/// What a store adds to a new user: identities, times, that the address is not verified, and names where it has none.
/// What the document has already stays.
std::string completed(std::string_view document, std::string_view user_id, std::string_view connection);

/// The names under which a user is found: by its address, and by what it logs in with.
std::vector<std::string> names_of(std::string_view document, std::string_view connection);
std::string name_of_address(std::string_view email);
std::string name_of_login(std::string_view connection, std::string_view identifier);

/// The name of the connection that a user belongs to, by its first identity; "" where there is none.
std::string connection_of(std::string_view document);

/// Whether somebody else logs in with an identifier of that document already.
bool is_taken(store_view& data, std::string_view document, std::string_view connection, std::string_view user_id);

/// What creates a user.
writes to_create(new_user const& user);

} // namespace server

#endif
