// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_ALGEBRA_REBASE_HPP
#define METAPATCH_ALGEBRA_REBASE_HPP

#include <metapatch/algebra/compose.hpp>

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace metapatch {

/// Where the order of two patches matters.
struct patch_conflicts {
    std::vector<std::string> keys{}; ///< of first-level members, in the order of the first patch, then of the second
    bool presence = false;           ///< no key differs, but whether the field is present does

    bool empty() const noexcept { return keys.empty() && !presence; }
    bool operator==(patch_conflicts const&) const = default;
};

namespace detail {

/// What two patches leave, one after the other, where at least one of them clears.
inline state left_by_both(patch const& first, patch const& second, merge_rules const& rules)
{
    return second.clears() ? left_by(second, rules) : merged(left_by(first, rules), second, rules);
}

/// For each member of the left patch, whether it and the right one's member of that key depend on their order.
inline std::vector<bool> conflicting_members(boost::json::object const& left, boost::json::object const& right,
                                             std::size_t levels)
{
    struct pair {
        boost::json::object const* left;
        boost::json::object const* right;
        std::size_t level;
        std::size_t member; ///< of the left patch, that they are in
    };
    std::vector<bool> conflict(left.size());
    std::vector<pair> pending{{&left, &right, 1, 0}};
    while (!pending.empty()) {
        auto const here = pending.back();
        pending.pop_back();
        std::size_t index = 0;
        for (auto const& mine : *here.left) {
            auto const member = here.level == 1 ? index++ : here.member;
            auto const* const other = here.right->if_contains(mine.key());
            if (other == nullptr || conflict[member])
                continue;
            if (here.level < levels && mine.value().is_object() && other->is_object())
                pending.push_back({&mine.value().get_object(), &other->get_object(), here.level + 1, member});
            else if (!equal(mine.value(), *other))
                conflict[member] = true;
        }
    }
    return conflict;
}

/// The members of a patch that still have an effect behind another, on all levels that merge.
inline boost::json::object members_left(boost::json::object const& mine, boost::json::object const& done,
                                        std::size_t levels, boost::json::storage_ptr const& storage)
{
    object_pairs pairs(storage);
    pairs[0].left = &mine;
    pairs[0].right = &done;
    for (std::size_t i = 0; i < pairs.size(); ++i) { // grows meanwhile
        for (auto const& member : *pairs[i].left) {
            auto const* const other = pairs[i].right->if_contains(member.key());
            bool const merges = pairs[i].level < levels && member.value().is_object();
            if (other != nullptr && merges && other->is_object())
                pairs.add_inside(i, member.key(), member.value().get_object(), other->get_object());
            else if (other != nullptr && merges) // no object is there any more: what its nulls removed is gone
                pairs[i].made.emplace(
                    member.key(), merged_into_nothing(member.value().get_object(), levels - pairs[i].level, storage));
            else if (other == nullptr || !equal(member.value(), *other))
                pairs[i].made.emplace(member.key(), member.value());
        }
    }
    return pairs.take();
}

} // namespace detail

/// The first-level keys on which the order of two patches of the policy matters, and whether it does for the field's
/// presence alone.
///
/// Complexity: O(both) expected; no recursion. Exceptions: std::bad_alloc. Source: semantics §5
template<key_rule Keys>
[[nodiscard]] patch_conflicts conflicts(patch const& first, patch const& second, policy<Keys> const& policy)
{
    patch_conflicts found;
    if (first.is_untouched() || second.is_untouched())
        return found;
    if (!first.clears() && !second.clears()) {
        auto const differ =
            detail::conflicting_members(first.members(), second.members(), std::max(first.levels(), second.levels()));
        std::size_t index = 0;
        for (auto const& member : first.members()) {
            if (differ[index++])
                found.keys.emplace_back(member.key());
        }
        return found;
    }
    // One clears: what both leave is known, in either order.
    auto const one_way = detail::left_by_both(first, second, policy.merge);
    auto const other_way = detail::left_by_both(second, first, policy.merge);
    auto const value_in = [](state const& field, auto const& key) { return field ? field->if_contains(key) : nullptr; };
    auto const note_members = [&](boost::json::object const& members, boost::json::object const* noted) {
        for (auto const& member : members) {
            auto const* const a = value_in(one_way, member.key());
            auto const* const b = value_in(other_way, member.key());
            bool const same = a == nullptr || b == nullptr ? a == b : equal(*a, *b);
            if (!same && (noted == nullptr || !noted->contains(member.key())))
                found.keys.emplace_back(member.key());
        }
    };
    note_members(first.members(), nullptr);
    note_members(second.members(), &first.members());
    found.presence = found.keys.empty() && one_way.has_value() != other_way.has_value();
    return found;
}

/// Whether two patches have the same effect in both orders, on every state.
///
/// Complexity and exceptions as those of `conflicts`. Source: semantics §5
template<key_rule Keys>
[[nodiscard]] bool commutes(patch const& first, patch const& second, policy<Keys> const& policy)
{
    return conflicts(first, second, policy).empty();
}

/// What remains of a patch behind another.
struct rebased_patch {
    patch rest;                ///< what is still to do; where the two conflict, it has the last word
    patch_conflicts conflicts; ///< of the two
};

/// What a patch still has to do after another that was made for the same state.
///
/// @param changes  the patch to rebase, of the policy
/// @param onto     the patch that came first, of the policy
/// @param how      whether it matters that the field is absent then, or `{}`; else presence is no conflict either
/// @param storage  where the rest lives
/// @return         r with `apply(apply(S, onto), r.rest) == apply(apply(S, onto), changes)` for every state S, with the
///                 fewest members; a patch that clears is left as it is, unless all is as it leaves it
/// Complexity:     O(both) expected; no recursion. Copies the values that remain
/// Exceptions:     std::bad_alloc
/// Source:         semantics §5
template<key_rule Keys>
[[nodiscard]] rebased_patch rebase(patch const& changes, patch const& onto, policy<Keys> const& policy,
                                   presence how = presence::exact, boost::json::storage_ptr storage = {})
{
    rebased_patch made{patch(storage), conflicts(changes, onto, policy)};
    made.conflicts.presence = made.conflicts.presence && how == presence::exact;
    if (changes.is_untouched())
        return made;
    bool const known = onto.clears(); // what is there behind it
    auto const there = known ? detail::left_by(onto, policy.merge) : state();
    if (onto.is_untouched() || (changes.clears() && !known)) {
        made.rest = changes;
    } else if (changes.clears()) {
        if (!detail::equal_states(there, detail::left_by(changes, policy.merge), how))
            made.rest = changes;
    } else if (!known) {
        auto left =
            detail::members_left(changes.members(), onto.members(), std::max(changes.levels(), onto.levels()), storage);
        if (!left.empty())
            made.rest = patch::of(std::move(left), false, changes.levels());
    } else {
        auto const wanted = detail::merged(there, changes, policy.merge);
        if (auto rest = diff(there, wanted, policy, how, storage))
            made.rest = std::move(*rest);
        else if (changes.members().empty())
            made.rest = changes;
        else // it makes an absent field present, and no key may be removed: so one of these is as good as any
            made.rest.remove(changes.members().begin()->key());
    }
    return made;
}

} // namespace metapatch

#endif
