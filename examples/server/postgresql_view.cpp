// SPDX-License-Identifier: BSL-1.0
#include "postgresql_view.hpp"

#include "postgresql_connection.hpp"

#include <metapatch/json/utf8.hpp>

namespace server {

namespace {

/// Whether a text can be one of PostgreSQL; nothing else is stored there.
bool is_storable(std::string_view text)
{
    return text.find('\0') == std::string_view::npos && metapatch::is_utf8(text);
}

std::string table(collection in)
{
    return std::string(name(in));
}

} // namespace

void postgresql_view::lock(collection in, std::string_view what)
{
    database_.query("SELECT pg_advisory_xact_lock(hashtext($1), hashtext($2))", {name(in), what});
}

std::optional<std::string> postgresql_view::find(collection in, std::string_view id)
{
    if (!is_storable(id))
        return std::nullopt;
    if (locks_ == row_locks::by_name)
        lock(in, id);
    auto const statement =
        "SELECT document FROM " + table(in) + " WHERE id = $1" + (locks_ != row_locks::none ? " FOR UPDATE" : "");
    auto found = database_.query(statement, {id});
    if (found.count() == 0 && locks_ == row_locks::by_row) {
        lock(in, id); // so that nobody else creates it meanwhile
        found = database_.query(statement, {id});
    }
    return found.count() > 0 ? std::optional(found.text(0, 0)) : std::nullopt;
}

std::vector<std::string> postgresql_view::find_named(collection in, std::string_view named)
{
    std::vector<std::string> ids;
    if (!is_storable(named))
        return ids;
    std::string const statement = "SELECT id FROM names WHERE collection = $1 AND name = $2 ORDER BY id";
    auto found = database_.query(statement, {name(in), named});
    if (found.count() == 0 && locks_ != row_locks::none) {
        lock(in, named); // so that nobody else takes it meanwhile
        found = database_.query(statement, {name(in), named});
    }
    for (int row = 0; row < found.count(); ++row)
        ids.push_back(found.text(row, 0));
    return ids;
}

std::optional<std::string> postgresql_view::find_secret(collection in, std::string_view id)
{
    if (!is_storable(id))
        return std::nullopt;
    auto const found = database_.query("SELECT hash FROM secrets WHERE collection = $1 AND id = $2", {name(in), id});
    return found.count() > 0 ? std::optional(found.text(0, 0)) : std::nullopt;
}

page postgresql_view::list(collection in, page_request const& wanted)
{
    page made;
    auto const found =
        database_.query("SELECT id, document FROM " + table(in) + " ORDER BY position " +
                            (wanted.newest_first ? "DESC" : "ASC") + " LIMIT $1::text::bigint OFFSET $2::text::bigint",
                        {std::to_string(wanted.length), std::to_string(wanted.start)});
    for (int row = 0; row < found.count(); ++row)
        made.documents.emplace_back(found.text(row, 0), found.text(row, 1));
    if (wanted.total)
        made.total = std::stoull(database_.query("SELECT count(*) FROM " + table(in), {}).text(0, 0));
    return made;
}

void postgresql_view::apply(writes const& asked)
{
    for (auto const& each : asked)
        std::visit([this](auto const& one) { apply(one); }, each);
}

void postgresql_view::apply(put const& asked)
{
    // Two statements: a table whose partitions are in other databases knows no ON CONFLICT DO UPDATE.
    auto const replaced = database_.query("UPDATE " + table(asked.in) + " SET document = $2 WHERE id = $1 RETURNING id",
                                          {asked.id, asked.document});
    if (replaced.count() == 0)
        database_.query("INSERT INTO " + table(asked.in) + " (id, document) VALUES ($1, $2)",
                        {asked.id, asked.document});
}

void postgresql_view::apply(erase const& asked)
{
    if (!is_storable(asked.id))
        return;
    database_.query("DELETE FROM " + table(asked.in) + " WHERE id = $1", {asked.id});
    apply(name_as{asked.in, asked.id, {}});
    database_.query("DELETE FROM secrets WHERE collection = $1 AND id = $2", {name(asked.in), asked.id});
}

void postgresql_view::apply(name_as const& asked)
{
    database_.query("DELETE FROM names WHERE collection = $1 AND id = $2", {name(asked.in), asked.id});
    for (auto const& each : asked.names)
        if (is_storable(each))
            database_.query("INSERT INTO names (collection, name, id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                            {name(asked.in), each, asked.id});
}

void postgresql_view::apply(keep_secret const& asked)
{
    database_.query("INSERT INTO secrets (collection, id, hash) VALUES ($1, $2, $3)"
                    " ON CONFLICT (collection, id) DO UPDATE SET hash = excluded.hash",
                    {name(asked.in), asked.id, asked.hash});
}

} // namespace server
