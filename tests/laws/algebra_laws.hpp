// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_LAWS_ALGEBRA_LAWS_HPP
#define METAPATCH_TESTS_LAWS_ALGEBRA_LAWS_HPP

#include "../support.hpp"
#include "algebra_cases.hpp"
#include "algebra_model.hpp"
#include "require.hpp"
#include "sorted.hpp"

#include <algorithm>
#include <metapatch/algebra/compose.hpp>
#include <metapatch/algebra/diff.hpp>
#include <metapatch/algebra/rebase.hpp>
#include <string>
#include <utility>
#include <vector>

/// The laws of semantics §5 about patches alone: what they do one after the other, instead of each other, and against
/// each other. Each takes a case (see `case_reader`) and a policy, and throws where it is broken.
namespace metapatch::laws {

using test::shown;
using test::told;
using field_policy = auth0::field_policy;

inline std::string shown(patch const& p)
{
    if (p.is_untouched())
        return "untouched";
    return std::string(p.clears() ? "clear " : "") + test::shown(p.members()) + " " + std::to_string(p.levels());
}

inline std::vector<std::string> pointers_of(report const& found)
{
    std::vector<std::string> all;
    for (auto const& each : found)
        all.push_back(each.pointer);
    return sorted(std::move(all));
}

inline std::vector<std::string> sorted(pointer_list const& all)
{
    return sorted(std::vector<std::string>(all.begin(), all.end()));
}

inline std::string shown(std::vector<std::string> const& all)
{
    std::string text;
    for (auto const& each : all)
        text += each + " ";
    return text;
}

/// An object with every key that others have, so many levels deep, and one more; another value wherever theirs end.
inline boost::json::object covering(std::vector<boost::json::object const*> const& others, std::size_t levels)
{
    boost::json::object made;
    for (auto const* const each : others) {
        for (auto const& member : *each) {
            if (made.contains(member.key()))
                continue;
            std::vector<boost::json::object const*> inside;
            for (auto const* const other : others) {
                auto const* const value = other->if_contains(member.key());
                if (levels > 1 && value != nullptr && value->is_object())
                    inside.push_back(&value->get_object());
            }
            made[member.key()] = inside.empty() ? boost::json::value("witness") : covering(inside, levels - 1);
        }
    }
    made.emplace("unnamed", "witness");
    return made;
}

/// States on which patches show what they do, and those of the case.
inline std::vector<state> witnesses(case_reader const& on, std::vector<patch const*> const& patches)
{
    std::vector<boost::json::object const*> members;
    for (auto const* const each : patches)
        members.push_back(&each->members());
    std::vector<state> all{state(), boost::json::object()};
    do
        all.emplace_back(covering(members, all.size() - 1));
    while (!equal(*all.back(), *all[all.size() - 2])); // down to where all of them end
    for (auto const* name : {"S", "T", "U"})
        all.push_back(on.state(name));
    return all;
}

inline void untouched_is_the_identity(boost::json::value const& on, field_policy const& policy)
{
    auto const before = case_reader(on, policy.merge).state("S");
    auto after = before;
    auto const done = apply(after, patch(), policy);
    // A stored field that is over a limit is not judged again.
    require_same(told(done) + shown(after), "accepted" + shown(before), [] { return "  apply(S, untouched)"; });
}

/// The model is what `apply` does, where no rule but the merge is in the way.
inline void the_effect_is_that_of_apply(boost::json::value const& on, field_policy const& policy)
{
    auto free = policy;
    free.keys = {};
    free.limits = {};
    case_reader const read(on, policy.merge);
    auto const p = read.patch("p");
    auto after = read.state("S");
    auto const expected = model::effect(after, p, policy.merge);
    require(apply(after, p, free).has_value(), [] { return "  refused"; });
    require_same(shown(after), shown(expected), [&] { return "  p " + shown(p); });
}

inline void composed_patches_do_what_both_do(boost::json::value const& on, field_policy const& policy)
{
    case_reader const read(on, policy.merge);
    auto const p = read.patch("p");
    auto const q = read.patch("q");
    auto const both = compose(p, q);
    auto const words = [&] { return "  p " + shown(p) + "\n  q " + shown(q); };
    bool const known = p.is_untouched() || p.clears() || q.is_untouched() || q.clears();
    auto const blocked =
        known ? std::vector<std::string>() : model::set_then_merged(p.members(), q.members(), p.levels());
    if (!both) {
        require_same(shown(pointers_of(both.error())), shown(sorted(blocked)), words);
        require(both.error().front().code == errc::not_expressible, words);
        return;
    }
    require(blocked.empty(), words);
    for (auto const& each : witnesses(read, {&p, &q})) {
        auto const in_turn = model::effect(model::effect(each, p, policy.merge), q, policy.merge);
        auto const at_once = model::effect(each, *both, policy.merge);
        require(model::same(in_turn, at_once), [&] {
            return words() + "\n  composed " + shown(*both) + "\n  on " + shown(each) + "\n  in turn " +
                   shown(in_turn) + "\n  at once " + shown(at_once);
        });
    }
}

inline bool same_form(patch const& left, patch const& right)
{
    return left.is_untouched() == right.is_untouched() && left.clears() == right.clears() &&
           left.levels() == right.levels() && equal(left.members(), right.members());
}

/// On the first level, as a normal form (a `{}` that merges has none beside a clear); below it, wherever both ways are
/// expressible, as an effect.
inline void composing_is_associative(boost::json::value const& on, field_policy const& policy)
{
    case_reader const read(on, policy.merge);
    auto const p = read.patch("p");
    auto const q = read.patch("q");
    auto const r = read.patch("r");
    auto const pq = compose(p, q);
    auto const qr = compose(q, r);
    auto const left = pq ? compose(*pq, r) : pq;
    auto const right = qr ? compose(p, *qr) : qr;
    auto const words = [&] {
        return "  p " + shown(p) + "\n  q " + shown(q) + "\n  r " + shown(r) +
               (left ? "\n  (pq)r " + shown(*left) : "") + (right ? "\n  p(qr) " + shown(*right) : "");
    };
    if (levels_of(policy.merge) == 1 && policy.merge.on_empty == empty_body::clears)
        require(left && right && same_form(*left, *right), words);
    if (!left || !right)
        return;
    for (auto const& each : witnesses(read, {&p, &q, &r}))
        require(model::same(model::effect(each, *left, policy.merge), model::effect(each, *right, policy.merge)),
                words);
}

/// Whether a policy admits the removal of a first-level key.
inline bool removable(std::string_view key, field_policy const& policy)
{
    boost::json::object body;
    body[key] = nullptr;
    return validate(body, policy).empty();
}

/// Whether a clear, with a removal behind it where that takes one, leaves the field as `{}`.
inline bool can_clear_to_empty(field_policy const& policy)
{
    return (can_clear(policy.merge) && policy.merge.cleared == cleared_field::empty) || removable("_", policy);
}

/// Whether any body leaves the field as `{}`, whatever it was, or at least from absent.
inline bool can_make_empty(field_policy const& policy)
{
    return can_clear_to_empty(policy) || (policy.merge.depth > 0 && policy.merge.on_empty == empty_body::merges);
}

inline void a_difference_leads_there_with_the_fewest_members(boost::json::value const& on, field_policy const& policy)
{
    case_reader const read(on, policy.merge);
    auto const& rules = policy.merge;
    auto const from = read.state("S");
    auto const to = read.state("T");
    auto const made = diff(from, to, policy);
    auto const words = [&] {
        return "  from " + shown(from) + "\n  to " + shown(to) + "\n  diff " + (made ? shown(*made) : told(made));
    };
    auto const levels = levels_of(rules);
    auto const expected = model::between(from && rules.depth > 0 ? *from : boost::json::object(),
                                         to ? *to : boost::json::object(), levels);
    if (model::same(from, to)) {
        require(made && made->is_untouched(), words);
        return;
    }
    bool const reachable = !to ? can_clear(rules) && rules.cleared == cleared_field::absent
                           : to->empty() && (!from || rules.depth == 0) ? can_make_empty(policy)
                                                                        : expected.unreachable.empty();
    require(made.has_value() == reachable, words);
    if (!made) {
        auto const code = expected.unreachable.empty() ? errc::unreachable_state : errc::unreachable_null;
        require(made.error().front().code == code, words);
        require(code == errc::unreachable_state ||
                    shown(pointers_of(made.error())) == shown(sorted(expected.unreachable)),
                words);
        return;
    }
    require(model::same(model::effect(from, *made, rules), to), words);
    require(!made->is_untouched(), words);
    if (!to || (to->empty() && (!from || rules.depth == 0)))
        return; // what makes a field absent or empty has no members that matter
    bool const stuck = from && std::any_of(from->begin(), from->end(), [&](auto const& each) {
                           return !to->contains(each.key()) && !removable(each.key(), policy);
                       });
    auto const afresh = model::between({}, *to, levels);
    bool const clears = rules.depth == 0 || (stuck && can_clear(rules) && afresh.unreachable.empty() &&
                                             (!to->empty() || can_clear_to_empty(policy)));
    require(made->clears() == clears, words);
    if (!clears || !to->empty())
        require(equal(made->members(), clears ? afresh.members : expected.members), words);
}

/// Without regard to presence.
inline boost::json::object members_in(state const& of)
{
    return of ? *of : boost::json::object();
}

/// The keys that a patch names are among those of some objects.
inline bool names_none_but(patch const& p, std::vector<boost::json::object> const& known)
{
    return std::all_of(p.members().begin(), p.members().end(), [&](auto const& each) {
        return std::any_of(known.begin(), known.end(), [&](auto const& of) { return of.contains(each.key()); });
    });
}

inline void a_difference_of_either_presence_empties_and_makes_up_no_key(boost::json::value const& on,
                                                                        field_policy const& policy)
{
    case_reader const read(on, policy.merge);
    auto const& rules = policy.merge;
    auto const from = members_in(read.state("S"));
    auto const to = members_in(read.state("T"));
    auto const made = diff(read.state("S"), read.state("T"), policy, presence::either);
    auto const words = [&] {
        return "  from " + test::shown(from) + "\n  to " + test::shown(to) + "\n  diff " +
               (made ? shown(*made) : told(made));
    };
    auto const levels = levels_of(rules);
    auto const expected = model::between(rules.depth > 0 ? from : boost::json::object(), to, levels);
    auto const afresh = model::between({}, to, levels);
    bool const same = equal(from, to);
    require(made.has_value() == (same || expected.unreachable.empty()), words);
    if (!made) {
        require(made.error().front().code == errc::unreachable_null, words);
        require(shown(pointers_of(made.error())) == shown(sorted(expected.unreachable)), words);
        return;
    }
    require(made->is_untouched() == same, words);
    require(equal(members_in(model::effect(read.state("S"), *made, rules)), to), words);
    require(names_none_but(*made, {from, to}), words);
    if (same)
        return;
    bool const stuck = std::any_of(from.begin(), from.end(), [&](auto const& each) {
        return !to.contains(each.key()) && !removable(each.key(), policy);
    });
    bool const clears = rules.depth == 0 || (stuck && can_clear(rules) && afresh.unreachable.empty());
    require(made->clears() == clears, words);
    require(equal(made->members(), clears ? afresh.members : expected.members), words); // the fewest
    // Where all is present, and what is to be empty has another way than a clear, presence makes no difference.
    auto const exact = diff(state(from), state(to), policy);
    if (!to.empty() || (rules.depth > 0 && !clears))
        require(exact && same_form(*made, *exact), words);
}

/// What else takes a choice of presence leads where `diff` leads.
inline void either_presence_is_one_for_all(boost::json::value const& on, field_policy const& policy)
{
    constexpr auto either = presence::either;
    case_reader const read(on, policy.merge);
    auto const& rules = policy.merge;
    auto const before = read.state("S");
    auto const p = read.patch("p");
    auto const q = read.patch("q");
    auto const after = model::effect(before, p, rules);
    auto const back = inverse(before, p, policy, either);
    auto const wanted = diff(after, before, policy, either);
    auto const words = [&] {
        return "  before " + test::shown(before) + "\n  p " + shown(p) + "\n  q " + shown(q) + "\n  inverse " +
               (back ? shown(*back) : told(back)) + "\n  diff " + (wanted ? shown(*wanted) : told(wanted));
    };
    require(back.has_value() == wanted.has_value(), words);
    require(back ? same_form(*back, *wanted) : shown(pointers_of(back.error())) == shown(pointers_of(wanted.error())),
            words);
    auto const rebased = rebase(p, q, policy, either);
    require(!rebased.conflicts.presence && rebased.conflicts.keys == conflicts(p, q, policy).keys, words);
    require(names_none_but(rebased.rest, {p.members(), q.members()}), words);
    for (auto const& each : witnesses(read, {&p, &q})) {
        auto const behind = model::effect(each, q, rules);
        require(
            equal(members_in(model::effect(behind, rebased.rest, rules)), members_in(model::effect(behind, p, rules))),
            [&] { return words() + "\n  rest " + shown(rebased.rest) + "\n  on " + test::shown(each); });
    }
}

inline void an_inverse_undoes(boost::json::value const& on, field_policy const& policy)
{
    case_reader const read(on, policy.merge);
    auto const before = read.state("S");
    auto const p = read.patch("p");
    auto const after = model::effect(before, p, policy.merge);
    auto const back = inverse(before, p, policy);
    auto const expected = diff(after, before, policy);
    auto const words = [&] {
        return "  before " + shown(before) + "\n  p " + shown(p) + "\n  after " + shown(after) + "\n  inverse " +
               (back ? shown(*back) : told(back)) + "\n  diff " + (expected ? shown(*expected) : told(expected));
    };
    require(back.has_value() == expected.has_value(), words);
    if (!back) {
        require(shown(pointers_of(back.error())) == shown(pointers_of(expected.error())), words);
        return;
    }
    require(same_form(*back, *expected), words);
    require(model::same(model::effect(after, *back, policy.merge), before), words);
}

/// Keys on which two states differ, of those that two patches name; and whether other ones do.
inline std::vector<std::string> differing_keys(state const& left, state const& right)
{
    std::vector<std::string> keys;
    for (auto const* const each : {&left, &right}) {
        if (!*each)
            continue;
        for (auto const& member : **each) {
            bool const noted = std::find(keys.begin(), keys.end(), std::string(member.key())) != keys.end();
            if (!noted && !model::same(model::member(left, member.key()), model::member(right, member.key())))
                keys.emplace_back(member.key());
        }
    }
    return keys;
}

/// The conflicts are exactly the keys on which some state shows the order of two patches.
inline void conflicts_are_where_the_order_shows(boost::json::value const& on, field_policy const& policy)
{
    case_reader const read(on, policy.merge);
    auto const p = read.patch("p");
    auto const q = read.patch("q");
    auto const found = conflicts(p, q, policy);
    std::vector<std::string> shown_keys;
    bool shown_presence = false;
    for (auto const& each : witnesses(read, {&p, &q})) {
        auto const pq = model::effect(model::effect(each, p, policy.merge), q, policy.merge);
        auto const qp = model::effect(model::effect(each, q, policy.merge), p, policy.merge);
        shown_presence = shown_presence || pq.has_value() != qp.has_value();
        for (auto& key : differing_keys(pq, qp)) {
            if (std::find(shown_keys.begin(), shown_keys.end(), key) == shown_keys.end())
                shown_keys.push_back(std::move(key));
        }
    }
    auto const words = [&] {
        return "  p " + shown(p) + "\n  q " + shown(q) + "\n  conflicts " + shown(found.keys) +
               (found.presence ? "presence" : "") + "\n  witnessed " + shown(shown_keys);
    };
    require(sorted(found.keys) == sorted(shown_keys), words);
    require(found.presence == (shown_keys.empty() && shown_presence), words);
    require(commutes(p, q, policy) == found.empty(), words);
    require(conflicts(q, p, policy).presence == found.presence, words);
    require(sorted(conflicts(q, p, policy).keys) == sorted(found.keys), words);
    auto const place = [&](std::string const& key) {
        auto const* const first = p.members().find(key);
        return first != p.members().end()
                   ? static_cast<std::size_t>(first - p.members().begin())
                   : p.members().size() + static_cast<std::size_t>(q.members().find(key) - q.members().begin());
    };
    require(std::is_sorted(found.keys.begin(), found.keys.end(),
                           [&](auto const& left, auto const& right) { return place(left) < place(right); }),
            words);
}

/// The same members without one of them, on a level that merges: one variant each.
inline std::vector<boost::json::object> without_one(boost::json::object const& members, std::size_t levels)
{
    std::vector<boost::json::object> all;
    for (auto const& each : members) {
        auto& without = all.emplace_back(members);
        without.stable_erase(each.key());
        if (levels == 1 || !each.value().is_object())
            continue;
        for (auto& inside : without_one(each.value().get_object(), levels - 1))
            all.emplace_back(members)[each.key()] = std::move(inside);
    }
    return all;
}

inline void a_rebased_patch_does_what_is_left(boost::json::value const& on, field_policy const& policy)
{
    case_reader const read(on, policy.merge);
    auto const& rules = policy.merge;
    auto const p = read.patch("p");
    auto const q = read.patch("q");
    auto const rebased = rebase(p, q, policy);
    auto const words = [&] { return "  p " + shown(p) + "\n  onto " + shown(q) + "\n  rest " + shown(rebased.rest); };
    auto const all = witnesses(read, {&p, &q});
    auto const holds = [&](patch const& rest) {
        return std::all_of(all.begin(), all.end(), [&](state const& each) {
            auto const behind = model::effect(each, q, rules);
            return model::same(model::effect(behind, rest, rules), model::effect(behind, p, rules));
        });
    };
    require(holds(rebased.rest), words);
    require(rebased.conflicts == conflicts(p, q, policy), words);
    require(rebased.rest.is_untouched() || !holds(patch()), words);
    bool const as_it_is = q.is_untouched() || p.clears();
    for (auto& less : without_one(rebased.rest.members(), rebased.rest.levels())) {
        auto const text = test::shown(less);
        bool const no_patch = less.empty() && rules.on_empty == empty_body::clears; // of this policy
        if (!as_it_is && !no_patch)
            require(!holds(patch::of(std::move(less), rebased.rest.clears(), rebased.rest.levels())),
                    [&] { return words() + "\n  would do: " + text; });
    }
}

} // namespace metapatch::laws

#endif
