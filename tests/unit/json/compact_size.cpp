// SPDX-License-Identifier: BSL-1.0
#include <metapatch/json/compact_size.hpp>

#include "../../support.hpp"

#include <boost/test/unit_test.hpp>

using namespace metapatch;
using metapatch::test::told;

BOOST_AUTO_TEST_SUITE(compact_size_of_texts)

namespace {

constexpr read_rules rejecting{.duplicates = duplicate_keys::rejected};

std::string compact(std::string_view text, read_rules rules = {})
{
    auto const size = compact_size(text, rules);
    return size ? std::to_string(*size) : told(size);
}

} // namespace

BOOST_AUTO_TEST_CASE(compact_sizes_are_those_counted_by_hand)
{
    std::pair<std::string_view, std::size_t> const cases[]{
        {"{}", 2},
        {" [ 1 , 2 ] ", 5},
        {R"({ "a" : 1.10 })", 10}, // the lexeme counts
        {"1e400", 5},              // no number is out of range here
        {"-0", 2},
        {"1234567890123456789012345678901234567890", 40},
        {"100000000000000000000.000E+00", 29},
        {R"("\u0041\/\u00e9")", 6},        // A / é: the fewest escapes
        {R"("\u0008\u000a\u0001\"")", 14}, // \b \n \u0001 \"
        {R"("\ud83d\ude00")", 6},
        {R"({"a":[1,2,3],"b":0,"a":7})", 13},                  // {"a":7,"b":0}
        {R"([{"\u0061":1,"a":22,"a":{"k":null,"k":1}}])", 15}, // [{"a":{"k":1}}]
        {"[true,false,null]", 17},
        {R"( [ [ ] , [ { } , 1 ] , { "a" : { "b" : [ "c" , "d" ] , "e" : { } } } ])", 40},
        {" \"a\" ", 3},
        {R"({"a":1,"b":{"c":2,"c":3,"\u0063":44},"d":[5]})", 28}}; // {"a":1,"b":{"c":44},"d":[5]}
    for (auto const& [text, size] : cases)
        BOOST_TEST(compact(text) == std::to_string(size), text);
}

BOOST_AUTO_TEST_CASE(compact_size_refuses_what_reading_refuses)
{
    BOOST_TEST(compact("[1,]") == "malformed_json '' offset 3");
    BOOST_TEST(compact("[[]]", {.max_nesting = 1}) == "too_deep '' limit 1 offset 1");
    BOOST_TEST(compact(std::string(1'000'000, '[')) == "too_deep '' limit 512 offset 512");
    BOOST_TEST(compact(R"({"a":1,"a":2})", rejecting) == "duplicate_key '/a'");
    BOOST_TEST(compact(R"({"a":1e400,"a":2})") == "7");
}

BOOST_AUTO_TEST_CASE(a_key_that_is_twice_does_not_hide_what_is_wrong_behind_it)
{
    BOOST_TEST(compact(R"({"a":1,"a":2,})") == "malformed_json '' offset 13");
    BOOST_TEST(compact(R"([{"a":1,"a":2},[[]]])", {.max_nesting = 2}) == "too_deep '' limit 2 offset 16");
}

BOOST_AUTO_TEST_SUITE_END()
