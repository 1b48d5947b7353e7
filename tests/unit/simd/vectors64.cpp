// SPDX-License-Identifier: BSL-1.0
#include <metapatch/simd/vectors64.hpp>

#include <algorithm>
#include <bit>
#include <boost/test/unit_test.hpp>

#include "bytes64_checks.hpp"
#include "packing_bytes.hpp"

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(vectors64)

BOOST_AUTO_TEST_CASE(every_question_is_answered_as_byte_by_byte_where_these_instructions_are)
{
#if defined(__x86_64__) && defined(__GNUC__)
    if (fastest_scan() >= scan_with::avx512)
        test::check_all<detail::avx512_bytes>();
#endif
    BOOST_TEST_MESSAGE("the fastest is number " << static_cast<int>(fastest_scan()));
}

#if defined(__x86_64__) && defined(__GNUC__)

namespace {

/// Compiled for these instructions: what is called is inlined.
[[gnu::target("avx512bw,avx512vbmi,avx512vbmi2,bmi,bmi2,popcnt,pclmul")]] void check_packing(std::mt19937_64& random)
{
    using bytes = detail::avx512_bytes;
    using model = test::packing_bytes;
    bytes::table first;
    bytes::table second;
    std::array<char, 65> text;
    for (auto* const table : {&first, &second}) {
        for (auto& each : *table)
            each = static_cast<char>(random() & random());
    }
    for (auto& each : text)
        each = random() % 4 == 0 ? first[random() % 64] : static_cast<char>(random());
    BOOST_TEST(bytes::equal_in(first, text.data()) == model::equal_in(first, text.data()));
    BOOST_TEST(bytes::disjoint(first, second, text.data()) == model::disjoint(first, second, text.data()));
    auto const which = random() & random();
    std::array<char, 64> packed;
    std::array<char, 64> expected;
    bytes::pack(text.data(), which, packed.data());
    model::pack(text.data(), which, expected.data());
    BOOST_TEST((packed == expected));
    auto const base = static_cast<std::uint16_t>(random());
    std::array<std::uint16_t, 64> places;
    std::array<std::uint16_t, 64> expected_places;
    bytes::pack_places(which, base, places.data());
    model::pack_places(which, base, expected_places.data());
    BOOST_TEST((places == expected_places));
    auto const brackets = random() & (random() | random());
    auto const opens = brackets & (random() % 4 == 0 ? ~std::uint64_t{0} : random());
    bytes::level_finder const levels(opens, brackets & ~opens);
    model::level_finder const expected_levels(opens, brackets & ~opens);
    for (int level = -64; level <= 64; ++level)
        BOOST_TEST(levels.at(level) == expected_levels.at(level));
}

[[gnu::target("avx512bw,avx512vbmi,avx512vbmi2,bmi,bmi2,popcnt,pclmul")]] void
check_packed_tokens(std::mt19937_64& random)
{
    using bytes = detail::avx512_bytes;
    using model = test::packing_bytes;
    auto const which = random() & random();
    std::array<std::uint16_t, 64> words;
    for (auto& each : words)
        each = static_cast<std::uint16_t>(random() % 3'000);
    std::array<std::uint16_t, 96> packed{};
    std::array<std::uint16_t, 96> expected{};
    bytes::pack_words(words.data(), which, packed.data());
    model::pack_words(words.data(), which, expected.data());
    BOOST_TEST(std::equal(packed.begin(), packed.begin() + std::popcount(which), expected.begin()));
    auto const bits = random();
    BOOST_TEST(bytes::gathered(bits, which) == model::gathered(bits, which));
    auto const size = random() % 65;
    BOOST_TEST(bytes::repeated(words.data(), size) == model::repeated(words.data(), size));

    auto const opens = random() & random() & random();
    auto const closes = random() & random() & random() & ~opens;
    bytes::table numbers;
    for (auto& each : numbers)
        each = static_cast<char>(random());
    bytes::table depths;
    bytes::table expected_depths;
    auto const depth = random() % 64;
    bytes::container_numbers of(opens, closes, depth, numbers, depths);
    model::container_numbers expected_of(opens, closes, depth, numbers, expected_depths);
    BOOST_TEST((depths == expected_depths));
    auto const token = static_cast<unsigned>(random() % 64);
    auto const level = static_cast<std::size_t>(static_cast<std::uint8_t>(depths[token]));
    of.set(level, token, 'x');
    expected_of.set(level, token, 'x');
    BOOST_TEST(of.at(level) == expected_of.at(level));
    std::array<char, 64> in;
    std::array<char, 64> expected_in;
    of.pack(which, in.data());
    expected_of.pack(which, expected_in.data());
    BOOST_TEST((in == expected_in));
}

} // namespace

BOOST_AUTO_TEST_CASE(what_only_the_widest_vectors_do_is_done_as_byte_by_byte)
{
    if (fastest_scan() < scan_with::avx512)
        return;
    std::mt19937_64 random(3);
    for (int i = 0; i < 2'000; ++i)
        check_packing(random);
    for (int i = 0; i < 2'000; ++i)
        check_packed_tokens(random);
}

#endif

BOOST_AUTO_TEST_SUITE_END()
