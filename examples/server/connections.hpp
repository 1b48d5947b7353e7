// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_CONNECTIONS_HPP
#define METAPATCH_SERVER_CONNECTIONS_HPP

#include "store.hpp"

#include <string_view>

namespace server {

/// The connection that a new store has, with the name that the live service gives it.
inline constexpr std::string_view first_connection = "Username-Password-Authentication";

/// Whether there is a connection of that name. The passwords of each are kept here.
inline bool has_connection(store_view& data, std::string_view name)
{
    return !data.find_named(collection::connections, name).empty();
}

/// Create the first connection where there is none at all. Exceptions: store_unavailable
void ensure_connection(store& data);

} // namespace server

#endif
