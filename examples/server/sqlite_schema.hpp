// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_SQLITE_SCHEMA_HPP
#define METAPATCH_SERVER_SQLITE_SCHEMA_HPP

namespace server {

class sqlite_database;

/// Bring a database to the schema of this server: create it, or migrate one of an earlier version, in one transaction.
/// Exceptions: store_unavailable, also for a database of a later version
void bring_up_to_date(sqlite_database& database);

} // namespace server

#endif
