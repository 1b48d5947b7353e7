// SPDX-License-Identifier: BSL-1.0
#include <metapatch/simd/is_json.hpp>

#include "../../support.hpp"

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

template<class Cursor>
std::string listed(Cursor& cursor)
{
    std::string all;
    while (cursor.next())
        all += std::string(cursor.raw_key()) + (cursor.is_escaped() ? "~" : "=") +
               std::to_string(cursor.member().colon) + ' ' + std::to_string(cursor.member().end) + '\n';
    return all + std::to_string(cursor.begin()) + ' ' + std::to_string(cursor.end());
}

/// Every scan says what the scanner says, and finds the members that are there.
void check(std::string const& text, std::size_t max_nesting = nesting_ceiling)
{
    bool const expected = scanned(text, max_nesting);
    auto const first = text.find_first_not_of(" \n\r\t");
    for (auto const instructions : test::every_scan()) {
        BOOST_TEST_REQUIRE(is_json(text, max_nesting, instructions) == expected,
                           text << "\n is " << expected << " down to " << max_nesting);
        if (first == std::string::npos || text[first] != '{')
            continue;
        checked_member_cursor checked(text, max_nesting, every_key, instructions);
        auto const found = listed(checked);
        BOOST_TEST_REQUIRE(checked.fine() == expected);
        member_cursor trusted(text, every_key, instructions);
        if (expected)
            BOOST_TEST_REQUIRE(found == listed(trusted), text);
    }
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
