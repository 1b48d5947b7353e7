// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_UNIT_BYTES64_CHECKS_HPP
#define METAPATCH_TESTS_UNIT_BYTES64_CHECKS_HPP

#include <algorithm>
#include <array>
#include <memory>
#include <metapatch/simd/bytes64.hpp>
#include <random>
#include <string>
#include <string_view>

/// What holds of every class that answers questions about 64 bytes. The checks are those of Boost.Test, or what an includer
/// has in their place.
namespace metapatch::test {

template<class Question>
std::uint64_t byte_by_byte(char const* bytes, Question question)
{
    std::uint64_t found = 0;
    for (unsigned i = 0; i < 64; ++i)
        found |= static_cast<std::uint64_t>(question(static_cast<std::uint8_t>(bytes[i]))) << i;
    return found;
}

template<class Bytes>
void check_questions(char const* bytes)
{
    for (char const c : {'"', '\\', ',', ':', ' ', '\n', '\0', '\xFF'})
        BOOST_TEST(Bytes::equal(bytes, c) ==
                   byte_by_byte(bytes, [c](std::uint8_t b) { return b == static_cast<std::uint8_t>(c); }));
    BOOST_TEST(Bytes::equal_with_bit5(bytes, '{') ==
               byte_by_byte(bytes, [](std::uint8_t b) { return b == '{' || b == '['; }));
    BOOST_TEST(Bytes::equal_with_bit5(bytes, '}') ==
               byte_by_byte(bytes, [](std::uint8_t b) { return b == '}' || b == ']'; }));
    BOOST_TEST(Bytes::controls(bytes) == byte_by_byte(bytes, [](std::uint8_t b) { return b < 0x20; }));
    BOOST_TEST(Bytes::digits(bytes) == byte_by_byte(bytes, [](std::uint8_t b) { return b >= '0' && b <= '9'; }));
    for (unsigned n = 0; n < 8; ++n)
        BOOST_TEST(Bytes::with_bit(bytes, n) == byte_by_byte(bytes, [n](std::uint8_t b) { return (b >> n & 1) != 0; }));
}

/// What those answer besides that look at two blocks in a step.
template<class Bytes>
void check_pairs_of_blocks(std::mt19937_64& random)
{
    std::array<char, 128> bytes;
    for (unsigned place = 0; place <= 128; ++place) {
        bytes.fill('x');
        if (place < bytes.size())
            bytes[place] = '\\';
        BOOST_TEST_REQUIRE((Bytes::any_of_two(bytes.data(), '\\') != 0) == (place < bytes.size()));
        BOOST_TEST_REQUIRE(Bytes::any_of_two(bytes.data(), '"') == 0U);
        std::array<char, 128> made{};
        Bytes::copy(made.data() + place / 2, bytes.data() + place / 2);
        BOOST_TEST_REQUIRE(std::equal(made.data() + place / 2, made.data() + place / 2 + 64, bytes.data() + place / 2));
    }
    auto const word = random();
    BOOST_TEST(Bytes::number(word) == word);
}

template<class Bytes>
void check_words(std::uint64_t word)
{
    std::uint64_t inside = 0;
    unsigned count = 0;
    for (unsigned i = 0; i < 64; ++i) {
        count += (word >> i & 1) != 0 ? 1 : 0;
        inside |= static_cast<std::uint64_t>(count % 2) << i;
    }
    BOOST_TEST(Bytes::running_xor(word) == inside);
    BOOST_TEST(Bytes::count(word) == count);
}

/// Hold the levels of one block against a count byte by byte.
template<class Bytes>
void check_levels(std::uint64_t opens, std::uint64_t closes, std::size_t depth)
{
    detail::level_bits expected{};
    auto level = static_cast<long>(depth);
    for (unsigned i = 0; i < 64; ++i) {
        level += static_cast<long>(opens >> i & 1) - static_cast<long>(closes >> i & 1);
        expected.first |= static_cast<std::uint64_t>(level == 1) << i;
        expected.none |= static_cast<std::uint64_t>(level == 0) << i;
    }
    auto const found = Bytes::levels(opens, closes, depth);
    BOOST_TEST_REQUIRE(found.first == expected.first);
    BOOST_TEST_REQUIRE(found.none == expected.none);
}

template<class Bytes>
void check_pairs(std::mt19937_64& random)
{
    detail::pair_tables tables;
    for (auto* const table : {&tables.first.low, &tables.first.high, &tables.second.low, &tables.second.high}) {
        for (std::size_t i = 0; i < table->size(); ++i)
            (*table)[i] = static_cast<char>(random() & random());
    }
    std::array<char, 65> text;
    for (auto& c : text)
        c = static_cast<char>(random());
    auto const bits = [](auto const& table, unsigned byte) { return table.low[byte % 16] & table.high[byte / 16]; };
    // Who looks bytes up by their low six bits takes those for one that have the same.
    auto const bits_of_four = [bits](auto const& table, unsigned byte) {
        byte %= 64;
        return bits(table, byte) | bits(table, byte + 64) | bits(table, byte + 128) | bits(table, byte + 192);
    };
    std::uint64_t sure = 0;
    std::uint64_t likely = 0;
    for (unsigned i = 0; i < 64; ++i) {
        auto const first = static_cast<std::uint8_t>(text[i]);
        auto const second = static_cast<std::uint8_t>(text[i + 1]);
        bool const is_pair = (bits(tables.first, first) & bits(tables.second, second)) != 0;
        bool const may_be = (bits_of_four(tables.first, first) & bits_of_four(tables.second, second)) != 0;
        sure |= static_cast<std::uint64_t>(is_pair) << i;
        likely |= static_cast<std::uint64_t>(may_be) << i;
    }
    typename Bytes::pair_finder finder;
    finder.assign(tables);
    auto const found = finder.among(text.data());
    BOOST_TEST_REQUIRE((found & sure) == sure);
    BOOST_TEST_REQUIRE((found == sure || found == likely || !Bytes::tells_pairs));
}

template<class Bytes>
void check_copy(std::size_t size)
{
    auto const exact = std::make_unique<char[]>(size); // the sanitizer sees every read beyond it
    for (std::size_t i = 0; i < size; ++i)
        exact[i] = static_cast<char>('!' + i % 90);
    std::array<char, 130> made;
    made.fill('?');
    Bytes::copy_padded(made.data() + 1, exact.get(), size, ' ');
    BOOST_TEST_REQUIRE(std::string_view(made.data(), made.size()) ==
                       '?' + std::string(exact.get(), size) + std::string(128 - size, ' ') + '?');
}

template<class Bytes>
void check_all()
{
    std::array<char, 64> text;
    for (unsigned shift = 0; shift < 256; ++shift) { // every byte at every place
        for (unsigned i = 0; i < 64; ++i)
            text[i] = static_cast<char>(i * 67 + shift);
        check_questions<Bytes>(text.data());
    }

    constexpr auto all = ~std::uint64_t{0};
    std::mt19937_64 random(1);
    for (std::uint64_t const word : {std::uint64_t{0}, all, std::uint64_t{1} << 63})
        check_words<Bytes>(word);
    for (int i = 0; i < 1'000; ++i)
        check_words<Bytes>(random() & random());

    for (std::size_t depth = 1; depth <= 65; ++depth) {
        check_levels<Bytes>(0, 0, depth);
        check_levels<Bytes>(all, 0, depth);
        check_levels<Bytes>(0, all, depth);
        check_levels<Bytes>(all << 32, all >> 32, depth);
        check_levels<Bytes>(all >> 32, all << 32, depth);
    }
    for (int i = 0; i < 20'000; ++i) {
        auto const opens = random() & (i % 2 == 0 ? random() : all);
        auto const closes = random() & ~opens & (i % 3 == 0 ? random() : all);
        check_levels<Bytes>(opens, closes, 1 + random() % (i % 5 == 0 ? 65 : 8));
    }

    for (int i = 0; i < 200; ++i)
        check_pairs<Bytes>(random);
    if constexpr (requires(char const* bytes) { Bytes::any_of_two(bytes, ','); })
        check_pairs_of_blocks<Bytes>(random);
    for (std::size_t size = 0; size <= 128; ++size)
        check_copy<Bytes>(size);
}

} // namespace metapatch::test

#endif
