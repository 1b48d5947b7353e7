// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_RESOURCES_HPP
#define METAPATCH_SERVER_RESOURCES_HPP

#include "router.hpp"
#include "service.hpp"

namespace server {

/// The other resources with metadata: clients, organizations, connections, custom domains, agents, which can be
/// created, listed, viewed and changed; sessions and refresh tokens, which logins make.
void add_resource_routes(router& to, service const& with);

} // namespace server

#endif
