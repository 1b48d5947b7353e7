// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_MEMBERS_HPP
#define METAPATCH_MEMBERS_HPP

#include <metapatch/blocks.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace metapatch {

namespace detail {

/// Finds the first-level members of an object. Three places are a member: the quote that begins its key, the quote that
/// ends it, and the comma or bracket that ends the member.
///
/// All places are within the text, each behind the one before, whatever the text is.
class member_search {
public:
    /// How many places `find` may write.
    static constexpr std::size_t room = 192;

    /// How many bytes are searched at a time, that what was found is still near when it is used.
    static constexpr std::size_t far = 1 << 14;

    /// @param text  the bytes behind the bracket that opens the object
    /// @param base  the offset of the first of them
    member_search(std::string_view text, std::size_t base, block_room& last_block) noexcept
        : feed_(text, last_block), base_(base), end_(base + text.size())
    {
        after_comma_.expect();
    }

    /// Write the next places to `out`.
    /// @return how many
    template<class Bytes>
    [[gnu::always_inline]] std::size_t find(std::size_t* out) noexcept
    {
        auto const enough = base_ + far;
        std::size_t found = 0;
        escapes_ = 0;
        while (found + places_of_a_block <= room && !done_ && (found == 0 || base_ < enough)) {
            block here;
            if (!go_to_first_level<Bytes>(here))
                return found;
            auto const object_end = see_brackets(here);
            auto const commas = Bytes::equal(here.bytes, ',') & here.outside;
            auto const string_begins = here.strings.quotes & here.strings.inside;
            auto const key_begins = after_comma_.past(commas << 1, commas >> 63, ~string_begins);
            auto const in_key = in_key_;
            auto const key_ends = ends_of(key_begins, here.strings.inside, in_key_);
            escapes_ |= here.strings.backslashes & (key_ends - (key_begins | in_key));
            found += write_places<Bytes>(key_begins | key_ends | commas | object_end, base_, out + found);
            base_ += 64;
        }
        return found;
    }

    /// Whether nothing is left to find.
    bool done() const noexcept { return done_; }

    /// Whether any of the keys that were found last may hold escapes.
    bool escapes() const noexcept { return escapes_ != 0; }

    /// Of the bracket that closes the object, once all members were found; else, and where there is none, of the end.
    std::size_t end() const noexcept { return end_; }

private:
    struct block {
        char const* bytes;
        string_bits strings;
        std::uint64_t opens;
        std::uint64_t closes;
        std::uint64_t outside; ///< of strings and, in the end, of members' values
    };

    /// Go on to the block where the first level is next; false where the text ends before.
    template<class Bytes>
    [[gnu::always_inline]] bool go_to_first_level(block& here) noexcept
    {
        // Most bytes of most texts go by here.
        for (;;) {
            if (feed_.left() == 0) {
                done_ = true;
                return false;
            }
            here.bytes = feed_.next();
            here.strings = strings_of<Bytes>(here.bytes, carry_);
            here.outside = ~here.strings.inside;
            if ((here.outside | here.strings.quotes) == 0) { // all of it is inside of one string
                escapes_ |= here.strings.backslashes & (0 - in_key_);
                base_ += 64;
                continue;
            }
            here.opens = Bytes::equal_with_bit5(here.bytes, '{') & here.outside;
            here.closes = Bytes::equal_with_bit5(here.bytes, '}') & here.outside;
            std::size_t const closed = Bytes::count(here.closes);
            if (closed + 1 >= depth_ && reaches_first_level<Bytes>(here))
                return true;
            depth_ += Bytes::count(here.opens) - closed;
            base_ += 64;
        }
    }

    template<class Bytes>
    [[gnu::always_inline]] bool reaches_first_level(block const& here) const noexcept
    {
        auto depth = depth_;
        if (depth == 1)
            return true;
        for (auto bits = here.closes; bits != 0; bits &= bits - 1) {
            auto const before = (bits & (0 - bits)) - 1;
            if (depth + Bytes::count(here.opens & before) == 2)
                return true;
            --depth; // each close that went by counts against those that come
        }
        return false;
    }

    /// Count the brackets, and leave `outside` only what is on the first level.
    /// @return the bracket that closes the object, if it is here
    [[gnu::always_inline]] std::uint64_t see_brackets(block& here) noexcept
    {
        auto brackets = here.opens | here.closes;
        if (brackets == 0)
            return 0;
        std::uint64_t first_level = 0;
        std::uint64_t seen = 0;
        for (; brackets != 0; brackets &= brackets - 1) {
            auto const bracket = brackets & (0 - brackets);
            first_level |= depth_ == 1 ? (bracket - 1) & ~seen : 0;
            seen = bracket | (bracket - 1);
            depth_ += (here.opens & bracket) != 0 ? 1 : static_cast<std::size_t>(-1);
            if (depth_ == 0) {
                here.outside &= first_level;
                end_ = base_ + static_cast<std::size_t>(std::countr_zero(bracket));
                done_ = true;
                return bracket;
            }
        }
        first_level |= depth_ == 1 ? ~seen : 0;
        here.outside &= first_level;
        return 0;
    }

    block_feed feed_;
    block_carry carry_{};
    followers after_comma_;
    std::uint64_t in_key_ = 0;
    std::uint64_t escapes_ = 0;
    std::size_t depth_ = 1;
    std::size_t base_; // of the next block
    std::size_t end_;
    bool done_ = false;
};

// What finds places, compiled once for each set of instructions. It is copied for the time, that the compiler may keep it
// in registers.
template<class Search, class Bytes>
std::size_t find_places(Search& search, std::size_t* out) noexcept
{
    auto local = search;
    auto const found = local.template find<Bytes>(out);
    search = local;
    return found;
}

#if defined(__x86_64__) && defined(__GNUC__)

template<class Search>
[[gnu::target("avx2,bmi,popcnt,pclmul"), gnu::flatten]] std::size_t find_places_avx2(Search& search,
                                                                                     std::size_t* out) noexcept
{
    auto local = search;
    auto const found = local.template find<avx2_bytes>(out);
    search = local;
    return found;
}

template<class Search>
[[gnu::target("avx512bw,bmi,popcnt,pclmul"), gnu::flatten]] std::size_t find_places_avx512(Search& search,
                                                                                           std::size_t* out) noexcept
{
    auto local = search;
    auto const found = local.template find<avx512_bytes>(out);
    search = local;
    return found;
}

#endif

template<class Search>
using place_function = std::size_t (*)(Search& search, std::size_t* out) noexcept;

template<class Search>
place_function<Search> place_finder(scan_with instructions) noexcept
{
#if defined(__x86_64__) && defined(__GNUC__)
    if (instructions == scan_with::avx512)
        return find_places_avx512<Search>;
    if (instructions == scan_with::avx2)
        return find_places_avx2<Search>;
    if (instructions == scan_with::sse2)
        return find_places<Search, sse2_bytes>;
#endif
    static_cast<void>(instructions);
    return find_places<Search, portable_bytes>;
}

constexpr bool is_space(char c) noexcept
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

} // namespace detail

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
    auto at = member.colon;
    bool colon = false;
    while (at < member.end && (detail::is_space(text[at]) || (text[at] == ':' && !colon)))
        colon = text[at++] == ':' || colon;
    return at;
}

/// The byte behind the value of a member.
inline std::size_t value_end(std::string_view text, member_span const& member) noexcept
{
    auto end = member.end;
    while (end > member.colon && detail::is_space(text[end - 1]))
        --end;
    return end;
}

namespace detail {

/// Goes through the members that a search finds.
template<class Search>
class places_cursor {
public:
    places_cursor(places_cursor const&) = delete;
    places_cursor& operator=(places_cursor const&) = delete;

    /// Go to the next member; false behind the last one.
    bool next() noexcept
    {
        if (found_ - at_ < 3 && !refill())
            return false;
        member_ = {member_.end, places_[at_], places_[at_ + 1] + 1, places_[at_ + 2]};
        at_ += 3;
        return true;
    }

    member_span const& member() const noexcept { return member_; }

    /// The key as it stands between its quotes.
    std::string_view raw_key() const noexcept
    {
        return {text_.data() + member_.key + 1, member_.colon - member_.key - 2};
    }

    /// Whether the key holds escapes.
    bool is_escaped() const noexcept { return escapes_ && raw_key().find('\\') != std::string_view::npos; }

    /// Of the byte behind the bracket that opens the object.
    std::size_t begin() const noexcept { return begin_; }

    /// Of the bracket that closes it, once the last member was found.
    std::size_t end() const noexcept { return search_.end(); }

protected:
    places_cursor(std::string_view text, Search search, scan_with instructions) noexcept
        : text_(text), begin_(behind_bracket(text)), search_(search), find_(place_finder<Search>(instructions))
    {
        member_.end = begin_ - 1;
    }

    ~places_cursor() = default;

    Search const& search() const noexcept { return search_; }

    static std::size_t behind_bracket(std::string_view text) noexcept
    {
        std::size_t at = 0;
        while (at < text.size() && is_space(text[at]))
            ++at;
        return std::min(at + 1, text.size());
    }

private:
    bool refill() noexcept
    {
        // Of a member that was found in part the rest comes now.
        auto const left = found_ - at_;
        for (std::size_t i = 0; i < left; ++i)
            places_[i] = places_[at_ + i];
        escapes_ = escapes_ && left > 0;
        at_ = 0;
        found_ = left;
        while (found_ < 3 && !search_.done()) {
            found_ += find_(search_, places_.data() + found_);
            escapes_ = escapes_ || search_.escapes();
        }
        return found_ >= 3;
    }

    std::string_view text_;
    std::size_t begin_;
    member_span member_{};
    Search search_;
    place_function<Search> find_;
    std::size_t found_ = 0;
    std::size_t at_ = 0;
    bool escapes_ = false;
    std::array<std::size_t, member_search::room + 2> places_; // left uninitialised until they are found
};

} // namespace detail

/// Goes through the first-level members of an object in a text that is valid JSON, without reading what lies inside of
/// their values byte by byte.
///
/// On a text that is no valid JSON object it finds some members, or none; it never reads beyond the text.
///
/// Complexity: O(bytes), at the speed of a scan of the memory. No allocation, no recursion. Exceptions: none.
class member_cursor : public detail::places_cursor<detail::member_search> {
public:
    explicit member_cursor(std::string_view text, scan_with instructions = fastest_scan()) noexcept
        : places_cursor(text, search_of(text, last_block_), instructions)
    {
    }

    /// There is nothing to check.
    bool fine() const noexcept { return true; }

private:
    static detail::member_search search_of(std::string_view text, detail::block_room& last_block) noexcept
    {
        auto const begin = behind_bracket(text);
        return {text.substr(begin), begin, last_block};
    }

    detail::block_room last_block_;
};

} // namespace metapatch

#endif
