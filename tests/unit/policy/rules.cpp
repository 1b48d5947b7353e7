// SPDX-License-Identifier: BSL-1.0
#include <metapatch/policy/rules.hpp>

#include "../../support.hpp"

#include <boost/test/unit_test.hpp>

using namespace metapatch;
using metapatch::test::told;

BOOST_AUTO_TEST_SUITE(rules)

namespace {

struct somewhere {
    std::size_t* asked;
    std::string pointer() const
    {
        ++*asked;
        return "/here";
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(a_key_is_told_every_code_and_its_length)
{
    constexpr policy strict{both{key_characters::all_but("."), no_empty_key{}}, {}, {.max_key_code_points = 2}};
    std::size_t asked = 0;
    report found;
    detail::check_key({"ok", 1}, strict, somewhere{&asked}, found);
    detail::check_key({"\xC3\xA9\xC3\xA9", 1}, strict, somewhere{&asked}, found);
    detail::check_key({"long", 2}, strict, somewhere{&asked}, found);
    BOOST_TEST(asked == 0U); // a place is asked for only where something is wrong
    BOOST_TEST(told(found).empty());
    detail::check_key({"a.b", 1}, strict, somewhere{&asked}, found);
    detail::check_key({"", 3}, strict, somewhere{&asked}, found);
    BOOST_TEST(told(found) ==
               "invalid_key_character '/here'; key_too_long '/here' limit 2 actual 3; empty_key '/here'");
}

BOOST_AUTO_TEST_CASE(a_value_is_judged_by_its_type_and_then_by_its_length)
{
    constexpr limits strings{.values = value_types::string, .max_value_code_points = 2};
    constexpr limits strings_or_null{.values = value_types::string_or_null};
    std::size_t asked = 0;
    report found;
    BOOST_TEST(detail::check_value(false, "\xC3\xA9\xC3\xA9", strings, somewhere{&asked}, found));
    BOOST_TEST(detail::check_value(true, {}, strings_or_null, somewhere{&asked}, found));
    BOOST_TEST(detail::check_value(false, {}, limits{}, somewhere{&asked}, found));
    BOOST_TEST(told(found).empty());
    BOOST_TEST(detail::check_value(false, "abc", strings, somewhere{&asked}, found)); // of a type admitted, if too long
    BOOST_TEST(!detail::check_value(true, {}, strings, somewhere{&asked}, found));
    BOOST_TEST(!detail::check_value(false, {}, strings_or_null, somewhere{&asked}, found));
    BOOST_TEST(told(found) ==
               "value_too_long '/here' limit 2 actual 3; invalid_value_type '/here'; invalid_value_type '/here'");
}

BOOST_AUTO_TEST_CASE(no_pointer_is_made_once_the_report_only_counts)
{
    std::size_t asked = 0;
    report found({.code = errc::too_deep, .pointer = std::string(report::pointer_budget + 1, 'x')});
    detail::check_key({"", 1}, policy{no_empty_key{}}, somewhere{&asked}, found);
    BOOST_TEST(asked == 0U);
    BOOST_TEST(found.omitted() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
