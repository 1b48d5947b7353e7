// SPDX-License-Identifier: BSL-1.0
#include <metapatch/algebra/presence.hpp>

#include "../../patch_text.hpp"

#include <boost/test/unit_test.hpp>

using namespace metapatch;
using metapatch::test::field;

BOOST_AUTO_TEST_SUITE(presence_of_a_field)

BOOST_AUTO_TEST_CASE(absent_and_empty_are_the_same_where_either_will_do)
{
    auto const same = [](char const* left, char const* right, presence how) {
        return detail::equal_states(field(left), field(right), how) &&
               detail::equal_states(field(right), field(left), how);
    };
    for (auto const how : {presence::exact, presence::either}) {
        BOOST_TEST(same("", "", how));
        BOOST_TEST(same("{}", "{}", how));
        BOOST_TEST(same(R"({"a":1,"b":null})", R"({"b":null,"a":1.0})", how));
        BOOST_TEST(!same(R"({"a":1})", R"({"a":2})", how));
        BOOST_TEST(!same(R"({"a":1})", "{}", how));
        BOOST_TEST(!same(R"({"a":1})", "", how));
        BOOST_TEST(same("", "{}", how) == (how == presence::either));
    }
    BOOST_TEST(!detail::equal_states(field(""), field("{}"))); // exact, unless told otherwise
}

BOOST_AUTO_TEST_SUITE_END()
