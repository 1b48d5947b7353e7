// SPDX-License-Identifier: BSL-1.0
#include <metapatch/auth0/request/metadata_refusal.hpp>

#include <metapatch/auth0/contract/policies.hpp>
#include <metapatch/patch/validate.hpp>

#include "../../../requests.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

using namespace metapatch;
using auth0::wording;
using metapatch::test::json;
using metapatch::test::told;

BOOST_AUTO_TEST_SUITE(refusals_of_metadata)

namespace {

std::string message(std::string_view field, std::string_view body, auth0::field_policy const& policy, wording words)
{
    auto const value = json(body);
    auto const found = validate(value, policy);
    BOOST_TEST_REQUIRE(!found.empty());
    auto const refused = auth0::detail::rule_refusal(field, "What it is.", words, found, value);
    BOOST_TEST(refused.status == 400);
    BOOST_TEST(refused.code == "invalid_body");
    BOOST_TEST(refused.violations.size() == found.size());
    return refused.message;
}

std::string path(std::string_view body, std::string_view pointer)
{
    auto const value = json(body);
    auto const at = auth0::detail::property_at("user_metadata", value, pointer);
    return at.path + (at.value != nullptr ? " " + test::shown(*at.value) : " nowhere");
}

} // namespace

BOOST_AUTO_TEST_CASE(a_pointer_becomes_the_path_of_a_property)
{
    BOOST_TEST(path("{}", "") == "user_metadata {}");
    BOOST_TEST(path(R"({"a":{"b":[0,{"c.d":7}]}})", "/a/b/1/c.d") == "user_metadata.a.b[1].c.d 7");
    BOOST_TEST(path(R"({"a":{"0":{"1":[[5]]}}})", "/a/0/1/0/0") == "user_metadata.a.0.1[0][0] 5");
    BOOST_TEST(path(R"({"x/y":{"~1":2},"":{"":3}})", "/x~1y/~01") == "user_metadata.x/y.~1 2");
    BOOST_TEST(path(R"({"":{"":3}})", "//") == "user_metadata.. 3");
    BOOST_TEST(path("{}", "/a/b") == "user_metadata.a.b nowhere");
}

BOOST_AUTO_TEST_CASE(users_are_told_in_the_words_of_the_service)
{
    BOOST_TEST(message("user_metadata", R"({"foo.bar":12345})", auth0::user_metadata, wording::user) ==
               "Fields with \".\" are not allowed, please remove all dotted fields. Example: user_metadata.foo.bar");
    BOOST_TEST(message("app_metadata", R"({"a":[{"$b":1}]})", auth0::app_metadata, wording::user) ==
               "Fields with \"$\" are not allowed, please remove all such fields. Example: app_metadata.a[0].$b");
    BOOST_TEST(message("app_metadata", R"({"username":"x","_id":1})", auth0::app_metadata, wording::user) ==
               "Forbidden attribute in app_metadata: username");
}

BOOST_AUTO_TEST_CASE(the_other_fields_are_told_as_faults_against_a_schema)
{
    auto const& rules = auth0::client_metadata;
    BOOST_TEST(message("client_metadata", R"({"a":1.5})", rules, wording::schema) ==
               "Payload validation error: 'Expected type string but found type number' on property client_metadata.a.");
    BOOST_TEST(message("client_metadata", R"({"\u00e9":"x"})", rules, wording::schema) ==
               "Payload validation error: 'Property name contains a character that is not allowed' on property "
               "client_metadata.\xC3\xA9.");
    std::string body = "{";
    for (int i = 0; i < 11; ++i)
        body += (i > 0 ? ",\"k" : "\"k") + std::to_string(i) + "\":\"\"";
    BOOST_TEST(message("client_metadata", body + "}", rules, wording::schema) ==
               "Payload validation error: 'Too many properties defined (11), maximum 10' on property client_metadata "
               "(What it is.).");
    BOOST_TEST(message("metadata", R"({"a":")" + std::string(256, 'v') + R"("})", auth0::organization_metadata,
                       wording::schema) ==
               "Payload validation error: 'String is too long (256 chars), maximum 255' on property metadata.a.");
    auto const key = std::string(256, 'k');
    BOOST_TEST(message("client_metadata", "{\"" + key + "\":\"\"}", rules, wording::schema) ==
               "Payload validation error: 'Property name is too long (256 chars), maximum 255' on property "
               "client_metadata." +
                   key + ".");
}

BOOST_AUTO_TEST_CASE(sessions_have_two_sentences_of_their_own)
{
    auto const& rules = auth0::session_metadata;
    constexpr std::string_view limits =
        "Metadata must not exceed 25 entries. Each key and value must be \xE2\x89\xA4 255 characters.";
    BOOST_TEST(message("session_metadata", R"({"a":")" + std::string(256, 'v') + R"("})", rules, wording::session) ==
               limits);
    BOOST_TEST(message("session_metadata", "{\"" + std::string(256, 'k') + "\":\"\"}", rules, wording::session) ==
               limits);
    BOOST_TEST(message("session_metadata", R"({"a.b":"v"})", rules, wording::session) ==
               "Invalid metadata: Metadata keys may only include letters, numbers, underscores, or hyphens");
}

BOOST_AUTO_TEST_CASE(what_the_service_says_nothing_of_is_said_in_words_of_ours)
{
    auto shallow = auth0::user_metadata;
    shallow.read.max_nesting = 2;
    BOOST_TEST(message("user_metadata", R"({"a":{"b":{}}})", shallow, wording::user) ==
               "user_metadata is nested too deep, maximum 2 levels");
    BOOST_TEST(message("user_metadata", "[]", auth0::user_metadata, wording::user) ==
               "Payload validation error: 'Expected type object but found type array' on property user_metadata (What "
               "it is.).");
    boost::json::value const bad{{"a", "\xFF"}};
    BOOST_TEST(auth0::detail::rule_refusal("user_metadata", "", wording::user, validate(bad, auth0::user_metadata), bad)
                   .message == "user_metadata.a: malformed JSON");
}

BOOST_AUTO_TEST_CASE(what_the_budget_of_pointers_omits_is_still_counted)
{
    report found({.code = errc::reserved_key, .pointer = "/a"});
    found.add_omitted(136);
    auto const made =
        auth0::detail::rule_refusal("app_metadata", "", auth0::wording::user, found, boost::json::object{{"a", 1}});
    BOOST_TEST(made.violations.size() == 1U);
    BOOST_TEST(made.violations.omitted() == 136U);
}

BOOST_AUTO_TEST_CASE(a_message_that_no_json_can_hold_is_that_of_no_json)
{
    report const found({.code = errc::invalid_key_character, .pointer = "/\xFF."});
    auto const made = auth0::detail::rule_refusal("user_metadata", "", auth0::wording::user, found,
                                                  boost::json::object{{"\xFF.", 1}});
    BOOST_TEST(made.message == "Invalid request payload JSON format");
    BOOST_CHECK(made.why == auth0::refusal_reason::malformed_body);
}

BOOST_AUTO_TEST_CASE(all_violations_are_there_with_pointers_from_the_root_of_the_body)
{
    auto const value = json(R"({"email":1,"a":{"b.c":2}})");
    auto const refused =
        auth0::detail::rule_refusal("app_metadata", "", wording::user, validate(value, auth0::app_metadata), value);
    BOOST_TEST(told(refused.violations) ==
               "reserved_key '/app_metadata/email'; invalid_key_character '/app_metadata/a/b.c'");
}

BOOST_AUTO_TEST_CASE(a_refusal_lists_as_many_violations_as_the_policy)
{
    boost::json::object body;
    for (int i = 0; i < 1'500; ++i)
        body["." + std::to_string(i)] = 1;
    auto rules = auth0::user_metadata;
    for (std::size_t const most : {std::size_t{2}, report::usual_max_size, std::size_t{1'200}}) {
        rules.read.max_violations = most;
        auto const made =
            auth0::detail::rule_refusal("user_metadata", "", auth0::wording::user, validate(body, rules), body);
        BOOST_TEST(made.violations.size() == most);
        BOOST_TEST(made.violations.omitted() == 1'500U - most);
    }
}

BOOST_AUTO_TEST_SUITE_END()
