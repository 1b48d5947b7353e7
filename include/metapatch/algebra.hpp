// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_ALGEBRA_HPP
#define METAPATCH_ALGEBRA_HPP

/// All operations on patches: what leads from one state to another, what two do together, what undoes one, where two
/// disagree, what to send for one, what it would lose, and patches of other kinds.
///
/// It is apart from `metapatch/metapatch.hpp` for the sake of compile times.
#include <metapatch/algebra/advice.hpp>
#include <metapatch/algebra/difference.hpp>
#include <metapatch/algebra/pointer_tokens.hpp>
#include <metapatch/algebra/splay_sequence.hpp>

#include <metapatch/algebra/json_patch_operation.hpp>
#include <metapatch/algebra/opened_containers.hpp>

#include <metapatch/algebra/opened_document.hpp>

#include <metapatch/algebra/json_patch.hpp>
#include <metapatch/algebra/presence.hpp>

#include <metapatch/algebra/diff.hpp>

#include <metapatch/algebra/compose.hpp>
#include <metapatch/algebra/convert.hpp>

#include <metapatch/algebra/bodies.hpp>
#include <metapatch/algebra/rebase.hpp>

#include <metapatch/algebra/text_diff.hpp>
#include <metapatch/algebra/three_way.hpp>

#endif
