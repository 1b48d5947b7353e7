// SPDX-License-Identifier: BSL-1.0
#include <metapatch/json/exact_dom.hpp>

#include "../../patch_text.hpp"

#include <boost/test/unit_test.hpp>

using namespace metapatch;
using metapatch::test::shown;
using metapatch::test::told;

BOOST_AUTO_TEST_SUITE(exact_doms)

namespace {

bool same_value(std::string_view left, std::string_view right)
{
    exact_dom dom;
    auto const a = dom.read(left).value();
    auto const b = dom.read(right).value();
    return equal(a, b);
}

} // namespace

BOOST_AUTO_TEST_CASE(numbers_are_written_as_they_were_read)
{
    for (std::string_view const text : {R"({"a":1.10,"b":[-0,1e400,123456789012345678901234567890,1E-400]})", "7",
                                        "null", R"({"s":"1.10","t":true})"}) {
        exact_dom dom;
        auto const value = dom.read(text).value();
        BOOST_TEST(dom.write(value) == text);
    }
}

BOOST_AUTO_TEST_CASE(numbers_of_one_value_are_equal_and_three_forms_of_it_are_kept)
{
    for (auto const& [left, right] :
         {std::pair("1", "1.0"), std::pair("100", "1e2"), std::pair("1E+2", "0.1e3"), std::pair("0", "-0.00e9"),
          std::pair("-1.50", "-15e-1"), std::pair("10e400", "1e401"), std::pair("0.001", "1e-3"),
          std::pair("1e0002", "1e2")})
        BOOST_TEST(same_value(left, right), left);
    exact_dom dom;
    auto const value = dom.read("[1.0,1,1e0,1.00,1,1e0]").value();
    BOOST_TEST(dom.write(value) == "[1.0,1,1e0,1.0,1,1e0]");
    BOOST_TEST(equal(value.at(0), value.at(1)));
    BOOST_TEST(equal(value.at(1), value.at(2)));
}

BOOST_AUTO_TEST_CASE(numbers_of_other_values_are_not_equal)
{
    for (auto const& [left, right] :
         {std::pair("1", "-1"), std::pair("1", "10"), std::pair("1.1", "1.10000000000000000000000000001"),
          std::pair("9007199254740993", "9007199254740992"), std::pair("1e400", "1e401"), std::pair("12", "1.2"),
          std::pair("1e99999999999999999999", "1e99999999999999999998"), std::pair("101", "11")})
        BOOST_TEST(!same_value(left, right), left);
    BOOST_TEST(same_value("1e99999999999999999999", "1e+99999999999999999999"));
    BOOST_TEST(same_value("0e99999999999999999999", "0"));
}

BOOST_AUTO_TEST_CASE(a_difference_of_texts_keeps_their_numbers)
{
    exact_dom dom;
    state const from(dom.read(R"({"a":1.0,"b":0.1,"big":1e400})").value().get_object());
    state const to(dom.read(R"({"a":1,"b":0.10000000000000000000001,"big":10e399,"c":1.50})").value().get_object());
    auto const made = diff(from, to, first_level).value();
    BOOST_TEST(dom.write(made.members()) == R"({"b":0.10000000000000000000001,"c":1.50})");
}

BOOST_AUTO_TEST_CASE(integers_as_written_beyond_2_to_the_53_are_unsafe)
{
    exact_dom dom;
    for (auto const* text : {"9007199254740992", "-9007199254740992", "123456789012345678901234567890"})
        BOOST_TEST(dom.is_unsafe_integer(dom.read(text).value()), text);
    for (auto const* text : {"9007199254740991", "-9007199254740991", "1e30", "9007199254740993.5", "-0"})
        BOOST_TEST(!dom.is_unsafe_integer(dom.read(text).value()), text);
}

BOOST_AUTO_TEST_CASE(a_text_is_read_by_the_rules)
{
    exact_dom dom;
    BOOST_TEST(told(dom.read("[1")) == "malformed_json '' offset 2");
    BOOST_TEST(told(dom.read(R"({"a":1,"a":2})", {.duplicates = duplicate_keys::rejected})) == "duplicate_key '/a'");
    BOOST_TEST(told(dom.read("[[1]]", {.max_nesting = 1})) == "too_deep '' limit 1 offset 1");
}

BOOST_AUTO_TEST_SUITE_END()
