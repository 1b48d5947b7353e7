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
        static_cast<void>(splice(valid.substr(0, cut), patch, first_level, out, {.stored = stored_text::trusted}));
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

BOOST_AUTO_TEST_CASE(deeper_merges_keep_the_lexemes_of_numbers)
{
    BOOST_TEST(shown(spliced(R"({"a":{"x":1.10,"y":1e400}})", R"({"a":{"y":null,"z":2.0}})", rfc7396)) ==
               R"({"a":{"x":1.10,"z":2.0}})");
    BOOST_TEST(shown(spliced(R"({"a":{"b":{"x":1}}})", R"({"a":{"b":{"y":1}}})", up_to_level(2))) ==
               R"({"a":{"b":{"y":1}}})");
}

BOOST_AUTO_TEST_CASE(the_same_bytes_go_to_a_string_to_a_buffer_and_in_pieces)
{
    std::string const stored = R"({"a":1,"b":{"c":2},"d":3})";
    for (std::string_view const body : {R"({"b":null,"e":[1]})", R"({"a":5})", "{}", R"({"d":null})"}) {
        text_patch patch;
        BOOST_TEST(patch.read(body, first_level).empty());
        std::string text = "before ";
        auto const done = splice(stored, patch, first_level, text).value();
        BOOST_TEST(done.size == text.size() - 7);

        std::string buffer(text.size() - 7, '?');
        std::span<char> exact(buffer);
        BOOST_TEST((splice(stored, patch, first_level, exact).value() == done));
        BOOST_TEST("before " + buffer == text);

        std::array<char, 4> few{};
        std::span<char> small(few.data(), 3);
        BOOST_TEST(splice(stored, patch, first_level, small).value().size == done.size);
        BOOST_TEST(few[3] == 0);

        text_pieces pieces;
        BOOST_TEST((splice(stored, patch, first_level, pieces).value() == done));
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
    BOOST_TEST(!splice(R"({"a":1})", patch, small, text));
    BOOST_TEST(text == "before");
}

BOOST_AUTO_TEST_CASE(what_changed_is_counted)
{
    text_patch patch;
    BOOST_TEST(patch.read(R"({"a":null,"b":2,"new":3,"nowhere":null})", first_level).empty());
    std::string text;
    auto const done = splice(R"({"a":1,"b":1,"c":1})", patch, first_level, text).value();
    BOOST_TEST((done == text_change{true, text.size(), 1, 1, 1, false}));
    BOOST_TEST(patch.read("{}", auth0::app_metadata).empty());
    auto const cleared = splice(R"({"a":1,"b":1,"c":1})", patch, auth0::app_metadata, text).value();
    BOOST_TEST((cleared == text_change{false, 0, 0, 0, 3, true}));
}

BOOST_AUTO_TEST_SUITE_END()
