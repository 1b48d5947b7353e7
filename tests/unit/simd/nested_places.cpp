// SPDX-License-Identifier: BSL-1.0
#include <metapatch/simd/nested_places.hpp>

#include <array>
#include <boost/test/unit_test.hpp>
#include <metapatch/simd/bytes64.hpp>
#include <string>

using namespace metapatch;
using detail::nested_places;

BOOST_AUTO_TEST_SUITE(places_of_two_levels)

namespace {

std::uint64_t at(std::initializer_list<int> places)
{
    std::uint64_t bits = 0;
    for (int const place : places)
        bits |= std::uint64_t{1} << place;
    return bits;
}

std::string written(nested_places& places, nested_places::block const& here, std::size_t base = 0)
{
    std::array<std::size_t, 64> out{};
    auto const count =
        places.write<detail::portable_bytes>(here, base, out.data(), [](std::size_t place) { return place % 10 != 9; });
    std::string told;
    for (std::size_t i = 0; i < count; ++i)
        told.append(i == 0 ? "" : " ").append(std::to_string(out[i]));
    return told;
}

} // namespace

BOOST_AUTO_TEST_CASE(places_follow_the_grammar)
{
    nested_places places;
    // Strings that are no keys (those on 9), ends of members that were not entered, and inner keys outside of them count
    // for nothing.
    BOOST_TEST(written(places, {.keys = at({1, 9, 40}),
                                .ends = at({0, 30, 39, 50}),
                                .inner_keys = at({0, 5, 12, 19, 35, 42}),
                                .inner_ends = at({8, 15, 16, 45}),
                                .inner_commas = at({8, 16, 34})}) == "1 5 8 12 15 30 2 40 42 45 50 0");
    BOOST_TEST(places.outside());
}

BOOST_AUTO_TEST_CASE(a_member_may_go_through_many_blocks)
{
    nested_places places;
    BOOST_TEST(written(places, {at({60}), 0, 0, 0, at({61})}) == "60");
    BOOST_TEST(!places.outside());
    BOOST_TEST(!places.passes<detail::portable_bytes>({0, 0, at({3}), 0, 0}));
    BOOST_TEST(places.passes<detail::portable_bytes>({0, 0, 0, 0, at({1, 2})}));
    BOOST_TEST(written(places, {0, 0, at({3}), at({1}), at({1})}, 128) == "131");
    BOOST_TEST(!places.passes<detail::portable_bytes>({0, 0, 0, 0, 0})); // an inner member is open
    BOOST_TEST(written(places, {0, at({7}), 0, at({0, 5}), at({0, 5})}, 192) == "192 199 6");
    BOOST_TEST(places.passes<detail::portable_bytes>({0, 0, 0, 0, at({1})}));
    BOOST_TEST(written(places, {at({0}), at({2}), 0, 0, 0}, 256) == "256 258 0");
}

BOOST_AUTO_TEST_SUITE_END()
