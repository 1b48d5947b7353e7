// SPDX-License-Identifier: BSL-1.0
#include <metapatch/simd/short_text.hpp>

#include "../../support.hpp"

#include <boost/test/unit_test.hpp>
#include <memory>
#include <metapatch/json/scan.hpp>
#include <random>
#include <string>
#include <vector>

using namespace metapatch;
using metapatch::detail::short_text;

BOOST_AUTO_TEST_SUITE(short_texts)

namespace {

/// The strings of a text of nothing but strings with spaces between, or that one is none.
struct strings_of_text {
    bool fine = true;
    bool escapes = false;
    std::vector<std::size_t> quotes;
};

strings_of_text scanned(std::string_view text)
{
    strings_of_text found;
    std::size_t at = 0;
    while ((at = text.find('"', at)) != std::string_view::npos) {
        scanner scan(text.substr(at));
        if (scan.next() != token::string)
            return {false, false, {}};
        found.quotes.push_back(at);
        found.escapes = found.escapes || scan.escaped();
        at += scan.position();
        found.quotes.push_back(at - 1);
    }
    return found;
}

/// Strings with spaces between; some of them are none of JSON.
std::string random_strings(std::mt19937_64& random, std::size_t least)
{
    static constexpr std::string_view good[] = {
        "a", "bc", "\xC3\xA9", "\\n", "\\\"", "\\\\", "\\u00e9", "\xF0\x9F\x98\x80", ".", "$", "{", "a longer piece"};
    static constexpr std::string_view bad[] = {"\x01", "\x80", "\\x", "\\uD800", "\xF0\x9F\x98", "\n"};
    auto const faults = random() % 2;
    std::string text;
    while (text.size() < least) {
        text += '"';
        for (auto left = random() % 8; left > 0; --left)
            text += good[random() % std::size(good)];
        if (faults != 0 && random() % 16 == 0)
            text += bad[random() % std::size(bad)];
        text += '"';
        text.append(random() % 3, ' ');
    }
    if (faults != 0 && random() % 8 == 0 && !text.empty())
        text.pop_back();
    return text;
}

} // namespace

BOOST_AUTO_TEST_CASE(strings_are_found_where_the_scanner_finds_them)
{
    std::mt19937_64 random(5);
    auto const read = std::make_unique<short_text>();
    int refused = 0;
    for (int i = 0; i < 6'000; ++i) {
        auto const text = random_strings(random, random() % (i % 10 == 0 ? 2'000 : 200));
        auto const expected = scanned(text);
        refused += expected.fine ? 0 : 1;
        for (auto const instructions : test::every_scan()) {
            BOOST_TEST_REQUIRE(read->read(text, {'.', '$'}, instructions) == expected.fine, text);
            if (!expected.fine)
                continue;
            BOOST_TEST_REQUIRE(std::string_view(read->bytes(), text.size()) == text);
            BOOST_TEST_REQUIRE(read->bytes()[text.size()] == '\0');
            BOOST_TEST_REQUIRE(read->has_escapes() == expected.escapes, text);
            for (std::size_t s = 0; s < expected.quotes.size(); ++s)
                BOOST_TEST_REQUIRE(read->quotes()[s] == expected.quotes[s], text);
            for (std::size_t s = 0; s < expected.quotes.size(); s += 2) {
                auto const begin = expected.quotes[s] + 1;
                auto const end = expected.quotes[s + 1];
                bool const suspect =
                    std::string_view(text).substr(begin, end - begin).find_first_of(".$") != std::string_view::npos;
                bool const told = read->may_hold_suspects(begin, end);
                BOOST_TEST_REQUIRE((told == suspect || (told && end - begin >= 64)), text);
            }
        }
    }
    BOOST_TEST(refused > 500);
}

BOOST_AUTO_TEST_CASE(texts_of_every_size_up_to_the_most_are_read)
{
    auto const read = std::make_unique<short_text>();
    for (std::size_t size = 2; size <= short_text::most; size += size < 300 ? 1 : 97) {
        // On the heap, and no byte longer than it is: what is read beyond, a sanitizer tells.
        std::vector<char> text(size, 'x');
        text.front() = text.back() = '"';
        for (auto const instructions : test::every_scan()) {
            BOOST_TEST_REQUIRE(read->read({text.data(), size}, {'.', '$'}, instructions));
            BOOST_TEST_REQUIRE(read->quotes()[0] == 0);
            BOOST_TEST_REQUIRE(read->quotes()[1] == size - 1);
            BOOST_TEST_REQUIRE(!read->read({text.data(), size - 1}, {'.', '$'}, instructions));
        }
    }
    std::string const full(short_text::most, '"');
    BOOST_TEST(read->read(full, {'.', '$'}, fastest_scan()));
    BOOST_TEST(read->quotes()[short_text::most - 1] == short_text::most - 1);
}

BOOST_AUTO_TEST_SUITE_END()
