// SPDX-License-Identifier: BSL-1.0
#include "shrink.hpp"

#include "../support.hpp"

#include <boost/test/unit_test.hpp>

using namespace metapatch;
using metapatch::test::json;
using metapatch::test::shown;

namespace {

/// A law that fails on every object with a string somewhere inside of a member "a".
void no_string_in_a(boost::json::value const& on)
{
    if (!on.is_object())
        throw laws::not_a_case();
    auto const* const a = on.get_object().if_contains("a");
    laws::require(a == nullptr || shown(*a).find('"') == std::string::npos, [&] { return "  got " + shown(on); });
}

} // namespace

BOOST_AUTO_TEST_SUITE(shrinking)

BOOST_AUTO_TEST_CASE(a_counterexample_loses_all_that_is_beside_the_point)
{
    auto const fails = [](auto const& each) { return !laws::complaint(no_string_in_a, each).empty(); };
    BOOST_TEST(shown(laws::shrunk(json(R"({"b":[1,{"c":2}],"a":[null,{"x":{"y":["deep"]}},3],"d":{}})"), fails)) ==
               R"({"a":"deep"})");
}

BOOST_AUTO_TEST_CASE(what_cannot_shrink_stays)
{
    BOOST_TEST(shown(laws::shrunk(json("[1,2]"), [](auto const& each) { return each == json("[1,2]"); })) == "[1,2]");
    BOOST_TEST(laws::simpler_than(1).empty());
}

BOOST_AUTO_TEST_CASE(every_step_is_simpler)
{
    for (auto const* text : {"7", "null", R"("x")", "[]", "{}", R"({"a":[1,{"b":null}],"c":{"d":"e"}})"}) {
        for (auto const& each : laws::simpler_than(json(text)))
            BOOST_TEST(laws::weight(each) < laws::weight(json(text)), text);
    }
}

BOOST_AUTO_TEST_CASE(the_complaint_tells_the_small_case_and_the_first_one)
{
    auto const on = json(R"({"b":1,"a":["x",2]})");
    BOOST_CHECK_EXCEPTION(laws::check(no_string_in_a, on, "a test", 7), laws::broken_law, [](auto const& broken) {
        std::string const text = broken.what();
        return text.find("  got {\"a\":\"x\"}\n  of a test, seed 7, shrunk to\n  {\"a\":\"x\"}\n  from\n  {\"b\":1,") !=
               std::string::npos;
    });
    laws::check(no_string_in_a, json(R"({"a":1})"), "a law that holds");
    laws::check(no_string_in_a, json("[]"), "no case at all");
}

BOOST_AUTO_TEST_SUITE_END()
