// SPDX-License-Identifier: BSL-1.0
#include <metapatch/auth0/management/view_user.hpp>

#include "../../../requests.hpp"

#include <boost/test/unit_test.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using namespace metapatch;
using metapatch::test::json;
using metapatch::test::present;
using metapatch::test::reason;
using metapatch::test::shown;
using metapatch::test::token_of;

BOOST_AUTO_TEST_SUITE(viewing_users)

namespace {

constexpr std::string_view stored =
    R"({"user_id":"me","n":7,"password":"s3cret","identities":[{"provider":"g","access_token":"t1",)"
    R"("access_token_secret":"t2","refresh_token":"t3","isSocial":true},5],"user_metadata":{"a":1},"app_metadata":{}})";

std::string viewed(std::string_view scopes, std::vector<std::string_view> names = {}, bool include = true,
                   std::optional<std::string_view> subject = {}, auth0::permission_table const& table = auth0::enforced)
{
    auto rules = auth0::standard_user_rules;
    rules.permissions = table;
    auto const by_text = auth0::view_user(stored, token_of(scopes, subject), "me", {names, include}, rules);
    auto const by_dom = auth0::view_user(present(stored), token_of(scopes, subject), "me", {names, include}, rules);
    BOOST_TEST_REQUIRE(by_text.has_value() == by_dom.has_value());
    if (!by_text)
        return reason(by_text.error());
    BOOST_TEST(*by_text == shown(*by_dom));
    return *by_text;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_view_shows_the_profile_without_the_secrets_of_providers)
{
    BOOST_TEST(viewed("read:users") ==
               R"({"user_id":"me","n":7,"identities":[{"provider":"g","isSocial":true},5],"user_metadata":{"a":1},)"
               R"("app_metadata":{}})");
    BOOST_TEST(viewed("read:users") == viewed("read:current_user", {}, true, "me"));
}

BOOST_AUTO_TEST_CASE(the_scope_for_provider_tokens_shows_them)
{
    BOOST_TEST(viewed("read:user_idp_tokens")
                   .find("\"access_token\":\"t1\",\"access_token_secret\":\"t2\",\"refresh_"
                         "token\":\"t3\"") != std::string::npos);
    BOOST_TEST(viewed("read:user_idp_tokens").find("s3cret") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(fields_are_included_or_excluded)
{
    BOOST_TEST(viewed("read:users", {"n", "user_metadata", "none"}) == R"({"n":7,"user_metadata":{"a":1}})");
    BOOST_TEST(viewed("read:users", {"identities", "n", "user_id"}, false) ==
               R"({"user_metadata":{"a":1},"app_metadata":{}})");
    BOOST_TEST(viewed("read:users", {}, false) == viewed("read:users"));
    BOOST_TEST(viewed("read:users", {"password"}) == "{}");
    std::string_view const n_alone[]{"n"};
    auth0::view_fields const by_default{.names = n_alone};
    BOOST_TEST(auth0::view_user(stored, token_of("read:users"), "me", by_default).value() == R"({"n":7})");
}

BOOST_AUTO_TEST_CASE(refusals_come_in_order)
{
    BOOST_TEST(reason(auth0::view_user(std::optional<std::string_view>(), std::nullopt, "me").error()) ==
               "401 unauthorized");
    BOOST_TEST(viewed("read:clients") == "403 insufficient_scope");
    BOOST_TEST(viewed("read:current_user", {}, true, "you") == "403 subject_mismatch");
    BOOST_TEST(reason(auth0::view_user(state(), token_of("read:users"), "me").error()) == "404 not_found");
    BOOST_TEST(reason(auth0::view_user(std::string_view("{"), token_of("read:users"), "me").error()) ==
               "500 unreadable_state");
    BOOST_TEST(reason(auth0::view_user(std::string_view("{"), std::nullopt, "me").error()) == "401 unauthorized");
}

BOOST_AUTO_TEST_CASE(identities_that_are_no_json_are_noticed_even_where_the_text_is_trusted)
{
    auto trusting = auth0::standard_user_rules;
    trusting.stored = stored_text::trusted;
    std::string_view const identities_alone[]{"identities"};
    std::string_view const without_name[]{"name"};
    for (auto const& rules : {auth0::standard_user_rules, trusting}) {
        for (auto const& fields : {auth0::view_fields{}, auth0::view_fields{identities_alone, true},
                                   auth0::view_fields{without_name, false}}) {
            for (std::string_view const user :
                 {R"({"identities":[{"access_token" 1}]})", R"({"identities":[{"access_token":1} 2]})",
                  R"({"identities":[nul,{"access_token":1}]})"}) {
                auto const made = auth0::view_user(user, token_of("read:users"), "me", fields, rules);
                BOOST_TEST_REQUIRE(!made.has_value(), user);
                BOOST_TEST(reason(made.error()) == "500 unreadable_state", user);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(the_documented_table_shows_user_metadata_alone)
{
    BOOST_TEST(viewed("read:current_user_metadata", {}, true, "me", auth0::documented) ==
               R"({"user_metadata":{"a":1}})");
    BOOST_TEST(viewed("read:users", {}, true, "me", auth0::documented) == "403 insufficient_scope");
}

BOOST_AUTO_TEST_CASE(numbers_of_a_text_stay_as_they_are_written)
{
    // In four ways one number; a DOM for comparisons tells but three apart.
    BOOST_TEST(auth0::view_user(R"({"a":[1, 1.0, 1e0, 10e-1, 0.1E1]})", token_of("read:users"), "x").value() ==
               R"({"a":[1, 1.0, 1e0, 10e-1, 0.1E1]})");
    BOOST_TEST(auth0::view_user(R"({"a": 1.10, "b":1e400, "c":12345678901234567890123})", token_of("read:users"), "x")
                   .value() == R"({"a": 1.10, "b":1e400, "c":12345678901234567890123})");
}

BOOST_AUTO_TEST_SUITE_END()
