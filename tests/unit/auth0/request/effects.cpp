// SPDX-License-Identifier: BSL-1.0
#include <metapatch/auth0/contract/permissions.hpp>
#include <metapatch/auth0/request/effects.hpp>

#include "../../../support.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace metapatch;
using metapatch::test::present;

BOOST_AUTO_TEST_SUITE(patch_effects)

namespace {

std::string joined(std::vector<std::string> const& keys)
{
    std::string text;
    for (auto const& key : keys)
        text += (text.empty() ? "" : " ") + key;
    return text;
}

std::string effects(state const& before, state const& after)
{
    auto const made = auth0::effects_of(before, after);
    return "created " + joined(made.created) + ", updated " + joined(made.updated) + ", removed " +
           joined(made.removed);
}

std::string fields(std::vector<std::string_view> names, auth0::metadata_effects const& made)
{
    std::string text;
    for (auto const name : auth0::with_effects(std::move(names), made))
        text.append(text.empty() ? "" : " ").append(name);
    return text;
}

} // namespace

BOOST_AUTO_TEST_CASE(keys_that_come_change_and_go_are_told_apart)
{
    BOOST_TEST(effects(present(R"({"a":1,"b":{"x":1},"c":3,"d":4})"),
                       present(R"({"b":{"x":2},"c":3,"e":5,"d":4.0})")) == "created e, updated b, removed a");
    BOOST_TEST(effects(present(R"({"a":{"x":1,"y":2}})"), present(R"({"a":{"y":2,"x":1}})")) ==
               "created , updated , removed ");
}

BOOST_AUTO_TEST_CASE(a_field_that_comes_or_goes_has_the_effects_of_its_members)
{
    BOOST_TEST(effects(state(), present(R"({"a":1})")) == "created a, updated , removed ");
    BOOST_TEST(effects(present(R"({"a":1,"b":2})"), state()) == "created , updated , removed a b");
    BOOST_TEST(effects(present(R"({"a":1})"), present("{}")) == "created , updated , removed a");
    BOOST_TEST(effects(state(), present("{}")) == "created , updated , removed ");
    BOOST_TEST(effects(state(), state()) == "created , updated , removed ");
}

BOOST_AUTO_TEST_CASE(effects_stand_in_place_of_the_field)
{
    BOOST_TEST(fields({"name", "user_metadata", "picture"}, {.created = {"a"}, .removed = {"b"}}) ==
               "name user_metadata:create user_metadata:delete picture");
    BOOST_TEST(fields({"user_metadata"}, {.updated = {"a"}}) == "user_metadata:update");
    BOOST_TEST(fields({"user_metadata"}, {}) == "user_metadata");
    BOOST_TEST(fields({"name"}, {.created = {"a"}}) == "name");
}

BOOST_AUTO_TEST_CASE(each_missing_scope_is_named_with_the_keys_that_need_it)
{
    auto const message = [](std::string_view scopes, auth0::metadata_effects const& made) {
        auto const fields = auth0::with_effects({"user_metadata"}, made);
        return auth0::detail::missing_effects(authorize(auth0::documented.rules, {.operation = "PATCH /users/{id}",
                                                                                  .granted = scope_view(scopes),
                                                                                  .subject = "me",
                                                                                  .target = "me",
                                                                                  .fields = fields}),
                                              made);
    };
    auth0::metadata_effects const all{.created = {"a", "b"}, .updated = {"c"}, .removed = {"d", "e", "f"}};
    BOOST_TEST(message("update:current_user_identities", all) ==
               "Insufficient scope, expected all of: create:current_user_metadata (for a, b), "
               "update:current_user_metadata (for c), delete:current_user_metadata (for d, e, f)");
    BOOST_TEST(message("create:current_user_metadata update:current_user_metadata", all) ==
               "Insufficient scope, expected all of: delete:current_user_metadata (for d, e, f)");
    BOOST_TEST(message("delete:current_user_metadata", {.created = {"a"}, .removed = {"d"}}) ==
               "Insufficient scope, expected all of: create:current_user_metadata (for a)");
    BOOST_TEST(message("update:current_user_metadata", {.updated = {"c"}}) == "");
}

BOOST_AUTO_TEST_SUITE_END()
