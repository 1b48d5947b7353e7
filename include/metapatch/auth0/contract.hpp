// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_CONTRACT_HPP
#define METAPATCH_AUTH0_CONTRACT_HPP

/// What holds at Auth0, as values: the policies of its metadata fields, its tables of permissions, the root attributes
/// of a user, formats, and the errors that it answers with.
#include <metapatch/auth0/contract/formats.hpp>
#include <metapatch/auth0/contract/permissions.hpp>
#include <metapatch/auth0/contract/policies.hpp>
#include <metapatch/auth0/contract/refusal.hpp>
#include <metapatch/auth0/contract/root_attributes.hpp>

#endif
