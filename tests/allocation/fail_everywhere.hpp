// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_ALLOCATION_FAIL_EVERYWHERE_HPP
#define METAPATCH_TESTS_ALLOCATION_FAIL_EVERYWHERE_HPP

#include "counting.hpp"

#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <new>

namespace metapatch::test {

/// Runs what may fail until it no longer does, with one more allocation granted each time.
template<class Setup, class Attempt, class Check>
void fail_everywhere(Setup setup, Attempt attempt, Check check)
{
    for (std::size_t granted = 0;; ++granted) {
        BOOST_REQUIRE(granted < 10'000);
        auto const live = heap::live;
        bool failed = false;
        {
            auto subject = setup();
            heap::fail_after(granted);
            try {
                attempt(subject);
            } catch (std::bad_alloc const&) {
                failed = true;
            }
            heap::never_fail();
            check(subject, failed);
        }
        BOOST_TEST(heap::live == live);
        if (!failed)
            return;
    }
}

} // namespace metapatch::test

#endif
