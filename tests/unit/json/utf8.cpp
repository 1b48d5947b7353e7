// SPDX-License-Identifier: BSL-1.0
#include <metapatch/json/utf8.hpp>

#include <boost/test/unit_test.hpp>
#include <string>

BOOST_AUTO_TEST_SUITE(utf8)

namespace {

std::string encoded(std::uint32_t point)
{
    auto const byte = [](std::uint32_t bits) { return static_cast<char>(bits); };
    if (point < 0x80)
        return {byte(point)};
    if (point < 0x800)
        return {byte(0xC0 | point >> 6), byte(0x80 | (point & 63))};
    if (point < 0x10000)
        return {byte(0xE0 | point >> 12), byte(0x80 | (point >> 6 & 63)), byte(0x80 | (point & 63))};
    return {byte(0xF0 | point >> 18), byte(0x80 | (point >> 12 & 63)), byte(0x80 | (point >> 6 & 63)),
            byte(0x80 | (point & 63))};
}

std::size_t bad_byte_of(std::string_view text)
{
    std::size_t bad_byte = 99;
    BOOST_TEST(metapatch::utf8_sequence(text, bad_byte) == 0U);
    return bad_byte;
}

} // namespace

BOOST_AUTO_TEST_CASE(every_code_point_is_a_sequence_and_no_surrogate_is)
{
    std::size_t wrong = 0;
    for (std::uint32_t point = 0; point < 0x120000; ++point) {
        auto const bytes = encoded(point);
        std::size_t bad_byte = 99;
        auto const length = metapatch::utf8_sequence(bytes + "x", bad_byte);
        bool const surrogate = point >= 0xD800 && point < 0xE000;
        bool const valid = point < 0x110000 && !surrogate;
        wrong += length == (valid ? bytes.size() : 0) ? 0 : 1;
        wrong += valid || bad_byte == 1 ? 0 : 1;
        wrong += metapatch::is_utf8(bytes) == valid ? 0 : 1;
    }
    BOOST_TEST(wrong == 0U);
}

BOOST_AUTO_TEST_CASE(the_bad_byte_is_the_first_that_no_sequence_can_have)
{
    BOOST_TEST(bad_byte_of("\x80") == 0U);             // a continuation
    BOOST_TEST(bad_byte_of("\xC0\x80") == 0U);         // overlong
    BOOST_TEST(bad_byte_of("\xC1\xBF") == 0U);         // overlong
    BOOST_TEST(bad_byte_of("\xF5\x80\x80\x80") == 0U); // beyond U+10FFFF
    BOOST_TEST(bad_byte_of("\xFF") == 0U);
    BOOST_TEST(bad_byte_of("\xC2") == 1U); // cut short
    BOOST_TEST(bad_byte_of("\xC2\x41") == 1U);
    BOOST_TEST(bad_byte_of("\xC2\xC0") == 1U);
    BOOST_TEST(bad_byte_of("\xE0\x9F\x80") == 1U); // overlong
    BOOST_TEST(bad_byte_of("\xED\xA0\x80") == 1U); // a surrogate
    BOOST_TEST(bad_byte_of("\xE2\x82") == 2U);     // cut short
    BOOST_TEST(bad_byte_of("\xE2\x82\x41") == 2U);
    BOOST_TEST(bad_byte_of("\xF0\x8F\x80\x80") == 1U); // overlong
    BOOST_TEST(bad_byte_of("\xF4\x90\x80\x80") == 1U); // beyond U+10FFFF
    BOOST_TEST(bad_byte_of("\xF0\x9F\x98") == 3U);     // cut short
    BOOST_TEST(bad_byte_of("\xF0\x9F\x98\xC0") == 3U);
}

BOOST_AUTO_TEST_CASE(a_text_is_utf8_where_all_of_it_is)
{
    static_assert(metapatch::is_utf8(""));
    static_assert(metapatch::is_utf8("plain"));
    static_assert(metapatch::is_utf8("\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"));
    BOOST_TEST(metapatch::is_utf8(std::string_view("a\0b", 3)));
    BOOST_TEST(!metapatch::is_utf8("good then \xC3"));
    BOOST_TEST(!metapatch::is_utf8("good then \xC3\x28 good"));
    BOOST_TEST(!metapatch::is_utf8("\xE2\x82\xAC\x80"));
}

BOOST_AUTO_TEST_CASE(code_points_are_counted_not_bytes)
{
    static_assert(metapatch::code_points("") == 0);
    static_assert(metapatch::code_points("abc") == 3);
    static_assert(metapatch::code_points("\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80") == 3);
    BOOST_TEST(metapatch::code_points("e\xCC\x81") == 2U); // a combining accent is a code point of its own
}

BOOST_AUTO_TEST_SUITE_END()
