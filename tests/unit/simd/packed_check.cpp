// SPDX-License-Identifier: BSL-1.0
#include <metapatch/simd/packed_check.hpp>

#include "../../laws/random.hpp"
#include "packing_bytes.hpp"

#include <boost/test/unit_test.hpp>
#include <memory>
#include <metapatch/json/scan.hpp>
#include <metapatch/simd/is_json.hpp>
#include <string>
#include <string_view>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(packed_checks)

namespace {

/// Byte by byte, and with the widest vectors where they are there.
void check(std::string const& text, std::size_t max_nesting = nesting_ceiling)
{
    static auto const room = std::make_unique<detail::check_memory>();
    bool const expected = is_json(text, max_nesting, scan_with::portable);
    bool const packed = detail::packed_check(text, max_nesting, *room).run<test::packing_bytes>();
    BOOST_TEST_REQUIRE(packed == expected, text << " is " << expected);
    BOOST_TEST_REQUIRE(is_json(text, max_nesting) == expected, text << " is " << expected);
}

} // namespace

BOOST_AUTO_TEST_CASE(damaged_texts_are_told_as_by_the_check_that_packs_nothing)
{
    std::string_view const values[] = {"{}",
                                       "[]",
                                       "0",
                                       "-0.5e+7",
                                       "\"\"",
                                       "null",
                                       R"({"a":1,"b":[true,false,{"c":{}}]})",
                                       R"("\ud83d\ude00 é € 😀 \u0000\n\b\"")",
                                       "[1,\"a\",{\"a\":\"b\"},12345.5]"};
    std::string_view const pieces[] = {"{",    "}",    "[",        "]",        ",",       ":",       "\"",      "\\",
                                       "1",    "-",    "0",        "true",     "e5",      ".5",      "\x01",    "\n",
                                       " ",    "null", "\xC3\xA9", "\xE2\x82", "\\u12aF", "\\ud83d", "\\ude00", "\xFB",
                                       "\x1B", "\\b",  "\\\"",     "\\x",      "\"\\n",   "\x80"};
    int fine = 0;
    for (std::uint64_t seed = 0; seed < 15'000; ++seed) {
        model::generator random(seed);
        std::string text;
        for (auto left = 1 + random.below(12); left > 0; --left)
            text += (text.empty() ? "" : ",") + std::string("\"k\":") + std::string(random.below(20), ' ') +
                    std::string(values[random.below(std::size(values))]) + std::string(random.below(3), '\t');
        text = "{" + text + "}";
        for (auto left = random.below(3); left > 0; --left) {
            auto const at = random.below(text.size());
            if (random.one_in(2))
                text.insert(at, pieces[random.below(std::size(pieces))]);
            else
                text.erase(at, 1);
        }
        auto const limit = random.one_in(3) ? random.below(6) : nesting_ceiling;
        check(text, limit);
        fine += is_json(text, limit, scan_with::portable) ? 1 : 0;
    }
    BOOST_TEST(fine > 3'000);
    BOOST_TEST(fine < 12'000);
}

BOOST_AUTO_TEST_CASE(a_number_may_be_longer_than_all_that_is_read_at_once)
{
    constexpr auto at_once = detail::check_memory::bytes_at_once;
    for (std::size_t const digits : {1U, 62U, 63U, 64U, 65U, 127U, 4'000U, 4'094U, 4'095U, 4'096U, 4'097U, 9'000U}) {
        for (std::size_t const begin :
             {std::size_t{1}, at_once - 70, at_once - 64, at_once - 2, at_once - 1, at_once}) {
            for (std::string const behind : {"", ".5", "e5", "x", "-", "e", "\"\""}) {
                for (std::string const next : {",true]", "]", " ]", ",tru]", ",\"a\"]", "}"}) {
                    auto const text = "[" + std::string(begin - 1, ' ') + std::string(digits, '7') + behind + next;
                    check(text);
                }
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(tokens_are_told_together_wherever_what_is_read_at_once_ends)
{
    constexpr auto at_once = detail::check_memory::bytes_at_once;
    for (std::string const item : {R"({"a":1},)", "[[]],", R"("a",)", "1,", "true,"}) {
        for (std::size_t at = at_once - 12; at < at_once + 4; ++at) {
            std::string text = "[";
            while (text.size() < at)
                text += item;
            for (std::string const tail :
                 {R"({"a":[1,{"b":2}]}])", R"({"a" 1}])", R"({"a":1 "b":2}])", R"([1,"b":2]])", R"({"a":1,2}])",
                  R"("\ud83d\ude00"])", R"("\ud83d\n"])", "\"\xC3\xA9\"]", "1}", "1", "1,]", "\"a"})
                check(text + tail);
        }
    }
}

BOOST_AUTO_TEST_CASE(the_blocks_of_a_short_text_are_those_of_the_other_check)
{
    auto const packed = std::make_unique<detail::check_memory>();
    auto const other = std::make_unique<detail::check_memory>();
    for (std::size_t shift = 0; shift < 70; ++shift) {
        auto const text =
            std::string(shift, ' ') + R"({"a\"b":[1,{"c":"x\\"}],"long":")" + std::string(90, 'x') + "\"}";
        BOOST_TEST_REQUIRE(detail::packed_check(text, 9, *packed).run<test::packing_bytes>());
        BOOST_TEST_REQUIRE(detail::json_check(text, 9, *other).run<detail::portable_bytes>());
        for (std::size_t i = 0; 64 * i < text.size(); ++i) {
            auto const& one = packed->blocks_of(text)[i];
            auto const& two = other->blocks_of(text)[i];
            BOOST_TEST(std::string_view(one.bytes, 64) == std::string_view(two.bytes, 64));
            BOOST_TEST(one.quotes == two.quotes);
            BOOST_TEST(one.inside == two.inside);
            BOOST_TEST(one.escaped == two.escaped);
            BOOST_TEST(one.opens == two.opens);
            BOOST_TEST(one.closes == two.closes);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
