// SPDX-License-Identifier: BSL-1.0
#include <metapatch/outcome/operation_fault.hpp>

#include <boost/test/unit_test.hpp>

using metapatch::operation_fault;

BOOST_AUTO_TEST_SUITE(operation_faults)

BOOST_AUTO_TEST_CASE(every_fault_keeps_its_name)
{
    // The names travel on the wire: this list is a promise, not a copy.
    constexpr std::array<std::string_view, 12> promised_names{
        "not_an_object", "missing_member", "not_a_string", "unknown_op", "no_slash", "bad_escape",
        "into_itself",   "no_document",    "no_member",    "no_element", "no_index", "not_a_container"};
    for (std::size_t i = 0; i < promised_names.size(); ++i)
        BOOST_TEST(name(static_cast<operation_fault>(i)) == promised_names[i]);
    static_assert(name(operation_fault::into_itself) == "into_itself");
    static_assert(name(operation_fault::not_a_container) == "not_a_container");
    BOOST_TEST(name(static_cast<operation_fault>(promised_names.size())) == "unknown");
}

BOOST_AUTO_TEST_SUITE_END()
