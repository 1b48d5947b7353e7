// SPDX-License-Identifier: BSL-1.0
#include <metapatch/auth0/management/user_rules.hpp>

#include "../../../requests.hpp"

#include <boost/test/unit_test.hpp>
#include <metapatch/auth0/algebra/user_diff.hpp>
#include <metapatch/auth0/management/create_user.hpp>
#include <metapatch/auth0/management/multifactor.hpp>
#include <metapatch/auth0/management/update_user.hpp>
#include <metapatch/auth0/management/view_user.hpp>
#include <string>
#include <string_view>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(rules_of_users)

namespace {

constexpr rule_code unknown_plan{"unknown_plan", "there is no such plan"};

constexpr auto known_plans = [](boost::json::value const& value, value_place const& place) noexcept -> value_verdict {
    if (place.level() > 1 || place.key() != "plan" || value == "free" || value == "team")
        return true;
    return unknown_plan;
};

} // namespace

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

BOOST_AUTO_TEST_CASE(policies_may_be_of_any_rules_in_every_form_of_a_request)
{
    auto const prefix = std::string("_"); // a lambda that captures
    auto const no_prefix = [prefix](std::string_view key) noexcept { return !key.starts_with(prefix); };
    auto const rules =
        with_app_metadata(with_user_metadata(auth0::standard_user_rules, and_keys(auth0::user_metadata, no_prefix)),
                          and_values(auth0::app_metadata, known_plans));
    auto const token = test::token_of("update:users create:users read:users delete:users");
    auto const told = [](auto const& made) { return made ? std::string("fine") : test::told(made.error().violations); };
    struct expected {
        std::string_view body;
        std::string_view says;
    };
    for (auto const& [body, says] :
         {expected{R"({"user_metadata":{"_a":1},"app_metadata":{"plan":"gold"}})",
                   "invalid_key_character '/user_metadata/_a'; own_rule '/app_metadata/plan'"},
          expected{R"({"user_metadata":{"a.b":{"_c":1}},"app_metadata":{"_a":{"$":1}}})",
                   "invalid_key_character '/user_metadata/a.b'; invalid_key_character "
                   "'/user_metadata/a.b/_c'; invalid_key_character '/app_metadata/_a/$'"},
          expected{R"({"user_metadata":{"a":1},"app_metadata":{"plan":"team"}})", "fine"}}) {
        BOOST_TEST(told(auth0::update_user("{}", token, "x", body, rules)) == says);
        BOOST_TEST(told(auth0::update_user(test::present("{}"), token, "x", test::json(body), rules)) == says);
        auth0::user_changes changes;
        BOOST_TEST(told(auth0::update_user("{}", token, "x", body, changes, rules)) == says);
        auto creating = std::string(body);
        creating.insert(1, R"("connection":"c",)");
        BOOST_TEST(told(auth0::create_user(token, "x", creating, rules)) == says);
        BOOST_TEST(told(auth0::create_user(token, "x", test::json(creating), rules)) == says);
        auth0::user_update update;
        BOOST_TEST(!update.read(token, "x", body, rules));
        std::string text;
        BOOST_TEST(told(update.apply("{}", text)) == says);
        BOOST_TEST(text == (says == "fine" ? body : ""));
    }
    auto const refused = auth0::update_user("{}", token, "x", R"({"app_metadata":{"plan":"gold"}})", rules).error();
    BOOST_TEST(refused.message == "app_metadata.plan: there is no such plan");
    BOOST_TEST(name(refused.violations.front()) == "unknown_plan");
    BOOST_TEST(auth0::view_user(std::string_view("{}"), token, "x", {}, rules).value() == "{}");
    BOOST_TEST(auth0::delete_multifactor_provider(std::string_view("{}"), token, "x", "duo", rules).value() == "{}");
    BOOST_TEST(!auth0::large_profile("{}", rules));
    BOOST_TEST(test::told(auth0::diff_users("{}", R"({"user_metadata":{"_a":1}})", rules)) ==
               "invalid_key_character '/user_metadata/_a'");
    BOOST_TEST(test::told(auth0::diff_users(test::object("{}"), test::object(R"({"app_metadata":{"plan":1}})"),
                                            rules)) == "own_rule '/app_metadata/plan'");
}

BOOST_AUTO_TEST_CASE(other_policies_keep_all_other_rules)
{
    auto base = auth0::standard_user_rules;
    base.permissions = auth0::documented;
    base.max_metadata_bytes = 1;
    base.large_profile_bytes = 2;
    base.stored = stored_text::trusted;
    base.instructions = scan_with::portable;
    base.user_metadata.limits.max_members = 3;
    base.app_metadata.limits.max_members = 4;
    auto const check = [](auto const& rules) {
        BOOST_TEST(rules.permissions.judges_effects);
        BOOST_TEST(rules.max_metadata_bytes == 1U);
        BOOST_TEST(rules.large_profile_bytes == 2U);
        BOOST_TEST((rules.stored == stored_text::trusted));
        BOOST_TEST((rules.instructions == scan_with::portable));
    };
    auto const user = with_user_metadata(base, first_level);
    check(user);
    BOOST_TEST(user.user_metadata.limits.max_members == unlimited);
    BOOST_TEST(user.app_metadata.limits.max_members == 4U);
    auto const app = with_app_metadata(base, replace);
    check(app);
    BOOST_TEST(app.user_metadata.limits.max_members == 3U);
    BOOST_TEST(app.app_metadata.merge.depth == 0U);
    constexpr auth0::basic_user_rules<any_key, any_key> usual;
    static_assert(usual.app_metadata.merge.cleared == cleared_field::absent);
    static_assert(usual.user_metadata.limits.max_bytes == auth0::max_metadata_bytes);
}

BOOST_AUTO_TEST_SUITE_END()
