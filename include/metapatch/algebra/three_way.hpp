// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_ALGEBRA_THREE_WAY_HPP
#define METAPATCH_ALGEBRA_THREE_WAY_HPP

#include <metapatch/algebra/rebase.hpp>

#include <algorithm>
#include <array>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace metapatch {

/// What a client that changed its copy of a field has to send where others have changed the field meanwhile.
struct three_way_patch {
    patch mine;                                 ///< to apply to theirs
    pointer_list conflicts{};                   ///< where the two disagree; mine has the last word there
    std::vector<std::string> changed_by_both{}; ///< first-level keys, where not in the same way: most merge inside
};

namespace detail {

/// Puts what changed between two objects into a copy of a third, and notes where that one has changed too.
///
/// How: the members of all three are lined up, objects that two of them have level by level. Then, from the inside to
/// the outside, each line learns which of its values are equal, from its members where both are objects: so every value
/// is compared once, however deep it lies.
class three_way_merge {
public:
    three_way_merge(boost::json::object const& ancestor, boost::json::object const& my_copy,
                    boost::json::object const& their_field)
    {
        lines_.push_back({.objects{&ancestor, &my_copy, &their_field}});
        for (std::size_t i = 0; i < lines_.size(); ++i) // grows meanwhile
            line_up_members(i);
        for (std::size_t i = lines_.size() - 1; i > 0; --i)
            compare(i);
    }

    /// @param target  theirs, or a copy of it
    void merge_into(boost::json::object& target, three_way_patch& out)
    {
        lines_[0].target = &target;
        std::vector<std::size_t> pending{0};
        while (!pending.empty()) {
            auto const at = pending.back();
            pending.pop_back();
            merge_members(at, pending, out);
        }
    }

private:
    enum side : std::size_t { in_base, in_mine, in_theirs };

    struct line {
        std::array<boost::json::object const*, 3> objects{}; ///< of each side; nullptr where it has none
        std::array<boost::json::value const*, 3> values{};   ///< the same for values of any type
        std::string_view key{};                              ///< in the parent
        std::size_t parent = 0;
        std::size_t first_member = 0; ///< the members lie side by side
        std::size_t members = 0;
        std::array<bool, 3> differ{};          ///< without one side: the others
        boost::json::object* target = nullptr; ///< where members are merged
    };

    void line_up_members(std::size_t at)
    {
        auto const objects = lines_[at].objects;
        lines_[at].first_member = lines_.size();
        if (std::count(objects.begin(), objects.end(), nullptr) > 1)
            return; // one side alone: nothing to compare
        auto const has = [](boost::json::object const* object, std::string_view key) {
            return object != nullptr && object->contains(key);
        };
        for (std::size_t from = in_base; from <= in_theirs; ++from) {
            if (objects[from] == nullptr)
                continue;
            for (auto const& member : *objects[from]) {
                if ((from > in_base && has(objects[in_base], member.key())) ||
                    (from > in_mine && has(objects[in_mine], member.key())))
                    continue;
                line next{.key = member.key(), .parent = at};
                for (std::size_t each = in_base; each <= in_theirs; ++each) {
                    auto const* const object = objects[each];
                    auto const* const value = object != nullptr ? object->if_contains(member.key()) : nullptr;
                    next.values[each] = value;
                    next.objects[each] = value != nullptr ? value->if_object() : nullptr;
                }
                lines_.push_back(next);
            }
        }
        lines_[at].members = lines_.size() - lines_[at].first_member;
    }

    void compare(std::size_t at)
    {
        auto& here = lines_[at];
        auto& outside = lines_[here.parent];
        for (std::size_t but = in_base; but <= in_theirs; ++but) {
            auto const left = but == in_base ? in_mine : in_base;
            auto const right = but == in_theirs ? in_mine : in_theirs;
            if (here.objects[left] == nullptr || here.objects[right] == nullptr) // else its members have told
                here.differ[but] = !same(here.values[left], here.values[right]);
            outside.differ[but] = outside.differ[but] || here.differ[but];
        }
    }

    static bool same(boost::json::value const* left, boost::json::value const* right)
    {
        return left == nullptr || right == nullptr ? left == right : equal(*left, *right);
    }

    void merge_members(std::size_t at, std::vector<std::size_t>& pending, three_way_patch& out)
    {
        auto& target = *lines_[at].target;
        auto const end = lines_[at].first_member + lines_[at].members;
        boost::json::object gone;
        auto const deeper = pending.size();
        for (auto i = lines_[at].first_member; i < end; ++i) {
            auto const& here = lines_[i];
            bool const changed = here.differ[in_theirs] && here.differ[in_base]; // by me, and not by them as well
            if (changed && here.differ[in_mine]) {
                if (at == 0)
                    out.changed_by_both.emplace_back(here.key);
                if (here.objects[in_mine] != nullptr && here.objects[in_theirs] != nullptr) {
                    pending.push_back(i);
                    continue;
                }
                out.conflicts.add(out.conflicts.full() ? std::string() : pointer_in(lines_, at, here.key));
            }
            if (changed && here.values[in_mine] == nullptr)
                gone.emplace(here.key, nullptr);
            else if (changed)
                target[here.key] = *here.values[in_mine];
        }
        remove_members(target, gone);
        for (auto i = deeper; i < pending.size(); ++i) // now that nothing moves any more
            lines_[pending[i]].target = &target.at(lines_[pending[i]].key).get_object();
        std::reverse(pending.begin() + static_cast<std::ptrdiff_t>(deeper), pending.end()); // the first comes next
    }

    std::vector<line> lines_;
};

} // namespace detail

/// Merge what was changed in a copy of a field into what others have made of the field.
///
/// A member that one side alone has changed is that side's. Where both have changed an object, its members are merged
/// in the same way, on every level; where both have changed a value and differ, mine has the last word and the place is
/// a conflict; beyond `pointer_budget` bytes of pointers it is only counted. So a merge is clean where there is none.
///
/// @param base    the field as it was when the copy was taken
/// @param mine    the copy, changed
/// @param theirs  the field as it is now
/// @param policy  as for `diff`
/// @param how     whether it matters that the field is absent then, or `{}`
/// @return        a patch for theirs; untouched where all of mine is there
/// Errors:        those of `diff`
/// Complexity:    O(n) in all three expected, and in the pointers; no recursion of its own. Theirs is copied
/// Exceptions:    std::bad_alloc
/// Source:        semantics §5
template<key_rule Keys>
[[nodiscard]] result<three_way_patch> three_way(state const& base, state const& mine, state const& theirs,
                                                policy<Keys> const& policy, presence how = presence::exact,
                                                boost::json::storage_ptr storage = {})
{
    three_way_patch made{patch(storage)};
    boost::json::object const none;
    boost::json::object target = theirs ? *theirs : none;
    detail::three_way_merge(base ? *base : none, mine ? *mine : none, theirs ? *theirs : none).merge_into(target, made);
    bool const is_present = mine.has_value() == base.has_value() ? theirs.has_value() : mine.has_value();
    auto changes =
        diff(theirs, is_present || !target.empty() ? state(std::move(target)) : state(), policy, how, storage);
    if (!changes)
        return std::move(changes).error();
    made.mine = std::move(*changes);
    return made;
}

} // namespace metapatch

#endif
