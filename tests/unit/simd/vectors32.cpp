// SPDX-License-Identifier: BSL-1.0
#include <metapatch/simd/vectors32.hpp>

#include <boost/test/unit_test.hpp>

#include "bytes64_checks.hpp"

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(vectors32)

BOOST_AUTO_TEST_CASE(every_question_is_answered_as_byte_by_byte_where_these_instructions_are)
{
#if defined(__x86_64__) && defined(__GNUC__)
    if (fastest_scan() >= scan_with::avx2)
        test::check_all<detail::avx2_bytes>();
#endif
    BOOST_TEST_MESSAGE("the fastest is number " << static_cast<int>(fastest_scan()));
}

BOOST_AUTO_TEST_SUITE_END()
