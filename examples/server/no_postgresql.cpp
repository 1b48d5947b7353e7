// SPDX-License-Identifier: BSL-1.0
#include "postgresql_store.hpp"
#include "startup_error.hpp"

namespace server {

std::unique_ptr<store> open_postgresql_store(std::string const&)
{
    throw startup_error(exit_status::usage, "--store: this server was built without libpq, and knows no PostgreSQL");
}

} // namespace server
