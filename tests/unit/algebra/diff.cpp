// SPDX-License-Identifier: BSL-1.0
#include <metapatch/algebra/diff.hpp>

#include "../../patch_text.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/test/unit_test.hpp>
#include <metapatch/auth0/contract/policies.hpp>

using namespace metapatch;
using metapatch::test::field;
using metapatch::test::shown;

BOOST_AUTO_TEST_SUITE(differences)

namespace {

constexpr policy replace_or_absent{any_key{}, {.depth = 0, .cleared = cleared_field::absent}};

template<class Policy>
std::string between(std::string_view from, std::string_view to, Policy const& policy)
{
    return shown(diff(field(from), field(to), policy));
}

template<class Policy>
std::string undoing(std::string_view before, std::string_view body, Policy const& policy)
{
    return shown(inverse(field(before), read_patch(body, policy).value(), policy));
}

} // namespace

BOOST_AUTO_TEST_CASE(a_difference_names_what_changed_is_new_and_is_gone)
{
    BOOST_TEST(between(R"({"same":1,"changed":1,"gone":1})", R"({"new":[null],"changed":{"b":null},"same":1.0})",
                       first_level) == R"({"gone":null,"new":[null],"changed":{"b":null}})");
    BOOST_TEST(between("", R"({"a":1})", first_level) == R"({"a":1})");
    BOOST_TEST(between(R"({"a":1})", "{}", first_level) == R"({"a":null})");
}

BOOST_AUTO_TEST_CASE(equal_states_have_no_patch_between_them_and_above_all_no_empty_object)
{
    for (auto const* each : {"", "{}", R"({"a":1,"n":null})"}) {
        BOOST_TEST(between(each, each, first_level) == "untouched", each);
        BOOST_TEST(between(each, each, replace) == "untouched", each);
        BOOST_TEST(between(each, each, rfc7396) == "untouched", each);
        BOOST_TEST(between(each, each, auth0::app_metadata) == "untouched", each);
    }
    BOOST_TEST(between(R"({"a":1,"b":2})", R"({"b":2.0,"a":1})", first_level) == "untouched");
}

BOOST_AUTO_TEST_CASE(where_either_is_empty_nothing_is_sent_between_them_and_no_key_is_made_up)
{
    auto const to = [](std::string_view from, std::string_view target, auto const& policy) {
        return shown(diff(field(from), field(target), policy, presence::either));
    };
    auto const each_policy = [&](auto const& check) {
        check(auth0::user_metadata);
        check(auth0::app_metadata);
        check(auth0::organization_metadata);
        check(replace);
        check(rfc7396);
    };
    each_policy([&](auto const& policy) {
        BOOST_TEST(to("", "{}", policy) == "untouched");
        BOOST_TEST(to("{}", "", policy) == "untouched");
        BOOST_TEST(to("", "", policy) == "untouched");
        BOOST_TEST(to(R"({"a":"1"})", R"({"a":"1"})", policy) == "untouched");
    });
    for (auto const* const empty : {"", "{}"}) {
        BOOST_TEST(to(R"({"a":1,"b":2})", empty, auth0::user_metadata) == R"({"a":null,"b":null})");
        BOOST_TEST(to(R"({"a":1})", empty, auth0::app_metadata) == R"({"a":null})");  // no clear drops what others add
        BOOST_TEST(to(R"({"blocked":1})", empty, auth0::app_metadata) == "clear {}"); // which no null removes
        BOOST_TEST(to(R"({"a":"1"})", empty, auth0::organization_metadata) == "clear {}");
        BOOST_TEST(to(R"({"a":"1"})", empty, replace) == "clear {}");
        BOOST_TEST(to(R"({"a":1})", empty, rfc7396) == R"({"a":null})");
        BOOST_TEST(to(empty, R"({"a":1})", auth0::app_metadata) == R"({"a":1})");
        BOOST_TEST(to(empty, R"({"a":"1"})", auth0::organization_metadata) == R"(clear {"a":"1"})");
        BOOST_TEST(to(empty, R"({"a":null})", first_level) == "unreachable_null '/a'");
        BOOST_TEST(to(empty, R"({"a":null})", replace) == "unreachable_null '/a'");
    }
}

BOOST_AUTO_TEST_CASE(what_is_undone_may_leave_the_field_as_either)
{
    auto const undone = [](std::string_view before, std::string_view body, auto const& policy) {
        return shown(inverse(field(before), read_patch(body, policy).value(), policy, presence::either));
    };
    BOOST_TEST(undone("", R"({"a":1})", auth0::user_metadata) == R"({"a":null})"); // exactly it is impossible
    BOOST_TEST(undone("", "{}", auth0::user_metadata) == "untouched");
    BOOST_TEST(undone("{}", "{}", auth0::app_metadata) == "untouched");
    BOOST_TEST(undone("{}", R"({"a":"1"})", auth0::organization_metadata) == "clear {}");
    BOOST_TEST(undone("", R"({"a":null})", auth0::app_metadata) == "untouched");
    BOOST_TEST(undone(R"({"a":1})", R"({"a":null,"b":2})", auth0::app_metadata) == R"({"a":1,"b":null})");
    BOOST_TEST(undone(R"({"blocked":1})", R"({"x":1})", auth0::app_metadata) == R"({"x":null})");
}

BOOST_AUTO_TEST_CASE(absent_and_empty_are_two_states_and_each_policy_has_its_way_between_them)
{
    auto const& user = auth0::user_metadata;
    BOOST_TEST(between("", "{}", user) == "clear {}");
    BOOST_TEST(between("{}", "", user) == "unreachable_state ''");
    BOOST_TEST(between(R"({"a":1})", "", user) == "unreachable_state ''");
    auto const& app = auth0::app_metadata;
    BOOST_TEST(between("", "{}", app) == R"({"_":null})");
    BOOST_TEST(between("{}", "", app) == "clear {}");
    BOOST_TEST(between(R"({"a":1})", "", app) == "clear {}");
    BOOST_TEST(between("", "{}", replace) == "clear {}");
    BOOST_TEST(between(R"({"a":1})", "{}", replace) == "clear {}");
    BOOST_TEST(between("{}", "", replace) == "unreachable_state ''");
    BOOST_TEST(between("", "{}", replace_or_absent) == R"(clear {"_":null})");
    BOOST_TEST(between(R"({"a":1})", "{}", replace_or_absent) == R"(clear {"_":null})");
    BOOST_TEST(between("{}", "", replace_or_absent) == "clear {}");
    BOOST_TEST(between("", "{}", rfc7396) == "{}");
    BOOST_TEST(between("{}", "", rfc7396) == "unreachable_state ''");
    BOOST_TEST(between("", "{}", up_to_level(2)) == "clear {}");
}

BOOST_AUTO_TEST_CASE(what_no_body_clears_is_cleared_by_none)
{
    // Of the three ways to clear, each alone is one, and without any of them an absent field is out of reach.
    auto const to_absent = [](merge_rules rules) {
        rules.cleared = cleared_field::absent;
        return between(R"({"a":1})", "", policy<>{{}, rules, {}, {}});
    };
    constexpr auto merges = empty_body::merges;
    for (std::size_t const depth : {1U, 2U}) {
        BOOST_TEST(to_absent({.depth = depth, .on_empty = merges}) == "unreachable_state ''", depth);
        BOOST_TEST(to_absent({.depth = depth}) == "clear {}", depth);
        BOOST_TEST(to_absent({.depth = depth, .on_empty = merges, .on_null = null_body::clears}) == "clear {}", depth);
    }
    BOOST_TEST(to_absent({.depth = 0}) == "clear {}");
    static_assert(detail::can_clear({.depth = 0, .on_empty = merges}));
    static_assert(!detail::can_clear({.depth = 1, .on_empty = merges}));
}

BOOST_AUTO_TEST_CASE(where_no_key_may_be_removed_empty_is_out_of_reach)
{
    auto const none = with_keys(auth0::app_metadata, [](std::string_view) noexcept { return false; });
    BOOST_TEST(between("", "{}", none) == "unreachable_state ''");
    auto const other = with_keys(auth0::app_metadata, [](std::string_view key) noexcept { return key != "_"; });
    BOOST_TEST(between("", "{}", other) == R"({"a":null})");
}

BOOST_AUTO_TEST_CASE(a_policy_that_replaces_takes_the_whole_target)
{
    BOOST_TEST(between(R"({"a":1,"b":2})", R"({"a":1,"c":3})", replace) == R"(clear {"a":1,"c":3})");
    BOOST_TEST(between(R"({"a":1})", R"({"a":1,"c":null})", replace) == "unreachable_null '/c'");
    BOOST_TEST(between("", R"({"a":{"b":null,"c":[null]}})", replace) == R"(clear {"a":{"b":null,"c":[null]}})");
    BOOST_TEST(between("", R"({"a":{"b":null},"c":null,"d":{"e":null}})", replace) == "unreachable_null '/c'");
}

BOOST_AUTO_TEST_CASE(levels_that_merge_name_what_changed_inside)
{
    auto const* const from = R"({"a":{"b":{"c":1,"d":2},"x":1}})";
    auto const* const to = R"({"a":{"b":{"c":1,"e":null},"x":1}})";
    BOOST_TEST(between(from, to, up_to_level(2)) == R"({"a":{"b":{"c":1,"e":null}}})");
    BOOST_TEST(between(from, to, up_to_level(3)) == "unreachable_null '/a/b/e'");
    BOOST_TEST(between(from, R"({"a":{"b":{"c":1}},"f":{"g":{}}})", rfc7396) ==
               R"({"a":{"x":null,"b":{"d":null}},"f":{"g":{}}})");
}

BOOST_AUTO_TEST_CASE(a_null_that_removes_cannot_be_set_and_every_one_is_told)
{
    BOOST_TEST(between("{}", R"({"a":null,"b~/":null,"c":[null],"d":{"e":null}})", first_level) ==
               "unreachable_null '/a'; unreachable_null '/b~0~1'");
    BOOST_TEST(between("", R"({"a":{"b":null,"c":{"d":null}}})", up_to_level(2)) == "unreachable_null '/a/b'");
    BOOST_TEST(between(R"({"a":null,"b":1})", R"({"a":null,"b":2})", first_level) == R"({"b":2})"); // it was there
}

BOOST_AUTO_TEST_CASE(it_clears_only_where_a_key_may_not_be_removed)
{
    auto const& app = auth0::app_metadata;
    BOOST_TEST(between(R"({"a.b":1,"c":2})", R"({"c":2,"d":3})", app) == R"(clear {"c":2,"d":3})");
    BOOST_TEST(between(R"({"blocked":1})", "{}", app) == R"(clear {"_":null})");
    BOOST_TEST(between(R"({"a.b":1,"c":2})", R"({"a.b":1})", app) == R"({"c":null})");
    BOOST_TEST(between(R"({"a.b":1})", "{}", auth0::user_metadata) == "clear {}");
    BOOST_TEST(between(R"({"a.b":1,"n":null})", R"({"n":null})", app) == R"({"a.b":null})"); // nothing carries it
}

BOOST_AUTO_TEST_CASE(a_patch_lives_where_it_is_asked_for)
{
    boost::json::monotonic_resource memory;
    auto const made = diff(field("{}"), field(R"({"a":[1]})"), first_level, presence::exact, &memory).value();
    BOOST_TEST((made.members().storage().get() == &memory));
    BOOST_TEST((made.members().at("a").storage().get() == &memory));
}

BOOST_AUTO_TEST_CASE(an_inverse_restores_what_a_patch_changed)
{
    BOOST_TEST(undoing(R"({"a":1,"b":2,"c":3})", R"({"a":9,"b":null,"n":0,"z":null,"c":3})", first_level) ==
               R"({"a":1,"b":2,"n":null})");
    BOOST_TEST(undoing(R"({"a":{"x":1,"y":2}})", R"({"a":{"x":null,"z":3}})", rfc7396) == R"({"a":{"z":null,"x":1}})");
    BOOST_TEST(undoing(R"({"a":1})", "{}", first_level) == R"({"a":1})");
    BOOST_TEST(undoing(R"({"a":1})", R"({"b":2})", replace) == R"(clear {"a":1})");
    BOOST_TEST(shown(inverse(field(R"({"a":1})"), patch(), first_level)) == "untouched");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_undone_says_why)
{
    BOOST_TEST(undoing("", R"({"a":1})", auth0::user_metadata) == "unreachable_state ''");
    BOOST_TEST(undoing("", R"({"a":1})", auth0::app_metadata) == "clear {}");
    BOOST_TEST(undoing(R"({"a":null})", R"({"a":1})", first_level) == "unreachable_null '/a'");
    BOOST_TEST(undoing(R"({"a":null})", "{}", first_level) == "unreachable_null '/a'");
}

BOOST_AUTO_TEST_CASE(an_inverse_clears_where_the_key_to_remove_is_refused)
{
    auto const set = patch().set("a.b", 1);
    BOOST_TEST(shown(inverse(field(R"({"c":2})"), set, auth0::app_metadata)) == R"(clear {"c":2})");
}

BOOST_AUTO_TEST_CASE(as_many_reasons_are_told_as_the_policy_lists)
{
    state const to(test::members_of(5, nullptr));
    for (std::size_t const depth : {0U, 1U}) {
        auto rules = up_to_level(depth);
        rules.read.max_violations = 2;
        auto const made = diff(field("{}"), to, rules);
        BOOST_TEST(made.error().size() == 2U);
        BOOST_TEST(made.error().omitted() == 3U);
    }
    auto rules = first_level;
    rules.read.max_violations = 2;
    auto const back = inverse(to, patch::of(test::members_of(5, 1)), rules);
    BOOST_TEST(back.error().size() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
