// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_UNIT_SIMD_NESTED_KEYS_HPP
#define METAPATCH_TESTS_UNIT_SIMD_NESTED_KEYS_HPP

#include <metapatch/simd/nested_members.hpp>

namespace metapatch::test {

/// These keys are wanted, and those inside of the members that have them.
struct nested_keys : detail::nested_wanted {
    template<class Outside, class Inside>
    nested_keys(Outside const& outside, Inside const& inside)
    {
        for (auto const& key : inside)
            add_inside(key);
        for (auto const& key : outside)
            add_outside(key);
        resolve();
    }
};

} // namespace metapatch::test

#endif
