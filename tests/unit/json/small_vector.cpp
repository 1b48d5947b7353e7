// SPDX-License-Identifier: BSL-1.0
#include <metapatch/json/small_vector.hpp>

#include <boost/test/unit_test.hpp>
#include <numeric>
#include <utility>

using metapatch::detail::small_vector;

BOOST_AUTO_TEST_SUITE(small_vectors)

namespace {

using numbers = small_vector<int, 4>;

numbers up_to(int count)
{
    numbers made;
    for (int i = 1; i <= count; ++i)
        made.push_back(i);
    return made;
}

int sum(numbers const& of)
{
    return std::accumulate(of.begin(), of.end(), 0);
}

} // namespace

BOOST_AUTO_TEST_CASE(elements_are_in_order_within_the_near_room_and_beyond)
{
    for (int const count : {0, 1, 4, 5, 6, 100}) {
        auto const made = up_to(count);
        BOOST_TEST(made.size() == static_cast<std::size_t>(count));
        BOOST_TEST(made.empty() == (count == 0));
        BOOST_TEST(sum(made) == count * (count + 1) / 2);
        BOOST_TEST((count == 0 || made[made.size() - 1] == count));
    }
}

BOOST_AUTO_TEST_CASE(moving_takes_the_elements_and_leaves_none)
{
    for (int const count : {3, 9}) {
        auto made = up_to(count);
        auto moved = std::move(made);
        BOOST_TEST(made.empty());
        BOOST_TEST(moved.back() == count);
        made = std::move(moved);
        BOOST_TEST(moved.empty());
        BOOST_TEST(sum(made) == count * (count + 1) / 2);
        made.push_back(1'000);
        BOOST_TEST(made.back() == 1'000);
    }
}

BOOST_AUTO_TEST_CASE(it_is_used_again_after_it_was_cleared_or_shrunk)
{
    auto made = up_to(9);
    made.shrink(5);
    BOOST_TEST(sum(made) == 15);
    made.shrink(2);
    made.push_back(7);
    BOOST_TEST(sum(made) == 10);
    made.clear();
    BOOST_TEST(made.empty());
    made.push_back(3);
    BOOST_TEST(made.back() == 3);
    BOOST_TEST(made.size() == 1U);
}

BOOST_AUTO_TEST_CASE(an_element_of_its_own_may_be_added)
{
    auto made = up_to(4);
    made.push_back(made[0]); // moves all to the far room
    BOOST_TEST(made.back() == 1);
    for (int i = 0; i < 100; ++i)
        made.push_back(made[1]);
    BOOST_TEST(sum(made) == 211);
}

BOOST_AUTO_TEST_CASE(a_new_element_is_as_it_is_by_default)
{
    struct element {
        int number = 42;
    };
    small_vector<element, 1> made;
    for (int i = 0; i < 5; ++i)
        BOOST_TEST(made.add().number == 42);
    BOOST_TEST(made.size() == 5U);
}

BOOST_AUTO_TEST_SUITE_END()
