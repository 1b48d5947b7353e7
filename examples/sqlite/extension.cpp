// SPDX-License-Identifier: BSL-1.0
#include "extension.hpp"

#include "functions.hpp"

#include <initializer_list>

#ifndef SQLITE_CORE
SQLITE_EXTENSION_INIT1
#endif

int sqlite3_metapatch_init(sqlite3* database, char** message, sqlite3_api_routines const* api)
{
#ifdef SQLITE_CORE
    static_cast<void>(api);
#else
    SQLITE_EXTENSION_INIT2(api);
#endif
    constexpr int oldest = 3'031'000; // the first with SQLITE_INNOCUOUS
    if (sqlite3_libversion_number() < oldest) {
        if (message != nullptr)
            *message = sqlite3_mprintf("metapatch needs SQLite 3.31 or newer, this is %s", sqlite3_libversion());
        return SQLITE_ERROR;
    }
    for (auto* const add : {in_sqlite::add_scalar_functions, in_sqlite::add_compose, in_sqlite::add_table_functions}) {
        if (auto const code = add(database); code != SQLITE_OK)
            return code;
    }
    return SQLITE_OK;
}
