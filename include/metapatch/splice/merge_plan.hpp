// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SPLICE_MERGE_PLAN_HPP
#define METAPATCH_SPLICE_MERGE_PLAN_HPP

#include <metapatch/json/fingerprint.hpp>
#include <metapatch/json/small_vector.hpp>
#include <metapatch/json/white_space.hpp>
#include <metapatch/simd/key_places.hpp>
#include <metapatch/simd/key_search.hpp>
#include <metapatch/simd/members.hpp>
#include <metapatch/splice/member_index.hpp>
#include <metapatch/splice/patch_tree.hpp>
#include <metapatch/splice/text_merge.hpp>
#include <metapatch/splice/text_patch.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

/// What a patch that merges below the first level meets in a stored text.
///
/// The text is passed once, into the objects that the patch goes into and out of them again, and what is met is put
/// down. Of a key that is stored twice the last value is what merges, and the first one's place is where it goes: so
/// only then is the result known. But most texts have no such key, and somebody who is told of all on the way can write
/// it at once.
namespace metapatch::detail {

/// One of a plan's members or objects, or none of them.
using plan_number = std::uint32_t;
inline constexpr plan_number not_planned = static_cast<plan_number>(-1);

/// A member of the stored text that the patch names.
struct met_member {
    member_span stored;
    std::size_t member;               ///< of the patch: see `merge_plan::patch_member_at`
    bool goes;                        ///< it is removed, or a later one of its key
    bool again;                       ///< it is a later one
    plan_number inside = not_planned; ///< the stored object that becomes its value, merged
    plan_number next = not_planned;   ///< of the same object
};

/// An object of the stored text that an object of the patch merges into.
struct met_object {
    std::uint32_t object; ///< of the patch; `patch_member::no_object` is the patch itself
    std::size_t begin;    ///< of what stands between its brackets
    std::size_t end = 0;  ///< of the bracket that closes it; where there is none, of the text
    std::size_t sets = 0; ///< how many of the members that the patch sets are there
    plan_number first = not_planned;
    plan_number last = not_planned;
};

class merge_plan {
public:
    /// @param counts  whether it matters how many members are stored on the first level
    /// @param known   what a check of the text has read, if it is short
    merge_plan(std::string_view stored, text_patch const& patch, scan_with instructions, bool counts,
               read_block const* known = nullptr)
        : stored_(stored), patch_(patch), tree_(content_of(patch).tree()), wanted_(patch.wanted(room_)),
          find_(stored, instructions), counts_members_(counts), instructions_(instructions), known_(known)
    {
        for (auto left = patch.members().size() + tree_.all().size(); left > 0; --left)
            marks_.push_back({});
    }
    merge_plan(merge_plan const&) = delete;
    merge_plan& operator=(merge_plan const&) = delete;

    /// Meet all that the patch names. Of a text that is no JSON object something or other is met, within the text.
    ///
    /// @param told  is told on the way, by their numbers: of the whole (`begin`); of each member that is `met`, where
    ///              it is gone into before its end is known; of each object that is `left`. It says where to copy what
    ///              is passed from a place on (`target`), and is told that so many bytes of that were `copied`
    template<class Told>
    void read(Told& told)
    {
        auto const begin = std::min(first_place(stored_) + 1, stored_.size());
        is_short_ = !counts_members_ && keys_.read(stored_, begin, wanted_, instructions_, known_);
        auto const all = add_object(patch_member::no_object, begin);
        if (is_short()) [[likely]]
            objects_[all].end = keys_.object_end();
        told.begin(all);
        go_into(all, told);
    }

    /// The same where it is known what the patch names of the first level.
    template<class Told>
    void read(member_index const& stored, Told& told)
    {
        auto const all = add_object(patch_member::no_object, stored.begin());
        objects_[all].end = stored.end();
        counts_.stored = stored.size();
        told.begin(all);
        named_members const named(stored, patch_);
        for (auto const& each : named.all()) {
            auto const inside = meet(all, each.index, each.entry->span);
            told.met(objects_[all].last);
            if (inside != not_planned)
                go_into(inside, told);
        }
        told.left(all);
    }

    std::string_view stored() const noexcept { return stored_; }
    text_patch const& patch() const noexcept { return patch_; }
    patch_tree const& tree() const noexcept { return tree_; }
    met_object const& object(plan_number number) const noexcept { return objects_[number]; }
    met_member const& member(plan_number number) const noexcept { return members_[number]; }

    /// The patch's member with that number: those of the patch itself come first, then those of its objects.
    patch_member const& patch_member_at(std::size_t number) const noexcept
    {
        auto const own = patch_.members();
        return number < own.size() ? own[number] : tree_.all()[number - own.size()];
    }

    /// The number of the first member of one of the patch's objects, and how many it has.
    struct numbers {
        std::size_t begin;
        std::size_t count;
    };
    numbers numbers_of(std::uint32_t object) const noexcept
    {
        if (object == patch_member::no_object)
            return {0, patch_.members().size()};
        return {patch_.members().size() + tree_[object].begin, tree_[object].count};
    }

    /// Whether that member of the patch was met in an object.
    bool was_met(plan_number object, std::size_t member) const noexcept { return marks_[member].object == object; }

    /// What becomes of the first level, but for what is added.
    text_counts const& counts() const noexcept { return counts_; }

private:
    /// Where a member of the patch was met first, in the object where that was last.
    struct first_met {
        plan_number object = not_planned;
        plan_number first = not_planned;
    };

    /// An object that was gone into.
    struct open_object {
        plan_number number;
        std::size_t at;     ///< where to go on
        std::size_t commas; ///< that separate its members, up to there
    };

    plan_number add_object(std::uint32_t object, std::size_t begin)
    {
        objects_.push_back({.object = object, .begin = begin});
        return static_cast<plan_number>(objects_.size() - 1);
    }

    /// Meet all in an object.
    template<class Told>
    void go_into(plan_number number, Told& told)
    {
        open_.push_back({number, objects_[number].begin, 0});
        while (!open_.empty()) {
            auto& here = open_.back();
            auto const& object = objects_[here.number];
            auto const found = next_key(here, object, told);
            here.commas += found.commas;
            auto const string = found.is_key ? string_at(stored_, found.place) : string_span();
            if (!found.is_key || string.end == stored_.size()) {
                auto const left = here.number;
                leave(found.is_key ? stored_.size() : found.place);
                told.left(left);
                continue;
            }
            here.at = string.end + 1;
            member_span const span{place_before(stored_.data(), object.begin, found.place), found.place, here.at,
                                   stored_.size()};
            auto const member = find_in(object.object, span, string.escaped);
            if (member != patch_tree::npos) [[likely]]
                meet_here(member, span, told);
        }
    }

    template<class Told>
    void meet_here(std::size_t member, member_span span, Told& told)
    {
        auto& here = open_.back();
        auto const value = value_begin(stored_, span);
        bool const merges = patch_member_at(member).merges() && value < stored_.size() && stored_[value] == '{';
        if (!merges)
            here.at = span.end = end_of_value(value);
        auto const inside = meet(here.number, member, span);
        told.met(objects_[here.number].last);
        if (inside == not_planned)
            return;
        auto const begin = objects_[inside].begin;
        open_.push_back({inside, begin, 0});
        if (is_short()) [[likely]]
            objects_[inside].end = keys_.close_of(begin, open_.size());
    }

    /// Of an object that was gone into, the next that may be a key that the patch has.
    template<class Told>
    key_found next_key(open_object const& here, met_object const& object, Told& told)
    {
        if (!is_short()) [[unlikely]] {
            auto const counts = counts_members_ && here.number == 0;
            auto const found = find_.next(object.begin, here.at, wanted_, counts, told.target(here.at));
            if (found.copied != 0)
                told.copied(here.at, found.copied);
            return found;
        }
        auto const place = keys_.next(here.at, object.end, open_.size());
        return {.is_key = place != object.end, .place = place};
    }

    /// The innermost object ends; go on behind it.
    void leave(std::size_t end)
    {
        auto const [number, at, commas] = open_.back();
        auto& object = objects_[number];
        object.end = end;
        if (number == 0)
            counts_.stored = is_blank(object.begin, end) ? 0 : commas + 1;
        open_.shrink(open_.size() - 1);
        if (open_.empty())
            return;
        auto& outer = open_.back();
        outer.at = std::min(end + 1, stored_.size());
        members_[objects_[outer.number].last].stored.end = end_behind(outer.at);
    }

    /// Put down that a member of the patch is met.
    /// @return the object that is to be gone into, if any
    plan_number meet(plan_number object, std::size_t index, member_span const& span)
    {
        auto const& member = patch_member_at(index);
        auto& mark = marks_[index];
        bool const again = mark.object == object;
        auto const number = static_cast<plan_number>(members_.size());
        members_.push_back({.stored = span, .member = index, .goes = again || member.removes(), .again = again});
        auto& in = objects_[object];
        (in.last == not_planned ? in.first : members_[in.last].next) = number;
        in.last = number;
        if (!again) [[likely]] {
            mark = {object, number};
            in.sets += member.removes() ? 0 : 1;
        }
        if (in.object == patch_member::no_object)
            (again ? counts_.losers : member.removes() ? counts_.removed : counts_.replaced) += 1;
        if (!member.merges())
            return not_planned;
        auto const value = value_begin(stored_, span);
        bool const is_object = value < stored_.size() && stored_[value] == '{';
        // The last value of a key is what merges.
        return members_[mark.first].inside = is_object ? add_object(member.inside, value + 1) : not_planned;
    }

    /// The number of the patch's member with a stored key, in one of its objects.
    std::size_t find_in(std::uint32_t object, member_span const& span, bool escaped)
    {
        std::string_view key(stored_.data() + span.key + 1, span.colon - span.key - 2);
        auto print = fingerprint(stored_, span.key + 1, key.size());
        if (escaped) [[unlikely]] {
            unescaped_.clear();
            append_unescaped(unescaped_, key);
            key = unescaped_;
            print = fingerprint(key);
        }
        if (object == patch_member::no_object)
            return patch_.may_find(print) ? patch_.find(key, print) : patch_tree::npos;
        auto const found = tree_.find(tree_[object], key, print);
        return found != patch_tree::npos ? numbers_of(object).begin + found : found;
    }

    bool is_blank(std::size_t begin, std::size_t end) const noexcept
    {
        return begin >= end || first_place(stored_.substr(begin, end - begin)) == end - begin;
    }

    /// Of the comma or bracket behind a value that ends there.
    std::size_t end_behind(std::size_t end) const noexcept { return end + first_place(stored_.substr(end)); }

    /// The same of a value that begins there and need not be looked into.
    std::size_t end_of_value(std::size_t begin) noexcept
    {
        if (begin >= stored_.size()) [[unlikely]]
            return stored_.size();
        if (stored_[begin] == '"')
            return end_behind(std::min(string_at(stored_, begin).end + 1, stored_.size()));
        if (stored_[begin] == '{' || stored_[begin] == '[')
            return end_behind(std::min(close_of(begin + 1) + 1, stored_.size()));
        return std::min(stored_.find_first_of(",}", begin), stored_.size());
    }

    /// Whether all keys are known.
    bool is_short() const noexcept { return may_be_wide && is_short_; }

    /// Of the bracket that closes a container in the innermost object.
    std::size_t close_of(std::size_t begin) noexcept
    {
        return is_short() ? keys_.close_of(begin, open_.size() + 1) : find_.next(begin, begin, no_key, false).place;
    }

    std::string_view stored_;
    text_patch const& patch_;
    patch_tree const& tree_;
    wanted_keys room_;
    wanted_keys const& wanted_;
    key_finder find_;
    key_places keys_; // of a short text
    bool is_short_ = false;
    small_vector<met_object, 16> objects_;
    small_vector<met_member, 32> members_;
    small_vector<first_met, 64> marks_; // of each member of the patch
    small_vector<open_object, 16> open_;
    std::string unescaped_; // a key that holds escapes
    text_counts counts_;
    bool counts_members_;
    scan_with instructions_;
    read_block const* known_;
};

} // namespace metapatch::detail

#endif
