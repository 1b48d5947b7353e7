// SPDX-License-Identifier: BSL-1.0
#include <metapatch/policy/policy.hpp>

#include <boost/test/unit_test.hpp>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(policies)

BOOST_AUTO_TEST_CASE(a_policy_is_a_constant_that_can_be_copied_and_edited)
{
    constexpr policy flat{no_empty_key{}, {.depth = 1}, {.max_members = 50}};
    static_assert(flat.limits.max_members == 50 && flat.limits.max_bytes == unlimited);
    static_assert(!flat.keys("").admits());
    auto mine = flat;
    mine.limits.max_bytes = 10'240;
    mine.merge.cleared = cleared_field::absent;
    BOOST_TEST(mine.limits.max_members == 50U);
    BOOST_TEST(flat.limits.max_bytes == unlimited);
}

BOOST_AUTO_TEST_CASE(the_default_policy_merges_the_first_level_and_limits_nesting_alone)
{
    static_assert(first_level.merge.depth == 1);
    static_assert(first_level.merge.on_empty == empty_body::clears);
    static_assert(first_level.merge.on_null == null_body::rejected);
    static_assert(first_level.merge.cleared == cleared_field::empty);
    static_assert(first_level.read.max_nesting == 512);
    static_assert(first_level.read.max_violations == 1'000);
    static_assert(first_level.read.duplicates == duplicate_keys::last_wins);
    static_assert(first_level.limits.max_members == unlimited && first_level.limits.max_bytes == unlimited);
    static_assert(first_level.limits.values == value_types::any);
    policy const made;
    BOOST_TEST(made.merge.depth == 1U);
}

BOOST_AUTO_TEST_CASE(the_generic_policies_differ_in_how_deep_they_merge)
{
    static_assert(replace.merge.depth == 0);
    static_assert(rfc7396.merge.depth == unlimited && rfc7396.merge.on_empty == empty_body::merges);
    static_assert(up_to_level(3).merge.depth == 3);
    static_assert(up_to_level(0).merge.depth == replace.merge.depth);
    BOOST_TEST(up_to_level(1).merge.depth == first_level.merge.depth);
}

BOOST_AUTO_TEST_CASE(a_lambda_is_a_key_rule)
{
    auto const no_underscore = [](std::string_view key) noexcept { return !key.starts_with('_'); };
    auto const mine = with_keys(first_level, no_underscore);
    BOOST_TEST(!key_verdict(mine.keys("_a")).admits());
    BOOST_TEST(key_verdict(mine.keys("a")).admits());
}

BOOST_AUTO_TEST_CASE(changing_the_keys_keeps_all_other_rules)
{
    constexpr policy base{no_empty_key{},
                          {.depth = 3, .on_null = null_body::clears},
                          {.max_members = 7},
                          {.max_nesting = 9, .duplicates = duplicate_keys::rejected, .max_violations = 5}};
    constexpr auto changed = with_keys(base, any_key{});
    constexpr auto more = and_keys(base, key_characters::all_but("."));
    static_assert(changed.merge.depth == 3 && more.merge.depth == 3);
    static_assert(changed.merge.on_null == null_body::clears && more.merge.on_null == null_body::clears);
    static_assert(changed.limits.max_members == 7 && more.limits.max_members == 7);
    static_assert(changed.read.max_nesting == 9 && more.read.max_nesting == 9);
    static_assert(changed.read.duplicates == duplicate_keys::rejected);
    static_assert(changed.read.max_violations == 5 && more.read.max_violations == 5);
    BOOST_TEST(changed.keys("").admits());
    BOOST_TEST(!more.keys({"", 1}).admits());
    BOOST_TEST(!more.keys({".", 1}).admits());
    BOOST_TEST(more.keys({"a", 1}).admits());
}

BOOST_AUTO_TEST_CASE(an_empty_key_rule_takes_no_room)
{
    static_assert(sizeof(policy<any_key>) == sizeof(policy<no_empty_key>));
    BOOST_TEST(sizeof(policy<any_key>) <= sizeof(merge_rules) + sizeof(limits) + sizeof(read_rules));
}

BOOST_AUTO_TEST_SUITE_END()
