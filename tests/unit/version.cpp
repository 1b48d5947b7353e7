// SPDX-License-Identifier: BSL-1.0
#include <metapatch/version.hpp>

#include <algorithm>
#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(version)

BOOST_AUTO_TEST_CASE(version_is_three_numbers)
{
    auto const text = metapatch::version;
    BOOST_TEST(std::count(text.begin(), text.end(), '.') == 2);
    BOOST_TEST((text.find_first_not_of("0123456789.") == std::string_view::npos));
    BOOST_TEST((text.find("..") == std::string_view::npos));
    BOOST_TEST((text.front() != '.' && text.back() != '.'));
}

BOOST_AUTO_TEST_SUITE_END()
