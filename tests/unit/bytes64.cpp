// SPDX-License-Identifier: BSL-1.0
#include <metapatch/bytes64.hpp>

#include <array>
#include <boost/test/unit_test.hpp>
#include <random>

using namespace metapatch;

namespace {

template<class Question>
std::uint64_t byte_by_byte(char const* bytes, Question question)
{
    std::uint64_t found = 0;
    for (unsigned i = 0; i < 64; ++i)
        found |= static_cast<std::uint64_t>(question(static_cast<std::uint8_t>(bytes[i]))) << i;
    return found;
}

template<class Bytes>
void check(char const* bytes)
{
    for (char const c : {'"', '\\', ',', ':', ' ', '\n', '\0', '\xFF'})
        BOOST_TEST(Bytes::equal(bytes, c) ==
                   byte_by_byte(bytes, [c](std::uint8_t b) { return b == static_cast<std::uint8_t>(c); }));
    BOOST_TEST(Bytes::equal_with_bit5(bytes, '{') ==
               byte_by_byte(bytes, [](std::uint8_t b) { return b == '{' || b == '['; }));
    BOOST_TEST(Bytes::equal_with_bit5(bytes, '}') ==
               byte_by_byte(bytes, [](std::uint8_t b) { return b == '}' || b == ']'; }));
    BOOST_TEST(Bytes::controls(bytes) == byte_by_byte(bytes, [](std::uint8_t b) { return b < 0x20; }));
    for (unsigned n = 0; n < 8; ++n)
        BOOST_TEST(Bytes::with_bit(bytes, n) == byte_by_byte(bytes, [n](std::uint8_t b) { return (b >> n & 1) != 0; }));
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

/// Calls `what` with each class that this processor can run.
template<class What>
void for_each_class(What what)
{
    what(detail::portable_bytes());
#if defined(__x86_64__) && defined(__GNUC__)
    what(detail::sse2_bytes());
    if (fastest_scan() >= scan_with::avx2)
        what(detail::avx2_bytes());
    if (fastest_scan() >= scan_with::avx512)
        what(detail::avx512_bytes());
#endif
}

} // namespace

BOOST_AUTO_TEST_SUITE(bytes64)

BOOST_AUTO_TEST_CASE(every_byte_at_every_place_is_told_alike_by_every_class)
{
    for_each_class([](auto bytes) {
        std::array<char, 64> text;
        for (unsigned shift = 0; shift < 256; ++shift) {
            for (unsigned i = 0; i < 64; ++i)
                text[i] = static_cast<char>(i * 67 + shift);
            check<decltype(bytes)>(text.data());
        }
    });
}

BOOST_AUTO_TEST_CASE(bits_are_counted_and_summed_alike_by_every_class)
{
    for_each_class([](auto bytes) {
        std::mt19937_64 random(1);
        for (std::uint64_t const word : {std::uint64_t{0}, ~std::uint64_t{0}, std::uint64_t{1} << 63})
            check_words<decltype(bytes)>(word);
        for (int i = 0; i < 1'000; ++i)
            check_words<decltype(bytes)>(random() & random());
    });
}

BOOST_AUTO_TEST_CASE(the_fastest_scan_is_one_that_the_build_has)
{
#if defined(__x86_64__) && defined(__GNUC__)
    BOOST_TEST((fastest_scan() >= scan_with::sse2));
#else
    BOOST_TEST((fastest_scan() == scan_with::portable));
#endif
}

BOOST_AUTO_TEST_SUITE_END()
