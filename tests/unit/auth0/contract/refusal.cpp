// SPDX-License-Identifier: BSL-1.0
#include <metapatch/auth0/contract/refusal.hpp>

#include "../../../requests.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

using namespace metapatch;
using metapatch::test::shown;

BOOST_AUTO_TEST_SUITE(refusals)

namespace {

std::string challenge(auth0::refusal const& why)
{
    for (auto const& each : auth0::headers(why)) {
        if (each.name == "WWW-Authenticate")
            return each.value;
    }
    return "none";
}

} // namespace

BOOST_AUTO_TEST_CASE(the_management_apis_bodies_have_the_order_of_the_live_service)
{
    BOOST_TEST(shown(auth0::no_token()) ==
               R"({"statusCode":401,"error":"Unauthorized","message":"Missing authentication"})");
    BOOST_TEST(shown(auth0::bad_token("Expired token received for JSON Web Token validation")) ==
               R"({"statusCode":401,"error":"Unauthorized","message":"Expired token received for JSON Web Token )"
               R"(validation","attributes":{"error":"Expired token received for JSON Web Token validation"}})");
    BOOST_TEST(shown(auth0::bad_authorization_header()) ==
               R"({"statusCode":400,"error":"Bad Request","message":"Bad HTTP authentication header format",)"
               R"("errorCode":"Bearer"})");
    BOOST_TEST(shown(auth0::user_exists()) ==
               R"({"statusCode":409,"error":"Conflict","message":"The user already exists.",)"
               R"("errorCode":"auth0_idp_error"})");
    BOOST_TEST(shown(auth0::refusal{.status = 500, .message = "m"}) ==
               R"({"statusCode":500,"error":"Internal Server Error","message":"m"})");
}

BOOST_AUTO_TEST_CASE(the_other_apis_have_bodies_of_their_own)
{
    auth0::refusal why{.message = "m", .code = "c", .shape = auth0::error_shape::signup};
    BOOST_TEST(shown(why) == R"({"name":"BadRequestError","code":"c","description":"m","statusCode":400})");
    why.shape = auth0::error_shape::authentication;
    BOOST_TEST(shown(why) == R"({"error":"c","error_description":"m"})");
    BOOST_TEST(shown(auth0::invalid_token()) ==
               R"({"error":"invalid_token","error_description":"The access token is invalid or has expired"})");
    BOOST_TEST(challenge(auth0::invalid_token("gone")) == R"(Bearer error="invalid_token", error_description="gone")");
}

BOOST_AUTO_TEST_CASE(a_challenge_comes_where_a_token_would_help)
{
    BOOST_TEST(challenge(auth0::no_token()) == "Bearer");
    BOOST_TEST(challenge(auth0::bad_token()) == R"(Bearer error="invalid_token", error_description="Invalid token")");
    auth0::refusal why{.why = auth0::refusal_reason::insufficient_scope,
                       .status = 403,
                       .message = "say \"\\\" \xC3\xA9",
                       .code = "insufficient_scope",
                       .sufficient = {{"a", "b"}, {"c"}}};
    BOOST_TEST(challenge(why) == "Bearer error=\"insufficient_scope\", error_description=\"say \\\"\\\\\\\"   \", "
                                 "scope=\"a b\"");
    why.sufficient.clear();
    BOOST_TEST(challenge(why) == "Bearer error=\"insufficient_scope\", error_description=\"say \\\"\\\\\\\"   \"");
    why.why = auth0::refusal_reason::fields_out_of_reach;
    BOOST_TEST(challenge(why).starts_with("Bearer error=\"insufficient_scope\""));
    why.code.clear(); // as of another subject
    BOOST_TEST(challenge(why) == "none");
    BOOST_TEST(challenge(auth0::bad_authorization_header()) == "none");
    BOOST_TEST(auth0::headers(why).front().name == "Content-Type");
    BOOST_TEST(auth0::headers(why).front().value == "application/json; charset=utf-8");
}

BOOST_AUTO_TEST_CASE(a_fault_of_the_payload_names_the_property_and_what_it_is)
{
    using auth0::detail::payload_error;
    BOOST_TEST(payload_error("Bad") == "Payload validation error: 'Bad'.");
    BOOST_TEST(payload_error("Bad", {}, "A thing") == "Payload validation error: 'Bad'.");
    BOOST_TEST(payload_error("Bad", "a") == "Payload validation error: 'Bad' on property a.");
    BOOST_TEST(payload_error("Bad", "a[0].b", "A thing.") ==
               "Payload validation error: 'Bad' on property a[0].b (A thing.).");
}

BOOST_AUTO_TEST_CASE(a_challenge_is_no_longer_than_servers_take)
{
    auto const value = [](std::size_t bytes) {
        auto const refused = auth0::detail::denied(auth0::refusal_reason::insufficient_scope, std::string(bytes, 'x'),
                                                   "insufficient_scope", {});
        return auth0::headers(refused).back().value;
    };
    BOOST_TEST(value(1'000) ==
               "Bearer error=\"insufficient_scope\", error_description=\"" + std::string(1'000, 'x') + "\"");
    BOOST_TEST(value(1'001) == "Bearer error=\"insufficient_scope\"");
}

BOOST_AUTO_TEST_CASE(every_reason_has_a_name)
{
    BOOST_TEST(auth0::name(auth0::refusal_reason::unauthorized) == "unauthorized");
    BOOST_TEST(auth0::name(auth0::refusal_reason::insufficient_scope) == "insufficient_scope");
    BOOST_TEST(auth0::name(auth0::refusal_reason::malformed_body) == "malformed_body");
    BOOST_TEST(auth0::name(auth0::refusal_reason::subject_mismatch) == "subject_mismatch");
    BOOST_TEST(auth0::name(auth0::refusal_reason::fields_out_of_reach) == "fields_out_of_reach");
    BOOST_TEST(auth0::name(auth0::refusal_reason::not_found) == "not_found");
    BOOST_TEST(auth0::name(auth0::refusal_reason::rule_violation) == "rule_violation");
    BOOST_TEST(auth0::name(auth0::refusal_reason::conflict) == "conflict");
    BOOST_TEST(auth0::name(auth0::refusal_reason::unreadable_state) == "unreadable_state");
}

BOOST_AUTO_TEST_CASE(the_value_of_a_refused_answer_throws_the_refusal)
{
    auth0::answer<int> const refused = auth0::no_token();
    BOOST_CHECK_EXCEPTION(refused.value(), auth0::request_refused, [](auth0::request_refused const& error) {
        return error.why().status == 401 && std::string(error.what()) == "Missing authentication";
    });
    auto odd = auth0::no_token();
    odd.message = std::string("a\0b", 3);
    BOOST_CHECK_EXCEPTION(auth0::answer<int>(odd).value(), auth0::request_refused,
                          [](auto const& error) { return std::string(error.what()) == "a\\u0000b"; });
    auth0::answer<int> const fine = 1;
    BOOST_TEST(fine.value() == 1);
}

BOOST_AUTO_TEST_SUITE_END()
