// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_LAWS_APPLY_LAWS_HPP
#define METAPATCH_TESTS_LAWS_APPLY_LAWS_HPP

#include "../support.hpp"
#include "grammar.hpp"
#include "model.hpp"
#include "require.hpp"
#include "stored_value.hpp"

#include <array>
#include <boost/json/monotonic_resource.hpp>
#include <metapatch/json/equal.hpp>
#include <metapatch/patch/apply.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What holds of every patch that is applied to a DOM: it is what the model makes of it.
namespace metapatch::laws {

using test::shown;
using test::told;

inline constexpr std::array<std::string_view, 1> id_alone{"id"};

/// The rules for keys that the model knows.
inline constexpr both model_keys{both{key_characters::all_but("."), reserved_names{id_alone}}, no_empty_key{}};
using model_policy = policy<std::remove_const_t<decltype(model_keys)>>;

inline std::string told(std::vector<violation> const& refusals)
{
    report found;
    for (auto const& each : refusals)
        found.add(each);
    return test::told(found);
}

/// A field, a body, and the rules; called, it tells of them.
struct apply_case {
    state before;
    boost::json::value body;
    model_policy rules{model_keys, {}, {}, {}};

    std::string operator()() const
    {
        return "  depth " + std::to_string(rules.merge.depth) + "\n  state " + shown(before) + "\n  body " +
               shown(body);
    }
};

/// One outcome against the model: the result with its order, or the refusals with the target as it was.
inline void check_outcome(apply_case const& on, model::answer const& expected, state const& after,
                          result<change> const& outcome)
{
    require_same(told(outcome), expected.refusals.empty() ? "accepted" : told(expected.refusals), on);
    require_same(shown(after), shown(outcome ? expected.field : on.before), on);
    require(!outcome || *outcome == expected.made, on);
}

inline void check_in_place(apply_case const& on, model::answer const& expected)
{
    auto after = on.before;
    auto const outcome = apply(after, on.body, on.rules);
    check_outcome(on, expected, after, outcome);

    auto moved_into = on.before;
    auto rvalue = on.body;
    auto const moved = apply(moved_into, std::move(rvalue), on.rules);
    check_outcome(on, expected, moved_into, moved);
    if (!moved)
        require_same(shown(rvalue), shown(on.body), on);

    auto const judged = validate(on.before, on.body, on.rules);
    require_same(told(judged), told(expected.refusals), on);
    auto const alone = validate(on.body, on.rules);
    require(alone.empty() || told(alone) == told(judged), on);
}

inline void check_other_forms(apply_case const& on, model::answer const& expected)
{
    auto const pure = applied(on.before, on.body, on.rules);
    require(pure.has_value() == expected.refusals.empty(), on);
    require(!pure || shown(*pure) == shown(expected.field), on);

    boost::json::monotonic_resource here;
    boost::json::monotonic_resource elsewhere;
    state stored;
    if (on.before)
        stored.emplace(*on.before, &here);
    boost::json::value foreign(on.body, &elsewhere);
    auto const outcome = apply(stored, std::move(foreign), on.rules, {.storage = &here});
    check_outcome(on, expected, stored, outcome);
    require_same(shown(foreign), shown(on.body), on); // nothing can move between storages
    require(!stored || stored->storage().get() == &here, on);
}

inline void check_as_patch(apply_case const& on, model::answer const& expected)
{
    auto as_patch = patch::from(on.body, on.rules);
    if (!as_patch) {
        require_same(told(as_patch), told(expected.refusals), on);
        return;
    }
    auto after = on.before;
    auto outcome = apply(after, *as_patch, on.rules);
    check_outcome(on, expected, after, outcome);
    after = on.before;
    outcome = apply(after, *std::move(as_patch), on.rules);
    check_outcome(on, expected, after, outcome);
}

inline void check_within_document(apply_case const& on, model::answer const& expected)
{
    boost::json::object document{{"first", 1}};
    if (on.before)
        document["field"] = *on.before;
    document["last"] = 2;
    auto const outcome = apply(document, "field", on.body, on.rules);
    state within;
    if (auto const* field = document.if_contains("field"))
        within = field->as_object();
    check_outcome(on, expected, within, outcome);
    auto const& expected_last = on.before || !within ? "last" : "field";
    require((document.end() - 1)->key() == expected_last, on);
}

/// In a document a stored null is an absent field; and of another value that is no object nothing may be kept.
inline void check_no_object_within_document(apply_case const& on)
{
    auto const expected = model::apply(state(), on.body, on.rules);
    for (auto const& stored : {boost::json::value(nullptr), boost::json::value("[object Object]")}) {
        boost::json::object document{{"first", 1}, {"field", stored}, {"last", 2}};
        auto const before = document;
        auto moved_into = document;
        auto const outcome = apply(document, "field", on.body, on.rules);
        auto const moved = apply(moved_into, "field", boost::json::value(on.body), on.rules);
        require(outcome.has_value() == moved.has_value() && document == moved_into, on);
        if (!stored.is_null() && !model::keeps_nothing(on.body, on.rules.merge)) {
            require_same(told(outcome), "expected_object ''", on);
            require(document == before, on);
            continue;
        }
        require_same(told(outcome), expected.refusals.empty() ? "accepted" : told(expected.refusals), on);
        if (!outcome) {
            require(document == before, on);
            continue;
        }
        require(*outcome == expected.made, on);
        boost::json::object wanted{{"first", 1}, {"field", nullptr}, {"last", 2}};
        if (expected.field)
            wanted["field"] = *expected.field;
        else
            wanted.stable_erase("field");
        require_same(shown(document), shown(wanted), on);
    }
}

/// The size given and the size walked to are one, and both are that of the result.
inline void check_sizes(apply_case const& on, model::answer const& expected)
{
    if (!expected.refusals.empty())
        return;
    auto const stored_size = on.before ? shown(on.before).size() : 0;
    auto after = on.before;
    auto const outcome = apply(after, on.body, on.rules, {.stored_size = stored_size});
    require(outcome.has_value(), on);
    require(outcome->size == (after ? shown(*after).size() : 0), on);
    require(outcome->size == (after ? serialized_size(*after) : 0), on);
}

inline void check_from_texts(apply_case const& on, model::answer const& expected)
{
    if (!test::all_finite(on.body))
        return; // no text says that
    auto const text = shown(on.body);
    auto const stored_text = on.before ? shown(on.before) : "{}";
    if (model::fault_of(stored_text, nesting_ceiling))
        return; // a DOM may hold what no text does
    auto const body = read_patch(text, on.rules);
    auto stored = read_state(stored_text, {.max_nesting = nesting_ceiling});
    require(stored.has_value(), on);
    if (!on.before)
        stored->reset();
    if (!body) {
        // What is wrong with a text is told alone. Where no level is allowed, `{}` is no text, but a body that clears.
        bool const at_once = body.error().front().code == errc::too_deep || model::fault_of(text, nesting_ceiling);
        require(!expected.refusals.empty() || on.rules.read.max_nesting == 0, on);
        require(at_once || body.error().front().code == expected.refusals.front().code, on);
        return;
    }
    auto const outcome = apply(*stored, *body, on.rules);
    check_outcome(on, expected, *stored, outcome);
}

/// Applying by any other way than in place.
inline void check_every_form(apply_case const& on, model::answer const& expected)
{
    check_other_forms(on, expected);
    check_as_patch(on, expected);
    check_within_document(on, expected);
    check_no_object_within_document(on);
    check_sizes(on, expected);
    check_from_texts(on, expected);
}

} // namespace metapatch::laws

#endif
