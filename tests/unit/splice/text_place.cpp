// SPDX-License-Identifier: BSL-1.0
#include <metapatch/splice/text_place.hpp>

#include <boost/test/unit_test.hpp>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(text_place)

BOOST_AUTO_TEST_CASE(the_pointer_and_the_level_are_those_of_the_token_that_was_entered_last)
{
    // As `level pointer` for each token but the ends of containers.
    std::string const expected = "2 /m\n"
                                 "2 /m/a\n"
                                 "2 /m/a\n"
                                 "2 /m/b~1~0\n"
                                 "3 /m/b~1~0\n"
                                 "3 /m/b~1~0/0\n"
                                 "4 /m/b~1~0/1\n"
                                 "4 /m/b~1~0/1/c\n"
                                 "4 /m/b~1~0/1/c\n"
                                 "3 /m/b~1~0/2\n";
    detail::text_place place("m");
    BOOST_TEST(place.level() == 1U);
    BOOST_TEST(place.pointer() == "/m");
    std::string told;
    scanner scan(R"({"a":1,"\u0062/~":[2,{"c":3},4]})");
    for (auto what = scan.next(); what != token::end; what = scan.next()) {
        place.enter(what, scan.raw());
        if (what == token::object_end || what == token::array_end)
            continue;
        auto pointer = place.pointer();
        if (what == token::object_begin || what == token::array_begin)
            pointer.erase(pointer.rfind('/') == 0 ? pointer.size() : pointer.rfind('/')); // nothing is inside yet
        told += std::to_string(place.level()) + " " + pointer + "\n";
    }
    BOOST_TEST(told == expected);
    BOOST_TEST(place.level() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
