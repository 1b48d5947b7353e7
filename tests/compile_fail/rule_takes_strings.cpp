// SPDX-License-Identifier: BSL-1.0
#include <metapatch/policy/policy.hpp>

#include <string>

#ifdef METAPATCH_MUST_FAIL
constexpr auto rule = [](std::string const& key) noexcept { return !key.empty(); };
#else
constexpr auto rule = [](std::string_view key) noexcept { return !key.empty(); };
#endif

constexpr metapatch::policy mine{rule};
static_assert(mine.merge.depth == 1);
