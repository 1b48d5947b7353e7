// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SIMD_MEMBERS_HPP
#define METAPATCH_SIMD_MEMBERS_HPP

#include <metapatch/json/temporary_text.hpp>
#include <metapatch/json/words.hpp>
#include <metapatch/simd/member_search.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace metapatch {

/// A first-level member of an object in a text, as offsets into that text.
struct member_span {
    std::size_t before; ///< of the `{` or `,` in front of it
    std::size_t key;    ///< of the quote that begins its key
    std::size_t colon;  ///< of the byte behind the quote that ends its key: white space, or the colon
    std::size_t end;    ///< of the `,` or `}` behind it
};

/// Where the value of a member begins.
inline std::size_t value_begin(std::string_view text, member_span const& member) noexcept
{
    auto at = detail::behind_space(text, member.colon, member.end);
    if (at < member.end && text[at] == ':') [[likely]]
        at = detail::behind_space(text, at + 1, member.end);
    return at;
}

/// The byte behind the value of a member.
inline std::size_t value_end(std::string_view text, member_span const& member) noexcept
{
    return detail::before_space(text, member.colon, member.end);
}

namespace detail {

/// A string in a text, as offsets.
struct string_span {
    std::size_t end; ///< of the quote that ends it, or of the text
    bool escaped;    ///< it holds a backslash
};

/// The string whose first quote is at `begin`.
[[gnu::always_inline]] inline string_span string_at(std::string_view text, std::size_t begin) noexcept
{
    auto at = begin + 1;
    for (; text.size() - at >= 8; at += 8) {
        auto const word = eight_bytes(text.data() + at);
        auto const found = bytes_equal(word, '"') | bytes_equal(word, '\\');
        if (found == 0) [[unlikely]]
            continue;
        at += static_cast<std::size_t>(std::countr_zero(found)) / 8;
        if (text[at] == '"') [[likely]]
            return {at, false};
        break;
    }
    bool escaped = false;
    for (; at < text.size(); ++at) {
        if (text[at] == '"')
            return {at, escaped};
        if (text[at] == '\\') {
            escaped = true;
            ++at;
        }
    }
    return {text.size(), escaped};
}

/// The places that a search finds, as far as they are read.
template<class Search>
class found_places {
public:
    found_places(found_places const&) = delete;
    found_places& operator=(found_places const&) = delete;

    /// Whether no bytes are left to be searched.
    bool done() const noexcept { return run_.so_far().done; }

    /// Whether a text is so long that a search copies what it passes.
    static bool copies(std::string_view text) noexcept { return may_be_wide && text.size() > Search::worth_copying; }

    /// Find more, once less than two places are left; false where all is done.
    /// @param target  may be written from its beginning to its end: see `copied`
    bool search(copy_target const& target = {}) noexcept
    {
        copied_ = 0;
        if (found_ - at_ >= 2) [[unlikely]]
            return true; // not all that was found is passed
        if (done())
            return false;
        // Of a member that was found in part the rest comes now.
        if (found_ > at_)
            places_[0] = places_[at_];
        found_ -= at_;
        at_ = 0;
        if (find_in_short_ != nullptr) {
            found_ = find_in_short_(run_, places_.data());
            find_in_short_ = nullptr;
            if (found_ != too_many_places) [[likely]]
                return true;
            found_ = 0;
        }
        run_.copy_to(target);
        found_ += find_(run_, places_.data() + found_);
        copied_ = run_.so_far().copied;
        return true;
    }

    /// From where the next search goes on.
    std::size_t searched() const noexcept { return std::max(begin_, run_.so_far().passed); }

    /// How many bytes the last search copied to its target, from where it went on.
    std::size_t copied() const noexcept { return copied_; }

    /// How many members there are, wanted or not, once all were found.
    std::size_t members() const noexcept
    {
        auto at = begin_;
        while (at < end() && is_space(text_[at]))
            ++at;
        return at == end() ? 0 : run_.so_far().commas + 1;
    }

    /// No member that is found later begins before.
    std::size_t passed() const noexcept { return at_ < found_ ? places_[at_] : run_.so_far().passed; }

    /// Of the byte behind the bracket that opens the object.
    std::size_t begin() const noexcept { return begin_; }

    /// Of the bracket that closes it, once the last member was found.
    std::size_t end() const noexcept { return run_.so_far().end; }

protected:
    found_places(typename Search::task const& given, scan_with instructions) noexcept
        : text_(given.text), begin_(std::min(first_place(given.text) + 1, given.text.size())), run_(given),
          find_(place_finder<Search>(instructions))
    {
        if constexpr (requires { Search::is_short(given); }) {
            if (Search::is_short(given))
                find_in_short_ = short_place_finder<Search>(instructions);
        }
    }
    ~found_places() = default;

    std::string_view text() const noexcept { return text_; }

    /// How many places are found and not taken.
    std::size_t left() const noexcept { return found_ - at_; }
    std::size_t peek(std::size_t index) const noexcept { return places_[at_ + index]; }
    void take(std::size_t count) noexcept { at_ += count; }

private:
    std::string_view text_;
    std::size_t begin_;
    search_run<Search> run_;
    place_function<Search> find_;
    place_function<Search> find_in_short_ = nullptr; // of a short text that was not searched yet
    std::size_t found_ = 0;
    std::size_t at_ = 0;
    std::size_t copied_ = 0;
    std::array<std::size_t, places_at_once + 1> places_; // left uninitialised until they are found
};

} // namespace detail

/// Goes through the first-level members of an object in a text that is valid JSON, without reading what lies inside of
/// their values byte by byte.
///
/// On a text that is no valid JSON object it finds some members, or none; it never reads beyond the text.
///
/// @param wanted  the keys that are looked for; the cursor may stop at others too
/// Complexity: O(bytes), at the speed of a scan of the memory. No allocation, no recursion. Exceptions: none.
class member_cursor : public detail::found_places<detail::member_search> {
public:
    /// @param text    must live as long as the cursor, and so must `wanted`
    /// @param counts  the members; without, `members()` is of no meaning, and less is looked at
    /// @param known   what a check of the text has read, if it is short; must live as long
    explicit member_cursor(std::string_view text [[clang::lifetimebound]],
                           wanted_keys const& wanted [[clang::lifetimebound]] = every_key,
                           scan_with instructions = fastest_scan(), bool counts = true,
                           detail::read_block const* known = nullptr) noexcept
        : found_places({text, std::min(detail::first_place(text) + 1, text.size()), &wanted, &last_blocks_, nullptr,
                        nullptr, counts, known},
                       instructions)
    {
    }

    /// They would refer to what is gone.
    template<temporary_text Text>
    explicit member_cursor(Text&&, wanted_keys const& = every_key, scan_with = fastest_scan(), bool = true,
                           detail::read_block const* = nullptr) = delete;
    explicit member_cursor(std::string_view, wanted_keys const&&, scan_with = fastest_scan(), bool = true,
                           detail::read_block const* = nullptr) = delete;

    /// Go to the next member; false behind the last one.
    bool next() noexcept
    {
        while (!next_found()) {
            if (!search())
                return false;
        }
        return true;
    }

    /// The same, as far as members were found already.
    [[gnu::always_inline]] bool next_found() noexcept
    {
        for (; left() >= 2; take(2)) {
            auto const key = peek(0);
            auto const before = detail::place_before(text().data(), begin(), key);
            if (before >= begin() && text()[before] != ',') [[unlikely]]
                continue; // no JSON, and so no key
            auto const string = detail::string_at(text(), key);
            escaped_ = string.escaped;
            member_ = {before, key, string.end + 1, peek(1)};
            take(2);
            return true;
        }
        return false;
    }

    member_span const& member() const noexcept { return member_; }

    /// The key as it stands between its quotes.
    std::string_view raw_key() const noexcept
    {
        return {text().data() + member_.key + 1, member_.colon - member_.key - 2};
    }

    /// Whether the key holds escapes.
    bool is_escaped() const noexcept { return escaped_; }

private:
    member_span member_{};
    bool escaped_ = false;
    detail::block_room last_blocks_;
};

} // namespace metapatch

#endif
