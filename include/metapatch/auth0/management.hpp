// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_MANAGEMENT_HPP
#define METAPATCH_AUTH0_MANAGEMENT_HPP

/// The Management API: what its endpoints answer to a request for a user or for the metadata of another resource, as
/// pure functions of what is stored, a verified token and the body.
#include <metapatch/auth0/management/resource_metadata.hpp>
#include <metapatch/auth0/management/user_rules.hpp>

#include <metapatch/auth0/management/user_metadata.hpp>

#include <metapatch/auth0/management/create_user.hpp>
#include <metapatch/auth0/management/multifactor.hpp>
#include <metapatch/auth0/management/user_changes.hpp>
#include <metapatch/auth0/management/view_user.hpp>

#include <metapatch/auth0/management/user_update.hpp>

#include <metapatch/auth0/management/update_user.hpp>

#endif
