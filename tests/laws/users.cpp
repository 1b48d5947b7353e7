// SPDX-License-Identifier: BSL-1.0
#include "user_laws.hpp"

#include <array>
#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <cstdint>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(laws_of_users)

BOOST_AUTO_TEST_CASE(updating_a_user_keeps_the_laws)
{
    for (std::uint64_t seed = 0; seed < 40'000; ++seed)
        laws::check_user(laws::random_user_case(seed));
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
