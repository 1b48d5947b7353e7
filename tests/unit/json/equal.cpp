// SPDX-License-Identifier: BSL-1.0
#include <metapatch/json/equal.hpp>

#include "../../support.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/test/unit_test.hpp>
#include <limits>

using namespace metapatch;
using metapatch::test::json;

BOOST_AUTO_TEST_SUITE(equality)

namespace {

/// Both ways round, since equality is symmetric.
bool same(boost::json::value const& left, boost::json::value const& right)
{
    bool const answer = metapatch::equal(left, right);
    BOOST_TEST(metapatch::equal(right, left) == answer);
    if (left.is_object() && right.is_object())
        BOOST_TEST(metapatch::equal(left.get_object(), right.get_object()) == answer);
    return answer;
}

boost::json::value nested(boost::json::storage_ptr const& storage, std::size_t levels)
{
    boost::json::value deep(1, storage);
    for (std::size_t i = 0; i < levels; ++i) {
        boost::json::array around(storage);
        around.push_back(std::move(deep));
        deep = std::move(around);
    }
    return deep;
}

} // namespace

BOOST_AUTO_TEST_CASE(values_of_every_kind_equal_themselves_alone)
{
    char const* const texts[]{"null",
                              "true",
                              "false",
                              "0",
                              "1",
                              "-1",
                              "1.5",
                              R"("")",
                              R"("1")",
                              "[]",
                              "[1]",
                              "[null]",
                              "{}",
                              R"({"a":null})",
                              R"({"a":1})",
                              R"({"b":1})",
                              R"({"a":1,"b":1})",
                              "[1,2]",
                              "[2,1]",
                              "[[1]]"};
    for (auto const* left : texts) {
        for (auto const* right : texts)
            BOOST_TEST(same(json(left), json(right)) == (left == right), left << " and " << right);
    }
}

BOOST_AUTO_TEST_CASE(the_order_of_members_is_insignificant_at_every_depth)
{
    BOOST_TEST(
        same(json(R"({"a":1,"b":{"c":[{"x":1,"y":2}],"d":2}})"), json(R"({"b":{"d":2,"c":[{"y":2,"x":1}]},"a":1})")));
    BOOST_TEST(
        !same(json(R"({"a":1,"b":{"c":[{"x":1,"y":2}],"d":2}})"), json(R"({"b":{"d":2,"c":[{"y":1,"x":2}]},"a":1})")));
}

BOOST_AUTO_TEST_CASE(numbers_are_equal_by_value_whatever_holds_them)
{
    boost::json::value const one(1);
    BOOST_TEST(same(one, 1U));
    BOOST_TEST(same(one, 1.0));
    BOOST_TEST(same(0, -0.0));
    BOOST_TEST(same(-3, -3.0));
    BOOST_TEST(!same(-3, 3.0));
    BOOST_TEST(!same(1, 1.5));
    BOOST_TEST(same(INT64_MIN, -9223372036854775808.0));
    BOOST_TEST(!same(INT64_MAX, 9223372036854775808.0));
    BOOST_TEST(same(std::uint64_t{1} << 63, 9223372036854775808.0));
    BOOST_TEST(!same(INT64_MIN, std::uint64_t{1} << 63));
    BOOST_TEST(!same(UINT64_MAX, 18446744073709551616.0));
    BOOST_TEST(!same(9007199254740993, 9007199254740992.0));
    BOOST_TEST(same(1e300, 1e300));
    BOOST_TEST(!same(1e300, -1e300));
    BOOST_TEST(!same(-1, UINT64_MAX));
}

BOOST_AUTO_TEST_CASE(nan_equals_nothing)
{
    boost::json::value const nan(std::numeric_limits<double>::quiet_NaN());
    BOOST_TEST(!same(nan, nan));
    BOOST_TEST(!same(nan, 0));
    double const infinity = std::numeric_limits<double>::infinity();
    BOOST_TEST(same(infinity, infinity));
    BOOST_TEST(!same(infinity, -infinity));
}

BOOST_AUTO_TEST_CASE(a_million_levels_are_compared_without_recursion)
{
    // In a monotonic resource nothing is destroyed, or Boost.JSON's own destructor would overflow the stack.
    boost::json::monotonic_resource memory;
    auto const left = nested(&memory, 1'000'000);
    BOOST_TEST(metapatch::equal(left, nested(&memory, 1'000'000)));
    BOOST_TEST(!metapatch::equal(left, nested(&memory, 999'999)));
}

BOOST_AUTO_TEST_SUITE_END()
