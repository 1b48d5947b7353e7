// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_SQLITE_DATABASE_HPP
#define METAPATCH_SERVER_SQLITE_DATABASE_HPP

#include "store.hpp"

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace server {

/// A prepared statement that is being run. Texts that are bound must live until it ends.
class sqlite_query {
public:
    sqlite_query(sqlite3* database, sqlite3_stmt* statement) noexcept : database_(database), statement_(statement) {}
    sqlite_query(sqlite_query const&) = delete;
    sqlite_query& operator=(sqlite_query const&) = delete;
    ~sqlite_query(); ///< the statement is ready again

    void bind(int place, std::string_view text);
    void bind(int place, std::int64_t number);

    /// Go to the next row, if there is one.
    bool next();

    std::string text(int column) const;
    std::int64_t number(int column) const;

private:
    sqlite3* database_;
    sqlite3_stmt* statement_;
};

/// Another process has what is asked for now.
struct sqlite_busy : store_unavailable {
    using store_unavailable::store_unavailable;
};

/// The disk has no room for what was asked for.
struct sqlite_full : store_unavailable {
    using store_unavailable::store_unavailable;
};

/// A connection to a database of SQLite. Every function throws `store_unavailable` with SQLite's own words.
class sqlite_database {
public:
    /// @param path  of the file, which is created where there is none; or `:memory:`
    explicit sqlite_database(std::string const& path);
    ~sqlite_database();
    sqlite_database(sqlite_database const&) = delete;
    sqlite_database& operator=(sqlite_database const&) = delete;

    /// Run statements that give no rows.
    void run(char const* statements);

    /// Run one such statement; prepared once.
    void do_often(char const* statement);

    /// A query with its parameters; prepared once.
    std::unique_ptr<sqlite_query> query(std::string const& statement, std::initializer_list<std::string_view> texts);

    /// The one number, or the one text, that a statement gives.
    std::int64_t number_of(char const* statement);
    std::string text_of(char const* statement);

    /// Let readers not wait for writers, for as long as the file is there.
    /// @return  whether the database can do that
    bool log_ahead();

    /// Whether a transaction is open: some errors end it.
    bool in_transaction() const noexcept;

private:
    struct closes {
        void operator()(sqlite3* database) const noexcept;
    };
    struct finalizes {
        void operator()(sqlite3_stmt* statement) const noexcept;
    };

    std::unique_ptr<sqlite3, closes> database_;
    std::unordered_map<std::string, std::unique_ptr<sqlite3_stmt, finalizes>> prepared_;
};

} // namespace server

#endif
