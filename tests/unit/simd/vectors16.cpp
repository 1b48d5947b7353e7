// SPDX-License-Identifier: BSL-1.0
#include <metapatch/simd/vectors16.hpp>

#include <boost/test/unit_test.hpp>

#include "bytes64_checks.hpp"

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(vectors16)

BOOST_AUTO_TEST_CASE(every_question_is_answered_as_byte_by_byte_by_what_every_machine_of_the_kind_has)
{
    test::check_all<detail::baseline_bytes>();
#if defined(__x86_64__) && defined(__GNUC__)
    test::check_all<detail::sse2_bytes>();
#endif
}

BOOST_AUTO_TEST_SUITE_END()
