// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_USERS_HPP
#define METAPATCH_SERVER_USERS_HPP

#include "router.hpp"
#include "service.hpp"

namespace server {

/// `/api/v2/users/{id}` and what is below it.
void add_user_routes(router& to, service const& with);

/// POST `/api/v2/users`.
void add_user_creation(router& to, service const& with);

/// GET `/api/v2/users` and `/api/v2/users-by-email`.
void add_user_lists(router& to, service const& with);

} // namespace server

#endif
