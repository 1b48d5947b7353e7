// SPDX-License-Identifier: BSL-1.0
#include "user_laws.hpp"

#include <array>
#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(laws_of_users)

BOOST_AUTO_TEST_CASE(updating_a_user_keeps_the_laws)
{
    for (std::uint64_t seed = 0; seed < 40'000; ++seed)
        laws::check_user(laws::random_user_case(seed));
}

BOOST_AUTO_TEST_CASE(texts_with_white_space_escapes_and_duplicates_keep_them_where_nothing_changes)
{
    std::size_t changed = 0;
    for (std::uint64_t seed = 0; seed < 10'000; ++seed) {
        auto const on = laws::random_user_case(seed);
        if (!on.stored || !test::all_finite(on.body))
            continue;
        model::generator random(seed);
        auto stored = laws::spaced(boost::json::serialize(*on.stored), random);
        if (random.one_in(4)) // a member of the root that comes twice
            stored.insert(stored.find('{') + 1, random.one_in(2) ? R"("app_metadata" : {"z":1 },)" : R"("name":"N", )");
        auto const body = laws::spaced(boost::json::serialize(on.body), random);
        auto const made = laws::check_update_forms(on, stored, body);
        laws::check_view_forms(on, stored, {});
        if (!auth0::update_user(stored, on.token(), "me", body, on.rules))
            continue;
        ++changed;
        auto const& asked = on.body.get_object();
        auto const named = [&](std::string_view field, std::string_view key) {
            if (field.empty())
                return asked.contains(key);
            auto const& members = asked.at(field).get_object();
            return members.empty() || members.contains(key);
        };
        laws::require_bytes_kept(stored, made, "", named);
        auto const value_of = [](std::string_view text, std::string_view name) {
            std::string_view value;
            for (auto const& each : laws::segments_of(text)) {
                if (each.key == name)
                    value = each.value;
            }
            return value;
        };
        for (std::string_view const field : {"user_metadata", "app_metadata"}) {
            auto const now = value_of(made, field);
            if (asked.contains(field) && now.starts_with('{'))
                laws::require_bytes_kept(value_of(stored, field), now, field, named);
        }
    }
    BOOST_TEST(changed > 1'000U);
}

BOOST_AUTO_TEST_CASE(the_random_requests_meet_every_answer)
{
    // A generator that has gone blind would make all other laws empty.
    std::size_t accepted = 0;
    std::array<std::size_t, 9> refused{};
    for (std::uint64_t seed = 0; seed < 20'000; ++seed) {
        auto const made = laws::updated(laws::random_user_case(seed));
        if (made)
            ++accepted;
        else
            ++refused[static_cast<std::size_t>(made.error().why)];
    }
    BOOST_TEST(accepted > 2'000U);
    for (auto const why : {auth0::refusal_reason::insufficient_scope, auth0::refusal_reason::malformed_body,
                           auth0::refusal_reason::subject_mismatch, auth0::refusal_reason::fields_out_of_reach,
                           auth0::refusal_reason::not_found, auth0::refusal_reason::rule_violation,
                           auth0::refusal_reason::unreadable_state})
        BOOST_TEST(refused[static_cast<std::size_t>(why)] > 20U, auth0::name(why));
}

BOOST_AUTO_TEST_SUITE_END()
