// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_USERINFO_HPP
#define METAPATCH_SERVER_USERINFO_HPP

#include "router.hpp"
#include "service.hpp"

namespace server {

/// GET `/userinfo`, and POST, for tokens of users.
void add_userinfo(router& to, service const& with);

} // namespace server

#endif
