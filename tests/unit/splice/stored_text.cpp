// SPDX-License-Identifier: BSL-1.0
#include <metapatch/splice/stored_text.hpp>

#include "../../support.hpp"

#include <boost/test/unit_test.hpp>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(stored_text_)

BOOST_AUTO_TEST_CASE(a_checked_text_is_told_in_full_and_a_trusted_one_is_not_looked_at)
{
    read_rules const strict{.max_nesting = 2, .duplicates = duplicate_keys::rejected};
    auto const told = [&](std::string_view text, stored_text known) {
        return test::told(detail::check_stored(text, strict, {.stored = known}));
    };
    for (std::string_view const text : {R"({"a":[1]})", " \n{}"}) {
        BOOST_TEST(told(text, stored_text::checked).empty());
        BOOST_TEST(told(text, stored_text::trusted).empty());
    }
    for (std::string_view const text : {"[{}]", "1", "null"}) // whether it is an object is for the patch to ask
        BOOST_TEST(told(text, stored_text::checked).empty());
    BOOST_TEST(told("", stored_text::checked) == "malformed_json '' offset 0");
    BOOST_TEST(told("[1", stored_text::checked) == "malformed_json '' offset 2");
    BOOST_TEST(told(R"({"a":[[]]})", stored_text::checked) == "too_deep '' limit 2 offset 6");
    BOOST_TEST(told(R"({"a":1,"a":2})", stored_text::checked) == "duplicate_key '/a'");
    for (std::string_view const text : {"", "[", "{", R"({"a":[[]]})", R"({"a":1,"a":2})"})
        BOOST_TEST(told(text, stored_text::trusted).empty());
}

BOOST_AUTO_TEST_SUITE_END()
