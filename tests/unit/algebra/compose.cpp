// SPDX-License-Identifier: BSL-1.0
#include <metapatch/algebra/compose.hpp>

#include "../../patch_text.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/test/unit_test.hpp>
#include <metapatch/auth0/contract/policies.hpp>
#include <vector>

using namespace metapatch;
using metapatch::test::field;
using metapatch::test::shown;

BOOST_AUTO_TEST_SUITE(composing)

namespace {

template<class Policy>
patch body(std::string_view text, Policy const& policy)
{
    return read_patch(text, policy).value();
}

template<class Policy>
std::string composed(std::string_view first, std::string_view second, Policy const& policy)
{
    return shown(compose(body(first, policy), body(second, policy)));
}

} // namespace

BOOST_AUTO_TEST_CASE(the_later_patch_wins_key_by_key)
{
    BOOST_TEST(composed(R"({"a":1,"b":2,"c":null})", R"({"b":null,"c":3,"d":{"e":1}})", first_level) ==
               R"({"a":1,"b":null,"c":3,"d":{"e":1}})");
    BOOST_TEST(composed(R"({"a":{"x":1}})", R"({"a":{"y":2}})", first_level) == R"({"a":{"y":2}})");
}

BOOST_AUTO_TEST_CASE(untouched_is_the_identity_on_both_sides)
{
    auto const some = body(R"({"a":1,"b":null})", first_level);
    BOOST_TEST(shown(compose(some, patch())) == shown(some));
    BOOST_TEST(shown(compose(patch(), some)) == shown(some));
    BOOST_TEST(shown(compose(patch(), patch())) == "untouched");
}

BOOST_AUTO_TEST_CASE(a_clear_forgets_what_was_before_and_stays_in_front_of_what_follows)
{
    BOOST_TEST(composed(R"({"a":1})", "{}", first_level) == "clear {}");
    BOOST_TEST(composed("{}", R"({"a":1,"b":null})", first_level) == R"(clear {"a":1,"b":null})");
    BOOST_TEST(composed(R"({"a":1})", R"({"b":2})", replace) == R"(clear {"b":2})");
}

BOOST_AUTO_TEST_CASE(a_clear_behind_patches_of_other_levels_is_all_that_is_left)
{
    auto const one_level = patch::of(test::object(R"({"a":{"b":1}})"), false, 1);
    auto const two_levels = patch::of(test::object(R"({"c":{"d":1}})"), false, 2);
    BOOST_TEST(shown(compose(one_level, two_levels)) == "not_expressible '/a'");
    BOOST_TEST(shown(compose(one_level, patch::of(test::object(R"({"c":{"d":1}})"), true, 2))) ==
               R"(clear {"c":{"d":1}})");
    BOOST_TEST(shown(compose(one_level, patch())) == R"({"a":{"b":1}})");
    BOOST_TEST(shown(compose(patch(), two_levels)) == R"({"c":{"d":1}})");
}

BOOST_AUTO_TEST_CASE(a_removal_behind_a_clear_is_kept_for_it_makes_the_field_present)
{
    auto const made = compose(patch().clear(), patch().remove("a")).value();
    BOOST_TEST(shown(made) == R"(clear {"a":null})");
    BOOST_TEST(shown(applied(field(R"({"b":1})"), made, auth0::app_metadata).value()) == "{}");
}

BOOST_AUTO_TEST_CASE(an_empty_merge_behind_a_clear_keeps_the_field_present)
{
    constexpr policy null_clears{any_key{},
                                 {.depth = unlimited,
                                  .on_empty = empty_body::merges,
                                  .on_null = null_body::clears,
                                  .cleared = cleared_field::absent}};
    auto const made = compose(body("null", null_clears), body("{}", null_clears)).value();
    BOOST_TEST(shown(applied(field(R"({"b":1})"), made, null_clears).value()) == "{}");
}

BOOST_AUTO_TEST_CASE(patches_that_merge_deeper_compose_inside_of_objects)
{
    BOOST_TEST(composed(R"({"a":{"b":1,"c":{"d":1}}})", R"({"a":{"b":null,"c":{"e":{}}}})", rfc7396) ==
               R"({"a":{"b":null,"c":{"d":1,"e":{}}}})");
    BOOST_TEST(composed(R"({"a":{"b":{"c":1}}})", R"({"a":{"b":{"d":2}}})", up_to_level(2)) ==
               R"({"a":{"b":{"d":2}}})");
    BOOST_TEST(composed(R"({"a":{"b":1}})", R"({"a":null})", rfc7396) == R"({"a":null})");
}

BOOST_AUTO_TEST_CASE(rfc_7396_patches_are_not_closed_under_composition_and_what_has_no_patch_is_refused)
{
    // In turn they make a exactly {"a1":8}. As one, {"a":{"a1":8}} would keep the stored a2.
    BOOST_TEST(composed(R"({"a":null})", R"({"a":{"a1":8}})", rfc7396) == "not_expressible '/a'");
    auto const stored = field(R"({"a":{"a1":0,"a2":3}})");
    auto const unsound = applied(stored, body(R"({"a":{"a1":8}})", rfc7396), rfc7396).value();
    BOOST_TEST(shown(unsound) == R"({"a":{"a1":8,"a2":3}})");
    auto const in_turn = applied(applied(stored, body(R"({"a":null})", rfc7396), rfc7396).value(),
                                 body(R"({"a":{"a1":8}})", rfc7396), rfc7396);
    BOOST_TEST(shown(in_turn.value()) == R"({"a":{"a1":8}})");
    BOOST_TEST(composed(R"({"a":{"b":1,"~":[]}})", R"({"a":{"b":{},"~":{"c":1}}})", rfc7396) ==
               "not_expressible '/a/b'; not_expressible '/a/~0'");
}

BOOST_AUTO_TEST_CASE(behind_a_clear_all_is_known_and_composes)
{
    BOOST_TEST(composed("{}", R"({"a":{"b":1}})", up_to_level(2)) == R"(clear {"a":{"b":1}})");
    auto const made = compose(compose(patch().clear(), body(R"({"a":1})", up_to_level(2))).value(),
                              body(R"({"a":{"b":null,"c":2}})", up_to_level(2)));
    BOOST_TEST(shown(applied(field(R"({"a":{"x":1}})"), made.value(), up_to_level(2)).value()) == R"({"a":{"c":2}})");
}

BOOST_AUTO_TEST_CASE(patches_of_different_policies_compose_only_where_it_makes_no_difference)
{
    BOOST_TEST(shown(compose(patch().set("a", boost::json::object{{"x", 1}}), body(R"({"b":1})", rfc7396))) ==
               "not_expressible '/a'");
    BOOST_TEST(shown(compose(body(R"({"b":1})", rfc7396), patch().set("a", boost::json::object()))) ==
               "not_expressible '/a'");
    BOOST_TEST(shown(compose(patch().set("a", 1).remove("b"), body(R"({"c":{"d":1}})", rfc7396))) ==
               R"({"a":1,"b":null,"c":{"d":1}})");
}

BOOST_AUTO_TEST_CASE(values_of_rvalues_are_moved)
{
    auto first = body(R"({"a":[1]})", first_level);
    auto second = body(R"({"b":[2]})", first_level);
    auto const* const a = first.members().at("a").as_array().data();
    auto const* const b = second.members().at("b").as_array().data();
    auto const made = compose(std::move(first), std::move(second)).value();
    BOOST_TEST(made.members().at("a").as_array().data() == a);
    BOOST_TEST(made.members().at("b").as_array().data() == b);
}

BOOST_AUTO_TEST_CASE(the_composed_patch_lives_where_the_first_one_does)
{
    boost::json::monotonic_resource memory;
    auto const in_memory = [&](std::string_view text) { return read_patch(text, first_level, &memory).value(); };
    auto const storage_of = [](patch const& made) { return made.members().storage().get(); };
    auto first = in_memory(R"({"a":[1]})");
    auto const* const element = first.members().at("a").as_array().data();
    auto const made = compose(std::move(first), in_memory(R"({"b":1})")).value();
    BOOST_TEST((storage_of(made) == &memory));
    BOOST_TEST(made.members().at("a").as_array().data() == element);
    BOOST_TEST((storage_of(compose(patch(), in_memory(R"({"b":1})")).value()) == &memory));
    BOOST_TEST((storage_of(compose(patch().set("a", 1), in_memory("{}")).value()) == &memory));
}

BOOST_AUTO_TEST_CASE(places_to_remove_first_follow_what_comes_later)
{
    auto const removed_first = [](std::initializer_list<char const*> bodies) {
        detail::composition all;
        for (auto const* each : bodies)
            all.add(body(each, rfc7396));
        auto const places = all.removed_first();
        return shown(places) + " " + shown(std::move(all).all());
    };
    BOOST_TEST(removed_first({R"({"a":1})", R"({"a":{"x":1}})"}) == R"({"a":null} {"a":{"x":1}})");
    BOOST_TEST(removed_first({R"({"a":1})", R"({"a":{"x":1}})", R"({"a":2})"}) == R"({} {"a":2})");
    BOOST_TEST(removed_first({R"({"a":1})", R"({"a":{"x":1}})", R"({"a":{"x":{"y":1}}})"}) ==
               R"({"a":null} {"a":{"x":{"y":1}}})");
    BOOST_TEST(removed_first({R"({"b":{"a":1,"c":1}})", R"({"b":{"a":{}}})", R"({"b":{"c":{}}})"}) ==
               R"({"b":{"a":null,"c":null}} {"b":{"a":{},"c":{}}})");
    BOOST_TEST(removed_first({R"({"b":{"a":1}})", R"({"b":{"a":{}}})", R"({"b":1})", R"({"b":{"a":{}}})"}) ==
               R"({"b":null} {"b":{"a":{}}})");
}

BOOST_AUTO_TEST_CASE(any_number_of_patches_compose)
{
    std::vector<patch> all;
    BOOST_TEST(shown(compose(all)) == "untouched");
    for (auto const* const text : {R"({"a":1,"b":2})", R"({"a":null})", R"({"c":3})"})
        all.push_back(body(text, first_level));
    BOOST_TEST(shown(compose(all)) == R"({"a":null,"b":2,"c":3})");
    all.push_back(body("{}", first_level));
    all.push_back(body(R"({"d":4})", first_level));
    BOOST_TEST(shown(compose(all)) == R"(clear {"d":4})");
}

BOOST_AUTO_TEST_CASE(a_later_patch_can_replace_what_stood_in_the_way_of_two)
{
    std::vector<patch> deep;
    for (auto const* const text : {R"({"a":1})", R"({"a":{"b":1}})"})
        deep.push_back(body(text, rfc7396));
    BOOST_TEST(!compose(deep));
    deep.push_back(body(R"({"a":2})", rfc7396));
    BOOST_TEST(shown(compose(deep)) == R"({"a":2})");
}

BOOST_AUTO_TEST_SUITE_END()
