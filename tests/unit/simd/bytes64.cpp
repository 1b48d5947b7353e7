// SPDX-License-Identifier: BSL-1.0
#include <metapatch/simd/bytes64.hpp>

#include <boost/test/unit_test.hpp>

#include "bytes64_checks.hpp"

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(bytes64)

BOOST_AUTO_TEST_CASE(every_question_is_answered_as_byte_by_byte)
{
    test::check_all<detail::portable_bytes>();
}

BOOST_AUTO_TEST_CASE(the_fastest_scan_is_one_that_the_build_has)
{
#if defined(__x86_64__) && defined(__GNUC__)
    BOOST_TEST((fastest_scan() >= scan_with::sse2));
#elif defined(__AARCH64EL__) && defined(__GNUC__)
    BOOST_TEST((fastest_scan() == scan_with::neon));
#else
    BOOST_TEST((fastest_scan() == scan_with::portable));
#endif
}

BOOST_AUTO_TEST_SUITE_END()
