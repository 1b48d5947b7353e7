// SPDX-License-Identifier: BSL-1.0
#include <metapatch/blocks.hpp>

#include <array>
#include <boost/test/unit_test.hpp>
#include <random>
#include <vector>

using namespace metapatch;
using detail::block;
using detail::block_carry;

namespace {

std::vector<scan_with> every_scan()
{
    std::vector<scan_with> all{scan_with::portable};
    for (auto const more : {scan_with::sse2, scan_with::avx2}) {
        if (more <= fastest_scan())
            all.push_back(more);
    }
    return all;
}

/// The structure of a text, read byte by byte.
std::vector<block> read_slowly(std::string const& text)
{
    std::vector<block> blocks(text.size() / 64);
    bool inside = false;
    bool escaped = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char const c = text[i];
        auto& here = blocks[i / 64];
        auto const bit = std::uint64_t{1} << (i % 64);
        if (escaped) {
            escaped = false;
        } else if (c == '\\') {
            escaped = true;
        } else if (c == '"') {
            here.quotes |= bit;
            inside = !inside;
            continue;
        }
        if (inside)
            continue;
        here.opens |= c == '{' || c == '[' ? bit : 0;
        here.closes |= c == '}' || c == ']' ? bit : 0;
        here.commas |= c == ',' ? bit : 0;
    }
    return blocks;
}

} // namespace

BOOST_AUTO_TEST_SUITE(blocks)

BOOST_AUTO_TEST_CASE(every_classifier_agrees_with_a_reading_byte_by_byte)
{
    std::mt19937_64 random(1);
    constexpr std::string_view alphabet = "\"\\{}[],:a 1\"\\\\[{;";
    for (int round = 0; round < 5'000; ++round) {
        std::string text(64 * 5, ' ');
        for (auto& c : text)
            c = round % 3 == 0 ? static_cast<char>(random()) : alphabet[random() % alphabet.size()];
        auto const expected = read_slowly(text);
        for (auto const instructions : every_scan()) {
            std::array<block, 5> found{};
            block_carry carry;
            // In two calls, so that what is carried from one to the next counts.
            detail::indexer(instructions)(text.data(), 2, found.data(), carry);
            detail::indexer(instructions)(text.data() + 128, 3, found.data() + 2, carry);
            for (std::size_t i = 0; i < found.size(); ++i) {
                BOOST_TEST_REQUIRE(found[i].quotes == expected[i].quotes);
                BOOST_TEST_REQUIRE(found[i].opens == expected[i].opens);
                BOOST_TEST_REQUIRE(found[i].closes == expected[i].closes);
                BOOST_TEST_REQUIRE(found[i].commas == expected[i].commas);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(a_run_of_backslashes_escapes_every_second_byte_also_across_blocks)
{
    for (std::size_t run = 0; run < 140; ++run) {
        std::string text = '"' + std::string(run, '\\') + '"';
        text.resize(192, ' ');
        auto const expected = read_slowly(text);
        std::array<block, 3> found{};
        block_carry carry;
        detail::indexer(fastest_scan())(text.data(), 3, found.data(), carry);
        for (std::size_t i = 0; i < found.size(); ++i)
            BOOST_TEST(found[i].quotes == expected[i].quotes);
    }
}

BOOST_AUTO_TEST_SUITE_END()
