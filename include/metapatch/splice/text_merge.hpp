// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SPLICE_TEXT_MERGE_HPP
#define METAPATCH_SPLICE_TEXT_MERGE_HPP

#include <metapatch/simd/members.hpp>
#include <metapatch/splice/text_patch.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// A stored text with members of a patch set and removed; everything else byte for byte.
namespace metapatch::detail {

/// Marks the members of a patch that were met in the stored text.
class met_members {
public:
    explicit met_members(std::size_t members)
    {
        if (members > near_bits) [[unlikely]]
            far_.resize(members - near_bits);
    }

    /// @return whether the member was met before
    bool meet(std::size_t index) noexcept
    {
        bool const before = was_met(index);
        if (index < near_bits) [[likely]]
            near_[index / 64] |= std::uint64_t{1} << (index % 64);
        else
            far_[index - near_bits] = 1;
        return before;
    }

    bool was_met(std::size_t index) const noexcept
    {
        if (index < near_bits) [[likely]]
            return (near_[index / 64] >> (index % 64) & 1) != 0;
        return far_[index - near_bits] != 0;
    }

private:
    static constexpr std::size_t near_bits = 512;

    std::array<std::uint64_t, near_bits / 64> near_{};
    std::vector<char> far_;
};

/// What a merge of texts did.
struct text_counts {
    std::size_t stored = 0; ///< members of the stored text, each of a duplicate key; of no meaning where nobody counts
    std::size_t replaced = 0;
    std::size_t removed = 0; ///< members that are gone because the patch removes them
    std::size_t losers = 0;  ///< earlier or later values of a key that the patch sets or removes
    std::size_t added = 0;

    std::size_t result() const noexcept { return stored - removed - losers + added; }
};

/// Append what begins with the key of a member, as it stands in the text of an object.
/// @param comma  in front of it
template<class Sink>
void append_member(std::string_view member, bool comma, Sink& sink)
{
    // Mostly the comma stands there too; if not, then something does, be it the bracket.
    if (comma && member.data()[-1] == ',') {
        sink.append({member.data() - 1, member.size() + 1});
        return;
    }
    if (comma)
        sink.append(",");
    sink.append(member);
}

/// Append a member of a patch that sets a value, all of it as it stands.
template<class Sink>
void append_set(patch_member const& member, bool comma, Sink& sink)
{
    auto const& [key, label, value, print, rewritten, inside] = member;
    if (!rewritten) [[likely]] { // both lie one behind the other in the patch's text
        append_member({label.data(), label.size() + value.size()}, comma, sink);
        return;
    }
    append_member(label, comma, sink);
    sink.append(value);
}

/// Writes a stored text with changes. Tell it of the members that change, in the order of the text.
///
/// INVARIANT: [run_, …) of the stored text is what comes next; it begins with a comma only behind a member that stays.
template<class Sink>
class text_merge {
public:
    /// @param begin    of what stands between the brackets of the stored object
    /// @param written  how much of the text is written already
    text_merge(std::string_view stored, std::size_t begin, Sink& sink, std::size_t written = 0) noexcept
        : stored_(stored), sink_(&sink), begin_(begin), dropped_end_(begin - 1), run_(written)
    {
    }

    void replace(member_span const& member, std::string_view value)
    {
        copy_to(value_begin(stored_, member));
        sink_->append(value);
        run_ = value_end(stored_, member);
    }

    void drop(member_span const& member)
    {
        bool const all_before_dropped = member.before == dropped_end_;
        copy_to(std::max(member.before, begin_));
        if (all_before_dropped) [[unlikely]]
            dropped_end_ = member.end;
        // The comma behind it serves the next member, where one needs it.
        bool const comma_behind = member.end < stored_.size() && stored_[member.end] == ',';
        run_ = all_before_dropped && comma_behind ? member.end + 1 : member.end;
    }

    /// Write, where that is a copy, what is near still and will not change.
    /// @param end  no member that changes begins before
    void flush(std::size_t end)
    {
        if constexpr (Sink::copies) {
            // White space, and a comma before it, may belong to a member that is dropped, or stand behind new ones.
            auto const least = end - std::min<std::size_t>(end, 64);
            while (end > least && (is_space(stored_[end - 1]) || stored_[end - 1] == ','))
                --end;
            if (end > least)
                copy_to(end);
        }
    }

    /// Append what the patch sets and was not met, and close the object.
    /// @param end    of what stands between the brackets of the stored object
    std::size_t finish(std::size_t end, text_patch const& patch, met_members const& met)
    {
        auto const added = append_new(patch, met, end_members(end), *sink_);
        copy_to(stored_.size());
        return added;
    }

    /// Write all up to the place where new members go.
    /// @return whether a comma must come before them
    bool end_members(std::size_t end)
    {
        end = before_space(stored_, begin_, end);
        copy_to(end);
        return end > begin_ && dropped_end_ < end;
    }

    /// Up to where the text is written, or was dropped.
    std::size_t written() const noexcept { return run_; }

    /// Somebody else has written up to there.
    void resume(std::size_t written) noexcept { run_ = written; }

    /// Write up to there.
    [[gnu::always_inline]] void copy_to(std::size_t end)
    {
        if (end <= run_)
            return;
        if constexpr (takes_ahead) {
            if (sink_->is_ahead(run_)) [[unlikely]] {
                sink_->append_of(stored_, run_, end);
                run_ = end;
                return;
            }
        }
        sink_->append({stored_.data() + run_, end - run_});
        run_ = end;
    }

    /// Where what is passed from there on goes, if nothing before it changes and the sink takes it.
    copy_target target(std::size_t at) const noexcept
    {
        if constexpr (takes_ahead) {
            if (run_ <= at) // else a comma there is dropped, and is not to stand on what is written
                return sink_->target(stored_, run_, at);
        }
        return {};
    }

    /// So many bytes from there on were written to that target.
    void written_ahead(std::size_t at, std::size_t bytes) noexcept
    {
        if constexpr (takes_ahead)
            sink_->written_ahead(run_, at, bytes);
    }

    /// Search on. What is passed is written at once, if the sink takes it, to where it goes if nothing before changes.
    template<class Cursor>
    bool search(Cursor& cursor)
    {
        if constexpr (takes_ahead) {
            if (Cursor::copies(stored_)) [[unlikely]]
                return search_and_copy(cursor);
        }
        return cursor.search();
    }

    /// Write the members of a patch that it sets and that were not met, with commas between.
    static std::size_t append_new(text_patch const& patch, met_members const& met, bool comma, Sink& sink)
    {
        std::size_t added = 0;
        for (std::size_t i = 0; i < patch.members().size(); ++i) {
            auto const& member = patch.members()[i];
            if (member.removes() || met.was_met(i))
                continue;
            append_set(member, comma, sink);
            comma = true;
            ++added;
        }
        return added;
    }

private:
    static constexpr bool takes_ahead = requires(Sink & sink) { sink.target({}, 0, 0); };

    /// Apart from what short texts need, which so is nearer to the processor.
    template<class Cursor>
    [[gnu::noinline]] bool search_and_copy(Cursor& cursor)
    {
        auto const at = cursor.searched();
        bool const more = cursor.search(target(at));
        if (cursor.copied() != 0)
            written_ahead(at, cursor.copied());
        return more;
    }

    std::string_view stored_;
    Sink* sink_;
    std::size_t begin_;
    std::size_t dropped_end_; // of the members that are dropped before the first that stays
    std::size_t run_;
};

/// What the key at a cursor means.
/// @param unescaped  room for that of a key with escapes
template<class Cursor>
std::string_view meaning_of(Cursor const& cursor, std::string& unescaped)
{
    auto const key = cursor.raw_key();
    if (!cursor.is_escaped()) [[likely]]
        return key;
    unescaped.clear();
    append_unescaped(unescaped, key);
    return unescaped;
}

/// The index in the patch of the key at the cursor.
/// @param unescaped  room for what a key with escapes means
template<class Cursor>
[[gnu::always_inline]] inline std::size_t find_in(text_patch const& patch, std::string_view stored,
                                                  Cursor const& cursor, std::string& unescaped)
{
    if (cursor.is_escaped()) [[unlikely]]
        return patch.find(meaning_of(cursor, unescaped));
    auto const key = cursor.raw_key();
    auto const print = fingerprint(stored, cursor.member().key + 1, key.size());
    return patch.may_find(print) ? patch.find(key, print) : text_patch::npos;
}

/// Count a stored member that the patch's member at `index` names.
/// @return  whether it is dropped; else it is replaced
inline bool count_met(text_patch const& patch, std::size_t index, met_members& met, text_counts& counts)
{
    if (met.meet(index)) [[unlikely]] {
        ++counts.losers;
        return true;
    }
    if (patch.members()[index].removes()) {
        ++counts.removed;
        return true;
    }
    ++counts.replaced;
    return false;
}

/// Do to a stored member what the patch's member at `index` asks.
template<class Sink>
void merge_member(text_merge<Sink>& out, member_span const& stored, text_patch const& patch, std::size_t index,
                  met_members& met, text_counts& counts)
{
    if (count_met(patch, index, met, counts))
        out.drop(stored);
    else
        out.replace(stored, patch.members()[index].value);
}

/// Go through the members of a stored text that a patch names.
/// @param cursor  at the start of the stored text
/// @param search  lets the cursor search on
/// @param meet    is given the index of each in the patch, where the cursor is at it
/// @param passed  is given up to where the text was searched so far
template<class Cursor, class Search, class Meet, class Passed>
[[gnu::always_inline]] inline void meet_members(std::string_view stored, text_patch const& patch, Cursor& cursor,
                                                Search search, Meet meet, Passed passed)
{
    std::string unescaped;
    while (search()) {
        while (cursor.next_found()) {
            auto const index = find_in(patch, stored, cursor, unescaped);
            if (index != text_patch::npos)
                meet(index);
        }
        if (!cursor.done()) [[unlikely]]
            passed(std::min(cursor.passed(), cursor.end()));
    }
}

/// Merge the first level of a patch into a stored text.
/// @param cursor  at the start of the stored text
template<class Cursor, class Sink>
text_counts merge_text(std::string_view stored, text_patch const& patch, Cursor& cursor, Sink& sink)
{
    text_counts counts;
    met_members met(patch.members().size());
    text_merge<Sink> out(stored, cursor.begin(), sink);
    meet_members(
        stored, patch, cursor, [&] { return out.search(cursor); },
        [&](std::size_t index) { merge_member(out, cursor.member(), patch, index, met, counts); },
        [&](std::size_t end) { out.flush(end); });
    counts.stored = cursor.members();
    counts.added = out.finish(cursor.end(), patch, met);
    return counts;
}

/// The same where nothing of the stored text stays: what is met is counted, and nothing is written.
template<class Cursor>
text_counts count_text(std::string_view stored, text_patch const& patch, Cursor& cursor)
{
    text_counts counts;
    met_members met(patch.members().size());
    meet_members(
        stored, patch, cursor, [&] { return cursor.search(); },
        [&](std::size_t index) { count_met(patch, index, met, counts); }, [](std::size_t) {});
    counts.stored = cursor.members();
    return counts;
}

/// Whether an object of the members that a patch sets is its text, byte for byte: none is removed, none lost against
/// another, none rewritten (which makes it shorter), and there is no white space between them.
inline bool is_as_it_stands(text_patch const& patch) noexcept
{
    std::size_t size = patch.members().size() + 1; // of the brackets and commas, if there are members
    for (auto const& each : patch.members())
        size += each.label.size() + each.value.size();
    return size == patch.text().size();
}

/// Write a fresh object of the members that the patch sets.
template<class Sink>
std::size_t write_members(text_patch const& patch, Sink& sink)
{
    if (is_as_it_stands(patch)) {
        sink.append(patch.text());
        return patch.members().size();
    }
    sink.append("{");
    auto const added = text_merge<Sink>::append_new(patch, met_members(patch.members().size()), false, sink);
    sink.append("}");
    return added;
}

} // namespace metapatch::detail

#endif
