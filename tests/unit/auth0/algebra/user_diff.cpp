// SPDX-License-Identifier: BSL-1.0
#include <metapatch/auth0/algebra/user_diff.hpp>

#include "../../../patch_text.hpp"
#include "../../../requests.hpp"

#include <boost/test/unit_test.hpp>
#include <metapatch/auth0/management/update_user.hpp>
#include <string>
#include <string_view>

using namespace metapatch;
using metapatch::test::json;
using metapatch::test::object;
using metapatch::test::shown;
using metapatch::test::token_of;

BOOST_AUTO_TEST_SUITE(differences_of_users)

namespace {

/// What is sent from text to text, after the form of values has said the same, and `update_user` has accepted it.
std::string sent(std::string_view from, std::string_view to,
                 auth0::user_rules const& rules = auth0::standard_user_rules, presence how = presence::exact)
{
    auto const texts = auth0::diff_users(from, to, rules, how);
    auto const values = auth0::diff_users(object(from), object(to), rules, how);
    BOOST_TEST_REQUIRE(texts.has_value() == values.has_value());
    if (!texts) {
        BOOST_TEST((texts.error() == values.error()));
        return test::told(texts);
    }
    BOOST_TEST(texts->nothing_to_send() == values->nothing_to_send());
    BOOST_TEST_REQUIRE(texts->in_turn.size() == values->in_turn.size());
    std::string user(from);
    for (std::size_t i = 0; i < texts->in_turn.size(); ++i) {
        BOOST_TEST(shown(json(texts->in_turn[i])) == shown(values->in_turn[i]));
        user = auth0::update_user(user, token_of("update:users"), "x", texts->in_turn[i], rules).value().user;
    }
    BOOST_TEST(auth0::diff_users(user, to, rules, how)->nothing_to_send());
    return shown(texts->in_turn);
}

} // namespace

BOOST_AUTO_TEST_CASE(one_body_has_what_differs_of_the_root_and_of_both_fields)
{
    BOOST_TEST(sent(R"({"user_id":"x","name":"Ann","email":"a@b.co","picture":"https://a.b/c","nickname":"n",)"
                    R"("user_metadata":{"a":1,"b":2},"app_metadata":{"plan":"free","keep":1.10}})",
                    R"({"user_id":"x","name":"Eve","email":"a@b.co","nickname":"n","blocked":true,)"
                    R"("user_metadata":{"b":3,"c":{"d":1.50}},"app_metadata":{"keep":1.1,"plan":"team"}})") ==
               R"({"picture":null,"name":"Eve","blocked":true,"user_metadata":{"a":null,"b":3,"c":{"d":1.50}},)"
               R"("app_metadata":{"plan":"team"}})");
}

BOOST_AUTO_TEST_CASE(what_is_the_same_is_not_sent_and_a_field_is_never_cleared_by_the_way)
{
    BOOST_TEST(sent(R"({"user_metadata":{"a":1},"app_metadata":{"b":2}})",
                    R"({"app_metadata":{"b":2.0},"user_metadata":{"a":2}})") == R"({"user_metadata":{"a":2}})");
    for (auto const* user : {"{}", R"({"user_metadata":{},"app_metadata":{}})", R"({"user_metadata":"odd"})",
                             R"({"user_id":"x","made_up":[1],"name":null})"})
        BOOST_TEST(sent(user, user) == "", user);
    BOOST_TEST(sent(R"({"user_metadata":null})", "{}") == ""); // both are absent
    BOOST_TEST(sent(R"({"user_metadata":{"a":1}})", R"({"user_metadata":{}})") == R"({"user_metadata":{"a":null}})");
}

BOOST_AUTO_TEST_CASE(what_the_service_writes_is_left_aside_unless_all_counts)
{
    constexpr auto from = R"({"updated_at":"1","last_login":"1","logins_count":1,"name":"a"})";
    constexpr auto to = R"({"updated_at":"2","last_ip":"::1","logins_count":2,"last_password_reset":"3","name":"b",)"
                        R"("multifactor_last_modified":"4"})";
    BOOST_TEST(sent(from, to) == R"({"name":"b"})");
    std::array<std::string_view, 1> const one{"name"};
    BOOST_TEST(test::told(auth0::diff_users(R"({"updated_at":"1","name":"a"})", R"({"updated_at":"2","name":"b"})",
                                            auth0::standard_user_rules, presence::exact, one)) ==
               "unreachable_state '/updated_at'");
    BOOST_TEST(test::told(auth0::diff_users(object(R"({"updated_at":"1"})"), object(R"({"updated_at":"2"})"),
                                            auth0::standard_user_rules, presence::exact, {})) ==
               "unreachable_state '/updated_at'");
}

BOOST_AUTO_TEST_CASE(what_no_PATCH_reaches_is_told_with_its_place)
{
    BOOST_TEST(sent(R"({"user_id":"x","blocked":true,"created_at":"1","a/b":1})",
                    R"({"user_id":"y","email_verified":false,"identities":[],"picture":null})") ==
               "unreachable_state '/blocked'; unreachable_state '/created_at'; unreachable_state '/a~1b'; "
               "unreachable_state '/user_id'; unreachable_state '/identities'; unreachable_null '/picture'");
    BOOST_TEST(sent("{}", R"({"password":"p"})") == "unreachable_state '/password'"); // which is not stored
    BOOST_TEST(sent(R"({"user_metadata":{"a":1},"app_metadata":{"a":1}})", R"({"app_metadata":{"a":null}})") ==
               "unreachable_state '/user_metadata'; unreachable_null '/app_metadata/a'");
    BOOST_TEST(sent("{}", R"({"user_metadata":[1]})") == "expected_object '/user_metadata'");
}

BOOST_AUTO_TEST_CASE(values_that_a_body_must_not_have_are_told)
{
    BOOST_TEST(sent("{}", R"({"email":"no","name":1,"nickname":"","app_metadata":{"blocked":1,"x":{"a.b":1}}})") ==
               "invalid_format '/email'; invalid_value_type '/name'; "
               "value_too_short '/nickname' limit 1 actual 0; reserved_key '/app_metadata/blocked'; "
               "invalid_key_character '/app_metadata/x/a.b'");
}

BOOST_AUTO_TEST_CASE(attributes_that_must_not_come_together_take_two_bodies)
{
    BOOST_TEST(sent(R"({"email":"a@b.co","username":"a"})",
                    R"({"username":"b","email_verified":true,"email":"b@b.co","name":"n"})") ==
               R"({"username":"b","name":"n"} {"email_verified":true,"email":"b@b.co"})");
    BOOST_TEST(sent(R"({"email":"a@b.co","username":"a"})", R"({"email":"b@b.co","user_metadata":{"a":1}})") ==
               R"({"username":null,"user_metadata":{"a":1}} {"email":"b@b.co"})");
    auto const two = auth0::diff_users(R"({"email":"a@b.co","username":"a"})", R"({"email":"b@b.co"})").value();
    BOOST_TEST(!two.is_atomic());
}

BOOST_AUTO_TEST_CASE(a_field_may_take_more_bodies_than_the_others)
{
    BOOST_TEST(sent(R"({"name":"a","user_metadata":{"a.b":1,"c":1},"app_metadata":{"d":1}})",
                    R"({"name":"b","user_metadata":{"c":1},"app_metadata":{}})") ==
               R"({"name":"b","user_metadata":{},"app_metadata":{"d":null}} {"user_metadata":{"c":1}})");
}

BOOST_AUTO_TEST_CASE(metadata_that_is_no_object_is_repaired_where_a_body_does_that)
{
    BOOST_TEST(sent(R"({"user_metadata":"odd"})", R"({"user_metadata":{}})") == R"({"user_metadata":{}})");
    BOOST_TEST(sent(R"({"user_metadata":"odd"})", R"({"user_metadata":{"a":1}})") ==
               R"({"user_metadata":{}} {"user_metadata":{"a":1}})");
    BOOST_TEST(sent(R"({"user_metadata":"odd"})", "{}") == "unreachable_state '/user_metadata'");
    BOOST_TEST(sent(R"({"app_metadata":[1]})", "{}") == R"({"app_metadata":{}})");
    BOOST_TEST(sent(R"({"app_metadata":[1]})", R"({"app_metadata":{}})") ==
               R"({"app_metadata":{}} {"app_metadata":{"_":null}})");
    auto merges = auth0::standard_user_rules;
    merges.user_metadata.merge.on_empty = empty_body::merges;
    BOOST_TEST(sent(R"({"user_metadata":1})", R"({"user_metadata":{"a":1}})", merges) ==
               "unreachable_state '/user_metadata'");
}

BOOST_AUTO_TEST_CASE(where_either_presence_will_do_none_is_made)
{
    auto const either = [](std::string_view from, std::string_view to) {
        return sent(from, to, auth0::standard_user_rules, presence::either);
    };
    BOOST_TEST(either(R"({"user_metadata":{},"app_metadata":{"a":1}})", "{}") == R"({"app_metadata":{"a":null}})");
    BOOST_TEST(either("{}", R"({"app_metadata":{}})") == "");
    BOOST_TEST(either(R"({"user_metadata":"odd"})", "{}") == R"({"user_metadata":{}})");
    BOOST_TEST(either(R"({"app_metadata":"odd"})", R"({"app_metadata":{}})") == R"({"app_metadata":{}})");
}

BOOST_AUTO_TEST_CASE(sizes_are_those_of_a_field_and_of_both)
{
    auto rules = auth0::standard_user_rules;
    rules.max_metadata_bytes = 15;
    BOOST_TEST(sent(R"({"user_metadata":{"a":1}})", R"({"user_metadata":{"a":1},"app_metadata":{"b":2}})", rules) ==
               R"({"app_metadata":{"b":2}})");
    rules.max_metadata_bytes = 13;
    BOOST_TEST(sent(R"({"user_metadata":{"a":1}})", R"({"user_metadata":{"a":1},"app_metadata":{"b":2}})", rules) ==
               "too_large '' limit 13 actual 14");
    rules.max_metadata_bytes = 14;
    BOOST_TEST(sent(R"({"user_metadata":{"a":1}})", R"({"user_metadata":{"a":1},"app_metadata":{"b":2}})", rules) ==
               R"({"app_metadata":{"b":2}})");
    BOOST_TEST(sent(R"({"user_metadata":{"a":1,"b":2},"app_metadata":{"c":123}})",
                    R"({"user_metadata":{"a":1},"app_metadata":{"c":1}})",
                    rules) == R"({"user_metadata":{"b":null},"app_metadata":{"c":1}})");
    rules.app_metadata.limits.max_bytes = 6;
    BOOST_TEST(sent(R"({"user_metadata":{"a":1}})", R"({"user_metadata":{"a":1},"app_metadata":{"b":2}})", rules) ==
               "too_large '/app_metadata' limit 6 actual 7");
}

BOOST_AUTO_TEST_CASE(between_texts_no_number_is_rounded)
{
    constexpr auto from = R"({"app_metadata":{"id":12345678901234567890123}})";
    constexpr auto to = R"({"app_metadata":{"id":12345678901234567890124}})";
    BOOST_TEST(shown(auth0::diff_users(from, to)->in_turn) == to);
    BOOST_TEST(auth0::diff_users(object(from), object(to))->nothing_to_send());
    auto measured = auth0::standard_user_rules;
    measured.app_metadata.limits.max_bytes = 11;
    BOOST_TEST(test::told(auth0::diff_users(R"({"app_metadata":{"a":1.00}})", R"({"app_metadata":{"a":1.000}})",
                                            measured)) == "accepted"); // nothing differs
    BOOST_TEST(test::told(auth0::diff_users(R"({"app_metadata":{"a":1.00}})", R"({"app_metadata":{"a":1.001}})",
                                            measured)) == "accepted");
    BOOST_TEST(test::told(auth0::diff_users(R"({"app_metadata":{"a":1.00}})", R"({"app_metadata":{"a":1.0001}})",
                                            measured)) == "too_large '/app_metadata' limit 11 actual 12");
}

BOOST_AUTO_TEST_CASE(a_text_that_is_no_user_is_told_with_its_name)
{
    auto const told = [](std::string_view from, std::string_view to) {
        auto const made = auth0::diff_users(from, to);
        return test::told(made) + " of the " + std::string(name(made.error().front().text.value()));
    };
    BOOST_TEST(told("{", "[]") == "malformed_json '' offset 1 of the state to start from");
    BOOST_TEST(told("{}", "[]") == "expected_object '' of the state to reach");
    BOOST_TEST(told("null", "{}") == "expected_object '' of the state to start from");
}

BOOST_AUTO_TEST_SUITE_END()
