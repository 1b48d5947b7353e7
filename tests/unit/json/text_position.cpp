// SPDX-License-Identifier: BSL-1.0
#include <metapatch/json/text_position.hpp>

#include <boost/test/unit_test.hpp>
#include <string>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(text_position_)

namespace {

void check(std::string_view text, std::size_t offset, std::size_t line, std::size_t column)
{
    auto const at = position_in(text, offset);
    BOOST_TEST_CONTEXT("byte " << offset << " of " << text)
    {
        BOOST_TEST(at.line == line);
        BOOST_TEST(at.column == column);
    }
}

/// Byte by byte, as the words say it.
text_position counted(std::string_view text, std::size_t offset)
{
    text_position at;
    for (std::size_t i = 0; i < offset; ++i) {
        if (text[i] == '\n')
            at = {at.line + 1, 1};
        else if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80)
            ++at.column;
    }
    return at;
}

} // namespace

BOOST_AUTO_TEST_CASE(lines_and_columns_count_from_one)
{
    check("", 0, 1, 1);
    check("{}", 0, 1, 1);
    check("{}", 1, 1, 2);
    check("{\n}", 1, 1, 2);
    check("{\n}", 2, 2, 1);
    check("a\nbc\n\nd", 3, 2, 2);
    check("a\nbc\n\nd", 5, 3, 1);
    check("a\nbc\n\nd", 6, 4, 1);
}

BOOST_AUTO_TEST_CASE(columns_are_code_points)
{
    check("\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\"", 10, 1, 5);
    check("\"\xC3\xA9\n\xC3\xA9x", 6, 2, 2);
    check("\xE9x", 1, 1, 2); // a byte that is no UTF-8 counts as one
}

BOOST_AUTO_TEST_CASE(a_carriage_return_is_the_last_column_of_its_line)
{
    check("a\r\nb", 1, 1, 2);
    check("a\r\nb", 2, 1, 3);
    check("a\r\nb", 3, 2, 1);
}

BOOST_AUTO_TEST_CASE(beyond_the_end_is_the_end)
{
    check("a\nb", 3, 2, 2);
    check("a\nb", 100, 2, 2);
    check("", static_cast<std::size_t>(-1), 1, 1);
}

BOOST_AUTO_TEST_CASE(a_text_may_be_counted_piece_by_piece)
{
    std::string const text = "{\n \"\xC3\xA9\" :\n\n 1 }\n";
    for (std::size_t end = 0; end <= text.size(); ++end) {
        BOOST_TEST((position_in(text, end) == counted(text, end)));
        for (std::size_t cut = 0; cut <= end; ++cut) {
            auto const view = std::string_view(text);
            auto const first = position_behind(view.substr(0, cut));
            BOOST_TEST((position_behind(view.substr(cut, end - cut), first) == counted(text, end)));
        }
    }
}

BOOST_AUTO_TEST_CASE(it_is_known_while_compiling)
{
    static_assert(position_in("a\nb", 2) == text_position{2, 1});
    static_assert(position_behind("bc", {7, 3}) == text_position{7, 5});
    BOOST_TEST(true);
}

BOOST_AUTO_TEST_SUITE_END()
