// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_ALGEBRA_DIFFERENCE_HPP
#define METAPATCH_ALGEBRA_DIFFERENCE_HPP

#include <metapatch/json/equal.hpp>
#include <metapatch/json/walk.hpp>
#include <metapatch/outcome/violation.hpp>
#include <metapatch/patch/merge.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace metapatch::detail {

/// The JSON Pointer of a member in a tree that is kept as a sequence, each node with its parent and its key there, from
/// the root on.
template<class Nodes>
std::string pointer_in(Nodes const& tree, std::size_t parent, std::string_view key)
{
    std::vector<std::string_view> keys{key};
    for (auto at = parent; at != 0; at = tree[at].parent)
        keys.push_back(tree[at].key);
    std::string text;
    for (auto each = keys.rbegin(); each != keys.rend(); ++each)
        append_pointer_token(text, *each);
    return text;
}

/// Removes members, given as nulls, in one pass, however many they are.
inline void remove_members(boost::json::object& from, boost::json::object const& nulls)
{
    if (nulls.empty())
        return;
    merge<boost::json::object const> removal(from, nulls, 1);
    removal.prepare();
    removal.commit();
}

/// Objects that are made of pairs of objects, level by level: what lies inside is a pair of its own, not a call.
class object_pairs {
public:
    struct pair {
        boost::json::object const* left;
        boost::json::object const* right;
        std::size_t level; ///< of their members
        std::size_t parent;
        std::string_view key; ///< in the parent
        boost::json::object made;
        boost::json::object nothing{}; ///< nulls for the members of which nothing was made inside
    };

    /// @param storage  where what is made lives
    explicit object_pairs(boost::json::storage_ptr storage) : storage_(std::move(storage))
    {
        add(nullptr, nullptr, 1, 0, {});
    }

    std::size_t size() const noexcept { return pairs_.size(); }
    pair& operator[](std::size_t at) noexcept { return pairs_[at]; }

    /// A pair inside of another, with its place among what is made there. All must live until `take`.
    void add_inside(std::size_t parent, std::string_view key, boost::json::object const& left,
                    boost::json::object const& right)
    {
        pairs_[parent].made.emplace(key, nullptr);
        add(&left, &right, pairs_[parent].level + 1, parent, key);
    }

    /// Where a member of a pair is.
    std::string pointer(std::size_t at, std::string_view key) const { return pointer_in(pairs_, at, key); }

    /// What was made of the first pair, with what was made inside of it where that is not empty.
    boost::json::object take()
    {
        for (; pairs_.size() > 1; pairs_.pop_back()) { // what lies inside comes later
            auto& last = pairs_.back();
            remove_members(last.made, last.nothing);
            if (last.made.empty())
                pairs_[last.parent].nothing.emplace(last.key, nullptr);
            else
                pairs_[last.parent].made[last.key] = std::move(last.made);
        }
        remove_members(pairs_.front().made, pairs_.front().nothing);
        return std::move(pairs_.front().made);
    }

private:
    void add(boost::json::object const* left, boost::json::object const* right, std::size_t level, std::size_t parent,
             std::string_view key)
    {
        pairs_.push_back({left, right, level, parent, key, boost::json::object(storage_)});
    }

    boost::json::storage_ptr storage_;
    std::deque<pair> pairs_;
};

/// Collects the members of a patch that lead from one object to another: changed and new ones to set, missing ones as
/// nulls, and on levels that merge the members inside of them.
class difference {
public:
    /// @param levels         how many levels merge, at least 1
    /// @param storage        where the members live
    /// @param max_obstacles  how many obstacles are listed
    explicit difference(std::size_t levels, boost::json::storage_ptr storage = {},
                        std::size_t max_obstacles = report::usual_max_size)
        : levels_(levels), pairs_(std::move(storage)), obstacles_(report::of_at_most(max_obstacles))
    {
    }

    /// All members that differ between two objects, which must live until `take`.
    void between(boost::json::object const& from, boost::json::object const& to)
    {
        pairs_[0].left = &from;
        pairs_[0].right = &to;
        for (std::size_t i = 0; i < pairs_.size(); ++i) // grows meanwhile
            compare(i);
    }

    /// A first-level member, where it differs; nullptr where it is not there. Not for levels that merge further.
    void member(std::string_view key, boost::json::value const* from, boost::json::value const* to)
    {
        compare(0, key, from, to);
    }

    /// Every null of a target that no patch puts where it is.
    report const& obstacles() const noexcept { return obstacles_; }

    boost::json::object take() { return pairs_.take(); }

private:
    void compare(std::size_t at)
    {
        auto const* const from = pairs_[at].left;
        auto const* const to = pairs_[at].right;
        for (auto const& old : *from) {
            if (!to->contains(old.key()))
                pairs_[at].made.emplace(old.key(), nullptr);
        }
        for (auto const& wanted : *to)
            compare(at, wanted.key(), from->if_contains(wanted.key()), &wanted.value());
    }

    void compare(std::size_t at, std::string_view key, boost::json::value const* from, boost::json::value const* to)
    {
        if (to == nullptr) {
            if (from != nullptr)
                pairs_[at].made.emplace(key, nullptr);
            return;
        }
        if (from != nullptr && pairs_[at].level < levels_ && from->is_object() && to->is_object())
            return pairs_.add_inside(at, key, from->get_object(), to->get_object());
        if (from != nullptr && equal(*from, *to))
            return;
        note_nulls(at, key, *to);
        pairs_[at].made.emplace(key, *to);
    }

    /// Nulls where nulls remove cannot be set.
    void note_nulls(std::size_t at, std::string_view key, boost::json::value const& value)
    {
        if (value.is_null())
            add_null([&] { return pairs_.pointer(at, key); });
        auto const level = pairs_[at].level;
        if (level == levels_ || !value.is_object())
            return;
        for (value_walk walk(value); walk.next();) {
            if (walk.value().is_null())
                add_null([&] { return pairs_.pointer(at, key) + walk.pointer(); });
            if (level + walk.level() == levels_ || !walk.value().is_object())
                walk.skip_inside();
        }
    }

    template<class Pointer>
    void add_null(Pointer pointer)
    {
        obstacles_.add({.code = errc::unreachable_null, .pointer = obstacles_.full() ? std::string() : pointer()});
    }

    std::size_t levels_;
    object_pairs pairs_;
    report obstacles_;
};

} // namespace metapatch::detail

#endif
