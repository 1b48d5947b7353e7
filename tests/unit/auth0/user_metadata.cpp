// SPDX-License-Identifier: BSL-1.0
#include <metapatch/auth0/user_metadata.hpp>

#include "../../requests.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

using namespace metapatch;
using auth0::detail::text_media;
using metapatch::test::told;

BOOST_AUTO_TEST_SUITE(metadata_of_users)

namespace {

std::string merged(std::string_view stored, std::string_view body, auth0::user_rules const& rules)
{
    text_media media(stored, body);
    BOOST_TEST_REQUIRE(!media.read_body());
    BOOST_TEST_REQUIRE(!media.read_stored());
    auto const refused = auth0::detail::merge_metadata(media, auth0::detail::update_attributes, rules);
    return refused ? told(refused->violations) : media.finish();
}

} // namespace

BOOST_AUTO_TEST_CASE(results_are_looked_at_only_where_both_patches_are_fine)
{
    auto rules = auth0::standard_user_rules;
    rules.user_metadata.limits.max_bytes = 10;
    BOOST_TEST(merged(R"({"user_metadata":{}})", R"({"user_metadata":{"k":"12345"},"app_metadata":{"$":1}})", rules) ==
               "invalid_key_character '/app_metadata/$'");
    BOOST_TEST(merged(R"({"user_metadata":{}})", R"({"user_metadata":{"k":"12345"},"app_metadata":{"b":1}})", rules) ==
               "too_large '/user_metadata' limit 10 actual 13");
    rules.app_metadata.limits.max_members = 0;
    BOOST_TEST(merged(R"({"user_metadata":{}})", R"({"user_metadata":{"k":"12345"},"app_metadata":{"b":null}})",
                      rules) == "too_many_members '/app_metadata' limit 0 actual 1");
}

BOOST_AUTO_TEST_CASE(the_results_of_both_fields_are_told)
{
    auto rules = auth0::standard_user_rules;
    rules.user_metadata.limits.max_bytes = 10;
    rules.app_metadata.limits.max_bytes = 5;
    BOOST_TEST(merged("{}", R"({"user_metadata":{"k":"12345"},"app_metadata":{"b":1}})", rules) ==
               "too_large '/user_metadata' limit 10 actual 13; too_large '/app_metadata' limit 5 actual 7");
}

BOOST_AUTO_TEST_CASE(a_body_without_metadata_is_not_measured)
{
    auto rules = auth0::standard_user_rules;
    rules.max_metadata_bytes = 1;
    BOOST_TEST(merged(R"({"user_metadata":{"a":1}})", R"({"name":"x"})", rules) == R"({"user_metadata":{"a":1}})");
}

BOOST_AUTO_TEST_SUITE_END()
