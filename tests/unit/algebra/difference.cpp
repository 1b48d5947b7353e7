// SPDX-License-Identifier: BSL-1.0
#include <metapatch/algebra/difference.hpp>

#include "../../patch_text.hpp"

#include <boost/test/unit_test.hpp>

using namespace metapatch;
using metapatch::test::json;
using metapatch::test::object;
using metapatch::test::shown;
using metapatch::test::told;

BOOST_AUTO_TEST_SUITE(difference)

BOOST_AUTO_TEST_CASE(a_member_alone_differs_where_it_is_not_the_same)
{
    auto const one = json("1");
    auto const two = json("2");
    detail::difference changes(1);
    changes.member("same", &one, &one);
    changes.member("changed", &one, &two);
    changes.member("gone", &one, nullptr);
    changes.member("new", nullptr, &one);
    changes.member("never", nullptr, nullptr);
    BOOST_TEST(changes.obstacles().empty());
    BOOST_TEST(shown(changes.take()) == R"({"changed":2,"gone":null,"new":1})");
}

BOOST_AUTO_TEST_CASE(every_null_in_the_way_is_told_with_its_pointer)
{
    auto const from = object(R"({"a":{"b":{}}})");
    auto const to = object(R"({"a":{"b":{"c":null,"d":[null]}},"e":null,"f":{"g":{"h":{"i":null}}}})");
    detail::difference changes(3);
    changes.between(from, to);
    BOOST_TEST(told(changes.obstacles()) == "unreachable_null '/e'; unreachable_null '/a/b/c'");
}

BOOST_AUTO_TEST_CASE(beyond_the_budget_of_pointers_nulls_are_only_counted)
{
    std::string const key(std::size_t{1} << 14, 'k');
    boost::json::object const to{{key, boost::json::object{{"o", test::members_of(100, nullptr)}}}};
    detail::difference changes(3);
    changes.between({}, to);
    BOOST_TEST(changes.obstacles().size() == 64U);
    BOOST_TEST(changes.obstacles().omitted() == 36U);
    BOOST_TEST((changes.obstacles()[63].pointer == "/" + key + "/o/63"));
}

BOOST_AUTO_TEST_CASE(as_many_nulls_are_told_as_are_asked_for)
{
    boost::json::object const to = test::members_of(5, nullptr);
    detail::difference changes(1, {}, 2);
    changes.between({}, to);
    BOOST_TEST(changes.obstacles().size() == 2U);
    BOOST_TEST(changes.obstacles().omitted() == 3U);
}

BOOST_AUTO_TEST_CASE(pairs_give_what_was_made_inside_of_them_where_that_is_not_empty)
{
    boost::json::object const any;
    detail::object_pairs pairs({});
    pairs.add_inside(0, "a/b", any, any);
    pairs.add_inside(1, "~", any, any);
    pairs.add_inside(0, "nothing", any, any);
    BOOST_TEST(pairs.size() == 4U);
    BOOST_TEST(pairs[2].level == 3U);
    BOOST_TEST(pairs.pointer(2, "k") == "/a~1b/~0/k");
    pairs[2].made["k"] = 1;
    BOOST_TEST(shown(pairs.take()) == R"({"a/b":{"~":{"k":1}}})");
}

BOOST_AUTO_TEST_SUITE_END()
