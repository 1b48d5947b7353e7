// SPDX-License-Identifier: BSL-1.0
#include <metapatch/json/text.hpp>

#include "../../support.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstdlib>
#include <random>

using namespace metapatch;
using metapatch::test::json;
using metapatch::test::shown;
using metapatch::test::told;

BOOST_AUTO_TEST_SUITE(text)

namespace {

using namespace std::string_view_literals;

constexpr read_rules rejecting{.duplicates = duplicate_keys::rejected};

/// What a text is read as, serialized again; or why not.
std::string read(std::string_view text, read_rules rules = {})
{
    auto const value = read_value(text, rules);
    return value ? shown(*value) : told(value);
}

std::string kind_of(std::string_view number)
{
    auto const value = read_value(number);
    return value ? std::string(boost::json::to_string(value->kind())) : told(value);
}

double real(std::string_view number)
{
    return read_value(number)->as_double();
}

} // namespace

BOOST_AUTO_TEST_CASE(a_text_is_read_as_boost_json_reads_it)
{
    for (auto const text : {"null"sv, "true"sv, "false"sv, "-12"sv, "1.5"sv, R"("a\u0000\ud83d\ude00")"sv, "[]"sv,
                            "{}"sv, R"( {"z":1,"a":[{"k\n":[[],{}]},"x"],"":null} )"sv})
        BOOST_TEST(read(text) == shown(json(text)));
}

BOOST_AUTO_TEST_CASE(large_and_wide_texts_are_read)
{
    std::string text = "{";
    for (int i = 0; i < 5000; ++i)
        text += (i > 0 ? ",\"k" : "\"k") + std::to_string(i) + "\":[" + std::to_string(i) + R"(,"\n"])";
    text += R"(,"long":")" + std::string(100'000, 'x') + "\"}";
    BOOST_TEST((read(text) == text));
}

BOOST_AUTO_TEST_CASE(a_refused_text_says_where)
{
    BOOST_TEST(read("") == "malformed_json '' offset 0");
    BOOST_TEST(read("{\"a\":tru}") == "malformed_json '' offset 8");
    BOOST_TEST(read("{} x") == "malformed_json '' offset 3");
    BOOST_TEST(read("\xEF\xBB\xBF{}") == "malformed_json '' offset 0");
    BOOST_TEST(read("[[1]]", {.max_nesting = 1}) == "too_deep '' limit 1 offset 1");
    BOOST_TEST(read("[[1]]", {.max_nesting = 2}) == "[[1]]");
    BOOST_TEST(read("{}", {.max_nesting = 0}) == "too_deep '' limit 0 offset 0");
}

BOOST_AUTO_TEST_CASE(a_text_nested_a_million_deep_is_refused_at_the_limit)
{
    std::string const arrays(1'000'000, '[');
    BOOST_TEST(read(arrays) == "too_deep '' limit 512 offset 512");
    BOOST_TEST(read(arrays, {.max_nesting = 1'000'000}) == "too_deep '' limit 1024 offset 1024");
    BOOST_TEST(read(arrays, rejecting) == "too_deep '' limit 512 offset 512");
    std::string objects;
    for (int i = 0; i < 1'000'000; ++i)
        objects += R"({"a":)";
    BOOST_TEST(read(objects) == "too_deep '' limit 512 offset 2560");
}

BOOST_AUTO_TEST_CASE(the_ceiling_itself_can_be_read)
{
    std::string const deepest = std::string(nesting_ceiling, '[') + std::string(nesting_ceiling, ']');
    BOOST_TEST((read(deepest, {.max_nesting = nesting_ceiling}) == deepest));
    BOOST_TEST((read(deepest, {nesting_ceiling, duplicate_keys::rejected}) == deepest));
}

BOOST_AUTO_TEST_CASE(of_the_same_key_twice_the_last_wins_in_the_place_of_the_first)
{
    BOOST_TEST(read(R"({"a":1,"b":2,"a":3})") == R"({"a":3,"b":2})");
    BOOST_TEST(read(R"({"a":1,"\u0061":{"x":1},"b":0,"a":null})") == R"({"a":null,"b":0})");
    BOOST_TEST(read(R"([{"o":{"k":1,"l":2,"k":[3]}}])") == R"([{"o":{"k":[3],"l":2}}])");
    BOOST_TEST(read(R"({"o":{"k":1},"p":0,"o":{"l":2}})") == R"({"o":{"l":2},"p":0})"); // replaced, not merged
    std::string many = "{"; // beyond the size where Boost.JSON starts to hash
    for (int i = 0; i < 100; ++i)
        many += "\"k" + std::to_string(i % 50) + "\":" + std::to_string(i) + (i < 99 ? "," : "}");
    auto const value = read_value(many);
    BOOST_REQUIRE(value);
    BOOST_TEST(value->as_object().size() == 50U);
    BOOST_TEST(value->as_object().begin()[7].key() == "k7");
    BOOST_TEST(value->as_object().begin()[7].value() == 57);
}

BOOST_AUTO_TEST_CASE(the_same_key_twice_can_be_rejected_with_its_place)
{
    BOOST_TEST(read(R"({"a":1,"b":{"a":1},"c":[{"a":1},{"a":1}]})", rejecting) ==
               R"({"a":1,"b":{"a":1},"c":[{"a":1},{"a":1}]})");
    BOOST_TEST(read(R"({"a":1,"a":2})", rejecting) == "duplicate_key '/a'");
    BOOST_TEST(read(R"({"a":1,"\u0061":2,"a":3})", rejecting) == "duplicate_key '/a'"); // once for each key
    BOOST_TEST(read(R"({"x":[0,{"a/b":1,"c":2,"a/b":1,"c":2}],"y":{"":{},"":{}},"x":1})", rejecting) ==
               "duplicate_key '/x/1/a~1b'; duplicate_key '/x/1/c'; duplicate_key '/y/'; duplicate_key '/x'");
    BOOST_TEST(read(R"([[],{"k":[{"d":1,"d":1}]}])", rejecting) == "duplicate_key '/1/k/0/d'");
    BOOST_TEST(read(R"({"a":1,"a":2)", rejecting) == "malformed_json '' offset 12"); // alone
}

BOOST_AUTO_TEST_CASE(as_many_places_are_told_as_the_rules_list)
{
    auto rules = rejecting;
    rules.max_violations = 2;
    auto const twice = read_value(R"({"a":1,"a":2,"b":1,"b":2,"c":1,"c":2})", rules);
    BOOST_TEST(twice.error().size() == 2U);
    BOOST_TEST(twice.error().omitted() == 1U);
    auto const beyond = read_value("[1e999,1e999,1e999]", {.max_violations = 1});
    BOOST_TEST(beyond.error().size() == 1U);
    BOOST_TEST(beyond.error().omitted() == 2U);
}

BOOST_AUTO_TEST_CASE(a_number_is_held_by_the_first_kind_that_can)
{
    for (auto const* number : {"0", "-0", "-1", "9223372036854775807", "-9223372036854775808"})
        BOOST_TEST(kind_of(number) == "int64", number);
    for (auto const* number : {"9223372036854775808", "18446744073709551615"})
        BOOST_TEST(kind_of(number) == "uint64", number);
    for (auto const* number : {"1.0", "1e0", "1E5", "-0.0", "18446744073709551616", "-9223372036854775809", "0.1"})
        BOOST_TEST(kind_of(number) == "double", number);
    BOOST_TEST(read_value("9223372036854775807")->as_int64() == INT64_MAX);
    BOOST_TEST(read_value("-9223372036854775808")->as_int64() == INT64_MIN);
    BOOST_TEST(read_value("18446744073709551615")->as_uint64() == UINT64_MAX);
}

BOOST_AUTO_TEST_CASE(a_double_is_the_nearest_one)
{
    for (auto const* number :
         {"0.1", "1.7976931348623157e308", "2.2250738585072014e-308", "4.9e-324", "5e-324", "2.2250738585072011e-308",
          "9007199254740993.0", "1234567890123456789012345678901234567890", "0.3e1", "1e23", "8.5e-322",
          "1.00000000000000011102230246251565404236316680908203125", "179769313486231570000000000000000000000e270"})
        BOOST_TEST(real(number) == std::strtod(number, nullptr), number);
    std::mt19937_64 random(7);
    for (int i = 0; i < 20'000; ++i) {
        auto const number = std::to_string(random()) + "." + std::to_string(random()) + "e" +
                            std::to_string(static_cast<int>(random() % 600) - 320);
        BOOST_REQUIRE_MESSAGE(real(number) == std::strtod(number.c_str(), nullptr), number);
    }
}

BOOST_AUTO_TEST_CASE(a_number_too_close_to_zero_is_zero)
{
    auto const zeros = std::string(400, '0');
    for (auto const& number : {std::string("1e-400"), std::string("0.0e400"), std::string("0e99999999999999999999"),
                               std::string("1e-99999999999999999999"), "0." + zeros + "1", std::string("2e-324"),
                               "0." + zeros + "1e50", "1" + zeros + "e-99999999999999999999"})
        BOOST_TEST(real(number) == 0.0, number);
    BOOST_TEST(std::signbit(real("-1e-400")));
    BOOST_TEST(std::signbit(real("-0.0")));
    BOOST_TEST(real("0.001e-9223372036854775808") == 0.0);
    BOOST_TEST(real("0." + zeros + "1e401") == 1.0);
}

BOOST_AUTO_TEST_CASE(a_number_beyond_the_finite_ones_is_out_of_range)
{
    auto const zeros = std::string(400, '0');
    for (auto const& number :
         {std::string("1e400"), std::string("-1e400"), std::string("1.8e308"), std::string("1e99999999999999999999"),
          std::string("1e9223372036854775807"), std::string("-0.01E+9223372036854775807"), "1" + zeros,
          "-1" + zeros + ".5", "0." + zeros + "1e800", std::string("1E+309"), "1" + zeros + "e-1"})
        BOOST_TEST(read(number) == "number_out_of_range ''", number);
    BOOST_TEST(read(R"({"a":[1,1e400],"b":{"c/d":-1e999},"e":1})") ==
               "number_out_of_range '/a/1'; number_out_of_range '/b/c~1d'");
    BOOST_TEST(read(R"({"a":1e400,"a":1})") == R"({"a":1})"); // checks see the winner alone
    BOOST_TEST(read("[1e400,") == "malformed_json '' offset 7");
}

BOOST_AUTO_TEST_CASE(what_is_read_lives_in_the_storage_given)
{
    boost::json::monotonic_resource memory;
    boost::json::storage_ptr const storage(&memory);
    auto const field = read_state(R"({"a":{"b":["c"]}})", {}, storage);
    BOOST_REQUIRE(field);
    BOOST_TEST((*(*field)->storage() == *storage));
    BOOST_TEST((*(*field)->at("a").at("b").storage() == *storage));
}

BOOST_AUTO_TEST_CASE(a_state_is_an_object)
{
    BOOST_TEST(shown(*read_state(R"( {"a":null} )")) == R"({"a":null})");
    BOOST_TEST(shown(*read_state("{}")) == "{}");
    for (auto const* text : {"null", "[]", "1", R"("{}")", "true"})
        BOOST_TEST(told(read_state(text)) == "expected_object ''", text);
    BOOST_TEST(told(read_state("{")) == "malformed_json '' offset 1");
    BOOST_TEST(told(read_state("[1,]")) == "malformed_json '' offset 3"); // before its type
}

BOOST_AUTO_TEST_SUITE_END()
