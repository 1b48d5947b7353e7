// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_PUBLISHED_HPP
#define METAPATCH_SERVER_PUBLISHED_HPP

#include "router.hpp"
#include "service.hpp"

namespace server {

/// What anybody may read: `/.well-known/*`, and `/client/{id}.js`, which Lock loads.
void add_published(router& to, service const& with);

} // namespace server

#endif
