// SPDX-License-Identifier: BSL-1.0
#include <metapatch/outcome/findings.hpp>

#include <boost/test/unit_test.hpp>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(what_was_found)

namespace {

struct place {
    int number = 0;
    std::string pointer{};

    bool operator==(place const&) const = default;
};

} // namespace

BOOST_AUTO_TEST_CASE(what_is_found_is_kept_in_order)
{
    pointer_list found;
    BOOST_TEST(found.empty());
    BOOST_TEST((found == pointer_list()));
    found.add("/b");
    found.add("/a");
    BOOST_TEST(!found.empty());
    BOOST_TEST(found.size() == 2U);
    BOOST_TEST(found.omitted() == 0U);
    BOOST_TEST(found.front() == "/b");
    BOOST_TEST(found[1] == "/a");
    BOOST_TEST((std::vector<std::string>(found.begin(), found.end()) == std::vector<std::string>{"/b", "/a"}));
    BOOST_TEST((found != pointer_list()));
}

BOOST_AUTO_TEST_CASE(beyond_the_budget_of_pointers_it_is_only_counted)
{
    pointer_list found;
    found.add(std::string(pointer_list::pointer_budget, 'x'));
    BOOST_TEST(!found.full()); // the budget is what may be held
    found.add("y");
    BOOST_TEST(found.full());
    BOOST_TEST(found.omitted() == 0U);
    found.add("/z");
    found.add("");
    BOOST_TEST(found.size() == 2U);
    BOOST_TEST(found.omitted() == 2U);
}

BOOST_AUTO_TEST_CASE(beyond_a_number_of_findings_they_are_only_counted)
{
    pointer_list found(2);
    BOOST_TEST(found.max_size() == 2U);
    found.add("/a");
    BOOST_TEST(!found.full());
    found.add("/b");
    BOOST_TEST(found.full());
    found.add("/c");
    BOOST_TEST(found.size() == 2U);
    BOOST_TEST(found.omitted() == 1U);
    found.clear();
    BOOST_TEST((found == pointer_list()));
    BOOST_TEST(!found.full());
    BOOST_TEST(found.max_size() == 2U);
    BOOST_TEST(pointer_list().max_size() > 1'000'000U);
}

BOOST_AUTO_TEST_CASE(the_first_is_always_kept)
{
    pointer_list found(0);
    BOOST_TEST(!found.full());
    found.add(std::string(2 * pointer_list::pointer_budget, 'x'));
    found.add("/b");
    BOOST_TEST(found.size() == 1U);
    BOOST_TEST(found.omitted() == 1U);
}

BOOST_AUTO_TEST_CASE(lists_are_equal_where_they_hold_the_same)
{
    pointer_list one(1);
    pointer_list other(9);
    for (auto* const each : {&one, &other})
        each->add("/a");
    BOOST_TEST((one == other));
    one.add("/b");
    other.add_omitted(2);
    BOOST_TEST((one != other));
}

BOOST_AUTO_TEST_CASE(another_list_is_added_with_what_it_omits)
{
    pointer_list one;
    one.add("/a");
    one.add_omitted(2);
    pointer_list other;
    other.add("/b");
    other.add_omitted(3);
    one.add_all(other);
    BOOST_TEST(one.size() == 2U);
    BOOST_TEST(one[1] == "/b");
    BOOST_TEST(one.omitted() == 5U);
}

BOOST_AUTO_TEST_CASE(of_what_has_a_pointer_and_more_the_pointers_count)
{
    findings<place> found;
    found.add({1, std::string(findings<place>::pointer_budget + 1, 'x')});
    found.add({2, "/a"});
    BOOST_TEST(found.full());
    BOOST_TEST(found.size() == 1U);
    BOOST_TEST(found.front().number == 1);
    BOOST_TEST(found.omitted() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
