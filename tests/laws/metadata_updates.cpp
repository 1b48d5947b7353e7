// SPDX-License-Identifier: BSL-1.0
#include "../support.hpp"
#include "random.hpp"

#include <boost/test/unit_test.hpp>
#include <metapatch/auth0.hpp>
#include <string>
#include <vector>

using namespace metapatch;
using auth0::metadata_updates;
using metapatch::test::shown;
using metapatch::test::told;

namespace {

constexpr std::array<std::string_view, 2> field_names{"user_metadata", "app_metadata"};

auth0::field_policy const& policy_of(std::string_view name)
{
    return name == "user_metadata" ? auth0::user_metadata : auth0::app_metadata;
}

/// A call of a Rule (an update) or of an Action.
struct call {
    bool is_update;
    std::string_view field;
    std::string key; ///< of an Action's
    boost::json::value value;

    report on(metadata_updates& updates) const
    {
        if (is_update)
            return field == "user_metadata" ? updates.update_user_metadata(value) : updates.update_app_metadata(value);
        return field == "user_metadata" ? updates.set_user_metadata(key, value) : updates.set_app_metadata(key, value);
    }

    std::string words() const
    {
        return "\n  " + std::string(is_update ? "update " : "set ") + std::string(field) + " " + key + " " +
               shown(value);
    }
};

boost::json::object random_user(model::generator& random)
{
    boost::json::object user{{"user_id", "auth0|1"}};
    for (auto const name : field_names) {
        if (random.one_in(30))
            user[name] = model::random_value(random, {3, 3, false}, 2);
        else if (auto const field = model::random_state(random))
            user[name] = *field;
    }
    return user;
}

/// A call, which at times sets what is there already.
call random_call(model::generator& random, boost::json::object const& user)
{
    call made{random.one_in(4), field_names[random.below(2)], "", nullptr};
    if (made.is_update) {
        made.value = model::random_body(random);
        return made;
    }
    made.key = model::random_key(random, true);
    auto const* const field = user.if_contains(made.field);
    if (random.one_in(40) && made.field == "app_metadata")
        made.key = "email";
    if (field != nullptr && field->is_object() && !field->get_object().empty() && random.one_in(2)) {
        auto const& there = field->get_object();
        auto const& member = *(there.begin() + static_cast<std::ptrdiff_t>(random.below(there.size())));
        made.key = member.key();
        if (random.one_in(2)) {
            made.value = member.value();
            return made;
        }
    }
    made.value = model::random_value(random, {4, 3, random.one_in(4)}, 3);
    return made;
}

/// The user after bodies, as the policies have it.
boost::json::object sent(boost::json::object user, std::vector<boost::json::object> const& bodies)
{
    for (auto const& body : bodies) {
        BOOST_REQUIRE(!body.empty());
        for (auto const& field : body) {
            auto const done = apply(user, std::string_view(field.key()), field.value(), policy_of(field.key()));
            BOOST_REQUIRE_MESSAGE(done, told(done));
        }
    }
    return user;
}

std::string listed(std::vector<boost::json::object> const& bodies)
{
    std::string text;
    for (auto const& body : bodies)
        text += shown(body) + " ";
    return text;
}

/// Limits that cases of a few bytes meet.
auth0::update_rules random_rules(model::generator& random)
{
    auth0::update_rules rules;
    if (random.one_in(3))
        rules.max_set_bytes = random.below(100);
    if (random.one_in(3))
        rules.max_metadata_bytes = random.below(500);
    return rules;
}

} // namespace

BOOST_AUTO_TEST_SUITE(laws_of_updates)

BOOST_AUTO_TEST_CASE(the_bodies_make_of_the_stored_user_the_one_that_the_calls_leave)
{
    std::size_t done = 0;
    std::size_t refused = 0;
    std::size_t too_large = 0;
    for (std::uint64_t seed = 0; seed < 20'000; ++seed) {
        model::generator random(seed);
        auto const stored = random_user(random);
        auto const rules = random_rules(random);
        metadata_updates updates(stored, rules);
        std::size_t updates_done = 0;
        std::size_t erasing = 0;
        std::string words = "seed " + std::to_string(seed) + "\n  user " + shown(stored);
        for (auto n = random.below(9); n > 0; --n) {
            auto const next = random_call(random, updates.user());
            words += next.words();
            auto const before = shown(updates.user()) + listed(updates.bodies());
            auto const why = next.on(updates);
            if (!why.empty()) {
                BOOST_REQUIRE_MESSAGE(shown(updates.user()) + listed(updates.bodies()) == before, words);
                too_large += why.front().code == errc::too_large ? 1 : 0;
                ++refused;
                continue;
            }
            ++done;
            updates_done += next.is_update ? 1 : 0;
            erasing += next.is_update && next.value.get_object().empty() ? 1 : 0;
            auto const bodies = updates.bodies();
            words += "\n    " + listed(bodies);
            BOOST_REQUIRE_MESSAGE(equal(sent(stored, bodies), updates.user()),
                                  words + "\n  got " + shown(updates.user()));
            BOOST_REQUIRE_MESSAGE(bodies.size() - updates_done <= 1, words); // Actions send one at most
        }
        std::size_t erases = 0;
        for (auto const& body : updates.bodies()) {
            for (auto const& field : body)
                erases += field.value().get_object().empty() ? 1 : 0;
        }
        BOOST_REQUIRE_MESSAGE(erases == erasing, words); // none but what Rules asked for
        auto const unsent = shown(updates.user());
        auto const all = listed(updates.bodies());
        updates.flush();
        BOOST_REQUIRE_MESSAGE(shown(updates.user()) == unsent && listed(updates.bodies()) == all, words);
    }
    BOOST_TEST(done > 40'000U);
    BOOST_TEST(refused > 4'000U);
    BOOST_TEST(too_large > 1'000U);
}

BOOST_AUTO_TEST_CASE(members_set_one_by_one_are_one_update_of_them_all)
{
    for (std::uint64_t seed = 0; seed < 10'000; ++seed) {
        model::generator random(seed);
        auto const stored = random_user(random);
        auto const name = field_names[random.below(2)];
        auto const members = model::random_object(random, {6, 3, false}, 3);
        auto const there = stored.if_contains(name);
        if (members.empty() || (there != nullptr && !there->is_object()))
            continue;
        metadata_updates one_by_one(stored);
        metadata_updates at_once(stored);
        report why;
        bool accepted = true;
        for (auto const& member : members)
            accepted = accepted && call{false, name, member.key(), member.value()}.on(one_by_one).empty();
        BOOST_REQUIRE_EQUAL(accepted, (call{true, name, "", members}.on(at_once).empty()));
        BOOST_REQUIRE(!accepted || shown(one_by_one.user()) == shown(at_once.user()));
    }
}

BOOST_AUTO_TEST_CASE(a_limit_of_what_is_set_is_one_of_the_object_of_all_that_is_set)
{
    for (std::uint64_t seed = 0; seed < 5'000; ++seed) {
        model::generator random(seed);
        auth0::update_rules rules;
        rules.max_set_bytes = random.below(200);
        metadata_updates updates(random_user(random), rules);
        boost::json::object all;
        for (int n = 0; n < 12; ++n) {
            auto const key = model::random_key(random, false);
            auto const value = model::random_value(random, {3, 4, false}, 2);
            auto with = all;
            with[key] = value;
            auto const why = updates.set_app_metadata(key, value);
            if (!why.empty() && why.front().code != errc::too_large)
                break; // the stored field is no object
            BOOST_REQUIRE_EQUAL(why.empty(), serialized_size(with) <= rules.max_set_bytes);
            BOOST_REQUIRE(why.empty() || why.front().actual == serialized_size(with));
            if (why.empty())
                all = std::move(with);
            if (random.one_in(10) && updates.update_app_metadata(model::random_body(random)).empty())
                continue; // changes nothing of what is set
        }
    }
}

BOOST_AUTO_TEST_CASE(the_user_of_rules_is_what_copying_member_by_member_makes_it)
{
    for (std::uint64_t seed = 0; seed < 5'000; ++seed) {
        model::generator random(seed);
        auto const user = random_user(random);
        auto expected = user;
        if (auto const* const app = user.if_contains("app_metadata"); app != nullptr && app->is_object()) {
            for (auto const& member : app->get_object())
                expected[member.key()] = member.value();
        }
        BOOST_REQUIRE_EQUAL(shown(auth0::rule_user(user)), shown(expected));
    }
}

BOOST_AUTO_TEST_SUITE_END()
