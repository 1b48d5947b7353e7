// SPDX-License-Identifier: BSL-1.0
#include <metapatch/json/words.hpp>

#include <algorithm>
#include <bit>
#include <boost/test/unit_test.hpp>
#include <memory>
#include <string>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(words)

BOOST_AUTO_TEST_CASE(the_first_byte_is_the_lowest)
{
    char const bytes[] = {'\x01', '\x23', '\x45', '\x67', '\x89', '\xAB', '\xCD', '\xEF'};
    BOOST_TEST(detail::one_byte(bytes[7]) == 0xEFU);
    BOOST_TEST(detail::four_bytes(bytes) == 0x67452301U);
    BOOST_TEST(detail::eight_bytes(bytes) == 0xEFCDAB8967452301U);
}

BOOST_AUTO_TEST_CASE(up_to_seven_bytes_are_a_number_too)
{
    std::string const bytes = "1234567";
    std::uint64_t expected = 0;
    for (std::size_t size = 0; size <= 7; ++size) {
        BOOST_TEST(detail::few_bytes({bytes.data(), size}) == expected);
        if (size < 7)
            expected |= detail::one_byte(bytes[size]) << (8 * size);
    }
}

BOOST_AUTO_TEST_CASE(a_byte_is_found_wherever_it_is)
{
    for (int c = 1; c < 256; ++c) {
        auto const wanted = static_cast<char>(c);
        for (std::size_t at = 0; at < 8; ++at) {
            std::string text(8, static_cast<char>(c ^ 1));
            BOOST_TEST_REQUIRE(detail::bytes_equal(detail::eight_bytes(text.data()), wanted) == 0U);
            text[at] = wanted;
            auto const found = detail::bytes_equal(detail::eight_bytes(text.data()), wanted);
            BOOST_TEST_REQUIRE(static_cast<std::size_t>(std::countr_zero(found)) == 8 * at + 7);
        }
    }
    for (std::size_t size = 0; size < 40; ++size) {
        std::string text(size, 'a');
        BOOST_TEST(!detail::holds(text, 'b'));
        for (auto& c : text) {
            c = 'b';
            BOOST_TEST(detail::holds(text, 'b'));
            c = 'a';
        }
    }
}

BOOST_AUTO_TEST_CASE(any_number_of_bytes_is_copied_and_no_other_is_touched)
{
    for (std::size_t size = 0; size < 200; ++size) {
        auto const from = std::make_unique<char[]>(size); // the sanitizer sees every access beyond them
        auto const to = std::make_unique<char[]>(size);
        for (std::size_t i = 0; i < size; ++i)
            from[i] = static_cast<char>(i + 1);
        detail::copy_few(to.get(), from.get(), size);
        BOOST_TEST_REQUIRE(std::equal(from.get(), from.get() + size, to.get()), "size " << size);
    }
}

BOOST_AUTO_TEST_CASE(every_place_of_a_byte_in_a_word_is_found)
{
    for (int c = 0; c < 256; ++c) {
        auto const wanted = static_cast<char>(c);
        for (int near : {c ^ 1, c ^ 0x80, (c + 1) & 0xFF, (c + 255) & 0xFF}) {
            for (unsigned places = 0; places < 256; ++places) {
                std::string text(8, static_cast<char>(near));
                for (std::size_t at = 0; at < 8; ++at) {
                    if ((places >> at & 1U) != 0)
                        text[at] = wanted;
                }
                BOOST_TEST_REQUIRE(detail::places_of(detail::eight_bytes(text.data()), wanted) == places);
            }
        }
    }
    static_assert(detail::places_of(detail::eight_bytes(" a  bcd "), ' ') == 0b10001101);
}

BOOST_AUTO_TEST_SUITE_END()
