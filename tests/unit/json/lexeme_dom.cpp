// SPDX-License-Identifier: BSL-1.0
#include <metapatch/json/lexeme_dom.hpp>

#include <metapatch/json/compact_size.hpp>

#include <boost/test/unit_test.hpp>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(lexeme_dom)

namespace {

std::string rewritten(std::string_view text)
{
    detail::lexeme_dom dom;
    return dom.write(dom.read(text, {}).value());
}

} // namespace

BOOST_AUTO_TEST_CASE(numbers_keep_their_bytes)
{
    for (std::string_view const text : {"1.10", "-0", "1e400", "1E-400", "123456789012345678901234567890123456789012",
                                        R"({"a":[1.0,{"b":0.10}],"c":-1e+2})"})
        BOOST_TEST(rewritten(text) == text);
}

BOOST_AUTO_TEST_CASE(the_text_is_compact_with_the_fewest_escapes)
{
    BOOST_TEST(rewritten(" { \"\\u0061\" : [ ] , \"b\" : { } , \"c\\/\" : [ 1 , null , true , false ] } ") ==
               R"({"a":[],"b":{},"c/":[1,null,true,false]})");
    BOOST_TEST(rewritten(R"("\u0001\u001f\u007f\b\f\n\r\t\"\\\u00e9\ud83d\ude00")") ==
               "\"\\u0001\\u001f\x7f\\b\\f\\n\\r\\t\\\"\\\\\xC3\xA9\xF0\x9F\x98\x80\"");
}

BOOST_AUTO_TEST_CASE(of_duplicates_the_last_stands_in_the_place_of_the_first)
{
    BOOST_TEST(rewritten(R"({"a":1.0,"b":2,"\u0061":3.0,"c":{"x":1,"x":2}})") == R"({"a":3.0,"b":2,"c":{"x":2}})");
}

BOOST_AUTO_TEST_CASE(the_size_of_what_it_writes_is_the_compact_size)
{
    for (std::string_view const text :
         {"[ 1.10 , \"\\u0041\" ]", R"({"a":{"a":{},"a":[1,2]}})", "\"\"", " null ", R"(["\u0000\u0008"])"})
        BOOST_TEST(rewritten(text).size() == compact_size(text).value());
}

BOOST_AUTO_TEST_SUITE_END()
