// SPDX-License-Identifier: BSL-1.0
#include <metapatch/algebra/three_way.hpp>

#include "../../patch_text.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/test/unit_test.hpp>
#include <metapatch/auth0/contract/policies.hpp>

using namespace metapatch;
using metapatch::test::field;
using metapatch::test::members_of;
using metapatch::test::shown;

BOOST_AUTO_TEST_SUITE(three_way_merges)

namespace {

/// The patch, then what both changed, then the conflicts.
template<class Policy>
std::string merged(std::string_view base, std::string_view mine, std::string_view theirs, Policy const& policy)
{
    auto const made = three_way(field(base), field(mine), field(theirs), policy);
    if (!made)
        return test::told(made);
    return shown(made->mine) + " | " + shown(made->changed_by_both) + " | " + shown(made->conflicts);
}

} // namespace

BOOST_AUTO_TEST_CASE(what_one_side_alone_changed_is_that_sides)
{
    BOOST_TEST(merged(R"({"a":1,"b":1,"c":1,"d":1})", R"({"a":2,"b":1,"d":1,"m":1})", R"({"a":1,"b":2,"c":1,"t":1})",
                      first_level) == R"({"c":null,"a":2,"m":1} |  | )");
}

BOOST_AUTO_TEST_CASE(where_nothing_of_mine_is_left_to_do_there_is_no_patch)
{
    BOOST_TEST(merged(R"({"a":1})", R"({"a":1})", R"({"a":2})", first_level) == "untouched |  | ");
    BOOST_TEST(merged(R"({"a":1})", R"({"a":2,"b":null})", R"({"a":2.0,"b":null})", first_level) == "untouched |  | ");
    BOOST_TEST(merged(R"({"a":1})", R"({"a":1})", "", first_level) == "untouched |  | ");
}

BOOST_AUTO_TEST_CASE(where_both_changed_a_value_mine_wins_and_the_place_is_told)
{
    BOOST_TEST(merged(R"({"a":1,"b":1,"c/d":1})", R"({"a":2,"c/d":2})", R"({"a":3,"b":2})", first_level) ==
               R"({"b":null,"a":2,"c/d":2} | a b c/d | /a /b /c~1d)");
}

BOOST_AUTO_TEST_CASE(where_both_changed_an_object_its_members_are_merged_and_only_true_disagreement_is_told)
{
    BOOST_TEST(merged(R"({"o":{"x":1,"y":1,"z":{"k":1}}})", R"({"o":{"x":2,"y":1,"z":{"k":2,"m":1}}})",
                      R"({"o":{"x":1,"y":2,"z":{"k":3,"t":1}}})",
                      first_level) == R"({"o":{"x":2,"y":2,"z":{"k":2,"t":1,"m":1}}} | o | /o/z/k)");
    BOOST_TEST(merged("{}", R"({"o":{"m":1}})", R"({"o":{"t":1}})", rfc7396) == R"({"o":{"m":1}} | o | )");
    BOOST_TEST(merged(R"({"o":1})", R"({"o":{"m":1}})", R"({"o":{"t":1}})", first_level) ==
               R"({"o":{"t":1,"m":1}} | o | )");
    BOOST_TEST(merged(R"({"o":{"a":1}})", R"({"o":[1]})", R"({"o":{"a":2}})", first_level) == R"({"o":[1]} | o | /o)");
}

BOOST_AUTO_TEST_CASE(a_merge_is_clean_where_both_changed_different_members_of_one_object)
{
    auto const made = three_way(field(R"({"o":{"x":1,"y":1}})"), field(R"({"o":{"x":2,"y":1}})"),
                                field(R"({"o":{"x":1,"y":2}})"), first_level)
                          .value();
    BOOST_TEST(made.conflicts.empty());
    BOOST_TEST(shown(made.changed_by_both) == "o");
    BOOST_TEST(!three_way(field(R"({"o":{"x":1}})"), field(R"({"o":{"x":2}})"), field(R"({"o":{"x":3}})"), first_level)
                    ->conflicts.empty());
}

BOOST_AUTO_TEST_CASE(keys_come_in_the_order_of_base_and_then_of_mine_and_conflicts_depth_first)
{
    BOOST_TEST(merged(R"({"b":{"x":1,"y":{"z":1}},"a":1})", R"({"c":1,"a":2,"b":{"x":2,"y":{"z":2}}})",
                      R"({"a":3,"b":{"x":3,"y":{"z":3}},"c":2})",
                      first_level) == R"({"a":2,"b":{"x":2,"y":{"z":2}},"c":1} | b a c | /a /c /b/x /b/y/z)");
}

BOOST_AUTO_TEST_CASE(beyond_the_budget_of_pointers_conflicts_are_only_counted)
{
    std::string const key(std::size_t{1} << 14, 'k');
    auto const with = [&key](int value) { return state(boost::json::object{{key, members_of(100, value)}}); };
    auto const made = three_way(with(1), with(2), with(3), first_level).value();
    BOOST_TEST(made.conflicts.size() == 64U);
    BOOST_TEST(made.conflicts.omitted() == 36U);
    BOOST_TEST((made.conflicts[63] == "/" + key + "/63"));
    BOOST_TEST(made.changed_by_both.size() == 1U);
    BOOST_TEST(equal(made.mine.members().at(key), members_of(100, 2))); // it is still mine everywhere
}

BOOST_AUTO_TEST_CASE(presence_is_merged_as_a_value_is)
{
    auto const& app = auth0::app_metadata;
    BOOST_TEST(merged(R"({"a":1})", "", R"({"a":1})", app) == "clear {} |  | ");
    BOOST_TEST(merged(R"({"a":1})", "", R"({"a":1,"b":1})", app) == R"({"a":null} |  | )");
    BOOST_TEST(merged("", "{}", "", app) == R"({"_":null} |  | )");
    BOOST_TEST(merged("", R"({"a":1})", R"({"b":1})", app) == R"({"a":1} |  | )");
    BOOST_TEST(merged(R"({"a":1})", R"({"a":1,"b":1})", "", app) == R"({"b":1} |  | )");
    BOOST_TEST(merged(R"({"a":1})", "", R"({"a":1})", auth0::user_metadata) == "unreachable_state ''");
}

BOOST_AUTO_TEST_CASE(presence_matters_to_nobody_where_either_will_do)
{
    auto const mine = [](std::string_view base, std::string_view copy, std::string_view theirs, auto const& policy) {
        return test::shown(three_way(field(base), field(copy), field(theirs), policy, presence::either)->mine);
    };
    auto const& app = auth0::app_metadata;
    BOOST_TEST(mine(R"({"a":1})", "", R"({"a":1})", app) == R"({"a":null})");
    BOOST_TEST(mine("", "{}", "", app) == "untouched");
    BOOST_TEST(mine(R"({"a":1})", "", R"({"a":1})", auth0::user_metadata) == R"({"a":null})");
    BOOST_TEST(mine(R"({"a":"1"})", "", R"({"a":"1"})", auth0::organization_metadata) == "clear {}");
}

BOOST_AUTO_TEST_CASE(what_diff_refuses_is_refused)
{
    BOOST_TEST(merged("{}", R"({"a":null})", "{}", first_level) == "unreachable_null '/a'");
}

BOOST_AUTO_TEST_CASE(the_patch_lives_where_it_is_asked_for)
{
    boost::json::monotonic_resource memory;
    auto const made =
        three_way(field("{}"), field(R"({"a":[1]})"), field("{}"), first_level, presence::exact, &memory).value();
    BOOST_TEST((made.mine.members().at("a").storage().get() == &memory));
}

BOOST_AUTO_TEST_SUITE_END()
