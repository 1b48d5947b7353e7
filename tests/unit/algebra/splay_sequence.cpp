// SPDX-License-Identifier: BSL-1.0
#include <metapatch/algebra/splay_sequence.hpp>

#include <boost/test/unit_test.hpp>
#include <memory>
#include <random>
#include <vector>

using metapatch::detail::splay_sequence;

BOOST_AUTO_TEST_SUITE(splay_sequences)

namespace {

std::vector<int> all_of(splay_sequence<int>& sequence)
{
    std::vector<int> all;
    sequence.for_each([&](int each) { all.push_back(each); });
    return all;
}

splay_sequence<int> counting_to(int count)
{
    splay_sequence<int> made;
    for (int i = 0; i < count; ++i)
        made.push_back(i);
    return made;
}

} // namespace

BOOST_AUTO_TEST_CASE(elements_stand_where_they_were_put)
{
    splay_sequence<int> sequence;
    BOOST_TEST(sequence.size() == 0U);
    BOOST_TEST((all_of(sequence) == std::vector<int>{}));
    sequence.insert(0, 2);
    sequence.insert(0, 1);
    sequence.insert(2, 4);
    sequence.insert(2, 3);
    BOOST_TEST((all_of(sequence) == std::vector{1, 2, 3, 4}));
    BOOST_TEST(sequence.take(1) == 2);
    BOOST_TEST(sequence.take(2) == 4);
    BOOST_TEST(sequence.take(0) == 1);
    BOOST_TEST((all_of(sequence) == std::vector{3}));
    BOOST_TEST(sequence.take(0) == 3);
    BOOST_TEST(sequence.size() == 0U);
    sequence.push_back(5);
    BOOST_TEST((all_of(sequence) == std::vector{5}));
}

BOOST_AUTO_TEST_CASE(any_operations_do_what_they_do_on_a_vector)
{
    std::mt19937_64 random(3);
    for (int round = 0; round < 50; ++round) {
        splay_sequence<int> sequence;
        std::vector<int> model;
        for (int i = 0; i < 400; ++i) {
            auto const place = random() % (model.size() + 1);
            auto const at = model.begin() + static_cast<std::ptrdiff_t>(place);
            if (random() % 5 < 2) {
                model.insert(at, i);
                sequence.insert(place, i);
            } else if (place < model.size() && random() % 3 == 0) {
                BOOST_REQUIRE(sequence.take(place) == *at);
                model.erase(at);
            } else if (place < model.size()) {
                BOOST_REQUIRE(sequence.at(place) == *at);
                sequence.at(place) = *at = -i;
            }
            BOOST_REQUIRE(sequence.size() == model.size());
        }
        BOOST_TEST((all_of(sequence) == model));
    }
}

BOOST_AUTO_TEST_CASE(what_only_moves_is_held_too)
{
    splay_sequence<std::unique_ptr<int>> sequence;
    sequence.push_back(std::make_unique<int>(7));
    BOOST_TEST(*sequence.at(0) == 7);
    BOOST_TEST(*sequence.take(0) == 7);
}

BOOST_AUTO_TEST_CASE(no_order_of_operations_is_slow)
{
    // A step for each element between the ends would take minutes.
    constexpr int count = 200'000;
    auto from_the_front = counting_to(count);
    for (int i = 0; i < count; ++i)
        BOOST_REQUIRE(from_the_front.take(0) == i);
    auto at_both_ends = counting_to(count);
    for (std::size_t i = 0; i < count; ++i)
        BOOST_REQUIRE(at_both_ends.at(i % 2 == 0 ? 0 : count - 1) == (i % 2 == 0 ? 0 : count - 1));
    splay_sequence<int> to_the_front;
    for (int i = 0; i < count; ++i)
        to_the_front.insert(0, i);
    for (std::size_t i = 0; i < count; i += 2)
        BOOST_REQUIRE(to_the_front.at(i) == count - 1 - static_cast<int>(i));
}

BOOST_AUTO_TEST_SUITE_END()
