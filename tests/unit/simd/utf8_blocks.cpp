// SPDX-License-Identifier: BSL-1.0
#include <metapatch/simd/utf8_blocks.hpp>

#include <boost/test/unit_test.hpp>
#include <metapatch/json/utf8.hpp>
#include <random>
#include <string>

using namespace metapatch;
using bytes = detail::portable_bytes;

BOOST_AUTO_TEST_SUITE(utf8_blocks)

namespace {

bool is_fine(std::string text)
{
    text.resize((text.size() + 63) / 64 * 64, ' ');
    detail::utf8_blocks check;
    for (std::size_t base = 0; base < text.size(); base += 64)
        check.check<bytes>(text.data() + base, bytes::with_bit(text.data() + base, 7));
    return check.fine();
}

} // namespace

BOOST_AUTO_TEST_CASE(every_pair_of_bytes_is_told_as_byte_by_byte_with_any_end)
{
    for (int first = 0x80; first < 0x100; ++first) {
        for (int second = 0; second < 0x100; ++second) {
            for (std::string_view const end : {"", "\x80", "\x80\x80", "\x80\x80\x80"}) {
                std::string const text =
                    std::string{static_cast<char>(first), static_cast<char>(second)} + std::string(end) + "a";
                BOOST_TEST_REQUIRE(is_fine(text) == is_utf8(text), first << ' ' << second << ' ' << end.size());
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(sequences_are_told_across_the_border_of_blocks)
{
    std::mt19937_64 random(1);
    std::string_view const pieces[] = {"a",
                                       "\xC3\xA9",
                                       "\xE2\x82\xAC",
                                       "\xF0\x9F\x98\x80",
                                       "\xE0\xA0\x80",
                                       "\xED\x9F\xBF",
                                       "\xF4\x8F\xBF\xBF",
                                       "\xED\xA0\x80",
                                       "\xF4\x90\x80\x80",
                                       "\xC1\xBF",
                                       "\x80",
                                       "\xE0\x9F\x80",
                                       "\xF0\x8F\xBF\xBF",
                                       "\xF0\x9F\x98",
                                       "\xFF"};
    int fine = 0;
    for (int i = 0; i < 50'000; ++i) {
        std::string text(60 + random() % 8, 'x');
        for (int j = 0; j < 3; ++j)
            text += pieces[random() % (i % 2 == 0 ? 7 : std::size(pieces))];
        BOOST_TEST_REQUIRE(is_fine(text) == is_utf8(text));
        fine += is_utf8(text);
    }
    BOOST_TEST(fine > 25'000);
    BOOST_TEST(fine < 45'000);
}

BOOST_AUTO_TEST_SUITE_END()
