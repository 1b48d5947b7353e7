// SPDX-License-Identifier: BSL-1.0
#include <metapatch/policy/policy.hpp>

#ifdef METAPATCH_MUST_FAIL
using keys = int;
#else
using keys = metapatch::any_key;
#endif

constexpr metapatch::policy<keys> mine{};
static_assert(mine.merge.depth == 1);
