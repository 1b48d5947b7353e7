// SPDX-License-Identifier: BSL-1.0
#include <metapatch/auth0/management/create_user.hpp>

#include <metapatch/json/equal.hpp>

#include "../../../requests.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

using namespace metapatch;
using metapatch::test::json;
using metapatch::test::reason;
using metapatch::test::shown;
using metapatch::test::token_of;

BOOST_AUTO_TEST_SUITE(creating_users)

namespace {

std::string created(std::string_view body, std::string_view scopes = "create:users")
{
    auto const made = auth0::create_user(token_of(scopes), "auth0|1", body);
    auto const by_dom = auth0::create_user(token_of(scopes), "auth0|1", json(body));
    BOOST_TEST_REQUIRE(made.has_value() == by_dom.has_value());
    if (!made) {
        BOOST_TEST(shown(made.error()) == shown(by_dom.error()));
        return reason(made.error());
    }
    BOOST_TEST(equal(json(made->user), by_dom->user), made->user);
    return made->user;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_user_has_its_id_its_attributes_and_then_its_metadata)
{
    BOOST_TEST(
        created(R"({"connection":"c","user_metadata":{"a":1.10,"b":null,"c":{"d":null}},"email":"a@b.co",)"
                R"("password":"s3cret","user_id":"x","verify_email":true,"app_metadata":{"k":[1]}})") ==
        R"({"user_id":"auth0|1","email":"a@b.co","user_metadata":{"a":1.10,"c":{"d":null}},"app_metadata":{"k":[1]}})");
    BOOST_TEST(created(R"({"connection":"c"})") == R"({"user_id":"auth0|1"})");
}

BOOST_AUTO_TEST_CASE(empty_metadata_is_present_for_the_user_and_absent_for_the_application)
{
    BOOST_TEST(created(R"({"connection":"c","user_metadata":{},"app_metadata":{}})") ==
               R"({"user_id":"auth0|1","user_metadata":{}})");
}

BOOST_AUTO_TEST_CASE(refusals_come_in_order)
{
    std::string_view const dotted = R"({"connection":"c","user_metadata":{"a.b":1}})";
    BOOST_TEST(reason(auth0::create_user(std::nullopt, "x", dotted).error()) == "401 unauthorized");
    BOOST_TEST(created(R"({"connection":"c","name":null})", "update:users") == "403 insufficient_scope");
    BOOST_TEST(created(R"({"connection":"c","name":null,"user_metadata":{"a.b":1}})") == "400 malformed_body");
    BOOST_TEST(created(R"({"name":"x"})") == "400 malformed_body");
    BOOST_TEST(created(dotted) == "400 rule_violation");
    BOOST_TEST(reason(auth0::create_user(token_of("create:users"), "x", std::string_view("{")).error()) ==
               "400 malformed_body");
}

BOOST_AUTO_TEST_CASE(an_id_may_hold_what_json_escapes)
{
    BOOST_TEST(auth0::create_user(token_of("create:users"), "a\"\n|1", std::string_view(R"({"connection":"c"})"))
                   .value()
                   .user == R"({"user_id":"a\"\n|1"})");
}

BOOST_AUTO_TEST_CASE(a_large_profile_is_a_warning)
{
    auto const body = R"({"connection":"c","user_metadata":{"k":")" + std::string(10'240, 'v') + R"("}})";
    BOOST_TEST(auth0::large_profile(auth0::create_user(token_of("create:users"), "1", body).value().user).value() >
               10'240U);
}

BOOST_AUTO_TEST_CASE(a_user_id_that_no_json_can_have_is_refused)
{
    std::string_view const body = R"({"connection":"c","user_metadata":{"a":1}})";
    auto const by_text = auth0::create_user(token_of("create:users"), "auth0|\xFF", body);
    auto const by_dom = auth0::create_user(token_of("create:users"), "auth0|\xFF", test::json(body));
    BOOST_TEST(reason(by_text.error()) == "500 unreadable_state");
    BOOST_TEST(shown(by_text.error()) == shown(by_dom.error()));
}

BOOST_AUTO_TEST_CASE(a_malformed_body_tells_what_and_where)
{
    auto const told = [](std::string_view body) {
        return test::told(auth0::create_user(token_of("create:users"), "x", body).error().violations);
    };
    BOOST_TEST(told(R"({"name":"x"})") == "missing_member '/connection'");
    BOOST_TEST(told(R"({"connection":"c","a":1})") == "unknown_member '/a' offset 18");
    BOOST_TEST(told(R"({"connection":"","user_id":"a b"})") ==
               "value_too_short '/connection' limit 1 actual 0 offset 14; invalid_format '/user_id' offset 27");
    BOOST_TEST(told("{") == "malformed_json '' offset 1");
}

BOOST_AUTO_TEST_SUITE_END()
