// SPDX-License-Identifier: BSL-1.0
#include <metapatch/splice/member_index.hpp>

#include "../../support.hpp"

#include <boost/test/unit_test.hpp>
#include <metapatch/splice/splice.hpp>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(member_index_)

namespace {

/// The values of the members with a key.
std::string found(member_index const& index, std::string_view key)
{
    std::string all;
    for (auto const& each : index.find(key)) {
        auto const begin = value_begin(index.text(), each.span);
        all += std::string(index.text().substr(begin, value_end(index.text(), each.span) - begin)) + ' ';
    }
    return all;
}

std::string spliced_by(member_index const& index, std::string_view body, policy<> const& rules)
{
    text_patch patch;
    BOOST_TEST(patch.read(body, rules).empty());
    std::string text;
    auto const done = splice(index, patch, text);
    return !done ? test::told(done.error()) : done->present ? text : "absent";
}

} // namespace

BOOST_AUTO_TEST_CASE(members_are_found_by_what_their_keys_mean_in_the_order_of_the_text)
{
    std::string const text = R"( { "a" : 1 , "\u0061":{"b":2},"":3,"b":"}", "a":null } )";
    member_index index;
    BOOST_TEST(index.read(text).empty());
    BOOST_TEST(index.size() == 5U);
    BOOST_TEST(found(index, "a") == R"(1 {"b":2} null )");
    BOOST_TEST(found(index, "b") == R"("}" )");
    BOOST_TEST(found(index, "") == "3 ");
    BOOST_TEST(found(index, "c").empty());
}

BOOST_AUTO_TEST_CASE(any_number_of_members_is_found_also_where_their_keys_are_chosen_to_be_alike)
{
    for (std::size_t const members : {0U, 1U, 2U, 3U, 7U, 64U, 1'000U}) {
        std::string text = "{";
        for (std::size_t i = 0; i < members; ++i) // the same ends and length: the same fingerprint
            text += (i > 0 ? "," : "") + ("\"eight___" + std::to_string(1'000 + i) + "___eight\":") + std::to_string(i);
        text += "}";
        member_index index;
        BOOST_TEST(index.read(text).empty());
        BOOST_TEST(index.size() == members);
        for (std::size_t i = 0; i < members + 2; ++i) {
            auto const expected = i < members ? std::to_string(i) + ' ' : "";
            BOOST_TEST(found(index, "eight___" + std::to_string(1'000 + i) + "___eight") == expected);
        }
    }
}

BOOST_AUTO_TEST_CASE(an_index_is_moved_with_what_it_found)
{
    std::string const text = R"({"a key that was written with an escape\n":1})";
    member_index index;
    BOOST_TEST(index.read(text).empty());
    member_index const moved = std::move(index);
    BOOST_TEST(found(moved, "a key that was written with an escape\n") == "1 ");
}

BOOST_AUTO_TEST_CASE(what_is_wrong_with_a_text_is_told_and_the_index_is_of_none_then)
{
    member_index index;
    BOOST_TEST(index.read(R"({"a":1})").empty());
    BOOST_TEST(test::told(index.read(R"({"a":01})")) == "malformed_json '' offset 6");
    BOOST_TEST(index.text().empty());
    BOOST_TEST(index.size() == 0U);
    BOOST_TEST(found(index, "a").empty());
    BOOST_TEST(!index.is_of_text());
    BOOST_TEST(index.read(R"({"a":01})", {}, {.stored = stored_text::trusted}).empty());
    BOOST_TEST(found(index, "a") == "01 ");
}

BOOST_AUTO_TEST_CASE(a_text_that_is_no_object_has_no_members_and_a_clear_keeps_nothing_of_it)
{
    for (std::string_view const text : {R"("[object Object]")", R"([{"a":1}])", "null", " 1 "}) {
        member_index index;
        BOOST_TEST(index.read(text).empty());
        BOOST_TEST(index.is_of_text());
        BOOST_TEST(index.size() == 0U);
        BOOST_TEST(found(index, "a").empty());
        BOOST_TEST(spliced_by(index, R"({"a":1})", first_level) == "expected_object ''");
        BOOST_TEST(spliced_by(index, "{}", first_level) == "{}");
        BOOST_TEST(spliced_by(index, R"({"a":1,"b":null})", replace) == R"({"a":1})");
        text_patch const untouched;
        std::string out;
        BOOST_TEST(test::told(splice(index, untouched, out)) == "expected_object ''");
    }
    member_index index;
    BOOST_TEST(index.read("", {}, {.stored = stored_text::trusted}).empty()); // no JSON, and no absent field either
    BOOST_TEST(spliced_by(index, R"({"a":1})", first_level) == "expected_object ''");
}

BOOST_AUTO_TEST_CASE(an_index_of_no_text_stands_for_an_absent_field)
{
    BOOST_TEST(spliced_by({}, R"({"a":1})", first_level) == R"({"a":1})");
    text_patch const untouched;
    std::string text;
    BOOST_TEST(!splice(member_index(), untouched, text).value().present);
}

BOOST_AUTO_TEST_CASE(one_index_serves_any_number_of_patches)
{
    std::string const text = R"({"a":1,"b":2,"a":3})";
    member_index index;
    BOOST_TEST(index.read(text).empty());
    BOOST_TEST(spliced_by(index, R"({"a":null})", first_level) == R"({"b":2})");
    BOOST_TEST(spliced_by(index, R"({"b":null,"c":4})", first_level) == R"({"a":1,"a":3,"c":4})");
    BOOST_TEST(spliced_by(index, R"({"a":5})", first_level) == R"({"a":5,"b":2})");
    BOOST_TEST(spliced_by(index, "{}", first_level) == "{}");
    BOOST_TEST(spliced_by(index, R"({"b":3})", rfc7396) == R"({"a":1,"b":3,"a":3})");
    auto small = first_level;
    small.limits.max_bytes = 9;
    BOOST_TEST(spliced_by(index, R"({"b":3})", small) == "too_large '' limit 9 actual 13");
    BOOST_TEST(spliced_by(index, R"({"b":null})", small) == R"({"a":1,"a":3})"); // {"a":3} is what counts
}

BOOST_AUTO_TEST_CASE(many_duplicates_are_merged_in_order)
{
    std::string text = "{\"x\":0";
    for (int i = 0; i < 200; ++i)
        text += ",\"a\":" + std::to_string(i);
    text += ",\"y\":0}";
    member_index index;
    BOOST_TEST(index.read(text).empty());
    BOOST_TEST(spliced_by(index, R"({"a":1,"y":1})", first_level) == R"({"x":0,"a":1,"y":1})");
    BOOST_TEST(spliced_by(index, R"({"a":null})", first_level) == R"({"x":0,"y":0})");
}

BOOST_AUTO_TEST_SUITE_END()
