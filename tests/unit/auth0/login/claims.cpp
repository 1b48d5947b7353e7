// SPDX-License-Identifier: BSL-1.0
#include <metapatch/auth0/login/claims.hpp>

#include <boost/test/unit_test.hpp>
#include <map>
#include <set>
#include <string>
#include <string_view>

using namespace metapatch;
using auth0::is_reserved_namespace;

BOOST_AUTO_TEST_SUITE(auth0_claims)

BOOST_AUTO_TEST_CASE(no_claim_is_listed_twice)
{
    std::set<std::string_view> const names(auth0::restricted_claims.begin(), auth0::restricted_claims.end());
    BOOST_TEST(names.size() == 60U);
    BOOST_TEST(!names.contains(""));
    BOOST_TEST(names.contains("acr"));
    BOOST_TEST(names.contains("x5t#S256"));
    std::set<std::string_view> standard;
    for (auto const& each : auth0::standard_claims)
        standard.insert(each.claim);
    BOOST_TEST(standard.size() == auth0::standard_claims.size());
}

BOOST_AUTO_TEST_CASE(each_standard_claim_tells_one_attribute_where_its_scope_is_granted)
{
    // OpenID Connect Core 1.0 §5.1 and §5.4; the attributes are those of Auth0's users.
    std::map<std::string_view, std::string_view> const of_scope{
        {"openid", "sub "},
        {"profile", "name given_name family_name middle_name nickname picture updated_at preferred_username profile "
                    "website gender birthdate zoneinfo locale "},
        {"email", "email email_verified "},
        {"address", "address "},
        {"phone", "phone_number phone_number_verified "}};
    std::map<std::string_view, std::string> told;
    for (auto const& each : auth0::standard_claims) {
        told[each.scope] += std::string(each.claim) + ' ';
        auto const attribute = each.claim == "sub"                     ? "user_id"
                               : each.claim == "phone_number_verified" ? "phone_verified"
                                                                       : each.claim;
        BOOST_TEST(each.attribute == attribute);
    }
    BOOST_TEST_REQUIRE(told.size() == of_scope.size());
    for (auto const& [scope, claims] : of_scope)
        BOOST_TEST(told[scope] == claims);
}

BOOST_AUTO_TEST_CASE(of_the_standard_claims_sub_alone_is_restricted)
{
    for (auto const each : auth0::restricted_claims)
        BOOST_TEST((auth0::find_standard_claim(each) != nullptr) == (each == "sub"), each);
}

BOOST_AUTO_TEST_CASE(a_standard_claim_is_found_by_its_exact_name)
{
    BOOST_TEST_REQUIRE(auth0::find_standard_claim("email") != nullptr);
    BOOST_TEST(auth0::find_standard_claim("email")->scope == "email");
    BOOST_TEST(auth0::find_standard_claim("phone_number_verified")->attribute == "phone_verified");
    BOOST_TEST(auth0::find_standard_claim("Email") == nullptr);
    BOOST_TEST(auth0::find_standard_claim("") == nullptr);
    BOOST_TEST(auth0::find_standard_claim("phone_verified") == nullptr); // the attribute, not the claim
}

BOOST_AUTO_TEST_CASE(urls_at_a_domain_of_auth0_and_below_it_are_reserved)
{
    for (std::string_view const claim :
         {"https://auth0.com/roles", "http://auth0.com", "https://webtask.io/x", "http://webtask.run/x",
          "HTTP://WEBTASK.RUN/Z", "http://az.AZ.webtask.io", "https://tenant.eu.auth0.com/roles",
          "HTTPS://Auth0.COM/roles", "https://auth0.com:8443/x", "https://me:pass@auth0.com/x", "https://auth0.com./x",
          "https://auth0.com?x", "https://auth0.com#x", "https://auth0.com\\x", "https://a@b@auth0.com/"})
        BOOST_TEST(is_reserved_namespace(claim), claim);
}

BOOST_AUTO_TEST_CASE(other_urls_are_not)
{
    for (std::string_view const claim :
         {"https://example.com/roles", "https://notauth0.com/x", "https://auth0.com.example.com/x",
          "https://example.com/auth0.com", "https://example.com?auth0.com", "https://auth0.com@example.com/",
          "auth0.com", "//auth0.com/x", "ftp://auth0.com/x", "https:/auth0.com", "https://auth0.community/x",
          "https://auth0.co/x", "https://", "https:///auth0.com", "http://.", "", "https://auth0_com/x"})
        BOOST_TEST(!is_reserved_namespace(claim), claim);
    for (std::string_view const near_letters : {"https://AUTH0.@OM/x", "https://webt[sk.io", "HTTPS`//auth0.com"})
        BOOST_TEST(!is_reserved_namespace(near_letters), near_letters);
}

BOOST_AUTO_TEST_CASE(the_urn_of_auth0_is_reserved_and_no_other)
{
    for (std::string_view const claim : {"urn:auth0", "urn:auth0:roles", "URN:Auth0:x", "urn:auth0/x", "urn:auth0.x"})
        BOOST_TEST(is_reserved_namespace(claim), claim);
    for (std::string_view const claim : {"urn:acme:auth0", "urn:auth", "u"})
        BOOST_TEST(!is_reserved_namespace(claim), claim);
    // A letter, a digit or a hyphen makes another namespace of it: RFC 8141 §2. Whatever else is behind it does not.
    for (int byte = 0; byte < 256; ++byte) {
        auto const next = static_cast<char>(byte);
        bool const longer =
            std::string_view("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-").find(next) !=
            std::string_view::npos;
        BOOST_TEST(is_reserved_namespace(std::string("urn:auth0") + next + ":x") == !longer, byte);
    }
}

BOOST_AUTO_TEST_CASE(the_table_is_known_at_compile_time)
{
    static_assert(is_reserved_namespace("https://x.webtask.run/"));
    static_assert(auth0::find_standard_claim("name")->scope == "profile");
    static_assert(auth0::restricted_claims.back() == "x5t#S256");
}

BOOST_AUTO_TEST_SUITE_END()
