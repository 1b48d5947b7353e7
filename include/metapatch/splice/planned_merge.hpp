// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SPLICE_PLANNED_MERGE_HPP
#define METAPATCH_SPLICE_PLANNED_MERGE_HPP

#include <metapatch/json/small_vector.hpp>
#include <metapatch/splice/merge_plan.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

namespace metapatch::detail {

/// Whether a patch has an object that merges below the first level.
inline bool merges_inside(text_patch const& patch) noexcept
{
    return !content_of(patch).tree().empty();
}

/// Append an object of a patch merged into nothing: without the nulls that remove.
/// @param object  `patch_member::no_object` is the patch itself
/// @return        how many members it has
template<class Sink>
std::size_t append_created(text_patch const& patch, std::uint32_t object, Sink& sink)
{
    struct open_object {
        std::span<patch_member const> left;
        bool comma;
    };
    auto const& tree = content_of(patch).tree();
    auto const members_of = [&](std::uint32_t of) {
        return of == patch_member::no_object ? patch.members() : tree.members(tree[of]);
    };
    small_vector<open_object, 16> open;
    std::size_t count = 0;
    sink.append("{");
    open.push_back({members_of(object), false});
    while (!open.empty()) {
        auto& here = open.back();
        if (here.left.empty()) {
            sink.append("}");
            open.shrink(open.size() - 1);
            continue;
        }
        auto const& member = here.left.front();
        here.left = here.left.subspan(1);
        if (member.removes())
            continue;
        count += open.size() == 1 ? 1 : 0;
        bool const comma = here.comma;
        here.comma = true;
        if (!member.merges() || tree[member.inside].as_it_stands) {
            append_set(member, comma, sink);
        } else {
            append_member(member.label, comma, sink);
            sink.append("{");
            open.push_back({members_of(member.inside), false});
        }
    }
    return count;
}

/// Write a patch merged into an object without members.
/// @return how many it has then
template<class Sink>
std::size_t write_created(text_patch const& patch, Sink& sink)
{
    return merges_inside(patch) ? append_created(patch, patch_member::no_object, sink) : write_members(patch, sink);
}

/// Writes what a plan comes to.
template<class Sink>
class planned_merge {
public:
    planned_merge(merge_plan const& plan, Sink& sink) : plan_(plan), sink_(sink) {}

    /// Write while the text is read; all of it anew in the end, where a key of the patch was met again.
    /// @param plan    not read yet
    /// @param stored  the index of its text, where there is one
    template<class... Index>
    static text_counts read_and_write(merge_plan& plan, Sink& sink, Index const&... stored)
    {
        planned_merge merge(plan, sink);
        plan.read(stored..., merge);
        if (!merge.met_again_) [[likely]]
            return merge.counts_;
        sink.rewind();
        return planned_merge(plan, sink).write();
    }

    // What the plan tells, see `merge_plan::read`.
    void begin(plan_number all) { begin(all, 0); }
    void met(plan_number number)
    {
        auto const& met = plan_.member(number);
        met_again_ = met_again_ || met.again;
        if (!met_again_) [[likely]]
            change(open_.back().out, met);
    }
    void left(plan_number)
    {
        if (!met_again_) [[likely]]
            finish_object();
    }
    copy_target target(std::size_t at) noexcept { return met_again_ ? copy_target() : open_.back().out.target(at); }
    void copied(std::size_t at, std::size_t bytes) noexcept { open_.back().out.written_ahead(at, bytes); }

    text_counts write()
    {
        begin(0, 0);
        while (!open_.empty()) {
            auto& here = open_.back();
            if (here.next == not_planned) {
                finish_object();
                continue;
            }
            auto const& met = plan_.member(here.next);
            here.next = met.next;
            change(here.out, met);
        }
        return counts_;
    }

private:
    /// An object whose result is being written.
    struct open_object {
        text_merge<Sink> out;
        plan_number number;
        plan_number next; ///< of its members that were met
        std::size_t
            behind; ///< where it stands elsewhere than its result: of what follows the value in whose place that is
    };

    void begin(plan_number number, std::size_t written, std::size_t behind = 0)
    {
        auto const& object = plan_.object(number);
        open_.push_back({text_merge<Sink>(plan_.stored(), object.begin, sink_, written), number, object.first, behind});
    }

    void change(text_merge<Sink>& out, met_member const& met)
    {
        if (met.goes) {
            out.drop(met.stored);
            return;
        }
        auto const& member = plan_.patch_member_at(met.member);
        if (!member.merges()) {
            out.replace(met.stored, member.value);
            return;
        }
        if (met.inside != not_planned) [[likely]] {
            auto const own = plan_.object(met.inside).begin - 1;
            if (met.stored.colon < own + 1 && own < met.stored.end) [[likely]] {
                begin(met.inside, out.written());
                return;
            }
            out.copy_to(value_begin(plan_.stored(), met.stored));
            begin(met.inside, own, value_end(plan_.stored(), met.stored));
            return;
        }
        out.copy_to(value_begin(plan_.stored(), met.stored));
        if (plan_.tree()[member.inside].as_it_stands)
            sink_.append(member.value);
        else
            append_created(plan_.patch(), member.inside, sink_);
        out.resume(value_end(plan_.stored(), met.stored));
    }

    /// All members of the innermost object that were met are written.
    void finish_object()
    {
        auto& here = open_.back();
        auto const added = add_new(here);
        if (open_.size() == 1) {
            counts_ = plan_.counts();
            counts_.added = added;
            here.out.copy_to(plan_.stored().size());
        }
        leave();
    }

    /// Append the members that the patch sets and that were not met.
    /// @return how many
    std::size_t add_new(open_object& here)
    {
        auto const& object = plan_.object(here.number);
        auto const& patch = plan_.patch();
        auto const [begin, count] = plan_.numbers_of(object.object);
        std::size_t sets = 0;
        for (auto i = begin; i < begin + count; ++i)
            sets += plan_.patch_member_at(i).removes() ? 0 : 1;
        if (sets == object.sets)
            return 0;
        bool comma = here.out.end_members(object.end);
        for (auto i = begin; i < begin + count; ++i) {
            auto const& member = plan_.patch_member_at(i);
            if (member.removes() || plan_.was_met(here.number, i))
                continue;
            if (!member.merges() || plan_.tree()[member.inside].as_it_stands) {
                append_set(member, comma, sink_);
            } else {
                append_member(member.label, comma, sink_);
                append_created(patch, member.inside, sink_);
            }
            comma = true;
        }
        return sets - object.sets;
    }

    /// The innermost object is done.
    void leave()
    {
        auto& here = open_.back();
        auto const end = plan_.object(here.number).end;
        if (here.behind != 0)
            here.out.copy_to(std::min(end + 1, plan_.stored().size()));
        auto const go_on = here.behind != 0 ? here.behind : here.out.written();
        open_.shrink(open_.size() - 1);
        if (!open_.empty())
            open_.back().out.resume(go_on);
    }

    merge_plan const& plan_;
    Sink& sink_;
    small_vector<open_object, 16> open_;
    text_counts counts_;
    bool met_again_ = false; // a key: what was written on the way means nothing
};

} // namespace metapatch::detail

#endif
