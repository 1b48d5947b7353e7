// SPDX-License-Identifier: BSL-1.0
#include <metapatch/simd/short_blocks.hpp>

#include "random_object.hpp"

#include <bit>
#include <boost/test/unit_test.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

using namespace metapatch;
using metapatch::detail::portable_bytes;

BOOST_AUTO_TEST_SUITE(blocks_of_short_texts)

BOOST_AUTO_TEST_CASE(each_key_is_told_with_its_depth_and_the_end_of_its_member)
{
    auto const blocks = std::make_unique<detail::short_blocks>();
    std::size_t members = 0;
    for (std::uint64_t seed = 0; seed < 1'500; ++seed) {
        model::generator random(seed);
        auto const text = std::string(random.below(3), ' ') + test::random_keyed_object(random);
        auto const begin = text.find('{') + 1;
        blocks->read<portable_bytes>(text, begin, every_key, nullptr);
        auto const parts = test::read_parts(text);
        for (auto left = blocks->with_keys(); left != 0; left &= left - 1) {
            auto const at = static_cast<std::size_t>(std::countr_zero(left));
            for (auto maybe = blocks->maybe(at); maybe != 0; maybe &= maybe - 1) {
                auto const bit = maybe & (0 - maybe);
                auto const place = blocks->place_of(at, bit);
                for (auto const& part : parts) {
                    if (part.begin != place)
                        continue;
                    std::vector<std::string_view> const keys{part.key};
                    BOOST_TEST_REQUIRE(blocks->is_likely(at, bit, wanted_keys::of(keys)), text);
                    BOOST_TEST_REQUIRE(blocks->depth_at<portable_bytes>(at, bit) == part.level, text);
                    BOOST_TEST_REQUIRE(blocks->is_key(place), text);
                    BOOST_TEST_REQUIRE(blocks->end_behind<portable_bytes>(at, bit, part.level) == part.end, text);
                    ++members;
                }
            }
        }
    }
    BOOST_TEST(members > 10'000U);
}

BOOST_AUTO_TEST_CASE(the_bracket_that_closes_a_container_is_found_from_the_one_that_opens_it)
{
    auto const blocks = std::make_unique<detail::short_blocks>();
    for (std::uint64_t seed = 0; seed < 1'500; ++seed) {
        model::generator random(seed);
        auto const text = test::random_keyed_object(random);
        blocks->read<portable_bytes>(text, 1, no_key, nullptr);
        BOOST_TEST(blocks->object_end() == text.size() - 1);
        for (auto const& part : test::read_parts(text)) {
            if (part.key.empty())
                BOOST_TEST_REQUIRE(blocks->close_of<portable_bytes>(part.begin + 1, part.level) == part.end, text);
        }
        // Of what is cut off there is none.
        auto const cut = text.substr(0, random.below(text.size() - 1) + 1);
        blocks->read<portable_bytes>(cut, 1, no_key, nullptr);
        BOOST_TEST_REQUIRE(blocks->close_of<portable_bytes>(1, 1) == cut.size(), cut);
    }
}

BOOST_AUTO_TEST_SUITE_END()
