// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_POSTGRESQL_CONNECTION_HPP
#define METAPATCH_SERVER_POSTGRESQL_CONNECTION_HPP

#include "store.hpp"

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

struct pg_conn;
struct pg_result;

namespace server {

/// A transaction that another one stood in the way of, and may be done again.
struct postgresql_conflict : store_unavailable {
    using store_unavailable::store_unavailable;
};

/// The rows that a statement gave.
class postgresql_rows {
public:
    explicit postgresql_rows(pg_result* result) noexcept : result_(result) {}

    int count() const noexcept;
    std::string text(int row, int column) const;

private:
    struct clears {
        void operator()(pg_result* result) const noexcept;
    };

    std::unique_ptr<pg_result, clears> result_;
};

/// A connection to PostgreSQL. Every function throws `store_unavailable` with the words of PostgreSQL.
class postgresql_connection {
public:
    /// @param address  such as `postgresql://user@host/database`
    explicit postgresql_connection(std::string const& address);

    /// Run statements without parameters.
    void run(char const* statements);

    /// Run a statement with texts for its parameters; prepared once. A text must be UTF-8, without NUL.
    postgresql_rows query(std::string const& statement, std::initializer_list<std::string_view> texts);

    /// Whether it can be used again.
    bool is_idle() const noexcept;

private:
    struct finishes {
        void operator()(pg_conn* connection) const noexcept;
    };

    std::unique_ptr<pg_conn, finishes> connection_;
    std::unordered_map<std::string, std::string> prepared_; ///< by statement
};

} // namespace server

#endif
