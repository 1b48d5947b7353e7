// SPDX-License-Identifier: BSL-1.0
#include <metapatch/simd/members.hpp>

#include "../../support.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <metapatch/json/scan.hpp>
#include <metapatch/simd/is_json.hpp>
#include <string>
#include <vector>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(members)

namespace {

/// The members as `key=value`, a space between; then where the object ends.
std::string listed(std::string_view text, scan_with instructions)
{
    member_cursor cursor(text, every_key, instructions);
    std::string all;
    while (cursor.next()) {
        auto const begin = value_begin(text, cursor.member());
        auto const end = value_end(text, cursor.member());
        all +=
            std::string(cursor.raw_key()) + '=' + std::string(text.substr(begin, std::max(begin, end) - begin)) + ' ';
    }
    return all + std::to_string(cursor.end());
}

void check(std::string_view text, std::string const& expected)
{
    for (auto const instructions : test::every_scan())
        BOOST_TEST(listed(text, instructions) == expected);
}

} // namespace

BOOST_AUTO_TEST_CASE(members_are_found_whatever_their_values_hold)
{
    check("{}", "1");
    check(" { } ", "3");
    check(R"({"a":1})", "a=1 6");
    check(R"({"a" : 1 , "b":{"c":[1,{"d":"}"}]},"e":[],"":"x,y{"})", R"(a=1 b={"c":[1,{"d":"}"}]} e=[] ="x,y{" 51)");
    check(R"({"a\"b":"\\","c":null})", R"(a\"b="\\" c=null 21)");
}

BOOST_AUTO_TEST_CASE(values_may_be_longer_than_what_is_indexed_at_once)
{
    for (std::size_t const size : {60U, 63U, 64U, 65U, 1'000U, 1'024U, 1'025U, 5'000U}) {
        std::string const nested = "[" + std::string(size, '[') + std::string(size, ']') + "]";
        std::string const text = "{\"a\":" + nested + ",\"b\":\"" + std::string(size, ',') + "\"}";
        check(text, "a=" + nested + " b=\"" + std::string(size, ',') + "\" " + std::to_string(text.size() - 1));
    }
}

BOOST_AUTO_TEST_CASE(a_block_that_opens_and_closes_does_not_end_the_value_early)
{
    std::string const value = "[[" + std::string(70, ' ') + "],[],[[]],{\"x\":[]}]";
    check("{\"a\":" + value + ",\"b\":2}", "a=" + value + " b=2 " + std::to_string(value.size() + 11));
}

BOOST_AUTO_TEST_CASE(an_escape_in_a_key_is_seen_wherever_it_is)
{
    for (std::size_t at = 0; at < 300; ++at) {
        std::string key(300, 'k');
        key.replace(at, 1, "\\n");
        std::string const text = "{\"a\":1,\"" + key + "\":1,\"" + std::string(200, 'b') + "\":1}";
        for (auto const instructions : test::every_scan()) {
            BOOST_TEST_CONTEXT("at " << at)
            {
                member_cursor cursor(text, every_key, instructions);
                for (bool const escaped : {false, true, false}) {
                    BOOST_TEST_REQUIRE(cursor.next());
                    BOOST_TEST(cursor.is_escaped() == escaped);
                }
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(of_the_keys_that_are_not_wanted_most_are_passed_and_of_the_wanted_none)
{
    using keys = std::vector<std::string>;
    auto const many = [] {
        keys made;
        for (char c = 'a'; c <= 'z'; ++c)
            made.push_back(std::string(3, c));
        return made;
    }();
    struct {
        keys wanted;
        std::string text;
        std::size_t most; ///< how many may be stopped at; to one instruction a quote may be a `b`
    } const cases[] = {
        {{}, R"({"a":1,"":2})", 0},
        {{""}, R"({"":1,"a":2})", 2},
        {{"a"}, R"({"a":1,"b":2,"ab":3,"":4,"a":5,"\u0061":6})", 4},
        {{"ab"}, R"({"ab":1,"a":2,"abc":3,"\u0061b":4,"a\u0062":5,"xb":6})", 5},
        {{"plan", "theme"},
         R"({"plan":1,"theme":{"plan":2,"theme":3},"x":"plan","y" : "plan","theme":[],"them":"\""})",
         4},
        {{"\n", "\"q\""}, R"({"\n":1,"\"q\"":2,"n":3,"q":4})", 2},
        {{"é"}, R"({"é":1,"\u00e9":2,"ê":3})", 3},
        {many, R"({"aaa":1,"zzz":2,"yyy":"zzz","1":4,"Z":5})", 3},
    };
    for (auto const& each : cases) {
        wanted_keys wanted;
        wanted.assign(each.wanted, [](std::string const& key) { return std::string_view(key); });
        for (auto const& text :
             {each.text, std::string(200, ' ') + each.text, "{" + std::string(61, ' ') + each.text.substr(1)}) {
            for (auto const instructions : test::every_scan()) {
                member_cursor all(text, every_key, instructions);
                keys expected; // with where the members end
                while (all.next()) {
                    std::string key;
                    append_unescaped(key, all.raw_key());
                    if (std::find(each.wanted.begin(), each.wanted.end(), key) != each.wanted.end())
                        expected.push_back(key + std::to_string(all.member().end));
                }
                auto const check = [&](auto&& cursor, bool counts = true) {
                    keys found;
                    std::size_t stops = 0;
                    for (; cursor.next(); ++stops) {
                        std::string key;
                        append_unescaped(key, cursor.raw_key());
                        if (std::find(each.wanted.begin(), each.wanted.end(), key) != each.wanted.end())
                            found.push_back(key + std::to_string(cursor.member().end));
                    }
                    BOOST_TEST(found == expected, text);
                    BOOST_TEST((!counts || cursor.members() == all.members()));
                    BOOST_TEST(cursor.end() == all.end());
                    BOOST_TEST((stops <= each.most || instructions < scan_with::avx2), text << " stops " << stops);
                };
                check(member_cursor(text, wanted, instructions));
                check(member_cursor(text, wanted, instructions, false), false);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(any_length_of_text_is_searched_in_parts_without_a_loss)
{
    for (bool const nested : {false, true}) {
        std::string text = "{";
        std::size_t members = 0;
        for (; text.size() < 100'000; ++members)
            text += (members > 0 ? ",\"" : "\"") + std::to_string(members) + (nested ? "\":{\"x\":[{}]}" : "\":true");
        text += "}";
        for (auto const instructions : test::every_scan()) {
            member_cursor cursor(text, every_key, instructions);
            std::size_t found = 0;
            for (; cursor.next(); ++found)
                BOOST_TEST_REQUIRE(cursor.raw_key() == std::to_string(found));
            BOOST_TEST(found == members);
            BOOST_TEST(cursor.members() == members);
            BOOST_TEST(cursor.end() == text.size() - 1);
        }
    }
}

BOOST_AUTO_TEST_CASE(what_was_found_is_not_lost_by_a_further_search)
{
    std::string text = "{";
    for (int i = 0; i < 1'000; ++i)
        text += (i > 0 ? ",\"" : "\"") + std::to_string(i) + "\":0";
    text += "}";
    member_cursor cursor(text);
    std::size_t found = 0;
    while (cursor.search() && cursor.search()) {
        for (; cursor.search() && cursor.next_found(); ++found)
            BOOST_TEST_REQUIRE(cursor.raw_key() == std::to_string(found));
    }
    BOOST_TEST(found == 1'000U);
}

BOOST_AUTO_TEST_CASE(what_is_no_object_ends_within_the_text)
{
    for (std::string_view const text : {"", "1", "{", "{\"", "{\"a", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,",
                                        "[1,2]", "\"\"\"{\"\"", "}{", "{\"a\":\\", "{,,,", "{\"a\"1\"b\""}) {
        for (auto const instructions : test::every_scan()) {
            member_cursor cursor(text, every_key, instructions);
            while (cursor.next()) {
                BOOST_TEST(cursor.member().end < text.size());
                BOOST_TEST(value_begin(text, cursor.member()) <= cursor.member().end);
                BOOST_TEST(value_end(text, cursor.member()) >= cursor.member().colon);
                BOOST_TEST(cursor.raw_key().size() <= text.size());
            }
            BOOST_TEST(cursor.end() <= text.size());
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
