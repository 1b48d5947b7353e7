// SPDX-License-Identifier: BSL-1.0
#include <metapatch/splice/merge_plan.hpp>

#include "../../support.hpp"
#include "silence.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

using namespace metapatch;
using metapatch::detail::merge_plan;

BOOST_AUTO_TEST_SUITE(plans_of_merges)

namespace {

std::string shown(merge_plan const& plan, detail::plan_number number)
{
    std::string told = "(";
    for (auto at = plan.object(number).first; at != detail::not_planned; at = plan.member(at).next) {
        auto const& met = plan.member(at);
        told.append(told.size() > 1 ? " " : "").append(plan.patch_member_at(met.member).key);
        told += (met.goes ? "-" : "=") + std::to_string(value_begin(plan.stored(), met.stored));
        if (met.inside != detail::not_planned)
            told += shown(plan, met.inside);
    }
    return told + ")" + std::to_string(plan.object(number).end);
}

/// What is met: the key, where its value begins, and where what it merges into ends; `-` where the member goes.
std::string met(std::string_view stored, std::string_view body, metapatch::policy<> const& policy = rfc7396)
{
    text_patch patch;
    BOOST_TEST_REQUIRE(patch.read(body, policy).empty());
    std::string told;
    for (auto const instructions : test::every_scan()) {
        merge_plan plan(stored, patch, instructions, true);
        test::read_silently(plan);
        auto const here = shown(plan, 0) + " of " + std::to_string(plan.counts().stored);
        BOOST_TEST((told.empty() || told == here));
        told = here;
        // Where nobody counts, all of a short text is read before.
        merge_plan uncounted(stored, patch, instructions, false);
        test::read_silently(uncounted);
        BOOST_TEST(shown(uncounted, 0) == shown(plan, 0));
        member_index index;
        BOOST_TEST(index.read(stored).empty());
        merge_plan indexed(stored, patch, instructions, true);
        test::read_silently(indexed, index);
        BOOST_TEST(shown(indexed, 0) + " of " + std::to_string(indexed.counts().stored) == told);
    }
    return told;
}

} // namespace

BOOST_AUTO_TEST_CASE(what_the_patch_names_is_met_at_each_level)
{
    BOOST_TEST(met(R"({"a":{"b":1,"c":{"b":2}},"b":3})", R"({"a":{"c":{"b":null},"x":1},"b":0})") ==
               "(a=5(c=16(b-21)22)23 b=29)30 of 2");
    BOOST_TEST(met(R"({"a":{"b":1,"c":{"b":2}},"b":3})", R"({"a":{"c":{"b":null},"x":1},"b":0})", up_to_level(2)) ==
               "(a=5(c=16)23 b=29)30 of 2");
    BOOST_TEST(met(R"({"a":[{"b":1}],"b":3})", R"({"a":{"b":1}})") == "(a=5)20 of 2");
    BOOST_TEST(met(R"({ })", R"({"a":{"b":1}})") == "()2 of 0");
}

BOOST_AUTO_TEST_CASE(what_is_behind_a_long_value_is_met)
{
    for (std::size_t const spaces : {0U, 60U, 64U, 100U, 200U}) {
        auto const stored = "{\"a\":{\"b\":[" + std::string(spaces, ' ') + "[1],{}],\"c\":1},\"d\":{}}";
        auto const at = std::to_string(23 + spaces);
        BOOST_TEST(met(stored, R"({"a":{"b":2,"c":null},"d":0})") ==
                   "(a=5(b=10 c-" + at + ")" + std::to_string(24 + spaces) + " d=" + std::to_string(30 + spaces) + ")" +
                       std::to_string(32 + spaces) + " of 2");
    }
}

BOOST_AUTO_TEST_CASE(the_last_value_of_a_key_is_what_merges)
{
    BOOST_TEST(met(R"({"a":{"b":1},"c":0,"\u0061":{"b":2,"b":3}})", R"({"a":{"b":0}})") ==
               "(a=5(b=33 b-39)40 a-28)41 of 3");
    BOOST_TEST(met(R"({"a":{"b":1},"a":[]})", R"({"a":{"b":0}})") == "(a=5 a-17)19 of 2");
    BOOST_TEST(met(R"({"a":[],"a":{"b":1}})", R"({"a":{"b":0}})") == "(a=5(b=17)18 a-12)19 of 2");
}

BOOST_AUTO_TEST_CASE(any_number_of_members_and_levels_is_met)
{
    std::string stored = "1";
    std::string patch = "2";
    for (int i = 0; i < 300; ++i) {
        stored = "{\"x\":[\"}\"],\"a\":" + stored + "}";
        patch = "{\"a\":" + patch + ",\"b\":null}";
    }
    auto const told = met(stored, patch);
    BOOST_TEST(static_cast<std::size_t>(std::count(told.begin(), told.end(), '(')) == 300U);
}

BOOST_AUTO_TEST_SUITE_END()
