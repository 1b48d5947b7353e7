// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SPLICE_SPLICE_HPP
#define METAPATCH_SPLICE_SPLICE_HPP

#include <metapatch/json/lexeme_dom.hpp>
#include <metapatch/splice/member_index.hpp>
#include <metapatch/splice/planned_merge.hpp>
#include <metapatch/splice/splice_output.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace metapatch {

/// What a splice did.
struct text_change {
    bool present = false;  ///< the field is there afterwards
    std::size_t size = 0;  ///< of the result's text, in bytes; 0 where the field is absent
    std::size_t added = 0; ///< first-level members, as in `change`; of stored duplicates each counts
    std::size_t replaced = 0;
    std::size_t removed = 0;
    bool cleared = false;

    bool operator==(text_change const&) const = default;
};

namespace detail {

/// The rules for the result, exactly; `text` is all of it.
inline report check_result_text(std::string_view text, result_rules const& rules)
{
    report found;
    lexeme_dom dom;
    auto const value = dom.read(text, {.max_nesting = nesting_ceiling});
    // A trusted text that cannot be read is measured as it stands.
    auto const members = value && value->is_object() ? value->get_object().size() : 0;
    auto const size = value ? dom.write(*value).size() : text.size();
    if (members > rules.max_members)
        found.add({.code = errc::too_many_members, .limit = rules.max_members, .actual = members});
    if (size > rules.max_bytes)
        found.add({.code = errc::too_large, .limit = rules.max_bytes, .actual = size});
    return found;
}

/// A stored text, or none, and how to merge a patch into it: it is searched for what the patch names.
struct searched_text {
    std::optional<std::string_view> text;
    scan_with instructions = scan_with::portable;
    read_block const* known = nullptr; ///< what a check of the text has read, if it is short
    bool counts = true;                ///< how many members the result has is asked for

    template<class Sink>
    text_counts merge(text_patch const& patch, Sink& sink) const
    {
        if (merges_inside(patch)) {
            merge_plan plan(*text, patch, instructions, counts, known);
            return planned_merge<Sink>::read_and_write(plan, sink);
        }
        wanted_keys room;
        member_cursor cursor(*text, patch.wanted(room), instructions, counts, known);
        return merge_text(*text, patch, cursor, sink);
    }

    /// What is there of the patch where it clears, and so nothing stays.
    text_counts count(text_patch const& patch) const
    {
        wanted_keys room;
        member_cursor cursor(*text, patch.wanted(room), instructions, true, known);
        return count_text(*text, patch, cursor);
    }
};

/// The same for a text whose index knows where its members are. Who has none does not carry what works with one.
struct indexed_text {
    std::optional<std::string_view> text;
    member_index const* index;
    static constexpr bool counts = true;

    template<class Sink>
    text_counts merge(text_patch const& patch, Sink& sink) const
    {
        if (!merges_inside(patch))
            return merge_indexed(*index, patch, sink);
        merge_plan plan(*text, patch, scan_with::portable, counts);
        return planned_merge<Sink>::read_and_write(plan, sink, *index);
    }

    text_counts count(text_patch const& patch) const { return count_indexed(*index, patch); }
};

/// Make of the stored text what a patch makes of it.
/// @param made  is written member by member, where it is to stay: whoever copies what was just written so waits for it
/// @return      how many members the result has, each of a duplicate key
template<class Stored, class Sink>
std::size_t splice_changes(Stored const& stored, text_patch const& patch, cleared_field cleared, Sink& sink,
                           text_change& made)
{
    sink.expect((stored.text && !patch.clears() ? stored.text->size() : 0) + patch.text().size());
    if (stored.text && !patch.clears()) [[likely]] {
        auto const counts = stored.merge(patch, sink);
        made.present = true;
        made.size = sink.size;
        made.added = counts.added;
        made.replaced = counts.replaced;
        made.removed = counts.removed;
        return counts.result();
    }
    // The field is cleared first, or was absent.
    text_counts counts;
    if (stored.text)
        counts = stored.count(patch);
    made.present = !patch.clears() || !patch.members().empty() || cleared == cleared_field::empty;
    made.cleared = patch.clears();
    if (made.present)
        made.added = write_created(patch, sink) - counts.replaced;
    made.replaced = counts.replaced;
    made.removed = counts.stored - counts.replaced;
    made.size = sink.size;
    return made.added + made.replaced;
}

/// Splice what needs no check.
template<class Stored, class Sink>
result<text_change> splice_members(Stored const& stored, text_patch const& patch, Sink& sink)
{
    result<text_change> done{text_change()};
    if (patch.is_untouched()) [[unlikely]] {
        sink.append(stored.text.value_or(""));
        done->present = stored.text.has_value();
        done->size = sink.size;
        return done;
    }
    auto const& asked = content_of(patch).rules();
    auto const members = splice_changes(stored, patch, asked.cleared, sink, *done);
    // A raw text is never shorter than its compact form, and duplicates only add to the count: mostly this suffices.
    if (done->size <= asked.max_bytes && (!stored.counts || members <= asked.max_members)) [[likely]]
        return done;
    auto const again = [&](auto& to) {
        text_change same;
        splice_changes(stored, patch, asked.cleared, to, same);
    };
    if (auto found = check_result_text(sink.written(again), asked); !found.empty())
        done = std::move(found);
    return done;
}

/// Take a stored text that is no object for an absent field where a patch clears, and so keeps nothing of it.
/// @return  whether the patch can be done; not to what is no object, where anything of it is kept
inline bool drop_no_object(std::optional<std::string_view>& stored, text_patch const& patch) noexcept
{
    if (!stored || begins_object(*stored)) [[likely]]
        return true;
    stored.reset();
    return patch.clears();
}

/// @param reading  how the stored text is read where it is checked
template<class Sink>
result<text_change> splice_into(std::optional<std::string_view> stored, text_patch const& patch,
                                read_rules const& reading, splice_rules const& rules, Sink& sink)
{
    // A check and then a search are faster than both in one pass: each has little to keep in mind.
    check_memory room; // left uninitialised
    if (stored) [[likely]] {
        if (auto found = check_stored(*stored, reading, rules, room); !found.empty()) [[unlikely]]
            return found;
        if (!drop_no_object(stored, patch)) [[unlikely]]
            return report({.code = errc::expected_object});
    }
    searched_text const from{.text = stored,
                             .instructions = rules.instructions,
                             .known =
                                 stored && rules.stored == stored_text::checked ? room.blocks_of(*stored) : nullptr,
                             .counts = content_of(patch).rules().max_members != unlimited};
    return splice_members(from, patch, sink);
}

/// Call `splice(sink)` with the sink for an output, which keeps what it got where the result has a value.
template<splice_output Out, class Splice>
auto write_to(Out& out, Splice splice)
{
    auto const run = [&splice](auto&& sink) {
        auto done = splice(sink);
        if (done) [[likely]]
            sink.keep();
        return done;
    };
    if constexpr (std::same_as<Out, std::string>)
        return run(string_sink(out));
    else if constexpr (std::same_as<Out, text_pieces>)
        return run(pieces_sink(out));
    else
        return run(buffer_sink(out));
}

/// What is wrong with one of the texts; of the result are its count and its size.
inline report told_of(input_text which, report const& found)
{
    return told_of(which, found, [which](violation const& each) {
        return which == input_text::patch || (each.code != errc::too_many_members && each.code != errc::too_large);
    });
}

} // namespace detail

/// Apply a patch's text to a stored text, byte for byte.
///
/// Members that the patch does not name keep their bytes, their order and the white space around them; values that it
/// sets are its own bytes. That holds on every level that merges (`merge.depth`), and so of RFC 7396 on all.
///
/// @param stored  the text of the field; nothing where it is absent. Of what is no object a patch that clears keeps
///                nothing, as one of a policy that replaces always does: it is done as if the field were absent
/// @param patch   with the policy that it was read by, whose limits and rules of merging hold for the result too
/// @param out     a string or a list, appended to; or a buffer, which is left as it happens to be behind the result,
///                where that is refused, and where it needs more than the buffer holds: compare `size`
/// Errors:        of the stored text those of `read_value`, where it is `checked`, but no number is out of range; then,
///                also of a `trusted` one, `expected_object` where the patch does not clear; of the result
///                `too_many_members` and `too_large`, both at ""
/// Complexity:    O(bytes of both), at the speed of a scan of the memory where the stored text is trusted; no
///                recursion. Allocates what `out` takes, for a string at once. Patches of more than 512 members, or of
///                some dozens where they merge below the first level, a stored key with escapes too long for a small
///                string, and results beyond a limit allocate a little besides
/// Exceptions:    std::bad_alloc; strong guarantee, but for a buffer
/// Source:        semantics §2, "Guarantees", and §3
template<splice_output Out>
[[nodiscard]] result<text_change> splice(std::optional<std::string_view> stored, text_patch const& patch, Out& out,
                                         splice_rules const& rules = {})
{
    auto const& reading = detail::content_of(patch).rules().read;
    return detail::write_to(out, [&](auto& sink) { return detail::splice_into(stored, patch, reading, rules, sink); });
}

template<class... Given>
refused_pieces<result<text_change>, Given...> splice(Given&&...) = delete; // they would refer to what is gone

/// The same for a text that is indexed: where a buffer or a list takes the result, at the cost of the patch and of the
/// copy alone.
///
/// Errors:     of the stored text `expected_object` where the patch does not clear; else as above
/// Complexity: O(patch · log(patch)), and O(bytes) for what is written to a string or buffer; of a patch that merges
///             below the first level also the bytes of the members that it goes into; where the result is beyond a
///             limit of the size as it stands, O(bytes of both)
/// Exceptions: std::bad_alloc; strong guarantee, but for a buffer
template<splice_output Out>
[[nodiscard]] result<text_change> splice(member_index const& stored, text_patch const& patch, Out& out)
{
    return detail::write_to(out, [&](auto& sink) -> result<text_change> {
        auto text = stored.is_of_text() ? std::optional(stored.text()) : std::nullopt;
        if (!detail::drop_no_object(text, patch))
            return report({.code = errc::expected_object});
        return detail::splice_members(detail::indexed_text{text, &stored}, patch, sink);
    });
}

namespace detail {

/// Splice a patch's text, which `body` reads.
/// Errors: those of `spliced`
template<key_rule Keys, splice_output Out>
result<text_change> splice_texts(std::optional<std::string_view> stored, std::optional<std::string_view> patch,
                                 policy<Keys> const& policy, splice_rules const& rules, text_patch& body, Out& out)
{
    if (patch) {
        if (auto found = body.read(*patch, policy, rules.instructions); !found.empty()) {
            auto first = stored ? check_stored(*stored, policy.read, rules) : report();
            if (stored && first.empty() && policy.merge.depth > 0 && !begins_object(*stored))
                first.add({.code = errc::expected_object});
            return first.empty() ? told_of(input_text::patch, found) : told_of(input_text::stored, first);
        }
    }
    auto done = write_to(out, [&](auto& sink) { return splice_into(stored, body, policy.read, rules, sink); });
    if (!done)
        return told_of(input_text::stored, done.error());
    return done;
}

} // namespace detail

/// What a patch's text makes of a stored text: the new text, or nothing where the field is absent then.
///
/// @param patch  the body's text for the field; nothing where the body does not name it
/// Errors:       those of `splice` for the stored text, which a refused patch is taken to keep unless the policy
///               replaces; else those of `text_patch::read`; else those of the result. `violation::text` tells which
/// Complexity and exceptions as those of both.
template<key_rule Keys>
[[nodiscard]] result<std::optional<std::string>> spliced(std::optional<std::string_view> stored,
                                                         std::optional<std::string_view> patch,
                                                         policy<Keys> const& policy, splice_rules const& rules = {})
{
    text_patch body;
    std::string text;
    auto const done = detail::splice_texts(stored, patch, policy, rules, body, text);
    if (!done)
        return done.error();
    return done->present ? std::optional(std::move(text)) : std::nullopt;
}

#ifdef METAPATCH_SEPARATE // compiled once for a whole program: see metapatch/src.hpp
METAPATCH_SEPARATE result<text_change> splice<std::string>(std::optional<std::string_view>, text_patch const&,
                                                           std::string&, splice_rules const&);
#endif

} // namespace metapatch

#endif
