// SPDX-License-Identifier: BSL-1.0
#include <metapatch/auth0/login/metadata_updates.hpp>

#include "../../../requests.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/test/unit_test.hpp>

using namespace metapatch;
using metapatch::auth0::metadata_updates;
using metapatch::test::json;
using metapatch::test::object;
using metapatch::test::shown;
using metapatch::test::told;

BOOST_AUTO_TEST_SUITE(updates_of_metadata)

namespace {

std::string bodies(metadata_updates const& updates)
{
    std::string text;
    for (auto const& body : updates.bodies())
        text += (text.empty() ? "" : " ") + shown(body);
    return text;
}

/// A call that is refused, which changes nothing.
template<class Call>
std::string refusal(metadata_updates& updates, Call call)
{
    auto const user = shown(updates.user());
    auto const sent = bodies(updates);
    auto const why = call(updates);
    BOOST_TEST(shown(updates.user()) == user);
    BOOST_TEST(bodies(updates) == sent);
    return told(why);
}

std::string set_app_refusal(metadata_updates& updates, std::string_view key, boost::json::value const& value)
{
    return refusal(updates, [&](auto& on) { return on.set_app_metadata(key, value); });
}

std::string set_user_refusal(metadata_updates& updates, std::string_view key, boost::json::value const& value)
{
    return refusal(updates, [&](auto& on) { return on.set_user_metadata(key, value); });
}

std::string update_refusal(metadata_updates& updates, boost::json::value const& body)
{
    return refusal(updates, [&](auto& on) { return on.update_user_metadata(body); });
}

boost::json::value text_of(std::size_t size)
{
    return boost::json::string(size, 'x');
}

constexpr auto stored =
    R"({"user_id":"auth0|1","user_metadata":{"color":"red","size":{"w":1}},"app_metadata":{"plan":1}})";

} // namespace

BOOST_AUTO_TEST_CASE(without_calls_there_is_nothing_to_send)
{
    metadata_updates const updates(object(stored));
    BOOST_TEST(bodies(updates).empty());
    BOOST_TEST(shown(updates.user()) == stored);
}

BOOST_AUTO_TEST_CASE(each_update_of_a_rule_is_a_patch_of_its_own)
{
    metadata_updates updates(object(stored));
    BOOST_TEST(told(updates.update_user_metadata(json(R"({"size":{"h":2},"color":null})"))).empty());
    BOOST_TEST(told(updates.update_app_metadata(json(R"({"plan":1})"))).empty());
    BOOST_TEST(told(updates.update_user_metadata(json(R"({"new":[null]})"))).empty());
    BOOST_TEST(bodies(updates) == R"({"user_metadata":{"size":{"h":2},"color":null}} {"app_metadata":{"plan":1}} )"
                                  R"({"user_metadata":{"new":[null]}})");
    BOOST_TEST(shown(updates.user()) ==
               R"({"user_id":"auth0|1","user_metadata":{"size":{"h":2},"new":[null]},"app_metadata":{"plan":1}})");
}

BOOST_AUTO_TEST_CASE(an_empty_update_of_a_rule_erases)
{
    metadata_updates updates(object(stored));
    BOOST_TEST(told(updates.update_user_metadata(json("{}"))).empty());
    BOOST_TEST(told(updates.update_app_metadata(json("{}"))).empty());
    BOOST_TEST(bodies(updates) == R"({"user_metadata":{}} {"app_metadata":{}})");
    BOOST_TEST(shown(updates.user()) == R"({"user_id":"auth0|1","user_metadata":{}})");
}

BOOST_AUTO_TEST_CASE(all_that_actions_set_is_one_patch)
{
    metadata_updates updates(object(stored));
    BOOST_TEST(told(updates.set_app_metadata("logins", 1)).empty());
    BOOST_TEST(told(updates.set_user_metadata("size", json(R"({"h":2})"))).empty());
    BOOST_TEST(told(updates.set_app_metadata("plan", 2)).empty());
    BOOST_TEST(told(updates.set_app_metadata("logins", 2)).empty());
    BOOST_TEST(bodies(updates) == R"({"user_metadata":{"size":{"h":2}},"app_metadata":{"logins":2,"plan":2}})");
    BOOST_TEST(shown(updates.user()) == R"({"user_id":"auth0|1","user_metadata":{"color":"red","size":{"h":2}},)"
                                        R"("app_metadata":{"plan":2,"logins":2}})");
}

BOOST_AUTO_TEST_CASE(what_is_stored_already_is_not_sent)
{
    metadata_updates updates(object(stored));
    BOOST_TEST(told(updates.set_user_metadata("color", "red")).empty());
    BOOST_TEST(told(updates.set_user_metadata("size", json(R"({"w":1.0})"))).empty());
    BOOST_TEST(told(updates.set_app_metadata("plan", 2)).empty());
    BOOST_TEST(told(updates.set_app_metadata("plan", 1U)).empty()); // back again
    BOOST_TEST(bodies(updates).empty());
    BOOST_TEST(told(updates.set_user_metadata("other", false)).empty());
    BOOST_TEST(bodies(updates) == R"({"user_metadata":{"other":false}})");
}

BOOST_AUTO_TEST_CASE(a_null_removes_and_is_sent_even_where_nothing_is_there)
{
    metadata_updates updates(object(R"({"app_metadata":{"a":1}})"));
    BOOST_TEST(told(updates.set_app_metadata("a", nullptr)).empty());
    BOOST_TEST(told(updates.set_app_metadata("b", 1)).empty());
    BOOST_TEST(told(updates.set_app_metadata("b", nullptr)).empty());
    BOOST_TEST(told(updates.set_user_metadata("c", nullptr)).empty());
    BOOST_TEST(bodies(updates) == R"({"user_metadata":{"c":null},"app_metadata":{"a":null,"b":null}})");
    BOOST_TEST(shown(updates.user()) == R"({"app_metadata":{},"user_metadata":{}})");
}

BOOST_AUTO_TEST_CASE(what_actions_have_set_is_put_over_the_update_of_a_later_rule)
{
    metadata_updates updates(object(stored));
    BOOST_TEST(told(updates.set_user_metadata("color", "blue")).empty());
    BOOST_TEST(told(updates.set_user_metadata("size", nullptr)).empty());
    BOOST_TEST(told(updates.set_user_metadata("left", "red")).empty());
    BOOST_TEST(told(updates.update_user_metadata(json(R"({"color":"blue","size":3,"b":1})"))).empty());
    BOOST_TEST(bodies(updates) == R"({"user_metadata":{"color":"blue","size":3,"b":1}} )"
                                  R"({"user_metadata":{"size":null,"left":"red"}})");
    BOOST_TEST(shown(updates.user().at("user_metadata")) == R"({"color":"blue","b":1,"left":"red"})");
    BOOST_TEST(told(updates.update_user_metadata(json("{}"))).empty());
    BOOST_TEST(bodies(updates) == R"({"user_metadata":{"color":"blue","size":3,"b":1}} {"user_metadata":{}} )"
                                  R"({"user_metadata":{"color":"blue","size":null,"left":"red"}})");
    BOOST_TEST(shown(updates.user().at("user_metadata")) == R"({"color":"blue","left":"red"})");
}

BOOST_AUTO_TEST_CASE(a_flush_ends_the_patch_of_actions)
{
    metadata_updates updates(object(stored));
    updates.flush();
    BOOST_TEST(bodies(updates).empty());
    BOOST_TEST(told(updates.set_user_metadata("color", "blue")).empty());
    updates.flush();
    BOOST_TEST(told(updates.set_user_metadata("color", "red")).empty());
    BOOST_TEST(told(updates.set_app_metadata("plan", 1)).empty());
    updates.flush();
    updates.flush();
    BOOST_TEST(bodies(updates) == R"({"user_metadata":{"color":"blue"}} {"user_metadata":{"color":"red"}})");
    BOOST_TEST(shown(updates.user()) == stored);
}

BOOST_AUTO_TEST_CASE(calls_keep_to_the_rules_of_the_field)
{
    metadata_updates updates(object(stored));
    BOOST_TEST(told(updates.set_user_metadata("a", 1)).empty());
    BOOST_TEST(set_app_refusal(updates, "email", "x") == "reserved_key '/email'");
    BOOST_TEST(set_app_refusal(updates, "username", nullptr) == "reserved_key '/username'");
    BOOST_TEST(set_user_refusal(updates, "a.b/c", json(R"([{"$":1}])")) ==
               "invalid_key_character '/a.b~1c'; invalid_key_character '/a.b~1c/0/$'");
    BOOST_TEST(set_user_refusal(updates, "a", "\xFF") == "malformed_json '/a'");
    BOOST_TEST(update_refusal(updates, nullptr) == "expected_object ''");
    BOOST_TEST(update_refusal(updates, json("[]")) == "expected_object ''");
    BOOST_TEST(update_refusal(updates, json(R"({"b":1,"x.y":2})")) == "invalid_key_character '/x.y'");
    boost::json::value deep = json("[]");
    for (int level = 2; level < 512; ++level)
        deep = boost::json::array{std::move(deep)};
    BOOST_TEST(told(updates.set_user_metadata("deep", deep)).empty());
    deep = boost::json::array{std::move(deep)};
    BOOST_TEST(set_user_refusal(updates, "deeper", deep) == "too_deep '' limit 512");
}

BOOST_AUTO_TEST_CASE(a_stored_field_that_is_no_object_takes_no_update_but_a_clear)
{
    metadata_updates updates(object(R"({"user_metadata":"x","app_metadata":[1]})"));
    BOOST_TEST(update_refusal(updates, json(R"({"a":1})")) == "expected_object ''");
    BOOST_TEST(set_user_refusal(updates, "a", 1) == "expected_object ''");
    BOOST_TEST(set_app_refusal(updates, "a.b", nullptr) == "expected_object ''");
    BOOST_TEST(told(updates.update_user_metadata(json("{}"))).empty());
    BOOST_TEST(told(updates.update_app_metadata(json("{}"))).empty());
    BOOST_TEST(told(updates.set_user_metadata("a", 1)).empty());
    BOOST_TEST(shown(updates.user()) == R"({"user_metadata":{"a":1}})");
}

BOOST_AUTO_TEST_CASE(a_stored_null_is_an_absent_field)
{
    auth0::update_rules rules;
    rules.max_metadata_bytes = 14; // of which null takes none
    metadata_updates updates(object(R"({"user_metadata":null,"app_metadata":null,"x":1})"), rules);
    BOOST_TEST(told(updates.set_user_metadata("a", 1)).empty());
    BOOST_TEST(told(updates.update_app_metadata(json(R"({"b":2})"))).empty());
    BOOST_TEST(shown(updates.user()) == R"({"user_metadata":{"a":1},"app_metadata":{"b":2},"x":1})");
    metadata_updates cleared(object(R"({"app_metadata":null,"x":1})"));
    BOOST_TEST(told(cleared.update_app_metadata(json("{}"))).empty());
    BOOST_TEST(shown(cleared.user()) == R"({"x":1})");
}

BOOST_AUTO_TEST_CASE(actions_set_thirty_two_kibibytes_in_each_field)
{
    metadata_updates updates(object(stored));
    constexpr std::size_t most = 32'768;
    BOOST_TEST(told(updates.set_user_metadata("a", text_of(most - 8))).empty()); // {"a":"…"}
    BOOST_TEST(told(updates.set_app_metadata("a", text_of(most - 8))).empty());
    BOOST_TEST(set_user_refusal(updates, "a", text_of(most - 7)) == "too_large '' limit 32768 actual 32769");
    BOOST_TEST(set_user_refusal(updates, "b", 1) == "too_large '' limit 32768 actual 32774");
    BOOST_TEST(told(updates.set_user_metadata("a", text_of(most - 14))).empty());
    BOOST_TEST(told(updates.set_user_metadata("b", 1)).empty());
    BOOST_TEST(set_user_refusal(updates, "b", 10) == "too_large '' limit 32768 actual 32769");
    BOOST_TEST(told(updates.set_user_metadata("a", nullptr)).empty());
    BOOST_TEST(told(updates.set_user_metadata("b", "\n\x01")).empty());
    BOOST_TEST(told(updates.update_user_metadata({{"big", text_of(most)}})).empty()); // a Rule has no such limit
    updates.flush();
    BOOST_TEST(told(updates.set_user_metadata("a", text_of(most - 8))).empty());
}

BOOST_AUTO_TEST_CASE(a_body_of_any_depth_is_refused_without_recursion)
{
    boost::json::monotonic_resource memory;
    boost::json::value const deep = test::deep_value(boost::json::storage_ptr(&memory));
    metadata_updates updates(object(stored));
    BOOST_TEST(update_refusal(updates, deep) == "too_deep '' limit 512");
    BOOST_TEST(told(updates.set_user_metadata("a", 1)).empty());
    BOOST_TEST(update_refusal(updates, deep) == "too_deep '' limit 512"); // under what is set, too
}

BOOST_AUTO_TEST_CASE(a_field_that_is_absent_counts_nothing)
{
    auth0::update_rules rules;
    rules.max_metadata_bytes = 7;
    metadata_updates updates(object("{}"), rules);
    BOOST_TEST(set_app_refusal(updates, "a", 10) == "too_large '' limit 7 actual 8");
    BOOST_TEST(told(updates.set_app_metadata("a", 1)).empty());
    metadata_updates other(object("{}"), rules);
    BOOST_TEST(told(other.update_user_metadata({{"a", 1}})).empty());
    BOOST_TEST(update_refusal(other, {{"a", 10}}) == "too_large '' limit 7 actual 8");
}

BOOST_AUTO_TEST_CASE(nothing_goes_where_the_field_beside_is_too_large_alone)
{
    auth0::update_rules rules;
    rules.max_metadata_bytes = 9;
    rules.user_metadata.merge.cleared = cleared_field::absent;
    rules.user_metadata.limits.max_bytes = 20;
    auto const user = object(R"({"user_metadata":{"b":1},"app_metadata":{"a":1234}})"); // 7 and 10 bytes
    metadata_updates updates(user, rules);
    BOOST_TEST(update_refusal(updates, json("{}")) == "too_large '' limit 9 actual 10"); // nothing is left of it
    BOOST_TEST(update_refusal(updates, {{"b", nullptr}}) == "too_large '' limit 9 actual 12");
    BOOST_TEST(update_refusal(updates, {{"b", "1234567890123"}}) == "too_large '' limit 20 actual 21");
    BOOST_TEST(set_user_refusal(updates, "b", nullptr) == "too_large '' limit 9 actual 12");

    metadata_updates set(object(R"({"app_metadata":{"a":1234}})"), rules);
    BOOST_TEST(told(set.set_app_metadata("a", nullptr)).empty());
    BOOST_TEST(told(set.set_user_metadata("b", 1)).empty());
    BOOST_TEST(update_refusal(set, json("{}")) == "too_large '' limit 9 actual 10"); // what is stored counts until then
    set.flush();
    BOOST_TEST(told(set.update_user_metadata(json("{}"))).empty());
}

BOOST_AUTO_TEST_CASE(what_is_no_object_beside_counts_as_it_is_stored_but_null_takes_nothing)
{
    auth0::update_rules rules;
    rules.max_metadata_bytes = 7;
    metadata_updates of_null(object(R"({"user_metadata":null})"), rules);
    BOOST_TEST(told(of_null.update_app_metadata({{"a", 1}})).empty());
    rules.max_metadata_bytes = 10;
    metadata_updates updates(object(R"({"user_metadata":"xx"})"), rules);
    BOOST_TEST(refusal(updates, [](auto& on) {
                   return on.update_app_metadata({{"a", 1}});
               }) == "too_large '' limit 10 actual 11");
}

BOOST_AUTO_TEST_CASE(the_empty_key_may_point_nowhere)
{
    metadata_updates updates(object("{}"));
    BOOST_TEST(told(updates.set_user_metadata(std::string_view(), 1)).empty());
    BOOST_TEST(bodies(updates) == R"({"user_metadata":{"":1}})");
}

BOOST_AUTO_TEST_CASE(of_several_keys_that_actions_set_a_refused_one_alone_is_forgotten)
{
    auth0::update_rules rules;
    rules.user_metadata.limits.max_members = 2;
    metadata_updates updates(object("{}"), rules);
    BOOST_TEST(told(updates.set_user_metadata("a", 1)).empty());
    BOOST_TEST(told(updates.set_user_metadata("b", 2)).empty());
    BOOST_TEST(set_user_refusal(updates, "c", 3) == "too_many_members '' limit 2 actual 3");
    BOOST_TEST(bodies(updates) == R"({"user_metadata":{"a":1,"b":2}})");
    BOOST_TEST(told(updates.set_user_metadata("a", nullptr)).empty());
    BOOST_TEST(bodies(updates) == R"({"user_metadata":{"a":null,"b":2}})");
}

BOOST_AUTO_TEST_CASE(limits_are_the_callers)
{
    auth0::update_rules rules;
    rules.max_set_bytes = 10;
    rules.app_metadata = auth0::user_metadata; // no name is reserved
    rules.user_metadata.limits.max_bytes = 12;
    rules.max_metadata_bytes = 20;
    metadata_updates updates(object("{}"), rules);
    BOOST_TEST(told(updates.set_app_metadata("email", 1)) == "too_large '' limit 10 actual 11");
    BOOST_TEST(update_refusal(updates, {{"a", "123456"}}) == "too_large '' limit 12 actual 14");
    BOOST_TEST(told(updates.update_user_metadata({{"a", "1234"}})).empty());
    BOOST_TEST(told(updates.set_app_metadata("a", 1)).empty()); // 12 and 7
    BOOST_TEST(set_app_refusal(updates, "a", 123) == "too_large '' limit 20 actual 21");
    BOOST_TEST(told(updates.update_user_metadata({{"a", 1}})).empty()); // 7 and 7
    BOOST_TEST(refusal(updates, [](auto& on) {
                   return on.update_app_metadata({{"b", "12345678"}});
               }) == "too_large '' limit 20 actual 23"); // as it is sent, 7 and 16
    BOOST_TEST(refusal(updates, [](auto& on) {
                   return on.update_app_metadata({{"b", "123"}});
               }) == "too_large '' limit 20 actual 24"); // under what is set, 7 and 17
    BOOST_TEST(told(updates.update_app_metadata({{"b", 1}})).empty());
    BOOST_TEST(shown(updates.user()) == R"({"user_metadata":{"a":1},"app_metadata":{"b":1,"a":1}})");
}

BOOST_AUTO_TEST_CASE(a_rules_update_counts_what_is_stored_beside_it_until_actions_are_sent)
{
    auth0::update_rules rules;
    rules.max_metadata_bytes = 30;
    metadata_updates updates(object(R"({"app_metadata":{"a":"1234567890123"}})"), rules); // 21
    BOOST_TEST(told(updates.set_app_metadata("a", nullptr)).empty());
    BOOST_TEST(update_refusal(updates, {{"b", "1234"}}) == "too_large '' limit 30 actual 33");
    BOOST_TEST(told(updates.set_user_metadata("b", "1234")).empty()); // sent together with the removal
    updates.flush();
    BOOST_TEST(told(updates.update_user_metadata({{"b", "12345678"}})).empty());
}

BOOST_AUTO_TEST_CASE(what_is_given_may_be_a_part_of_the_user)
{
    metadata_updates updates(object(stored));
    BOOST_TEST(told(updates.update_user_metadata(updates.user().at("user_metadata").at("size"))).empty());
    BOOST_TEST(told(updates.set_app_metadata("copy", updates.user().at("app_metadata"))).empty());
    std::string_view const key = updates.user().at("user_metadata").get_object().begin()->key();
    BOOST_TEST(told(updates.set_user_metadata(key, nullptr)).empty());
    BOOST_TEST(shown(updates.user()) == R"({"user_id":"auth0|1","user_metadata":{"size":{"w":1},"w":1},)"
                                        R"("app_metadata":{"plan":1,"copy":{"plan":1}}})");
}

BOOST_AUTO_TEST_CASE(the_user_stays_in_its_storage_and_bodies_outlive_it)
{
    std::vector<boost::json::object> sent;
    {
        boost::json::monotonic_resource mine;
        metadata_updates updates(object(stored, &mine));
        BOOST_TEST(told(updates.set_user_metadata("a", json("[1]"))).empty());
        BOOST_TEST(told(updates.update_user_metadata(json(R"({"b":[2]})"))).empty());
        BOOST_TEST((updates.user().at("user_metadata").at("a").storage().get() == &mine));
        BOOST_TEST((updates.user().at("user_metadata").at("b").storage().get() == &mine));
        sent = updates.bodies();
    }
    BOOST_TEST(shown(sent.front()) == R"({"user_metadata":{"b":[2]}})");
    BOOST_TEST(shown(sent.back()) == R"({"user_metadata":{"a":[1]}})");
}

BOOST_AUTO_TEST_CASE(a_copy_goes_its_own_way)
{
    metadata_updates updates(object(stored));
    BOOST_TEST(told(updates.set_user_metadata("a", 1)).empty());
    auto copy = updates;
    BOOST_TEST(told(copy.set_user_metadata("a", 2)).empty());
    BOOST_TEST(bodies(updates) == R"({"user_metadata":{"a":1}})");
    BOOST_TEST(bodies(copy) == R"({"user_metadata":{"a":2}})");
    updates = std::move(copy);
    BOOST_TEST(bodies(updates) == R"({"user_metadata":{"a":2}})");
}

BOOST_AUTO_TEST_CASE(policies_may_be_of_any_rules_a_lambda_s_too)
{
    auto const no_underscore = [](std::string_view key) noexcept { return !key.starts_with('_'); };
    auto const rules = with_user_metadata(auth0::update_rules(), and_keys(auth0::user_metadata, no_underscore));
    auth0::basic_metadata_updates updates(object(stored), rules);
    BOOST_TEST(told(updates.set_user_metadata("_a", 1)) == "invalid_key_character '/_a'");
    BOOST_TEST(told(updates.update_user_metadata(json(R"({"_a":1})"))) == "invalid_key_character '/_a'");
    BOOST_TEST(updates.bodies().empty());
    BOOST_TEST(told(updates.set_app_metadata("_a", 1)).empty());
    BOOST_TEST(told(updates.set_user_metadata("a", 1)).empty());
    BOOST_TEST(shown(updates.bodies().at(0)) == R"({"user_metadata":{"a":1},"app_metadata":{"_a":1}})");
    auto both = with_app_metadata(rules, and_keys(auth0::app_metadata, no_underscore));
    both.max_set_bytes = 16;
    auth0::basic_metadata_updates strict(object(stored), both);
    BOOST_TEST(told(strict.set_user_metadata("_a", 1)) == "invalid_key_character '/_a'");
    BOOST_TEST(told(strict.set_app_metadata("_a", 1)) == "invalid_key_character '/_a'");
    BOOST_TEST(told(strict.set_app_metadata("a", "0123456789")).starts_with("too_large"));
}

BOOST_AUTO_TEST_SUITE_END()
