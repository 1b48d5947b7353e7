// SPDX-License-Identifier: BSL-1.0
#include <metapatch/auth0/request/text_body.hpp>

#include "../../../requests.hpp"

#include <array>
#include <boost/test/unit_test.hpp>
#include <list>
#include <string>
#include <string_view>

using namespace metapatch;
using auth0::detail::field_rules;
using auth0::detail::text_body;
using metapatch::test::told;

BOOST_AUTO_TEST_SUITE(texts_of_bodies)

namespace {

auto clearing = [] {
    auto made = auth0::app_metadata;
    made.merge.on_null = null_body::clears;
    made.read.max_nesting = 3;
    return made;
}();
std::array<field_rules, 2> const fields{{{"user_metadata", &auth0::user_metadata}, {"app_metadata", &clearing}}};

std::string said(text_body const& body)
{
    std::string text;
    for (auto const& each : body.members())
        text.append(each.name).append(":").append(name(each.type)) += ' ';
    for (auto const& each : body.all()) {
        if (!each.is_carried())
            continue;
        text.append("| ").append(each.rules->name);
        text.append(!each.faults.empty()         ? " refused"
                    : each.patch->is_untouched() ? " untouched"
                    : each.patch->clears()       ? " clears"
                                                 : "");
        for (auto const& member : each.patch->members())
            text.append(" ").append(member.key).append("=").append(member.removes() ? "-" : member.value);
        text += ' ';
    }
    return text;
}

std::string read(text_body& body, std::string_view text)
{
    auto const refused = body.read(text, fields, fastest_scan());
    return refused ? refused->message : said(body);
}

} // namespace

BOOST_AUTO_TEST_CASE(one_pass_gives_the_members_and_the_patches)
{
    text_body body;
    BOOST_TEST(read(body, R"({ "name" : "x", "user_metadata": {"a":{"b":[1]},"c":null} ,"other":{"a":{"a":1}},)"
                          R"("app_metadata":{}})") ==
               "name:string user_metadata:object other:object app_metadata:object | user_metadata a={\"b\":[1]} c=- "
               "| app_metadata clears ");
    BOOST_TEST(body.value("name") == "\"x\"");
    BOOST_TEST(body.value("app_metadata") == "{}");
    BOOST_TEST(body.find_field("name") == nullptr);
    BOOST_TEST(read(body, "{}") == "");
    BOOST_TEST(read(body, R"({"user\u005fmetadata":{"a":1}})") == "user_metadata:object | user_metadata a=1 ");
}

BOOST_AUTO_TEST_CASE(of_a_member_that_comes_twice_the_last_counts)
{
    text_body body;
    BOOST_TEST(read(body, R"({"user_metadata":{"a":1},"x":1,"user_metadata":{"b":2}})") ==
               "user_metadata:object x:integer | user_metadata b=2 ");
    BOOST_TEST(read(body, R"({"user_metadata":{"a":1},"user_metadata":5})") ==
               "user_metadata:integer | user_metadata untouched ");
    BOOST_TEST(read(body, R"({"user_metadata":5,"user_metadata":{"a":1,"a":2}})") ==
               "user_metadata:object | user_metadata a=2 ");
    BOOST_TEST(read(body, R"({"app_metadata":{"a":1},"app_metadata":null})") ==
               "app_metadata:null | app_metadata clears ");
}

BOOST_AUTO_TEST_CASE(each_field_is_checked_by_its_policy)
{
    text_body body;
    BOOST_TEST(read(body, R"({"user_metadata":{"a.b":1},"app_metadata":{"a":[[[1]]]}})") ==
               "user_metadata:object app_metadata:object | user_metadata refused | app_metadata refused ");
    BOOST_TEST(told(body.all()[0].faults) == "invalid_key_character '/a.b'");
    BOOST_TEST(told(body.all()[1].faults) == "too_deep '' limit 3 offset 7");
    BOOST_TEST(read(body, R"({"user_metadata":null})") == "user_metadata:null | user_metadata refused ");
    BOOST_TEST(read(body, R"({"app_metadata":{"a":[[1]]}})") == "app_metadata:object | app_metadata a=[[1]] ");
}

BOOST_AUTO_TEST_CASE(each_field_is_checked_by_its_own_characters)
{
    auto const with_keys = [](key_characters const& allowed) {
        auto made = auth0::user_metadata;
        made.keys = {allowed, {}};
        return made;
    };
    auto const no_x = with_keys(key_characters::all_but("x"));
    auto const no_dot = with_keys(key_characters::all_but("."));
    auto const any = with_keys(key_characters());
    auto const refused = [](auth0::field_policy const& first, auth0::field_policy const& second,
                            std::string_view text) {
        text_body body;
        std::array<field_rules, 2> const both{{{"user_metadata", &first}, {"app_metadata", &second}}};
        BOOST_TEST(!body.read(text, both, fastest_scan()));
        return told(body.all()[0].faults) + " | " + told(body.all()[1].faults);
    };
    auto const text = R"({"user_metadata":{"a":{"x.":1}},"app_metadata":{"b":[{"x.":1}]}})";
    BOOST_TEST(refused(no_x, no_dot, text) == "invalid_key_character '/a/x.' | invalid_key_character '/b/0/x.'");
    auto const apart = R"({"user_metadata":{"a":{"x":1}},"app_metadata":{"b":{".":1}}})";
    BOOST_TEST(refused(no_x, no_dot, apart) == "invalid_key_character '/a/x' | invalid_key_character '/b/.'");
    BOOST_TEST(refused(no_dot, no_x, apart) == " | ");
    BOOST_TEST(refused(any, no_dot, apart) == " | invalid_key_character '/b/.'");
    BOOST_TEST(refused(no_x, any, apart) == "invalid_key_character '/a/x' | ");
}

BOOST_AUTO_TEST_CASE(what_is_no_object_is_refused)
{
    text_body body;
    for (auto const* const text : {"", "{", "{\"a\":01}", "{\"user_metadata\":{\"a\":}}", "{} x", "\xEF\xBB\xBF{}"})
        BOOST_TEST(read(body, text) == "Invalid request payload JSON format", text);
    BOOST_TEST(read(body, " [1]") == "Payload validation error: 'Expected type object but found type array'.");
    BOOST_TEST(read(body, R"({"user_metadata":{"a":1}})") == "user_metadata:object | user_metadata a=1 ");
}

BOOST_AUTO_TEST_CASE(values_with_repeated_keys_can_be_handed_over)
{
    text_body body;
    BOOST_TEST(read(body, R"({"user_metadata":{"a":{"b":1,"b":2}}})") ==
               "user_metadata:object | user_metadata a={\"b\":2} ");
    std::list<std::string> owned;
    body.release_rewritten(owned);
    BOOST_TEST((owned == std::list<std::string>{R"({"b":2})"}));
}

BOOST_AUTO_TEST_CASE(nothing_is_left_of_a_body_that_was_read_before)
{
    text_body body;
    std::string big = R"({"app_metadata":null,"n\u0061me":"a\u0062","user_metadata":{"a.b":1)";
    for (int i = 0; i < 50; ++i)
        big += ",\"k" + std::to_string(i) + R"(":{"\u0061":1,"a":2})";
    big += "}";
    for (int i = 0; i < 50; ++i)
        big += ",\"r" + std::to_string(i) + "\":[1]";
    BOOST_TEST(read(body, big + "}").find("| user_metadata refused | app_metadata clears ") != std::string::npos);
    BOOST_TEST(read(body, "{}") == "");
    BOOST_TEST(read(body, big).starts_with("Invalid request")); // not closed
    BOOST_TEST(read(body, R"({"user_metadata":{"k1":1}})") == "user_metadata:object | user_metadata k1=1 ");
    BOOST_TEST(body.find_field("user_metadata")->faults.empty());
    BOOST_TEST(!body.find_field("app_metadata")->is_carried());
    std::list<std::string> released;
    BOOST_TEST_REQUIRE(read(body, R"({"user_metadata":{"a":{"b":1,"b":2}}})") ==
                       R"(user_metadata:object | user_metadata a={"b":2} )");
    BOOST_TEST_REQUIRE(read(body, R"({"app_metadata":{"a":{"b":1,"b":2}}})") ==
                       R"(app_metadata:object | app_metadata a={"b":2} )");
    body.release_rewritten(released);
    BOOST_TEST(released.size() == 1U); // what the body before had is released with it
}

BOOST_AUTO_TEST_CASE(fields_below_the_root_are_none)
{
    text_body body;
    BOOST_TEST(read(body, R"({"x":{"user_metadata":{"a.b":1}},"user_metadata":[{"a.b":1}]})") ==
               "x:object user_metadata:array | user_metadata untouched ");
    BOOST_TEST(read(body, R"({"user_metadata":{"user_metadata":{"a":1}}})") ==
               "user_metadata:object | user_metadata user_metadata={\"a\":1} ");
}

BOOST_AUTO_TEST_CASE(a_body_may_be_as_deep_as_any_text_where_no_policy_reads_it)
{
    text_body body;
    auto const nested = [](std::size_t levels) { return std::string(levels, '[') + std::string(levels, ']'); };
    BOOST_TEST(read(body, R"({"x":)" + nested(1'023) + "}") == "x:array ");
    BOOST_TEST(read(body, R"({"x":)" + nested(1'024) + "}") == "Invalid request payload JSON format");
    BOOST_TEST(read(body, R"({"app_metadata":{"a":)" + nested(600) + "}}") == // 3 are allowed
               "app_metadata:object | app_metadata refused ");
}

BOOST_AUTO_TEST_SUITE_END()
