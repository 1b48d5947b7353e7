// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_ALGEBRA_HPP
#define METAPATCH_AUTH0_ALGEBRA_HPP

/// What leads from one whole user to another: the algebra of patches, for requests.
///
/// It is apart from `metapatch/auth0.hpp` for the sake of compile times, as the algebra is from the rest.
#include <metapatch/auth0/algebra/user_diff.hpp>

#endif
