// SPDX-License-Identifier: BSL-1.0
#include <metapatch/auth0/request/user_decision.hpp>

#include "../../../requests.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>
#include <vector>

using namespace metapatch;
using metapatch::test::shown;

BOOST_AUTO_TEST_SUITE(decisions_in_full)

namespace {

std::string decided(auth0::permission_table const& table, std::string_view scopes, std::vector<std::string_view> fields,
                    auth0::metadata_effects const* effects = nullptr, std::string_view subject = "me")
{
    auto const made = auth0::decide(table, {"PATCH /users/{id}", scope_view(scopes), subject, "me", fields}, effects);
    std::vector<std::string_view> const used(made.granted_by().begin(), made.granted_by().end());
    auto text = made ? "by " + shown(std::vector(1, used)) : std::string(name(*made.why));
    return text + " [" + shown(made.sufficient) + "]";
}

} // namespace

BOOST_AUTO_TEST_CASE(a_decision_says_by_what_or_what_would_do)
{
    BOOST_TEST(decided(auth0::enforced, "update:users_app_metadata update:current_user_metadata",
                       {"user_metadata", "app_metadata"}) ==
               "by update:users_app_metadata update:current_user_metadata [update:users; update:users_app_metadata "
               "update:current_user_metadata]");
    BOOST_TEST(decided(auth0::enforced, "read:users", {"app_metadata"}) ==
               "insufficient_scope [update:users; update:users_app_metadata]");
    BOOST_TEST(decided(auth0::enforced, "update:current_user_metadata", {"user_metadata"}, nullptr, "you") ==
               "subject_mismatch [update:users]");
    BOOST_TEST(decided(auth0::enforced, "update:current_user_metadata", {"user_metadata", "name"}) ==
               "fields_out_of_reach [update:users]");
}

BOOST_AUTO_TEST_CASE(effects_count_by_a_table_that_judges_them)
{
    auth0::metadata_effects const effects{.created = {"a"}, .removed = {"b"}};
    BOOST_TEST(decided(auth0::documented, "create:current_user_metadata delete:current_user_metadata",
                       {"user_metadata"}, &effects) ==
               "by create:current_user_metadata delete:current_user_metadata [create:current_user_metadata "
               "delete:current_user_metadata]");
    BOOST_TEST(decided(auth0::documented, "update:current_user_metadata", {"user_metadata"}, &effects) ==
               "insufficient_scope [create:current_user_metadata delete:current_user_metadata]");
    BOOST_TEST(
        decided(auth0::enforced, "update:current_user_metadata", {"user_metadata"}, &effects).starts_with("by "));
    BOOST_TEST(decided(auth0::documented, "", {"user_metadata"}, &effects) ==
               "insufficient_scope [create:current_user_metadata delete:current_user_metadata]");
    BOOST_TEST(decided(auth0::documented, "update:current_user_metadata", {"user_metadata", "name"}, &effects) ==
               "fields_out_of_reach []");
    BOOST_TEST(decided(auth0::documented, "create:current_user_metadata", {"user_metadata"}, &effects, "you") ==
               "subject_mismatch []");
}

BOOST_AUTO_TEST_CASE(what_is_out_of_reach_is_named)
{
    auto const beyond = [](auth0::permission_table const& table, std::string_view scopes,
                           std::vector<std::string_view> const& fields,
                           auth0::metadata_effects const* effects = nullptr) {
        return shown(std::vector<std::vector<std::string_view>>{
            auth0::decide(table, {"PATCH /users/{id}", scope_view(scopes), "me", "me", fields}, effects).out_of_reach});
    };
    auth0::metadata_effects const effects{.created = {"a"}, .updated = {"b"}, .removed = {"c"}};
    BOOST_TEST(beyond(auth0::enforced, "update:current_user_metadata", {"name", "user_metadata", "email"}) ==
               "name email");
    BOOST_TEST(beyond(auth0::documented, "update:current_user_metadata", {"user_metadata"}, &effects) ==
               "user_metadata:create user_metadata:delete");
    BOOST_TEST(beyond(auth0::enforced, "read:users", {"name"}) == "");
    BOOST_TEST(beyond(auth0::enforced, "update:users", {"name"}) == "");
}

BOOST_AUTO_TEST_CASE(a_patch_without_effect_needs_any_one_scope_of_the_documented_table)
{
    auth0::metadata_effects const none;
    for (auto const* scope :
         {"create:current_user_metadata", "update:current_user_metadata", "delete:current_user_metadata"})
        BOOST_TEST(decided(auth0::documented, scope, {"user_metadata"}, &none) ==
                   "by " + std::string(scope) +
                       " [create:current_user_metadata; update:current_user_metadata; delete:current_user_metadata]");
}

BOOST_AUTO_TEST_SUITE_END()
