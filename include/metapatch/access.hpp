// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_ACCESS_HPP
#define METAPATCH_ACCESS_HPP

/// Who may do what: the scopes of a token, tables of permissions, and decisions by them.
///
/// `scope_view` reads a scope string; `access_table` is a table, and finds an operation's rules at once; `authorize`
/// decides; `sufficient_scopes` tells what would have done. Auth0's tables are in `metapatch/auth0/contract.hpp`.
#include <metapatch/access/access_table.hpp>
#include <metapatch/access/scope.hpp>

#include <metapatch/access/access.hpp>

#endif
