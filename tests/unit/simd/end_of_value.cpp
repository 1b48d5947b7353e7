// SPDX-License-Identifier: BSL-1.0
#include <metapatch/simd/end_of_value.hpp>

#include "../../support.hpp"

#include <boost/test/unit_test.hpp>
#include <metapatch/json/scan.hpp>
#include <random>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(end_of_value_)

namespace {

struct ending {
    end_verdict verdict;
    std::size_t offset;
    bool operator==(ending const&) const = default;
};

/// Byte by byte, as the words say it.
ending naive_end(std::string_view text, std::size_t depth = 0)
{
    bool const nested = depth > 0 || text.starts_with('{') || text.starts_with('[');
    if (!nested && !text.starts_with('"')) {
        auto const end = text.find_first_of(" \t\r\n,]}", 1);
        return end == std::string_view::npos ? ending{end_verdict::needs_more, text.size()}
                                             : ending{end_verdict::found, end};
    }
    bool in_string = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        auto const byte = static_cast<unsigned char>(text[at]);
        if (in_string && byte < 0x20)
            return {end_verdict::broken, at};
        if (in_string && byte == '\\') {
            bool const escapes = at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) >= 0x20;
            at += escapes ? 1U : 0U;
        } else if (byte == '"') {
            in_string = !in_string;
            if (!in_string && !nested)
                return {end_verdict::found, at + 1};
        } else if (!in_string && (byte == '{' || byte == '[')) {
            ++depth;
        } else if (!in_string && (byte == '}' || byte == ']') && --depth == 0) {
            return {end_verdict::found, at + 1};
        }
    }
    return {end_verdict::needs_more, text.size()};
}

/// The end by every scan, at once and with the text coming in pieces.
void check(std::string_view text, std::size_t depth = 0)
{
    auto const expected = naive_end(text, depth);
    for (auto const instructions : test::every_scan()) {
        for (std::size_t const piece :
             {text.size(), std::size_t{1}, std::size_t{7}, std::size_t{64}, std::size_t{65}}) {
            end_of_value end(instructions);
            end.restart(depth);
            auto verdict = end_verdict::needs_more;
            for (std::size_t known = 0; verdict == end_verdict::needs_more && known < text.size();) {
                known = std::min(text.size(), known + std::max<std::size_t>(piece, 1));
                // A copy of its own, so that a read beyond it shows.
                verdict = end.find(std::string(text.substr(0, known)));
            }
            BOOST_TEST_CONTEXT("by " << static_cast<int>(instructions) << " in pieces of " << piece << ": " << text)
            {
                BOOST_TEST((verdict == expected.verdict));
                if (expected.verdict != end_verdict::needs_more)
                    BOOST_TEST(end.offset() == expected.offset);
            }
        }
    }
}

} // namespace

BOOST_AUTO_TEST_CASE(values_end_where_their_last_bracket_closes)
{
    for (auto const text :
         {"{}", "[]", "{},{}", "{\"a\":[1,{\"b\":{}}]} ", "[[[[]]]]]", "{\"a\":\"}\"}x", "[\"]\",\"[\"],",
          "{\"a\\\"}\":1}", "[\"\\\\\"],", "[\"\\\\\\\"]\"]", "{", "[[]", "{\"a\":\"}", "{\"a\":\"\\\"}"})
        check(text);
}

BOOST_AUTO_TEST_CASE(strings_words_and_numbers_end_too)
{
    for (auto const text : {"\"a\"", "\"a\\\"b\",", "\"\"", "\"a", "\"a\\", "1,", "1.5e3]", "true}", "null\n", "12",
                            "-1 ", "tru\t", "x\r"})
        check(text);
    end_of_value end;
    end.restart();
    BOOST_TEST((end.find("") == end_verdict::needs_more));
    BOOST_TEST((end.find("12") == end_verdict::needs_more));
    BOOST_TEST(end.may_end());
    end.restart();
    BOOST_TEST((end.find("\"12") == end_verdict::needs_more));
    BOOST_TEST(!end.may_end());
    end.restart();
    BOOST_TEST((end.find("[12") == end_verdict::needs_more));
    BOOST_TEST(!end.may_end());
}

BOOST_AUTO_TEST_CASE(a_string_that_ends_with_its_line_is_broken_there)
{
    for (auto const text :
         {"\"a\nb\"", "{\"a\n\":1}", "[\"a\x01\"]", "[\"\\\n\"]", "\"\\\n\"", "[\"a\"\n,\"b\n\"]", "\"a\t\""})
        check(text);
    check(std::string(100, ' ').insert(0, "[\"a\",\"") + "\n\"]");
    check(std::string(100, ' ').insert(0, "[1]\"") + "\n\"]"); // behind the end nothing is looked at
}

BOOST_AUTO_TEST_CASE(brackets_may_be_open_already)
{
    check(",\"total\":7}", 1);
    check("}", 1);
    check("]}", 2);
    check(",\"a\":{\"b\":[]},\"c\":\"}\" } ", 1);
    check(std::string(200, ' ') + "}", 1);
}

BOOST_AUTO_TEST_CASE(places_around_the_ends_of_blocks_are_the_same_as_others)
{
    for (std::size_t before = 50; before < 140; ++before) {
        check("[\"" + std::string(before, 'v') + "\\\"]\"]x");
        check("[\"" + std::string(before, 'v') + "\\\\\"]x");
        check("[" + std::string(before, ' ') + "{\"a\":\"{\"}]x");
        check("[" + std::string(before, '[') + std::string(before + 1, ']') + "x");
        check("[\"" + std::string(before, 'v') + "\n\"]");
    }
}

BOOST_AUTO_TEST_CASE(the_end_of_what_is_json_is_its_own)
{
    for (auto const text :
         {"{\"a\":[1,2,{\"b\":\"\\u007d}\"}],\"c\":\"\\\\\"}", "[[],{},[{\"]\":[\"}\"]}]]", "\"\\\"\"", "{}"}) {
        scanner scan(text);
        auto what = scan.next();
        while (what != token::end && what != token::failed)
            what = scan.next();
        BOOST_REQUIRE((what == token::end));
        end_of_value end;
        end.restart();
        BOOST_TEST((end.find(std::string(text) + ",{") == end_verdict::found));
        BOOST_TEST(end.offset() == std::string_view(text).size());
    }
}

BOOST_AUTO_TEST_CASE(any_bytes_have_the_end_that_counting_them_finds)
{
    std::mt19937 random(7);
    std::string_view const alphabet = "{}[]\"\"::,, ab1\\";
    for (int round = 0; round < 1500; ++round) {
        std::string text = round % 2 == 0 ? "{" : "[";
        for (std::size_t size = random() % 200; text.size() < size;)
            text += alphabet[random() % (alphabet.size() - (round % 3 == 0 ? 0 : 1))];
        if (text.find('\\') != std::string::npos) { // of what is no JSON, outside of strings, nothing is promised
            for (auto const instructions : test::every_scan()) {
                end_of_value found(instructions);
                found.restart();
                found.find(text);
                BOOST_TEST(found.offset() <= text.size());
            }
        } else {
            check(text);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
