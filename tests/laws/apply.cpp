// SPDX-License-Identifier: BSL-1.0
#include "../support.hpp"
#include "model.hpp"
#include "random.hpp"

#include <boost/json/monotonic_resource.hpp>
#include <boost/test/unit_test.hpp>
#include <metapatch/equal.hpp>
#include <metapatch/merge_patch.hpp>

using namespace metapatch;
using metapatch::test::shown;

namespace {

using metapatch::test::told;

constexpr std::array<std::string_view, 1> id_alone{"id"};
constexpr both keys{both{key_characters::all_but("."), reserved_names{id_alone}}, no_empty_key{}};

std::string told(std::vector<violation> const& refusals)
{
    report found;
    for (auto const& each : refusals)
        found.add(each);
    return told(found);
}

/// A case in words, for the message of a check that failed.
struct trial {
    std::uint64_t seed;
    state before;
    boost::json::value body;
    policy<std::remove_const_t<decltype(keys)>> rules;

    explicit trial(std::uint64_t number) : seed(number), rules{keys, {}, {}, {}}
    {
        model::generator random(seed);
        before = model::random_state(random);
        body = model::random_body(random);
        rules = model::random_policy(random, keys);
    }

    std::string words() const
    {
        return "seed " + std::to_string(seed) + ", depth " + std::to_string(rules.merge.depth) + "\n  state " +
               shown(before) + "\n  body " + shown(body);
    }
};

#define LAW(trial, condition) BOOST_REQUIRE_MESSAGE(condition, #condition << " does not hold: " << (trial).words())

/// One outcome against the model: the result with its order, or the refusals with the target as it was.
void check(trial const& on, model::answer const& expected, state const& after, result<change> const& outcome)
{
    if (!expected.refusals.empty()) {
        LAW(on, !outcome);
        BOOST_REQUIRE_MESSAGE(told(outcome) == told(expected.refusals),
                              told(outcome) << "\n  is not " << told(expected.refusals) << "\n  " << on.words());
        LAW(on, shown(after) == shown(on.before));
        return;
    }
    BOOST_REQUIRE_MESSAGE(outcome, told(outcome) << ": " << on.words());
    BOOST_REQUIRE_MESSAGE(shown(after) == shown(expected.field),
                          shown(after) << "\n  is not " << shown(expected.field) << "\n  " << on.words());
    LAW(on, *outcome == expected.made);
}

void check_in_place(trial const& on, model::answer const& expected)
{
    auto after = on.before;
    auto const outcome = apply(after, on.body, on.rules);
    check(on, expected, after, outcome);

    auto moved_into = on.before;
    auto rvalue = on.body;
    auto const moved = apply(moved_into, std::move(rvalue), on.rules);
    check(on, expected, moved_into, moved);
    if (!moved)
        LAW(on, shown(rvalue) == shown(on.body));

    auto const judged = validate(on.before, on.body, on.rules);
    LAW(on, told(judged) == told(expected.refusals));
    auto const alone = validate(on.body, on.rules);
    LAW(on, alone.empty() || told(alone) == told(judged));
}

void check_other_forms(trial const& on, model::answer const& expected)
{
    auto const pure = applied(on.before, on.body, on.rules);
    LAW(on, pure.has_value() == expected.refusals.empty());
    LAW(on, !pure || shown(*pure) == shown(expected.field));

    boost::json::monotonic_resource here;
    boost::json::monotonic_resource elsewhere;
    state stored;
    if (on.before)
        stored.emplace(*on.before, &here);
    boost::json::value foreign(on.body, &elsewhere);
    check(on, expected, stored, apply(stored, std::move(foreign), on.rules, {.storage = &here}));
    LAW(on, shown(foreign) == shown(on.body)); // nothing can move between storages
    LAW(on, !stored || stored->storage().get() == &here);

    auto as_patch = patch::from(on.body, on.rules);
    if (!as_patch) {
        LAW(on, told(as_patch) == told(expected.refusals));
    } else {
        auto after = on.before;
        check(on, expected, after, apply(after, *as_patch, on.rules));
        after = on.before;
        check(on, expected, after, apply(after, *std::move(as_patch), on.rules));
    }

    boost::json::object document{{"first", 1}};
    if (on.before)
        document["field"] = *on.before;
    document["last"] = 2;
    auto const outcome = apply(document, "field", on.body, on.rules);
    state within;
    if (auto const* field = document.if_contains("field"))
        within = field->as_object();
    check(on, expected, within, outcome);
    auto const& expected_last = on.before || !within ? "last" : "field";
    LAW(on, (document.end() - 1)->key() == expected_last);
}

/// The size given and the size walked to are one, and both are that of the result.
void check_sizes(trial const& on, model::answer const& expected)
{
    if (!expected.refusals.empty())
        return;
    auto const stored_size = on.before ? shown(on.before).size() : 0;
    auto after = on.before;
    auto const outcome = apply(after, on.body, on.rules, {.stored_size = stored_size});
    LAW(on, outcome.has_value());
    LAW(on, outcome->size == (after ? shown(*after).size() : 0));
    LAW(on, outcome->size == (after ? serialized_size(*after) : 0));
}

void check_texts(trial const& on, model::answer const& expected)
{
    auto const text = shown(on.body);
    if (text.find("Infinity") != std::string::npos || text.find("1e99999") != std::string::npos)
        return; // what Boost.JSON writes for an infinity, in older and newer versions, is no such number
    auto const body = read_patch(text, on.rules);
    auto stored = on.before ? read_state(shown(on.before)) : result<state>(state());
    LAW(on, stored.has_value());
    if (!body) {
        bool const too_deep = body.error().front().code == errc::too_deep;
        LAW(on, !expected.refusals.empty());
        LAW(on, body.error().front().code == expected.refusals.front().code || too_deep);
        return;
    }
    check(on, expected, *stored, apply(*stored, *body, on.rules));
}

} // namespace

BOOST_AUTO_TEST_SUITE(laws)

BOOST_AUTO_TEST_CASE(applying_agrees_with_the_model)
{
    for (std::uint64_t seed = 0; seed < 200'000; ++seed) {
        trial const on(seed);
        check_in_place(on, model::apply(on.before, on.body, on.rules));
    }
}

BOOST_AUTO_TEST_CASE(every_form_of_applying_agrees_with_the_model)
{
    for (std::uint64_t seed = 1'000'000; seed < 1'030'000; ++seed) {
        trial const on(seed);
        auto const expected = model::apply(on.before, on.body, on.rules);
        check_other_forms(on, expected);
        check_sizes(on, expected);
        check_texts(on, expected);
    }
}

BOOST_AUTO_TEST_CASE(the_random_cases_meet_every_outcome)
{
    // A generator that has gone blind would make all other laws empty.
    std::size_t accepted = 0;
    std::array<std::size_t, 14> refused_by_code{};
    for (std::uint64_t seed = 0; seed < 20'000; ++seed) {
        trial const on(seed);
        auto const expected = model::apply(on.before, on.body, on.rules);
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
