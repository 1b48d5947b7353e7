// SPDX-License-Identifier: BSL-1.0
#include <metapatch/auth0/root_attributes.hpp>

#include <metapatch/advice.hpp>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <set>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(auth0_root_attributes)

BOOST_AUTO_TEST_CASE(no_attribute_is_listed_twice)
{
    std::set<std::string_view> const names(auth0::root_attributes.begin(), auth0::root_attributes.end());
    BOOST_TEST(names.size() == auth0::root_attributes.size());
    BOOST_TEST(!names.contains(""));
}

BOOST_AUTO_TEST_CASE(a_member_that_hides_an_attribute_is_advised)
{
    auto const changes = patch().set("nickname", "jo").set("plan", "full").remove("picture");
    auto const found = advise(state(), changes, auth0::root_attributes);
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
