// SPDX-License-Identifier: BSL-1.0
#include <metapatch/auth0/contract/policies.hpp>

#include <metapatch/patch/apply.hpp>

#include "../../../support.hpp"

#include <boost/test/unit_test.hpp>

using namespace metapatch;
using metapatch::test::json;
using metapatch::test::present;
using metapatch::test::shown;
using metapatch::test::told;

BOOST_AUTO_TEST_SUITE(auth0_policies)

namespace {

std::string after(state const& field, boost::json::value const& body, auth0::field_policy const& rules)
{
    auto const made = applied(field, body, rules);
    return made ? shown(*made) : told(made);
}

/// `count` members from `first` on, all of the value given.
boost::json::object members(std::size_t count, boost::json::value const& value = "v", std::size_t first = 0)
{
    boost::json::object made;
    for (std::size_t i = first; i < first + count; ++i)
        made["k" + std::to_string(i)] = value;
    return made;
}

/// One member whose key has so many code points, each of two bytes where `wide`.
boost::json::object with_key(std::size_t code_points, std::string_view unit = "k")
{
    std::string key;
    for (std::size_t i = 0; i < code_points; ++i)
        key += unit;
    boost::json::object made;
    made[key] = "v";
    return made;
}

boost::json::object with_value(std::size_t code_points, std::string_view unit = "\xC3\xA9")
{
    std::string text;
    for (std::size_t i = 0; i < code_points; ++i)
        text += unit;
    boost::json::object made;
    made["k"] = text;
    return made;
}

std::string refusal(boost::json::value const& body, auth0::field_policy const& rules)
{
    return told(validate(body, rules));
}

void check_counts(auth0::field_policy const& rules, std::size_t most)
{
    auto const wanted = "too_many_members '' limit " + std::to_string(most) + " actual " + std::to_string(most + 1);
    BOOST_TEST(refusal(members(most), rules).empty());
    BOOST_TEST(refusal(members(most + 1), rules) == wanted);
    state const full = members(most);
    bool const merges = rules.merge.depth == 1;
    BOOST_TEST(told(validate(full, members(1, "v", most), rules)) == (merges ? wanted : ""));
    BOOST_TEST(told(validate(full, members(1), rules)).empty());
}

void check_lengths(auth0::field_policy const& rules, std::size_t longest_key, std::size_t longest_value)
{
    BOOST_TEST(refusal(with_key(longest_key), rules).empty());
    BOOST_TEST(refusal(with_key(longest_key + 1), rules).starts_with("key_too_long '/k"));
    BOOST_TEST(refusal(with_key(longest_key + 1), rules)
                   .ends_with(" limit " + std::to_string(longest_key) + " actual " + std::to_string(longest_key + 1)));
    BOOST_TEST(refusal(with_value(longest_value), rules).empty());
    BOOST_TEST(refusal(with_value(longest_value + 1), rules) == "value_too_long '/k' limit " +
                                                                    std::to_string(longest_value) + " actual " +
                                                                    std::to_string(longest_value + 1));
}

void check_strings_alone(auth0::field_policy const& rules, bool null_too)
{
    for (auto const* value : {"1", "true", "[]", "{}", R"(["a"])", "1.5", R"({"a":"b"})"})
        BOOST_TEST(refusal({{"k", json(value)}}, rules) == "invalid_value_type '/k'", value);
    BOOST_TEST(refusal({{"k", ""}}, rules).empty());
    BOOST_TEST(refusal({{"k", nullptr}}, rules) == (null_too ? "" : "invalid_value_type '/k'"));
}

/// Every byte of ASCII as a key of its own.
std::string refused_characters(auth0::field_policy const& rules)
{
    std::string refused;
    for (char c = 0x20; c < 0x7F; ++c) {
        boost::json::object body;
        body[std::string(1, c)] = "v";
        if (!refusal(body, rules).empty())
            refused += c;
    }
    return refused;
}

} // namespace

BOOST_AUTO_TEST_CASE(user_metadata_merges_and_is_cleared_to_the_empty_object)
{
    auto const& rules = auth0::user_metadata;
    auto const field = present(R"({"a":1,"b":{"x":1}})");
    BOOST_TEST(after(field, json(R"({"b":{"y":2},"a":null,"c":[null]})"), rules) == R"({"b":{"y":2},"c":[null]})");
    BOOST_TEST(after(field, json("{}"), rules) == "{}");
    BOOST_TEST(after(field, nullptr, rules) == "expected_object ''");
    BOOST_TEST(refused_characters(rules) == "$.");
    BOOST_TEST(refusal(json(R"({"a":[{"b":[{"c.d":1}]}],"e":{"$f":null}})"), rules) ==
               "invalid_key_character '/a/0/b/0/c.d'; invalid_key_character '/e/$f'");
    BOOST_TEST(refusal(json(R"({"email":1,"blocked":true,"":0})"), rules).empty());
}

BOOST_AUTO_TEST_CASE(app_metadata_reserves_names_and_is_cleared_to_nothing)
{
    auto const& rules = auth0::app_metadata;
    BOOST_TEST(after(present(R"({"a":1})"), json("{}"), rules) == "absent");
    BOOST_TEST(after(present(R"({"a":1})"), json(R"({"a":null})"), rules) == "{}");
    BOOST_TEST(after({}, nullptr, rules) == "expected_object ''");
    BOOST_TEST(refused_characters(rules) == "$.");
    // As the documentation lists them, and `username`.
    for (auto const* key :
         {"__tenant", "_id", "blocked", "clientID", "created_at", "email_verified", "email", "globalClientID",
          "global_client_id", "identities", "lastIP", "lastLogin", "loginsCount", "metadata",
          "multifactor_last_modified", "multifactor", "updated_at", "user_id", "username"}) {
        BOOST_TEST(refusal({{key, 1}}, rules) == "reserved_key '/" + std::string(key) + "'");
        BOOST_TEST(refusal({{key, nullptr}}, rules) == "reserved_key '/" + std::string(key) + "'");
        BOOST_TEST(refusal({{"nested", {{key, 1}}}}, rules).empty());
    }
    BOOST_TEST(refusal(json(R"({"Email":1,"clientId":1,"_id ":1,"users":1,"tenant":1})"), rules).empty());
}

BOOST_AUTO_TEST_CASE(user_and_app_metadata_hold_sixteen_mebibytes)
{
    constexpr std::size_t most = 16777216;
    for (auto const& rules : {auth0::user_metadata, auth0::app_metadata}) {
        boost::json::object body;
        body["a"] = std::string(most - 8, 'x'); // {"a":"…"}
        BOOST_TEST(told(validate(state(), body, rules)).empty());
        body["a"].as_string().push_back('x');
        BOOST_TEST(told(validate(state(), body, rules)) == "too_large '' limit 16777216 actual 16777217");
        body["a"] = nullptr;
        BOOST_TEST(told(validate(state(), body, rules)).empty());
    }
}

BOOST_AUTO_TEST_CASE(client_metadata_holds_ten_short_strings_under_listed_characters)
{
    auto const& rules = auth0::client_metadata;
    check_counts(rules, 10);
    check_lengths(rules, 255, 255);
    check_strings_alone(rules, true);
    BOOST_TEST(refused_characters(rules) == "!#$%&'.;[]^`{|}~");
    BOOST_TEST(refusal({{"a\tb", "v"}}, rules).empty());
    BOOST_TEST(refusal({{"\xC3\xA9", "v"}}, rules) == "invalid_key_character '/\xC3\xA9'");
    BOOST_TEST(refusal({{"a\n", "v"}}, rules) == "invalid_key_character '/a\n'");
    BOOST_TEST(after(present(R"({"a":"1","b":"2"})"), json(R"({"a":null,"c":"3"})"), rules) == R"({"b":"2","c":"3"})");
    BOOST_TEST(after(present(R"({"a":"1"})"), json("{}"), rules) == "{}");
    BOOST_TEST(after({}, nullptr, rules) == "expected_object ''");
}

BOOST_AUTO_TEST_CASE(organization_metadata_is_replaced)
{
    auto const& rules = auth0::organization_metadata;
    check_counts(rules, 25);
    check_lengths(rules, 255, 255);
    check_strings_alone(rules, true);
    BOOST_TEST(refused_characters(rules).empty());
    BOOST_TEST(after(present(R"({"a":"1","b":"2"})"), json(R"({"b":"3","a":null})"), rules) == R"({"b":"3"})");
    BOOST_TEST(after(present(R"({"a":"1"})"), json(R"({"a":null})"), rules) == "{}");
    BOOST_TEST(after(present(R"({"a":"1"})"), json("{}"), rules) == "absent");
    BOOST_TEST(after({}, nullptr, rules) == "expected_object ''");
}

BOOST_AUTO_TEST_CASE(connection_metadata_is_replaced)
{
    auto const& rules = auth0::connection_metadata;
    check_counts(rules, 10);
    check_lengths(rules, 255, 255);
    check_strings_alone(rules, true);
    BOOST_TEST(refused_characters(rules).empty());
    BOOST_TEST(after(present(R"({"a":"1"})"), json(R"({"b":"2"})"), rules) == R"({"b":"2"})");
    BOOST_TEST(after(present(R"({"a":"1"})"), json("{}"), rules) == "absent");
    BOOST_TEST(after({}, nullptr, rules) == "expected_object ''");
}

BOOST_AUTO_TEST_CASE(domain_metadata_merges)
{
    auto const& rules = auth0::domain_metadata;
    check_counts(rules, 10);
    check_lengths(rules, 255, 255);
    check_strings_alone(rules, true);
    BOOST_TEST(refused_characters(rules).empty());
    BOOST_TEST(after(present(R"({"a":"1"})"), json(R"({"b":"2"})"), rules) == R"({"a":"1","b":"2"})");
    BOOST_TEST(after(present(R"({"a":"1"})"), json("{}"), rules) == "{}");
    BOOST_TEST(after({}, nullptr, rules) == "expected_object ''");
}

BOOST_AUTO_TEST_CASE(session_and_refresh_token_metadata_are_replaced_and_null_removes_them)
{
    for (auto const& rules : {auth0::session_metadata, auth0::refresh_token_metadata}) {
        check_counts(rules, 25);
        check_lengths(rules, 255, 255);
        check_strings_alone(rules, true);
        BOOST_TEST(refused_characters(rules) == " !\"#$%&'()*+,./:;<=>?@[\\]^`{|}~");
        BOOST_TEST(refusal({{"\xC3\xA9", "v"}}, rules) == "invalid_key_character '/\xC3\xA9'");
        BOOST_TEST(after(present(R"({"a":"1"})"), json(R"({"b":"2"})"), rules) == R"({"b":"2"})");
        BOOST_TEST(after(present(R"({"a":"1"})"), json("{}"), rules) == "absent");
        BOOST_TEST(after(present(R"({"a":"1"})"), nullptr, rules) == "absent");
        BOOST_TEST(after({}, json("[]"), rules) == "expected_object ''");
    }
}

BOOST_AUTO_TEST_CASE(agent_metadata_is_any_json_of_ten_kibibytes_and_null_removes_it)
{
    auto const& rules = auth0::agent_metadata;
    BOOST_TEST(refused_characters(rules).empty());
    BOOST_TEST(after(present(R"({"a":"1"})"), json(R"({"b":{"c":[null,true]},"d":null,"":7})"), rules) ==
               R"({"b":{"c":[null,true]},"":7})");
    BOOST_TEST(after(present(R"({"a":"1"})"), json("{}"), rules) == "absent");
    BOOST_TEST(after(present(R"({"a":"1"})"), nullptr, rules) == "absent");
    BOOST_TEST(after({}, json("[]"), rules) == "expected_object ''");
    boost::json::object const full{{"a", std::string(10'240 - 8, 'x')}};
    BOOST_TEST(after(present(R"({"b":"1"})"), full, rules) == shown(full));
    BOOST_TEST(after({}, boost::json::object{{"a", std::string(10'240 - 7, 'x')}}, rules) ==
               "too_large '' limit 10240 actual 10241");
}

BOOST_AUTO_TEST_CASE(signup_user_metadata_holds_ten_strings_of_five_hundred)
{
    auto const& rules = auth0::signup_user_metadata;
    check_counts(rules, 10);
    check_lengths(rules, 100, 500);
    check_strings_alone(rules, false);
    BOOST_TEST(refused_characters(rules) == "$.");
    BOOST_TEST(after({}, json("{}"), rules) == "{}");
    BOOST_TEST(after({}, json(R"({"a":"1"})"), rules) == R"({"a":"1"})");
    BOOST_TEST(after({}, nullptr, rules) == "expected_object ''");
}

BOOST_AUTO_TEST_CASE(profiles_are_found_by_name)
{
    BOOST_TEST(auth0::profiles.size() == 10U);
    for (auto const& each : auth0::profiles)
        BOOST_TEST((auth0::find_profile(each.name) == &each));
    BOOST_TEST((auth0::find_profile("user_metadata") == nullptr));
    BOOST_TEST((auth0::find_profile("") == nullptr));
    static_assert(auth0::find_profile("auth0.client_metadata")->policy.limits.max_members == 10);
    static_assert(auth0::find_profile("auth0.app_metadata")->policy.merge.cleared == cleared_field::absent);
    static_assert(auth0::find_profile("auth0.signup_user_metadata")->policy.limits.max_value_code_points == 500);
}

BOOST_AUTO_TEST_SUITE_END()
