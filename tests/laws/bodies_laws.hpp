// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_LAWS_BODIES_LAWS_HPP
#define METAPATCH_TESTS_LAWS_BODIES_LAWS_HPP

#include "algebra_laws.hpp"

#include <metapatch/algebra/bodies.hpp>
#include <metapatch/algebra/text_diff.hpp>

/// The laws of what is sent for a patch.
namespace metapatch::laws {

inline std::string shown(patch_bodies const& bodies)
{
    std::string text;
    for (auto const& each : bodies.in_turn)
        text += test::shown(each) + " ";
    return text;
}

/// A policy whose limits are small enough for cases to meet them.
inline field_policy narrowed(field_policy policy, std::size_t most_members)
{
    policy.limits.max_members = most_members;
    return policy;
}

/// How many bodies a patch takes: each names so many members; a clear is a body of its own where a body merges.
inline std::size_t fewest_bodies(patch const& p, field_policy const& policy)
{
    if (p.is_untouched())
        return 0;
    auto const& rules = policy.merge;
    if (rules.depth == 0)
        return 1;
    auto const full = [most = policy.limits.max_members](std::size_t count) {
        return count / most + (count % most != 0 ? 1 : 0);
    };
    if (!p.clears())
        return std::max<std::size_t>(full(p.members().size()), 1);
    auto const sets = model::merged(boost::json::object(), p.members(), p.levels()).size();
    bool const presence = sets == 0 && !p.members().empty() && rules.cleared == cleared_field::absent;
    return 1 + full(sets) + (presence ? 1 : 0);
}

/// Sends bodies in turn, by the model. @return what stands in the way, as the model says it
template<class Each>
std::string sent(state& field, patch_bodies const& bodies, field_policy const& policy, Each each)
{
    for (auto const& body : bodies.in_turn) {
        if (auto const found = validate(field, body, policy); !found.empty())
            return told(found);
        auto const p = patch::from(body, policy);
        field = model::effect(field, *p, policy.merge);
        each(field);
    }
    return {};
}

/// Bodies for a patch alone: they have its effect on every state, and are as few as can be.
inline void bodies_carry_a_patch(boost::json::value const& on, field_policy const& policy, std::size_t most)
{
    auto const limited = narrowed(policy, most);
    auto unlimited_result = policy; // what is stored is not known here, so its counts cannot be
    unlimited_result.limits.max_members = unlimited;
    case_reader const read(on, policy.merge);
    auto const p = read.patch("p");
    auto const bodies = to_bodies(p, limited);
    auto const words = [&] {
        return "  p " + shown(p) + "\n  bodies of " + std::to_string(most) + ": " +
               (bodies ? shown(*bodies) : told(bodies));
    };
    if (!bodies) {
        require(!validate(p, policy).empty() || policy.merge.depth == 0 || p.clears(), words);
        return;
    }
    require(bodies->in_turn.size() == fewest_bodies(p, limited), words);
    require(bodies->is_atomic() == (bodies->in_turn.size() < 2), words);
    for (auto const& each : bodies->in_turn)
        require(validate(each, limited).empty(), words);
    for (auto const& each : witnesses(read, {&p})) {
        auto after = each;
        auto const before = each ? each->size() : 0;
        auto const expected = model::effect(each, p, policy.merge);
        auto const highest = std::max(before, expected ? expected->size() : 0);
        require_same(sent(after, *bodies, unlimited_result,
                          [&](state const& between) { require(!between || between->size() <= highest, words); }),
                     "", words);
        require(model::same(after, expected), [&] { return words() + "\n  on " + test::shown(each); });
    }
}

/// Where either presence will do, bodies have the effect but for presence, are as few as can be, and name no key that
/// the patch does not.
inline void bodies_of_either_presence_carry_a_patch(boost::json::value const& on, field_policy const& policy,
                                                    std::size_t most)
{
    auto const limited = narrowed(policy, most);
    auto unlimited_result = policy;
    unlimited_result.limits.max_members = unlimited;
    case_reader const read(on, policy.merge);
    auto const p = read.patch("p");
    auto const stored = read.state("S");
    auto const bodies = to_bodies(p, limited, presence::either);
    auto const on_stored = to_bodies(p, stored, limited, presence::either);
    auto const words = [&] {
        return "  p " + shown(p) + "\n  bodies of " + std::to_string(most) + ": " +
               (bodies ? shown(*bodies) : told(bodies)) + "\n  on " + test::shown(stored) + ": " +
               (on_stored ? shown(*on_stored) : told(on_stored));
    };
    auto const names_nothing_new = [&](patch_bodies const& of, std::vector<boost::json::object> const& known) {
        return std::all_of(of.in_turn.begin(), of.in_turn.end(), [&](auto const& body) {
            return !body.is_object() || names_none_but(patch::of(body.get_object()), known);
        });
    };
    auto const exact_of_stored = to_bodies(p, stored, limited);
    require(on_stored || !exact_of_stored, words); // all that exactly is carried is
    if (on_stored) {
        auto after = stored;
        require_same(sent(after, *on_stored, limited, [](state const&) {}), "", words);
        require(equal(members_in(after), members_in(model::effect(stored, p, policy.merge))), words);
        require(names_nothing_new(*on_stored, {p.members(), members_in(stored)}), words);
    }
    auto const exact = to_bodies(p, limited);
    require(bodies || !exact, words);
    if (!bodies)
        return;
    auto const sets = model::merged(boost::json::object(), p.members(), p.levels()).size();
    bool const presence_alone = !p.is_untouched() && !p.clears() && p.members().empty();
    bool const removal_is_spared = p.clears() && policy.merge.depth > 0 && sets == 0 && !p.members().empty() &&
                                   policy.merge.cleared == cleared_field::absent;
    auto const fewest = presence_alone ? 0 : fewest_bodies(p, limited) - (removal_is_spared ? 1 : 0);
    require(bodies->in_turn.size() == fewest, words);
    require(names_nothing_new(*bodies, {p.members()}), words);
    for (auto const& each : witnesses(read, {&p})) {
        auto after = each;
        require_same(sent(after, *bodies, unlimited_result, [](state const&) {}), "", words);
        require(equal(members_in(after), members_in(model::effect(each, p, policy.merge))), words);
    }
}

/// Bodies for a patch on a state that is known: each is accepted in its turn, and the last leaves what the patch does.
inline void bodies_are_accepted_in_turn(boost::json::value const& on, field_policy const& policy, std::size_t most)
{
    auto const limited = narrowed(policy, most);
    case_reader const read(on, policy.merge);
    auto const p = read.patch("p");
    auto const before = read.state("S");
    auto const expected = model::effect(before, p, policy.merge);
    auto const bodies = to_bodies(p, before, limited);
    auto const words = [&] {
        return "  p " + shown(p) + "\n  on " + test::shown(before) + "\n  bodies of " + std::to_string(most) + ": " +
               (bodies ? shown(*bodies) : told(bodies));
    };
    if (bodies) {
        auto after = before;
        require_same(sent(after, *bodies, limited, [](state const&) {}), "", words);
        require(model::same(after, expected), words);
        return;
    }
    // Nothing else does it either: neither the patch as it is, nor all of the target behind a clear.
    auto const target = diff({}, expected, limited);
    bool const afresh = can_clear(policy.merge) && target && to_bodies(*target, state(), limited).has_value() &&
                        (expected ? !expected->empty() : true);
    require(!afresh, words);
}

/// Texts differ as the states do that they are of, and what is sent is the same, where a limit of the size admits the
/// target, and where it does not.
inline void texts_differ_as_states_do(boost::json::value const& on, field_policy const& policy, presence how)
{
    case_reader const read(on, policy.merge);
    auto const from = read.state("S");
    auto const to = read.state("T");
    auto const text_of = [](state const& field) { return field ? std::optional(test::shown(*field)) : std::nullopt; };
    auto const size = to ? serialized_size(*to) : 0;
    for (auto const most : {unlimited, size, size - std::min<std::size_t>(size, 1)}) {
        auto limited = policy;
        limited.limits.max_bytes = most;
        auto const changes = diff(from, to, limited, how);
        auto const values = changes ? to_bodies(*changes, from, limited, how) : result<patch_bodies>(changes.error());
        auto const texts = diff(text_of(from), text_of(to), limited, how);
        auto const words = [&] {
            return "  from " + test::shown(from) + "\n  to " + test::shown(to) + "\n  of at most " +
                   std::to_string(most) + " bytes\n  of states " + (values ? shown(*values) : told(values)) +
                   "\n  of texts " + (texts ? shown(texts->in_turn) : told(texts));
        };
        require(values.has_value() == texts.has_value(), words);
        if (!texts) {
            require(values.error().front() == texts.error().front(), words);
            continue;
        }
        require(values->in_turn.size() == texts->in_turn.size(), words);
        for (std::size_t i = 0; i < texts->in_turn.size(); ++i)
            require(equal(test::json(texts->in_turn[i]), values->in_turn[i]), words);
    }
}

/// Bodies for several patches have the effect of all: as one patch where they compose, and else as two.
inline void bodies_carry_many_patches(boost::json::value const& on, field_policy const& policy)
{
    auto free = policy;
    free.keys = {};
    free.limits = {};
    case_reader const read(on, policy.merge);
    std::vector<patch> const all{read.patch("p"), read.patch("q"), read.patch("r")};
    auto const bodies = to_bodies(std::span(all), free);
    auto const words = [&] {
        return "  patches " + shown(all[0]) + "; " + shown(all[1]) + "; " + shown(all[2]) + "\n  bodies " +
               (bodies ? shown(*bodies) : told(bodies));
    };
    require(bodies.has_value(), words);
    for (auto const& each : witnesses(read, {&all[0], &all[1], &all[2]})) {
        auto after = each;
        require_same(sent(after, *bodies, free, [](state const&) {}), "", words);
        auto expected = each;
        for (auto const& p : all)
            expected = model::effect(expected, p, policy.merge);
        require(model::same(after, expected), [&] {
            return words() + "\n  on " + test::shown(each) + "\n  in turn " + test::shown(expected) + "\n  sent " +
                   test::shown(after);
        });
    }
    auto const back = compose(all[1], all[2]);
    auto const front = compose(all[0], all[1]);
    auto both = back ? compose(all[0], *back) : back;
    if (!both)
        both = front ? compose(*front, all[2]) : front;
    if (both)
        require(bodies->in_turn.size() == fewest_bodies(*both, free), words);
    else
        require(bodies->in_turn.size() <= 2, words);
}

} // namespace metapatch::laws

#endif
