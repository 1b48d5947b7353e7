// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_ALGEBRA_HPP
#define METAPATCH_ALGEBRA_HPP

/// All operations on patches, floor by floor: what leads from one state to another, what two do together, what undoes
/// one, where two disagree, what to send for one, what it would lose, and patches of other kinds. It is apart from
/// `metapatch/metapatch.hpp` for the sake of compile times.
#include <metapatch/advice.hpp>
#include <metapatch/difference.hpp>
#include <metapatch/exact_dom.hpp>
#include <metapatch/json_patch.hpp>

#include <metapatch/diff.hpp>

#include <metapatch/compose.hpp>
#include <metapatch/convert.hpp>

#include <metapatch/bodies.hpp>
#include <metapatch/rebase.hpp>

#include <metapatch/three_way.hpp>

#endif
