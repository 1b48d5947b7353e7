// SPDX-License-Identifier: BSL-1.0
#include <metapatch/simd/bracket_blocks.hpp>

#include "../../laws/random.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(blocks_of_brackets)

namespace {

/// On any processor, what those do that have wide vectors.
struct wide_bytes : detail::portable_bytes {
    static constexpr bool is_wide = true;
};

/// Brackets of any order, and strings, escapes among them.
std::string random_text(model::generator& random, std::size_t size)
{
    static constexpr std::string_view words[] = {"{", "}", "[", "]", "12, ", "\"}\"", "\"\\\"]\\\\\"", " "};
    std::string text;
    while (text.size() < size)
        text += words[random.below(random.one_in(4) ? 8 : 6)];
    return text;
}

/// How a text goes, byte by byte.
struct outline {
    std::vector<int> change; ///< 1 where a bracket opens a container, -1 where one closes it

    explicit outline(std::string_view text)
    {
        bool inside = false;
        for (std::size_t i = 0; i < text.size(); ++i) {
            change.push_back(inside || text.find_first_of("{}[]", i) != i ? 0
                             : text[i] == '{' || text[i] == '['           ? 1
                                                                          : -1);
            if (inside && text[i] == '\\') {
                change.push_back(0);
                ++i;
            } else {
                inside = inside != (text[i] == '"');
            }
        }
    }

    std::size_t count(std::size_t begin, int which) const
    {
        auto const end = std::min(begin + 64, change.size());
        return static_cast<std::size_t>(std::count(change.begin() + static_cast<std::ptrdiff_t>(std::min(begin, end)),
                                                   change.begin() + static_cast<std::ptrdiff_t>(end), which));
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(each_block_tells_the_brackets_outside_of_strings)
{
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        model::generator random(seed);
        auto const text = random_text(random, random.below(400));
        outline const expected(text);
        detail::block_room room;
        detail::bracket_blocks blocks(text, 0, room);
        detail::bracket_block here;
        std::size_t base = 0;
        for (; blocks.take<wide_bytes>(here, 0); base += 64) {
            BOOST_TEST_REQUIRE(here.base == base);
            BOOST_TEST_REQUIRE(detail::portable_bytes::count(here.opens) == expected.count(base, 1));
            BOOST_TEST_REQUIRE(here.closed == expected.count(base, -1));
            BOOST_TEST_REQUIRE(blocks.passed() == std::min(base + 64, text.size()));
        }
        BOOST_TEST(base >= text.size());
        BOOST_TEST(blocks.left() == 0U);
    }
}

BOOST_AUTO_TEST_CASE(two_at_a_time_are_passed_up_to_the_block_where_a_level_may_be_next)
{
    std::size_t stopped = 0;
    std::size_t stopped_at_second = 0;
    for (std::uint64_t seed = 0; seed < 3'000; ++seed) {
        model::generator random(seed);
        auto const text = random_text(random, random.below(1'500));
        outline const expected(text);
        auto const level = 1 + random.below(3);
        auto depth = level + random.below(12);
        auto const enough = random.one_in(3) ? random.below(text.size() + 1) : 0;
        std::string made(text.size(), '?');
        detail::block_room room;
        detail::bracket_blocks blocks(text, 0, room);
        if (random.one_in(2))
            blocks.copy_to(made.data());
        auto known = depth;
        blocks.pass_pairs<wide_bytes>(depth, level, enough);
        std::size_t base = 0;
        for (; base < blocks.passed(); base += 64) {
            BOOST_TEST_REQUIRE(expected.count(base, -1) + level < known);
            known += expected.count(base, 1) - expected.count(base, -1);
        }
        BOOST_TEST_REQUIRE(base == blocks.passed());
        BOOST_TEST_REQUIRE(depth == known);
        BOOST_TEST_REQUIRE((made.compare(0, blocks.copied(), text, 0, blocks.copied()) == 0));
        BOOST_TEST_REQUIRE((blocks.copied() == base || !blocks.copies<wide_bytes>()));
        bool const may_be_next = expected.count(base, -1) + level >= known;
        BOOST_TEST_REQUIRE((may_be_next || blocks.left() < enough + 128 + detail::look_ahead));
        detail::bracket_block next;
        if (blocks.take<wide_bytes>(next, 0)) { // its strings begin where they do
            BOOST_TEST_REQUIRE(next.base == base);
            BOOST_TEST_REQUIRE(next.closed == expected.count(base, -1));
            BOOST_TEST_REQUIRE(detail::portable_bytes::count(next.opens) == expected.count(base, 1));
        }
        stopped += may_be_next ? 1 : 0;
        stopped_at_second += may_be_next && base % 128 != 0 ? 1 : 0;
    }
    BOOST_TEST(stopped_at_second > 100U);
    BOOST_TEST(stopped - stopped_at_second > 1'000U);
}

BOOST_AUTO_TEST_CASE(what_is_passed_is_copied_but_for_the_end_and_nothing_where_nothing_is_told)
{
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        model::generator random(seed);
        auto const text = random_text(random, random.below(5'000));
        auto const begin = random.below(text.size() + 1);
        bool const copies = !random.one_in(5);
        std::string made(text.size() - begin, '?');
        detail::block_room room;
        detail::bracket_blocks blocks(text, begin, room);
        blocks.copy_to(copies ? made.data() : nullptr);
        BOOST_TEST(blocks.copies<wide_bytes>() == copies);
        BOOST_TEST(!blocks.copies<detail::portable_bytes>());
        detail::bracket_block here;
        while (blocks.take<wide_bytes>(here, 0)) {
            std::size_t depth = 50;
            blocks.pass_pairs<wide_bytes>(depth, 1, 0);
        }
        auto const copied = blocks.copied();
        BOOST_TEST_REQUIRE((made.compare(0, copied, text, begin, copied) == 0));
        BOOST_TEST_REQUIRE(made.find_first_not_of('?', copied) == std::string::npos);
        BOOST_TEST_REQUIRE(copied ==
                           (copies ? (made.size() - std::min(made.size(), detail::look_ahead)) / 64 * 64 : 0));
    }
}

BOOST_AUTO_TEST_SUITE_END()
