// SPDX-License-Identifier: BSL-1.0
#include <metapatch/auth0/management/resource_metadata.hpp>

#include "../../../requests.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/test/unit_test.hpp>
#include <optional>
#include <string>
#include <string_view>

using namespace metapatch;
using metapatch::test::json;
using metapatch::test::present;
using metapatch::test::reason;
using metapatch::test::shown;
using metapatch::test::token_of;

BOOST_AUTO_TEST_SUITE(metadata_of_resources)

namespace {

constexpr std::string_view every_scope = "update:clients update:organizations update:connections update:custom_domains "
                                         "update:sessions update:refresh_tokens create:clients create:organizations "
                                         "create:connections create:custom_domains create:agents update:agents";

std::string updated(auth0::resource const& kind, std::optional<std::string_view> stored, std::string_view body,
                    std::string_view scopes = every_scope)
{
    auto const made = auth0::update_metadata(kind, stored, token_of(scopes), body);
    auto const by_dom = auth0::update_metadata(kind, stored ? present(*stored) : state(), token_of(scopes), json(body));
    BOOST_TEST_REQUIRE(made.has_value() == by_dom.has_value());
    BOOST_TEST((made ? shown(json(*made)) : shown(made.error())) == (made ? shown(*by_dom) : shown(by_dom.error())));
    return made ? *made : reason(made.error());
}

std::string created(auth0::resource const& kind, std::string_view body, std::string_view scopes = every_scope)
{
    auto const made = auth0::create_metadata(kind, token_of(scopes), body);
    auto const by_dom = auth0::create_metadata(kind, token_of(scopes), json(body));
    BOOST_TEST((made ? *made : shown(made.error())) == (by_dom ? shown(*by_dom) : shown(by_dom.error())));
    return made ? *made : reason(made.error());
}

/// A resource whose metadata is `value`.
std::string with(auth0::resource const& kind, std::string_view value)
{
    return R"({"id":"x",")" + std::string(kind.metadata) + "\":" + std::string(value) + "}";
}

} // namespace

BOOST_AUTO_TEST_CASE(fields_that_merge_merge_and_fields_that_are_replaced_are_replaced)
{
    for (auto const* kind : auth0::resources) {
        bool const merges = kind == &auth0::client || kind == &auth0::custom_domain;
        BOOST_TEST(updated(*kind, with(*kind, R"({"a":"1","b":"2"})"), with(*kind, R"({"b":"3","c":null})")) ==
                       with(*kind, merges ? R"({"a":"1","b":"3"})" : R"({"b":"3"})"),
                   kind->name);
    }
}

BOOST_AUTO_TEST_CASE(an_empty_object_clears_what_stays_present_or_goes)
{
    for (auto const* kind : auth0::resources) {
        bool const stays = kind == &auth0::client || kind == &auth0::custom_domain;
        BOOST_TEST(updated(*kind, with(*kind, R"({"a":"1"})"), with(*kind, "{}")) ==
                       (stays ? with(*kind, "{}") : R"({"id":"x"})"),
                   kind->name);
    }
}

BOOST_AUTO_TEST_CASE(null_removes_the_metadata_of_sessions_and_agents_and_is_malformed_elsewhere)
{
    for (auto const* kind : auth0::resources) {
        bool const clears = kind == &auth0::session || kind == &auth0::refresh_token || kind == &auth0::agent;
        BOOST_TEST(updated(*kind, with(*kind, R"({"a":"1"})"), with(*kind, "null")) ==
                       (clears ? R"({"id":"x"})" : "400 malformed_body"),
                   kind->name);
    }
}

BOOST_AUTO_TEST_CASE(other_members_of_the_body_are_the_callers)
{
    BOOST_TEST(updated(auth0::client, R"({"id":"x"})", R"({"name":"new"})") == R"({"id":"x"})");
    BOOST_TEST(created(auth0::client, R"({"name":"new"})") == "{}");
    BOOST_TEST(created(auth0::client, R"({"name":"new","client_metadata":{"a":"1","b":null}})") ==
               R"({"client_metadata":{"a":"1"}})");
    BOOST_TEST(created(auth0::organization, R"({"metadata":{}})") == "{}");
    BOOST_TEST(created(auth0::agent, R"({"name":"n","metadata":{"a":{"b":[1]},"c":null}})") ==
               R"({"metadata":{"a":{"b":[1]}}})");
    BOOST_TEST(created(auth0::agent, R"({"name":"n","metadata":null})") == "{}");
}

BOOST_AUTO_TEST_CASE(refusals_come_in_order)
{
    auto const& kind = auth0::client;
    std::string_view const bad = R"({"client_metadata":{"a":1}})";
    BOOST_TEST(reason(auth0::update_metadata(kind, std::optional<std::string_view>(), std::nullopt, bad).error()) ==
               "401 unauthorized");
    BOOST_TEST(updated(kind, std::nullopt, R"({"client_metadata":1})", "update:sessions") == "403 insufficient_scope");
    BOOST_TEST(updated(kind, std::nullopt, R"({"client_metadata":1})") == "400 malformed_body");
    BOOST_TEST(updated(kind, std::nullopt, bad) == "404 not_found");
    BOOST_TEST(updated(kind, R"({"client_metadata":5})", bad) == "400 rule_violation");
    BOOST_TEST(updated(kind, R"({"client_metadata":5})", R"({"client_metadata":{"a":"1"}})") == "500 unreadable_state");
    BOOST_TEST(updated(kind, R"({"client_metadata":5})", R"({"client_metadata":{}})") == R"({"client_metadata":{}})");
    BOOST_TEST(updated(kind, R"({"client_metadata":null})", R"({"client_metadata":{"a":"1"}})") ==
               R"({"client_metadata":{"a":"1"}})");
    BOOST_TEST(updated(auth0::organization, R"({"metadata":"x","id":1})", R"({"metadata":{"a":"1"}})") ==
               R"({"metadata":{"a":"1"},"id":1})");
    BOOST_TEST(updated(auth0::organization, R"({"metadata":"x","id":1})", R"({"metadata":{"a":1}})") ==
               "400 rule_violation");
    BOOST_TEST(updated(auth0::session, R"({"session_metadata":[],"id":1})", R"({"session_metadata":null})") ==
               R"({"id":1})");
    BOOST_TEST(created(kind, bad) == "400 rule_violation");
    BOOST_TEST(created(auth0::session, R"({"session_metadata":{}})") == "403 insufficient_scope");
    BOOST_TEST(reason(auth0::update_metadata(kind, std::string_view("[]"), token_of(every_scope),
                                             std::string_view(R"({"client_metadata":{}})"))
                          .error()) == "500 unreadable_state");
}

BOOST_AUTO_TEST_CASE(a_body_of_any_depth_is_refused_without_recursion)
{
    boost::json::monotonic_resource memory;
    boost::json::storage_ptr const storage(&memory);
    for (auto const* kind : auth0::resources) {
        boost::json::object body(storage);
        body.emplace(kind->metadata, test::deep_value(storage));
        boost::json::value const given(std::move(body));
        auto const made = auth0::update_metadata(*kind, present("{}"), token_of(every_scope), given);
        BOOST_TEST(reason(made.error()) == "400 rule_violation");
    }
}

BOOST_AUTO_TEST_CASE(each_resource_has_its_own_member_and_operations)
{
    std::string told;
    for (auto const* kind : auth0::resources)
        told.append(kind->name)
            .append(": ")
            .append(kind->metadata)
            .append(", ")
            .append(kind->create)
            .append(", ")
            .append(kind->update) += '\n';
    BOOST_TEST(told == "client: client_metadata, POST /clients, PATCH /clients/{id}\n"
                       "organization: metadata, POST /organizations, PATCH /organizations/{id}\n"
                       "connection: metadata, POST /connections, PATCH /connections/{id}\n"
                       "custom domain: domain_metadata, POST /custom-domains, PATCH /custom-domains/{id}\n"
                       "session: session_metadata, , PATCH /sessions/{id}\n"
                       "refresh token: refresh_token_metadata, , PATCH /refresh-tokens/{id}\n"
                       "agent: metadata, POST /agents, PATCH /agents/{id}\n");
}

BOOST_AUTO_TEST_CASE(each_resource_needs_its_own_scope)
{
    for (auto const* kind : auth0::resources) {
        auto const made =
            auth0::update_metadata(*kind, std::string_view("{}"), token_of("update:users"), std::string_view("{}"));
        BOOST_TEST(reason(made.error()) == "403 insufficient_scope");
        for (auto const& set : made.error().sufficient)
            BOOST_TEST(
                auth0::update_metadata(*kind, std::string_view("{}"), token_of(set.front()), std::string_view("{}"))
                    .value() == "{}");
        BOOST_TEST(!made.error().sufficient.empty());
    }
}

BOOST_AUTO_TEST_CASE(what_is_not_there_is_told_in_the_words_of_the_service)
{
    auto const told = [](auth0::resource const& kind) {
        return shown(auth0::update_metadata(kind, std::optional<std::string_view>(), token_of(every_scope),
                                            std::string_view("{}"))
                         .error());
    };
    BOOST_TEST(told(auth0::client) == R"({"statusCode":404,"error":"Not Found","message":"The client does not exist",)"
                                      R"("errorCode":"inexistent_client"})");
    BOOST_TEST(told(auth0::organization) ==
               R"({"statusCode":404,"error":"Not Found","message":"No organization found by that id or name"})");
    BOOST_TEST(told(auth0::connection).find("\"errorCode\":\"inexistent_connection\"") != std::string::npos);
    BOOST_TEST(told(auth0::agent).find("\"errorCode\":\"inexistent_agent\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_limit_of_members_is_that_of_the_result)
{
    std::string ten = "{";
    for (int i = 0; i < 10; ++i)
        ten += (i > 0 ? ",\"k" : "\"k") + std::to_string(i) + "\":\"\"";
    ten += "}";
    auto const& kind = auth0::client;
    BOOST_TEST(updated(kind, with(kind, ten), R"({"client_metadata":{"k0":"x"}})").starts_with("{"));
    BOOST_TEST(updated(kind, with(kind, ten), R"({"client_metadata":{"k10":"x"}})") == "400 rule_violation");
}

BOOST_AUTO_TEST_CASE(a_malformed_body_tells_what_and_where)
{
    auto const told = [](auth0::resource const& kind, std::string_view body) {
        return test::told(auth0::update_metadata(kind, "{}", token_of(every_scope), body).error().violations);
    };
    BOOST_TEST(told(auth0::client, "[]") == "expected_object '' offset 0");
    BOOST_TEST(told(auth0::client, R"({"client_metadata": null})") == "expected_object '/client_metadata' offset 20");
    BOOST_TEST(told(auth0::organization, R"({"metadata":"x"})") == "expected_object '/metadata' offset 12");
    BOOST_TEST(told(auth0::agent, R"({"metadata":})") == "malformed_json '' offset 12");
}

BOOST_AUTO_TEST_CASE(a_policy_may_be_of_any_rules_a_lambda_s_too)
{
    auto const no_underscore = [](std::string_view key) noexcept { return !key.starts_with('_'); };
    auto const mine = with_policy(auth0::client, and_keys(auth0::client_metadata, no_underscore));
    auto const token = token_of(every_scope);
    std::string_view const stored = R"({"client_metadata":{"_old":"1"}})";
    std::string_view const fine = R"({"client_metadata":{"a":"2"}})";
    std::string_view const refused = R"({"client_metadata":{"_a":"2"}})";
    auto const both = R"({"client_metadata":{"_old":"1","a":"2"}})";
    BOOST_TEST(auth0::update_metadata(mine, stored, token, fine).value() == both);
    BOOST_TEST(shown(auth0::update_metadata(mine, present(stored), token, json(fine)).value()) == both);
    BOOST_TEST(auth0::create_metadata(mine, token, fine).value() == fine);
    BOOST_TEST(shown(auth0::create_metadata(mine, token, json(fine)).value()) == fine);
    auto const where = "invalid_key_character '/client_metadata/_a'";
    BOOST_TEST(test::told(auth0::update_metadata(mine, stored, token, refused).error().violations) == where);
    BOOST_TEST(test::told(auth0::create_metadata(mine, token, refused).error().violations) == where);
    BOOST_TEST(auth0::update_metadata(auth0::client, stored, token, refused).has_value());
    BOOST_TEST(auth0::update_metadata(mine, std::nullopt, token, fine).error().status == 404);
    BOOST_TEST(auth0::update_metadata(mine, std::nullopt, token, json(fine)).error().status == 404);
    BOOST_TEST(mine.not_found == auth0::client.not_found);
    BOOST_TEST(mine.not_found_code == auth0::client.not_found_code);
    BOOST_TEST(mine.update == auth0::client.update);
    BOOST_TEST(mine.description == auth0::client.description);
    BOOST_TEST((with_policy(auth0::session, auth0::client_metadata).words == auth0::wording::session));
}

BOOST_AUTO_TEST_SUITE_END()
