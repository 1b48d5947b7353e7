// SPDX-License-Identifier: BSL-1.0

// A name of each room, by the umbrellas.
#include <metapatch/access.hpp>
#include <metapatch/algebra.hpp>
#include <metapatch/auth0/contract.hpp>
#include <metapatch/auth0/login.hpp>
#include <metapatch/auth0/management.hpp>
#include <metapatch/auth0/request.hpp>
#include <metapatch/json.hpp>
#include <metapatch/outcome.hpp>
#include <metapatch/patch.hpp>
#include <metapatch/policy.hpp>
#include <metapatch/simd.hpp>
#include <metapatch/splice.hpp>

#include "../patch_text.hpp"

#include <boost/test/unit_test.hpp>
#include <string_view>

using namespace metapatch;
using metapatch::test::field;
using metapatch::test::shown;

BOOST_AUTO_TEST_SUITE(umbrellas)

BOOST_AUTO_TEST_CASE(each_room_has_its_names)
{
    BOOST_TEST(report().empty());
    BOOST_TEST(read_value("[1]").has_value());
    BOOST_TEST(is_json("[1]"));
    BOOST_TEST(scope_view("read:users").contains("read:users"));
    BOOST_TEST((first_level.merge.depth == 1));
    BOOST_TEST(read_patch("{}", first_level).has_value());
    BOOST_TEST(**spliced("{}", R"({"a":1})", first_level) == R"({"a":1})");
    BOOST_TEST(auth0::find_profile("auth0.user_metadata") != nullptr);
    BOOST_TEST(auth0::effects_of({}, {}).created.empty());
    BOOST_TEST((auth0::standard_user_rules.large_profile_bytes == 10'240));
    BOOST_TEST(auth0::signup("auth0|1", std::string_view(R"({"password":"p","connection":"db"})")).has_value());
    BOOST_TEST(auth0::passkey_signup("auth0|1", std::string_view(R"({"user_profile":{"email":"a@b"}})")).has_value());
}

BOOST_AUTO_TEST_CASE(algebra_has_all_operations)
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
