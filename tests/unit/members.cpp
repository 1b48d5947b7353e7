// SPDX-License-Identifier: BSL-1.0
#include <metapatch/members.hpp>

#include "../support.hpp"

#include <boost/test/unit_test.hpp>
#include <metapatch/is_json.hpp>
#include <string>

using namespace metapatch;

namespace {

/// The members as `key=value`, a space between; then where the object ends.
std::string listed(std::string_view text, scan_with instructions)
{
    member_cursor cursor(text, instructions);
    std::string all;
    while (cursor.next()) {
        auto const begin = value_begin(text, cursor.member());
        auto const end = value_end(text, cursor.member());
        all +=
            std::string(cursor.raw_key()) + '=' + std::string(text.substr(begin, std::max(begin, end) - begin)) + ' ';
    }
    return all + std::to_string(cursor.end());
}

void check(std::string_view text, std::string const& expected)
{
    for (auto const instructions : test::every_scan())
        BOOST_TEST(listed(text, instructions) == expected);
}

} // namespace

BOOST_AUTO_TEST_SUITE(members)

BOOST_AUTO_TEST_CASE(members_are_found_whatever_their_values_hold)
{
    check("{}", "1");
    check(" { } ", "3");
    check(R"({"a":1})", "a=1 6");
    check(R"({"a" : 1 , "b":{"c":[1,{"d":"}"}]},"e":[],"":"x,y{"})", R"(a=1 b={"c":[1,{"d":"}"}]} e=[] ="x,y{" 51)");
    check(R"({"a\"b":"\\","c":null})", R"(a\"b="\\" c=null 21)");
}

BOOST_AUTO_TEST_CASE(values_may_be_longer_than_what_is_indexed_at_once)
{
    for (std::size_t const size : {60U, 63U, 64U, 65U, 1'000U, 1'024U, 1'025U, 5'000U}) {
        std::string const nested = "[" + std::string(size, '[') + std::string(size, ']') + "]";
        std::string const text = "{\"a\":" + nested + ",\"b\":\"" + std::string(size, ',') + "\"}";
        check(text, "a=" + nested + " b=\"" + std::string(size, ',') + "\" " + std::to_string(text.size() - 1));
    }
}

BOOST_AUTO_TEST_CASE(a_block_that_opens_and_closes_does_not_end_the_value_early)
{
    std::string const value = "[[" + std::string(70, ' ') + "],[],[[]],{\"x\":[]}]";
    check("{\"a\":" + value + ",\"b\":2}", "a=" + value + " b=2 " + std::to_string(value.size() + 11));
}

BOOST_AUTO_TEST_CASE(an_escape_in_a_key_is_seen_wherever_it_is)
{
    for (std::size_t at = 0; at < 300; ++at) {
        std::string key(300, 'k');
        key.replace(at, 1, "\\n");
        std::string const text = "{\"a\":1,\"" + key + "\":1,\"" + std::string(200, 'b') + "\":1}";
        for (auto const instructions : test::every_scan()) {
            BOOST_TEST_CONTEXT("at " << at)
            {
                member_cursor trusted(text, instructions);
                checked_member_cursor checked(text, nesting_ceiling, instructions);
                for (bool const escaped : {false, true, false}) {
                    BOOST_TEST_REQUIRE((trusted.next() && checked.next()));
                    BOOST_TEST(trusted.is_escaped() == escaped);
                    BOOST_TEST(checked.is_escaped() == escaped);
                }
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(what_is_no_object_ends_within_the_text)
{
    for (std::string_view const text : {"", "1", "{", "{\"", "{\"a", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,",
                                        "[1,2]", "\"\"\"{\"\"", "}{", "{\"a\":\\", "{,,,", "{\"a\"1\"b\""}) {
        for (auto const instructions : test::every_scan()) {
            member_cursor cursor(text, instructions);
            while (cursor.next()) {
                BOOST_TEST(cursor.member().end < text.size());
                BOOST_TEST(value_begin(text, cursor.member()) <= cursor.member().end);
                BOOST_TEST(value_end(text, cursor.member()) >= cursor.member().colon);
                BOOST_TEST(cursor.raw_key().size() <= text.size());
            }
            BOOST_TEST(cursor.end() <= text.size());
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
