// SPDX-License-Identifier: BSL-1.0
#include <metapatch/json/white_space.hpp>

#include <boost/test/unit_test.hpp>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(white_space)

BOOST_AUTO_TEST_CASE(four_bytes_are_white_space)
{
    std::size_t count = 0;
    for (int c = -128; c < 128; ++c)
        count += detail::is_space(static_cast<char>(c)) ? 1 : 0;
    BOOST_TEST(count == 4U);
    for (char const c : {' ', '\n', '\r', '\t'})
        BOOST_TEST(detail::is_space(c));
}

BOOST_AUTO_TEST_CASE(what_is_next_to_white_space_is_found)
{
    BOOST_TEST(detail::first_byte("") == '\0');
    BOOST_TEST(detail::first_byte(" \t\r\n") == '\0');
    BOOST_TEST(detail::first_byte(" \n{") == '{');
    std::string_view const text = "{a \n b";
    BOOST_TEST(detail::place_before(text.data(), 1, 5) == 1U);
    BOOST_TEST(detail::place_before(text.data(), 2, 5) == 1U); // none from 2 on
    BOOST_TEST(detail::before_space(text, 0, 5) == 2U);
    BOOST_TEST(detail::before_space(text, 3, 5) == 3U);
    BOOST_TEST(detail::before_space(text, 0, 0) == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
