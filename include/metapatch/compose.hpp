// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_COMPOSE_HPP
#define METAPATCH_COMPOSE_HPP

#include <metapatch/diff.hpp>

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace metapatch {

namespace detail {

/// Puts the members of a later patch over those of an earlier one, on all levels that merge, without recursion.
///
/// Where the earlier one sets or removes a member that the later one merges into, no body has the effect of both: it would
/// merge with what is stored. There what is made of the member goes behind: to a patch to be applied after the earlier
/// one, which leaves no object there.
class overlay {
public:
    /// @param behind  what is already behind the earlier one
    overlay(boost::json::object& earlier, boost::json::object& behind, boost::json::object& later, std::size_t levels)
        : levels_(levels), behind_(behind)
    {
        pairs_.push_back({&earlier, &later, 1, 0, {}, std::move(behind)});
    }

    /// @return where something went behind
    report put()
    {
        report found;
        for (std::size_t i = 0; i < pairs_.size(); ++i) // grows meanwhile
            put(i, found);
        for (; pairs_.size() > 1; pairs_.pop_back()) {
            auto& last = pairs_.back();
            if (!last.behind.empty())
                pairs_[last.parent].behind.emplace(last.key, std::move(last.behind));
        }
        behind_ = std::move(pairs_.front().behind);
        return found;
    }

private:
    struct pair {
        boost::json::object* earlier;
        boost::json::object* later;
        std::size_t level; ///< of their members
        std::size_t parent;
        std::string_view key; ///< in the parent
        boost::json::object behind;
    };

    void put(std::size_t at, report& found)
    {
        auto& here = pairs_[at];
        here.earlier->reserve(here.earlier->size() + here.later->size()); // members stay where they are
        for (auto& member : *here.later) {
            auto& value = member.value();
            auto* const before = here.earlier->if_contains(member.key());
            if (before == nullptr) {
                here.earlier->emplace(member.key(), std::move(value));
            } else if (here.level == levels_ || !value.is_object()) {
                *before = std::move(value);
                here.behind.erase(member.key());
            } else if (before->is_object()) {
                pairs_.push_back({before->if_object(), value.if_object(), here.level + 1, at, member.key(),
                                  taken(here.behind, member.key())});
            } else {
                found.add({.code = errc::not_expressible, .pointer = pointer(at, member.key())});
                merge_into(here.behind[member.key()], value.get_object(), levels_ - here.level);
            }
        }
    }

    static boost::json::object taken(boost::json::object& from, std::string_view key)
    {
        auto const place = from.find(key);
        if (place == from.end())
            return boost::json::object(from.storage());
        auto object = std::move(place->value().get_object());
        from.erase(place);
        return object;
    }

    static void merge_into(boost::json::value& target, boost::json::object& later, std::size_t levels)
    {
        if (!target.is_object())
            target.emplace_object();
        merge<boost::json::object> merging(target.get_object(), later, levels);
        merging.prepare();
        merging.commit();
    }

    std::string pointer(std::size_t at, std::string_view key) const
    {
        std::vector<std::string_view> keys{key};
        for (; at != 0; at = pairs_[at].parent)
            keys.push_back(pairs_[at].key);
        std::string text;
        for (auto each = keys.rbegin(); each != keys.rend(); ++each)
            append_pointer_token(text, *each);
        return text;
    }

    std::size_t levels_;
    boost::json::object& behind_;
    std::deque<pair> pairs_;
};

/// The patch that leaves a present field as the given one, whatever was stored. Keys that `removing` removes keep it
/// present where a clear alone would not.
inline patch clear_to(state&& left, patch const& removing, std::size_t levels)
{
    for (auto const& member : removing.members()) {
        if (member.value().is_null())
            left->emplace(member.key(), nullptr);
    }
    return patch::of(std::move(*left), true, levels);
}

} // namespace detail

/// The patch that does what two do, one after the other.
///
/// @param first, second  patches of the policy; as rvalues their values are moved
/// @return               c with `apply(apply(S, first), second) == apply(S, c)` for every state S
/// Errors:               `not_expressible` with pointers, where both merge below the first level and one cannot have
///                       the effect of both: a member is set or removed, and then merged into (RFC 7396 patches are
///                       not closed under composition). Patches of the first level always compose, and associatively
/// Complexity:           O(second) expected, for the same storage; no recursion of its own
/// Exceptions:           std::bad_alloc
/// Source:               SPEC §5
[[nodiscard]] inline result<patch> compose(patch first, patch second)
{
    if (second.is_untouched())
        return first;
    if (first.is_untouched() || second.clears())
        return second;
    auto const levels = std::max(first.levels(), second.levels());
    if (first.clears() && levels > 1) {
        // What is cleared is known: there merging has an outcome.
        merge_rules const rules{.depth = levels};
        auto left = detail::merged(detail::left_by(first, rules), second, rules);
        return detail::clear_to(std::move(left), second, levels);
    }
    bool const clears = first.clears();
    auto made = std::move(first).members();
    auto later = std::move(second).members();
    boost::json::object behind(made.storage());
    if (auto found = detail::overlay(made, behind, later, levels).put(); !found.empty())
        return found;
    return patch::of(std::move(made), clears, levels);
}

} // namespace metapatch

#endif
