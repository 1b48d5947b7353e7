// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_SIGNUP_HPP
#define METAPATCH_SERVER_SIGNUP_HPP

#include "router.hpp"
#include "service.hpp"

namespace server {

/// POST `/dbconnections/signup`, which needs no token.
void add_signup(router& to, service const& with);

} // namespace server

#endif
