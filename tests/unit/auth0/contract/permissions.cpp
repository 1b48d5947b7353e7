// SPDX-License-Identifier: BSL-1.0
#include <metapatch/auth0/contract/permissions.hpp>

#include "../../../requests.hpp"

#include <array>
#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(permission_tables)

namespace {

/// What the sources say of an operation: scopes that open it for everyone, and for the token's own subject alone.
struct expected {
    std::string_view operation;
    std::vector<std::string_view> any_subject;
    std::vector<std::string_view> own_subject;
};

// Auth0 Management API v2 OpenAPI, `security` of each endpoint.
std::vector<expected> const openapi{
    {"GET /users", {"read:users"}, {}},
    {"GET /users-by-email", {"read:users"}, {}},
    {"POST /users", {"create:users"}, {}},
    {"GET /users/{id}", {"read:users", "read:user_idp_tokens"}, {"read:current_user"}},
    {"PATCH /users/{id}", {"update:users", "update:users_app_metadata"}, {"update:current_user_metadata"}},
    {"DELETE /users/{id}", {"delete:users"}, {"delete:current_user"}},
    {"DELETE /users/{id}/multifactor/{provider}", {"update:users"}, {}},
    {"GET /users/{id}/enrollments", {"read:users"}, {"read:current_user"}},
    {"POST /users/{id}/identities", {"update:users"}, {"update:current_user_identities"}},
    {"DELETE /users/{id}/identities/{provider}/{user_id}", {"update:users"}, {"update:current_user_identities"}},
    {"POST /device-credentials", {}, {"create:current_user_device_credentials"}},
    {"DELETE /device-credentials/{id}", {"delete:device_credentials"}, {"delete:current_user_device_credentials"}},
    {"GET /clients", {"read:clients", "read:client_keys", "read:client_credentials", "read:client_summary"}, {}},
    {"GET /clients/{id}", {"read:clients", "read:client_keys", "read:client_credentials", "read:client_summary"}, {}},
    {"POST /clients", {"create:clients"}, {}},
    {"PATCH /clients/{id}",
     {"update:clients", "update:client_keys", "update:client_credentials",
      "update:client_token_vault_privileged_access"},
     {}},
    {"DELETE /clients/{id}", {"delete:clients"}, {}},
    {"GET /organizations", {"read:organizations", "read:organizations_summary"}, {}},
    {"GET /organizations/{id}", {"read:organizations", "read:organizations_summary"}, {}},
    {"GET /organizations/name/{name}", {"read:organizations"}, {}},
    {"POST /organizations", {"create:organizations", "create:organization_connections"}, {}},
    {"PATCH /organizations/{id}", {"update:organizations"}, {}},
    {"DELETE /organizations/{id}", {"delete:organizations"}, {}},
    {"GET /connections", {"read:connections"}, {}},
    {"GET /connections/{id}", {"read:connections"}, {}},
    {"POST /connections", {"create:connections"}, {}},
    {"PATCH /connections/{id}", {"update:connections"}, {}},
    {"DELETE /connections/{id}", {"delete:connections"}, {}},
    {"GET /custom-domains", {"read:custom_domains"}, {}},
    {"GET /custom-domains/{id}", {"read:custom_domains"}, {}},
    {"POST /custom-domains", {"create:custom_domains"}, {}},
    {"PATCH /custom-domains/{id}", {"update:custom_domains"}, {}},
    {"DELETE /custom-domains/{id}", {"delete:custom_domains"}, {}},
    {"GET /sessions/{id}", {"read:sessions"}, {}},
    {"PATCH /sessions/{id}", {"update:sessions"}, {}},
    {"DELETE /sessions/{id}", {"delete:sessions"}, {}},
    {"GET /refresh-tokens/{id}", {"read:refresh_tokens"}, {}},
    {"PATCH /refresh-tokens/{id}", {"update:refresh_tokens"}, {}},
    {"DELETE /refresh-tokens/{id}", {"delete:refresh_tokens"}, {}},
    {"GET /agents", {"read:agents"}, {}},
    {"GET /agents/{id}", {"read:agents"}, {}},
    {"POST /agents", {"create:agents"}, {}},
    {"PATCH /agents/{id}", {"update:agents"}, {}},
    {"DELETE /agents/{id}", {"delete:agents"}, {}},
};

// The first publication of the documentation's table: operation, scope.
std::vector<expected> const documentation{
    {"GET /users/{id}", {}, {"read:current_user_metadata"}},
    {"PATCH /users/{id}",
     {},
     {"create:current_user_metadata", "update:current_user_metadata", "delete:current_user_metadata"}},
    {"DELETE /users/{id}/multifactor/{provider}", {}, {"delete:current_user_metadata"}},
};

bool has(std::vector<std::string_view> const& list, std::string_view scope)
{
    return std::find(list.begin(), list.end(), scope) != list.end();
}

/// Every scope of both tables, and some that are in none.
std::set<std::string_view> every_scope()
{
    std::set<std::string_view> all{"read:current_user_metadata",
                                   "update:current_user",
                                   "read:users_app_metadata",
                                   "UPDATE:USERS",
                                   "update:user",
                                   "openid"};
    for (auto const* table : {&openapi, &documentation})
        for (auto const& each : *table) {
            all.insert(each.any_subject.begin(), each.any_subject.end());
            all.insert(each.own_subject.begin(), each.own_subject.end());
        }
    return all;
}

/// Every scope alone at every operation, for the own subject, another's, and without one.
void check_table(auth0::permission_table const& table, std::vector<expected> const& wanted)
{
    std::size_t decisions = 0;
    for (auto const& each : wanted) {
        for (auto const scope : every_scope()) {
            for (auto const& subject : {std::optional<std::string_view>("me"), {"another"}, {}}) {
                bool const allows = has(each.any_subject, scope) || (subject == "me" && has(each.own_subject, scope));
                auto const decision = authorize(table.rules, {each.operation, scope_view(scope), subject, "me", {}});
                BOOST_TEST(decision.allowed() == allows, each.operation << " by " << scope);
                if (!decision) {
                    bool const another = has(each.own_subject, scope);
                    BOOST_CHECK(decision.why() == (another ? denial::subject_mismatch : denial::insufficient_scope));
                }
                ++decisions;
            }
        }
    }
    BOOST_TEST(decisions == wanted.size() * every_scope().size() * 3);
    std::set<std::string_view> named;
    for (auto const& rule : table.rules)
        named.insert(rule.operation);
    BOOST_TEST(named.size() == wanted.size()); // none that nobody expects
}

} // namespace

BOOST_AUTO_TEST_CASE(the_enforced_table_is_that_of_the_openapi_for_every_scope_and_subject)
{
    check_table(auth0::enforced, openapi);
    BOOST_TEST(!auth0::enforced.judges_effects);
}

BOOST_AUTO_TEST_CASE(the_documented_table_is_that_of_the_documentation_for_every_scope_and_subject)
{
    check_table(auth0::documented, documentation);
    BOOST_TEST(auth0::documented.judges_effects);
}

BOOST_AUTO_TEST_CASE(every_union_of_scopes_for_a_users_patch_reaches_the_fields_of_each)
{
    constexpr std::array<std::string_view, 4> fields{"user_metadata", "app_metadata", "name", "connection"};
    for (unsigned scopes = 0; scopes < 8; ++scopes) {
        std::string text;
        text += (scopes & 1) != 0 ? "update:users " : "";
        text += (scopes & 2) != 0 ? "update:users_app_metadata " : "";
        text += (scopes & 4) != 0 ? "update:current_user_metadata" : "";
        for (bool const own : {true, false}) {
            for (unsigned touched = 1; touched < 16; ++touched) {
                std::vector<std::string_view> names;
                bool reached = true;
                for (std::size_t i = 0; i < fields.size(); ++i) {
                    if ((touched >> i & 1) == 0)
                        continue;
                    names.push_back(fields[i]);
                    reached = reached && ((scopes & 1) != 0 || (fields[i] == "app_metadata" && (scopes & 2) != 0) ||
                                          (fields[i] == "user_metadata" && (scopes & 4) != 0 && own));
                }
                auto const decision = authorize(auth0::enforced.rules, {"PATCH /users/{id}", scope_view(text),
                                                                        own ? "me" : "another", "me", names});
                BOOST_TEST(decision.allowed() == reached, text << touched << own);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(each_effect_needs_its_own_scope_in_the_documented_table)
{
    using auth0::effect_fields;
    std::map<std::string_view, std::string_view> const needs{{effect_fields::create, "create:current_user_metadata"},
                                                             {effect_fields::update, "update:current_user_metadata"},
                                                             {effect_fields::remove, "delete:current_user_metadata"}};
    for (auto const& [effect, wanted] : needs) {
        for (auto const& [other, scope] : needs) {
            std::array<std::string_view, 1> const fields{effect};
            BOOST_TEST(authorize(auth0::documented.rules, {"PATCH /users/{id}", scope_view(scope), "me", "me", fields})
                               .allowed() == (scope == wanted),
                       effect << " by " << other);
        }
    }
    std::array<std::string_view, 1> const whole{"user_metadata"}; // where what a patch does to it is not known yet
    for (auto const& [effect, scope] : needs)
        BOOST_TEST(
            authorize(auth0::documented.rules, {"PATCH /users/{id}", scope_view(scope), "me", "me", whole}).allowed(),
            scope);
    std::array<std::string_view, 2> const beyond{"user_metadata", "app_metadata"};
    BOOST_CHECK(authorize(auth0::documented.rules,
                          {"PATCH /users/{id}", scope_view("update:current_user_metadata"), "me", "me", beyond})
                    .why() == denial::fields_out_of_reach);
}

BOOST_AUTO_TEST_CASE(every_scope_of_a_table_is_a_scope)
{
    for (auto const* table : {&auth0::enforced, &auth0::documented})
        for (auto const& rule : table->rules)
            BOOST_TEST(is_scope_token(rule.scope), rule.scope);
}

BOOST_AUTO_TEST_CASE(an_endpoints_rules_are_found_by_the_compiler_and_decide_as_the_table)
{
    static constexpr auto rules = auth0::enforced.rules.rules_of("PATCH /users/{id}");
    static_assert(!rules.empty() && auth0::enforced.rules.rules_of("PATCH /users").empty());
    static_assert(authorize(rules, {"PATCH /users/{id}", scope_view("openid update:users"), {}, "me", {}}).allowed());
    for (auto const& rule : auth0::enforced.rules) {
        access_request const asked{"PATCH /users/{id}", scope_view(rule.scope), "me", "me", rule.fields};
        BOOST_TEST(authorize(rules, asked).allowed() == authorize(auth0::enforced.rules, asked).allowed(), rule.scope);
    }
}

BOOST_AUTO_TEST_CASE(each_rule_allows_by_its_scope_among_sixty_others)
{
    for (auto const& rule : auth0::enforced.rules) {
        for (std::size_t place = 0; place <= 60; place += 20) {
            std::string scopes;
            for (std::size_t i = 0; i < 60; ++i) {
                scopes.append(i == place ? std::string(rule.scope) + " " : "");
                scopes.append("read:resource_" + std::to_string(i * i * i) + " ");
            }
            BOOST_TEST(
                !authorize(auth0::enforced.rules, {rule.operation, scope_view("read:resource_1"), "me", "me", {}}));
            scopes.append(place == 60 ? rule.scope : "");
            access_request const asked{rule.operation, scope_view(scopes), "me", "me", rule.fields};
            auto const decision = authorize(auth0::enforced.rules, asked);
            BOOST_TEST_REQUIRE(decision.allowed());
            BOOST_TEST_REQUIRE(decision.granted_by().size() == 1U);
            BOOST_TEST((*decision.granted_by().begin()).data() == rule.scope.data());
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
