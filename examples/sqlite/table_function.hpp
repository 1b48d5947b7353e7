// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SQLITE_TABLE_FUNCTION_HPP
#define METAPATCH_SQLITE_TABLE_FUNCTION_HPP

#include "call.hpp"

#include "../functions/field_patch.hpp"
#include "../functions/store_policy.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace in_sqlite {

/// A value of a row: one of these, or NULL.
struct cell {
    std::optional<std::int64_t> number{};
    std::optional<std::string> content{};
};

/// The rows that a call gives, one behind the other, of as many columns as its table has.
using cells = std::vector<cell>;

/// What a place in a statement keeps from one call to the next.
struct kept_by_cursor {
    functions::kept_policy policy{};
    functions::patching patching{};
};

/// A function that gives rows: a table whose columns are those of the rows and, hidden behind them, the arguments, the
/// first of which is the policy.
struct table_function {
    char const* name;
    char const* schema; ///< as SQLite declares it
    int columns;        ///< that are not hidden
    int arguments;
    cells (*run)(kept_by_cursor&, std::string_view policy, std::vector<text> const& rest);
};

/// Source: <https://sqlite.org/vtab.html#epovtab>
///
/// @param made  static
int add_table_function(sqlite3* database, table_function const& made) noexcept;

} // namespace in_sqlite

#endif
