// SPDX-License-Identifier: BSL-1.0
#include "postgresql_connection.hpp"
#include "postgresql_view.hpp"

#include <array>
#include <string>

namespace server {

namespace {

/// A table for each collection: documents as texts, so that their bytes survive (a column of jsonb would write its own).
std::string tables_of_documents(collection first, collection last)
{
    std::string made;
    for (auto i = static_cast<std::size_t>(first); i <= static_cast<std::size_t>(last); ++i) {
        made.append("CREATE TABLE ").append(name(static_cast<collection>(i)));
        made.append(" (id TEXT COLLATE \"C\" PRIMARY KEY, position BIGSERIAL NOT NULL, document TEXT NOT NULL);");
        made.append("CREATE INDEX ON ").append(name(static_cast<collection>(i))).append(" (position);");
    }
    return made;
}

/// What makes a database of version i + 1 of one of version i. What once stood here stays.
std::array<std::string, 3> migrations()
{
    return {tables_of_documents(collection::users, collection::agents) +
                "CREATE TABLE names (collection TEXT COLLATE \"C\" NOT NULL, name TEXT COLLATE \"C\" NOT NULL,"
                " id TEXT COLLATE \"C\" NOT NULL, PRIMARY KEY (collection, name, id));"
                "CREATE INDEX ON names (collection, id);"
                "CREATE TABLE secrets (collection TEXT COLLATE \"C\" NOT NULL, id TEXT COLLATE \"C\" NOT NULL,"
                " hash TEXT NOT NULL, PRIMARY KEY (collection, id));",
            tables_of_documents(collection::session_claims, collection::session_claims),
            tables_of_documents(collection::login_tickets, collection::authorization_codes)};
}

} // namespace

void bring_up_to_date(postgresql_connection& database)
{
    auto const steps = migrations();
    database.run("BEGIN");
    // Of two servers that start at once, one waits here. The number is this program's own.
    database.run("SELECT pg_advisory_xact_lock(7205759403792793)");
    database.run("CREATE TABLE IF NOT EXISTS metapatch_schema (version BIGINT NOT NULL)");
    auto const found = database.query("SELECT version FROM metapatch_schema", {});
    auto const version = found.count() > 0 ? std::stoull(found.text(0, 0)) : 0;
    if (version > steps.size())
        throw store_unavailable("the database has the schema " + std::to_string(version) + ", and this server knows " +
                                std::to_string(steps.size()));
    for (auto next = version; next < steps.size(); ++next)
        database.run(steps[next].c_str());
    if (version < steps.size())
        database.run(
            ("DELETE FROM metapatch_schema; INSERT INTO metapatch_schema VALUES (" + std::to_string(steps.size()) + ")")
                .c_str());
    database.run("COMMIT");
}

bool has_partitions_of_users(postgresql_connection& database)
{
    return database.query("SELECT 1 FROM pg_partitioned_table WHERE partrelid = 'users'::regclass", {}).count() > 0;
}

} // namespace server
