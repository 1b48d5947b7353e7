// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SIMD_BRACKET_BLOCKS_HPP
#define METAPATCH_SIMD_BRACKET_BLOCKS_HPP

#include <metapatch/simd/blocks.hpp>
#include <metapatch/simd/search_run.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace metapatch::detail {

/// The strings and brackets of 64 bytes.
struct bracket_block {
    char const* bytes;
    std::size_t base; ///< where they are in the text
    string_bits strings;
    std::uint64_t opens;
    std::uint64_t closes;
    std::size_t closed; ///< how many containers are
};

/// Goes through a text block by block, and copies what it passes if it is told where to.
class bracket_blocks {
public:
    /// @param text  from `begin` on
    bracket_blocks(std::string_view text, std::size_t begin, block_room& room) noexcept
        : feed_({text.data() + begin, text.size() - begin}, room), end_(text.size())
    {
    }

    std::size_t left() const noexcept { return feed_.left(); }
    std::size_t passed() const noexcept { return end_ - feed_.left(); }

    /// Copy what is passed from now on, to where there is room for all that is left; nullptr: copy nothing.
    void copy_to(char* to) noexcept { to_ = copies_from_ = to; }

    /// How many bytes were copied there, behind which others may have been; the last ones of a text never are.
    std::size_t copied() const noexcept { return static_cast<std::size_t>(to_ - copies_from_); }

    /// Whether what is passed is copied.
    template<class Bytes>
    [[gnu::always_inline]] bool copies() const noexcept
    {
        return Bytes::is_wide && to_ != nullptr;
    }

    /// Take the next block; false where no more than `enough` bytes are left.
    template<class Bytes>
    [[gnu::always_inline]] bool take(bracket_block& here, std::size_t enough) noexcept
    {
        auto const left = feed_.left();
        if (left <= enough) [[unlikely]]
            return false;
        auto const* const bytes = feed_.template next<Bytes>();
        here.base = end_ - left;
        here.bytes = bytes;
        here.strings = strings_of<Bytes>(bytes, carry_);
        here.opens = Bytes::equal_with_bit5(bytes, '{') & ~here.strings.inside;
        here.closes = Bytes::equal_with_bit5(bytes, '}') & ~here.strings.inside;
        here.closed = Bytes::count(here.closes);
        if (copies<Bytes>() && left >= 64 + look_ahead) // else they are no part of the text
            copy<Bytes>(bytes);
        return true;
    }

    /// Pass blocks, two in a step, up to one where a level may be next, or until few bytes are left.
    ///
    /// Most bytes of most texts go by here, so that all is in registers: nothing else is looked at than what tells
    /// whether to go on, and whoever stops here takes the block again.
    /// @param depth   how many containers are open; kept up to where it stops
    /// @param level   the lowest that matters
    /// @param enough  stop where so many bytes are left
    template<class Bytes>
    [[gnu::always_inline]] void pass_pairs(std::size_t& depth, std::size_t level, std::size_t enough) noexcept
    {
        auto const* const begin = feed_.two(enough);
        if (begin == nullptr)
            return;
        auto const last = feed_.left() - block_feed::least_of_two - enough;
        auto const fetches_before = last >= worth_fetching ? last - fetched_ahead : 0;
        auto inside = carry_.inside_string;
        auto escaped = carry_.escaped;
        auto above = depth - level - 1; // not below zero, as a signed number, where the level is not next
        auto* const to = to_;
        std::size_t at = 0;
        do {
            auto const* const bytes = begin + at;
            auto quotes = Bytes::equal(bytes, '"');
            auto next_quotes = Bytes::equal(bytes + 64, '"');
            auto behind = escaped;
            auto behind_next = escaped;
            if ((Bytes::any_of_two(bytes, '\\') | escaped) != 0) [[unlikely]] {
                quotes &= ~escaped_bytes(Bytes::equal(bytes, '\\'), behind);
                behind_next = behind;
                next_quotes &= ~escaped_bytes(Bytes::equal(bytes + 64, '\\'), behind_next);
            }
            auto const strings = Bytes::running_xor(quotes) ^ inside;
            auto const carried = 0 - (strings >> 63);
            auto const next_strings = Bytes::running_xor(next_quotes) ^ carried;
            auto const lowest = above - outside<Bytes>(bytes, '}', strings);
            auto const between = lowest + outside<Bytes>(bytes, '{', strings);
            auto const next_lowest = between - outside<Bytes>(bytes + 64, '}', next_strings);
            auto const next_above = next_lowest + outside<Bytes>(bytes + 64, '{', next_strings);
            if (to != nullptr) // both, though where it stops they are written anew
                copy_two<Bytes>(bytes, to + at, at < fetches_before);
            if (((lowest | next_lowest) >> 63) != 0) [[unlikely]] {
                if (lowest >> 63 == 0) {
                    inside = carried;
                    escaped = behind;
                    above = between;
                    at += 64;
                }
                break;
            }
            inside = 0 - (next_strings >> 63);
            escaped = behind_next;
            above = next_above;
            at += 128;
        } while (at <= last);
        carry_ = {inside, escaped};
        depth = above + level + 1;
        feed_.pass(at);
        if (to != nullptr)
            to_ = to + at;
    }

private:
    /// How far ahead of what is copied memory is asked for: what is read, and what is written.
    static constexpr std::size_t fetched_ahead = 2048;

    /// Where no more bytes are left, they are near already, mostly.
    static constexpr std::size_t worth_fetching = 1 << 18;

    /// How many brackets of a kind are outside of strings.
    template<class Bytes>
    [[gnu::always_inline]] static std::size_t outside(char const* bytes, char bracket, std::uint64_t strings) noexcept
    {
        return Bytes::count(Bytes::number(Bytes::equal_with_bit5(bytes, bracket)) & ~strings);
    }

    template<class Bytes>
    [[gnu::always_inline]] void copy(char const* bytes) noexcept
    {
        if (feed_.left() >= fetched_ahead)
            fetch(bytes, to_);
        Bytes::copy(to_, bytes);
        to_ += 64;
    }

    template<class Bytes>
    [[gnu::always_inline]] static void copy_two(char const* bytes, char* to, bool fetches) noexcept
    {
        if (fetches) {
            fetch(bytes, to);
            fetch(bytes + 64, to + 64);
        }
        Bytes::copy(to, bytes);
        Bytes::copy(to + 64, bytes + 64);
    }

    [[gnu::always_inline]] static void fetch(char const* bytes, char* to) noexcept
    {
#ifdef __GNUC__
        __builtin_prefetch(bytes + fetched_ahead);
        __builtin_prefetch(to + fetched_ahead, 1);
#else
        static_cast<void>(bytes);
        static_cast<void>(to);
#endif
    }

    block_feed feed_;
    std::size_t end_; // of the text
    block_carry carry_{};
    char* to_ = nullptr;          // where the next block is copied to
    char* copies_from_ = nullptr; // where the first one was
};

} // namespace metapatch::detail

#endif
