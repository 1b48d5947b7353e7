// SPDX-License-Identifier: BSL-1.0
#include <metapatch/auth0/request/admission.hpp>

#include "../../../requests.hpp"

#include <array>
#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

using namespace metapatch;
using metapatch::test::reason;
using metapatch::test::shown;
using metapatch::test::token_of;

BOOST_AUTO_TEST_SUITE(admissions)

namespace {

constexpr std::string_view patch_user = "PATCH /users/{id}";

std::string reach(std::string_view scopes, std::optional<std::string_view> subject,
                  std::span<std::string_view const> fields)
{
    auto const token = token_of(scopes, subject);
    auto const asked = auth0::detail::request_of(patch_user, *token, "me", fields);
    auto const refused = auth0::detail::check_reach(auth0::enforced, asked, authorize(auth0::enforced.rules, asked));
    return refused ? reason(*refused) + " (" + refused->code + "): " + refused->message + " [" +
                         shown(refused->sufficient) + "]"
                   : "admitted";
}

} // namespace

BOOST_AUTO_TEST_CASE(without_a_token_nothing_else_is_looked_at)
{
    bool asked = false;
    std::optional<access_decision> decision;
    auto const refused = auth0::detail::check_scope(auth0::enforced, patch_user, std::nullopt, "me", decision, [&] {
        asked = true;
        return std::span<std::string_view const>();
    });
    BOOST_TEST(reason(*refused) == "401 unauthorized");
    BOOST_TEST(!asked);
    BOOST_TEST(!decision);
}

BOOST_AUTO_TEST_CASE(a_token_without_a_scope_is_told_all_of_them_and_what_would_suffice_for_the_fields)
{
    std::array<std::string_view, 1> const fields{"app_metadata"};
    std::optional<access_decision> decision;
    auto const refused =
        auth0::detail::check_scope(auth0::enforced, patch_user, token_of("read:users", "me"), "me", decision,
                                   [&] { return std::span<std::string_view const>(fields); });
    BOOST_TEST(
        shown(*refused) ==
        R"({"statusCode":403,"error":"Forbidden","message":"Insufficient scope, expected any of: )"
        R"(update:users,update:users_app_metadata,update:current_user_metadata","errorCode":"insufficient_scope"})");
    BOOST_TEST(shown(refused->sufficient) == "update:users; update:users_app_metadata");
    BOOST_TEST(!auth0::detail::check_scope(auth0::enforced, patch_user, token_of("update:current_user_metadata"), "me",
                                           decision));
    BOOST_TEST((decision->why() == denial::subject_mismatch));
}

BOOST_AUTO_TEST_CASE(an_operation_that_no_rule_names_needs_a_scope_that_nobody_has)
{
    std::optional<access_decision> decision;
    auto const refused =
        auth0::detail::check_scope(auth0::enforced, "POST /sessions", token_of("update:sessions"), "", decision);
    BOOST_TEST(reason(*refused) == "403 insufficient_scope");
    BOOST_TEST(refused->message == "Insufficient scope");
    BOOST_TEST(refused->sufficient.empty());
}

BOOST_AUTO_TEST_CASE(another_subject_and_fields_beyond_reach_have_the_words_of_the_service)
{
    std::array<std::string_view, 1> const user_metadata{"user_metadata"};
    std::array<std::string_view, 4> const many{"connection", "user_metadata", "client_id", "password"};
    BOOST_TEST(reach("update:current_user_metadata", "me", user_metadata) == "admitted");
    BOOST_TEST(reach("update:current_user_metadata", "you", user_metadata) ==
               "403 subject_mismatch (): User to be acted on does not match subject in bearer token. [update:users]");
    BOOST_TEST(reach("update:current_user_metadata", {}, user_metadata).starts_with("403 subject_mismatch"));
    BOOST_TEST(reach("update:current_user_metadata", "me", many) ==
               "403 fields_out_of_reach (insufficient_scope): You cannot update the following fields: connection, "
               "client_id, password "
               "[update:users]");
}

BOOST_AUTO_TEST_SUITE_END()
