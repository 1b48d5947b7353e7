// SPDX-License-Identifier: BSL-1.0
#include <metapatch/auth0/management/user_changes.hpp>

#include "../../../requests.hpp"

#include <array>
#include <boost/test/unit_test.hpp>
#include <metapatch/auth0/management/update_user.hpp>
#include <string>
#include <string_view>

using namespace metapatch;
using metapatch::test::json;
using metapatch::test::object;
using metapatch::test::present;
using metapatch::test::reason;
using metapatch::test::shown;
using metapatch::test::token_of;

BOOST_AUTO_TEST_SUITE(changes_of_users)

namespace {

std::string effects(std::string_view of, auth0::metadata_effects const& made)
{
    std::string text;
    auto const add = [&](char sign, std::vector<std::string> const& names) {
        for (auto const& name : names)
            text.append(" ").append(1, sign).append(name);
    };
    add('+', made.created);
    add('~', made.updated);
    add('-', made.removed);
    return text.empty() ? text : std::string(of) + text + "; ";
}

std::string said(auth0::user_changes const& made)
{
    auto text =
        effects("fields", made.fields) + effects("user", made.user_metadata) + effects("app", made.app_metadata);
    for (auto const& name : made.not_stored)
        text.append("and ").append(name).append("; ");
    return text;
}

/// What a body changes, as every form tells it.
std::string changed(std::string_view stored, std::string_view body,
                    auth0::user_rules const& rules = auth0::standard_user_rules)
{
    auto const token = token_of("update:users");
    auth0::user_changes told;
    auto const made = auth0::update_user(stored, token, "x", body, told, rules);
    BOOST_TEST_REQUIRE(made.has_value());
    BOOST_TEST(made->user == auth0::update_user(stored, token, "x", body, rules)->user);
    auth0::user_changes by_dom;
    auto const user = auth0::update_user(present(stored), token, "x", json(body), by_dom, rules);
    BOOST_TEST((by_dom == told));
    BOOST_TEST(shown(user->user) == shown(json(made->user)));
    auth0::user_changes of_pieces;
    text_pieces pieces;
    BOOST_TEST(auth0::update_user(stored, token, "x", body, pieces, of_pieces, rules)->size == made->user.size());
    BOOST_TEST((of_pieces == told));
    BOOST_TEST(told.empty() == said(told).empty());
    return said(told);
}

} // namespace

BOOST_AUTO_TEST_CASE(fields_and_keys_that_came_changed_and_went_are_told)
{
    BOOST_TEST(changed(R"({"name":"Ann","picture":"https://a.b/c","user_metadata":{"a":1,"b":2,"c":3}})",
                       R"({"user_metadata":{"d":{"x":1},"b":9,"a":null},"picture":null,"name":"Eve","blocked":true,)"
                       R"("app_metadata":{"plan":"team"}})") ==
               "fields +blocked +app_metadata ~user_metadata ~name -picture; user +d ~b -a; app +plan; ");
}

BOOST_AUTO_TEST_CASE(what_stays_the_same_is_no_change)
{
    BOOST_TEST(changed(R"({"name":"Ann","user_metadata":{"a":1.0,"b":[1]}})",
                       R"({"name":"\u0041nn","user_metadata":{"a":1,"b":[1.0],"none":null}})") == "");
    BOOST_TEST(changed(R"({"name":"Ann"})", R"({"picture":null})") == "");
    BOOST_TEST(changed(R"({"app_metadata":null})", R"({"app_metadata":{}})") == ""); // absent both
    BOOST_TEST(changed("{}", R"({"app_metadata":{}})") == "");
}

BOOST_AUTO_TEST_CASE(a_field_that_comes_or_goes_is_told_though_no_key_does)
{
    BOOST_TEST(changed("{}", R"({"user_metadata":{}})") == "fields +user_metadata; ");
    BOOST_TEST(changed(R"({"user_metadata":null})", R"({"user_metadata":{"a":null}})") == "fields +user_metadata; ");
    BOOST_TEST(changed(R"({"app_metadata":{}})", R"({"app_metadata":{}})") == "fields -app_metadata; ");
    BOOST_TEST(changed(R"({"app_metadata":{"a":1,"b":2}})", R"({"app_metadata":{}})") ==
               "fields -app_metadata; app -a -b; ");
    BOOST_TEST(changed(R"({"app_metadata":"odd"})", R"({"app_metadata":{}})") == "fields -app_metadata; ");
    BOOST_TEST(changed(R"({"user_metadata":"odd"})", R"({"user_metadata":{}})") == "fields ~user_metadata; ");
    BOOST_TEST(changed(R"({"picture":null})", R"({"picture":null})") == "fields -picture; ");
}

BOOST_AUTO_TEST_CASE(what_is_never_stored_is_told_beside_the_changes)
{
    BOOST_TEST(changed(R"({"name":"Ann"})", R"({"password":"s3cret","connection":"db"})") ==
               "and password; and connection; ");
}

BOOST_AUTO_TEST_CASE(numbers_of_texts_are_compared_exactly)
{
    auth0::user_changes told;
    BOOST_TEST(auth0::update_user(R"({"app_metadata":{"id":12345678901234567890123}})", token_of("update:users"), "x",
                                  R"({"app_metadata":{"id":12345678901234567890124}})", told)
                   .has_value());
    BOOST_TEST(said(told) == "fields ~app_metadata; app ~id; ");
}

BOOST_AUTO_TEST_CASE(a_refused_request_leaves_what_was_told_before)
{
    auth0::user_changes told;
    told.not_stored = {"before"};
    auto const before = told;
    auto const token = token_of("update:users");
    BOOST_TEST(reason(auth0::update_user(std::nullopt, token, "x", R"({"name":"n"})", told).error()) ==
               "404 not_found");
    BOOST_TEST(reason(auth0::update_user("{}", token, "x", R"({"user_metadata":{"a.b":1}})", told).error()) ==
               "400 rule_violation");
    BOOST_TEST(
        reason(auth0::update_user(present("{}"), token, "x", json(R"({"app_metadata":{"_id":1}})"), told).error()) ==
        "400 rule_violation");
    std::array<char, 64> room{};
    std::span<char> buffer(room);
    BOOST_TEST(reason(auth0::update_user("{}", std::nullopt, "x", "{}", buffer, told).error()) == "401 unauthorized");
    BOOST_TEST((told == before));
}

BOOST_AUTO_TEST_CASE(one_request_tells_of_each_user_that_it_is_done_to)
{
    auth0::user_update update;
    auth0::user_changes told;
    std::string text;
    BOOST_TEST(reason(update.apply("{}", text, told).error()) == "401 unauthorized");
    BOOST_TEST(!update.read(token_of("update:users"), "x", R"({"user_metadata":{"a":1}})"));
    BOOST_TEST(update.apply(R"({"user_metadata":{"a":1}})", text, told).has_value());
    BOOST_TEST(said(told) == "");
    BOOST_TEST(update.apply(R"({"user_metadata":{"b":1}})", text, told).has_value());
    BOOST_TEST(said(told) == "fields ~user_metadata; user +a; ");
    BOOST_TEST(text == R"({"user_metadata":{"a":1}}{"user_metadata":{"b":1,"a":1}})");
}

BOOST_AUTO_TEST_SUITE_END()
