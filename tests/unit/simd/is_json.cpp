// SPDX-License-Identifier: BSL-1.0
#include <metapatch/simd/is_json.hpp>

#include "../../support.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <metapatch/json/scan.hpp>
#include <random>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(is_json_)

namespace {

bool scanned(std::string_view text, std::size_t max_nesting)
{
    scanner scan(text, max_nesting);
    auto what = scan.next();
    while (what != token::end && what != token::failed)
        what = scan.next();
    return what == token::end;
}

/// Every scan says what the scanner says.
void check(std::string const& text, std::size_t max_nesting = nesting_ceiling)
{
    bool const expected = scanned(text, max_nesting);
    for (auto const instructions : test::every_scan())
        BOOST_TEST_REQUIRE(is_json(text, max_nesting, instructions) == expected,
                           text << "\n is " << expected << " down to " << max_nesting);
}

constexpr std::string_view valid[] = {"{}",
                                      "[]",
                                      "0",
                                      "-0.5e+7",
                                      "\"\"",
                                      "null",
                                      R"({"a":1,"b":[true,false,null,{"c":{}}]})",
                                      "[[],{},[[]]]",
                                      "[1,\"a\",{\"a\":\"b\",\"c\":[\"d\",\"e\"]},\"f\"]",
                                      R"("\ud83d\ude00 é € 😀 \u0000")"};

constexpr std::string_view invalid[] = {"",
                                        " ",
                                        "{",
                                        "}",
                                        "[",
                                        "]",
                                        "\"",
                                        "[1,]",
                                        "[,1]",
                                        "{\"a\"}",
                                        "{\"a\":}",
                                        "{\"a\":1,}",
                                        "{,}",
                                        "{1:2}",
                                        "[1 2]",
                                        "[1:2]",
                                        "{\"a\":1:2}",
                                        "{\"a\"::1}",
                                        "[\"a\":1]",
                                        "[1,\"a\":2]",
                                        "{\"a\":1,\"b\"}",
                                        "{\"a\":1,2}",
                                        "{\"a\":1,2:3}",
                                        "{]",
                                        "[}",
                                        "[{]}",
                                        "1 2",
                                        "1,2",
                                        "\"a\" \"b\"",
                                        "\"a\":1",
                                        "{}{}",
                                        "{},",
                                        "truex",
                                        "nul",
                                        "01",
                                        "\"\\x\"",
                                        "\"\n\"",
                                        "\"\xFF\"",
                                        "\xEF\xBB\xBF{}",
                                        "[1]]",
                                        "\"\\ud800\"",
                                        "{\"a\" 1}",
                                        "{\"a\":\"b\"\"c\"}",
                                        "[\"a\"1]",
                                        "[1\"a\"]",
                                        "[true\"a\"]",
                                        "{\"a\":{}\"b\":1}",
                                        "\\\"a\\\"",
                                        "[1\x01]",
                                        "{\"a\":[}",
                                        "[\"\\\"]"};

} // namespace

BOOST_AUTO_TEST_CASE(what_is_json_is_told_wherever_the_blocks_begin)
{
    for (std::size_t shift = 0; shift < 130; ++shift) {
        std::string const space(shift, ' ');
        for (auto const text : valid) {
            BOOST_TEST_REQUIRE(scanned(text, nesting_ceiling));
            check(space + std::string(text));
            check("[" + space + std::string(text) + space + ",\"" + std::string(shift, 'x') + "\"]");
        }
        for (auto const text : invalid) {
            BOOST_TEST_REQUIRE(!scanned(text, nesting_ceiling));
            check(space + std::string(text));
            check("{\"" + std::string(shift, 'x') + "\":" + std::string(text) + "}");
        }
    }
}

BOOST_AUTO_TEST_CASE(nesting_is_allowed_up_to_the_limit)
{
    for (std::size_t const levels : {0U, 1U, 2U, 63U, 64U, 65U, 512U, 1'000U, 1'023U, 1'024U, 1'025U, 2'000U}) {
        std::string const text = std::string(levels, '[') + (levels == 0 ? "1" : "") + std::string(levels, ']');
        check(text, levels);
        check(text, levels == 0 ? 0 : levels - 1);
        check(text, static_cast<std::size_t>(-1));
    }
    BOOST_TEST(is_json(std::string(1'024, '[') + std::string(1'024, ']'), 5'000));
    BOOST_TEST(!is_json(std::string(1'025, '[') + std::string(1'025, ']'), 5'000));
}

BOOST_AUTO_TEST_CASE(the_kind_of_a_container_is_remembered_at_every_depth)
{
    std::mt19937_64 random(2);
    for (std::size_t const levels : {1U, 2U, 62U, 63U, 64U, 65U, 66U, 127U, 128U, 129U, 130U, 1'023U, 1'024U}) {
        for (int i = 0; i < 40; ++i) {
            std::string begin;
            std::string end;
            for (std::size_t level = 0; level < levels; ++level) {
                bool const object = random() % 2 == 0;
                // A container beside, of which nothing may be left when the next one is looked at.
                bool const beside = random() % 4 == 0;
                begin += object ? beside ? R"({"x":[{}],"a":)" : R"({"a":)" : beside ? R"([[{}],)" : "[";
                end += object ? '}' : ']';
            }
            std::reverse(end.begin(), end.end());
            // The innermost ones closed and opened again, some pages up and down.
            auto const text = begin + "[1,{\"b\":[]},2]" + end;
            check(text);
            auto damaged = text;
            auto const at = begin.size() + 15 + random() % end.size();
            damaged[at] = damaged[at] == '}' ? ']' : '}';
            check(damaged);
            check(begin + "1,\"b\":2" + end);
            check(begin + "\"b\":2" + end);
            check(begin + "1,2" + end);
        }
    }
    for (std::size_t const levels : {63U, 64U, 65U, 128U}) {
        std::string text = "[1";
        for (int i = 0; i < 3; ++i)
            text += ",{\"a\":" + std::string(levels, '[') + "{}" + std::string(levels, ']') + "}";
        check(text + "]");
        check(text + "}");
        check(text + ",\"a\":1]");
    }
}

BOOST_AUTO_TEST_CASE(every_short_text_of_tokens_is_told_as_by_the_scanner)
{
    constexpr std::string_view tokens[] = {"{", "}", "[", "]", ",", ":", "\"a\"", "1"};
    int fine = 0;
    std::string text;
    auto const go = [&](auto const& self, int left) -> void {
        bool const expected = scanned(text, nesting_ceiling);
        fine += expected;
        for (auto const instructions : test::every_scan()) {
            if (is_json(text, nesting_ceiling, instructions) != expected)
                BOOST_TEST_REQUIRE(false, text << " is " << expected);
        }
        for (std::size_t i = 0; left > 0 && i < std::size(tokens); ++i) {
            auto const size = text.size();
            text += tokens[i];
            self(self, left - 1);
            text.resize(size);
        }
    };
    go(go, 6);
    BOOST_TEST(fine == 42);
}

BOOST_AUTO_TEST_CASE(what_is_noted_of_thousands_of_bytes_is_looked_at_wherever_they_end)
{
    // As many notes as bytes can give, of each kind, then something wrong before and behind the place where they end.
    for (std::string_view const item :
         {"[],", "{},", "[[]],", "-1,", "1.5,", "true,", "0,", "10,", "\"\\n\",", "[1,2],", R"({"a":1,"b":[2]},)",
          "12345678901234567890,", "1e5,", "\"\\ud83d\\ude00\","}) {
        for (std::size_t const shift : {0U, 1U, 5U, 63U}) {
            std::string text = "[" + std::string(shift, ' ');
            while (text.size() < 4'096 + 100)
                text += item;
            text.back() = ']';
            check(text);
            for (std::size_t at = 4'096 - 3; at < 4'096 + 3; ++at) {
                auto damaged = text;
                damaged[at] = std::string_view("x]{,:\"\\\x01")[(at + shift) % 8];
                check(damaged);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(a_character_goes_on_in_the_next_block_and_in_no_later_one)
{
    for (std::string const character :
         {"\xC3\xA9", "\xE2\x82\xAC", "\xED\x9F\xBF", "\xF0\x9F\x99\x82", "\xF4\x8F\xBF\xBF"}) {
        for (std::size_t cut = 1; cut < character.size(); ++cut) {
            for (std::size_t const gap : {0U, 64U, 128U, 4'096U}) {
                for (std::string const behind : {"", "x", "\xC3\xA9"}) {
                    // Of the character `cut` bytes end a block, and the others come `gap` bytes later, or never.
                    auto const begin =
                        "\"" + std::string(127 - cut, 'x') + character.substr(0, cut) + std::string(gap, 'x');
                    check(begin + character.substr(cut) + behind + "\"");
                    check(begin + behind + "\"");
                }
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(damaged_texts_are_told_as_by_the_scanner)
{
    std::mt19937_64 random(1);
    std::string_view const pieces[] = {
        "{",  "}",  "[",    "]",  ",", ":",    "\"",       "\\",       "1",       "-",       "0",       "true",
        "e5", ".5", "\x01", "\n", " ", "null", "\xC3\xA9", "\xE2\x82", "\\u12aF", "\\ud83d", "\\ude00", "\"a\":1,"};
    int fine = 0;
    for (int i = 0; i < 20'000; ++i) {
        std::string text;
        for (auto left = 1 + random() % 12; left > 0; --left)
            text += (text.empty() ? "" : ",") +
                    ("\"k" + std::to_string(random() % 5) + "\":" + std::string(random() % 20, ' ')) +
                    std::string(valid[random() % std::size(valid)]) + std::string(random() % 3, '\n');
        text = "{" + text + "}";
        for (auto left = random() % 3; left > 0; --left) {
            auto const at = random() % text.size();
            if (random() % 2 == 0)
                text.insert(at, pieces[random() % std::size(pieces)]);
            else
                text.erase(at, 1);
        }
        auto const limit = i % 3 == 0 ? random() % 6 : nesting_ceiling;
        check(text, limit);
        fine += scanned(text, limit);
    }
    BOOST_TEST(fine > 5'000);
    BOOST_TEST(fine < 15'000);
}

BOOST_AUTO_TEST_SUITE_END()
