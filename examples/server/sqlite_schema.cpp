// SPDX-License-Identifier: BSL-1.0
#include "sqlite_schema.hpp"

#include "sqlite_database.hpp"
#include "store.hpp"

#include <array>
#include <cstdint>
#include <string>

namespace server {

namespace {

/// A table for each collection: documents as texts, so that their bytes survive, in the order of their creation.
std::string tables_of_documents(collection first, collection last)
{
    std::string made;
    for (auto i = static_cast<std::size_t>(first); i <= static_cast<std::size_t>(last); ++i) {
        made.append("CREATE TABLE ").append(name(static_cast<collection>(i)));
        made.append(" (position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, document TEXT NOT NULL);");
    }
    return made;
}

/// What makes a database of version i + 1 of one of version i. What once stood here stays.
std::array<std::string, 3> migrations()
{
    return {tables_of_documents(collection::users, collection::agents) +
                "CREATE TABLE names (collection TEXT NOT NULL, name TEXT NOT NULL, id TEXT NOT NULL,"
                " PRIMARY KEY (collection, name, id)) WITHOUT ROWID;"
                "CREATE INDEX names_of_documents ON names (collection, id);"
                "CREATE TABLE secrets (collection TEXT NOT NULL, id TEXT NOT NULL, hash TEXT NOT NULL,"
                " PRIMARY KEY (collection, id)) WITHOUT ROWID;",
            tables_of_documents(collection::session_claims, collection::session_claims),
            tables_of_documents(collection::login_tickets, collection::authorization_codes)};
}

} // namespace

void bring_up_to_date(sqlite_database& database)
{
    auto const steps = migrations();
    auto const newest = static_cast<std::int64_t>(steps.size());
    if (database.number_of("PRAGMA user_version") == newest)
        return;
    database.run("BEGIN IMMEDIATE"); // of two servers that start at once, one waits here
    auto const version = database.number_of("PRAGMA user_version");
    if (version < 0 || version > newest) {
        database.run("ROLLBACK");
        throw store_unavailable("the database has the schema " + std::to_string(version) + ", and this server knows " +
                                std::to_string(newest));
    }
    for (auto next = static_cast<std::size_t>(version); next < steps.size(); ++next)
        database.run(steps[next].c_str());
    database.run(("PRAGMA user_version = " + std::to_string(newest)).c_str());
    database.run("COMMIT");
}

} // namespace server
