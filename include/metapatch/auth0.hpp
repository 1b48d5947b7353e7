// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_HPP
#define METAPATCH_AUTH0_HPP

/// Everything that knows Auth0 by name, and all that it stands on.
#include <metapatch/metapatch.hpp>

#include <metapatch/auth0/claims.hpp>
#include <metapatch/auth0/lock_fields.hpp>
#include <metapatch/auth0/markup.hpp>
#include <metapatch/auth0/policies.hpp>
#include <metapatch/auth0/root_attributes.hpp>

#include <metapatch/auth0/lock.hpp>
#include <metapatch/auth0/userinfo.hpp>

#endif
