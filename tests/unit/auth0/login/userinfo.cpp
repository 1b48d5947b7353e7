// SPDX-License-Identifier: BSL-1.0
#include <metapatch/auth0/login/userinfo.hpp>

#include "../../../support.hpp"

#include <metapatch/json/equal.hpp>

#include <algorithm>
#include <boost/json/monotonic_resource.hpp>
#include <boost/test/unit_test.hpp>
#include <random>
#include <string>

using namespace metapatch;
using auth0::claim_refusal;
using auth0::userinfo;
using metapatch::test::object;
using metapatch::test::shown;

BOOST_AUTO_TEST_SUITE(auth0_userinfo)

namespace {

boost::json::object const jo = object(
    R"({"user_id":"auth0|1","email":"jo@example.com","email_verified":true,"name":"Jo","nickname":"jo","picture":"p",
        "updated_at":"2026-01-01T00:00:00Z","phone_number":"+49301234","phone_verified":false,"logins_count":3,
        "identities":[{"provider":"auth0"}],"user_metadata":{"theme":"dark"},"app_metadata":{"plan":"full"}})");

/// The claims and what was dropped: `{…} sub restricted`.
std::string told(auth0::user_claims const& made)
{
    auto text = shown(made.claims);
    for (auto const& each : made.dropped)
        text += ' ' + each.claim + ' ' + std::string(name(each.why));
    return text;
}

std::string told(std::string_view custom, std::string_view scopes = "openid profile email")
{
    return told(userinfo(object(R"({"user_id":"1","email":"e"})"), scope_view(scopes), object(custom)));
}

/// A text of so many bytes, quotes included.
boost::json::value text_of(std::size_t bytes)
{
    return boost::json::string(bytes - 2, 'x');
}

boost::json::value random_value(std::mt19937_64& random, int levels = 2)
{
    switch (random() % (levels > 0 ? 6 : 4)) {
    case 0:
        return nullptr;
    case 1:
        return random() % 2 == 0;
    case 2:
        return random() % 1000;
    case 3:
        return boost::json::string(random() % 30, static_cast<char>(random()));
    case 4:
        return {random_value(random, levels - 1), random_value(random, levels - 1)};
    default:
        return boost::json::object{{"a", random_value(random, levels - 1)}, {"b", random_value(random, levels - 1)}};
    }
}

std::string random_name(std::mt19937_64& random)
{
    switch (random() % 6) {
    case 0:
        return std::string(auth0::restricted_claims[random() % auth0::restricted_claims.size()]);
    case 1:
        return std::string(auth0::standard_claims[random() % auth0::standard_claims.size()].claim);
    case 2:
        return std::string(auth0::standard_claims[random() % auth0::standard_claims.size()].attribute);
    case 3:
        return (random() % 2 == 0 ? "https://" : "urn:") + std::string(random() % 2 == 0 ? "auth0.com/" : "auth0:x");
    case 4:
        return "https://example.com/" + std::to_string(random() % 20);
    default: {
        std::string bytes;
        for (auto n = random() % 6; n > 0; --n)
            bytes += static_cast<char>(random());
        return bytes;
    }
    }
}

boost::json::object random_members(std::mt19937_64& random)
{
    boost::json::object made;
    for (auto n = random() % 30; n > 0; --n)
        made[random_name(random)] = random_value(random);
    return made;
}

std::string random_scopes(std::mt19937_64& random)
{
    std::string text;
    for (std::string_view const each : {"openid", "profile", "email", "phone", "address", "read:users"}) {
        if (random() % 2 == 0)
            text += std::string(each) + std::string(random() % 3, ' ') + ' ';
    }
    return text;
}

bool is_restricted(std::string_view claim)
{
    return std::find(auth0::restricted_claims.begin(), auth0::restricted_claims.end(), claim) !=
           auth0::restricted_claims.end();
}

} // namespace

BOOST_AUTO_TEST_CASE(each_scope_gives_its_claims_and_no_others)
{
    auto const claims = [](std::string_view scopes) { return shown(userinfo(jo, scope_view(scopes)).claims); };
    BOOST_TEST(claims("") == "{}");
    BOOST_TEST(claims("openid") == R"({"sub":"auth0|1"})");
    BOOST_TEST(claims("email openid") == R"({"sub":"auth0|1","email":"jo@example.com","email_verified":true})");
    BOOST_TEST(claims("profile") ==
               R"({"name":"Jo","nickname":"jo","picture":"p","updated_at":"2026-01-01T00:00:00Z"})");
    BOOST_TEST(claims("phone") == R"({"phone_number":"+49301234","phone_number_verified":false})");
    BOOST_TEST(claims("address read:users update:users") == "{}");
}

BOOST_AUTO_TEST_CASE(every_standard_claim_tells_its_attribute)
{
    boost::json::object user;
    for (auto const& each : auth0::standard_claims)
        user[each.attribute] = each.claim;
    auto const made = userinfo(user, scope_view("openid profile email phone address"));
    BOOST_TEST(made.claims.size() == auth0::standard_claims.size());
    for (auto const& each : auth0::standard_claims)
        BOOST_TEST(made.claims.at(each.claim).get_string() == each.claim);
}

BOOST_AUTO_TEST_CASE(metadata_is_told_by_a_custom_claim_alone)
{
    auto const custom = object(R"({"https://example.com/theme":"dark","user_metadata":{"theme":"dark"}})");
    auto const made = userinfo(jo, scope_view("openid"), custom);
    BOOST_TEST(told(made) ==
               R"({"sub":"auth0|1","https://example.com/theme":"dark","user_metadata":{"theme":"dark"}})");
}

BOOST_AUTO_TEST_CASE(every_restricted_claim_is_dropped)
{
    for (auto const claim : auth0::restricted_claims) {
        auto const made = userinfo({}, scope_view("openid profile email"), {{claim, 1}});
        BOOST_TEST(told(made) == "{} " + std::string(claim) + " restricted");
    }
    BOOST_TEST(told(R"({"Roles":1,"role":1,"":1})", "") == R"({"Roles":1,"role":1,"":1})"); // others
}

BOOST_AUTO_TEST_CASE(a_namespace_of_auth0_is_dropped)
{
    BOOST_TEST(told(R"({"https://tenant.auth0.com/roles":1,"urn:auth0:x":2,"urn:acme:x":3})", "") ==
               R"({"urn:acme:x":3} https://tenant.auth0.com/roles reserved_namespace urn:auth0:x reserved_namespace)");
}

BOOST_AUTO_TEST_CASE(a_custom_claim_stands_in_the_place_of_a_standard_one_of_a_granted_scope)
{
    BOOST_TEST(told(R"({"a":1,"email":"other"})") == R"({"sub":"1","email":"other","a":1})");
    BOOST_TEST(told(R"({"a":1,"email":"other"})", "openid") == R"({"sub":"1","a":1} email scope_not_granted)");
    for (auto const& each : auth0::standard_claims) {
        if (each.claim == "sub")
            continue;
        auto const with = userinfo({}, scope_view(each.scope), {{each.claim, 1}});
        BOOST_TEST(with.claims.contains(each.claim));
        auto const without = userinfo({}, scope_view("openid"), {{each.claim, 1}});
        BOOST_TEST(told(without) == "{} " + std::string(each.claim) + " scope_not_granted");
    }
}

BOOST_AUTO_TEST_CASE(a_custom_claim_may_be_null)
{
    BOOST_TEST(told(R"({"a":null,"email":null})") == R"({"sub":"1","email":null,"a":null})");
}

BOOST_AUTO_TEST_CASE(a_missing_or_null_attribute_makes_no_claim)
{
    BOOST_TEST(shown(userinfo(object(R"({"email":null,"name":""})"), scope_view("openid profile email")).claims) ==
               R"({"name":""})");
}

BOOST_AUTO_TEST_CASE(a_user_id_that_is_no_string_makes_no_sub)
{
    for (auto const* user : {R"({})", R"({"user_id":1})", R"({"user_id":null})", R"({"user_id":{"a":[]}})"})
        BOOST_TEST(shown(userinfo(object(user), scope_view("openid")).claims) == "{}");
}

BOOST_AUTO_TEST_CASE(custom_claims_are_dropped_beyond_100_kb)
{
    BOOST_TEST(auth0::userinfo_rules().max_custom_bytes == 102'400U);
    auto const fits = 102'400 - std::string_view(R"({"a":})").size();
    BOOST_TEST(userinfo({}, {}, {{"a", text_of(fits)}}).dropped.empty());
    auto const more = userinfo({}, {}, {{"a", text_of(fits + 1)}, {"b", 1}});
    BOOST_TEST(told(more) == R"({"b":1} a too_large)");
    auto const half = (102'400 - std::string_view(R"({"a":,"b":})").size()) / 2;
    BOOST_TEST(userinfo({}, {}, {{"a", text_of(half)}, {"b", text_of(half)}}).dropped.empty());
    auto const last = userinfo({}, {}, {{"a", text_of(half)}, {"b", text_of(half + 2)}, {"c", 1}});
    BOOST_TEST(last.dropped.size() == 1U);
    BOOST_TEST((last.dropped.front() == auth0::dropped_claim{"b", claim_refusal::too_large}));
    BOOST_TEST(last.claims.contains("c"));
}

BOOST_AUTO_TEST_CASE(the_limit_counts_names_and_escapes_but_no_standard_or_dropped_claims)
{
    auto const kept = [](std::size_t limit) {
        return userinfo(jo, scope_view("openid profile email"), object(R"({"sub":"long enough","\n":"\"","b":[1, 2]})"),
                        {.max_custom_bytes = limit});
    };
    auto const bytes = std::string_view(R"({"\n":"\"","b":[1,2]})").size();
    BOOST_TEST(kept(bytes).dropped.size() == 1U);
    BOOST_TEST(kept(bytes - 1).dropped.size() == 2U);
    for (std::size_t const limit : {0U, 1U, 2U})
        BOOST_TEST(kept(limit).dropped.size() == 3U);
    BOOST_TEST(userinfo({}, {}, {{"", 1}}, {.max_custom_bytes = 6}).dropped.empty());
}

BOOST_AUTO_TEST_CASE(a_caller_may_count_values_its_own_way)
{
    auto const ten = [](boost::json::value const&) { return std::size_t{10}; };
    auto const made = userinfo({}, {}, {{"a", 1}, {"b", 2}}, {.max_custom_bytes = 30}, {}, ten);
    BOOST_TEST(told(made) == R"({"a":1} b too_large)");
}

BOOST_AUTO_TEST_CASE(the_claims_live_in_the_given_storage)
{
    boost::json::monotonic_resource memory;
    auto const made = userinfo(jo, scope_view("profile"), {{"a", {1, 2}}}, {}, &memory);
    BOOST_TEST((*made.claims.storage() == memory));
    BOOST_TEST((*made.claims.at("a").storage() == memory));
}

BOOST_AUTO_TEST_CASE(reasons_have_stable_names)
{
    BOOST_TEST(name(claim_refusal::restricted) == "restricted");
    BOOST_TEST(name(claim_refusal::reserved_namespace) == "reserved_namespace");
    BOOST_TEST(name(claim_refusal::scope_not_granted) == "scope_not_granted");
    BOOST_TEST(name(claim_refusal::too_large) == "too_large");
    BOOST_TEST(name(static_cast<claim_refusal>(99)) == "unknown");
}

BOOST_AUTO_TEST_CASE(of_any_user_nothing_is_told_but_granted_standard_claims_and_custom_claims)
{
    std::mt19937_64 random(20261124);
    for (int round = 0; round < 3'000; ++round) {
        auto const user = random_members(random);
        auto const custom = random_members(random);
        auto const text = random_scopes(random);
        auto const scopes = scope_view(text);
        std::size_t const limit = random() % 3 == 0 ? random() % 400 : 102'400;
        auto const made = userinfo(user, scopes, custom, {.max_custom_bytes = limit});
        for (auto const& each : made.claims) {
            auto const* const standard = auth0::find_standard_claim(each.key());
            auto const* const given = custom.if_contains(each.key());
            BOOST_TEST_REQUIRE((standard == nullptr || scopes.contains(standard->scope)));
            BOOST_TEST_REQUIRE(!auth0::is_reserved_namespace(each.key()));
            if (given != nullptr && equal(*given, each.value())) {
                BOOST_TEST_REQUIRE((!is_restricted(each.key()) || each.key() == "sub"));
            } else {
                BOOST_TEST_REQUIRE(standard != nullptr);
                BOOST_TEST_REQUIRE(equal(user.at(standard->attribute), each.value()));
            }
        }
        // Every custom claim is told or dropped, and none is both.
        std::size_t dropped = 0;
        for (auto const& each : custom) {
            auto const is_it = [&](auth0::dropped_claim const& one) { return one.claim == each.key(); };
            bool const gone = std::any_of(made.dropped.begin(), made.dropped.end(), is_it);
            BOOST_TEST_REQUIRE((gone || equal(made.claims.at(each.key()), each.value())));
            dropped += gone ? 1 : 0;
        }
        BOOST_TEST_REQUIRE(dropped == made.dropped.size());
        // More scopes never tell less of a user.
        auto const all = userinfo(user, scope_view("openid profile email phone address"));
        for (auto const& each : userinfo(user, scopes).claims)
            BOOST_TEST_REQUIRE(equal(all.claims.at(each.key()), each.value()));
    }
}

BOOST_AUTO_TEST_CASE(what_is_kept_never_exceeds_the_limit)
{
    std::mt19937_64 random(7);
    for (int round = 0; round < 2'000; ++round) {
        auto const custom = random_members(random);
        std::size_t const limit = random() % 300;
        auto const made = userinfo({}, scope_view("openid profile email phone address"), custom, {limit});
        BOOST_TEST_REQUIRE((made.claims.empty() || serialized_size(made.claims) <= limit));
        for (auto const& each : made.dropped) { // nor was any dropped that would fit even so
            auto with = made.claims;
            with[each.claim] = custom.at(each.claim);
            BOOST_TEST_REQUIRE((each.why != claim_refusal::too_large || serialized_size(with) > limit));
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
