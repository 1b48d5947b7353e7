// SPDX-License-Identifier: BSL-1.0
#include <metapatch/splice/splice.hpp>

#include "../../support.hpp"

#include <boost/test/unit_test.hpp>
#include <metapatch/auth0/contract/policies.hpp>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(splice_)

namespace {

std::string shown(result<std::optional<std::string>> const& done)
{
    return !done ? test::told(done.error()) : *done ? **done : "absent";
}

constexpr std::optional<std::string_view> absent = std::nullopt;

} // namespace

BOOST_AUTO_TEST_CASE(untouched_members_keep_their_bytes)
{
    BOOST_TEST(shown(spliced(R"({ "n" : 1.10, "big":123456789012345678901234567890, "e":1e400, "s":"\u0041\/" })",
                             R"({"x":0.50})", auth0::user_metadata)) ==
               R"({ "n" : 1.10, "big":123456789012345678901234567890, "e":1e400, "s":"\u0041\/","x":0.50 })");
}

BOOST_AUTO_TEST_CASE(absent_empty_and_null_are_three_things)
{
    BOOST_TEST(shown(spliced(absent, absent, auth0::user_metadata)) == "absent");
    BOOST_TEST(shown(spliced(R"({"a":1})", absent, auth0::user_metadata)) == R"({"a":1})");
    BOOST_TEST(shown(spliced(absent, "{}", auth0::user_metadata)) == "{}");
    BOOST_TEST(shown(spliced(R"({"a":1})", "{}", auth0::user_metadata)) == "{}");
    BOOST_TEST(shown(spliced(R"({"a":1})", "{}", auth0::app_metadata)) == "absent");
    BOOST_TEST(shown(spliced(absent, R"({"a":null})", auth0::app_metadata)) == "{}");
    BOOST_TEST(shown(spliced(R"({"a":1})", R"({"a":null})", auth0::app_metadata)) == "{}");
    BOOST_TEST(shown(spliced(R"({"a":1})", "null", auth0::user_metadata)) == "expected_object ''");
    BOOST_TEST(shown(spliced(R"({"a":1})", "null", auth0::session_metadata)) == "absent");
    BOOST_TEST(shown(spliced(R"({"a":"1","b":"2"})", R"({"b":"3","c":null})", auth0::organization_metadata)) ==
               R"({"b":"3"})");
}

BOOST_AUTO_TEST_CASE(what_keeps_nothing_of_a_stored_text_that_is_no_object_replaces_it)
{
    for (auto const known : {stored_text::checked, stored_text::trusted}) {
        for (std::string_view const stored : {R"("[object {\"a\":1}]")", R"([{"a":1},2])", "null", " 7 ", "true"}) {
            auto const made = [&](std::string_view body, auto const& policy) {
                return shown(spliced(stored, body, policy, {.stored = known}));
            };
            BOOST_TEST(made("{}", auth0::user_metadata) == "{}");
            BOOST_TEST(made("{}", auth0::app_metadata) == "absent");
            BOOST_TEST(made("null", auth0::session_metadata) == "absent");
            BOOST_TEST(made(R"({"a":"1","b":null})", auth0::organization_metadata) == R"({"a":"1"})");
            BOOST_TEST(made(R"({"a":1})", auth0::organization_metadata) == "invalid_value_type '/a'");
            for (auto const* body : {R"({"a":"1"})", R"({"a":null})", "null", "[]", R"({"x.y":1})", "{"})
                BOOST_TEST(made(body, auth0::user_metadata) == "expected_object ''");
            BOOST_TEST(made("{}", rfc7396) == "expected_object ''");
            BOOST_TEST(shown(spliced(stored, std::nullopt, replace, {.stored = known})) == "expected_object ''");
            text_patch patch;
            BOOST_TEST(patch.read(R"({"a":"1","b":null})", replace).empty());
            std::string out;
            auto const done = splice(stored, patch, out, {.stored = known}).value();
            BOOST_TEST((done == text_change{true, 9, 1, 0, 0, true}));
        }
    }
    BOOST_TEST(shown(spliced("[1", "{}", auth0::user_metadata)) == "malformed_json '' offset 2");
    BOOST_TEST(shown(spliced("[1", R"({"a":1})", auth0::organization_metadata)) == "malformed_json '' offset 2");
    auto strict = first_level;
    strict.read.duplicates = duplicate_keys::rejected;
    BOOST_TEST(shown(spliced(R"([{"a":1,"a":2}])", "{}", strict)) == "duplicate_key '/0/a'");
}

BOOST_AUTO_TEST_CASE(a_checked_text_is_refused_where_it_is_wrong_and_a_trusted_one_is_no_danger)
{
    BOOST_TEST(shown(spliced(R"({"a":01})", R"({"b":1})", first_level)) == "malformed_json '' offset 6");
    BOOST_TEST(shown(spliced("[1]", R"({"b":1})", first_level)) == "expected_object ''");
    BOOST_TEST(shown(spliced("", R"({"b":1})", first_level, {.stored = stored_text::trusted})) == "expected_object ''");
    text_patch patch;
    BOOST_TEST(patch.read(R"({"a":null,"b":1})", first_level).empty());
    std::string const valid = R"({"a":{"x":"\u0061"},"\ud83d\ude00":[1,2],"b":"}"})";
    for (std::size_t cut = 0; cut <= valid.size(); ++cut) {
        std::string out;
        static_cast<void>(splice(valid.substr(0, cut), patch, out, {.stored = stored_text::trusted}));
        BOOST_TEST(out.size() <= valid.size() + 20);
    }
}

BOOST_AUTO_TEST_CASE(the_size_that_counts_is_that_of_the_compact_text)
{
    auto small = first_level;
    small.limits.max_bytes = 13;
    BOOST_TEST(shown(spliced(R"({  "a" :  1  })", R"({"b":2})", small)) == R"({  "a" :  1,"b":2  })");
    BOOST_TEST(shown(spliced(R"({"a":1})", R"({"b":22})", small)) == "too_large '' limit 13 actual 14");
    BOOST_TEST(shown(spliced(R"({"a":1,"a":2,"a":3})", R"({"b":2})", small)) == R"({"a":1,"a":2,"a":3,"b":2})");
    small.limits.max_members = 1;
    BOOST_TEST(shown(spliced(R"({"a":1,"a":2})", R"({"a":3})", small)) == R"({"a":3})");
    BOOST_TEST(shown(spliced(R"({"a":1,"b":234})", R"({"c":2})", small)) ==
               "too_many_members '' limit 1 actual 3; too_large '' limit 13 actual 21");
}

BOOST_AUTO_TEST_CASE(deeper_merges_keep_every_byte_that_is_not_named)
{
    BOOST_TEST(shown(spliced(R"({ "a" : {"x":1.10, "y":1e400 ,"s":"\u0041\/"} })", R"({"a":{"y":null,"z":2.0}})",
                             rfc7396)) == R"({ "a" : {"x":1.10,"s":"\u0041\/","z":2.0} })");
    BOOST_TEST(shown(spliced(R"({"a":{"b":{"x":1}}})", R"({"a":{"b":{"y":1}}})", up_to_level(2))) ==
               R"({"a":{"b":{"y":1}}})");
    BOOST_TEST(shown(spliced(R"({"a":{"b":{"x": 1}}})", R"({"a":{"b":{"y":1}}})", up_to_level(3))) ==
               R"({"a":{"b":{"x": 1,"y":1}}})");
    BOOST_TEST(shown(spliced(absent, R"({"a":{"b":{"y":null}},"c":null})", rfc7396)) == R"({"a":{"b":{}}})");
    BOOST_TEST(shown(spliced(R"({"a":{"b": 1 }})", "{}", rfc7396)) == R"({"a":{"b": 1 }})");
    BOOST_TEST(shown(spliced(R"({"a":{"b": 1 }})", R"({"a":{}})", rfc7396)) == R"({"a":{"b": 1 }})");
    BOOST_TEST(shown(spliced(R"({"a":{"b":01}})", R"({"a":{"b":1}})", rfc7396)) == "malformed_json '' offset 11");
}

BOOST_AUTO_TEST_CASE(the_examples_of_rfc_7396_come_out_to_the_byte)
{
    struct example {
        std::string_view stored;
        std::string_view patch;
        std::string_view result;
    };
    for (auto const& [stored, patch, result] : {
             // appendix A, where both are objects
             example{R"({"a":"b"})", R"({"a":"c"})", R"({"a":"c"})"},
             example{R"({"a":"b"})", R"({"b":"c"})", R"({"a":"b","b":"c"})"},
             example{R"({"a":"b"})", R"({"a":null})", "{}"},
             example{R"({"a":"b","b":"c"})", R"({"a":null})", R"({"b":"c"})"},
             example{R"({"a":["b"]})", R"({"a":"c"})", R"({"a":"c"})"},
             example{R"({"a":"c"})", R"({"a":["b"]})", R"({"a":["b"]})"},
             example{R"({"a":{"b":"c"}})", R"({"a":{"b":"d","c":null}})", R"({"a":{"b":"d"}})"},
             example{R"({"a":[{"b":"c"}]})", R"({"a":[1]})", R"({"a":[1]})"},
             example{R"({"e":null})", R"({"a":1})", R"({"e":null,"a":1})"},
             example{"{}", R"({"a":{"bb":{"ccc":null}}})", R"({"a":{"bb":{}}})"},
         }) {
        for (auto const known : {stored_text::checked, stored_text::trusted})
            BOOST_TEST(shown(spliced(stored, patch, rfc7396, {.stored = known})) == result);
    }
    // Section 3, with the white space that its text has.
    std::string_view const document = "{\n  \"title\": \"Goodbye!\",\n  \"author\" : {\n    \"givenName\" : \"John\",\n"
                                      "    \"familyName\" : \"Doe\"\n  },\n  \"tags\":[ \"example\", \"sample\" ],\n"
                                      "  \"content\": \"This will be unchanged\"\n}\n";
    BOOST_TEST(shown(spliced(document,
                             R"({"title":"Hello!","phoneNumber":"+01-123-456-7890","author":{"familyName":null},)"
                             R"("tags":["example"]})",
                             rfc7396)) ==
               "{\n  \"title\": \"Hello!\",\n  \"author\" : {\n    \"givenName\" : \"John\"},\n"
               "  \"tags\":[\"example\"],\n  \"content\": \"This will be unchanged\","
               "\"phoneNumber\":\"+01-123-456-7890\"\n}\n");
}

BOOST_AUTO_TEST_CASE(limits_hold_for_deeper_merges_on_both_of_their_sides)
{
    for (auto rules : {up_to_level(2), up_to_level(3), rfc7396}) {
        // Of the compact size, to the byte, be the text longer or not.
        rules.limits.max_bytes = 21;
        for (std::string_view const stored : {R"({"a":{"b":1},"d":{}})", R"({"a" : {"b" : 1} , "d":{}})"}) {
            auto const made = spliced(stored, R"({"a":{"b":12}})", rules);
            BOOST_TEST(test::shown(read_value(**made).value()) == R"({"a":{"b":12},"d":{}})");
            BOOST_TEST(shown(spliced(stored, R"({"a":{"b":123}})", rules)) == "too_large '' limit 21 actual 22");
            BOOST_TEST(shown(spliced(stored, R"({"a":{"b":123},"d":null})", rules)).size() < 21U);
        }
        BOOST_TEST(shown(spliced(absent, R"({"a":{"b":1,"x":{}}})", rules)) == R"({"a":{"b":1,"x":{}}})");
        BOOST_TEST(shown(spliced(absent, R"({"a":{"b":123,"x":{}}})", rules)) == "too_large '' limit 21 actual 22");
        // Of the first level's members alone, each key counted once.
        rules.limits.max_bytes = unlimited;
        rules.limits.max_members = 2;
        std::string_view const stored = R"({"a":{"b":1,"c":2,"d":3},"a":{"b":1,"c":2,"d":3}})";
        BOOST_TEST(shown(spliced(stored, R"({"a":{"e":4},"b":{}})", rules)) ==
                   R"({"a":{"b":1,"c":2,"d":3,"e":4},"b":{}})");
        BOOST_TEST(shown(spliced(stored, R"({"b":{},"c":{}})", rules)) == "too_many_members '' limit 2 actual 3");
        BOOST_TEST(shown(spliced(R"({"x":0,"x":{"y":1},"z":0})", R"({"x":{"y":2}})", rules)) ==
                   R"({"x":{"y":2},"z":0})");
        BOOST_TEST(shown(spliced(R"({"x":0,"y":0,"x":0})", R"({"y":{"y":2}})", rules)) ==
                   R"({"x":0,"y":{"y":2},"x":0})"); // the key that is there twice counts once
        rules.limits.max_members = 1;
        rules.limits.max_bytes = 10;
        BOOST_TEST(shown(spliced(R"({"a":{"b":1},"c":2})", R"({"a":{"b":3}})", rules)) ==
                   "too_many_members '' limit 1 actual 2; too_large '' limit 10 actual 19");
        rules.limits = {};
        rules.read.max_nesting = 2;
        BOOST_TEST(shown(spliced(R"({"a":{"b":1}})", R"({"a":{"b":2}})", rules)) == R"({"a":{"b":2}})");
        BOOST_TEST(shown(spliced(R"({"a":{"b":1}})", R"({"a":{"b":[]}})", rules)) == "too_deep '' limit 2 offset 10");
        BOOST_TEST(shown(spliced(R"({"a":{"b":[]}})", R"({"a":{"b":1}})", rules)) == "too_deep '' limit 2 offset 10");
    }
}

BOOST_AUTO_TEST_CASE(what_changed_is_counted_on_the_first_level_alone)
{
    text_patch patch;
    BOOST_TEST(patch.read(R"({"a":{"x":1,"y":null,"z":2},"b":{},"c":null,"d":{"e":{}}})", rfc7396).empty());
    std::string text;
    auto const done = splice(R"({"a":{"x":1,"y":1},"b":1,"c":{}})", patch, text).value();
    BOOST_TEST(text == R"({"a":{"x":1,"z":2},"b":{},"d":{"e":{}}})");
    BOOST_TEST((done == text_change{true, text.size(), 1, 2, 1, false}));
    text.clear();
    auto const made = splice(absent, patch, text).value();
    BOOST_TEST((made == text_change{true, text.size(), 3, 0, 0, false}));
}

BOOST_AUTO_TEST_CASE(the_same_bytes_go_to_a_string_to_a_buffer_and_in_pieces)
{
    std::string const stored = R"({"a":1,"b":{"c":2},"d":3})";
    for (std::string_view const body :
         {R"({"b":null,"e":[1]})", R"({"a":5})", "{}", R"({"d":null})", R"({"b":{"c":null,"e":{"f":null}},"a":{}})"}) {
        text_patch patch;
        auto const& rules = body.size() > 30 ? rfc7396 : first_level;
        BOOST_TEST(patch.read(body, rules).empty());
        std::string text = "before ";
        auto const done = splice(stored, patch, text).value();
        BOOST_TEST(done.size == text.size() - 7);

        std::string buffer(text.size() - 7, '?');
        std::span<char> exact(buffer);
        BOOST_TEST((splice(stored, patch, exact).value() == done));
        BOOST_TEST("before " + buffer == text);

        std::array<char, 4> few{};
        std::span<char> small(few.data(), 3);
        BOOST_TEST(splice(stored, patch, small).value().size == done.size);
        BOOST_TEST(few[3] == 0);

        text_pieces pieces;
        BOOST_TEST((splice(stored, patch, pieces).value() == done));
        std::string joined;
        for (auto const piece : pieces.pieces)
            joined += piece;
        BOOST_TEST("before " + joined == text);
    }
}

BOOST_AUTO_TEST_CASE(a_refused_splice_leaves_what_the_string_held)
{
    auto small = first_level;
    small.limits.max_bytes = 5;
    text_patch patch;
    BOOST_TEST(patch.read(R"({"b":2})", small).empty());
    std::string text = "before";
    BOOST_TEST(!splice(R"({"a":1})", patch, text));
    BOOST_TEST(text == "before");
}

BOOST_AUTO_TEST_CASE(a_patch_asks_of_stored_and_result_what_the_policy_that_it_was_read_by_asks)
{
    auto strict = first_level;
    strict.merge.cleared = cleared_field::absent;
    strict.limits.max_members = 2;
    strict.limits.max_bytes = 30;
    strict.read.max_nesting = 1;
    strict.read.duplicates = duplicate_keys::rejected;
    auto const told_of = [](text_patch const& patch, std::string_view stored) {
        std::string text;
        auto const done = splice(stored, patch, text);
        return done ? done->present ? text : "absent" : test::told(done);
    };
    std::string_view const long_text = R"({"a":"12345678901234567890"})";
    text_patch patch;
    BOOST_TEST(patch.read(R"({"b":2})", strict).empty());
    BOOST_TEST(told_of(patch, R"({"a":1,"c":1})") == "too_many_members '' limit 2 actual 3");
    BOOST_TEST(told_of(patch, long_text) == "too_large '' limit 30 actual 34");
    BOOST_TEST(told_of(patch, R"({"a":{}})") == "too_deep '' limit 1 offset 5");
    BOOST_TEST(told_of(patch, R"({"a":1,"a":1})") == "duplicate_key '/a'");
    text_patch const moved = std::move(patch);
    BOOST_TEST(told_of(moved, R"({"a":1,"c":1})") == "too_many_members '' limit 2 actual 3");
    patch = text_patch();
    BOOST_TEST(patch.read("{}", strict).empty());
    BOOST_TEST(told_of(patch, R"({"a":1})") == "absent");
    BOOST_TEST(patch.read("[]", strict).size() == 1U); // then it is untouched, and of no policy
    BOOST_TEST(told_of(patch, R"({"a":{},"a":{},"b":1,"c":1})") == R"({"a":{},"a":{},"b":1,"c":1})");
    BOOST_TEST(patch.read("{}", strict).empty());
    BOOST_TEST(patch.read("{", strict).size() == 1U);
    BOOST_TEST(told_of(patch, R"({"a":{},"a":{},"b":1,"c":1})") == R"({"a":{},"a":{},"b":1,"c":1})");
    BOOST_TEST(patch.read(R"({"b":2})", first_level).empty()); // read again, it is of that policy alone
    BOOST_TEST(told_of(patch, R"({"a":{},"a":{},"c":1})") == R"({"a":{},"a":{},"c":1,"b":2})");
    auto nulls = strict;
    nulls.merge.on_null = null_body::clears;
    BOOST_TEST(patch.read("null", nulls).empty());
    BOOST_TEST(told_of(patch, R"({"a":1})") == "absent");
}

BOOST_AUTO_TEST_CASE(a_refusal_tells_which_of_the_texts_is_wrong)
{
    auto strict = first_level;
    strict.limits.max_members = 2;
    strict.limits.max_bytes = 30;
    strict.read.max_violations = 1;
    auto const message = [&strict](std::optional<std::string_view> stored, std::string_view patch) {
        return spliced(stored, patch, strict).error().message();
    };
    BOOST_TEST(message(R"({"a":01})", R"({"b":1})") == "malformed JSON at byte 6 of the stored text");
    BOOST_TEST(message(R"({"a":1})", R"({"b":01})") == "malformed JSON at byte 6 of the patch");
    BOOST_TEST(message(R"({"a":01})", R"({"b":01})") == "malformed JSON at byte 6 of the stored text");
    BOOST_TEST(message("[1]", R"({"b":1})") == "expected a JSON object in the stored text");
    BOOST_TEST(message("[1]", R"({"b":01})") == "expected a JSON object in the stored text");
    BOOST_TEST(message("{}", "[1]") == "expected a JSON object in the patch");
    BOOST_TEST(message("{}", R"({"a":1,"b":1,"c":1})") == "too many members (3, limit 2) in the patch");
    BOOST_TEST(message(R"({"a":1,"b":1})", R"({"c":1})") == "too many members (3, limit 2)");
    auto const why = spliced(absent, R"({"b":01})", strict).error();
    BOOST_TEST((why.front().text == input_text::patch));
    auto only_x = with_keys(strict, key_characters::only("x"));
    auto const several = spliced(absent, R"({"a":1,"b":1})", only_x).error();
    BOOST_TEST(several.size() == 1U);
    BOOST_TEST(several.omitted() == 1U);
    BOOST_TEST(several.max_size() == 1U);
}

BOOST_AUTO_TEST_CASE(what_changed_is_counted)
{
    text_patch patch;
    BOOST_TEST(patch.read(R"({"a":null,"b":2,"new":3,"nowhere":null})", first_level).empty());
    std::string text;
    auto const done = splice(R"({"a":1,"b":1,"c":1})", patch, text).value();
    BOOST_TEST((done == text_change{true, text.size(), 1, 1, 1, false}));
    BOOST_TEST(patch.read("{}", auth0::app_metadata).empty());
    auto const cleared = splice(R"({"a":1,"b":1,"c":1})", patch, text).value();
    BOOST_TEST((cleared == text_change{false, 0, 0, 0, 3, true}));
}

BOOST_AUTO_TEST_CASE(where_a_patch_replaces_all_each_stored_member_is_counted_with_an_index_and_without)
{
    auto whole = first_level;
    whole.merge.depth = 0;
    text_patch patch;
    BOOST_TEST_REQUIRE(patch.read(R"({"a":3,"new":1})", whole).empty());
    std::string const stored = R"({"a":1,"\u0061":2,"b":1,"c":{"a":1}})";
    std::string text;
    BOOST_TEST((splice(stored, patch, text).value() == text_change{true, 15, 1, 1, 3, true}));
    BOOST_TEST(text == R"({"a":3,"new":1})");
    member_index index;
    BOOST_TEST_REQUIRE(index.read(stored).empty());
    BOOST_TEST((splice(index, patch, text).value() == text_change{true, 15, 1, 1, 3, true}));
}

BOOST_AUTO_TEST_CASE(a_limit_is_of_the_compact_result_whatever_it_is_written_to_and_behind)
{
    for (std::size_t const limit : {12U, 13U}) {
        auto small = first_level;
        small.limits.max_bytes = limit;
        text_patch patch;
        BOOST_TEST_REQUIRE(patch.read(R"({"b":2})", small).empty());
        std::string_view const stored = R"({ "a" : 1 })";
        std::string text = "before";
        text_pieces pieces{.pieces = {"before"}};
        char few[4];
        std::span<char> buffer(few);
        BOOST_TEST(splice(stored, patch, text).has_value() == (limit == 13));
        BOOST_TEST(splice(stored, patch, pieces).has_value() == (limit == 13));
        BOOST_TEST(splice(stored, patch, buffer).has_value() == (limit == 13));
        BOOST_TEST(text.starts_with("before"));
        BOOST_TEST((pieces.pieces.size() == 1) == (limit == 12));
    }
}

BOOST_AUTO_TEST_SUITE_END()
