// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_POSTGRESQL_VIEW_HPP
#define METAPATCH_SERVER_POSTGRESQL_VIEW_HPP

#include "store.hpp"

#include <cstdint>

namespace server {

class postgresql_connection;

/// How what is read stays as it is until the transaction ends.
enum class row_locks : std::uint8_t {
    none,   ///< it need not
    by_row, ///< a document by its row, and what is not there by an advisory lock on its name
    /// Both in turn, first of all the name. A row of another database is locked only in a transaction of that one, which
    /// sees what was there at its first statement and fails where somebody has changed the row since.
    by_name,
};

/// What a database of PostgreSQL holds, within the transaction that is open.
class postgresql_view final : public store_view {
public:
    postgresql_view(postgresql_connection& database, row_locks locks) noexcept : database_(database), locks_(locks) {}

    std::optional<std::string> find(collection in, std::string_view id) override;
    std::vector<std::string> find_named(collection in, std::string_view named) override;
    std::optional<std::string> find_secret(collection in, std::string_view id) override;
    page list(collection in, page_request const& wanted) override;

    void apply(writes const& asked);

private:
    void apply(put const& asked);
    void apply(erase const& asked);
    void apply(name_as const& asked);
    void apply(keep_secret const& asked);
    void lock(collection in, std::string_view what);

    postgresql_connection& database_;
    row_locks locks_;
};

/// Bring a database to the schema of this server: create it, or migrate one of an earlier version, in one transaction.
/// Exceptions: store_unavailable, also for a database of a later version
void bring_up_to_date(postgresql_connection& database);

/// Whether the users are in partitions, which may be in other databases.
bool has_partitions_of_users(postgresql_connection& database);

} // namespace server

#endif
