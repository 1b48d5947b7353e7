// SPDX-License-Identifier: BSL-1.0
#include "sqlite_view.hpp"

#include "sqlite_database.hpp"

#include <array>
#include <cstdint>

namespace server {

namespace {

/// The statements about the documents of one collection.
struct statements {
    std::string find;
    std::string put;
    std::string erase;
    std::string count;
    std::string oldest_first;
    std::string newest_first;
};

std::array<statements, collections> const& all_statements()
{
    static auto const made = [] {
        std::array<statements, collections> all;
        for (std::size_t i = 0; i < collections; ++i) {
            std::string const table(name(static_cast<collection>(i)));
            auto const listed = "SELECT id, document FROM " + table + " ORDER BY position ";
            all[i] = {"SELECT document FROM " + table + " WHERE id = ?",
                      "INSERT INTO " + table +
                          " (id, document) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET document = excluded.document",
                      "DELETE FROM " + table + " WHERE id = ?",
                      "SELECT count(*) FROM " + table,
                      listed + "LIMIT ? OFFSET ?",
                      listed + "DESC LIMIT ? OFFSET ?"};
        }
        return all;
    }();
    return made;
}

statements const& of(collection in)
{
    return all_statements()[static_cast<std::size_t>(in)];
}

void finish(std::unique_ptr<sqlite_query> const& asked)
{
    while (asked->next()) {
    }
}

} // namespace

std::optional<std::string> sqlite_view::find(collection in, std::string_view id)
{
    auto const found = database_.query(of(in).find, {id});
    return found->next() ? std::optional(found->text(0)) : std::nullopt;
}

std::vector<std::string> sqlite_view::find_named(collection in, std::string_view named)
{
    auto const found = database_.query("SELECT id FROM names WHERE collection = ? AND name = ?", {name(in), named});
    std::vector<std::string> ids;
    while (found->next())
        ids.push_back(found->text(0));
    return ids;
}

std::optional<std::string> sqlite_view::find_secret(collection in, std::string_view id)
{
    auto const found = database_.query("SELECT hash FROM secrets WHERE collection = ? AND id = ?", {name(in), id});
    return found->next() ? std::optional(found->text(0)) : std::nullopt;
}

page sqlite_view::list(collection in, page_request const& wanted)
{
    page made;
    auto const found = database_.query(wanted.newest_first ? of(in).newest_first : of(in).oldest_first, {});
    found->bind(1, static_cast<std::int64_t>(wanted.length));
    found->bind(2, static_cast<std::int64_t>(wanted.start));
    while (found->next())
        made.documents.emplace_back(found->text(0), found->text(1));
    if (wanted.total)
        made.total = static_cast<std::size_t>(database_.number_of(of(in).count.c_str()));
    return made;
}

void sqlite_view::apply(writes const& asked)
{
    for (auto const& each : asked)
        std::visit([this](auto const& one) { apply(one); }, each);
}

void sqlite_view::apply(put const& asked)
{
    finish(database_.query(of(asked.in).put, {asked.id, asked.document}));
}

void sqlite_view::apply(erase const& asked)
{
    finish(database_.query(of(asked.in).erase, {asked.id}));
    apply(name_as{asked.in, asked.id, {}});
    finish(database_.query("DELETE FROM secrets WHERE collection = ? AND id = ?", {name(asked.in), asked.id}));
}

void sqlite_view::apply(name_as const& asked)
{
    finish(database_.query("DELETE FROM names WHERE collection = ? AND id = ?", {name(asked.in), asked.id}));
    for (auto const& each : asked.names)
        finish(database_.query("INSERT OR IGNORE INTO names (collection, name, id) VALUES (?, ?, ?)",
                               {name(asked.in), each, asked.id}));
}

void sqlite_view::apply(keep_secret const& asked)
{
    finish(database_.query("INSERT INTO secrets (collection, id, hash) VALUES (?, ?, ?)"
                           " ON CONFLICT (collection, id) DO UPDATE SET hash = excluded.hash",
                           {name(asked.in), asked.id, asked.hash}));
}

} // namespace server
