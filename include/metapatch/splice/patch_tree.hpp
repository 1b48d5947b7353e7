// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SPLICE_PATCH_TREE_HPP
#define METAPATCH_SPLICE_PATCH_TREE_HPP

#include <metapatch/json/fingerprint.hpp>
#include <metapatch/json/small_vector.hpp>
#include <metapatch/json/sorted_keys.hpp>
#include <metapatch/splice/patch_members.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace metapatch::detail {

/// An object in a patch that merges into one that is stored, below the first level.
struct patch_object {
    std::size_t begin; ///< of its members, among those of all objects
    std::size_t count; ///< of its members
    std::size_t keys;  ///< of its sorted keys, among those of all objects; where its members are few, of no meaning
    bool as_it_stands; ///< merged into nothing it is as it stands: it holds no null that removes, and no key twice
};

/// Members of a patch, and others behind them.
struct joined_members {
    std::span<patch_member const> first;
    std::span<patch_member const> second;

    struct iterator {
        joined_members const* of;
        std::size_t at;

        patch_member const& operator*() const noexcept
        {
            return at < of->first.size() ? of->first[at] : of->second[at - of->first.size()];
        }
        iterator& operator++() noexcept
        {
            ++at;
            return *this;
        }
        bool operator==(iterator const& other) const noexcept { return at == other.at; }
    };

    bool empty() const noexcept { return size() == 0; }
    std::size_t size() const noexcept { return first.size() + second.size(); }
    iterator begin() const noexcept { return {this, 0}; }
    iterator end() const noexcept { return {this, size()}; }
};

/// The objects that merge below the first level of a patch, with their members; what they refer to is the patch's text.
///
/// It is filled from an outline. An object is complete where it closes, and those inside of it were complete before:
/// until then its members are on a stack, behind those of the objects around it.
class patch_tree {
public:
    static constexpr std::size_t npos = static_cast<std::size_t>(-1);

    bool empty() const noexcept { return objects_.empty(); }
    patch_object const& operator[](std::size_t object) const noexcept { return objects_[object]; }

    /// The members of all objects.
    std::span<patch_member const> all() const noexcept { return {members_.data(), members_.size()}; }
    std::span<patch_member> all() noexcept { return {members_.data(), members_.size()}; }

    std::span<patch_member const> members(patch_object const& of) const noexcept
    {
        return {members_.data() + of.begin, of.count};
    }

    /// The index among the object's members of the one with that key, or `npos`. O(log(members)).
    std::size_t find(patch_object const& object, std::string_view key, std::uint64_t print) const noexcept
    {
        auto const own = members(object);
        if (own.size() <= few) [[likely]] {
            for (std::size_t i = 0; i < own.size(); ++i) {
                if (own[i].print == print && own[i].key == key) [[likely]]
                    return i;
            }
            return npos;
        }
        auto const* const first = keys_.data() + object.keys;
        auto const* const last = first + own.size();
        auto const* const at = std::lower_bound(first, last, print, [key](ranked_key const& each, auto wanted) {
            return each.rank != wanted ? each.rank < wanted : each.key < key;
        });
        return at != last && at->rank == print && at->key == key ? at->index : npos;
    }

    /// Forget all; the memory is kept.
    void clear() noexcept
    {
        objects_.clear();
        members_.clear();
        keys_.clear();
        open_.clear();
        begins_.clear();
    }

    /// The level of the innermost object that merges and is open; 1 where that is the patch itself.
    std::size_t level() const noexcept { return begins_.size() + 1; }

    /// An object begins that is the value of the last member.
    void open() { begins_.push_back(open_.size()); }

    /// A member of the innermost object begins; the one before ends.
    /// @param key  what it means
    void begin_member(std::string_view text, key_place const& place, std::string_view key)
    {
        if (open_.size() > begins_.back()) [[unlikely]]
            end_member(text, place.before);
        auto& made = open_.add();
        made.key = key;
        made.label = {text.data() + place.begin, place.value - place.begin};
        made.print = fingerprint(key);
    }

    /// The member that was begun last, of the innermost object.
    patch_member& last() noexcept { return open_.back(); }

    /// The innermost object ends.
    /// @param end  behind its last value
    /// @return     which it is
    std::uint32_t close(std::string_view text, std::size_t end)
    {
        auto const first = begins_.back();
        if (open_.size() > first) [[likely]]
            end_member(text, end);
        patch_object made{members_.size(), open_.size() - first, keys_.size(), true};
        resolve(made, {open_.data() + first, made.count});
        for (std::size_t i = first; i < first + made.count; ++i) {
            auto const& member = members_.push_back(open_[i]);
            made.as_it_stands = made.as_it_stands && !member.removes() && !member.repeats_keys &&
                                (!member.merges() || objects_[member.inside].as_it_stands);
        }
        open_.shrink(first);
        begins_.shrink(begins_.size() - 1);
        objects_.push_back(made);
        auto const index = static_cast<std::uint32_t>(objects_.size() - 1);
        if (!begins_.empty())
            open_.back().inside = index;
        return index;
    }

private:
    /// Up to here a search goes through all.
    static constexpr std::size_t few = 8;

    void end_member(std::string_view text, std::size_t end) noexcept
    {
        auto& member = open_.back();
        auto const begin = static_cast<std::size_t>(member.label.data() + member.label.size() - text.data());
        if (text[begin] != 'n') [[likely]]
            member.value = {text.data() + begin, end - begin};
    }

    /// Keep of each key the last member, in the place of the first; and sort the keys of many.
    void resolve(patch_object& of, std::span<patch_member> members)
    {
        bool differ = members.size() <= few;
        for (std::size_t i = 1; differ && i < members.size(); ++i) {
            for (std::size_t j = 0; j < i; ++j)
                differ = differ && members[i].print != members[j].print;
        }
        if (differ) [[likely]]
            return;
        sort(members, of.keys);
        auto const* const keys = keys_.data() + of.keys;
        for (std::size_t i = 0; i < members.size();) {
            auto last = i;
            while (last + 1 < members.size() && same_key(keys[last + 1], keys[i]))
                ++last;
            if (last > i)
                members[keys[i].index] = members[keys[last].index];
            for (auto loser = i + 1; loser <= last; ++loser)
                members[keys[loser].index].label = {}; // no member has such a one
            i = last + 1;
        }
        auto const kept = std::remove_if(members.begin(), members.end(),
                                         [](patch_member const& each) { return each.label.data() == nullptr; });
        auto const count = static_cast<std::size_t>(kept - members.begin());
        if (count == members.size())
            return;
        of.count = count;
        of.as_it_stands = false;
        sort(members.first(count), of.keys);
    }

    /// Sort the keys of the object that is closed now.
    void sort(std::span<patch_member const> members, std::size_t begin)
    {
        keys_.resize(begin);
        for (auto const& each : members)
            keys_.push_back({each.print, each.key, static_cast<std::size_t>(&each - members.data())});
        sort_keys(keys_.data() + begin, keys_.data() + keys_.size());
    }

    small_vector<patch_object, 4> objects_;
    small_vector<patch_member, 8> members_;
    std::vector<ranked_key> keys_; // by print, sorted in each object
    small_vector<patch_member, 8> open_;
    small_vector<std::size_t, 8> begins_; // of the members of each open object, on the stack
};

} // namespace metapatch::detail

#endif
