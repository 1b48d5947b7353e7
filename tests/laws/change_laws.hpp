// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_LAWS_CHANGE_LAWS_HPP
#define METAPATCH_TESTS_LAWS_CHANGE_LAWS_HPP

#include "algebra_laws.hpp"
#include "json_patch_model.hpp"

#include <metapatch/algebra/advice.hpp>
#include <metapatch/algebra/convert.hpp>
#include <metapatch/algebra/three_way.hpp>

/// The laws of patches beside what is stored: three-way merges, what vanishes, and patches of other kinds.
namespace metapatch::laws {

inline std::string first_token(std::string const& pointer)
{
    return pointer.substr(0, pointer.find('/', 1));
}

inline void three_states_make_one_patch(boost::json::value const& on, field_policy const& policy)
{
    case_reader const read(on, policy.merge);
    auto const base = read.state("S");
    auto const mine = read.state("T");
    auto const theirs = read.state("U");
    auto const words = [&] {
        return "  base " + test::shown(base) + "\n  mine " + test::shown(mine) + "\n  theirs " + test::shown(theirs);
    };
    boost::json::object const none;
    std::vector<std::string> disagreements;
    auto members =
        model::three_way(base ? *base : none, mine ? *mine : none, theirs ? *theirs : none, "", disagreements);
    bool const present = mine.has_value() == base.has_value() ? theirs.has_value() : mine.has_value();
    state const target = present || !members.empty() ? state(std::move(members)) : state();

    auto const made = three_way(base, mine, theirs, policy);
    auto const expected = diff(theirs, target, policy);
    require(made.has_value() == expected.has_value(), words);
    if (!made)
        return;
    require(same_form(made->mine, *expected),
            [&] { return words() + "\n  made " + shown(made->mine) + "\n  expected " + shown(*expected); });
    require(model::same(model::effect(theirs, made->mine, policy.merge), target), words);
    require_same(shown(sorted(made->conflicts)), shown(sorted(disagreements)), words);
    for (auto const& each : made->conflicts) {
        require(std::any_of(made->changed_by_both.begin(), made->changed_by_both.end(),
                            [&](auto const& key) { return model::token(key) == first_token(each); }),
                words);
    }
    if (model::same(base, mine) || model::same(mine, theirs))
        require(made->mine.is_untouched() && made->changed_by_both.empty(), words);
    if (model::same(base, theirs))
        require(model::same(target, mine) && made->changed_by_both.empty(), words);
}

/// Who is asked first matters only where both disagree: without that, both sides come to the same state, which is that
/// of both changes in either order.
inline void three_way_is_symmetric_without_conflicts(boost::json::value const& on, field_policy const& policy)
{
    case_reader const read(on, policy.merge);
    auto const base = read.state("S");
    auto const mine = read.state("T");
    auto const theirs = read.state("U");
    auto const one = three_way(base, mine, theirs, policy);
    auto const other = three_way(base, theirs, mine, policy);
    if (!one || !other)
        return;
    auto const after = model::effect(theirs, one->mine, policy.merge);
    auto const other_after = model::effect(mine, other->mine, policy.merge);
    auto const words = [&] {
        return "  base " + test::shown(base) + "\n  mine " + test::shown(mine) + "\n  theirs " + test::shown(theirs) +
               "\n  one way " + test::shown(after) + "\n  the other " + test::shown(other_after);
    };
    require_same(shown(sorted(one->changed_by_both)), shown(sorted(other->changed_by_both)), words);
    require_same(shown(sorted(one->conflicts)), shown(sorted(other->conflicts)), words);
    bool const presence = mine.has_value() != base.has_value() && theirs.has_value() != base.has_value();
    if (one->conflicts.empty())
        require(presence || model::same(after, other_after), words);
    auto const to_mine = diff(base, mine, policy);
    auto const to_theirs = diff(base, theirs, policy);
    if (!one->changed_by_both.empty() || !to_mine || !to_theirs || !conflicts(*to_mine, *to_theirs, policy).empty() ||
        !mine || !theirs || to_mine->clears() || to_theirs->clears())
        return;
    auto const first = compose(*to_mine, *to_theirs);
    auto const last = compose(*to_theirs, *to_mine);
    require(first && last, words);
    require(model::same(model::effect(base, *first, policy.merge), after), words);
    require(model::same(model::effect(base, *last, policy.merge), after), words);
}

/// Three states and a merge patch lead to the same members where either presence will do, and name no other keys.
inline void changes_of_either_presence_lead_there(boost::json::value const& on, field_policy const& policy)
{
    case_reader const read(on, policy.merge);
    auto const base = read.state("S");
    auto const mine = read.state("T");
    auto const theirs = read.state("U");
    std::vector<std::string> disagreements;
    auto const wanted = model::three_way(members_in(base), members_in(mine), members_in(theirs), "", disagreements);
    auto const made = three_way(base, mine, theirs, policy, presence::either);
    auto const as_diff = diff(theirs, state(wanted), policy, presence::either);
    auto const words = [&] {
        return "  base " + test::shown(base) + "\n  mine " + test::shown(mine) + "\n  theirs " + test::shown(theirs) +
               "\n  merged " + (made ? shown(made->mine) : told(made));
    };
    require(made.has_value() == as_diff.has_value(), words);
    if (made) {
        require(same_form(made->mine, *as_diff), words);
        require_same(shown(sorted(made->conflicts)), shown(sorted(disagreements)), words);
    }
    auto const p = read.patch("p");
    boost::json::value const before = members_in(base);
    auto const deep = model::merged(&before, p.members(), 1'000).get_object();
    auto const deepened = deepen(base, p.members(), policy, presence::either);
    auto const expected = diff(base, state(deep), policy, presence::either);
    require(deepened.has_value() == expected.has_value() && (!deepened || same_form(*deepened, *expected)), words);
}

inline void losses_are_what_no_one_named(boost::json::value const& on, field_policy const& policy)
{
    case_reader const read(on, policy.merge);
    auto const stored = read.state("S");
    auto const p = read.patch("p");
    std::vector<std::string> expected;
    bool const replaced = p.clears() && policy.merge.depth == 0 && !p.members().empty();
    if (stored && (replaced || !p.clears()))
        model::lost(*stored, p.members(), replaced ? 0 : p.levels(), "", expected);
    auto const words = [&] { return "  stored " + test::shown(stored) + "\n  p " + shown(p); };
    auto const lost = losses(stored, p, policy);
    require_same(shown(std::vector<std::string>(lost.begin(), lost.end())), shown(expected), words);
    std::vector<std::string> advised;
    for (auto const& each : advise(stored, p, policy)) {
        if (each.code == advice_code::loss)
            advised.push_back(each.pointer);
    }
    require_same(shown(advised), shown(expected), words);
}

/// What is lost was there and is gone; and what `deepen` makes of the same members keeps it.
inline void what_is_lost_is_kept_by_deepening(boost::json::value const& on, field_policy const& policy)
{
    case_reader const read(on, policy.merge);
    auto const stored = read.state("S");
    auto const p = read.patch("p");
    auto const lost = losses(stored, p, policy);
    auto const after = model::effect(stored, p, policy.merge);
    auto const deepened = deepen(stored, p.members(), policy);
    auto const words = [&] {
        return "  stored " + test::shown(stored) + "\n  p " + shown(p) + "\n  deepened " +
               (deepened ? shown(*deepened) : told(deepened));
    };
    auto const value_at = [](state const& field, std::string const& pointer) {
        boost::system::error_code error;
        boost::json::value const root = *field;
        auto const* const found = root.find_pointer(pointer, error);
        return found != nullptr ? std::optional(*found) : std::nullopt;
    };
    for (auto const& pointer : lost) {
        require(value_at(stored, pointer).has_value(), words);
        require(after && !value_at(after, pointer), words);
    }
    if (!deepened)
        return;
    auto const kept = model::effect(stored, *deepened, policy.merge);
    for (auto const& pointer : lost)
        require(kept && value_at(kept, pointer) && equal(*value_at(kept, pointer), *value_at(stored, pointer)), words);
}

/// The members of T, or what else it is, as RFC 7396 has them.
inline void a_deepened_merge_patch_has_its_effect(boost::json::value const& on, field_policy const& policy)
{
    case_reader const read(on, policy.merge);
    auto const stored = read.state("S");
    auto const p = read.patch("p");
    auto const& asked = p.members();
    boost::json::value const before = stored ? *stored : boost::json::object();
    auto const expected = model::merged(&before, asked, 1'000).get_object();
    auto const made = deepen(stored, asked, policy);
    auto const words = [&] {
        return "  stored " + test::shown(stored) + "\n  merge patch " + test::shown(asked) + "\n  deepened " +
               (made ? shown(*made) : told(made));
    };
    auto const as_diff = diff(stored, state(expected), policy);
    require(made.has_value() == as_diff.has_value(), words);
    if (!made)
        return;
    require(same_form(*made, *as_diff), words);
    require(model::same(model::effect(stored, *made, policy.merge), state(expected)), words);
}

/// A case of its own: a document and operations. Also as a patch of the policy, where it is an object.
inline void a_json_patch_does_what_its_operations_say(boost::json::value const& on, field_policy const& policy)
{
    auto const* const operations = on.is_object() ? on.get_object().if_contains("operations") : nullptr;
    if (operations == nullptr || !operations->is_array())
        throw not_a_case();
    for (auto const& each : operations->get_array()) {
        for (auto const* name : {"op", "path", "from", "value"}) {
            if (!each.is_object() || !each.get_object().contains(name) ||
                (name != std::string_view("value") && !each.get_object().at(name).is_string()))
                throw not_a_case();
        }
    }
    auto const* const stored = on.get_object().if_contains("S");
    model::document const document = stored != nullptr ? model::document(*stored) : std::nullopt;
    auto const expected = model::json_patched(document, operations->get_array());
    auto const made = json_patched(document, *operations);
    auto const words = [&] {
        return "  expected " + expected.failure + (expected.made ? test::shown(*expected.made) : "nothing") +
               "\n  got " + (made ? *made ? test::shown(**made) : "nothing" : told(made));
    };
    require(made.has_value() == expected.failure.empty(), words);
    if (!made)
        return require_same(told(made), expected.failure, words);
    require(made->has_value() == expected.made.has_value(), words);
    if (*made) // in the same order too
        require_same(test::shown(**made), test::shown(*expected.made), words);
    if (document && !document->is_object())
        return;
    auto const from = document ? state(document->get_object()) : state();
    auto const deepened = deepen_json_patch(from, *operations, policy);
    if (*made && !(*made)->is_object())
        return require_same(told(deepened), "expected_object ''", words);
    auto const target = *made ? state((*made)->get_object()) : state();
    auto const as_diff = diff(from, target, policy);
    require(deepened.has_value() == as_diff.has_value() && (!deepened || same_form(*deepened, *as_diff)), words);
}

} // namespace metapatch::laws

#endif
