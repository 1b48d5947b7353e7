// SPDX-License-Identifier: BSL-1.0
#include <metapatch/words.hpp>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <memory>
#include <string>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(words)

BOOST_AUTO_TEST_CASE(the_first_byte_is_the_lowest)
{
    char const bytes[] = {'\x01', '\x23', '\x45', '\x67', '\x89', '\xAB', '\xCD', '\xEF'};
    BOOST_TEST(detail::one_byte(bytes[7]) == 0xEFU);
    BOOST_TEST(detail::four_bytes(bytes) == 0x67452301U);
    BOOST_TEST(detail::eight_bytes(bytes) == 0xEFCDAB8967452301U);
}

BOOST_AUTO_TEST_CASE(any_number_of_bytes_is_copied_and_no_other_is_touched)
{
    for (std::size_t size = 0; size < 200; ++size) {
        auto const from = std::make_unique<char[]>(size); // the sanitizer sees every access beyond them
        auto const to = std::make_unique<char[]>(size);
        for (std::size_t i = 0; i < size; ++i)
            from[i] = static_cast<char>(i + 1);
        detail::copy_few(to.get(), from.get(), size);
        BOOST_TEST_REQUIRE(std::equal(from.get(), from.get() + size, to.get()), "size " << size);
    }
}

BOOST_AUTO_TEST_SUITE_END()
