// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_COMPOSE_HPP
#define METAPATCH_COMPOSE_HPP

#include <metapatch/diff.hpp>

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace metapatch {

namespace detail {

/// Puts the members of a later patch over those of an earlier one, on all levels that merge, without recursion.
class overlay {
public:
    overlay(boost::json::object& earlier, boost::json::object& later, std::size_t levels) : levels_(levels)
    {
        pairs_.push_back({&earlier, &later, 1, {}});
    }

    /// Where a value that is set is to merge, no body has the effect of both: it would merge with what is stored.
    report put()
    {
        report found;
        for (std::size_t i = 0; i < pairs_.size(); ++i) {
            auto const here = pairs_[i];
            here.earlier->reserve(here.earlier->size() + here.later->size()); // members stay where they are
            for (auto& member : *here.later) {
                auto* const before = here.earlier->if_contains(member.key());
                bool const merges = here.level < levels_ && member.value().is_object();
                if (before == nullptr)
                    here.earlier->emplace(member.key(), std::move(member.value()));
                else if (!merges)
                    *before = std::move(member.value());
                else if (before->is_object())
                    pairs_.push_back({&before->get_object(), &member.value().get_object(), here.level + 1,
                                      pointer(here.pointer, member.key())});
                else
                    found.add({.code = errc::not_expressible, .pointer = pointer(here.pointer, member.key())});
            }
        }
        return found;
    }

private:
    struct pair {
        boost::json::object* earlier;
        boost::json::object* later;
        std::size_t level;
        std::string pointer;
    };

    static std::string pointer(std::string const& parent, std::string_view key)
    {
        auto text = parent;
        append_pointer_token(text, key);
        return text;
    }

    std::size_t levels_;
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
    if (auto found = detail::overlay(made, later, levels).put(); !found.empty())
        return found;
    return patch::of(std::move(made), clears, levels);
}

} // namespace metapatch

#endif
