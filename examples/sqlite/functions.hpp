// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SQLITE_FUNCTIONS_HPP
#define METAPATCH_SQLITE_FUNCTIONS_HPP

#include "api.hpp"

namespace in_sqlite {

/// All functions depend on their arguments alone and touch nothing else, so that views and triggers may use them. The last
/// flag says that their results may be marked as JSON, which SQLite asks for since 3.45 and none before it looks at.
inline constexpr int function_flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS | 0x1000000;

/// Each adds some functions to a database connection, and gives SQLite's code.
int add_scalar_functions(sqlite3* database) noexcept;
int add_compose(sqlite3* database) noexcept;
int add_table_functions(sqlite3* database) noexcept;

} // namespace in_sqlite

#endif
