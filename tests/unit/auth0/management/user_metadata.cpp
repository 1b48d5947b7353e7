// SPDX-License-Identifier: BSL-1.0
#include <metapatch/auth0/management/user_metadata.hpp>

#include "../../../requests.hpp"

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
    auth0::detail::text_body read;
    auto const by = auth0::detail::rules_for_text(rules);
    BOOST_TEST_REQUIRE(!read.read(body, by.fields, fastest_scan()));
    text_media media(stored, read);
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

BOOST_AUTO_TEST_CASE(both_fields_together_are_measured_whichever_is_touched)
{
    auto rules = auth0::standard_user_rules;
    auto const with_limit = [&](std::size_t limit, std::string_view stored, std::string_view body) {
        rules.max_metadata_bytes = limit;
        return merged(stored, body, rules);
    };
    std::string_view const both = R"({"user_metadata":{"a":1},"app_metadata":{"bc":1}})"; // 7 and 8 bytes
    BOOST_TEST(with_limit(15, R"({"user_metadata":{"a":1}})", R"({"app_metadata":{"bc":1}})") == both);
    BOOST_TEST(with_limit(14, R"({"user_metadata":{"a":1}})", R"({"app_metadata":{"bc":1}})") ==
               "too_large '' limit 14 actual 15");
    BOOST_TEST(with_limit(14, R"({"app_metadata":{"bc":1}})", R"({"user_metadata":{"a":1}})") ==
               "too_large '' limit 14 actual 15");
    BOOST_TEST(with_limit(14, "{}", both) == "too_large '' limit 14 actual 15");
    BOOST_TEST(with_limit(15, "{}", both) == both);
}

BOOST_AUTO_TEST_CASE(null_clears_a_field_of_metadata_whose_policy_says_so)
{
    auto rules = auth0::standard_user_rules;
    rules.app_metadata.merge.on_null = null_body::clears;
    auto const clears = auth0::detail::null_clears_by(rules);
    BOOST_TEST(clears("app_metadata"));
    BOOST_TEST(!clears("user_metadata"));
    BOOST_TEST(!clears("name"));
}

BOOST_AUTO_TEST_CASE(attributes_are_set_but_for_metadata_and_for_what_says_how_to_go_about_it)
{
    auth0::detail::text_body body;
    auto const by = auth0::detail::rules_for_text(auth0::standard_user_rules);
    BOOST_TEST_REQUIRE(!body.read(R"({"name":"y","verify_email":true,"user_metadata":{"a":1},"blocked":true})",
                                  by.fields, fastest_scan()));
    text_media media(R"({"name":"x"})", body);
    BOOST_TEST_REQUIRE(!media.read_stored());
    body.members().look_up([](std::string_view name, std::uint64_t) { return auth0::detail::update_index.find(name); });
    auth0::detail::set_attributes(media);
    BOOST_TEST(media.finish() == R"({"name":"y","blocked":true})");
}

BOOST_AUTO_TEST_CASE(a_body_without_metadata_is_not_measured)
{
    auto rules = auth0::standard_user_rules;
    rules.max_metadata_bytes = 1;
    BOOST_TEST(merged(R"({"user_metadata":{"a":1}})", R"({"name":"x"})", rules) == R"({"user_metadata":{"a":1}})");
}

BOOST_AUTO_TEST_SUITE_END()
