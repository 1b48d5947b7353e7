// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_ALGEBRA_COMPOSE_HPP
#define METAPATCH_ALGEBRA_COMPOSE_HPP

#include <metapatch/algebra/diff.hpp>

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace metapatch {

namespace detail {

/// Puts the members of a later patch over those of an earlier one, on all levels that merge, without recursion.
inline void put_over(boost::json::object& earlier, boost::json::object& later, std::size_t levels)
{
    struct pair {
        boost::json::object* earlier;
        boost::json::object* later;
        std::size_t level;
    };
    std::vector<pair> pending{{&earlier, &later, 1}};
    while (!pending.empty()) {
        auto const here = pending.back();
        pending.pop_back();
        here.earlier->reserve(here.earlier->size() + here.later->size()); // members stay where they are
        for (auto& member : *here.later) {
            auto* const before = here.earlier->if_contains(member.key());
            if (before == nullptr)
                here.earlier->emplace(member.key(), std::move(member.value()));
            else if (here.level < levels && before->is_object() && member.value().is_object())
                pending.push_back({&before->get_object(), &member.value().get_object(), here.level + 1});
            else
                *before = std::move(member.value());
        }
    }
}

/// Nulls at all places where an earlier patch sets another value than an object, or removes, and a later one merges.
inline boost::json::object set_and_merged(boost::json::object const& earlier, boost::json::object const& later,
                                          std::size_t levels)
{
    object_pairs pairs({});
    pairs[0].left = &earlier;
    pairs[0].right = &later;
    for (std::size_t i = 0; levels > 1 && i < pairs.size(); ++i) { // grows meanwhile
        for (auto const& member : *pairs[i].right) {
            auto const* const before = pairs[i].left->if_contains(member.key());
            if (before == nullptr || pairs[i].level == levels || !member.value().is_object())
                continue;
            if (before->is_object())
                pairs.add_inside(i, member.key(), before->get_object(), member.value().get_object());
            else
                pairs[i].made.emplace(member.key(), nullptr);
        }
    }
    return pairs.take();
}

/// Of nulls at places where members once were set and then merged into, those at which an object is merged still.
inline boost::json::object still_merged(boost::json::object const& places, boost::json::object const& members)
{
    object_pairs pairs({});
    pairs[0].left = &places;
    pairs[0].right = &members;
    for (std::size_t i = 0; i < pairs.size(); ++i) { // grows meanwhile
        for (auto const& place : *pairs[i].left) {
            auto const* const now = pairs[i].right->if_contains(place.key());
            if (now == nullptr || !now->is_object())
                continue;
            if (place.value().is_object())
                pairs.add_inside(i, place.key(), place.value().get_object(), now->get_object());
            else
                pairs[i].made.emplace(place.key(), nullptr);
        }
    }
    return pairs.take();
}

/// What any number of patches do, one after the other: removals, and then one patch.
///
/// Where something is set and then merged into, its value is known, and it is neither set (a body would merge it) nor
/// merged (into what is stored): it has to be removed first.
class composition {
public:
    void add(patch&& next)
    {
        if (next.is_untouched())
            return;
        if (!all_ || next.clears()) {
            all_.emplace(std::move(next)); // and its storage
            removed_first_.clear();
            return;
        }
        auto const levels = std::max(all_->levels(), next.levels());
        bool const clears = all_->clears();
        auto made = std::move(*all_).members();
        auto later = std::move(next).members();
        if (!clears && levels > 1) // else nothing is there that a value could merge with
            note_removals(set_and_merged(made, later, levels), levels);
        put_over(made, later, levels);
        all_.emplace(patch::of(std::move(made), clears, levels));
        if (clears && all_->members().empty())
            all_->remove("_"); // is not there, but a field is present where something is removed
    }

    /// What has to be removed before `all` merges, as nulls.
    boost::json::object removed_first() const
    {
        return all_ ? still_merged(removed_first_, all_->members()) : boost::json::object();
    }

    patch all() && { return all_ ? std::move(*all_) : patch(); }

private:
    /// What is removed altogether stays so: a removal inside of it says less.
    void note_removals(boost::json::object&& places, std::size_t levels)
    {
        auto altogether = set_and_merged(removed_first_, places, levels);
        put_over(removed_first_, places, levels);
        put_over(removed_first_, altogether, levels);
    }

    boost::json::object removed_first_;
    std::optional<patch> all_; // none where all are untouched
};

/// First-level members of a patch that mean something else where another number of levels merges.
inline report merging_otherwise(patch const& members, std::size_t levels)
{
    report found;
    if (members.levels() == levels)
        return found;
    for (auto const& member : members.members()) {
        if (!member.value().is_object())
            continue;
        std::string pointer;
        if (!found.full())
            append_pointer_token(pointer, member.key());
        found.add({.code = errc::not_expressible, .pointer = std::move(pointer)});
    }
    return found;
}

/// All that were composed as one patch; where they take removals first, those are what stands in its way.
inline result<patch> one_patch(composition&& all)
{
    report found;
    auto const removed_first = all.removed_first();
    for (value_walk walk(removed_first); walk.next();) {
        if (walk.value().is_null())
            found.add({.code = errc::not_expressible, .pointer = found.full() ? std::string() : walk.pointer()});
    }
    if (!found.empty())
        return found;
    return std::move(all).all();
}

} // namespace detail

/// The patch that does what two do, one after the other.
///
/// @param first, second  patches of the same policy; as rvalues their values are moved
/// @return               c with `apply(apply(S, first), second) == apply(S, c)` for every state S
/// Errors:               `not_expressible` with pointers, where both merge below the first level and one cannot have
///                       the effect of both: a member is set or removed, and then merged into (RFC 7396 patches are
///                       not closed under composition; `to_bodies` gives a sequence). Patches of the first level always
///                       compose, and associatively
/// Complexity:           O(second) expected, for the same storage; no recursion of its own
/// Exceptions:           std::bad_alloc
/// Source:               semantics §5
[[nodiscard]] inline result<patch> compose(patch first, patch second)
{
    if (!first.is_untouched() && !second.is_untouched() && !second.clears()) {
        auto const levels = std::max(first.levels(), second.levels());
        for (auto const* const each : {&first, &second}) {
            if (auto found = detail::merging_otherwise(*each, levels); !found.empty())
                return found;
        }
    }
    detail::composition both;
    both.add(std::move(first));
    both.add(std::move(second));
    return detail::one_patch(std::move(both));
}

/// The patch that does what any number of patches do, one after the other; untouched where there are none.
///
/// It may be there where two neighbours among them do not compose: a later patch can replace what stood in the way.
///
/// Errors and exceptions: those of the other form
/// Complexity: O(bytes of all) expected; no recursion of its own
/// Source:     semantics §5
[[nodiscard]] inline result<patch> compose(std::span<patch const> in_turn)
{
    std::size_t levels = 1;
    for (auto const& each : in_turn)
        levels = std::max(levels, each.levels());
    detail::composition all;
    for (auto const& each : in_turn) {
        if (auto found = detail::merging_otherwise(each, levels); !found.empty())
            return found;
        all.add(patch(each));
    }
    return detail::one_patch(std::move(all));
}

} // namespace metapatch

#endif
