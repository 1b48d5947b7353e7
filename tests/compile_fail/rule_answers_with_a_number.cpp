// SPDX-License-Identifier: BSL-1.0
#include <metapatch/policy/policy.hpp>

#ifdef METAPATCH_MUST_FAIL
constexpr auto rule = [](std::string_view key) noexcept { return key.empty() ? 0 : 1; };
#else
constexpr auto rule = [](std::string_view key) noexcept { return !key.empty(); };
#endif

constexpr auto mine = metapatch::and_keys(metapatch::first_level, rule);
static_assert(mine.merge.depth == 1);
