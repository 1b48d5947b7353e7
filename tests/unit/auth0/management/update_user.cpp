// SPDX-License-Identifier: BSL-1.0
#include <metapatch/auth0/management/update_user.hpp>

#include <metapatch/json/equal.hpp>

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

BOOST_AUTO_TEST_SUITE(updating_users)

namespace {

constexpr std::string_view ann =
    R"({"user_id":"auth0|1","email":"ann@example.com","name":"Ann","user_metadata":{"color":"red","size":{"w":1}},)"
    R"("app_metadata":{"roles":["a"]},"logins_count":3})";

/// The answer of the text form, after the DOM form has said the same: the new user, or the status and reason.
std::string updated(std::optional<std::string_view> stored, std::optional<auth0::access_token> const& token,
                    std::string_view body, auth0::user_rules const& rules = auth0::standard_user_rules)
{
    auto const made = auth0::update_user(stored, token, "auth0|1", body, rules);
    auto const user = stored ? present(*stored) : state();
    auto const before = user;
    auto const by_dom = auth0::update_user(user, token, "auth0|1", json(body), rules);
    BOOST_TEST((user == before));
    BOOST_TEST_REQUIRE(made.has_value() == by_dom.has_value());
    if (!made) {
        BOOST_TEST(shown(made.error()) == shown(by_dom.error()));
        BOOST_CHECK(test::same_but_for_offsets(made.error().violations, by_dom.error().violations));
        BOOST_CHECK(made.error().sufficient == by_dom.error().sufficient);
        return reason(made.error());
    }
    BOOST_TEST(equal(json(made->user), by_dom->user), made->user);
    return made->user;
}

std::string by_admin(std::string_view body, std::optional<std::string_view> stored = ann)
{
    return updated(stored, token_of("update:users"), body);
}

std::string message(std::string_view body, std::string_view scopes = "update:users",
                    auth0::user_rules const& rules = auth0::standard_user_rules)
{
    auto const made = auth0::update_user(ann, token_of(scopes, "auth0|1"), "auth0|1", body, rules);
    return made ? "accepted" : made.error().message;
}

auth0::user_rules by_the_documentation()
{
    auto rules = auth0::standard_user_rules;
    rules.permissions = auth0::documented;
    return rules;
}

} // namespace

BOOST_AUTO_TEST_CASE(root_attributes_are_replaced_and_metadata_is_merged)
{
    BOOST_TEST(by_admin(R"({"name":"Bea","blocked":true,"user_metadata":{"size":{"h":2},"color":null,"x":null}})") ==
               R"({"user_id":"auth0|1","email":"ann@example.com","name":"Bea","user_metadata":{"size":{"h":2}},)"
               R"("app_metadata":{"roles":["a"]},"logins_count":3,"blocked":true})");
}

BOOST_AUTO_TEST_CASE(null_unsets_an_attribute_that_allows_it)
{
    BOOST_TEST(by_admin(R"({"name":null,"nickname":null})", R"({"user_id":"auth0|1","name":"Ann","x":1})") ==
               R"({"user_id":"auth0|1","x":1})");
    BOOST_TEST(by_admin(R"({"blocked":null})") == "400 malformed_body");
}

BOOST_AUTO_TEST_CASE(an_empty_object_leaves_user_metadata_empty_and_app_metadata_absent)
{
    BOOST_TEST(by_admin(R"({"user_metadata":{},"app_metadata":{}})") ==
               R"({"user_id":"auth0|1","email":"ann@example.com","name":"Ann","user_metadata":{},"logins_count":3})");
    BOOST_TEST(by_admin(R"({"user_metadata":{},"app_metadata":{}})", R"({"user_id":"auth0|1"})") ==
               R"({"user_id":"auth0|1","user_metadata":{}})");
    BOOST_TEST(by_admin(R"({"user_metadata":{"a":null},"app_metadata":{"a":null}})", R"({"user_id":"auth0|1"})") ==
               R"({"user_id":"auth0|1","user_metadata":{},"app_metadata":{}})");
}

BOOST_AUTO_TEST_CASE(what_only_says_how_to_go_about_it_is_never_stored)
{
    BOOST_TEST(by_admin(R"({"password":"s3cret","connection":"c","client_id":"i"})") == ann);
    BOOST_TEST(by_admin(R"({"verify_email":true,"verify_phone_number":false})") == ann);
    auto const made = auth0::update_user(ann, token_of("update:current_user_metadata", "auth0|1"), "auth0|1",
                                         R"({"password":"s3cret","name":1})");
    BOOST_TEST(shown(made.error()).find("s3cret") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(untouched_bytes_of_a_text_stay)
{
    std::string_view const stored =
        R"({ "user_id" : "auth0|1", "n":1.10, "user_metadata" : { "a" : 1e400, "b":"\u0041" }, "z":[ 1 ] })";
    auto const made =
        auth0::update_user(stored, token_of("update:users"), "auth0|1",
                           R"({"user_metadata":{"c": 123456789012345678901234567890.0},"name" : "\u0042"})");
    BOOST_TEST(made.value().user ==
               R"({ "user_id" : "auth0|1", "n":1.10, "user_metadata" : { "a" : 1e400, "b":"\u0041","c": )"
               R"(123456789012345678901234567890.0 }, "z":[ 1 ],"name":"\u0042" })");
}

BOOST_AUTO_TEST_CASE(refusals_come_in_the_order_of_the_specification)
{
    std::string_view const bad_everything =
        R"({"user_metadata":{"a.b":1},"app_metadata":{"username":1},"name":""})"; // malformed, beyond reach, dotted
    std::string_view const beyond = R"({"user_metadata":{"a.b":1},"app_metadata":{"username":1}})";
    std::string_view const dotted = R"({"user_metadata":{"a.b":1}})";
    auto const weak = token_of("update:current_user_metadata", "auth0|2");
    auto const own = token_of("update:current_user_metadata", "auth0|1");
    BOOST_TEST(updated(std::nullopt, std::nullopt, bad_everything) == "401 unauthorized");
    BOOST_TEST(updated(std::nullopt, token_of("read:users"), bad_everything) == "403 insufficient_scope");
    BOOST_TEST(updated(std::nullopt, weak, bad_everything) == "400 malformed_body");
    BOOST_TEST(updated(std::nullopt, weak, R"({"user_metadata":null})") == "400 malformed_body");
    BOOST_TEST(updated(std::nullopt, weak, beyond) == "403 subject_mismatch");
    BOOST_TEST(updated(std::nullopt, own, beyond) == "403 fields_out_of_reach");
    BOOST_TEST(updated(std::nullopt, own, dotted) == "404 not_found");
    BOOST_TEST(updated(ann, own, dotted) == "400 rule_violation");
    BOOST_TEST(updated(ann, own, R"({"user_metadata":{"a":1}})").starts_with("{\"user_id\""));
}

BOOST_AUTO_TEST_CASE(a_body_that_is_no_json_or_no_object_is_told_as_the_service_tells_it)
{
    BOOST_TEST(message("{\"a\"") == "Invalid request payload JSON format");
    BOOST_TEST(message("") == "Invalid request payload JSON format");
    BOOST_TEST(message("\"\xFF\"") == "Invalid request payload JSON format");
    BOOST_TEST(message(" null ") == "Payload validation error: 'Expected type object but found type null'.");
    BOOST_TEST(message("[]") == "Payload validation error: 'Expected type object but found type array'.");
    BOOST_TEST(message("1.5") == "Payload validation error: 'Expected type object but found type number'.");
    BOOST_TEST(message(std::string(1100, '[')) == "Invalid request payload JSON format");
    boost::json::value const bad{{"name", "\xFF"}};
    BOOST_TEST(auth0::update_user(present(ann), token_of("update:users"), "auth0|1", bad).error().message ==
               "Invalid request payload JSON format");
}

BOOST_AUTO_TEST_CASE(a_malformed_body_tells_all_faults_of_the_kind_that_its_message_is_of_and_where)
{
    auto const told = [](std::string_view body) {
        auto const made = auth0::update_user(ann, token_of("update:users"), "auth0|1", body);
        BOOST_TEST_REQUIRE(!made);
        BOOST_TEST(reason(made.error()) == "400 malformed_body");
        BOOST_TEST(made.error().violations.empty() == false);
        return test::told(made.error().violations);
    };
    BOOST_TEST(told(R"({"name":01})") == "malformed_json '' offset 9");
    BOOST_TEST(told("") == "malformed_json '' offset 0");
    BOOST_TEST(told("  [1]") == "expected_object '' offset 2");
    BOOST_TEST(told("[1") == "malformed_json '' offset 2");
    BOOST_TEST(told(R"({"a/b":1,"name":2,"\u0078": 3})") ==
               "unknown_member '/a~1b' offset 1; unknown_member '/x' offset 18");
    BOOST_TEST(told("{}") == "missing_member ''");
    BOOST_TEST(told(R"({"connection":"c"})") == "missing_member ''");
    BOOST_TEST(told(R"({"name": null,"blocked" : "no","app_metadata":[],"nickname":""})") ==
               "invalid_value_type '/blocked' offset 26; expected_object '/app_metadata' offset 46; "
               "value_too_short '/nickname' limit 1 actual 0 offset 60");
    BOOST_TEST(told(R"({"email":"no","blocked":null})") ==
               "invalid_format '/email' offset 9; invalid_value_type '/blocked' offset 24");
    BOOST_TEST(told(R"({"given_name":")" + std::string(151, 'x') + R"("})") ==
               "value_too_long '/given_name' limit 150 actual 151 offset 14");
    BOOST_TEST(told(R"({"password":"x","name":"n","username":"u","email":"a@b.co"})") ==
               "conflicting_member '/password' offset 1; conflicting_member '/username' offset 27; "
               "conflicting_member '/email' offset 42");
    std::string deep(1025, '[');
    BOOST_TEST(told(R"({"name":)" + deep) == "too_deep '' limit 1024 offset 1031");
    // A name that is there twice is where the one is that wins.
    BOOST_TEST(told(R"({"blocked":1,"blocked":2})") == "invalid_value_type '/blocked' offset 23");
}

BOOST_AUTO_TEST_CASE(a_malformed_body_that_is_no_text_tells_pointers)
{
    auto const told = [](boost::json::value const& body) {
        auto const made = auth0::update_user(present(ann), token_of("update:users"), "auth0|1", body);
        BOOST_TEST_REQUIRE(!made);
        return test::told(made.error().violations);
    };
    BOOST_TEST(told(1) == "expected_object ''");
    BOOST_TEST(told({{"a", 1}}) == "unknown_member '/a'");
    BOOST_TEST(told({{"name", "\xFF"}}) == "malformed_json '/name'");
    BOOST_TEST(told({{"name", 1}, {"nickname", 2}}) == "invalid_value_type '/name'; invalid_value_type '/nickname'");
}

BOOST_AUTO_TEST_CASE(violations_of_both_fields_are_told_together_and_the_first_in_the_bodys_order_is_the_message)
{
    auto const made = auth0::update_user(ann, token_of("update:users"), "auth0|1",
                                         R"({"app_metadata":{"username":1},"user_metadata":{"a":[{"b.c":1}]}})");
    BOOST_TEST(made.error().message == "Forbidden attribute in app_metadata: username");
    BOOST_TEST(test::told(made.error().violations) ==
               "reserved_key '/app_metadata/username'; invalid_key_character '/user_metadata/a/0/b.c'");
    BOOST_TEST(message(R"({"user_metadata":{"a":[{"b.c":1}]}})") ==
               "Fields with \".\" are not allowed, please remove all dotted fields. Example: user_metadata.a[0].b.c");
}

BOOST_AUTO_TEST_CASE(both_fields_together_have_a_size_that_counts_only_where_one_is_touched)
{
    auto rules = auth0::standard_user_rules;
    rules.max_metadata_bytes = 51; // 30 and 15 are stored
    BOOST_TEST(updated(ann, token_of("update:users"), R"({"app_metadata":{"a":"a"}})", rules) == "400 rule_violation");
    auto const told =
        auth0::update_user(ann, token_of("update:users"), "auth0|1", R"({"app_metadata":{"a":"a"}})", rules);
    BOOST_TEST(test::told(told.error().violations) == "too_large '' limit 51 actual 53");
    BOOST_TEST(told.error().message == "user_metadata and app_metadata together are too large (53 bytes), maximum 51");
    rules.max_metadata_bytes = 53;
    BOOST_TEST(updated(ann, token_of("update:users"), R"({"app_metadata":{"a":"a"}})", rules).starts_with("{"));
    rules.max_metadata_bytes = 1;
    BOOST_TEST(updated(ann, token_of("update:users"), R"({"name":"x"})", rules).starts_with("{"));
    BOOST_TEST(updated(ann, token_of("update:users"), R"({"user_metadata":{}})", rules) == "400 rule_violation");
}

BOOST_AUTO_TEST_CASE(a_body_of_any_depth_is_refused_without_recursion)
{
    boost::json::monotonic_resource memory;
    boost::json::storage_ptr const storage(&memory);
    for (std::string_view const field : {"user_metadata", "app_metadata"}) {
        boost::json::object body(storage);
        body.emplace(field, test::deep_value(storage));
        boost::json::value const given(std::move(body));
        auto const made = auth0::update_user(present(ann), token_of("update:users"), "auth0|1", given);
        BOOST_TEST_REQUIRE(!made.has_value());
        BOOST_TEST(reason(made.error()) == "400 rule_violation");
        BOOST_CHECK(made.error().violations.front().code == errc::too_deep);
    }
}

BOOST_AUTO_TEST_CASE(a_large_profile_is_a_warning_on_both_sides_of_the_limit)
{
    auto const body = [](std::size_t size) { return R"({"user_metadata":{"k":")" + std::string(size, 'v') + R"("}})"; };
    std::string_view const empty = R"({"user_id":"auth0|1"})"; // with 10,240 bytes in the end
    auto const around = std::string_view(R"({"user_id":"auth0|1","user_metadata":{"k":""}})").size();
    for (std::size_t const extra : {0U, 1U}) {
        auto const text = body(10'240 - around + extra);
        auto const made = auth0::update_user(empty, token_of("update:users"), "auth0|1", text);
        auto const by_dom = auth0::update_user(present(empty), token_of("update:users"), "auth0|1", json(text));
        BOOST_CHECK(auth0::large_profile(made.value().user) ==
                    (extra > 0 ? std::optional<std::size_t>(10'241) : std::nullopt));
        BOOST_CHECK(auth0::large_profile(by_dom.value().user) == auth0::large_profile(made.value().user));
    }
    auto const spaced = auth0::update_user(R"({"user_id":"auth0|1")" + std::string(20'000, ' ') + "}",
                                           token_of("update:users"), "auth0|1", R"({"name":"x"})");
    BOOST_CHECK(!auth0::large_profile(spaced.value().user));
}

BOOST_AUTO_TEST_CASE(what_is_stored_and_cannot_be_read_is_told_last)
{
    BOOST_TEST(
        reason(auth0::update_user(std::string_view("[]"), token_of("update:users"), "x", R"({"name":"a"})").error()) ==
        "500 unreadable_state");
    BOOST_TEST(by_admin(R"({"user_metadata":{"a":1}})", R"({"user_metadata":[]})") == "500 unreadable_state");
    BOOST_TEST(by_admin(R"({"user_metadata":{"$":1}})", R"({"user_metadata":[]})") == "400 rule_violation");
}

BOOST_AUTO_TEST_CASE(a_stored_null_is_an_absent_field)
{
    auto const* const stored = R"({"user_metadata":null,"x":1,"app_metadata":null})";
    BOOST_TEST(by_admin(R"({"user_metadata":{"a":1,"b":null}})", stored) ==
               R"({"user_metadata":{"a":1},"x":1,"app_metadata":null})");
    BOOST_TEST(by_admin(R"({"user_metadata":{},"app_metadata":{}})", stored) == R"({"user_metadata":{},"x":1})");
    BOOST_TEST(by_admin(R"({"name":"a"})", stored) == R"({"user_metadata":null,"x":1,"app_metadata":null,"name":"a"})");
    auto small = auth0::standard_user_rules;
    small.max_metadata_bytes = 7; // of which null takes none
    BOOST_TEST(updated(stored, token_of("update:users"), R"({"user_metadata":{"a":1}})", small) ==
               R"({"user_metadata":{"a":1},"x":1,"app_metadata":null})");
    small.max_metadata_bytes = 6;
    BOOST_TEST(updated(stored, token_of("update:users"), R"({"user_metadata":{"a":1}})", small) ==
               "400 rule_violation");
}

BOOST_AUTO_TEST_CASE(a_clear_repairs_a_stored_field_that_is_no_object)
{
    for (std::string const value : {R"("[object {\"a\":1}]")", "[]", R"([{"a":1},{}])", "7", "true"}) {
        auto const stored = R"({"x":1,"user_metadata":)" + value + R"(,"app_metadata": )" + value + " }";
        BOOST_TEST(by_admin(R"({"user_metadata":{}})", stored) ==
                   R"({"x":1,"user_metadata":{},"app_metadata": )" + value + " }");
        BOOST_TEST(by_admin(R"({"user_metadata":{},"app_metadata":{}})", stored) == R"({"x":1,"user_metadata":{}})");
        BOOST_TEST(by_admin(R"({"user_metadata":{},"app_metadata":{"a":1}})", stored) == "500 unreadable_state");
    }
    auto replacing = auth0::standard_user_rules;
    replacing.user_metadata.merge.depth = 0;
    BOOST_TEST(updated(R"({"user_metadata":"x"})", token_of("update:users"), R"({"user_metadata":{"a":1,"b":null}})",
                       replacing) == R"({"user_metadata":{"a":1}})");
}

BOOST_AUTO_TEST_CASE(the_documented_table_judges_the_effects_on_what_is_stored)
{
    auto const rules = by_the_documentation();
    auto const with = [&](std::string_view scopes, std::string_view body, std::string_view subject = "auth0|1") {
        auto const made = updated(ann, token_of(scopes, subject), body, rules);
        return made.starts_with("{") ? "accepted" : made;
    };
    BOOST_TEST(with("create:current_user_metadata", R"({"user_metadata":{"new":1}})") == "accepted");
    BOOST_TEST(with("update:current_user_metadata", R"({"user_metadata":{"new":1}})") == "403 insufficient_scope");
    BOOST_TEST(with("update:current_user_metadata", R"({"user_metadata":{"color":"blue"}})") == "accepted");
    BOOST_TEST(with("create:current_user_metadata", R"({"user_metadata":{"color":"blue"}})") ==
               "403 insufficient_scope");
    BOOST_TEST(with("delete:current_user_metadata", R"({"user_metadata":{"color":null}})") == "accepted");
    BOOST_TEST(with("delete:current_user_metadata", R"({"user_metadata":{}})") == "accepted");
    BOOST_TEST(with("create:current_user_metadata update:current_user_metadata", R"({"user_metadata":{}})") ==
               "403 insufficient_scope");
    BOOST_TEST(with("create:current_user_metadata", R"({"user_metadata":{"color":"red","gone":null}})") == "accepted");
    BOOST_TEST(with("update:users", R"({"user_metadata":{"color":"red"}})") == "403 insufficient_scope");
    BOOST_TEST(with("create:current_user_metadata", R"({"user_metadata":{"new":1}})", "auth0|2") ==
               "403 subject_mismatch");
    BOOST_TEST(with("create:current_user_metadata", R"({"app_metadata":{"new":1}})") == "403 fields_out_of_reach");
    BOOST_TEST(with("update:current_user_metadata", R"({"user_metadata":{"new.key":1}})") == "400 rule_violation");
    BOOST_TEST(message(R"({"user_metadata":{"new":1,"other":2,"color":null}})", "update:current_user_metadata",
                       rules) == "Insufficient scope, expected all of: create:current_user_metadata (for new, other), "
                                 "delete:current_user_metadata (for color)");
}

BOOST_AUTO_TEST_CASE(the_decision_says_what_it_was_granted_by)
{
    auto const made =
        auth0::update_user(ann, token_of("update:current_user_metadata update:users_app_metadata", "auth0|1"),
                           "auth0|1", R"({"user_metadata":{"a":1},"app_metadata":{"b":1}})");
    std::string scopes;
    for (auto const scope : made.value().decision.granted_by())
        scopes.append(scope) += ' ';
    BOOST_TEST(scopes == "update:users_app_metadata update:current_user_metadata ");
}

BOOST_AUTO_TEST_CASE(a_policy_of_ones_own_counts)
{
    auto rules = auth0::standard_user_rules;
    rules.user_metadata.merge.on_null = null_body::clears;
    rules.app_metadata.limits.max_members = 1;
    BOOST_TEST(updated(R"({"user_metadata":{"a":1}})", token_of("update:users"), R"({"user_metadata":null})", rules) ==
               R"({"user_metadata":{}})");
    BOOST_TEST(updated(ann, token_of("update:users"), R"({"app_metadata":{"second":1}})", rules) ==
               "400 rule_violation");
}

BOOST_AUTO_TEST_CASE(a_user_lives_in_the_storage_that_is_asked_for)
{
    auto const storage = boost::json::make_shared_resource<boost::json::monotonic_resource>();
    auto const made = auth0::update_user(present(ann), token_of("update:users"), "auth0|1",
                                         json(R"({"user_metadata":{"a":[1]}})"), auth0::standard_user_rules, storage);
    BOOST_TEST((*made.value().user.storage() == *storage));
    BOOST_TEST((*made.value().user.at("user_metadata").at("a").storage() == *storage));
}

BOOST_AUTO_TEST_SUITE_END()
