// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_OPERATIONS_HPP
#define METAPATCH_SERVER_OPERATIONS_HPP

#include "metrics.hpp"
#include "router.hpp"
#include "store.hpp"

#include <memory>

namespace server {

/// `/healthz`, which asks the store, and `/metrics`.
/// @param counts  made once all routes are known, and before the first request
void add_operations(router& to, store& data, std::unique_ptr<metrics> const& counts);

} // namespace server

#endif
