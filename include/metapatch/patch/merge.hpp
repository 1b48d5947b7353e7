// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_PATCH_MERGE_HPP
#define METAPATCH_PATCH_MERGE_HPP

#include <metapatch/version.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <list>
#include <type_traits>
#include <utility>
#include <vector>

namespace metapatch::detail {

/// A merge of one object into another that is prepared, where allocations may fail, and then committed, where nothing
/// can. Destroyed without a commit, it leaves the target as it was.
///
/// @tparam Source  `boost::json::object const` copies from the patch, `boost::json::object` moves out of it
///
/// How: prepare looks every key of the patch up once, appends the new keys behind the old ones, with their values or,
/// where those can be moved, with nulls, and stages the values that will replace others. Commit moves values in and
/// takes the removed members out in one pass. Objects that merge further inside are pairs of their own in a list, not
/// calls: no recursion.
template<class Source>
class merge {
public:
    /// @param levels  how many levels merge, at least 1
    merge(boost::json::object& target, Source& patch, std::size_t levels) : levels_(levels), root_(target, patch, 1) {}

    merge(merge const&) = delete;
    merge& operator=(merge const&) = delete;

    /// Everything that can fail. Exceptions: std::bad_alloc.
    void prepare()
    {
        prepare(root_);
        for (auto& each : inside_) // grows meanwhile
            prepare(each);
    }

    /// Everything that can be seen.
    void commit() noexcept
    {
        // What lies inside first: its place changes when the members around it move together.
        for (; !inside_.empty(); inside_.pop_back())
            commit(inside_.back());
        commit(root_);
    }

    // What is prepared for the members of the target itself.
    std::size_t added() const noexcept { return root_.added; }
    std::size_t replaced() const noexcept { return root_.replaced; }
    std::size_t removed() const noexcept { return root_.removals; }

    ~merge()
    {
        for (; !inside_.empty(); inside_.pop_back())
            drop_appended(inside_.back());
        drop_appended(root_);
    }

private:
    /// Erasing in place moves all members behind the erased one. To allocate a new table with new keys costs about as
    /// much as to move each member so often.
    static constexpr std::size_t most_moves_per_member = 6;

    struct pair {
        pair(boost::json::object& into, Source& from, std::size_t at)
            : target(into), patch(from), level(at), size_before(into.size()),
              moves(!std::is_const_v<Source> && *from.storage() == *into.storage()), staged(into.storage()),
              survivors(into.storage())
        {
        }

        bool had(std::size_t place) const noexcept { return place < size_before; }
        boost::json::value& value_at(std::size_t place) const noexcept { return target.begin()[place].value(); }

        boost::json::object& target;
        Source& patch;
        std::size_t level;
        std::size_t size_before;
        bool moves;                        ///< values can leave the patch without an allocation
        std::vector<std::size_t> places{}; ///< of each member of the patch in the target; its end where it is not there
        boost::json::array staged;         ///< values that will replace others, in the order of the patch
        std::size_t added = 0;
        std::size_t replaced = 0;
        std::size_t removals = 0;      ///< of members that are there
        std::vector<char> stays{};     ///< for each member of the target whether it stays, where many go
        boost::json::object survivors; ///< and then the keys that stay
    };

    bool descends(pair const& here, boost::json::value const& value) const noexcept
    {
        return here.level < levels_ && value.is_object();
    }

    /// Whether a value of the patch replaces one that is there, and does so by way of `staged`. A scalar does not: to
    /// copy it cannot fail.
    bool goes_by_stage(pair const& here, boost::json::value const& value, std::size_t place) const noexcept
    {
        bool const needs_room = value.is_string() || value.is_structured();
        return here.had(place) &&
               (descends(here, value) ? !here.value_at(place).is_object() : needs_room && !here.moves);
    }

    void prepare(pair& here)
    {
        std::size_t staged = 0;
        std::size_t moved_behind = 0;
        here.places.reserve(here.patch.size());
        for (auto const& member : here.patch) {
            // Looked up first: in Boost 1.81 `emplace` makes room before it looks, so an update would rehash the
            // object.
            auto const found = std::as_const(here.target).find(member.key());
            auto const place = static_cast<std::size_t>(found - here.target.begin());
            here.places.push_back(place);
            if (!member.value().is_null()) {
                (here.had(place) ? here.replaced : here.added) += 1;
                staged += goes_by_stage(here, member.value(), place) ? 1 : 0;
            } else if (here.had(place)) {
                ++here.removals;
                moved_behind += here.size_before - place;
            }
        }
        if (here.added > 0)
            here.target.reserve(here.size_before + here.added);
        here.staged.reserve(staged);
        auto place = here.places.begin();
        for (auto& member : here.patch) {
            if (!member.value().is_null())
                prepare_member(here, member, *place);
            ++place;
        }
        if (moved_behind / most_moves_per_member > here.size_before)
            prepare_survivors(here);
    }

    template<class Member>
    void prepare_member(pair& here, Member& member, std::size_t& place)
    {
        bool const by_stage = goes_by_stage(here, member.value(), place);
        if (!here.had(place))
            place = static_cast<std::size_t>(here.target.emplace(member.key(), nullptr).first - here.target.begin());
        auto& value = by_stage ? here.staged.emplace_back(nullptr) : here.value_at(place);
        if (descends(here, member.value())) {
            if (value.is_null())
                value.emplace_object();
            inside_.emplace_back(value.get_object(), member.value().get_object(), here.level + 1);
        } else if (!here.moves && (by_stage || !here.had(place))) {
            if constexpr (std::is_const_v<Source>)
                value = member.value();
            else
                value = std::move(member.value()); // to another storage: a copy, which leaves the patch as it is
        }
    }

    static void prepare_survivors(pair& here)
    {
        here.stays.assign(here.target.size(), 1);
        auto place = here.places.begin();
        for (auto const& member : here.patch) {
            if (member.value().is_null() && here.had(*place))
                here.stays[*place] = 0;
            ++place;
        }
        here.survivors.reserve(here.target.size() - here.removals);
        for (std::size_t i = 0; i < here.stays.size(); ++i) {
            if (here.stays[i] != 0)
                here.survivors.emplace(here.target.begin()[i].key(), nullptr);
        }
    }

    void commit(pair& here) noexcept
    {
        auto place = here.places.begin();
        auto staged = here.staged.begin();
        for (auto& member : here.patch) {
            if (!member.value().is_null()) {
                if (goes_by_stage(here, member.value(), *place))
                    here.value_at(*place).swap(*staged++);
                else if (!descends(here, member.value()))
                    put(here, member, *place);
            }
            ++place;
        }
        if (!here.stays.empty())
            keep_survivors(here);
        else if (here.removals > 0)
            erase_in_place(here);
        here.size_before = here.target.size();
    }

    /// What is neither staged nor in its place yet: a value that can move, or a scalar.
    template<class Member>
    static void put(pair& here, Member& member, std::size_t place) noexcept
    {
        if constexpr (!std::is_const_v<Source>) {
            if (here.moves) {
                here.value_at(place) = std::move(member.value());
                return;
            }
        }
        if (here.had(place))
            here.value_at(place) = member.value();
    }

    static void erase_in_place(pair& here) noexcept
    {
        for (auto const& member : here.patch) {
            if (member.value().is_null())
                here.target.stable_erase(member.key());
        }
    }

    static void keep_survivors(pair& here) noexcept
    {
        auto survivor = here.survivors.begin();
        for (std::size_t i = 0; i < here.stays.size(); ++i) {
            if (here.stays[i] != 0)
                (survivor++)->value().swap(here.target.begin()[i].value());
        }
        here.target.swap(here.survivors);
    }

    static void drop_appended(pair& here) noexcept
    {
        while (here.target.size() > here.size_before)
            here.target.erase(here.target.end() - 1);
    }

    std::size_t levels_;
    pair root_;
    std::list<pair> inside_; // of pairs that stay where they are
};

} // namespace metapatch::detail

#endif
