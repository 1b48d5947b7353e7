// SPDX-License-Identifier: BSL-1.0
#include <metapatch/auth0/login/lock.hpp>

#include "../../../support.hpp"

#include <metapatch/auth0/contract/policies.hpp>
#include <metapatch/json/equal.hpp>
#include <metapatch/patch/validate.hpp>

#include <array>
#include <boost/json/monotonic_resource.hpp>
#include <boost/test/unit_test.hpp>
#include <random>
#include <string>

using namespace metapatch;
using auth0::lock_signup;
using auth0::lock_warning_code;
using metapatch::test::json;
using metapatch::test::object;
using metapatch::test::shown;

BOOST_AUTO_TEST_SUITE(auth0_lock)

namespace {

constexpr std::string_view definition = R"([
    {"name":"address","placeholder":"p","prefill":"Unknown"},
    {"name":"country","placeholder":"p","type":"select",
     "options":[{"label":"U","value":"us"},{"label":"F","value":"fr"}]},
    {"name":"newsletter","placeholder":"p","type":"checkbox","prefill":"false"},
    {"name":"campaign","type":"hidden","value":"autumn"},
    {"name":"given_name","placeholder":"p","storage":"root"}])";

/// The body, and the warnings: `{…} value_required 'a'`.
std::string told(auth0::lock_post const& made)
{
    auto text = shown(made.body);
    for (auto const& each : made.warnings)
        text += ' ' + std::string(name(each.code)) + " '" + each.field + "'";
    return text;
}

std::string told(std::string_view fields, std::string_view entered, std::string_view form = "{}")
{
    return told(lock_signup(json(fields), object(entered), object(form)));
}

/// What one field of such members makes of what is entered.
std::string told_of(std::string_view members, std::string_view entered)
{
    return told(R"([{"name":"a","placeholder":"p")" + std::string(members) + "}]", entered);
}

boost::json::value random_json(std::mt19937_64& random, int levels)
{
    static constexpr std::array<std::string_view, 31> words{
        "name",  "type",     "placeholder", "placeholderHTML", "prefill", "options", "value",
        "label", "storage",  "icon",        "validator",       "a",       "b",       "c",
        "root",  "select",   "hidden",      "checkbox",        "text",    "email",   "user_metadata",
        "",      "<b>x</b>", "<script>",    "a < b",           "a.b",     "name",    "true",
        "a",     "b",        "password"};
    auto const word = [&] { return words[random() % words.size()]; };
    switch (random() % (levels > 0 ? 8 : 5)) {
    case 0:
        return nullptr;
    case 1:
        return random() % 2 == 0;
    case 2:
        return random() % 3;
    case 3:
    case 4:
        return boost::json::string(word());
    case 5: {
        boost::json::array made;
        for (auto n = random() % 4; n > 0; --n)
            made.push_back(random_json(random, levels - 1));
        return made;
    }
    default: {
        boost::json::object made;
        for (auto n = random() % 8; n > 0; --n)
            made[word()] = random_json(random, levels - 1);
        return made;
    }
    }
}

/// A definition that mostly says something.
boost::json::value random_definition(std::mt19937_64& random)
{
    if (random() % 20 == 0)
        return random_json(random, 3);
    boost::json::array made;
    for (auto n = random() % 5; n > 0; --n) {
        boost::json::object element{{"name", std::string(1, static_cast<char>('a' + random() % 4))},
                                    {"placeholder", "p"}};
        constexpr std::string_view types[]{"text", "select", "checkbox", "hidden"};
        element["type"] = types[random() % 4];
        element["value"] = "<i>h</i>";
        if (random() % 2 == 0)
            element["options"] = {{{"label", "l"}, {"value", "a"}}, {{"label", "l"}, {"value", "<b>x</b>"}}};
        if (random() % 3 == 0)
            element["storage"] = "root";
        if (random() % 3 == 0)
            element["prefill"] = "a < b";
        for (auto more = random() % 3; more > 0; --more) {
            auto const other = random_json(random, 2);
            if (other.is_object()) {
                for (auto const& each : other.get_object())
                    element[each.key()] = each.value();
            }
        }
        made.push_back(std::move(element));
    }
    return made;
}

boost::json::object random_object(std::mt19937_64& random)
{
    auto made = random_json(random, 2);
    return made.is_object() ? made.get_object() : boost::json::object{{"a", "<b>1</b>"}, {"b", true}, {"c", made}};
}

} // namespace

BOOST_AUTO_TEST_CASE(what_is_entered_is_posted_as_strings)
{
    BOOST_TEST(told(definition, R"({"address":"1 Road","country":"fr","newsletter":true,"given_name":"Jo"})",
                    R"({"client_id":"c","email":"jo@example.com","password":"pw","connection":"db"})") ==
               R"({"client_id":"c","email":"jo@example.com","password":"pw","connection":"db",)"
               R"("user_metadata":{"address":"1 Road",)"
               R"("country":"fr","newsletter":"true","campaign":"autumn"},"given_name":"Jo"})");
}

BOOST_AUTO_TEST_CASE(what_nobody_touched_is_its_prefill)
{
    BOOST_TEST(told(definition, "{}") ==
               R"({"user_metadata":{"address":"Unknown","country":"","newsletter":"false","campaign":"autumn"},)"
               R"("given_name":""} value_required 'country' value_required 'given_name')");
    BOOST_TEST(told_of(R"(,"prefill":"x")", R"({"a":null})") == R"({"user_metadata":{"a":"x"}})");
    BOOST_TEST(told_of(R"(,"prefill":"x")", R"({"a":""})") == R"({"user_metadata":{"a":""}} value_required 'a')");
}

BOOST_AUTO_TEST_CASE(a_select_shows_the_option_that_its_prefill_names)
{
    constexpr std::string_view select = R"(,"type":"select","options":[{"label":"U","value":"us"}],"prefill":)";
    BOOST_TEST(told_of(std::string(select) + "\"us\"", "{}") == R"({"user_metadata":{"a":"us"}})");
    BOOST_TEST(told_of(std::string(select) + "\"U\"", "{}") == R"({"user_metadata":{"a":""}} value_required 'a')");
    BOOST_TEST(told_of(std::string(select) + "\"us\"", R"({"a":"de"})") ==
               R"({"user_metadata":{"a":"us"}} unknown_option 'a')");
    BOOST_TEST(told_of(R"(,"type":"select","options":[{"label":"-","value":" "}])", R"({"a":" "})") ==
               R"({"user_metadata":{"a":" "}})"); // an option is valid, blank or not
}

BOOST_AUTO_TEST_CASE(a_checkbox_is_true_or_false)
{
    BOOST_TEST(told_of(R"(,"type":"checkbox")", R"({"a":true})") == R"({"user_metadata":{"a":"true"}})");
    BOOST_TEST(told_of(R"(,"type":"checkbox")", R"({"a":false})") == R"({"user_metadata":{"a":"false"}})");
    BOOST_TEST(told_of(R"(,"type":"checkbox")", R"({"a":"true"})") == R"({"user_metadata":{"a":"true"}})");
    // Lock itself posts nothing else, whatever a form of HTML may have for a box that is checked.
    for (auto const* text : {"on", "", "True", "1", "true "})
        BOOST_TEST(told_of(R"(,"type":"checkbox","prefill":"false")", R"({"a":")" + std::string(text) + R"("})") ==
                   R"({"user_metadata":{"a":"false"}} unknown_option 'a')");
    // One without a prefill that nobody clicked is empty.
    BOOST_TEST(told_of(R"(,"type":"checkbox")", "{}") == R"({"user_metadata":{"a":""}} value_required 'a')");
}

BOOST_AUTO_TEST_CASE(a_value_of_another_type_is_as_if_it_were_not_there)
{
    for (auto const* bad : {"1", "true", "[]", R"({"a":"b"})"})
        BOOST_TEST(told_of(R"(,"prefill":"x")", R"({"a":)" + std::string(bad) + "}") ==
                   R"({"user_metadata":{"a":"x"}} invalid_value_type 'a')");
    BOOST_TEST(told_of(R"(,"type":"checkbox","prefill":"true")", R"({"a":0})") ==
               R"({"user_metadata":{"a":"true"}} invalid_value_type 'a')");
}

BOOST_AUTO_TEST_CASE(a_value_that_no_field_takes_is_told)
{
    BOOST_TEST(told("[]", R"({"a":"x"})", R"({"email":"e"})") == R"({"email":"e"} unused_value 'a')");
    BOOST_TEST(told_of(R"(,"type":"hidden","value":"v")", R"({"a":"x"})") ==
               R"({"user_metadata":{"a":"v"}} unused_value 'a')");
    BOOST_TEST(told(R"([{"name":"a.b","placeholder":"p"}])", R"({"a.b":"x"})") ==
               "{} invalid_name 'a.b' unused_value 'a.b'");
}

BOOST_AUTO_TEST_CASE(user_metadata_is_there_where_a_field_is)
{
    BOOST_TEST(told("[]", "{}", R"({"email":"e"})") == R"({"email":"e"})");
    BOOST_TEST(told("{}", "{}", R"({"email":"e"})") == R"({"email":"e"} fields_not_array '')");
    BOOST_TEST(told(R"([{"name":"name","placeholder":"p","storage":"root"}])", R"({"name":"Jo"})") ==
               R"({"user_metadata":{},"name":"Jo"})");
    BOOST_TEST(told(R"([{"name":"a","placeholder":"p"}])", R"({"a":"x"})",
                    R"({"user_metadata":{"b":1},"email":"e"})") == R"({"user_metadata":{"a":"x"},"email":"e"})");
    BOOST_TEST(told("[]", "{}", R"({"user_metadata":{"b":1}})") == R"({"user_metadata":{"b":1}})");
}

BOOST_AUTO_TEST_CASE(a_root_field_may_stand_in_the_place_of_a_member_of_the_form)
{
    BOOST_TEST(told(R"([{"name":"connection","placeholder":"p","storage":"root"}])", R"({"connection":"x"})",
                    R"({"connection":"db","email":"e"})") ==
               R"({"connection":"x","email":"e","user_metadata":{}} overrides_form 'connection')");
}

BOOST_AUTO_TEST_CASE(values_lose_their_markup)
{
    BOOST_TEST(told_of("", R"({"a":"hi <b>you</b>"})") == R"({"user_metadata":{"a":"hi you"}})");
    BOOST_TEST(told_of(R"(,"storage":"root")", R"({"a":"<script>1</script>x"})") == R"({"user_metadata":{},"a":"x"})");
    BOOST_TEST(told_of(R"(,"type":"hidden","value":"a < b")", "{}") == R"({"user_metadata":{"a":"a &lt; b"}})");
    // What is left of a value may be nothing: Lock judges what was entered.
    BOOST_TEST(told_of("", R"({"a":"<b>"})") == R"({"user_metadata":{"a":""}})");
    BOOST_TEST(told("[]", "{}", R"({"email":"<b>e</b>"})") == R"({"email":"<b>e</b>"})"); // the form is no field
}

BOOST_AUTO_TEST_CASE(the_caller_may_give_a_sanitizer)
{
    std::string const mark = "!";
    auto const marked = [&mark](std::string_view text) { return std::string(text) + mark; };
    auto const made = lock_signup(json(definition), object(R"({"country":"us","given_name":"<b>"})"), {}, marked);
    BOOST_TEST(shown(made.body) ==
               R"({"user_metadata":{"address":"Unknown!","country":"us!","newsletter":"false!","campaign":"autumn!"},)"
               R"("given_name":"<b>!"})");
    BOOST_TEST(made.is_complete());
}

BOOST_AUTO_TEST_CASE(an_empty_field_or_a_long_name_makes_the_form_incomplete)
{
    auto const complete = [](std::string_view name, std::string const& value) {
        boost::json::array const fields{{{"name", name}, {"placeholder", "p"}}};
        return lock_signup(fields, {{name, value}}, {}).is_complete();
    };
    BOOST_TEST(complete("a", "x"));
    for (auto const* blank : {"", " ", "\t\n\v\f\r", "\xC2\xA0\xE3\x80\x80\xEF\xBB\xBF", " \xE2\x80\x89\xE2\x80\xA8 "})
        BOOST_TEST(!complete("a", blank));
    BOOST_TEST(complete("a", " \xE2\x80\x8B ")); // a zero-width space is none
    BOOST_TEST(complete("a", std::string(10'000, 'x')));
    for (auto const* name : {"given_name", "family_name"}) {
        BOOST_TEST(complete(name, ' ' + std::string(150, 'x') + ' '));
        BOOST_TEST(!complete(name, std::string(151, 'x')));
    }
    for (auto const* name : {"name", "nickname"}) {
        BOOST_TEST(complete(name, std::string(300, 'x')));
        BOOST_TEST(!complete(name, std::string(301, 'x')));
    }
    std::string wide;
    for (int i = 0; i < 75; ++i)
        wide += "\xF0\x9F\x98\x80"; // two units each, as JavaScript counts
    BOOST_TEST(complete("given_name", wide));
    BOOST_TEST(!complete("given_name", wide + "\xC3\xA9"));
}

BOOST_AUTO_TEST_CASE(two_fields_of_one_name_have_one_value)
{
    BOOST_TEST(told(R"([{"name":"a","placeholder":"p","prefill":"1"},{"name":"a","placeholder":"p","prefill":"2",
                         "storage":"root"}])",
                    "{}") == R"({"user_metadata":{"a":"2"},"a":"2"})");
    BOOST_TEST(told(R"([{"name":"a","placeholder":"p"},{"name":"a","type":"hidden","value":"h"}])", R"({"a":"x"})") ==
               R"({"user_metadata":{"a":"x"}})");
}

BOOST_AUTO_TEST_CASE(the_body_lives_in_the_given_storage)
{
    boost::json::monotonic_resource memory;
    auto const made = lock_signup(json(definition), object(R"({"address":"x"})"), object(R"({"email":"e"})"),
                                  &auth0::without_markup, &memory);
    BOOST_TEST((*made.body.at("user_metadata").storage() == memory));
    BOOST_TEST((*made.body.at("email").storage() == memory));
}

BOOST_AUTO_TEST_CASE(a_warning_names_the_element_it_is_about)
{
    auto const made = lock_signup(json(R"([{"name":"a","placeholder":"p"},{"name":"b"}])"), object(R"({"c":"x"})"), {});
    BOOST_TEST_REQUIRE(made.warnings.size() == 3U);
    BOOST_TEST((made.warnings[0] == auth0::lock_warning{lock_warning_code::missing_placeholder, 1, "b"}));
    BOOST_TEST((made.warnings[1] == auth0::lock_warning{lock_warning_code::unused_value, {}, "c"}));
    BOOST_TEST((made.warnings[2] == auth0::lock_warning{lock_warning_code::value_required, 0, "a"}));
}

BOOST_AUTO_TEST_CASE(of_any_json_the_form_and_strings_without_markup_are_posted)
{
    std::mt19937_64 random(20261124);
    std::size_t posted = 0;
    for (int round = 0; round < 10'000; ++round) {
        auto const fields = random_definition(random);
        auto const entered = random_object(random);
        auto const form = random_object(random);
        auto const made = lock_signup(fields, entered, form);
        auto const read = auth0::read_lock_fields(fields);
        boost::json::object expected(form);
        if (!read.fields.empty())
            expected["user_metadata"] = boost::json::object();
        for (auto const& each : read.fields) {
            auto& place = each.at_root ? expected : expected["user_metadata"].get_object();
            auto const& value = (each.at_root ? made.body : made.body.at("user_metadata").get_object()).at(each.name);
            BOOST_TEST_REQUIRE(value.is_string());
            BOOST_TEST_REQUIRE(value.get_string().find('<') == boost::json::string::npos);
            place[each.name] = value;
            ++posted;
        }
        BOOST_TEST_REQUIRE(equal(made.body, expected), shown(fields)); // and nothing else
        for (auto const& each : made.warnings)
            BOOST_TEST_REQUIRE((!each.index || *each.index < fields.get_array().size()));
    }
    BOOST_TEST(posted > 5'000U);
}

BOOST_AUTO_TEST_CASE(what_lock_posts_is_still_judged_by_the_policy_of_the_endpoint)
{
    boost::json::array fields;
    boost::json::object entered;
    for (int i = 0; i < 11; ++i) {
        fields.push_back({{"name", "f" + std::to_string(i)}, {"placeholder", "p"}});
        entered["f" + std::to_string(i)] = "x";
    }
    auto const made = lock_signup(fields, entered, {});
    auto const judged = validate(state(), made.body.at("user_metadata"), auth0::signup_user_metadata);
    BOOST_TEST_REQUIRE(!judged.empty());
    BOOST_TEST((judged.front().code == errc::too_many_members));
}

BOOST_AUTO_TEST_SUITE_END()
