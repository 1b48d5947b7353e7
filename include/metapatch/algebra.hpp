// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_ALGEBRA_HPP
#define METAPATCH_ALGEBRA_HPP

/// All operations on patches: what leads from one state to another, what two do together, what undoes one, where two
/// disagree, and what to send for one.
#include <metapatch/bodies.hpp>
#include <metapatch/compose.hpp>
#include <metapatch/diff.hpp>
#include <metapatch/rebase.hpp>
#include <metapatch/three_way.hpp>

#endif
