// SPDX-License-Identifier: BSL-1.0
#include "bodies_laws.hpp"
#include "change_laws.hpp"

#include <boost/test/unit_test.hpp>
#include <map>
#include <string>

using namespace metapatch;

namespace {

/// Checks a law on as many random cases of every policy.
template<class Law>
void check_for_every_policy(Law law, std::uint64_t seed)
{
    for (auto const& each : laws::every_policy()) {
        for (std::uint64_t i = 0; i < laws::cases_per_policy; ++i, ++seed) {
            auto const on = laws::case_maker(seed).made(each.rules.merge);
            laws::check([&](auto const& value) { law(value, each.rules); }, on, each.name, seed);
        }
    }
}

/// How often the random cases meet each outcome.
std::map<std::string, std::size_t> outcomes()
{
    std::map<std::string, std::size_t> met;
    auto const note = [&met](std::string const& of, auto const& outcome) {
        auto what = of;
        if (!outcome)
            what.append(" ").append(name(outcome.error().front().code));
        ++met[what];
    };
    std::uint64_t seed = 0;
    for (auto const& each : laws::every_policy()) {
        for (int i = 0; i < 100; ++i, ++seed) {
            auto const on = laws::case_maker(seed).made(each.rules.merge);
            laws::case_reader const read(on, each.rules.merge);
            auto const p = read.patch("p");
            auto const q = read.patch("q");
            auto const from = read.state("S");
            auto const limited = laws::narrowed(each.rules, 2);
            note("compose", compose(p, q));
            note("diff", diff(from, read.state("T"), each.rules));
            note("inverse", inverse(from, p, each.rules));
            met["commutes"] += commutes(p, q, each.rules) ? 1 : 0;
            met["conflicts"] += conflicts(p, q, each.rules).keys.empty() ? 0 : 1;
            met["conflicts in presence"] += conflicts(p, q, each.rules).presence ? 1 : 0;
            met["nothing to rebase"] += !p.is_untouched() && rebase(p, q, each.rules).rest.is_untouched() ? 1 : 0;
            if (auto const bodies = to_bodies(p, limited))
                met[bodies->is_atomic() ? "one body" : "more bodies"] += 1;
            met["bodies refused"] += to_bodies(p, from, limited) ? 0 : 1;
            met["losses"] += losses(from, p, each.rules).empty() ? 0 : 1;
            if (auto const made = three_way(from, read.state("T"), read.state("U"), each.rules)) {
                met["three-way disagreements"] += made->conflicts.empty() ? 0 : 1;
                met["three-way merges inside"] += made->conflicts.empty() && !made->changed_by_both.empty() ? 1 : 0;
            }
            auto const operations = laws::case_maker(seed).made_operations();
            auto const* const stored = operations.get_object().if_contains("S");
            note("JSON Patch",
                 json_patched(stored != nullptr ? std::optional(*stored) : std::nullopt, operations.at("operations")));
        }
    }
    return met;
}

} // namespace

BOOST_AUTO_TEST_SUITE(laws_of_the_algebra)

BOOST_AUTO_TEST_CASE(the_random_cases_meet_every_outcome)
{
    // A generator that has gone blind would make all other laws empty.
    auto met = outcomes();
    for (auto const* outcome : {"compose",
                                "compose not_expressible",
                                "diff",
                                "diff unreachable_state",
                                "diff unreachable_null",
                                "inverse",
                                "inverse unreachable_state",
                                "inverse unreachable_null",
                                "commutes",
                                "conflicts",
                                "conflicts in presence",
                                "nothing to rebase",
                                "one body",
                                "more bodies",
                                "bodies refused",
                                "losses",
                                "three-way disagreements",
                                "three-way merges inside",
                                "JSON Patch",
                                "JSON Patch missing_target",
                                "JSON Patch test_failed"})
        BOOST_TEST(met[outcome] >= 20U, outcome << " " << met[outcome]);
}

BOOST_AUTO_TEST_CASE(an_untouched_patch_is_the_identity)
{
    check_for_every_policy(laws::untouched_is_the_identity, 1'000'000);
}

BOOST_AUTO_TEST_CASE(the_model_of_an_effect_is_what_apply_does)
{
    check_for_every_policy(laws::the_effect_is_that_of_apply, 2'000'000);
}

BOOST_AUTO_TEST_CASE(composed_patches_do_what_both_do)
{
    check_for_every_policy(laws::composed_patches_do_what_both_do, 3'000'000);
}

BOOST_AUTO_TEST_CASE(composing_is_associative)
{
    check_for_every_policy(laws::composing_is_associative, 4'000'000);
}

BOOST_AUTO_TEST_CASE(a_difference_leads_there_with_the_fewest_members)
{
    check_for_every_policy(laws::a_difference_leads_there_with_the_fewest_members, 5'000'000);
}

BOOST_AUTO_TEST_CASE(a_difference_of_either_presence_empties_and_makes_up_no_key)
{
    check_for_every_policy(laws::a_difference_of_either_presence_empties_and_makes_up_no_key, 30'000'000);
}

BOOST_AUTO_TEST_CASE(either_presence_is_one_for_all)
{
    check_for_every_policy(laws::either_presence_is_one_for_all, 31'000'000);
}

BOOST_AUTO_TEST_CASE(changes_of_either_presence_lead_there)
{
    check_for_every_policy(laws::changes_of_either_presence_lead_there, 32'000'000);
}

BOOST_AUTO_TEST_CASE(bodies_of_either_presence_carry_a_patch)
{
    for (std::size_t most = 1; most <= 3; ++most)
        check_for_every_policy(
            [most](auto const& on, auto const& policy) {
                laws::bodies_of_either_presence_carry_a_patch(on, policy, most);
            },
            33'000'000 + most * 1'000'000);
}

BOOST_AUTO_TEST_CASE(an_inverse_undoes)
{
    check_for_every_policy(laws::an_inverse_undoes, 6'000'000);
}

BOOST_AUTO_TEST_CASE(conflicts_are_where_the_order_shows)
{
    check_for_every_policy(laws::conflicts_are_where_the_order_shows, 7'000'000);
}

BOOST_AUTO_TEST_CASE(a_rebased_patch_does_what_is_left)
{
    check_for_every_policy(laws::a_rebased_patch_does_what_is_left, 8'000'000);
}

BOOST_AUTO_TEST_CASE(bodies_carry_a_patch)
{
    for (std::size_t most = 1; most <= 3; ++most)
        check_for_every_policy(
            [most](auto const& on, auto const& policy) { laws::bodies_carry_a_patch(on, policy, most); },
            9'000'000 + most * 1'000'000);
}

BOOST_AUTO_TEST_CASE(bodies_are_accepted_in_turn)
{
    for (std::size_t most = 2; most <= 4; ++most)
        check_for_every_policy(
            [most](auto const& on, auto const& policy) { laws::bodies_are_accepted_in_turn(on, policy, most); },
            13'000'000 + most * 1'000'000);
}

BOOST_AUTO_TEST_CASE(texts_differ_as_states_do)
{
    for (auto const how : {presence::exact, presence::either})
        check_for_every_policy(
            [how](auto const& on, auto const& policy) { laws::texts_differ_as_states_do(on, policy, how); },
            how == presence::exact ? 34'000'000 : 35'000'000);
}

BOOST_AUTO_TEST_CASE(bodies_carry_many_patches)
{
    check_for_every_policy(laws::bodies_carry_many_patches, 18'000'000);
}

BOOST_AUTO_TEST_CASE(three_states_make_one_patch)
{
    check_for_every_policy(laws::three_states_make_one_patch, 19'000'000);
}

BOOST_AUTO_TEST_CASE(three_way_is_symmetric_without_conflicts)
{
    check_for_every_policy(laws::three_way_is_symmetric_without_conflicts, 20'000'000);
}

BOOST_AUTO_TEST_CASE(losses_are_what_no_one_named)
{
    check_for_every_policy(laws::losses_are_what_no_one_named, 21'000'000);
}

BOOST_AUTO_TEST_CASE(what_is_lost_is_kept_by_deepening)
{
    check_for_every_policy(laws::what_is_lost_is_kept_by_deepening, 21'500'000);
}

BOOST_AUTO_TEST_CASE(a_deepened_merge_patch_has_its_effect)
{
    check_for_every_policy(laws::a_deepened_merge_patch_has_its_effect, 22'000'000);
}

BOOST_AUTO_TEST_CASE(a_json_patch_does_what_its_operations_say)
{
    auto const policies = laws::every_policy();
    for (std::uint64_t seed = 0; seed < laws::cases_per_policy * policies.size(); ++seed) {
        auto const& each = policies[seed % policies.size()];
        auto const on = laws::case_maker(seed).made_operations();
        laws::check([&](auto const& value) { laws::a_json_patch_does_what_its_operations_say(value, each.rules); }, on,
                    each.name, seed);
    }
}

BOOST_AUTO_TEST_SUITE_END()
