// SPDX-License-Identifier: BSL-1.0
#include <metapatch/auth0/login/rule_user.hpp>

#include "../../../running_out.hpp"
#include "../../../support.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/test/unit_test.hpp>

using namespace metapatch;
using metapatch::test::object;
using metapatch::test::shown;

BOOST_AUTO_TEST_SUITE(user_of_rules)

namespace {

/// As both forms make it; the one that is given stays as it is.
std::string seen(std::string_view user)
{
    auto const stored = object(user);
    auto in_place = stored;
    auth0::copy_app_metadata_to_root(in_place);
    auto const copy = auth0::rule_user(stored);
    BOOST_TEST(shown(stored) == shown(object(user)));
    BOOST_TEST(shown(copy) == shown(in_place));
    return shown(copy);
}

} // namespace

BOOST_AUTO_TEST_CASE(the_first_level_of_app_metadata_is_copied_over_the_root)
{
    BOOST_TEST(seen(R"({"groups":["external"],"name":"J","app_metadata":{"plan":{"a":[1]},"groups":["internal"]}})") ==
               R"({"groups":["internal"],"name":"J","app_metadata":{"plan":{"a":[1]},"groups":["internal"]},)"
               R"("plan":{"a":[1]}})");
}

BOOST_AUTO_TEST_CASE(user_metadata_is_not_copied)
{
    BOOST_TEST(seen(R"({"user_metadata":{"color":"blue"}})") == R"({"user_metadata":{"color":"blue"}})");
}

BOOST_AUTO_TEST_CASE(without_an_object_of_app_metadata_nothing_is_copied)
{
    for (auto const* user : {"{}", R"({"name":"J"})", R"({"app_metadata":{}})", R"({"app_metadata":null})",
                             R"({"app_metadata":[{"a":1}]})", R"({"app_metadata":"a"})"})
        BOOST_TEST(seen(user) == user);
}

BOOST_AUTO_TEST_CASE(nulls_and_empty_values_are_copied_as_they_are)
{
    BOOST_TEST(seen(R"({"name":"J","app_metadata":{"name":null,"a":{},"b":[],"":0}})") ==
               R"({"name":null,"app_metadata":{"name":null,"a":{},"b":[],"":0},"a":{},"b":[],"":0})");
}

BOOST_AUTO_TEST_CASE(members_of_app_metadata_named_as_the_fields_win_too)
{
    BOOST_TEST(seen(R"({"user_metadata":{"a":1},"app_metadata":{"user_metadata":{"b":2},"app_metadata":[3],"c":4}})") ==
               R"({"user_metadata":{"b":2},"app_metadata":[3],"c":4})");
    BOOST_TEST(seen(R"({"app_metadata":{"app_metadata":{"app_metadata":1}}})") ==
               R"({"app_metadata":{"app_metadata":1}})");
}

BOOST_AUTO_TEST_CASE(the_copy_does_not_follow_later_edits)
{
    auto user = auth0::rule_user(object(R"({"app_metadata":{"secret":"s"}})"));
    user["app_metadata"].as_object().erase("secret");
    BOOST_TEST(shown(user) == R"({"app_metadata":{},"secret":"s"})");
}

BOOST_AUTO_TEST_CASE(many_members_keep_their_order)
{
    boost::json::object user;
    boost::json::object app;
    for (int i = 0; i < 40; ++i) {
        user["r" + std::to_string(i)] = i;
        app[(i % 2 == 0 ? "r" : "a") + std::to_string(i)] = -i;
    }
    user["app_metadata"] = app;
    auto expected = user;
    for (auto const& member : app)
        expected[member.key()] = member.value();
    auto const made = auth0::rule_user(user);
    BOOST_TEST(shown(made) == shown(expected));
    BOOST_TEST(made.size() == 61U);
}

BOOST_AUTO_TEST_CASE(a_user_is_as_it_was_where_memory_runs_out)
{
    auto const* const text =
        R"({"name":"J","app_metadata":{"a":"a text that needs memory","b":[1],"name":{"x":1}},"z":1})";
    bool done = false;
    for (std::size_t allowed = 0; !done; ++allowed) {
        test::running_out memory;
        auto user = object(text, &memory);
        memory.allow(allowed);
        try {
            auth0::copy_app_metadata_to_root(user);
            done = true;
        } catch (std::bad_alloc const&) {
            BOOST_TEST(shown(user) == shown(object(text)), allowed);
        }
        if (done)
            BOOST_TEST(allowed > 3U);
    }
}

BOOST_AUTO_TEST_CASE(it_lives_where_it_is_told_to)
{
    boost::json::monotonic_resource mine;
    auto const user = object(R"({"app_metadata":{"a":[1]}})");
    auto const made = auth0::rule_user(user, &mine);
    BOOST_TEST((made.storage().get() == &mine));
    BOOST_TEST((made.at("a").storage().get() == &mine));
    auto here = object(R"({"app_metadata":{"a":[1]}})", &mine);
    auth0::copy_app_metadata_to_root(here);
    BOOST_TEST((here.at("a").storage().get() == &mine));
}

BOOST_AUTO_TEST_SUITE_END()
