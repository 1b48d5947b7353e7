// SPDX-License-Identifier: BSL-1.0
#include <metapatch/auth0/login/passkey_signup.hpp>

#include "../../../requests.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

using namespace metapatch;
using metapatch::test::json;
using metapatch::test::shown;

BOOST_AUTO_TEST_SUITE(signing_up_by_passkey)

namespace {

/// The user, or the sentence of the refusal.
std::string signed_up(std::string_view body, std::string_view user_id = "auth0|1")
{
    auto const made = auth0::passkey_signup(user_id, body);
    auto const by_dom = auth0::passkey_signup(user_id, json(body));
    BOOST_TEST_REQUIRE(made.has_value() == by_dom.has_value());
    if (made) {
        BOOST_TEST(shown(json(*made)) == shown(*by_dom));
        return *made;
    }
    BOOST_TEST(shown(made.error()) == shown(by_dom.error()));
    BOOST_TEST((made.error().shape == auth0::error_shape::authentication));
    BOOST_TEST(made.error().code == "invalid_request");
    return made.error().message;
}

std::string with(std::string_view members)
{
    return signed_up(R"({"user_profile":{"email":"a@b"})" + std::string(members) + "}");
}

std::string of_profile(std::string_view profile)
{
    return signed_up(R"({"user_profile":)" + std::string(profile) + "}");
}

} // namespace

BOOST_AUTO_TEST_CASE(the_user_has_the_attributes_of_the_profile_and_the_metadata_beside_it)
{
    std::string_view const all =
        R"("email":"a@b","username":"u","phone_number":"+1","given_name":"g","family_name":"f","name":"n",)"
        R"("nickname":"k","picture":"https://c.de/p")";
    BOOST_TEST(signed_up(R"({"client_id":"c","realm":"db","organization":"o","user_metadata":{"a":"x\u0041"},)"
                         R"("user_profile":{)" +
                         std::string(all) +
                         R"(,"app_metadata":{"admin":"yes"},"user_id":"x","x":[1]},"blocked":true})") ==
               R"({"user_id":"auth0|1",)" + std::string(all) + R"(,"user_metadata":{"a":"x\u0041"}})");
    BOOST_TEST(with("") == R"({"user_id":"auth0|1","email":"a@b"})");
    BOOST_TEST(with(R"(,"user_metadata":{})") == R"({"user_id":"auth0|1","email":"a@b","user_metadata":{}})");
    BOOST_TEST(with(R"(,"email":"other","password":"p")") == R"({"user_id":"auth0|1","email":"a@b"})");
    BOOST_TEST(with(R"(,"user_profile":{"username":"u"})") == R"({"user_id":"auth0|1","username":"u"})");
}

BOOST_AUTO_TEST_CASE(somebody_must_be_named)
{
    for (std::string_view const name : {"email", "phone_number", "username"}) {
        BOOST_TEST(of_profile("{\"" + std::string(name) + "\":\"x\"}") ==
                   R"({"user_id":"auth0|1",")" + std::string(name) + R"(":"x"})");
    }
    auto const nobody = "user_profile must have an email, a phone_number or a username";
    for (auto const* profile : {"{}", R"({"name":"n","nickname":"x"})", R"({"email":"","username":""})"})
        BOOST_TEST(of_profile(profile) == nobody, profile);
}

BOOST_AUTO_TEST_CASE(a_body_of_another_form_is_refused)
{
    for (auto const* profile : {"null", "[]", R"("a@b")", "1"})
        BOOST_TEST(of_profile(profile) == "user_profile must be an object", profile);
    BOOST_TEST(signed_up("{}") == "user_profile must be an object");
    for (std::string const name : {"client_id", "realm", "organization"})
        BOOST_TEST(with(",\"" + name + "\":1") == name + " must be a string");
    for (std::string const name :
         {"email", "username", "phone_number", "given_name", "family_name", "name", "nickname", "picture"})
        BOOST_TEST(of_profile(R"({"email":"a@b",")" + name + "\":null}") ==
                   "user_profile." + name + " must be a string");
    for (auto const* value : {"null", "[]", R"("{}")", "1"})
        BOOST_TEST(with(R"(,"user_metadata":)" + std::string(value)) == "invalid user_metadata type (expected object)");
    BOOST_TEST(signed_up("[]") == "Payload validation error: 'Expected type object but found type array'.");
    BOOST_TEST(auth0::passkey_signup("1", std::string_view("{")).error().message ==
               "Invalid request payload JSON format");
}

BOOST_AUTO_TEST_CASE(metadata_is_that_of_a_sign_up)
{
    BOOST_TEST(with(R"(,"user_metadata":{"a":true})") == "invalid user_metadata.a type (only strings are allowed)");
    BOOST_TEST(with(R"(,"user_metadata":{"a":")" + std::string(500, 'v') + "\"}").starts_with("{"));
    BOOST_TEST(with(R"(,"user_metadata":{"a":")" + std::string(501, 'v') + "\"}") ==
               "invalid user_metadata.a value (no more than 500 characters are allowed)");
    auto const refused = auth0::passkey_signup(
        "1", std::string_view(R"({"user_profile":{"email":"a@b"},"user_metadata":{"a":1,"b.c":"x"}})"));
    BOOST_TEST(
        shown(refused.error()) ==
        R"x({"error":"invalid_request","error_description":"invalid user_metadata.a type (only strings are allowed)"})x");
    BOOST_TEST(refused.error().status == 400);
    BOOST_TEST(refused.error().violations.size() == 2U);
    BOOST_TEST(refused.error().violations.front().pointer == "/user_metadata/a");
}

BOOST_AUTO_TEST_CASE(a_policy_of_the_caller_counts)
{
    std::string_view const body = R"({"user_profile":{"email":"a@b"},"user_metadata":{"a":1}})";
    BOOST_TEST(auth0::passkey_signup("1", body, auth0::user_metadata).value() ==
               R"({"user_id":"1","email":"a@b","user_metadata":{"a":1}})");
    BOOST_TEST(shown(auth0::passkey_signup("1", json(body), auth0::user_metadata).value()) ==
               R"({"user_id":"1","email":"a@b","user_metadata":{"a":1}})");
}

BOOST_AUTO_TEST_CASE(faults_are_looked_for_in_order)
{
    BOOST_TEST(of_profile(R"({"name":1})") == "user_profile.name must be a string");
    BOOST_TEST(signed_up(R"({"user_profile":{},"user_metadata":{"a":1}})") ==
               "user_profile must have an email, a phone_number or a username");
    BOOST_TEST(signed_up(R"({"user_profile":{"email":"a@b"},"user_metadata":{"a":1},"realm":1})") ==
               "realm must be a string");
    std::string_view const fine = R"({"user_profile":{"email":"a@b"}})";
    BOOST_TEST(auth0::passkey_signup("\xFF", fine).error().status == 500);
    BOOST_TEST(signed_up(fine, "auth0|\xFF") == "The user_id is not UTF-8");
    BOOST_TEST(signed_up(R"({"user_profile":{"email":"a@b"},"user_metadata":{"a":1}})", "\xFF") ==
               "The user_id is not UTF-8");
}

BOOST_AUTO_TEST_CASE(a_body_of_any_depth_is_answered_without_recursion)
{
    boost::json::monotonic_resource memory;
    boost::json::storage_ptr const storage(&memory);
    for (bool const in_metadata : {false, true}) {
        boost::json::object profile(storage);
        profile["email"] = "a@b";
        boost::json::object body(storage);
        if (in_metadata)
            body.emplace("user_metadata", test::deep_value(storage));
        else
            profile.emplace("x", test::deep_value(storage));
        body.emplace("user_profile", std::move(profile));
        boost::json::value const given(std::move(body));
        auto const made = auth0::passkey_signup("auth0|1", given);
        BOOST_TEST(made.has_value() != in_metadata);
        if (!made)
            BOOST_CHECK(made.error().violations.front().code == errc::too_deep);
    }
}

BOOST_AUTO_TEST_CASE(the_user_lives_where_it_is_told)
{
    boost::json::monotonic_resource memory;
    boost::json::storage_ptr const storage(&memory);
    auto const body = json(R"({"user_profile":{"email":"a@b"},"user_metadata":{"a":"x"}})");
    auto const made = auth0::passkey_signup("1", body, auth0::signup_user_metadata, storage);
    BOOST_TEST((*made.value().storage() == *storage));
    BOOST_TEST((*made.value().at("user_metadata").storage() == *storage));
}

BOOST_AUTO_TEST_CASE(a_malformed_body_tells_what_and_where)
{
    auto const told = [](std::string_view body) {
        auto const made = auth0::passkey_signup("auth0|1", body);
        BOOST_TEST_REQUIRE(!made);
        auto const& found = made.error().violations;
        if (found.front().code != errc::malformed_json)
            BOOST_TEST(
                test::same_but_for_offsets(found, auth0::passkey_signup("auth0|1", json(body)).error().violations));
        return test::told(found);
    };
    BOOST_TEST(told("1") == "expected_object '' offset 0");
    BOOST_TEST(told(R"({"a":[})") == "malformed_json '' offset 6");
    BOOST_TEST(told("{}") == "missing_member '/user_profile'");
    BOOST_TEST(told(R"({"user_profile":1})") == "expected_object '/user_profile' offset 16");
    BOOST_TEST(told(R"({"user_profile":{}})") == "missing_member '/user_profile'");
    BOOST_TEST(told(R"({"user_profile":{ "name" : 1 }})") == "invalid_value_type '/user_profile/name' offset 27");
    BOOST_TEST(told(R"({"realm":1,"user_profile":{}})") == "invalid_value_type '/realm' offset 9");
    BOOST_TEST(told(R"({"user_metadata":1,"user_profile":{}})") == "expected_object '/user_metadata' offset 17");
    boost::json::value const invalid{{"user_profile", {{"name", "\xFF"}}}};
    BOOST_TEST(test::told(auth0::passkey_signup("auth0|1", invalid).error().violations) ==
               "malformed_json '/user_profile/name'");
}

BOOST_AUTO_TEST_CASE(a_policy_may_be_of_any_rules_a_lambda_s_too)
{
    auto const mine =
        and_keys(auth0::signup_user_metadata, [](std::string_view key) noexcept { return !key.starts_with('_'); });
    std::string_view const fine = R"({"user_profile":{"email":"a@b"},"user_metadata":{"a":"1"}})";
    std::string_view const not_mine = R"({"user_profile":{"email":"a@b"},"user_metadata":{"_a":"1"}})";
    BOOST_TEST(auth0::passkey_signup("1", fine, mine).value() ==
               shown(auth0::passkey_signup("1", json(fine), mine).value()));
    BOOST_TEST(auth0::passkey_signup("1", not_mine).has_value());
    BOOST_TEST(test::told(auth0::passkey_signup("1", not_mine, mine).error().violations) ==
               "invalid_key_character '/user_metadata/_a'");
    BOOST_TEST(test::told(auth0::passkey_signup("1", json(not_mine), mine).error().violations) ==
               "invalid_key_character '/user_metadata/_a'");
}

BOOST_AUTO_TEST_SUITE_END()
