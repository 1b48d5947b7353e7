// SPDX-License-Identifier: BSL-1.0
#include <metapatch/outcome/joined.hpp>

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

BOOST_AUTO_TEST_SUITE(joined_texts)

BOOST_AUTO_TEST_CASE(parts_come_one_behind_the_other)
{
    using metapatch::detail::joined;
    BOOST_TEST(joined({}) == "");
    BOOST_TEST(joined({"a", "", std::to_string(12), "/"}) == "a12/");
    BOOST_TEST(joined({"a", std::string_view("\0b", 2)}).size() == 3U);
}

BOOST_AUTO_TEST_SUITE_END()
