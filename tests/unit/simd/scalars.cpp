// SPDX-License-Identifier: BSL-1.0
#include <metapatch/simd/scalars.hpp>

#include <boost/test/unit_test.hpp>
#include <metapatch/json/scan.hpp>
#include <random>
#include <string>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(scalars)

namespace {

/// Whether `text` is one number or literal, says the scanner.
bool scanned(std::string const& text)
{
    scanner scan(text);
    auto const what = scan.next();
    return what != token::failed && what != token::string && scan.next() == token::end;
}

bool whole(std::string const& text)
{
    return detail::is_scalar(text.data(), text.data() + text.size());
}

bool in_short(std::string text)
{
    text.resize(text.size() + detail::read_of_short_scalar, ' ');
    return detail::is_short_scalar(text.data());
}

} // namespace

BOOST_AUTO_TEST_CASE(every_text_of_a_few_bytes_is_told_as_by_the_scanner)
{
    constexpr std::string_view alphabet = "0192-+.eEtrufalsn x";
    for (std::string_view const start : {"", "12", "-1", "1.5", "1e", "tru", "nul", "fals", "1234567", "0.123456"}) {
        for (std::size_t i = 0; i < alphabet.size() * alphabet.size() * alphabet.size(); ++i) {
            auto const n = alphabet.size();
            std::string const text = std::string(start) + alphabet[i / n / n] + alphabet[i / n % n] + alphabet[i % n];
            if (text.find(' ') != std::string::npos)
                continue;
            BOOST_TEST_REQUIRE(whole(text) == scanned(text), text);
            // What the quick way admits is right, and it admits whatever is short.
            BOOST_TEST_REQUIRE((!in_short(text) || scanned(text)), text);
            if (text.find_first_of("eE+") == std::string::npos && text.size() < 8)
                BOOST_TEST_REQUIRE(in_short(text) == scanned(text), text);
        }
    }
}

BOOST_AUTO_TEST_CASE(literals_are_told_by_the_quick_way_too)
{
    for (std::string const literal : {"true", "false", "null"}) {
        BOOST_TEST(whole(literal));
        BOOST_TEST(in_short(literal));
        for (char const behind : {',', ']', '}', ' ', '\n', '\t', '\r'}) {
            BOOST_TEST(in_short(literal + behind));
            BOOST_TEST(whole(literal + behind));
        }
        for (char const behind : {'x', '"', '{', '[', ':', '1', '\0', '\x80'}) {
            BOOST_TEST(!in_short(literal + behind));
            BOOST_TEST(!whole(literal + behind));
        }
    }
}

BOOST_AUTO_TEST_CASE(escapes_are_those_of_the_scanner)
{
    std::mt19937_64 random(1);
    std::string_view const pieces[] = {"\\n",     "\\\\",           "\\\"",     "\\/",         "\\u0041", "\\uD83D",
                                       "\\uDE00", "\\uD83d\\uDe00", "\\uFFFF",  "a",           "\\x",     "\\u12g4",
                                       "\\u123",  "\\uDBFF\\uDFFF", "\\uD800a", "\\b\\f\\r\\t"};
    int fine = 0;
    for (int i = 0; i < 50'000; ++i) {
        std::string text = "\"";
        for (auto left = 1 + random() % 3; left > 0; --left)
            text += pieces[random() % std::size(pieces)];
        text += "\"";
        detail::escape_check check(text);
        bool told = true;
        for (std::size_t at = 1; at + 1 < text.size(); ++at) {
            if (text[at] == '\\')
                told = check.check(++at) && told;
        }
        scanner scan(text);
        bool const expected = scan.next() == token::string && scan.next() == token::end;
        BOOST_TEST_REQUIRE((told && check.complete()) == expected, text);
        fine += expected;
    }
    BOOST_TEST(fine > 5'000);
}

BOOST_AUTO_TEST_SUITE_END()
