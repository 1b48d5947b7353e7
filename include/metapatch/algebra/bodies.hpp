// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_ALGEBRA_BODIES_HPP
#define METAPATCH_ALGEBRA_BODIES_HPP

#include <metapatch/algebra/compose.hpp>

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace metapatch {

/// What to send: PATCH bodies, in turn.
///
/// @tparam Body  `boost::json::value`, or `std::string` for texts
template<class Body>
struct body_sequence {
    std::vector<Body> in_turn{};

    /// Whether there is nothing to send. An empty patch, `{}`, would clear the field instead.
    bool nothing_to_send() const noexcept { return in_turn.empty(); }

    /// Whether no one can see, or write, a state between.
    bool is_atomic() const noexcept { return in_turn.size() <= 1; }
};

/// Bodies for a field, as values.
using patch_bodies = body_sequence<boost::json::value>;

/// Bodies as texts, in which every number is as it was written.
using body_texts = body_sequence<std::string>;

namespace detail {

/// The body that drops all that is stored.
inline boost::json::value clearing_body(merge_rules const& rules, boost::json::storage_ptr const& storage)
{
    if (rules.depth == 0 || rules.on_empty == empty_body::clears)
        return boost::json::object(storage);
    return boost::json::value(nullptr, storage);
}

/// Members as bodies of at most so many, removals first, so that no state between holds more than the first and last.
inline void append_members(boost::json::object&& members, std::size_t most, patch_bodies& out)
{
    if (members.size() <= most) {
        out.in_turn.emplace_back(std::move(members));
        return;
    }
    boost::json::object part(members.storage());
    auto const take = [&](bool removals) {
        for (auto& member : members) {
            if (member.value().is_null() != removals)
                continue;
            if (part.size() == most) {
                out.in_turn.emplace_back(std::move(part));
                part = boost::json::object(members.storage());
            }
            part.emplace(member.key(), std::move(member.value()));
        }
    };
    take(true);
    take(false);
    out.in_turn.emplace_back(std::move(part));
}

/// What a patch that clears sets; where it sets none, and a clear would leave the field absent that its removals leave
/// present, and that matters, one removal.
template<key_rule Keys>
boost::json::object members_after_clear(boost::json::object&& members, std::size_t levels, policy<Keys> const& policy,
                                        presence how)
{
    auto made = merged_into_nothing(members, levels, members.storage());
    bool const is_same = policy.merge.cleared == cleared_field::empty || how == presence::either;
    if (!made.empty() || members.empty() || is_same)
        return made;
    auto const named = std::find_if(members.begin(), members.end(),
                                    [&policy](auto const& each) { return can_remove(each.key(), policy); });
    made.emplace(named != members.end() ? std::string_view(named->key()) : removable_key(policy), nullptr);
    return made;
}

/// The bodies of a patch, unchecked; none where it is not the policy's.
template<key_rule Keys>
std::optional<patch_bodies> split(patch changes, policy<Keys> const& policy, presence how)
{
    auto const& rules = policy.merge;
    auto const most = rules.depth == 0 ? unlimited : std::max<std::size_t>(policy.limits.max_members, 1);
    patch_bodies out;
    if (changes.is_untouched())
        return out;
    auto const levels = changes.levels();
    bool const clears = changes.clears();
    if ((clears ? !can_clear(rules) : rules.depth == 0) ||
        !merging_otherwise(changes, std::max<std::size_t>(rules.depth, 1)).empty())
        return std::nullopt;
    auto members = std::move(changes).members();
    if (!clears) {
        if (members.empty() && how == presence::either)
            return out; // it would make an absent field present
        if (members.empty() && rules.on_empty == empty_body::clears)
            return std::nullopt; // no body does that alone
        append_members(std::move(members), most, out);
        return out;
    }
    members = members_after_clear(std::move(members), levels, policy, how);
    if (members.empty() || rules.depth > 0)
        out.in_turn.push_back(clearing_body(rules, members.storage()));
    if (!members.empty())
        append_members(std::move(members), most, out);
    return out;
}

/// Why a body is refused in its turn, if one is.
template<key_rule Keys>
report refused_in_turn(patch_bodies const& bodies, state const& stored, policy<Keys> const& policy)
{
    if (bodies.is_atomic())
        return bodies.in_turn.empty() ? report() : validate(stored, bodies.in_turn.front(), policy);
    state field = stored;
    for (auto const& body : bodies.in_turn) {
        if (auto done = apply(field, body, policy); !done)
            return std::move(done).error();
    }
    return report();
}

} // namespace detail

/// The bodies that carry a patch, as few as can be: none where it is untouched, one mostly; more where it clears and
/// then sets members, or names more members than a body may.
///
/// @param changes  a patch of the policy; as an rvalue its values are moved
/// @param policy   its limits split the patch, its other rules are checked
/// @param how      whether it matters that a patch leaves the field absent, or `{}`
/// Errors:         `not_expressible` at "" (no body has its effect: it clears and the policy cannot, or the other way
///                 round; or it merges other levels than the policy); those of `validate` for a body; what becomes of a
///                 state is not looked at
/// Complexity:     O(bytes of the patch); no recursion
/// Exceptions:     std::bad_alloc
/// Source:         semantics §5
template<key_rule Keys>
[[nodiscard]] result<patch_bodies> to_bodies(patch changes, policy<Keys> const& policy, presence how = presence::exact)
{
    auto made = detail::split(std::move(changes), policy, how);
    if (!made)
        return report({.code = errc::not_expressible});
    for (auto const& body : made->in_turn) {
        if (auto found = validate(body, policy); !found.empty())
            return found;
    }
    return std::move(*made);
}

namespace detail {

/// The bodies that carry a patch from a state on: those of the patch, or, where these are refused, of a clear and then
/// of all that is left.
///
/// @param refused  says of bodies why one of them is refused in its turn, if one is
template<key_rule Keys, class Refused>
result<patch_bodies> bodies_in_turn(patch const& changes, state const& stored, policy<Keys> const& policy, presence how,
                                    Refused refused)
{
    auto made = split(changes, policy, how);
    if (!made)
        return report({.code = errc::not_expressible});
    report found = refused(*made);
    if (found.empty())
        return std::move(*made);
    if (changes.clears() || policy.merge.depth == 0 || !can_clear(policy.merge))
        return found;
    auto cleared = diff_by_clear(*merged(stored, changes, policy.merge), policy, patch(), how);
    if (!cleared)
        return found;
    made = split(std::move(*cleared), policy, how);
    if (!made || !refused(*made).empty())
        return found;
    return std::move(*made);
}

} // namespace detail

/// The same for a state that is known, with which each body is accepted in its turn. Where the members alone are not,
/// the bodies are a clear and then all that is left.
///
/// Errors:     `not_expressible`; else why the first of them is refused: those of `validate` for a stored field
/// Complexity: O(bytes of both); the state is copied only where there is more than one body
template<key_rule Keys>
[[nodiscard]] result<patch_bodies> to_bodies(patch const& changes, state const& stored, policy<Keys> const& policy,
                                             presence how = presence::exact)
{
    return detail::bodies_in_turn(changes, stored, policy, how, [&](patch_bodies const& bodies) {
        return detail::refused_in_turn(bodies, stored, policy);
    });
}

/// The bodies that carry several patches, one after the other: those of what they compose to. Where no one patch has
/// the effect of all, removals go first.
///
/// Errors, complexity and exceptions as those of the first form, for what they compose to.
template<key_rule Keys>
[[nodiscard]] result<patch_bodies> to_bodies(std::span<patch const> in_turn, policy<Keys> const& policy,
                                             presence how = presence::exact)
{
    auto const levels = std::max<std::size_t>(policy.merge.depth, 1);
    detail::composition all;
    for (auto const& next : in_turn) {
        if (auto found = detail::merging_otherwise(next, levels); !found.empty())
            return found;
        all.add(patch(next));
    }
    auto removals = all.removed_first();
    auto last = to_bodies(std::move(all).all(), policy, how);
    if (!last || removals.empty())
        return last;
    auto bodies = to_bodies(patch::of(std::move(removals), false, levels), policy, how);
    if (bodies)
        std::move(last->in_turn.begin(), last->in_turn.end(), std::back_inserter(bodies->in_turn));
    return bodies;
}

} // namespace metapatch

#endif
