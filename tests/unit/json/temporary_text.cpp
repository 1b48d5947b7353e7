// SPDX-License-Identifier: BSL-1.0
#include <metapatch/json/temporary_text.hpp>

#include <array>
#include <boost/json/string.hpp>
#include <boost/test/unit_test.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

using metapatch::temporary_range;
using metapatch::temporary_text;

BOOST_AUTO_TEST_SUITE(temporary_texts)

BOOST_AUTO_TEST_CASE(what_owns_a_text_and_has_no_name_is_one)
{
    static_assert(temporary_text<std::string>);
    static_assert(temporary_text<std::string const>);
    static_assert(temporary_text<boost::json::string>);
    static_assert(temporary_text<std::optional<std::string>>);
}

BOOST_AUTO_TEST_CASE(what_has_a_name_or_owns_nothing_is_none)
{
    static_assert(!temporary_text<std::string&>);
    static_assert(!temporary_text<std::string const&>);
    static_assert(!temporary_text<std::string_view>);
    static_assert(!temporary_text<std::optional<std::string_view>>);
    static_assert(!temporary_text<char const*>);
    static_assert(!temporary_text<char const(&)[3]>);
    static_assert(!temporary_text<std::nullopt_t>);
    static_assert(!temporary_text<std::optional<int>>);
}

BOOST_AUTO_TEST_CASE(of_ranges_those_that_own_their_elements_and_have_no_name_are)
{
    static_assert(temporary_range<std::vector<int>>);
    static_assert(temporary_range<std::array<int, 2> const>);
    static_assert(!temporary_range<std::vector<int>&>);
    static_assert(!temporary_range<std::span<int>>);
    static_assert(!temporary_range<int>);
}

BOOST_AUTO_TEST_SUITE_END()
