// SPDX-License-Identifier: BSL-1.0
#include <metapatch/algebra/bodies.hpp>

#include "../../patch_text.hpp"

#include <boost/test/unit_test.hpp>
#include <metapatch/auth0/contract/policies.hpp>

using namespace metapatch;
using metapatch::test::field;
using metapatch::test::object;
using metapatch::test::present;
using metapatch::test::shown;

BOOST_AUTO_TEST_SUITE(bodies)

namespace {

constexpr policy two_members{any_key{}, {}, {.max_members = 2}};

template<class Policy>
std::string sent(std::vector<char const*> const& texts, Policy const& policy)
{
    std::vector<patch> all;
    for (auto const* text : texts)
        all.push_back(read_patch(text, policy).value());
    return shown(to_bodies(std::span<patch const>(all), policy));
}

} // namespace

BOOST_AUTO_TEST_CASE(a_patch_is_no_body_one_body_or_a_clear_and_then_members)
{
    BOOST_TEST(shown(to_bodies(patch(), first_level)) == "");
    BOOST_TEST(shown(to_bodies(patch().set("a", 1).remove("b"), first_level)) == R"({"a":1,"b":null})");
    BOOST_TEST(shown(to_bodies(patch().clear(), first_level)) == "{}");
    BOOST_TEST(shown(to_bodies(patch().clear().set("a", 1).remove("b"), first_level)) == R"({} {"a":1})");
    BOOST_TEST(shown(to_bodies(patch().clear().set("a", 1).remove("b"), replace)) == R"({"a":1})");
}

BOOST_AUTO_TEST_CASE(more_than_one_body_is_not_atomic)
{
    BOOST_TEST(to_bodies(patch(), first_level)->is_atomic());
    BOOST_TEST(to_bodies(patch().set("a", 1), first_level)->is_atomic());
    BOOST_TEST(!to_bodies(patch().clear().set("a", 1), first_level)->is_atomic());
}

BOOST_AUTO_TEST_CASE(more_members_than_a_body_may_have_are_split_with_the_removals_first)
{
    auto const many = patch().set("a", 1).remove("b").set("c", 3).remove("d").remove("e");
    BOOST_TEST(shown(to_bodies(many, two_members)) == R"({"b":null,"d":null} {"e":null,"a":1} {"c":3})");
    BOOST_TEST(shown(to_bodies(patch().clear().set("a", 1).set("b", 2).set("c", 3), two_members)) ==
               R"({} {"a":1,"b":2} {"c":3})");
}

BOOST_AUTO_TEST_CASE(removals_alone_behind_a_clear_matter_only_where_they_make_the_field_present)
{
    auto const removals = patch().clear().remove("a").remove("b");
    BOOST_TEST(shown(to_bodies(removals, auth0::user_metadata)) == "{}");
    BOOST_TEST(shown(to_bodies(removals, auth0::app_metadata)) == R"({} {"a":null})");
    BOOST_TEST(shown(to_bodies(removals, auth0::organization_metadata)) == R"({"a":null})");
    BOOST_TEST(shown(to_bodies(patch().clear().remove("a.b"), auth0::app_metadata)) == R"({} {"_":null})");
    BOOST_TEST(shown(to_bodies(patch().clear().remove("a.b").remove("c"), auth0::app_metadata)) == R"({} {"c":null})");
}

BOOST_AUTO_TEST_CASE(where_either_is_empty_a_clear_is_all_that_it_takes)
{
    auto const either = [](patch const& changes, auto const& policy) {
        return shown(to_bodies(changes, policy, presence::either));
    };
    auto const removals = patch().clear().remove("a").remove("b");
    BOOST_TEST(either(removals, auth0::user_metadata) == "{}");
    BOOST_TEST(either(removals, auth0::app_metadata) == "{}");
    BOOST_TEST(either(removals, auth0::organization_metadata) == "{}");
    BOOST_TEST(either(patch().clear().set("a", "1").remove("b"), auth0::organization_metadata) == R"({"a":"1"})");
    BOOST_TEST(either(patch().clear().set("a", 1), auth0::app_metadata) == R"({} {"a":1})");
    BOOST_TEST(either(patch().remove("a"), auth0::app_metadata) == R"({"a":null})"); // what is stored is not known
    BOOST_TEST(either(patch::of({}), first_level) == ""); // it would make an absent field present, and nothing else
    BOOST_TEST(either(patch::of({}), rfc7396) == "");
    BOOST_TEST(either(patch(), replace) == "");
    auto const stored = field(R"({"a.b":1,"c":2})");
    BOOST_TEST(shown(to_bodies(patch().remove("a.b").remove("c"), stored, auth0::app_metadata, presence::either)) ==
               "{}");
    std::vector<patch> const in_turn{patch().clear(), patch().remove("a")};
    BOOST_TEST(shown(to_bodies(std::span(in_turn), auth0::app_metadata, presence::either)) == "{}");
    BOOST_TEST(shown(to_bodies(std::span(in_turn), auth0::app_metadata)) == R"({} {"a":null})");
}

BOOST_AUTO_TEST_CASE(where_no_other_key_may_be_removed_behind_a_clear_the_empty_one_is)
{
    auto policy = auth0::app_metadata;
    policy.limits.max_key_code_points = 0;
    BOOST_TEST(shown(to_bodies(patch().clear().remove("a"), policy)) == R"({} {"":null})");
}

BOOST_AUTO_TEST_CASE(null_clears_where_the_empty_object_does_not)
{
    constexpr policy null_clears{any_key{}, {.on_empty = empty_body::merges, .on_null = null_body::clears}};
    BOOST_TEST(shown(to_bodies(patch().clear().set("a", 1), null_clears)) == R"(null {"a":1})");
    BOOST_TEST(shown(to_bodies(patch::of({}), null_clears)) == "{}");
}

BOOST_AUTO_TEST_CASE(what_no_body_of_the_policy_does_is_refused)
{
    BOOST_TEST(shown(to_bodies(patch().set("a", 1), replace)) == "not_expressible ''");
    BOOST_TEST(shown(to_bodies(patch().clear(), rfc7396)) == "not_expressible ''");
    BOOST_TEST(shown(to_bodies(patch::of({}), first_level)) == "not_expressible ''");
    BOOST_TEST(shown(to_bodies(patch::of({}), present("{}"), first_level)) == "not_expressible ''");
    BOOST_TEST(shown(to_bodies(patch().set("a", boost::json::object{{"x", 1}}), rfc7396)) == "not_expressible ''");
    auto const deep = patch::of(object(R"({"a":{"x":1}})"), false, unlimited);
    BOOST_TEST(shown(to_bodies(deep, first_level)) == "not_expressible ''");
    std::vector<patch> const both{patch().set("b", 1), patch().set("a", boost::json::object())};
    BOOST_TEST(shown(to_bodies(std::span(both), rfc7396)) == "not_expressible '/a'");
}

BOOST_AUTO_TEST_CASE(the_policy_judges_every_body)
{
    auto const& client = auth0::client_metadata;
    BOOST_TEST(shown(to_bodies(patch().set("a", 1).set("b.c", "x"), client)) ==
               "invalid_value_type '/a'; invalid_key_character '/b.c'");
    auto many = patch();
    for (int i = 0; i < 12; ++i)
        many.set("k" + std::to_string(i), i < 11 ? boost::json::value("x") : boost::json::value(1));
    BOOST_TEST(shown(to_bodies(many, client)) == "invalid_value_type '/k11'");
    auto clearing = patch().clear();
    for (int i = 0; i < 26; ++i)
        clearing.set("k" + std::to_string(i), "x");
    BOOST_TEST(shown(to_bodies(clearing, auth0::organization_metadata)) == "too_many_members '' limit 25 actual 26");
}

BOOST_AUTO_TEST_CASE(on_a_known_state_the_result_is_judged_too)
{
    auto const stored = field(R"({"a":1,"b":2})");
    BOOST_TEST(shown(to_bodies(patch().set("c", 3), stored, two_members)) == "too_many_members '' limit 2 actual 3");
    BOOST_TEST(shown(to_bodies(patch().set("c", 3).remove("a"), stored, two_members)) == R"({"c":3,"a":null})");
    BOOST_TEST(shown(to_bodies(patch().set("c", 3).remove("a").set("d", 4).remove("b"), stored, two_members)) ==
               R"({"a":null,"b":null} {"c":3,"d":4})");
}

BOOST_AUTO_TEST_CASE(a_stored_key_that_may_not_be_removed_goes_by_a_clear)
{
    auto const stored = field(R"({"a.b":1,"c":2})");
    auto const& app = auth0::app_metadata;
    BOOST_TEST(shown(to_bodies(patch().remove("a.b").set("d", 3), stored, app)) == R"({} {"c":2,"d":3})");
    BOOST_TEST(shown(to_bodies(patch().remove("a.b").remove("c"), stored, app)) == R"({} {"_":null})");
    BOOST_TEST(shown(to_bodies(patch().remove("a.b").set("e.f", 3), stored, app)) ==
               "invalid_key_character '/a.b'; invalid_key_character '/e.f'");
}

BOOST_AUTO_TEST_CASE(a_field_over_its_limit_is_brought_below_it_by_a_clear)
{
    auto const stored = field(R"({"a":1,"b":2,"c":3,"d":4,"e":5})");
    BOOST_TEST(shown(to_bodies(patch().remove("a").remove("b").remove("c"), stored, two_members)) ==
               R"({} {"d":4,"e":5})");
}

BOOST_AUTO_TEST_CASE(many_patches_are_one_where_they_compose_and_else_two)
{
    BOOST_TEST(sent({}, first_level) == "");
    BOOST_TEST(sent({R"({"a":1})", R"({"b":2})", R"({"a":null})"}, first_level) == R"({"a":null,"b":2})");
    // The unsound composition of RFC 7396: one patch {"a":{"a1":8}} would keep what is stored beside a1.
    BOOST_TEST(sent({R"({"a":{"a1":0,"a2":3}})", R"({"a":null})", R"({"a":{"a1":8}})"}, rfc7396) ==
               R"({"a":null} {"a":{"a1":8}})");
    BOOST_TEST(sent({R"({"a":1})", R"({"a":{"x":1}})", R"({"b":1})", R"({"b":{"y":1}})"}, rfc7396) ==
               R"({"a":null,"b":null} {"a":{"x":1},"b":{"y":1}})");
    BOOST_TEST(sent({R"({"a":1})", R"({"a":{"x":1},"b":1})", R"({"a":2})", R"({"b":{"x":1}})"}, rfc7396) ==
               R"({"b":null} {"a":2,"b":{"x":1}})");
    BOOST_TEST(sent({R"({"a":1})", R"({"a":{"x":1}})", R"({"a":2})"}, rfc7396) == R"({"a":2})");
}

BOOST_AUTO_TEST_CASE(the_sequence_for_an_unsound_composition_has_the_effect_of_both)
{
    std::vector<patch> const both{read_patch(R"({"a":null})", rfc7396).value(),
                                  read_patch(R"({"a":{"a1":8}})", rfc7396).value()};
    auto stored = field(R"({"a":{"a1":0,"a2":3},"b":1})");
    auto const bodies = to_bodies(std::span(both), rfc7396).value();
    for (auto const& body : bodies.in_turn)
        BOOST_TEST(apply(stored, body, rfc7396).has_value());
    BOOST_TEST(shown(stored) == R"({"b":1,"a":{"a1":8}})");
}

BOOST_AUTO_TEST_CASE(values_of_an_rvalue_are_moved)
{
    auto changes = patch().set("a", boost::json::array{1});
    auto const* const element = changes.members().at("a").as_array().data();
    auto const bodies = to_bodies(std::move(changes), first_level).value();
    BOOST_TEST(bodies.in_turn.front().at("a").as_array().data() == element);
}

BOOST_AUTO_TEST_SUITE_END()
