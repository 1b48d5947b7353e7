// SPDX-License-Identifier: BSL-1.0
#include <metapatch/simd/check_memory.hpp>

#include <boost/test/unit_test.hpp>
#include <memory>
#include <string>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(memories_of_checks)

BOOST_AUTO_TEST_CASE(there_are_all_blocks_of_a_text_that_was_read_at_once_and_of_no_longer_one)
{
    auto const room = std::make_unique<detail::check_memory>();
    auto const most = detail::check_memory::bytes_at_once;
    // The last block is never full, so that of a text of so many bytes there is one more.
    BOOST_TEST(room->blocks_of(std::string(most - 1, ' ')) == room->blocks.data());
    BOOST_TEST(room->blocks_of(std::string(most, ' ')) == nullptr);
    BOOST_TEST(room->blocks_of("") == room->blocks.data());
}

BOOST_AUTO_TEST_SUITE_END()
