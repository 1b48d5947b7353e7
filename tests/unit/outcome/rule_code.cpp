// SPDX-License-Identifier: BSL-1.0
#include <metapatch/outcome/rule_code.hpp>

#include <boost/test/unit_test.hpp>
#include <metapatch/outcome/violation.hpp>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(codes_of_ones_own)

namespace {

constexpr rule_code unknown_plan{"unknown_plan", "there is no such plan"};

} // namespace

BOOST_AUTO_TEST_CASE(a_code_of_ones_own_is_a_constant)
{
    static_assert(unknown_plan.name() == "unknown_plan");
    static_assert(unknown_plan == rule_code("unknown_plan", "there is no such plan"));
    static_assert(unknown_plan != rule_code("unknown_plan", "other words"));
    BOOST_TEST(unknown_plan.message() == "there is no such plan");
}

BOOST_AUTO_TEST_CASE(a_violation_by_it_tells_its_name_and_its_message)
{
    violation const own{.code = errc::own_rule, .pointer = "/plan", .own = unknown_plan};
    BOOST_TEST(name(own) == "unknown_plan");
    BOOST_TEST(own.message() == "/plan: there is no such plan");
    violation const plain{.code = errc::own_rule};
    BOOST_TEST(name(plain) == "own_rule");
    BOOST_TEST(plain.message() == "a rule of the program refuses it");
    BOOST_TEST((own != violation{.code = errc::own_rule, .pointer = "/plan"}));
}

BOOST_AUTO_TEST_SUITE_END()
