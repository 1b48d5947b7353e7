// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_REQUEST_DOCUMENT_MERGE_HPP
#define METAPATCH_AUTH0_REQUEST_DOCUMENT_MERGE_HPP

#include <metapatch/auth0/request/document_changes.hpp>
#include <metapatch/auth0/request/field_merge.hpp>
#include <metapatch/json/white_space.hpp>
#include <metapatch/simd/nested_members.hpp>
#include <metapatch/splice/splice.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// The straight way from a stored document and a body to the new document: one search through the stored text, that
/// goes into the fields of metadata where they stand. Whatever is unusual is left to the careful way, which is the one
/// that can refuse: a root member that is there twice, a field that is no object and of which something would be kept,
/// or a result that may be beyond a limit.
namespace metapatch::auth0::detail {

/// Write a member with its name in quotes in front.
/// @param name  takes no escapes
template<class Sink>
void write_name(std::string_view name, bool comma, Sink& sink)
{
    if (comma)
        sink.append(",");
    sink.append("\"");
    sink.append(name);
    sink.append("\":");
}

/// Of what a change makes of a member that is not there: the name and the value, as far as they stand like that in the
/// body; else nothing.
inline std::string_view as_it_stands(root_change const& change) noexcept
{
    if (!change.follows_name || (change.field != nullptr && !metapatch::detail::is_as_it_stands(*change.field->patch)))
        [[unlikely]]
        return {};
    auto const before = change.name.size() + 3;
    return {change.value.data() - before, before + change.value.size()};
}

/// Write what the changes make of members that are not there.
/// @param met    a bit for each change of a member that is there
/// @param comma  in front of the first
/// @return       whether all was written; not so where it may be beyond a limit
template<class Sink>
bool write_new(document_changes const& changes, std::uint64_t met, bool comma, Sink& sink)
{
    using metapatch::detail::append_member;
    std::string_view run; // members that stand one behind the other in the body, to be written as one piece
    auto const write_run = [&] {
        if (run.empty())
            return;
        append_member(run, comma, sink);
        comma = true;
        run = {};
    };
    for (std::size_t i = 0; i < changes.all().size(); ++i) {
        auto const& change = changes.all()[i];
        auto const* const field = change.field;
        if ((met >> i & 1) != 0 || (field == nullptr ? change.value.empty() : leaves_absent(*field)))
            continue;
        if (field != nullptr && !is_within_limits(*field, 0, field->patch->members().size())) [[unlikely]]
            return false;
        auto const member = as_it_stands(change);
        if (!member.empty() && run.data() + run.size() == member.data() - 1) {
            run = {run.data(), run.size() + 1 + member.size()}; // a comma is between them
            continue;
        }
        write_run();
        run = member;
        if (!member.empty()) [[likely]]
            continue;
        write_name(change.name, comma, sink);
        if (field == nullptr)
            sink.append(change.value);
        else
            metapatch::detail::write_members(*field->patch, sink);
        comma = true;
    }
    write_run();
    return true;
}

template<class Sink>
class document_merge {
    using nested_cursor = metapatch::detail::nested_cursor;

public:
    /// @param cursor  at the start of the stored text
    document_merge(std::string_view stored, document_changes const& changes, nested_cursor& cursor, Sink& sink) noexcept
        : stored_(stored), changes_(changes), cursor_(cursor), sink_(sink), out_(stored, cursor.begin(), sink)
    {
    }

    /// @return whether all is done; else what was written means nothing
    bool run()
    {
        using event = nested_cursor::event;
        while (inner_ ? inner_->search(cursor_) : out_.search(cursor_)) {
            for (auto what = cursor_.next_found(); what != event::none; what = cursor_.next_found()) {
                if (!(what == event::inner ? inner() : what == event::enter ? enter() : leave())) [[unlikely]]
                    return false;
            }
            if (!cursor_.done()) [[unlikely]]
                flush();
        }
        return current_ == document_changes::npos && finish();
    }

private:
    using text_merge = metapatch::detail::text_merge<Sink>;

    [[gnu::always_inline]] bool enter()
    {
        member_ = cursor_.member();
        current_ = find();
        if (current_ == document_changes::npos) [[unlikely]]
            return true;
        auto const bit = std::uint64_t{1} << current_;
        if ((met_ & bit) != 0) [[unlikely]]
            return false;
        met_ |= bit;
        auto const* field = changes_.all()[current_].field;
        if (field == nullptr)
            return true;
        auto const begin = value_begin(stored_, member_);
        if (begin >= stored_.size()) [[unlikely]]
            return false;
        if (stored_[begin] != '{') [[unlikely]]
            return stored_[begin] == 'n' || field->patch->clears(); // null is an absent field
        if (!field->patch->clears()) [[likely]] {
            inner_.emplace(stored_, begin + 1, sink_, out_.written());
            met_inside_.emplace(field->patch->members().size());
        }
        return true;
    }

    std::size_t find()
    {
        auto const key = metapatch::detail::meaning_of(cursor_, unescaped_);
        return changes_.find(key, metapatch::detail::fingerprint(key));
    }

    [[gnu::always_inline]] bool inner()
    {
        if (!inner_) [[unlikely]]
            return true;
        auto const& patch = *changes_.all()[current_].field->patch;
        auto const index = metapatch::detail::find_in(patch, stored_, cursor_, unescaped_);
        if (index != text_patch::npos) [[likely]]
            metapatch::detail::merge_member(*inner_, cursor_.member(), patch, index, *met_inside_, counts_);
        return true;
    }

    [[gnu::always_inline]] bool leave()
    {
        if (current_ == document_changes::npos) [[unlikely]]
            return true;
        auto const& change = changes_.all()[current_];
        current_ = document_changes::npos;
        member_.end = cursor_.end_of_member();
        if (inner_) [[likely]]
            return leave_field(*change.field);
        if (change.field != nullptr)
            return replace_field(*change.field);
        if (change.value.empty())
            out_.drop(member_);
        else
            out_.replace(member_, change.value);
        return true;
    }

    bool leave_field(text_body::field const& field)
    {
        auto const begin = value_begin(stored_, member_);
        auto const end = value_end(stored_, member_);
        if (end < begin + 2 || stored_[end - 1] != '}') [[unlikely]]
            return false; // of a text that is no JSON
        counts_.stored = changes_.limits_members() ? members_between(begin + 1, end - 1) : 0;
        bool const comma = inner_->end_members(end - 1);
        counts_.added = text_merge::append_new(*field.patch, *met_inside_, comma, sink_);
        out_.resume(inner_->written());
        inner_.reset();
        auto const members = changes_.limits_members() ? counts_.result() : 0;
        counts_ = {};
        return is_within_limits(field, end - begin, members);
    }

    std::size_t members_between(std::size_t begin, std::size_t end) const noexcept
    {
        bool const any = metapatch::detail::first_place(stored_.substr(begin, end - begin)) < end - begin;
        return any ? cursor_.inner_commas() + 1 : 0;
    }

    bool replace_field(text_body::field const& field)
    {
        if (leaves_absent(field)) {
            out_.drop(member_);
            return true;
        }
        out_.copy_to(value_begin(stored_, member_));
        metapatch::detail::write_members(*field.patch, sink_);
        out_.resume(value_end(stored_, member_));
        return is_within_limits(field, 0, field.patch->members().size());
    }

    /// Write, where that is a copy, what is near still and will not change.
    void flush()
    {
        auto end = cursor_.passed();
        if (!inner_) {
            auto const open = current_ != document_changes::npos ? member_.before : stored_.size();
            out_.flush(std::min({end, cursor_.end(), open}));
            return;
        }
        // The bracket that closes the field may be passed before what comes behind it.
        auto const least = end - std::min<std::size_t>(end, 64);
        while (end > least && metapatch::detail::is_space(stored_[end - 1]))
            --end;
        if (end > least)
            inner_->flush(stored_[end - 1] == '}' ? end - 1 : end);
    }

    bool finish()
    {
        if (!write_new(changes_, met_, out_.end_members(cursor_.end()), sink_)) [[unlikely]]
            return false;
        out_.copy_to(stored_.size());
        return true;
    }

    std::string_view stored_;
    document_changes const& changes_;
    nested_cursor& cursor_;
    Sink& sink_;
    text_merge out_;
    std::optional<text_merge> inner_;                          // of the field that is entered
    std::optional<metapatch::detail::met_members> met_inside_; // of its patch
    metapatch::detail::text_counts counts_;                    // of its members
    member_span member_{};                                     // of the root, the last that was entered
    std::size_t current_ = document_changes::npos;             // the change of that
    std::uint64_t met_ = 0;                                    // the changes whose member was met
    std::string unescaped_;
};

/// Merge a body into a stored document by the straight way.
/// @return whether that was done; else what was written means nothing
template<class Sink>
bool merge_document(std::string_view stored, document_changes const& changes, stored_text known, scan_with instructions,
                    Sink& sink)
{
    if (!metapatch::detail::begins_object(stored) || !changes.are_plain()) [[unlikely]]
        return false;
    metapatch::detail::check_memory room;
    bool const checks = known == stored_text::checked;
    if (checks && !metapatch::detail::is_json(stored, nesting_ceiling, instructions, room)) [[unlikely]]
        return false;
    if (changes.all().empty()) [[unlikely]] {
        sink.append(stored);
        return true;
    }
    auto const* const known_blocks = checks ? room.blocks_of(stored) : nullptr;
    if constexpr (small_document > 0) {
        if (stored.size() <= small_document && merges_one_field(changes)) [[likely]] {
            if (auto const done = merge_field(stored, changes.all().front(), changes.limits_members(), instructions,
                                              known_blocks, sink)) [[likely]]
                return *done;
        }
    }
    metapatch::detail::nested_wanted wanted_room;
    metapatch::detail::nested_cursor cursor(stored, changes.wanted(wanted_room), changes.limits_members(), instructions,
                                            known_blocks);
    return document_merge(stored, changes, cursor, sink).run();
}

} // namespace metapatch::auth0::detail

#endif
