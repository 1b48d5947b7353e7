// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_RUNNING_SERVER_HPP
#define METAPATCH_SERVER_RUNNING_SERVER_HPP

#include "settings.hpp"

namespace server {

/// Start the server, say where it listens, and serve until it is asked to stop.
/// Exceptions: startup_error, store_unavailable
void run(settings given);

} // namespace server

#endif
