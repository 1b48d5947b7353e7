// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_PATCH_HPP
#define METAPATCH_PATCH_HPP

/// Patches of DOM values.
///
/// `read_patch` and `patch_of` read a body under a policy; `validate` lists every violation; `apply` changes a field in
/// place, `applied` makes a new one, both with the strong guarantee; `merge_patch` is RFC 7396 on any values.
#include <metapatch/patch/merge.hpp>
#include <metapatch/patch/patch.hpp>

#include <metapatch/patch/validate.hpp>

#include <metapatch/patch/apply.hpp>
#include <metapatch/patch/merge_patch.hpp>

#endif
