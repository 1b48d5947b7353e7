// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_METAPATCH_HPP
#define METAPATCH_METAPATCH_HPP

/// Merging, validating and permissions for a vendor's fields as for your own, room by room: each umbrella is the page
/// of its room, and a room knows only those before it. `metapatch/algebra.hpp` adds the operations on patches,
/// `metapatch/auth0.hpp` Auth0's fields and requests.
#include <metapatch/version.hpp>

#include <metapatch/outcome.hpp>

#include <metapatch/json.hpp>

#include <metapatch/access.hpp>
#include <metapatch/policy.hpp>
#include <metapatch/simd.hpp>

#include <metapatch/patch.hpp>

#include <metapatch/splice.hpp>

#endif
