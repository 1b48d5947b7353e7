// SPDX-License-Identifier: BSL-1.0
#include <metapatch/auth0/contract/root_attributes.hpp>

#include <metapatch/algebra/advice.hpp>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <set>
#include <string>
#include <string_view>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(auth0_root_attributes)

BOOST_AUTO_TEST_CASE(the_attributes_are_those_of_the_answer_to_an_update_each_once)
{
    std::multiset<std::string_view> const names(auth0::root_attributes.begin(), auth0::root_attributes.end());
    std::string told;
    for (auto const name : names)
        told.append(name) += ' ';
    BOOST_TEST(told ==
               "app_metadata blocked created_at email email_verified family_name given_name identities last_ip "
               "last_login last_password_reset logins_count multifactor multifactor_last_modified name nickname "
               "phone_number phone_verified picture updated_at user_id user_metadata username ");
}

BOOST_AUTO_TEST_CASE(a_member_that_hides_an_attribute_is_advised)
{
    auto const changes = patch().set("nickname", "jo").set("plan", "full").remove("picture");
    auto const found = advise(state(), changes, first_level, auth0::root_attributes);
    BOOST_TEST_REQUIRE(found.size() == 1U);
    BOOST_TEST((found.front() == advice{advice_code::root_collision, "/nickname"}));
}

BOOST_AUTO_TEST_CASE(what_a_patch_alone_carries_is_no_attribute_of_the_profile)
{
    for (std::string_view const name : {"password", "verify_email", "client_id", "connection"})
        BOOST_TEST((std::find(auth0::root_attributes.begin(), auth0::root_attributes.end(), name) ==
                    auth0::root_attributes.end()));
}

BOOST_AUTO_TEST_SUITE_END()
