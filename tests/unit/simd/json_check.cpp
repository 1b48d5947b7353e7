// SPDX-License-Identifier: BSL-1.0
#include <metapatch/simd/json_check.hpp>

#include "../../laws/random.hpp"

#include <boost/test/unit_test.hpp>
#include <memory>
#include <metapatch/json/scan.hpp>
#include <string>
#include <string_view>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(checks_of_json)

BOOST_AUTO_TEST_CASE(a_text_is_json_if_the_scanner_takes_it_whatever_the_memory_holds)
{
    auto const room = std::make_unique<detail::check_memory>();
    std::string_view const pieces[] = {"{\"a\":", "}",    "[", "]",       ",",           "\"x\"",
                                       "1",       "null", " ", "\"\\n\"", "\"\xC3\xA9\""};
    int fine = 0;
    for (std::uint64_t seed = 0; seed < 30'000; ++seed) {
        model::generator random(seed);
        std::string text = "[";
        for (auto left = random.below(4); left > 0; --left)
            text += std::string(pieces[random.below(std::size(pieces))]);
        text += "]";
        scanner scan(text);
        auto what = scan.next();
        while (what != token::end && what != token::failed)
            what = scan.next();
        bool const expected = what == token::end;
        fine += expected ? 1 : 0;
        bool const found = detail::json_check(text, nesting_ceiling, *room).run<detail::portable_bytes>();
        BOOST_TEST_REQUIRE(found == expected, text);
    }
    BOOST_TEST(fine > 1'000);
}

BOOST_AUTO_TEST_SUITE_END()
