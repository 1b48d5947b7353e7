// SPDX-License-Identifier: BSL-1.0
#include <metapatch/json/fingerprint.hpp>

#include <boost/test/unit_test.hpp>
#include <set>
#include <string>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(fingerprint)

BOOST_AUTO_TEST_CASE(a_key_has_the_same_one_wherever_it_lies)
{
    std::string const text = "0123456789abcdefghijklmnopqrstuvwxyz";
    for (std::size_t at = 0; at <= text.size(); ++at) {
        for (std::size_t size = 0; at + size <= text.size(); ++size) {
            auto const print = detail::fingerprint(text.substr(at, size));
            BOOST_TEST_REQUIRE(detail::fingerprint(text, at, size) == print);
            std::string const readable = text.substr(at) + "01234567";
            BOOST_TEST_REQUIRE(detail::readable_fingerprint(readable.data(), size) == print);
        }
    }
}

BOOST_AUTO_TEST_CASE(keys_that_differ_at_an_end_or_in_length_differ)
{
    std::set<std::uint64_t> prints;
    for (std::string const middle : {"", "m", "member", "a longer middle"}) {
        for (char const c : {'a', 'b', '1', '2'}) {
            prints.insert(detail::fingerprint(c + middle));
            prints.insert(detail::fingerprint("x" + middle + c));
        }
    }
    BOOST_TEST(prints.size() == 32U);
}

BOOST_AUTO_TEST_SUITE_END()
