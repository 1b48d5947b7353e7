// SPDX-License-Identifier: BSL-1.0
#include <metapatch/json/open_keys.hpp>

#include <boost/test/unit_test.hpp>
#include <string>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(open_keys)

BOOST_AUTO_TEST_CASE(a_key_is_twice_in_an_object_only_where_that_object_holds_it_twice)
{
    detail::key_room room;
    detail::open_keys keys(room);
    keys.open();
    keys.add("a");
    keys.open();
    keys.add("a");
    keys.open();
    BOOST_TEST(keys.level() == 3U);
    BOOST_TEST(!keys.close());
    keys.add("b");
    BOOST_TEST(!keys.close());
    keys.add("b");
    keys.add("a");
    BOOST_TEST(keys.close());
    BOOST_TEST(keys.level() == 0U);
}

BOOST_AUTO_TEST_CASE(any_number_of_keys_is_compared_also_where_their_fingerprints_are_the_same)
{
    for (std::size_t const count : {2U, 8U, 9U, 1'000U}) {
        std::vector<std::string> all;
        for (std::size_t i = 0; i < count; ++i) // the same ends and length
            all.push_back("eight___" + std::to_string(1'000 + i) + "___eight");
        detail::key_room room;
        detail::open_keys keys(room);
        keys.open();
        keys.add("kept");
        for (std::size_t const again : {count, std::size_t{0}, count - 1}) {
            keys.open();
            for (auto const& each : all)
                keys.add(each);
            if (again < count)
                keys.add(all[again]);
            BOOST_TEST(keys.close() == (again < count));
        }
        keys.add("kept");
        BOOST_TEST(keys.close());
    }
}

BOOST_AUTO_TEST_CASE(as_many_containers_may_be_open_as_texts_may_nest)
{
    detail::key_room room;
    detail::open_keys keys(room);
    for (std::size_t i = 0; i < nesting_ceiling; ++i)
        keys.open();
    for (std::size_t i = 0; i < nesting_ceiling; ++i)
        BOOST_TEST(!keys.close());
}

BOOST_AUTO_TEST_SUITE_END()
