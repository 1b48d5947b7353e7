// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_FUZZ_PROFILE_HPP
#define METAPATCH_TESTS_FUZZ_PROFILE_HPP

#include "input.hpp"

#include <metapatch/auth0/contract/policies.hpp>

namespace metapatch::fuzz {

/// The policy that the next knob chooses: `0` has no rules, `1` to `9` are Auth0's.
inline auth0::field_policy profile_of(knobs& by)
{
    auto const chosen = by.turn() % (auth0::profiles.size() + 1);
    return chosen == 0 ? auth0::field_policy{} : auth0::profiles[chosen - 1].policy;
}

} // namespace metapatch::fuzz

#endif
