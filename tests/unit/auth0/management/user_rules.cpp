// SPDX-License-Identifier: BSL-1.0
#include <metapatch/auth0/management/user_rules.hpp>

#include <boost/test/unit_test.hpp>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(rules_of_users)

BOOST_AUTO_TEST_CASE(the_standard_rules_are_those_of_the_service)
{
    constexpr auto const& rules = auth0::standard_user_rules;
    BOOST_TEST(rules.max_metadata_bytes == 16U * 1024 * 1024);
    BOOST_TEST(rules.large_profile_bytes == 10U * 1024);
    BOOST_TEST(auth0::large_profiles_end == "2027-03-04");
    BOOST_TEST(!rules.permissions.judges_effects);
    BOOST_TEST((rules.permissions.rules.data() == auth0::enforced.rules.data()));
    BOOST_TEST((rules.user_metadata.merge.cleared == cleared_field::empty));
    BOOST_TEST((rules.app_metadata.merge.cleared == cleared_field::absent));
}

BOOST_AUTO_TEST_CASE(rules_can_be_edited_at_compile_time)
{
    constexpr auto mine = [] {
        auto rules = auth0::standard_user_rules;
        rules.permissions = auth0::documented;
        rules.user_metadata.limits.max_members = 5;
        return rules;
    }();
    static_assert(mine.permissions.judges_effects);
    BOOST_TEST(mine.user_metadata.limits.max_members == 5U);
}

BOOST_AUTO_TEST_SUITE_END()
