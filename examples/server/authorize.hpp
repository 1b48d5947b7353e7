// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_AUTHORIZE_HPP
#define METAPATCH_SERVER_AUTHORIZE_HPP

#include "router.hpp"
#include "service.hpp"

namespace server {

/// GET `/authorize`, and POST of its own page; POST `/co/authenticate`, with which auth0.js and Lock log in on a page of
/// theirs; GET `/v2/logout`.
///
/// No cookie is set: a browser has no session here, and each login is one by a password. So there is none to be ridden
/// on, `prompt=none` without a ticket is always `login_required`, and a logout ends nothing.
void add_authorize(router& to, service const& with);
void add_cross_origin_login(router& to, service const& with);
void add_logout(router& to, service const& with);

} // namespace server

#endif
