// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SQLITE_API_HPP
#define METAPATCH_SQLITE_API_HPP

// SQLite as an extension sees it: by the table of functions that it is loaded with; or, where SQLITE_CORE is defined, as a
// program that links both.
#include <sqlite3ext.h>

#ifndef SQLITE_CORE
extern sqlite3_api_routines const* sqlite3_api; // set once, when the extension is loaded
#endif

#endif
