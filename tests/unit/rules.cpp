// SPDX-License-Identifier: BSL-1.0
#include <metapatch/rules.hpp>

#include "../support.hpp"

#include <boost/test/unit_test.hpp>

using namespace metapatch;

namespace {

struct somewhere {
    std::string pointer() const { return "/x"; }
};

} // namespace

BOOST_AUTO_TEST_SUITE(rules)

BOOST_AUTO_TEST_CASE(a_key_may_break_several_rules_and_is_told_of_each_in_the_order_of_the_codes)
{
    constexpr auto all_wrong = [](std::string_view) noexcept {
        return key_verdict(errc::empty_key) | errc::invalid_key_character;
    };
    policy const strict{all_wrong, {}, {.max_key_code_points = 1}};
    report found;
    detail::check_key({"xy", 1}, strict, somewhere{}, found);
    BOOST_TEST(test::told(found) == "invalid_key_character '/x'; empty_key '/x'; key_too_long '/x' limit 1 actual 2");
    found.clear();
    detail::check_key({"xy", 2}, strict, somewhere{}, found); // the length is a rule of the first level
    BOOST_TEST(test::told(found) == "invalid_key_character '/x'; empty_key '/x'");
}

BOOST_AUTO_TEST_CASE(lengths_are_code_points)
{
    report found;
    metapatch::limits const two{.max_value_code_points = 2};
    BOOST_TEST(detail::check_value(false, "\xF0\x9F\x98\x80\xC3\xA9", two, somewhere{}, found));
    BOOST_TEST(found.empty());
    BOOST_TEST(detail::check_value(false, "e\xCC\x81x", two, somewhere{}, found));
    BOOST_TEST(test::told(found) == "value_too_long '/x' limit 2 actual 3");
}

BOOST_AUTO_TEST_CASE(the_types_of_values_are_those_of_the_policy)
{
    auto const admits = [](value_types types, bool is_null, std::optional<std::string_view> string) {
        report found;
        bool const admitted = detail::check_value(is_null, string, {.values = types}, somewhere{}, found);
        BOOST_TEST(admitted == found.empty());
        return admitted;
    };
    BOOST_TEST(admits(value_types::any, false, {}));
    BOOST_TEST(admits(value_types::any, true, {}));
    BOOST_TEST(admits(value_types::string_or_null, true, {}));
    BOOST_TEST(admits(value_types::string_or_null, false, ""));
    BOOST_TEST(!admits(value_types::string_or_null, false, {}));
    BOOST_TEST(!admits(value_types::string, true, {}));
    BOOST_TEST(admits(value_types::string, false, "x"));
}

BOOST_AUTO_TEST_SUITE_END()
