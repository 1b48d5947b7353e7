// SPDX-License-Identifier: BSL-1.0
#include "apply_laws.hpp"
#include "random.hpp"

#include <boost/test/unit_test.hpp>
#include <metapatch/patch/merge_patch.hpp>

using namespace metapatch;
using metapatch::test::shown;

namespace {

laws::apply_case random_case(std::uint64_t seed)
{
    // In steps: the order in which arguments are evaluated is the compiler's.
    model::generator random(seed);
    auto before = model::random_state(random);
    auto body = model::random_body(random);
    auto rules = model::random_policy(random, laws::model_keys);
    return {std::move(before), std::move(body), std::move(rules)};
}

model::answer answer_of(laws::apply_case const& on)
{
    return model::apply(on.before, on.body, on.rules);
}

} // namespace

BOOST_AUTO_TEST_SUITE(laws_of_applying)

BOOST_AUTO_TEST_CASE(applying_agrees_with_the_model)
{
    for (std::uint64_t seed = 0; seed < 200'000; ++seed) {
        auto const on = random_case(seed);
        laws::check_in_place(on, answer_of(on));
    }
}

BOOST_AUTO_TEST_CASE(every_form_of_applying_agrees_with_the_model)
{
    for (std::uint64_t seed = 1'000'000; seed < 1'030'000; ++seed) {
        auto const on = random_case(seed);
        laws::check_every_form(on, answer_of(on));
    }
}

BOOST_AUTO_TEST_CASE(the_random_cases_meet_every_outcome)
{
    // A generator that has gone blind would make all other laws empty.
    std::size_t accepted = 0;
    std::array<std::size_t, 14> refused_by_code{};
    for (std::uint64_t seed = 0; seed < 20'000; ++seed) {
        auto const expected = answer_of(random_case(seed));
        accepted += expected.refusals.empty() ? 1 : 0;
        for (auto const& each : expected.refusals)
            ++refused_by_code[static_cast<std::size_t>(each.code)];
    }
    BOOST_TEST(accepted > 8'000U);
    BOOST_TEST(accepted < 18'000U);
    for (auto const code : {errc::expected_object, errc::invalid_key_character, errc::reserved_key, errc::empty_key,
                            errc::too_many_members, errc::key_too_long, errc::invalid_value_type, errc::value_too_long,
                            errc::too_large, errc::too_deep, errc::number_out_of_range})
        BOOST_TEST(refused_by_code[static_cast<std::size_t>(code)] > 20U, name(code));
}

BOOST_AUTO_TEST_CASE(merge_patch_is_rfc_7396_on_any_values)
{
    for (std::uint64_t seed = 0; seed < 40'000; ++seed) {
        model::generator random(seed);
        auto const before = model::random_value(random, {6, 6, false}, 4);
        auto const body = model::random_value(random, {6, 3, false}, 4);
        auto const words = [&] {
            return "seed " + std::to_string(seed) + "\n  target " + shown(before) + "\n  patch " + shown(body);
        };
        auto const expected = model::merged(&before, body, 1'000);
        auto after = before;
        BOOST_REQUIRE_MESSAGE(merge_patch(after, body) && shown(after) == shown(expected), words());
        after = before;
        BOOST_REQUIRE_MESSAGE(merge_patch(after, boost::json::value(body)) && shown(after) == shown(expected), words());
        // Applying a patch again changes nothing, nor does the order of members of the target matter.
        BOOST_REQUIRE_MESSAGE(merge_patch(after, body) && equal(after, expected), words());
    }
}

BOOST_AUTO_TEST_SUITE_END()
