// SPDX-License-Identifier: BSL-1.0
#include <metapatch/policy/value_rule.hpp>

#include "../../support.hpp"

#include <boost/test/unit_test.hpp>
#include <metapatch/algebra/bodies.hpp>
#include <metapatch/algebra/diff.hpp>
#include <metapatch/auth0/contract/policies.hpp>
#include <metapatch/patch/apply.hpp>
#include <metapatch/splice/splice.hpp>
#include <string>
#include <string_view>
#include <vector>

using namespace metapatch;
using metapatch::test::json;
using metapatch::test::present;
using metapatch::test::shown;

BOOST_AUTO_TEST_SUITE(value_rules)

namespace {

constexpr rule_code unknown_plan{"unknown_plan", "there is no such plan"};
constexpr rule_code shouts{"shouts", "no text of capitals alone"};
constexpr rule_code underscore{"underscore", "the key begins with an underscore"};

constexpr auto known_plans = [](boost::json::value const& value, value_place const& place) noexcept -> value_verdict {
    if (place.level() > 1 || place.key() != "plan" || value == "free" || value == "team")
        return true;
    return unknown_plan;
};
constexpr auto no_shouting = [](boost::json::value const& value, value_place const&) noexcept -> value_verdict {
    return !value.is_string() || value != "HEY" ? value_verdict(true) : value_verdict(shouts);
};
constexpr auto small_numbers = [](boost::json::value const& value, value_place const&) noexcept {
    return !value.is_number() || (value.to_number<double>() < 100 && value.to_number<double>() > -100);
};
constexpr auto no_underscore = [](std::string_view key) noexcept -> key_verdict {
    if (key.starts_with('_'))
        return underscore;
    return true;
};

std::string said(report const& found)
{
    std::string text;
    for (auto const& each : found)
        text.append(text.empty() ? "" : "; ").append(name(each)).append(" ").append(each.pointer);
    return text;
}

/// What is wrong with a patch, as every layer says.
template<class Policy>
std::string checked(std::string_view body, Policy const& policy)
{
    auto const found = said(validate(json(body), policy));
    text_patch of_text;
    BOOST_TEST(said(of_text.read(body, policy)) == found);
    auto const made = applied(state(), json(body), policy);
    BOOST_TEST(said(made ? report() : made.error()) == found);
    auto const text = spliced(std::nullopt, body, policy);
    BOOST_TEST(said(text ? report() : text.error()) == found);
    if (made && text)
        BOOST_TEST(shown(json(text->value())) == shown(*made));
    return found;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_rule_is_asked_about_every_value_and_its_place_in_the_order_of_the_patch)
{
    struct asked {
        std::vector<std::string>* of;
        bool operator()(boost::json::value const& value, value_place const& place) const noexcept
        {
            of->push_back(place.pointer() + " " + std::string(place.key()) + (place.is_element() ? "[] " : " ") +
                          std::to_string(place.level()) + " " + shown(value));
            return true;
        }
    };
    static_assert(value_rule<asked>);
    std::vector<std::string> questions;
    auto const mine = and_values(first_level, asked{&questions});
    std::vector<std::string> const expected{"/a a 1 1", "/b~1 b/ 1 {\"c\":[true,null,\"x\"]}",
                                            "/b~1/c c 2 [true,null,\"x\"]", "/b~1/c/0 [] 3 true",
                                            "/b~1/c/2 [] 3 \"x\""};
    constexpr std::string_view body = R"({"a":1,"b/":{"c":[true,null,"x"]},"gone":null})";
    BOOST_TEST(validate(json(body), mine).empty());
    BOOST_TEST(questions == expected);
    questions.clear();
    text_patch of_text;
    BOOST_TEST(of_text.read(R"({"a":0,"b/":{"c":[true,null,"\u0078"]},"gone":1,"a":1,"gone":null})", mine).empty());
    BOOST_TEST(questions == expected); // a duplicate that loses is not asked about
}

BOOST_AUTO_TEST_CASE(what_a_rule_refuses_is_told_by_its_code_beside_the_violations_of_keys)
{
    auto const mine = and_values(auth0::app_metadata, small_numbers);
    BOOST_TEST(checked(R"({"a":[1,100],"b.c":-100,"d":{"e":99}})", mine) ==
               "invalid_value /a/1; invalid_key_character /b.c; invalid_value /b.c");
    BOOST_TEST(checked(R"({"a":99,"d":{"e":-99.5}})", mine) == "");
    BOOST_TEST(checked(R"({"blocked":null,"a":null})", mine) == "reserved_key /blocked");
}

BOOST_AUTO_TEST_CASE(a_rule_brings_a_code_and_a_message_of_its_own)
{
    constexpr auto mine = and_keys(and_values(first_level, known_plans), no_underscore);
    BOOST_TEST(checked(R"({"plan":"gold","x":{"plan":"gold","_a":1}})", mine) ==
               "unknown_plan /plan; underscore /x/_a");
    BOOST_TEST(checked(R"({"plan":"team"})", mine) == "");
    auto const found = validate(json(R"({"plan":1})"), mine);
    BOOST_TEST((found.front().code == errc::own_rule));
    BOOST_TEST((found.front().own == unknown_plan));
    BOOST_TEST(found.message() == "/plan: there is no such plan");
}

BOOST_AUTO_TEST_CASE(rules_compose_with_the_codes_of_all)
{
    constexpr auto two = and_values(and_values(first_level, known_plans), no_shouting);
    BOOST_TEST(checked(R"({"plan":"HEY"})", two) == "unknown_plan /plan; shouts /plan");
    constexpr auto three = and_values(two, small_numbers);
    BOOST_TEST(checked(R"({"plan":500,"x":"HEY"})", three) == "invalid_value /plan; unknown_plan /plan; shouts /x");
    constexpr policy by_hand{
        both{keys_and_values{any_key{}, known_plans}, keys_and_values{no_underscore, no_shouting}}};
    BOOST_TEST(checked(R"({"plan":"HEY","_":1})", by_hand) == "unknown_plan /plan; shouts /plan; underscore /_");
    constexpr policy hand_values{keys_and_values{any_key{}, both_values{known_plans, no_shouting}}};
    BOOST_TEST(checked(R"({"plan":"HEY"})", hand_values) == "unknown_plan /plan; shouts /plan");
    constexpr policy keys_alone{both{no_underscore, no_underscore}};
    BOOST_TEST(checked(R"({"_a":1})", keys_alone) == "underscore /_a; underscore /_a");
}

BOOST_AUTO_TEST_CASE(another_rule_for_keys_leaves_those_for_values)
{
    constexpr auto mine = with_keys(and_values(auth0::app_metadata, known_plans), any_key{});
    BOOST_TEST(checked(R"({"plan":"x","a.b":1})", mine) == "unknown_plan /plan");
    constexpr auto more = and_keys(and_values(auth0::app_metadata, known_plans), no_underscore);
    BOOST_TEST(checked(R"({"plan":"x","a.b":1,"_":1})", more) ==
               "unknown_plan /plan; invalid_key_character /a.b; underscore /_");
    static_assert(detail::filter_of(and_values(first_level, known_plans).keys) == any_key{}.filter());
}

BOOST_AUTO_TEST_CASE(limits_of_values_hold_too)
{
    auto const mine = and_values(auth0::client_metadata, no_shouting);
    BOOST_TEST(checked(R"({"a":{"b":"HEY"},"c":"HEY"})", mine) == "invalid_value_type /a; shouts /c");
    auto narrow = and_values(first_level, no_shouting);
    narrow.limits.max_members = 1;
    BOOST_TEST(checked(R"({"a":1,"b":"HEY"})", narrow) == "too_many_members ; shouts /b");
    narrow.read.max_nesting = 1;
    BOOST_TEST(checked(R"({"a":"HEY","b":{}})", narrow) == "too_deep ");
}

BOOST_AUTO_TEST_CASE(a_number_of_a_text_that_no_DOM_holds_is_infinite_and_keeps_its_bytes)
{
    auto const finite = [](boost::json::value const& value, value_place const&) noexcept {
        return !value.is_double() || value.get_double() < 1e300;
    };
    text_patch of_text;
    BOOST_TEST(said(of_text.read(R"({"a":1e400})", and_values(first_level, finite))) == "invalid_value /a");
    BOOST_TEST(
        spliced("{}", R"({"a":1.10,"b":12345678901234567890123})", and_values(first_level, finite)).value().value() ==
        R"({"a":1.10,"b":12345678901234567890123})");
    BOOST_TEST(spliced("{}", R"({"a":-1e400})", and_values(first_level, finite)).value().value() == R"({"a":-1e400})");
}

BOOST_AUTO_TEST_CASE(deep_merges_and_replaced_fields_are_judged_as_well)
{
    BOOST_TEST(checked(R"({"a":{"b":{"c":500}}})", and_values(rfc7396, small_numbers)) == "invalid_value /a/b/c");
    BOOST_TEST(checked(R"({"a":{"b":500}})", and_values(replace, small_numbers)) == "invalid_value /a/b");
    BOOST_TEST(checked("{}", and_values(first_level, small_numbers)) == "");
    auto nullable = and_values(first_level, small_numbers);
    nullable.merge.on_null = null_body::clears;
    BOOST_TEST(checked("null", nullable) == "");
    BOOST_TEST(checked("[500]", nullable) == "expected_object ");
}

BOOST_AUTO_TEST_CASE(what_is_computed_is_judged_before_it_is_sent)
{
    auto const mine = and_values(first_level, known_plans);
    auto const changes = diff(present(R"({"plan":"free"})"), present(R"({"plan":"gold"})"), mine).value();
    BOOST_TEST(said(to_bodies(changes, mine).error()) == "unknown_plan /plan");
    // What is stored is not judged, and goes by a null.
    BOOST_TEST(said(validate(present(R"({"plan":"old"})"), json(R"({"plan":null,"a":1})"), mine)) == "");
}

BOOST_AUTO_TEST_CASE(a_long_list_of_faults_ends_and_is_counted_on)
{
    auto mine = and_values(first_level, small_numbers);
    mine.read.max_violations = 2;
    auto const found = validate(json(R"({"a":[500,500,500]})"), mine);
    BOOST_TEST(found.size() == 2U);
    BOOST_TEST(found.omitted() == 1U);
    text_patch of_text;
    BOOST_TEST((of_text.read(R"({"a":[500,500,500]})", mine) == found));
}

BOOST_AUTO_TEST_CASE(what_may_throw_is_no_rule)
{
    auto const throwing = [](boost::json::value const&, value_place const&) { return true; };
    auto const of_keys = [](std::string_view) noexcept { return true; };
    static_assert(!value_rule<decltype(throwing)> && !value_rule<decltype(of_keys)>);
    static_assert(detail::value_rule_that_may_throw<decltype(throwing)>);
    BOOST_TEST(true);
}

BOOST_AUTO_TEST_SUITE_END()
