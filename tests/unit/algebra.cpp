// SPDX-License-Identifier: BSL-1.0
#include <metapatch/algebra.hpp>

#include "../patch_text.hpp"

#include <boost/test/unit_test.hpp>
#include <metapatch/auth0/policies.hpp>

using namespace metapatch;
using metapatch::test::field;
using metapatch::test::shown;

BOOST_AUTO_TEST_SUITE(algebra)

BOOST_AUTO_TEST_CASE(one_header_has_all_operations)
{
    auto const& policy = auth0::user_metadata;
    auto const before = field(R"({"color":"red","hobby":"chess"})");
    auto const changes = diff(before, field(R"({"color":"blue"})"), policy).value();
    auto const both = compose(changes, patch().set("city", "Oslo")).value();
    BOOST_TEST(shown(both) == R"({"hobby":null,"color":"blue","city":"Oslo"})");
    BOOST_TEST(shown(inverse(before, both, policy)) == R"({"hobby":"chess","color":"red","city":null})");
    BOOST_TEST(shown(to_bodies(both, policy)) == R"({"hobby":null,"color":"blue","city":"Oslo"})");
    BOOST_TEST(!commutes(both, patch().set("color", "green"), policy));
    BOOST_TEST(shown(rebase(both, changes, policy).rest) == R"({"city":"Oslo"})");
    BOOST_TEST(three_way(before, before, field("{}"), policy)->mine.is_untouched());
}

BOOST_AUTO_TEST_SUITE_END()
