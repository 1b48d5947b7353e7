// SPDX-License-Identifier: BSL-1.0
#include <metapatch/splice/planned_merge.hpp>

#include <boost/test/unit_test.hpp>
#include <metapatch/splice/splice_output.hpp>
#include <string>
#include <string_view>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(planned_merges)

namespace {

std::string merged(std::string_view stored, std::string_view body, metapatch::policy<> const& policy = rfc7396)
{
    text_patch patch;
    BOOST_TEST_REQUIRE(patch.read(body, policy).empty());
    BOOST_TEST_REQUIRE(detail::merges_inside(patch));
    detail::merge_plan plan(stored, patch, fastest_scan(), true);
    plan.read();
    std::string text;
    detail::string_sink sink(text);
    detail::planned_merge(plan, sink).write();
    sink.keep();
    return text;
}

std::string created(std::string_view body, metapatch::policy<> const& policy = rfc7396)
{
    text_patch patch;
    BOOST_TEST_REQUIRE(patch.read(body, policy).empty());
    std::string text;
    detail::string_sink sink(text);
    detail::write_created(patch, sink);
    sink.keep();
    return text;
}

} // namespace

BOOST_AUTO_TEST_CASE(commas_stand_right_whatever_is_removed_inside)
{
    std::string_view const stored = R"({"o":{"a":1,"b":2,"c":3}})";
    BOOST_TEST(merged(stored, R"({"o":{"x":null}})") == stored);
    BOOST_TEST(merged(stored, R"({"o":{}})") == stored);
    BOOST_TEST(merged(stored, R"({"o":{"a":null}})") == R"({"o":{"b":2,"c":3}})");
    BOOST_TEST(merged(stored, R"({"o":{"b":null}})") == R"({"o":{"a":1,"c":3}})");
    BOOST_TEST(merged(stored, R"({"o":{"c":null}})") == R"({"o":{"a":1,"b":2}})");
    BOOST_TEST(merged(stored, R"({"o":{"a":null,"b":null}})") == R"({"o":{"c":3}})");
    BOOST_TEST(merged(stored, R"({"o":{"a":null,"b":null,"c":null}})") == R"({"o":{}})");
    BOOST_TEST(merged(stored, R"({"o":{"a":null,"b":null,"c":null,"d":4}})") == R"({"o":{"d":4}})");
    BOOST_TEST(merged(stored, R"({"o":{"c":null,"d":4,"a":5},"p":6})") == R"({"o":{"a":5,"b":2,"d":4},"p":6})");
    BOOST_TEST(merged(R"({"o":{}})", R"({"o":{"d":4,"e":null,"f":5}})") == R"({"o":{"d":4,"f":5}})");
}

BOOST_AUTO_TEST_CASE(white_space_of_what_is_not_named_stays_at_every_level)
{
    std::string_view const stored =
        "{ \"o\" : {\n\t\"a\" : 1.10 ,\n\t\"b\" : { \"c\" : [ ] , \"d\":0 }\n} , \"p\": 1 }\n";
    BOOST_TEST(merged(stored, R"({"o":{"b":{"d":1}}})") ==
               "{ \"o\" : {\n\t\"a\" : 1.10 ,\n\t\"b\" : { \"c\" : [ ] , \"d\":1 }\n} , \"p\": 1 }\n");
    BOOST_TEST(merged(stored, R"({"o":{"b":{"e" : 2}}})") ==
               "{ \"o\" : {\n\t\"a\" : 1.10 ,\n\t\"b\" : { \"c\" : [ ] , \"d\":0,\"e\" : 2 }\n} , \"p\": 1 }\n");
    BOOST_TEST(merged(stored, R"({"o":{"a":null,"b":null}})") == "{ \"o\" : {} , \"p\": 1 }\n");
    BOOST_TEST(merged(stored, R"({"o":{"b":{"c":null}},"p":null})") ==
               "{ \"o\" : {\n\t\"a\" : 1.10 ,\n\t\"b\" : { \"d\":0 }\n} }\n");
}

BOOST_AUTO_TEST_CASE(what_is_created_loses_its_nulls_on_levels_that_merge)
{
    BOOST_TEST(merged(R"({"a":1})", R"({"a": { "b" : 1 } })") == R"({"a":{ "b" : 1 }})"); // as it stands
    BOOST_TEST(merged(R"({"a":1})", R"({"a":{"b":{"c":null},"d":[null]}})") == R"({"a":{"b":{},"d":[null]}})");
    BOOST_TEST(merged("{}", R"({"a":{"b":{"c":null},"d":null,"e":1}})") == R"({"a":{"b":{},"e":1}})");
    BOOST_TEST(merged("{}", R"({"a":{"b":{"c":null},"d":null}})", up_to_level(2)) == R"({"a":{"b":{"c":null}}})");
    BOOST_TEST(created(R"({"a":{"b":{"c":null,"d":{ }}},"e":null,"f":{"g":1}})") ==
               R"({"a":{"b":{"d":{ }}},"f":{"g":1}})");
    BOOST_TEST(created(R"({"a":{"b":{"c":null}}})", up_to_level(2)) == R"({"a":{"b":{"c":null}}})");
    BOOST_TEST(created(R"({"a":{"b":1,"b":{"c":1}}})") == R"({"a":{"b":{"c":1}}})");
}

BOOST_AUTO_TEST_CASE(of_stored_duplicates_the_last_merges_in_the_place_of_the_first)
{
    BOOST_TEST(merged(R"({"a" : {"x":1},"b":2,"a":{ "y":3 }})", R"({"a":{"z":4}})") ==
               R"({"a" : { "y":3,"z":4 },"b":2})");
    BOOST_TEST(merged(R"({"a":{"x":1},"a":{"y":3,"y":{"k":1.0}}})", R"({"a":{"y":{"l":2}}})") ==
               R"({"a":{"y":{"k":1.0,"l":2}}})");
    BOOST_TEST(merged(R"({"a":{"x":1},"a":5})", R"({"a":{"x":null,"z":4}})") == R"({"a":{"z":4}})");
    BOOST_TEST(merged(R"({"a":5,"a":{"x":1},"b":1,"b":2})", R"({"a":{"z":4}})") ==
               R"({"a":{"x":1,"z":4},"b":1,"b":2})");
}

BOOST_AUTO_TEST_SUITE_END()
