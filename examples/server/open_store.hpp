// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_OPEN_STORE_HPP
#define METAPATCH_SERVER_OPEN_STORE_HPP

#include "store.hpp"

#include <memory>
#include <string>

namespace server {

/// An address as it may be shown.
std::string without_password(std::string const& address);

/// Open the store that an address names: `sqlite:PATH`, `postgresql://…` or `:memory:`.
/// Exceptions: startup_error for another address, or for what cannot be opened
std::unique_ptr<store> open_store(std::string const& address);

} // namespace server

#endif
