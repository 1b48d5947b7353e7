// SPDX-License-Identifier: BSL-1.0
#include <metapatch/policy/policy.hpp>

using metapatch::value_place;

#ifdef METAPATCH_MUST_FAIL
constexpr auto rule = [](boost::json::value const& value, value_place const&) { return !value.is_array(); };
#else
constexpr auto rule = [](boost::json::value const& value, value_place const&) noexcept { return !value.is_array(); };
#endif

constexpr auto mine = metapatch::and_values(metapatch::first_level, rule);
static_assert(mine.merge.depth == 1);
