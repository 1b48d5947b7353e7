// SPDX-License-Identifier: BSL-1.0
#include <metapatch/algebra/convert.hpp>

#include "../../patch_text.hpp"

#include <boost/test/unit_test.hpp>
#include <limits>
#include <metapatch/auth0/contract/policies.hpp>

using namespace metapatch;
using metapatch::test::field;
using metapatch::test::json;
using metapatch::test::shown;
using metapatch::test::told;

BOOST_AUTO_TEST_SUITE(converting)

namespace {

template<class Policy>
std::string deepened(std::string_view stored, std::string_view merge_patch, Policy const& policy)
{
    return shown(deepen(field(stored), json(merge_patch), policy));
}

template<class Policy>
std::string from_operations(std::string_view stored, std::string_view operations, Policy const& policy)
{
    return shown(deepen_json_patch(field(stored), json(operations), policy));
}

} // namespace

BOOST_AUTO_TEST_CASE(a_merge_patch_becomes_the_first_level_patch_of_its_effect)
{
    auto const* const stored = R"({"o":{"a":1,"b":{"c":1}},"p":1})";
    BOOST_TEST(deepened(stored, R"({"o":{"b":{"d":2}},"p":null,"q":{"r":null}})", first_level) ==
               R"({"p":null,"o":{"a":1,"b":{"c":1,"d":2}},"q":{}})");
    BOOST_TEST(deepened(stored, R"({"o":{"a":null}})", up_to_level(2)) == R"({"o":{"a":null}})");
    BOOST_TEST(deepened(stored, R"({"p":2})", replace) == R"(clear {"o":{"a":1,"b":{"c":1}},"p":2})");
}

BOOST_AUTO_TEST_CASE(a_merge_patch_without_effect_is_no_patch)
{
    BOOST_TEST(deepened(R"({"a":1})", "{}", first_level) == "untouched");
    BOOST_TEST(deepened(R"({"a":1})", R"({"a":1,"b":null})", replace) == "untouched");
    BOOST_TEST(deepened("", "{}", auth0::app_metadata) == R"({"_":null})"); // RFC 7396 makes an object of nothing
    auto const either = [](std::string_view stored, std::string_view change, auto const& policy) {
        return shown(deepen(field(stored), json(change), policy, presence::either));
    };
    BOOST_TEST(either("", "{}", auth0::app_metadata) == "untouched");
    BOOST_TEST(either(R"({"a":"1"})", R"({"a":null})", auth0::organization_metadata) == "clear {}");
    auto const removed = json(R"([{"op":"remove","path":""}])");
    BOOST_TEST(shown(deepen_json_patch(field(R"({"a":1})"), removed, auth0::user_metadata, presence::either)) ==
               R"({"a":null})");
    BOOST_TEST(shown(deepen_json_patch(field(R"({"a":1})"), removed, auth0::user_metadata)) == "unreachable_state ''");
}

BOOST_AUTO_TEST_CASE(what_is_no_merge_patch_of_a_field_is_refused)
{
    BOOST_TEST(deepened("{}", "null", first_level) == "expected_object ''");
    BOOST_TEST(deepened("{}", "[]", first_level) == "expected_object ''");
    boost::json::object const infinite{{"a", boost::json::object{{"b", std::numeric_limits<double>::infinity()}}}};
    BOOST_TEST(shown(deepen(field("{}"), infinite, first_level)) == "number_out_of_range '/a/b'");
}

BOOST_AUTO_TEST_CASE(a_json_patch_becomes_the_patch_of_its_effect)
{
    auto const* const stored = R"({"o":{"list":[1,2]},"p":1})";
    BOOST_TEST(from_operations(stored,
                               R"([{"op":"test","path":"/p","value":1},{"op":"add","path":"/o/list/0","value":0},
                                          {"op":"remove","path":"/p"}])",
                               first_level) == R"({"p":null,"o":{"list":[0,1,2]}})");
    BOOST_TEST(from_operations(stored, R"([{"op":"test","path":"/p","value":1}])", first_level) == "untouched");
    BOOST_TEST(from_operations("", R"([{"op":"add","path":"","value":{"a":1}}])", first_level) == R"({"a":1})");
    BOOST_TEST(from_operations(stored, R"([{"op":"remove","path":""}])", auth0::app_metadata) == "clear {}");
}

BOOST_AUTO_TEST_CASE(a_json_patch_that_fails_says_where)
{
    auto const* const stored = R"({"o":{"a":1}})";
    BOOST_TEST(from_operations(stored, R"([{"op":"test","path":"/o/a","value":2}])", first_level) ==
               "test_failed '/o/a' operation 0");
    BOOST_TEST(from_operations(stored, R"([{"op":"remove","path":"/o/b"}])", first_level) ==
               "missing_target '/o/b' operation 0 no_member");
    BOOST_TEST(from_operations(stored, R"([{"op":"spam","path":"/o/b"}])", first_level) ==
               "invalid_operation '/0/op' operation 0 unknown_op");
    BOOST_TEST(from_operations(stored, "{}", first_level) == "expected_array ''");
    BOOST_TEST(from_operations(stored, R"([{"op":"replace","path":"","value":[]}])", first_level) ==
               "expected_object ''");
    BOOST_TEST(from_operations(stored, R"([{"op":"remove","path":""}])", auth0::user_metadata) ==
               "unreachable_state ''");
    BOOST_TEST(from_operations(stored, R"([{"op":"add","path":"/n","value":null}])", first_level) ==
               "unreachable_null '/n'");
    BOOST_TEST(from_operations("", R"([{"op":"add","path":"/n","value":1}])", first_level) ==
               "missing_target '' operation 0 no_document");
}

BOOST_AUTO_TEST_SUITE_END()
