// SPDX-License-Identifier: BSL-1.0
#include <metapatch/json/sorted_keys.hpp>

#include <boost/test/unit_test.hpp>
#include <random>
#include <string>
#include <tuple>
#include <vector>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(sorted_keys)

BOOST_AUTO_TEST_CASE(sorted_by_rank_then_key_then_index)
{
    std::vector<detail::ranked_key> keys{{2, "a", 0}, {1, "b", 3}, {1, "a", 2}, {1, "b", 1}, {1, "aa", 4}, {0, "z", 5}};
    detail::sort_keys(keys.data(), keys.data() + keys.size());
    std::string order;
    for (auto const& each : keys)
        order += std::to_string(each.index);
    BOOST_TEST(order == "524130");
}

BOOST_AUTO_TEST_CASE(keys_are_the_same_where_rank_and_key_are_whatever_the_index)
{
    BOOST_TEST(detail::same_key({1, "a", 0}, {1, "a", 7}));
    BOOST_TEST(!detail::same_key({1, "a", 0}, {2, "a", 0}));
    BOOST_TEST(!detail::same_key({1, "a", 0}, {1, "b", 0}));
    BOOST_TEST(!detail::same_key({1, "a", 0}, {1, std::string_view("a\0", 2), 0}));
}

BOOST_AUTO_TEST_CASE(many_keys_of_few_ranks_come_in_the_order_of_their_parts)
{
    std::mt19937_64 random(8);
    std::vector<std::string> names;
    for (std::size_t i = 0; i < 2'000; ++i)
        names.push_back(std::string(random() % 3, 'k') + std::to_string(random() % 40));
    std::vector<detail::ranked_key> keys;
    for (auto const& each : names)
        keys.push_back({random() % 4, each, keys.size()});
    detail::sort_keys(keys.data(), keys.data() + keys.size());
    for (std::size_t i = 1; i < keys.size(); ++i) {
        auto const parts = [&](std::size_t at) { return std::tuple(keys[at].rank, keys[at].key, keys[at].index); };
        BOOST_REQUIRE(parts(i - 1) < parts(i));
    }
}

BOOST_AUTO_TEST_SUITE_END()
