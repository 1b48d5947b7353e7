// SPDX-License-Identifier: BSL-1.0
#include <metapatch/splice/splice_output.hpp>

#include <array>
#include <boost/test/unit_test.hpp>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(splice_output_)

BOOST_AUTO_TEST_CASE(a_string_and_a_list_are_as_before_unless_told_to_keep)
{
    std::string text = "before";
    text_pieces pieces{{"before"}, {"mine"}};
    for (bool const kept : {false, true}) {
        {
            detail::string_sink to_text(text);
            to_text.append(" and after");
            to_text.append("");
            if (kept)
                to_text.keep();
            BOOST_TEST(to_text.size == 10U);
            detail::pieces_sink to_pieces(pieces);
            to_pieces.append("after");
            to_pieces.append("");
            to_pieces.append_owned("owned");
            if (kept)
                to_pieces.keep();
            BOOST_TEST(to_pieces.size == 10U);
        }
        BOOST_TEST(text == (kept ? "before and after" : "before"));
        BOOST_TEST(pieces.pieces.size() == (kept ? 3U : 1U)); // no piece is empty
        BOOST_TEST(pieces.owned.size() == (kept ? 2U : 1U));
    }
    BOOST_TEST(pieces.pieces.back().data() == pieces.owned.back().data());
}

BOOST_AUTO_TEST_CASE(a_string_holds_the_pieces_in_their_order_however_long_they_are)
{
    std::string const source(3'000, 'x');
    std::string text = "before";
    std::string expected = text;
    for (int round = 0; round < 2; ++round) { // what is taken back leaves nothing behind
        detail::string_sink out(text);
        for (std::size_t size = 0, step = 0; size < 1'400; size += 1 + step++ % 130) {
            auto piece = source.substr(0, size);
            if (!piece.empty())
                piece.front() = static_cast<char>('a' + size % 26);
            out.append(piece);
            if (round == 1)
                expected += piece;
        }
        BOOST_TEST(out.size > 10'000U);
        if (round == 0)
            out.rewind();
        else
            BOOST_TEST(out.size == expected.size() - 6);
        out.keep();
        BOOST_TEST((text == (round == 0 ? "before" : expected)));
    }
}

BOOST_AUTO_TEST_CASE(a_buffer_is_never_overrun_and_counts_on)
{
    std::array<char, 8> bytes{};
    detail::buffer_sink out(std::span<char>(bytes.data(), 4));
    out.append("abc");
    out.append("de");
    out.append("f");
    BOOST_TEST(out.size == 6U);
    BOOST_TEST(std::string_view(bytes.data(), 3) == "abc");
    for (std::size_t i = 4; i < bytes.size(); ++i)
        BOOST_TEST(bytes[i] == 0);
    detail::buffer_sink nowhere(std::span<char>{});
    nowhere.append("abc");
    BOOST_TEST(nowhere.size == 3U);
    BOOST_TEST(nowhere.target({}, 0, 1).to == nullptr);
}

namespace {

/// A buffer that stands behind a search: bytes of a text that it writes ahead are told by capitals.
struct searched_buffer {
    static constexpr std::string_view text = "abcdefghijklmnopqrst";
    static constexpr std::string_view capitals = "ABCDEFGHIJKLMNOPQRST";

    std::array<char, 64> bytes{};
    detail::buffer_sink out{std::span<char>(bytes)};

    /// The search goes through some of the text, where all but what is from `begin` on is written.
    void search(std::size_t begin, std::size_t at, std::size_t end)
    {
        auto const target = out.target(text, begin, at);
        BOOST_TEST_REQUIRE(target.room >= end - at);
        capitals.copy(target.to, end - at, at);
        out.written_ahead(begin, at, end - at);
    }

    void append_of(std::size_t begin, std::size_t end) { out.append_of(text, begin, end); }
    std::string_view written() const { return {bytes.data(), out.size}; }
};

} // namespace

BOOST_AUTO_TEST_CASE(what_is_written_ahead_is_not_written_again_where_it_stands_right)
{
    searched_buffer one;
    one.search(0, 4, 8);
    one.search(0, 8, 12); // goes on
    one.append_of(0, 14);
    BOOST_TEST(one.written() == "abcdEFGHIJKLmn");

    searched_buffer in_parts;
    in_parts.search(0, 2, 12);
    in_parts.append_of(0, 5);
    in_parts.append_of(5, 6);
    in_parts.append_of(6, 13);
    BOOST_TEST(in_parts.written() == "abCDEFGHIJKLm");
}

BOOST_AUTO_TEST_CASE(what_is_searched_again_or_passed_between_two_searches_is_one_piece)
{
    searched_buffer again;
    again.search(0, 0, 8);
    again.search(0, 6, 12); // some of it again
    again.search(0, 7, 9);  // and less than was there
    again.append_of(0, 14);
    BOOST_TEST(again.written() == "ABCDEFGHIJKLmn");

    searched_buffer gap;
    gap.search(0, 0, 6);
    gap.search(0, 9, 12); // three bytes are passed without a search
    gap.append_of(0, 14);
    BOOST_TEST(gap.written() == "ABCDEFghiJKLmn");

    searched_buffer replaced;
    replaced.search(0, 0, 6);
    replaced.append_of(0, 2);
    replaced.out.append("-------"); // seven bytes for seven others, so that all behind stays in its place
    replaced.search(9, 11, 13);
    replaced.append_of(9, 15);
    BOOST_TEST(replaced.written() == "AB-------jkLMno");

    searched_buffer longer;
    longer.search(0, 0, 6);
    longer.append_of(0, 2);
    longer.out.append("---");
    longer.search(4, 7, 9);
    longer.append_of(4, 11);
    BOOST_TEST(longer.written() == "AB---efgHIjk");

    searched_buffer far;
    std::string const text(300, 'x');
    far.search(0, 0, 4);
    BOOST_TEST(far.out.target(text, 0, 50).to == far.bytes.data() + 50);
    BOOST_TEST(far.bytes[49] == 'x');
    BOOST_TEST(far.out.target(text, 0, 64).room == 0U);
    BOOST_TEST(far.out.target(text, 0, 65).to == nullptr);
}

BOOST_AUTO_TEST_CASE(what_is_written_ahead_is_written_again_where_it_stands_wrong)
{
    searched_buffer moved;
    moved.search(0, 0, 10);
    moved.append_of(0, 3);
    moved.out.append("more"); // in place of one byte
    moved.append_of(4, 12);
    BOOST_TEST(moved.written() == "ABCmoreefghijkl");

    searched_buffer back;
    back.search(0, 0, 10);
    back.append_of(0, 3);
    back.out.append("m"); // as long as what it stands for
    back.append_of(4, 12);
    BOOST_TEST(back.written() == "ABCmEFGHIJkl");

    searched_buffer anew;
    anew.search(0, 0, 6);
    anew.out.append("+");
    anew.search(0, 6, 10); // now for another place: what came before stands wrong
    anew.append_of(0, 12);
    BOOST_TEST(anew.written() == "+abcdefGHIJkl");

    searched_buffer rewound;
    rewound.search(0, 0, 6);
    rewound.out.rewind();
    rewound.append_of(0, 4);
    BOOST_TEST(rewound.written() == "abcd");
}

BOOST_AUTO_TEST_SUITE_END()
