// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SQLITE_EXTENSION_HPP
#define METAPATCH_SQLITE_EXTENSION_HPP

#include "api.hpp"

/// Adds metapatch's functions to a database connection. A program that links the extension has it called for every
/// connection:
///
/// @code
/// sqlite3_auto_extension(reinterpret_cast<void (*)()>(sqlite3_metapatch_init));
/// @endcode
extern "C" int sqlite3_metapatch_init(sqlite3* database, char** message, sqlite3_api_routines const* api);

#endif
