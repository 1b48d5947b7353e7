// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_MODULE_OPERATIONS_HPP
#define METAPATCH_MODULE_OPERATIONS_HPP

#include "call.hpp"

#include <span>

namespace border {

extern std::span<operation const> const algebra_operations; ///< on patches and states of a field
extern std::span<operation const> const user_operations;    ///< whole requests of Auth0's, and who may make them
extern std::span<operation const> const login_operations;   ///< of those who sign up and log in

} // namespace border

#endif
