// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_ALGEBRA_DIFF_HPP
#define METAPATCH_ALGEBRA_DIFF_HPP

#include <metapatch/algebra/difference.hpp>
#include <metapatch/algebra/presence.hpp>
#include <metapatch/patch/apply.hpp>

#include <algorithm>
#include <array>
#include <boost/json/object.hpp>
#include <boost/json/storage_ptr.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace metapatch {

namespace detail {

/// Whether any body drops all that is stored.
constexpr bool can_clear(merge_rules const& rules) noexcept
{
    return rules.depth == 0 || rules.on_empty == empty_body::clears || rules.on_null == null_body::clears;
}

/// Whether a body may remove the member of that key.
template<key_rule Keys>
bool can_remove(std::string_view key, policy<Keys> const& policy)
{
    struct {
        std::string pointer() const { return {}; }
    } const place;
    report found;
    check_key({key, 1}, policy, place, found);
    check_value(true, std::nullopt, policy.limits, place, found);
    return found.empty();
}

/// A patch under the given rules; untouched where there are no members.
inline patch patch_of(boost::json::object&& members, bool clears, merge_rules const& rules)
{
    if (members.empty())
        return patch(members.storage());
    return patch::of(std::move(members), clears || rules.depth == 0, std::max<std::size_t>(rules.depth, 1));
}

/// A key that a body may remove, and that is likely not there; "" where the policy admits none.
template<key_rule Keys>
std::string_view removable_key(policy<Keys> const& policy)
{
    constexpr std::array<std::string_view, 5> any_keys{"_", "a", "A", "0", "-"};
    auto const found =
        std::find_if(any_keys.begin(), any_keys.end(), [&policy](auto key) { return can_remove(key, policy); });
    return found != any_keys.end() ? *found : std::string_view("");
}

/// What a patch makes of a field by its merge alone, whatever other rules say.
inline state merged(state field, patch const& changes, merge_rules const& rules,
                    boost::json::storage_ptr const& storage = {})
{
    auto const asked = *request_of(changes, rules);
    change aside;
    if (asked.members != nullptr)
        merge_members(field, *asked.members, asked, storage, aside);
    else if (asked.touches)
        clear(field, rules.cleared, storage);
    return field;
}

/// What members make where nothing is stored: themselves, without nulls on the levels that merge.
///
/// @tparam Members  `boost::json::object const` copies them, `boost::json::object` moves them
template<class Members>
boost::json::object merged_into_nothing(Members& members, std::size_t levels, boost::json::storage_ptr storage)
{
    boost::json::object made(std::move(storage));
    merge<Members> merging(made, members, levels);
    merging.prepare();
    merging.commit();
    return made;
}

/// What a patch that clears leaves, whatever was stored.
inline state left_by(patch const& clearing, merge_rules const& rules)
{
    return merged(std::nullopt, clearing, rules);
}

/// Makes a field present, as `{}` where it was absent or `clears`: by removing what is not there, where no clear
/// does it. Where no key may be removed, the outcome is as untouched as `made`.
template<key_rule Keys>
patch made_empty(patch made, bool clears, policy<Keys> const& policy)
{
    auto const& rules = policy.merge;
    if (rules.cleared == cleared_field::empty && can_clear(rules))
        return std::move(made.clear());
    if (!clears && rules.depth > 0 && rules.on_empty == empty_body::merges) // `{}` adds nothing but presence
        return patch::of(boost::json::object(made.members().storage()), false, rules.depth);
    auto const key = removable_key(policy);
    if (key.empty())
        return made;
    return std::move((clears ? made.clear() : made).remove(key));
}

/// A patch that drops all that is stored and sets all of `to`, under a policy that can clear.
template<key_rule Keys>
result<patch> diff_by_clear(boost::json::object const& to, policy<Keys> const& policy, patch made, presence how)
{
    if (to.empty()) {
        if (how == presence::either)
            return std::move(made.clear());
        made = made_empty(std::move(made), true, policy);
        return made.is_untouched() ? result<patch>(report({.code = errc::unreachable_state})) : std::move(made);
    }
    difference changes(policy.merge.depth == 0 ? 1 : policy.merge.depth, made.members().storage(),
                       policy.read.max_violations);
    changes.between({}, to);
    if (!changes.obstacles().empty())
        return changes.obstacles();
    return patch_of(changes.take(), true, policy.merge);
}

} // namespace detail

/// The patch that leads from one state of a field to another, with the fewest members.
///
/// It is untouched where the states are equal: then there is nothing to send, and above all no `{}`, which would clear.
/// It clears only where nothing else reaches the target, for a clear drops also what others have added meanwhile. Where
/// the policy replaces, it is the whole target.
///
/// States hold numbers as Boost.JSON does, so what `read_state` has rounded to the same number is equal here. For texts
/// there is the exact `diff`, in algebra/text_diff.hpp, whose answer is what to send.
///
/// @param from, to  states
/// @param policy    its merge decides; its rule for keys only where a removal by null is refused, so that it clears
/// @param how       whether absent and `{}` are different. Where they are not, a field that is replaced is emptied by a
///                  clear, and one that merges by removals
/// @param storage   where the patch lives
/// @return          p with `apply(from, p) == to` as to the merge alone; `to_bodies` looks at the other rules
/// Errors:          `unreachable_state` at "" (no body makes the field absent, or present and empty; never where either
///                  will do); `unreachable_null` with pointers (the target holds a null where null removes)
/// Complexity:      O(n) in both expected; no recursion. Copies the values it sets, and nothing else
/// Exceptions:      std::bad_alloc
/// Source:          semantics §5
template<key_rule Keys>
[[nodiscard]] result<patch> diff(state const& from, state const& to, policy<Keys> const& policy,
                                 presence how = presence::exact, boost::json::storage_ptr storage = {})
{
    auto const& rules = policy.merge;
    patch made(storage);
    if (how == presence::exact && !to) {
        if (!from)
            return made;
        if (rules.cleared == cleared_field::empty || !detail::can_clear(rules))
            return report({.code = errc::unreachable_state});
        return std::move(made.clear());
    }
    boost::json::object const none;
    auto const& before = detail::members_of(from, none);
    auto const& after = detail::members_of(to, none);
    if (rules.depth == 0) {
        if (detail::equal_states(from, to, how))
            return made;
        return detail::diff_by_clear(after, policy, std::move(made), how);
    }
    if (how == presence::exact && !from && after.empty()) {
        made = detail::made_empty(std::move(made), false, policy);
        return made.is_untouched() ? result<patch>(report({.code = errc::unreachable_state})) : std::move(made);
    }
    detail::difference changes(rules.depth, storage, policy.read.max_violations);
    changes.between(before, after);
    if (!changes.obstacles().empty())
        return changes.obstacles();
    if (detail::can_clear(rules)) {
        for (auto const& member : before) {
            if (after.contains(member.key()) || detail::can_remove(member.key(), policy))
                continue;
            if (auto cleared = detail::diff_by_clear(after, policy, std::move(made), how))
                return cleared;
            break; // then nothing carries it, as `to_bodies` will say
        }
    }
    return detail::patch_of(changes.take(), false, rules);
}

/// The patch that undoes another.
///
/// @param before  the field as it was
/// @param changes the patch that was applied to it; its merge alone counts
/// @param how     whether it matters that the field was absent, or `{}`
/// @return        q with `apply(apply(before, changes), q) == before`, with the fewest members
/// Errors:        those of `diff`
/// Complexity:    O(patch) expected where it neither clears nor merges below the first level; else O(n) in both
/// Exceptions:    std::bad_alloc
/// Source:        semantics §5
template<key_rule Keys>
[[nodiscard]] result<patch> inverse(state const& before, patch const& changes, policy<Keys> const& policy,
                                    presence how = presence::exact, boost::json::storage_ptr storage = {})
{
    auto const& rules = policy.merge;
    if (changes.is_untouched())
        return patch(storage);
    if (changes.clears())
        return diff(detail::left_by(changes, rules), before, policy, how, storage);
    if (!before || changes.levels() > 1 || rules.depth != 1)
        return diff(detail::merged(before, changes, rules), before, policy, how, storage);
    detail::difference back(1, storage, policy.read.max_violations);
    bool can_remove = true;
    for (auto const& member : changes.members()) {
        auto const* const after = member.value().is_null() ? nullptr : &member.value();
        auto const* const old = before->if_contains(member.key());
        back.member(member.key(), after, old);
        can_remove = can_remove && (old != nullptr || after == nullptr || detail::can_remove(member.key(), policy));
    }
    if (!can_remove)
        return diff(detail::merged(before, changes, rules), before, policy, how, storage);
    if (!back.obstacles().empty())
        return back.obstacles();
    return detail::patch_of(back.take(), false, rules);
}

} // namespace metapatch

#endif
