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

    /// How many bytes were copied there; the last ones of a text never are.
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
        read<Bytes>(here, bytes, left, carry_);
        if (copies<Bytes>() && left >= 64 + look_ahead) // else they are no part of the text
            copy<Bytes>(bytes);
        return true;
    }

    /// Pass blocks, two in a step, until few bytes are left.
    /// @param depth   how many containers are open; kept up to the block that is taken, or to what is left
    /// @param level   the lowest that matters
    /// @param enough  stop where so many bytes are left
    /// @return        whether a block was taken where that level may be next
    template<class Bytes>
    [[gnu::always_inline]] bool pass_two(bracket_block& here, std::size_t& depth, std::size_t level,
                                         std::size_t enough) noexcept
    {
        while (auto const* const bytes = feed_.two(enough)) {
            bracket_block first;
            auto carry = carry_;
            read<Bytes>(first, bytes, feed_.left(), carry);
            auto const behind_first = carry;
            read<Bytes>(here, bytes + 64, feed_.left() - 64, carry);
            if (first.closed + level >= depth) [[unlikely]] {
                here = first;
                carry_ = behind_first;
                feed_.pass(64);
                if (copies<Bytes>())
                    copy<Bytes>(bytes);
                return true;
            }
            depth += Bytes::count(first.opens) - first.closed;
            carry_ = carry;
            feed_.pass(128);
            if (copies<Bytes>()) {
                copy<Bytes>(bytes);
                copy<Bytes>(bytes + 64);
            }
            if (here.closed + level >= depth)
                return true;
            depth += Bytes::count(here.opens) - here.closed;
        }
        return false;
    }

private:
    /// How far ahead of what is copied memory is asked for: what is read, and what is written.
    static constexpr std::size_t fetched_ahead = 2048;

    template<class Bytes>
    [[gnu::always_inline]] void read(bracket_block& here, char const* bytes, std::size_t left,
                                     block_carry& carry) const noexcept
    {
        here.base = end_ - left;
        here.bytes = bytes;
        here.strings = strings_of<Bytes>(bytes, carry);
        here.opens = Bytes::equal_with_bit5(bytes, '{') & ~here.strings.inside;
        here.closes = Bytes::equal_with_bit5(bytes, '}') & ~here.strings.inside;
        here.closed = Bytes::count(here.closes);
    }

    template<class Bytes>
    [[gnu::always_inline]] void copy(char const* bytes) noexcept
    {
#ifdef __GNUC__
        if (feed_.left() >= fetched_ahead) {
            __builtin_prefetch(bytes + fetched_ahead);
            __builtin_prefetch(to_ + fetched_ahead, 1);
        }
#endif
        Bytes::copy(to_, bytes);
        to_ += 64;
    }

    block_feed feed_;
    std::size_t end_; // of the text
    block_carry carry_{};
    char* to_ = nullptr;          // where the next block is copied to
    char* copies_from_ = nullptr; // where the first one was
};

} // namespace metapatch::detail

#endif
