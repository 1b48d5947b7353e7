// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_POSTGRESQL_STORE_HPP
#define METAPATCH_SERVER_POSTGRESQL_STORE_HPP

#include "store.hpp"

#include <memory>
#include <string>

namespace server {

/// Documents in a database of PostgreSQL, which any number of server processes may share.
///
/// Each change is a transaction of its own, on a thread of the store. It locks the rows that it reads, so that changes
/// to the same document wait for one another, and others do not.
///
/// @param address  such as `postgresql://user@host/database`
/// Exceptions: store_unavailable; startup_error where the server was built without libpq
std::unique_ptr<store> open_postgresql_store(std::string const& address);

} // namespace server

#endif
