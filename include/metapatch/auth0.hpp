// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_HPP
#define METAPATCH_AUTH0_HPP

/// Everything that knows Auth0 by name, and all that it stands on.
///
/// `metapatch/auth0/contract.hpp` is what holds at the service, `metapatch/auth0/management.hpp` and
/// `metapatch/auth0/login.hpp` are what its endpoints answer, `metapatch/auth0/request.hpp` is what these are made of.
#include <metapatch/metapatch.hpp>

#include <metapatch/auth0/contract.hpp>

#include <metapatch/auth0/request.hpp>

#include <metapatch/auth0/login.hpp>
#include <metapatch/auth0/management.hpp>

#endif
