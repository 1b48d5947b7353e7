// SPDX-License-Identifier: BSL-1.0
#include <metapatch/algebra/rebase.hpp>

#include "../../patch_text.hpp"

#include <boost/test/unit_test.hpp>
#include <metapatch/auth0/contract/policies.hpp>

using namespace metapatch;
using metapatch::test::field;
using metapatch::test::shown;

BOOST_AUTO_TEST_SUITE(rebasing)

namespace {

template<class Policy>
std::string differing(std::string_view first, std::string_view second, Policy const& policy)
{
    auto const p = read_patch(first, policy).value();
    auto const q = read_patch(second, policy).value();
    auto const found = conflicts(p, q, policy);
    BOOST_TEST(commutes(p, q, policy) == found.empty());
    return shown(found.keys) + (found.presence ? "(presence)" : "");
}

template<class Policy>
std::string rest(std::string_view changes, std::string_view onto, Policy const& policy)
{
    return shown(rebase(read_patch(changes, policy).value(), read_patch(onto, policy).value(), policy).rest);
}

} // namespace

BOOST_AUTO_TEST_CASE(two_patches_conflict_on_the_keys_that_they_set_differently)
{
    BOOST_TEST(differing(R"({"a":1,"b":2,"c":null,"d":{"e":1}})", R"({"d":{"e":1.0},"c":3,"b":2,"a":2,"x":1})",
                         first_level) == "a c");
    BOOST_TEST(differing(R"({"a":1})", R"({"b":1})", first_level) == "");
    BOOST_TEST(differing(R"({"a":null})", R"({"a":null})", first_level) == "");
}

BOOST_AUTO_TEST_CASE(what_merges_conflicts_only_where_its_members_do)
{
    BOOST_TEST(differing(R"({"a":{"x":1},"b":{"x":{"y":1}}})", R"({"a":{"y":2},"b":{"x":{"y":2}}})", rfc7396) == "b");
    BOOST_TEST(differing(R"({"a":{"x":1}})", R"({"a":{"y":2}})", first_level) == "a");
    BOOST_TEST(differing(R"({"a":{}})", R"({"a":null})", rfc7396) == "a");
    BOOST_TEST(differing(R"({"a":{"b":{"x":1}}})", R"({"a":{"b":{"y":1}}})", up_to_level(2)) == "a");
    BOOST_TEST(differing(R"({"a":{"b":{"x":1}}})", R"({"a":{"b":{"y":1}}})", up_to_level(3)) == "");
}

BOOST_AUTO_TEST_CASE(a_clear_conflicts_with_what_is_set_and_in_presence_with_what_is_removed)
{
    BOOST_TEST(differing("{}", R"({"b":1,"a":null})", auth0::app_metadata) == "b");
    BOOST_TEST(differing("{}", R"({"a":null})", auth0::app_metadata) == "(presence)");
    BOOST_TEST(differing(R"({"a":null})", "{}", auth0::app_metadata) == "(presence)");
    BOOST_TEST(differing("{}", R"({"a":null})", auth0::user_metadata) == "");
    BOOST_TEST(differing(R"({"b":1,"c":1,"a":1})", R"({"d":1,"a":1})", replace) == "b c d");
    BOOST_TEST(differing("{}", "{}", auth0::app_metadata) == "");
}

BOOST_AUTO_TEST_CASE(an_untouched_patch_conflicts_with_nothing)
{
    BOOST_TEST(commutes(patch(), patch().clear(), auth0::app_metadata));
    BOOST_TEST(conflicts(patch().set("a", 1), patch(), replace).empty());
}

BOOST_AUTO_TEST_CASE(of_a_rebased_patch_what_is_done_already_is_dropped)
{
    BOOST_TEST(rest(R"({"a":1,"b":2,"c":null})", R"({"a":1.0,"b":3,"c":null,"d":4})", first_level) == R"({"b":2})");
    BOOST_TEST(rest(R"({"a":1})", R"({"a":1,"b":2})", first_level) == "untouched");
    BOOST_TEST(rest(R"({"a":{"x":1,"y":{"z":1}}})", R"({"a":{"x":2,"y":{"z":1}}})", rfc7396) == R"({"a":{"x":1}})");
    BOOST_TEST(rest(R"({"a":{"x":null}})", R"({"a":1})", rfc7396) == R"({"a":{}})");
    BOOST_TEST(rest(R"({"a":{"x":null,"y":{"z":null}}})", R"({"a":null})", rfc7396) == R"({"a":{"y":{}}})");
}

BOOST_AUTO_TEST_CASE(behind_a_clear_removals_have_nothing_left_to_do_but_to_make_the_field_present)
{
    BOOST_TEST(rest(R"({"a":1,"b":null})", "{}", auth0::user_metadata) == R"({"a":1})");
    BOOST_TEST(rest(R"({"b":null})", "{}", auth0::user_metadata) == "untouched");
    BOOST_TEST(rest(R"({"b":null,"c":null})", "{}", auth0::app_metadata) == R"({"_":null})");
    auto no_keys = auth0::app_metadata; // none that may be removed
    no_keys.limits.max_key_code_points = 0;
    BOOST_TEST(rest(R"({"b":null,"c":null})", "{}", no_keys) == R"({"b":null})");
}

BOOST_AUTO_TEST_CASE(where_either_is_empty_presence_is_neither_left_to_do_nor_a_conflict)
{
    auto const& app = auth0::app_metadata;
    auto const rebased = [&](std::string_view body, std::string_view onto) {
        auto const made = rebase(read_patch(body, app).value(), read_patch(onto, app).value(), app, presence::either);
        return shown(made.rest) + (made.conflicts.presence ? " presence" : "") +
               (made.conflicts.keys.empty() ? "" : " keys");
    };
    BOOST_TEST(rebased(R"({"b":null,"c":null})", "{}") == "untouched");
    BOOST_TEST(rebased("{}", R"({"b":null})") == "clear {}"); // of what else is stored
    BOOST_TEST(rebased(R"({"b":1,"c":null})", "{}") == R"({"b":1} keys)");
    auto const cleared = patch().clear().remove("a");
    BOOST_TEST(shown(rebase(cleared, patch().clear(), app, presence::either).rest) == "untouched");
    BOOST_TEST(!rebase(cleared, patch().clear(), app).rest.is_untouched());
    BOOST_TEST(rebase(cleared, patch().clear(), app).conflicts.presence);
}

BOOST_AUTO_TEST_CASE(a_patch_that_clears_stays_as_it_is_unless_nothing_is_left_of_it)
{
    BOOST_TEST(rest("{}", R"({"a":1})", first_level) == "clear {}");
    BOOST_TEST(rest("{}", "{}", first_level) == "untouched");
    BOOST_TEST(rest(R"({"a":1})", R"({"b":2})", replace) == R"(clear {"a":1})");
    BOOST_TEST(rest(R"({"a":1,"n":null})", R"({"a":1})", replace) == "untouched");
}

BOOST_AUTO_TEST_CASE(a_rebase_tells_the_conflicts_and_has_the_last_word)
{
    auto const changes = patch().set("a", 1).set("b", 1);
    auto const onto = patch().set("b", 2).set("a", 1);
    auto const rebased = rebase(changes, onto, first_level);
    BOOST_TEST(shown(rebased.conflicts.keys) == "b");
    BOOST_TEST(shown(applied(applied(field(""), onto, first_level).value(), rebased.rest, first_level).value()) ==
               R"({"b":1,"a":1})");
    BOOST_TEST(shown(rebase(changes, patch(), first_level).rest) == R"({"a":1,"b":1})");
    BOOST_TEST(shown(rebase(patch(), onto, first_level).rest) == "untouched");
}

BOOST_AUTO_TEST_SUITE_END()
