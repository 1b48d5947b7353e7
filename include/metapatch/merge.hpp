// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_MERGE_HPP
#define METAPATCH_MERGE_HPP

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <type_traits>
#include <utility>
#include <vector>

namespace metapatch::detail {

/// A merge of one object into another that is prepared, where allocations may fail, and then committed, where nothing
/// can. Destroyed without a commit, it leaves the target as it was.
///
/// @tparam Source  `boost::json::object const` copies from the patch, `boost::json::object` moves out of it
///
/// How: prepare appends the new keys behind the old ones, with their values or, where those can be moved, with nulls,
/// and stages the values that will replace others. Commit swaps values in and takes the removed members out in one
/// pass. Objects that merge further inside are pairs of their own in a list, not calls: no recursion.
template<class Source>
class merge {
public:
    /// @param levels  how many levels merge, at least 1
    merge(boost::json::object& target, Source& patch, std::size_t levels) : levels_(levels)
    {
        pairs_.emplace_back(target, patch, 1);
    }

    merge(merge const&) = delete;
    merge& operator=(merge const&) = delete;

    /// Everything that can fail. Exceptions: std::bad_alloc.
    void prepare()
    {
        for (std::size_t i = 0; i < pairs_.size(); ++i)
            prepare(i);
    }

    /// Everything that can be seen.
    void commit() noexcept
    {
        // What lies inside first: its place changes when the members around it move together.
        for (; !pairs_.empty(); pairs_.pop_back())
            commit(pairs_.back());
    }

    ~merge()
    {
        for (; !pairs_.empty(); pairs_.pop_back()) {
            auto& target = *pairs_.back().target;
            while (target.size() > pairs_.back().size_before)
                target.erase(target.end() - 1);
        }
    }

private:
    /// Erasing in place costs a pass for each member; beyond these few one new table costs less.
    static constexpr std::size_t most_erased_in_place = 8;

    struct pair {
        pair(boost::json::object& into, Source& from, std::size_t at)
            : target(&into), patch(&from), level(at), size_before(into.size()), staged(into.storage()),
              survivors(into.storage())
        {
        }

        boost::json::object* target;
        Source* patch;
        std::size_t level;
        std::size_t size_before;
        bool moves = false;        ///< values can leave the patch without an allocation
        boost::json::array staged; ///< values that will replace others, in the order of the patch
        std::size_t removals = 0;
        boost::json::object survivors; ///< the keys that stay, where many go
    };

    bool descends(pair const& here, boost::json::value const& value) const noexcept
    {
        return here.level < levels_ && value.is_object();
    }

    void prepare(std::size_t index)
    {
        std::size_t added = 0;
        std::size_t replaced = 0;
        pair& here = pairs_[index];
        here.moves = !std::is_const_v<Source> && *here.patch->storage() == *here.target->storage();
        for (auto const& member : *here.patch) {
            bool const there = here.target->contains(member.key());
            if (member.value().is_null())
                here.removals += there ? 1 : 0;
            else
                (there ? replaced : added) += 1;
        }
        if (added > 0)
            here.target->reserve(here.target->size() + added);
        here.staged.reserve(here.moves && levels_ == 1 ? 0 : replaced);
        for (auto& member : *here.patch) {
            if (!member.value().is_null())
                prepare_member(index, member);
        }
        if (pairs_[index].removals > most_erased_in_place)
            prepare_survivors(pairs_[index]);
    }

    template<class Member>
    void prepare_member(std::size_t index, Member& member)
    {
        pair& here = pairs_[index];
        // Looked up first: in Boost 1.81 `emplace` makes room before it looks, so an update would rehash the object.
        auto place = here.target->find(member.key());
        bool const is_new = place == here.target->end();
        if (is_new)
            place = here.target->emplace(member.key(), nullptr).first;
        auto& value = place->value();
        if (descends(here, member.value())) {
            if (is_new)
                value.emplace_object();
            auto& into = value.is_object() ? value : here.staged.emplace_back(boost::json::object_kind);
            pairs_.emplace_back(into.get_object(), member.value().get_object(), here.level + 1);
        } else if (!here.moves) {
            auto& copy = is_new ? value : here.staged.emplace_back(nullptr);
            if constexpr (std::is_const_v<Source>)
                copy = member.value();
            else
                copy = std::move(member.value()); // to another storage: a copy, which leaves the patch as it is
        }
    }

    static void prepare_survivors(pair& here)
    {
        auto& target = *here.target;
        std::vector<bool> stays(target.size(), true);
        for (auto const& member : *here.patch) {
            if (!member.value().is_null())
                continue;
            if (auto const found = target.find(member.key()); found != target.end())
                stays[static_cast<std::size_t>(found - target.begin())] = false;
        }
        here.survivors.reserve(target.size() - here.removals);
        for (std::size_t i = 0; i < stays.size(); ++i) {
            if (stays[i])
                here.survivors.emplace(target.begin()[i].key(), nullptr);
        }
    }

    void commit(pair& here) noexcept
    {
        auto staged = here.staged.begin();
        for (auto& member : *here.patch) {
            if (member.value().is_null())
                continue;
            auto const place = here.target->find(member.key());
            bool const is_new = static_cast<std::size_t>(place - here.target->begin()) >= here.size_before;
            if (descends(here, member.value())) {
                if (!is_new && !place->value().is_object())
                    place->value().swap(*staged++);
            } else if (here.moves) {
                if constexpr (!std::is_const_v<Source>)
                    place->value() = std::move(member.value());
            } else if (!is_new) {
                place->value().swap(*staged++);
            }
        }
        if (here.removals > most_erased_in_place)
            keep_survivors(here);
        else if (here.removals > 0)
            erase_in_place(here);
        here.size_before = here.target->size();
    }

    static void erase_in_place(pair& here) noexcept
    {
        for (auto const& member : *here.patch) {
            if (member.value().is_null())
                here.target->stable_erase(member.key());
        }
    }

    static void keep_survivors(pair& here) noexcept
    {
        auto old = here.target->begin();
        for (auto& survivor : here.survivors) {
            while (old->key() != survivor.key())
                ++old;
            survivor.value().swap(old->value());
            ++old;
        }
        here.target->swap(here.survivors);
    }

    std::size_t levels_;
    std::vector<pair> pairs_;
};

} // namespace metapatch::detail

#endif
