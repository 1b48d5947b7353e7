// SPDX-License-Identifier: BSL-1.0
#include <metapatch/algebra/advice.hpp>

#include "../../patch_text.hpp"

#include <array>
#include <boost/test/unit_test.hpp>
#include <limits>

using namespace metapatch;
using metapatch::test::field;
using metapatch::test::members_of;
using metapatch::test::shown;

BOOST_AUTO_TEST_SUITE(advising)

namespace {

constexpr std::array<std::string_view, 3> root_names{"email", "name", "a/b"};

template<class Policy>
std::string advised(std::string_view stored, std::string_view body, Policy const& policy)
{
    std::string text;
    for (auto const& each : advise(field(stored), read_patch(body, policy).value(), policy, root_names))
        text += (text.empty() ? "" : "; ") + std::string(name(each.code)) + " " + each.pointer;
    return text;
}

template<class Policy>
std::string lost(std::string_view stored, std::string_view body, Policy const& policy)
{
    return shown(losses(field(stored), read_patch(body, policy).value(), policy));
}

} // namespace

BOOST_AUTO_TEST_CASE(losses_are_the_shallowest_members_that_an_object_replaces_without_naming_them)
{
    auto const* const stored = R"({"o":{"a":1,"b/c":{"d":1},"e":{"f":1,"g":2}},"p":{"q":1}})";
    BOOST_TEST(lost(stored, R"({"o":{"a":2,"e":{"f":1}}})", first_level) == "/o/b~1c /o/e/g");
    BOOST_TEST(lost(stored, R"({"o":{}})", first_level) == "/o/a /o/b~1c /o/e");
    BOOST_TEST(lost(stored, R"({"o":{"a":2,"e":{"f":1}}})", rfc7396) == "");
    BOOST_TEST(lost(stored, R"({"o":{"e":{"f":1}}})", up_to_level(2)) == "/o/e/g");
}

BOOST_AUTO_TEST_CASE(what_is_removed_cleared_or_made_another_type_is_meant)
{
    auto const* const stored = R"({"o":{"a":1}})";
    for (auto const* body : {R"({"o":null})", "{}", R"({"o":1})", R"({"o":[]})", R"({"x":{}})", R"({"o":{"a":null}})"})
        BOOST_TEST(lost(stored, body, first_level) == "", body);
    BOOST_TEST(lost("", R"({"o":{}})", first_level) == "");
}

BOOST_AUTO_TEST_CASE(a_body_that_replaces_the_field_loses_what_it_does_not_name)
{
    auto const* const stored = R"({"plan":"gold","a/b":1,"o":{"x":1,"p":{"y":2}}})";
    BOOST_TEST(lost(stored, R"({"description":"New"})", replace) == "/plan /a~1b /o");
    BOOST_TEST(lost(stored, R"({"plan":null,"o":{"p":{}}})", replace) == "/a~1b /o/x /o/p/y");
    BOOST_TEST(lost(stored, R"({"plan":1,"a/b":2,"o":[]})", replace) == "");
    BOOST_TEST(lost(stored, "{}", replace) == "");
    auto const null_clears = policy<>{{}, {.depth = 0, .on_null = null_body::clears}};
    BOOST_TEST(lost(stored, "null", null_clears) == "");
    BOOST_TEST(lost("", R"({"plan":1})", replace) == "");
    BOOST_TEST(advised(R"({"plan":"gold","n":1})", R"({"n":"1"})", replace) == "type_change /n; loss /plan");
}

BOOST_AUTO_TEST_CASE(a_clear_that_is_asked_for_beside_members_is_meant)
{
    auto const changes = patch().clear().set("a", boost::json::object());
    BOOST_TEST(losses(field(R"({"a":{"x":1},"b":1})"), changes, first_level).empty());
    auto const of_no_such_policy = patch().set("a", boost::json::object()); // it merges
    BOOST_TEST(shown(losses(field(R"({"a":{"x":1},"b":1})"), of_no_such_policy, replace)) == "/a/x");
}

BOOST_AUTO_TEST_CASE(names_of_the_root_collide_unless_they_are_removed)
{
    BOOST_TEST(advised("", R"({"email":1,"x":{"name":1},"a/b":1,"name":null})", first_level) ==
               "root_collision /email; root_collision /a~1b");
}

BOOST_AUTO_TEST_CASE(a_whole_body_given_as_the_patch_of_its_field_is_told)
{
    auto const told_of = [](std::string_view body, std::string_view own_name) {
        auto const changes = read_patch(body, first_level).value();
        std::string text;
        for (auto const& each : advise(state(), changes, first_level, root_names, &detail::is_unsafe_integer, own_name))
            text += std::string(name(each.code)) + " " + each.pointer + ";";
        return text;
    };
    BOOST_TEST(told_of(R"({"user_metadata":{"x":1}})", "user_metadata") == "field_name /user_metadata;");
    BOOST_TEST(told_of(R"({"user_metadata":"x"})", "user_metadata") == "field_name /user_metadata;");
    BOOST_TEST(told_of(R"({"a/b":1})", "a/b") == "field_name /a~1b;root_collision /a~1b;");
    BOOST_TEST(told_of(R"({"user_metadata":null})", "user_metadata") == ""); // which repairs it
    BOOST_TEST(told_of(R"({"user_metadata":{"x":1},"y":1})", "user_metadata") == "");
    BOOST_TEST(told_of(R"({"user_metadata":{"x":1}})", "app_metadata") == "");
    BOOST_TEST(told_of(R"({"user_metadata":{"x":1}})", "") == "");
    BOOST_TEST(told_of(R"({"":1})", "") == "");
    BOOST_TEST(told_of("{}", "user_metadata") == "");
}

BOOST_AUTO_TEST_CASE(a_change_of_type_is_told_but_not_a_removal_or_another_kind_of_number)
{
    BOOST_TEST(advised(R"({"a":1,"b":"x","c":1,"d":null,"o":{"x":1}})",
                       R"({"a":1.5,"b":2,"c":null,"d":1,"n":1,"o":{"x":"1"}})",
                       first_level) == "type_change /b; type_change /d");
    BOOST_TEST(advised(R"({"o":{"x":1}})", R"({"o":{"x":"1"}})", rfc7396) == "type_change /o/x");
}

BOOST_AUTO_TEST_CASE(integers_beyond_2_to_the_53_are_unsafe)
{
    BOOST_TEST(advised("", R"({"a":9007199254740991,"b":-9007199254740992,"c":[{"d":18446744073709551615}],"e":1e15})",
                       first_level) == "unsafe_integer /b; unsafe_integer /c/0/d");
    BOOST_TEST(detail::is_unsafe_integer(std::numeric_limits<std::int64_t>::min()));
    BOOST_TEST(!detail::is_unsafe_integer(-9007199254740991));
    BOOST_TEST(detail::is_unsafe_integer(1e20)); // as readers make it of 100000000000000000000
    BOOST_TEST(!detail::is_unsafe_integer(9007199254740993.5));
    BOOST_TEST(!detail::is_unsafe_integer("9007199254740993"));
}

BOOST_AUTO_TEST_CASE(advice_comes_by_kind_and_then_in_the_order_of_the_patch)
{
    BOOST_TEST(advised(R"({"o":{"a":1},"s":"x"})", R"({"n":9007199254740993,"s":[],"o":{},"email":9007199254740993})",
                       first_level) ==
               "root_collision /email; type_change /s; loss /o/a; unsafe_integer /n; unsafe_integer /email");
    BOOST_TEST(advise(state(), patch(), first_level).empty());
    auto const lost = advise(field(R"({"o":{"a":1}})"), patch().set("o", boost::json::object()), first_level);
    BOOST_TEST(lost.size() == 1U);
    BOOST_TEST((lost.front() == advice{advice_code::loss, "/o/a"}));
}

BOOST_AUTO_TEST_CASE(a_caller_may_know_better_which_numbers_are_unsafe)
{
    auto const found =
        advise(state(), patch().set("a", 1).set("b", 2), first_level, {}, [](auto const& value) { return value == 2; });
    BOOST_TEST(found.size() == 1U);
    BOOST_TEST((found.front() == advice{advice_code::unsafe_integer, "/b"}));
}

BOOST_AUTO_TEST_CASE(beyond_the_budget_of_pointers_losses_are_only_counted)
{
    std::string const key(std::size_t{1} << 14, 'k');
    state const stored(boost::json::object{{key, members_of(100, 1)}});
    auto const found = losses(stored, patch().set(key, boost::json::object()), first_level);
    BOOST_TEST(found.size() == 64U);
    BOOST_TEST(found.omitted() == 36U);
    BOOST_TEST((found[63] == "/" + key + "/63"));
}

BOOST_AUTO_TEST_CASE(all_advice_shares_one_budget_of_pointers)
{
    std::string const key(std::size_t{1} << 14, 'k');
    auto asked = members_of(40, "x");
    asked["unsafe"] = std::int64_t{1} << 60;
    auto held = members_of(70, 1);
    auto const merging = patch::of({{key, std::move(asked)}}, false, 2);
    auto const found = advise(state(boost::json::object{{key, held}}), merging, up_to_level(2));
    BOOST_TEST(found.size() == 41U);
    BOOST_TEST((found[39] == advice{advice_code::type_change, "/" + key + "/39"}));
    BOOST_TEST((found[40] == advice{advice_code::unsafe_integer, "/" + key + "/unsafe"}));
    auto const replacing = patch().set(key, boost::json::object{{"unsafe", std::int64_t{1} << 60}});
    auto const lost = advise(state(boost::json::object{{key, held}}), replacing, first_level);
    BOOST_TEST(lost.size() == 64U);
    BOOST_TEST(lost.omitted() == 7U); // losses, and the integer
    BOOST_TEST((lost[63].code == advice_code::loss));
}

BOOST_AUTO_TEST_CASE(every_code_has_a_name)
{
    BOOST_TEST(name(advice_code::root_collision) == "root_collision");
    BOOST_TEST(name(advice_code::type_change) == "type_change");
    BOOST_TEST(name(advice_code::loss) == "loss");
    BOOST_TEST(name(advice_code::unsafe_integer) == "unsafe_integer");
    BOOST_TEST(name(static_cast<advice_code>(99)) == "unknown");
}

BOOST_AUTO_TEST_SUITE_END()
