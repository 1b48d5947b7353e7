// SPDX-License-Identifier: BSL-1.0
#include <metapatch/simd/blocks.hpp>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <memory>
#include <random>
#include <string>

using namespace metapatch;
using bytes = detail::portable_bytes; // what the others see is what this sees: tests/unit/bytes64.cpp

BOOST_AUTO_TEST_SUITE(blocks)

namespace {

/// Hold the strings of a text, found 64 bytes at a time, against a reading byte by byte.
void check(std::string const& text)
{
    bool inside = false;
    bool escaped = false;
    detail::block_carry carry;
    for (std::size_t base = 0; base + 64 <= text.size(); base += 64) {
        auto const found = detail::strings_of<bytes>(text.data() + base, carry);
        for (std::size_t i = 0; i < 64; ++i) {
            auto const is = [i](std::uint64_t bits) { return (bits >> i & 1) != 0; };
            char const c = text[base + i];
            bool const quote = c == '"' && !escaped;
            BOOST_TEST_REQUIRE(is(found.escaped) == escaped);
            BOOST_TEST_REQUIRE(is(found.quotes) == quote);
            inside = inside != quote;
            BOOST_TEST_REQUIRE(is(found.inside) == inside);
            escaped = c == '\\' && !escaped;
        }
    }
}

} // namespace

BOOST_AUTO_TEST_CASE(strings_are_those_of_a_reading_byte_by_byte)
{
    std::mt19937_64 random(1);
    constexpr std::string_view alphabet = "\"\\{}[],:a 1\"\\\\[{;";
    for (int round = 0; round < 2'000; ++round) {
        std::string text(64 * 5, ' ');
        for (auto& c : text)
            c = round % 3 == 0 ? static_cast<char>(random()) : alphabet[random() % alphabet.size()];
        check(text);
    }
}

BOOST_AUTO_TEST_CASE(a_run_of_backslashes_escapes_every_second_byte_also_across_blocks)
{
    for (std::size_t start = 0; start < 66; ++start) {
        for (std::size_t run = 0; run < 140; ++run) {
            std::string text = std::string(start, ' ') + '"' + std::string(run, '\\') + '"';
            text.resize(256, ' ');
            check(text);
        }
    }
}

BOOST_AUTO_TEST_CASE(what_follows_is_found_behind_a_gap_also_across_blocks)
{
    detail::followers after;
    BOOST_TEST(after.of(0b0001, 0b0110) == 0b1000U); // at 0, a gap of two, then 3
    BOOST_TEST(after.of(0b0011, 0) == 0b0110U);
    BOOST_TEST(after.of(0b0100, 0b0010) == 0b1000U); // a gap that does not follow changes nothing
    BOOST_TEST(!after.wait());
    constexpr auto last = std::uint64_t{1} << 63;
    BOOST_TEST(after.of(last, 0) == 0U);
    BOOST_TEST(after.wait());
    BOOST_TEST(after.of(0, ~std::uint64_t{0}) == 0U); // a whole block of gap
    BOOST_TEST(after.wait());
    BOOST_TEST(after.of(0, 0b11) == 0b100U);
    BOOST_TEST(!after.wait());
    after.expect();
    BOOST_TEST(after.of(0, 0) == 1U);
}

BOOST_AUTO_TEST_CASE(the_end_of_a_string_is_found_from_its_beginning_also_across_blocks)
{
    std::uint64_t carry = 0;
    // "ab" "c": bytes 0 to 3, and 5 to 7
    BOOST_TEST(detail::ends_of(0b0000'0001, 0b0110'0111, carry) == 0b0000'1000U);
    BOOST_TEST(detail::ends_of(0b0010'0000, 0b0110'0111, carry) == 0b1000'0000U);
    BOOST_TEST(carry == 0U);
    constexpr auto last = std::uint64_t{1} << 63;
    BOOST_TEST(detail::ends_of(last, last, carry) == 0U);
    BOOST_TEST(carry == 1U);
    BOOST_TEST(detail::ends_of(0, ~std::uint64_t{0}, carry) == 0U);
    BOOST_TEST(carry == 1U);
    BOOST_TEST(detail::ends_of(0, 0b11, carry) == 0b100U);
    BOOST_TEST(carry == 0U);
}

BOOST_AUTO_TEST_CASE(places_are_written_in_their_order)
{
    std::array<std::size_t, detail::places_of_a_block> out{};
    BOOST_TEST(detail::write_places<bytes>(0, 64, out.data()) == 0U);
    BOOST_TEST(detail::write_places<bytes>(0b1001'0001, 64, out.data()) == 3U);
    BOOST_TEST(out[0] == 64U);
    BOOST_TEST(out[1] == 68U);
    BOOST_TEST(out[2] == 71U);
    BOOST_TEST(detail::write_places<bytes>(~std::uint64_t{0}, 0, out.data()) == 64U);
    for (std::size_t i = 0; i < 64; ++i)
        BOOST_TEST(out[i] == i);
}

BOOST_AUTO_TEST_CASE(a_text_is_given_whole_with_spaces_behind_it_whether_its_end_is_copied_before_or_not)
{
    for (std::size_t size = 0; size < 400; ++size) {
        std::string text(size, ' ');
        for (std::size_t i = 0; i < size; ++i)
            text[i] = static_cast<char>('!' + i % 90);
        auto const exact = std::make_unique<char[]>(size); // the sanitizer sees every read beyond it
        std::copy(text.begin(), text.end(), exact.get());
        auto const expected = text + std::string(64 + detail::look_ahead, ' ');
        for (bool const prepares : {false, true}) {
            detail::block_room room;
            detail::block_feed feed({exact.get(), size}, room);
            if (prepares)
                feed.prepare<bytes>();
            for (std::size_t base = 0; base < size; base += 64) {
                BOOST_TEST_REQUIRE(feed.left() == size - base);
                BOOST_TEST_REQUIRE(std::string_view(feed.next<bytes>(), 64 + detail::look_ahead) ==
                                   std::string_view(expected).substr(base, 64 + detail::look_ahead));
            }
            BOOST_TEST_REQUIRE(feed.left() == 0U);
            for (int i = 0; i < 3; ++i)
                BOOST_TEST_REQUIRE(std::string_view(feed.next<bytes>(), 64) == std::string(64, ' '));
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
