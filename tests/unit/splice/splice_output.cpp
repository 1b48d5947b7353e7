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
}

BOOST_AUTO_TEST_SUITE_END()
