// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SPLICE_HPP
#define METAPATCH_SPLICE_HPP

#include <metapatch/apply.hpp>
#include <metapatch/text_merge.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace metapatch {

/// What is known of a stored text.
enum class stored_text : std::uint8_t {
    /// Nothing: it is checked in full (RFC 8259, UTF-8, nesting).
    checked,
    /// It is a valid JSON object, as this library or a JSON column gives it. On anything else the result may be wrong,
    /// but nothing is read or written out of bounds.
    trusted,
};

/// How texts are spliced.
struct splice_rules {
    stored_text stored = stored_text::checked;
    scan_with instructions = fastest_scan(); ///< the result is the same with each
};

/// Pieces of the stored text and of the patch that, one behind the other, are the result: for `writev`, or a buffer
/// sequence. They refer to those texts, to the `text_patch`, and, of deeper merges, to `owned`.
struct text_pieces {
    std::vector<std::string_view> pieces{};
    std::list<std::string> owned{};
};

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

struct counting_sink {
    std::size_t size = 0;

    void append(std::string_view piece) noexcept { size += piece.size(); }
};

/// Writes behind what the string holds. Unless it is told to keep that, the string is as before in the end.
struct string_sink {
    explicit string_sink(std::string& to) noexcept : out(to), before(to.size()) {}
    string_sink(string_sink const&) = delete;
    string_sink& operator=(string_sink const&) = delete;
    ~string_sink()
    {
        if (!kept)
            out.resize(before);
    }

    void append(std::string_view piece)
    {
        out.append(piece);
        size += piece.size();
    }

    void append_owned(std::string&& text) { append(text); }

    std::string& out;
    std::size_t before;
    std::size_t size = 0;
    bool kept = false;
};

/// Writes behind what the list holds, and likewise.
struct pieces_sink {
    explicit pieces_sink(text_pieces& to) noexcept : out(to), before(to.pieces.size()), owned_before(to.owned.size()) {}
    pieces_sink(pieces_sink const&) = delete;
    pieces_sink& operator=(pieces_sink const&) = delete;
    ~pieces_sink()
    {
        if (kept)
            return;
        out.pieces.resize(before);
        out.owned.resize(owned_before);
    }

    void append(std::string_view piece)
    {
        if (!piece.empty())
            out.pieces.push_back(piece);
        size += piece.size();
    }

    void append_owned(std::string&& text) { append(out.owned.emplace_back(std::move(text))); }

    text_pieces& out;
    std::size_t before;
    std::size_t owned_before;
    std::size_t size = 0;
    bool kept = false;
};

/// Counts on behind the end of the buffer, so that the caller learns how much it takes.
struct buffer_sink {
    explicit buffer_sink(std::span<char> to) noexcept : out(to) {}

    void append(std::string_view piece) noexcept
    {
        if (piece.size() <= out.size() - std::min(size, out.size()) && !piece.empty())
            std::memcpy(out.data() + size, piece.data(), piece.size());
        size += piece.size();
    }

    void append_owned(std::string&& text) noexcept { append(text); }

    std::span<char> out;
    std::size_t size = 0;
    bool kept = false; ///< a buffer keeps what it got in any case
};

inline bool begins_object(std::string_view text) noexcept
{
    auto const first = text.find_first_not_of(" \n\r\t");
    return first != std::string_view::npos && text[first] == '{';
}

/// Check the stored text as far as it is not trusted.
inline report check_stored(std::string_view stored, read_rules policy_rules, splice_rules const& rules)
{
    if (rules.stored == stored_text::checked) {
        if (!is_json(stored, policy_rules.max_nesting, rules.instructions))
            return text_error(stored, policy_rules);
        if (policy_rules.duplicates == duplicate_keys::rejected) {
            if (auto found = duplicates_in(stored, policy_rules); !found.empty())
                return found;
        }
    }
    return begins_object(stored) ? report() : report({.code = errc::expected_object});
}

/// The rules for the result, exactly; `text` is all of it.
inline report check_result_text(std::string_view text, limits const& limits)
{
    report found;
    lexeme_dom dom;
    auto const value = dom.read(text, {.max_nesting = nesting_ceiling});
    // A trusted text that cannot be read is measured as it stands.
    auto const members = value && value->is_object() ? value->get_object().size() : 0;
    auto const size = value ? dom.write(*value).size() : text.size();
    if (members > limits.max_members)
        found.add({.code = errc::too_many_members, .limit = limits.max_members, .actual = members});
    if (size > limits.max_bytes)
        found.add({.code = errc::too_large, .limit = limits.max_bytes, .actual = size});
    return found;
}

/// Patches that merge below the first level go by way of a DOM that keeps the lexemes of numbers.
template<key_rule Keys, class Sink>
result<text_change> splice_by_dom(std::optional<std::string_view> stored, text_patch const& patch,
                                  policy<Keys> const& policy, Sink& sink)
{
    lexeme_dom dom;
    state field;
    if (stored) {
        auto value = dom.read(*stored, {.max_nesting = nesting_ceiling});
        if (!value)
            return std::move(value).error();
        field = std::move(value->get_object());
    }
    auto body = dom.read(patch.text(), policy.read);
    if (!body)
        return std::move(body).error();
    metapatch::policy<> const merge_only{{}, policy.merge, {}, {.max_nesting = nesting_ceiling}};
    auto const done = apply(field, std::move(*body), merge_only);
    if (!done)
        return done.error();
    auto text = field ? dom.write(std::move(*field)) : std::string();
    if (text.size() > policy.limits.max_bytes || policy.limits.max_members != unlimited) {
        if (auto found = check_result_text(text, policy.limits); !found.empty())
            return found;
    }
    sink.append_owned(std::move(text));
    return text_change{field.has_value(), sink.size, done->added, done->replaced, done->removed, done->cleared};
}

/// A stored text, or none, and how to go through its members.
struct stored_members {
    std::optional<std::string_view> text;
    scan_with instructions;
    bool checks; ///< the text is checked on the way
    std::size_t max_nesting;

    template<class Sink>
    text_counts merge(text_patch const& patch, Sink& sink) const
    {
        if (!checks) {
            member_cursor cursor(*text, instructions);
            return merge_text(*text, patch, cursor, sink);
        }
        checked_member_cursor cursor(*text, max_nesting, instructions);
        return merge_text(*text, patch, cursor, sink);
    }
};

/// What a patch that changes the first level makes of the stored text.
struct first_level_result {
    text_change made;
    std::size_t members = 0; ///< of the result, each of a duplicate key
    bool is_json = true;     ///< of the stored text; else the rest means nothing
};

template<class Sink>
first_level_result splice_first_level(stored_members const& stored, text_patch const& patch, cleared_field cleared,
                                      Sink& sink)
{
    if (stored.text && !patch.clears()) {
        auto const counts = stored.merge(patch, sink);
        return {
            {true, sink.size, counts.added, counts.replaced, counts.removed, false}, counts.result(), counts.is_json};
    }
    // The field is cleared first, or was absent.
    text_counts counts;
    if (stored.text) {
        counting_sink nowhere;
        counts = stored.merge(patch, nowhere);
    }
    text_change made{.present = true, .cleared = patch.clears()};
    if (patch.clears() && patch.members().empty())
        made.present = cleared == cleared_field::empty;
    if (made.present && counts.is_json)
        made.added = write_members(patch, sink) - counts.replaced;
    made.replaced = counts.replaced;
    made.removed = counts.stored - counts.replaced;
    made.size = sink.size;
    return {made, made.added + made.replaced, counts.is_json};
}

template<key_rule Keys, class Sink>
result<text_change> splice_into(std::optional<std::string_view> stored, text_patch const& patch,
                                policy<Keys> const& policy, splice_rules const& rules, Sink& sink)
{
    bool const by_dom = patch.levels() > 1 && !patch.clears();
    // Where nothing else is asked of the stored text, it is checked while it is merged.
    stored_members members{stored, rules.instructions, rules.stored == stored_text::checked, policy.read.max_nesting};
    members.checks = members.checks && policy.read.duplicates == duplicate_keys::last_wins && !patch.is_untouched() &&
                     !by_dom && stored && begins_object(*stored);
    if (stored && !members.checks) {
        if (auto found = check_stored(*stored, policy.read, rules); !found.empty())
            return found;
    }
    if (patch.is_untouched()) {
        sink.append(stored.value_or(""));
        return text_change{.present = stored.has_value(), .size = sink.size};
    }
    if (by_dom)
        return splice_by_dom(stored, patch, policy, sink);

    auto const done = splice_first_level(members, patch, policy.merge.cleared, sink);
    if (!done.is_json)
        return text_error(*stored, policy.read);
    // A raw text is never shorter than its compact form, and duplicates only add to the count: mostly this suffices.
    if (done.made.size <= policy.limits.max_bytes && done.members <= policy.limits.max_members)
        return done.made;
    std::string text;
    string_sink again(text);
    again.kept = true;
    members.checks = false;
    splice_first_level(members, patch, policy.merge.cleared, again);
    auto found = check_result_text(text, policy.limits);
    if (found.empty())
        return done.made;
    return found;
}

/// The same, and the output keeps what it got where nothing is wrong.
template<key_rule Keys, class Sink>
result<text_change> splice_and_keep(std::optional<std::string_view> stored, text_patch const& patch,
                                    policy<Keys> const& policy, splice_rules const& rules, Sink&& sink)
{
    auto done = splice_into(stored, patch, policy, rules, sink);
    sink.kept = done.has_value();
    return done;
}

} // namespace detail

/// Where a splice may write: behind what a `std::string` or `text_pieces` holds, or into a `std::span<char>`.
template<class Out>
concept splice_output = std::same_as<Out, std::string> || std::same_as<Out, text_pieces> ||
    std::same_as<std::remove_const_t<Out>, std::span<char>>;

/// Apply a patch's text to a stored text, byte for byte.
///
/// Members that the patch does not name keep their bytes, their order and the white space around them; values that it
/// sets are its own bytes. A patch that merges below the first level (`merge.depth` > 1) is answered by way of a DOM:
/// numbers keep their bytes, white space and escapes do not.
///
/// @param stored  the text of the field; nothing where it is absent
/// @param patch   read under the same policy
/// @param policy  merge and limits
/// @param out     a string or a list, appended to; or a buffer, which is left as it happens to be where the result is
///                refused or needs more than it holds: compare `size`
/// Errors:        of the stored text those of `read_state`, where it is `checked`, but no number is out of range; of a
///                `trusted` one `expected_object` at most, and where the patch merges below the first level
///                `malformed_json` and `too_deep` too; of the result `too_many_members` and `too_large`, both at ""
/// Complexity:    O(bytes of both), at the speed of a scan of the memory where the stored text is trusted; no
///                recursion. Allocates what `out` takes. Patches of more than 512 members, a stored key with escapes
///                too long for a small string, and results beyond a limit allocate a little besides
/// Exceptions:    std::bad_alloc; strong guarantee, but for a buffer
/// Source:        SPEC §2, "Guarantees", and §3
template<key_rule Keys, splice_output Out>
[[nodiscard]] result<text_change> splice(std::optional<std::string_view> stored, text_patch const& patch,
                                         policy<Keys> const& policy, Out& out, splice_rules const& rules = {})
{
    if constexpr (std::same_as<Out, std::string>)
        return detail::splice_and_keep(stored, patch, policy, rules, detail::string_sink(out));
    else if constexpr (std::same_as<Out, text_pieces>)
        return detail::splice_and_keep(stored, patch, policy, rules, detail::pieces_sink(out));
    else
        return detail::splice_and_keep(stored, patch, policy, rules, detail::buffer_sink(out));
}

/// What a patch's text makes of a stored text: the new text, or nothing where the field is absent then.
///
/// @param patch  the body's text for the field; nothing where the body does not name it
/// Errors:       those of `splice` for the stored text; else those of `text_patch::read`; else those of the result
/// Complexity and exceptions as those of both.
template<key_rule Keys>
[[nodiscard]] result<std::optional<std::string>> spliced(std::optional<std::string_view> stored,
                                                         std::optional<std::string_view> patch,
                                                         policy<Keys> const& policy, splice_rules const& rules = {})
{
    text_patch body;
    if (patch) {
        if (auto found = body.read(*patch, policy, rules.instructions); !found.empty()) {
            auto first = stored ? detail::check_stored(*stored, policy.read, rules) : report();
            return first.empty() ? std::move(found) : std::move(first);
        }
    }
    std::string text;
    auto const done = splice(stored, body, policy, text, rules);
    if (!done)
        return done.error();
    return done->present ? std::optional(std::move(text)) : std::nullopt;
}

} // namespace metapatch

#endif
