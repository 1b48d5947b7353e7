// SPDX-License-Identifier: BSL-1.0
#include <metapatch/auth0/management/multifactor.hpp>

#include "../../../requests.hpp"

#include <boost/test/unit_test.hpp>
#include <optional>
#include <string>
#include <string_view>

using namespace metapatch;
using metapatch::test::present;
using metapatch::test::reason;
using metapatch::test::shown;
using metapatch::test::token_of;

BOOST_AUTO_TEST_SUITE(second_factors)

namespace {

std::string without(std::string_view stored, std::string_view provider)
{
    auto const by_text = auth0::delete_multifactor_provider(stored, token_of("update:users"), "me", provider);
    auto const by_dom = auth0::delete_multifactor_provider(present(stored), token_of("update:users"), "me", provider);
    BOOST_TEST(shown(by_dom.value()) == shown(test::json(by_text.value())));
    return by_text.value();
}

} // namespace

BOOST_AUTO_TEST_CASE(the_provider_leaves_the_list_and_nothing_else_changes)
{
    BOOST_TEST(
        without(R"({"n": 1,"multifactor" : ["duo", "guardian","duo",1],"user_metadata":{"multifactor":["duo"]}})",
                "duo") == R"({"n": 1,"multifactor" : ["guardian",1],"user_metadata":{"multifactor":["duo"]}})");
    BOOST_TEST(without(R"({"multifactor":["duo"]})", "duo") == R"({"multifactor":[]})");
    BOOST_TEST(without(R"({"multifactor":["duo"]})", "guardian") == R"({"multifactor":["duo"]})");
    BOOST_TEST(without(R"({"multifactor":["duo",1.50,{"a":[-0,1E2]}]})", "duo") ==
               R"({"multifactor":[1.50,{"a":[-0,1E2]}]})"); // numbers keep their digits
    BOOST_TEST(without(R"({"a":1})", "duo") == R"({"a":1})");
    BOOST_TEST(without(R"({"multifactor":"duo"})", "duo") == R"({"multifactor":"duo"})");
    BOOST_TEST(without(R"({"multifactor":null})", "duo") == R"({"multifactor":null})");
}

BOOST_AUTO_TEST_CASE(refusals_come_in_order)
{
    std::optional<std::string_view> const none;
    auto documented = auth0::standard_user_rules;
    documented.permissions = auth0::documented;
    BOOST_TEST(reason(auth0::delete_multifactor_provider(none, std::nullopt, "me", "duo").error()) ==
               "401 unauthorized");
    BOOST_TEST(
        reason(auth0::delete_multifactor_provider(none, token_of("update:current_user_metadata", "me"), "me", "duo")
                   .error()) == "403 insufficient_scope");
    BOOST_TEST(reason(auth0::delete_multifactor_provider(none, token_of("delete:current_user_metadata", "you"), "me",
                                                         "duo", documented)
                          .error()) == "403 subject_mismatch");
    BOOST_TEST(reason(auth0::delete_multifactor_provider(state(), token_of("delete:current_user_metadata", "me"), "me",
                                                         "duo", documented)
                          .error()) == "404 not_found");
    BOOST_TEST(reason(auth0::delete_multifactor_provider(std::string_view("1"), token_of("update:users"), "me", "duo")
                          .error()) == "500 unreadable_state");
    // A list that is no JSON is noticed even where the text is trusted, for it is read.
    auto trusting = auth0::standard_user_rules;
    trusting.stored = stored_text::trusted;
    for (auto const& rules : {auth0::standard_user_rules, trusting}) {
        for (std::string_view const stored :
             {R"({"multifactor":["duo",]})", R"({"multifactor":["a" "b"]})", R"({"multifactor":["a",nul]})"}) {
            std::string out = "as it was";
            auto const made =
                auth0::delete_multifactor_provider(stored, token_of("update:users"), "me", "duo", out, rules);
            BOOST_TEST(reason(made.error()) == "500 unreadable_state", stored);
            BOOST_TEST(out == "as it was");
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
