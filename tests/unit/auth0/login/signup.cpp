// SPDX-License-Identifier: BSL-1.0
#include <metapatch/auth0/login/signup.hpp>

#include "../../../requests.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

using namespace metapatch;
using metapatch::test::json;
using metapatch::test::object;
using metapatch::test::shown;

BOOST_AUTO_TEST_SUITE(signing_up)

namespace {

/// The user, or the description of the refusal.
std::string signed_up(std::string_view members)
{
    auto const body = R"({"connection":"c","password":"s3cret")" + std::string(members) + "}";
    auto const made = auth0::signup("auth0|1", body);
    auto const by_dom = auth0::signup("auth0|1", json(body));
    BOOST_TEST_REQUIRE(made.has_value() == by_dom.has_value());
    if (!made) {
        BOOST_TEST(shown(made.error()) == shown(by_dom.error()));
        BOOST_TEST(shown(made.error()).find("s3cret") == std::string::npos);
        BOOST_TEST(made.error().status == 400);
        return made.error().message;
    }
    BOOST_TEST(shown(json(*made)) == shown(*by_dom));
    return *made;
}

std::string with_metadata(std::string_view metadata)
{
    return signed_up(R"(,"user_metadata":)" + std::string(metadata));
}

std::string members(std::size_t count)
{
    std::string text = "{";
    for (std::size_t i = 0; i < count; ++i)
        text += (i > 0 ? ",\"k" : "\"k") + std::to_string(i) + "\":\"v\"";
    return text + "}";
}

} // namespace

BOOST_AUTO_TEST_CASE(the_user_has_what_a_sign_up_may_say_and_nothing_else)
{
    BOOST_TEST(
        signed_up(
            R"(,"user_metadata":{"a":"x"},"email":"a@b","nickname":"n","client_id":"i","app_metadata":{"admin":"yes"},)"
            R"("blocked":true,"user_id":"x")") ==
        R"({"user_id":"auth0|1","email":"a@b","nickname":"n","user_metadata":{"a":"x"}})");
    std::string_view const all =
        R"("email":"a@b","username":"u","phone_number":"+1","given_name":"g","family_name":"f","name":"n",)"
        R"("nickname":"k","picture":"https://c.de/p")";
    BOOST_TEST(signed_up("," + std::string(all)) == R"({"user_id":"auth0|1",)" + std::string(all) + "}");
    for (std::string_view const name :
         {"email", "username", "phone_number", "given_name", "family_name", "name", "nickname", "picture", "client_id"})
        BOOST_TEST(signed_up(",\"" + std::string(name) + "\":1") ==
                   "Invalid sign up (" + std::string(name) + " must be a string)");
    BOOST_TEST(signed_up("") == R"({"user_id":"auth0|1"})");
    BOOST_TEST(with_metadata("{}") == R"({"user_id":"auth0|1","user_metadata":{}})");
}

BOOST_AUTO_TEST_CASE(metadata_is_refused_in_the_words_of_the_service)
{
    BOOST_TEST(with_metadata(R"({"consentGiven":true})") ==
               "invalid user_metadata.consentGiven type (only strings are allowed)");
    BOOST_TEST(with_metadata(R"({"a":null})") == "invalid user_metadata.a type (only strings are allowed)");
    for (auto const* value : {"null", "[]", R"("{}")", "1"})
        BOOST_TEST(with_metadata(value) == "invalid user_metadata type (expected object)");
    auto const refused =
        auth0::signup("1", std::string_view(R"({"connection":"c","password":"p","user_metadata":[]})"));
    BOOST_TEST(shown(refused.error()) ==
               R"x({"name":"BadRequestError","code":"invalid user_metadata type (expected object)",)x"
               R"x("description":"invalid user_metadata type (expected object)","statusCode":400})x");
}

BOOST_AUTO_TEST_CASE(limits_hold_on_both_sides)
{
    BOOST_TEST(with_metadata(members(10)).starts_with("{"));
    BOOST_TEST(with_metadata(members(11)) == "invalid user_metadata size (no more than 10 properties are allowed)");
    auto const key = std::string(100, 'k');
    BOOST_TEST(with_metadata("{\"" + key + "\":\"\"}").starts_with("{"));
    BOOST_TEST(with_metadata("{\"k" + key + "\":\"\"}") ==
               "invalid user_metadata.k" + key + " name (no more than 100 characters are allowed)");
    BOOST_TEST(with_metadata(R"({"k":")" + std::string(500, 'v') + R"("})").starts_with("{"));
    BOOST_TEST(with_metadata(R"({"k":")" + std::string(501, 'v') + R"("})") ==
               "invalid user_metadata.k value (no more than 500 characters are allowed)");
    BOOST_TEST(with_metadata(R"({"a.b":"v"})") ==
               "Fields with \".\" are not allowed, please remove all dotted fields. Example: user_metadata.a.b");
}

BOOST_AUTO_TEST_CASE(a_malformed_body_is_an_invalid_sign_up)
{
    auto const told = [](std::string_view body) { return auth0::signup("1", body).error().message; };
    BOOST_TEST(told("{") == "Invalid sign up (Invalid request payload JSON format)");
    BOOST_TEST(told("[]") ==
               "Invalid sign up (Payload validation error: 'Expected type object but found type array'.)");
    BOOST_TEST(told(R"({"password":"p"})") == "Invalid sign up (missing connection)");
    BOOST_TEST(told(R"({"connection":"c","password":""})") == "Invalid sign up (missing password)");
    BOOST_TEST(told(R"({"connection":"c","password":5})") == "Invalid sign up (password must be a string)");
    BOOST_TEST(signed_up(R"(,"email":null)") == "Invalid sign up (email must be a string)");
    BOOST_TEST(signed_up(R"(,"user_metadata":1,"email":2)") == "invalid user_metadata type (expected object)");
    BOOST_TEST(signed_up(R"(,"name":1,"user_metadata":2)") == "Invalid sign up (name must be a string)"); // the first
    BOOST_TEST(told(R"({"name":1})") == "Invalid sign up (missing password)");
    BOOST_TEST(auth0::signup("1", std::string_view("{")).error().code == "invalid_signup");
}

BOOST_AUTO_TEST_CASE(a_body_of_any_depth_is_refused_without_recursion)
{
    boost::json::monotonic_resource memory;
    boost::json::storage_ptr const storage(&memory);
    boost::json::object body(storage);
    body["connection"] = "c";
    body["password"] = "p";
    body.emplace("user_metadata", test::deep_value(storage));
    boost::json::value const given(std::move(body));
    BOOST_CHECK(auth0::signup("1", given).error().violations.front().code == errc::too_deep);
}

BOOST_AUTO_TEST_CASE(a_user_id_that_no_json_can_have_is_refused)
{
    std::string_view const body = R"({"connection":"c","password":"p"})";
    BOOST_TEST(shown(auth0::signup("auth0|\xFF", body).error()) ==
               shown(auth0::signup("auth0|\xFF", json(body)).error()));
    BOOST_TEST(auth0::signup("auth0|\xFF", body).error().status == 500);
    BOOST_TEST(auth0::signup("auth0|\xC3\xA4", body).has_value());
}

BOOST_AUTO_TEST_CASE(the_answer_names_the_user_without_its_connection_and_without_metadata)
{
    BOOST_TEST(shown(auth0::signup_response(
                   object(R"({"user_id":"auth0|668f","email":"a@b.co","username":"u","user_metadata":{"a":"x"}})"))) ==
               R"({"_id":"668f","email":"a@b.co","username":"u","email_verified":false})");
    BOOST_TEST(shown(auth0::signup_response(object(R"({"user_id":5})"))) == R"({"_id":"","email_verified":false})");
}

BOOST_AUTO_TEST_CASE(a_user_that_exists_is_told_or_not)
{
    BOOST_TEST(
        shown(auth0::signup_user_exists()) ==
        R"({"name":"BadRequestError","code":"user_exists","description":"The user already exists.","statusCode":400})");
    BOOST_TEST(
        shown(auth0::signup_user_exists(false)) ==
        R"({"name":"BadRequestError","code":"invalid_signup","description":"Invalid sign up","statusCode":400})");
}

BOOST_AUTO_TEST_CASE(a_malformed_body_tells_what_and_where)
{
    auto const told = [](std::string_view body) {
        auto const made = auth0::signup("auth0|1", body);
        BOOST_TEST_REQUIRE(!made);
        auto const& found = made.error().violations;
        if (found.front().code != errc::malformed_json)
            BOOST_TEST(test::same_but_for_offsets(found, auth0::signup("auth0|1", json(body)).error().violations));
        return test::told(found);
    };
    BOOST_TEST(told("[]") == "expected_object '' offset 0");
    BOOST_TEST(told(R"({"a":nul})") == "malformed_json '' offset 8");
    BOOST_TEST(told(R"({"connection":"c"})") == "missing_member '/password'");
    BOOST_TEST(told(R"({"password":"p"})") == "missing_member '/connection'");
    BOOST_TEST(told(R"({"password":"","connection":"c"})") == "value_too_short '/password' limit 1 actual 0 offset 12");
    BOOST_TEST(told(R"({"password":1,"connection":"c"})") == "invalid_value_type '/password' offset 12");
    BOOST_TEST(told(R"({"password":"p","connection":"c","name":null})") == "invalid_value_type '/name' offset 40");
    BOOST_TEST(told(R"({"password":"p","connection":"c","user_metadata":[]})") ==
               "expected_object '/user_metadata' offset 49");
}

BOOST_AUTO_TEST_CASE(a_policy_may_be_of_any_rules_a_lambda_s_too)
{
    auto const prefix = std::string("_"); // a lambda that captures
    auto const no_prefix = [prefix](std::string_view key) noexcept { return !key.starts_with(prefix); };
    auto const mine = and_keys(auth0::signup_user_metadata, no_prefix);
    auto const told = [&mine](std::string_view metadata) {
        auto const body = R"({"connection":"c","password":"p","user_metadata":)" + std::string(metadata) + "}";
        auto const made = auth0::signup("1", body, mine);
        auto const by_dom = auth0::signup("1", json(body), mine);
        std::string written;
        auto const by_output = auth0::signup("1", std::string_view(body), written, mine);
        BOOST_TEST_REQUIRE(made.has_value() == by_dom.has_value());
        BOOST_TEST_REQUIRE(made.has_value() == by_output.has_value());
        if (made) {
            BOOST_TEST(shown(*by_dom) == *made);
            BOOST_TEST(written == *made);
        }
        return made ? *made : test::told(made.error().violations);
    };
    BOOST_TEST(told(R"({"a":"1"})") == R"({"user_id":"1","user_metadata":{"a":"1"}})");
    BOOST_TEST(told(R"({"_a":"1"})") == "invalid_key_character '/user_metadata/_a'");
    BOOST_TEST(told(R"({"a.b":"1"})") == "invalid_key_character '/user_metadata/a.b'");
}

BOOST_AUTO_TEST_SUITE_END()
