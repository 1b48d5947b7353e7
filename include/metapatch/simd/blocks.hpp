// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SIMD_BLOCKS_HPP
#define METAPATCH_SIMD_BLOCKS_HPP

#include <metapatch/json/words.hpp>
#include <metapatch/simd/bytes64.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

/// Where the strings of a JSON text are, 64 bytes at a time.
///
/// The idea: of 64 bytes a vector unit tells in a few instructions which are quotes, which open and close containers
/// and which are commas: a bit each. A running exclusive-or of the quotes' bits says which bytes lie inside of strings,
/// so that only the structure remains. Whoever looks for the end of a nested value then counts bits instead of reading
/// bytes: while a block closes fewer containers than are open, the end is not in it. (The technique is that of Langdale
/// and Lemire, "Parsing Gigabytes of JSON per Second", VLDB Journal 28, 2019.)
namespace metapatch::detail {

/// The strings in 64 bytes; bit i is byte i.
struct string_bits {
    std::uint64_t quotes;  ///< those that begin and end strings
    std::uint64_t inside;  ///< from the quote that begins a string to the byte before the one that ends it
    std::uint64_t escaped; ///< the bytes that a backslash escapes, wherever they are
};

/// What is known of 64 bytes. Fields of their own, for a struct in it that is written one by one is not well read as a
/// whole.
struct read_block {
    char const* bytes;
    std::uint64_t quotes; ///< this and the next two as of `string_bits`
    std::uint64_t inside;
    std::uint64_t escaped;
    std::uint64_t opens; ///< as the next one outside of strings
    std::uint64_t closes;
};

/// What a block must know of the one before it.
struct block_carry {
    std::uint64_t inside_string = 0; ///< all bits, or none
    std::uint64_t escaped = 0;       ///< 1 where the first byte is escaped
};

/// The bytes that a backslash escapes.
constexpr std::uint64_t escaped_bytes(std::uint64_t backslashes, std::uint64_t& carry) noexcept
{
    // A run of backslashes escapes every second byte that follows its start. Adding at the starts on odd places carries
    // through those runs and shows where they end.
    constexpr std::uint64_t even = 0x5555555555555555;
    backslashes &= ~carry;
    std::uint64_t const follows = backslashes << 1 | carry;
    std::uint64_t const odd_starts = backslashes & ~even & ~follows;
    std::uint64_t const ends = odd_starts + backslashes;
    carry = ends < backslashes ? 1 : 0;
    return (even ^ (ends << 1)) & follows;
}

/// The strings in the 64 bytes from `bytes` on. Of a text that is no valid JSON the bits mean nothing.
template<class Bytes>
[[gnu::always_inline]] inline string_bits strings_of(char const* bytes, block_carry& carry) noexcept
{
    std::uint64_t const backslashes = Bytes::equal(bytes, '\\');
    std::uint64_t escaped = 0;
    std::uint64_t quotes = Bytes::equal(bytes, '"');
    if ((backslashes | carry.escaped) != 0) [[unlikely]] {
        escaped = escaped_bytes(backslashes, carry.escaped);
        quotes &= ~escaped;
    }
    std::uint64_t const inside = Bytes::running_xor(quotes) ^ carry.inside_string;
    carry.inside_string = 0 - (inside >> 63);
    return {quotes, inside, escaped};
}

/// Where the strings end that begin with the given quotes.
[[gnu::always_inline]] inline std::uint64_t ends_of(std::uint64_t begins, std::uint64_t inside,
                                                    std::uint64_t& carry) noexcept
{
    // A bit added to the run of bytes inside of the string comes out at the quote that ends it.
    auto const sum = (begins | carry) + inside;
    carry = sum < inside ? 1 : 0;
    return sum & ~inside;
}

/// The bytes that follow tokens of one kind: those behind them, past a gap.
class followers {
public:
    /// @param behind  the bytes directly behind the tokens that end in this block
    /// @param next    1 where one of them is the first byte of the next block
    /// @param gap     the bytes that do not count
    [[gnu::always_inline]] std::uint64_t past(std::uint64_t behind, std::uint64_t next, std::uint64_t gap) noexcept
    {
        behind |= carry_;
        if (gap == 0) {
            carry_ = next;
            return behind;
        }
        // A bit at the start of a gap, added to it, comes out behind its end.
        auto const sum = (behind & gap) + gap;
        carry_ = next | (sum < gap ? 1U : 0U);
        return (behind | sum) & ~gap;
    }

    /// The same for tokens that end with the given bytes.
    [[gnu::always_inline]] std::uint64_t of(std::uint64_t ends, std::uint64_t gap) noexcept
    {
        return past(ends << 1, ends >> 63, gap);
    }

    /// Let what follows be the next that is in no gap.
    void expect() noexcept { carry_ = 1; }

    /// Whether nothing but a gap came behind the last of the tokens.
    bool wait() const noexcept { return carry_ != 0; }

private:
    std::uint64_t carry_ = 0;
};

/// How many places `write_places` may write beyond what there is room for in any case.
inline constexpr std::size_t places_of_a_block = 64;

/// Write the offsets of the given bytes of the block at `base`.
/// @return how many
template<class Bytes, class Place>
[[gnu::always_inline]] inline std::size_t write_places(std::uint64_t bytes, std::size_t base, Place* out) noexcept
{
    auto const take = [base, &bytes] {
        auto const place = base + static_cast<std::size_t>(std::countr_zero(bytes));
        bytes &= bytes - 1;
        return static_cast<Place>(place);
    };
    std::size_t const count = Bytes::count(bytes);
    // More than there are is written, rather than to branch on how many there are.
    Place const* const enough = out + count;
    do {
        out[0] = take();
        out[1] = take();
        out[2] = take();
        out[3] = take();
        out += 4;
    } while (out < enough);
    return count;
}

/// How many bytes behind a block may be read.
inline constexpr std::size_t look_ahead = 32;

/// Room for the last two blocks of a text, and for a look beyond them.
using block_room = std::array<char, 128 + look_ahead>;

/// Gives a text 64 bytes at a time; the last of them are filled up with spaces. Nothing beyond the text is read.
class block_feed {
public:
    /// How many bytes must be left that `two` gives some.
    static constexpr std::size_t least_of_two = 128 + look_ahead;

    /// @param room  must live as long as what is given is read; beside the feed, which so can be kept in registers
    block_feed(std::string_view text, block_room& room) noexcept
        : next_(text.data()), left_(text.size()), room_(room.data())
    {
    }

    /// Copy the last bytes now: what was written just before it is read in other pieces, a processor waits for.
    template<class Bytes>
    [[gnu::always_inline]] void prepare() noexcept
    {
        if (left_ >= 64 + look_ahead) [[likely]]
            fill_room<Bytes>(next_ + (left_ - look_ahead) / 64 * 64, (left_ - look_ahead) % 64 + look_ahead);
    }

    /// How many bytes of the text are still to come: of what `next` gives, and behind that.
    std::size_t left() const noexcept { return left_; }

    /// The next 128 bytes, if all of them are in the text and can be read like others; else nullptr.
    /// @param enough  and so many bytes behind them
    [[gnu::always_inline]] char const* two(std::size_t enough) const noexcept
    {
        return left_ >= least_of_two + enough ? next_ : nullptr;
    }

    /// Go on behind blocks that `two` gave.
    [[gnu::always_inline]] void pass(std::size_t bytes) noexcept
    {
        next_ += bytes;
        left_ -= bytes;
    }

    /// The next 64 bytes, or what is left of them and spaces; `look_ahead` bytes behind them may be read too.
    template<class Bytes>
    [[gnu::always_inline]] char const* next() noexcept
    {
        if (left_ < 64 + look_ahead) [[unlikely]]
            return near_end<Bytes>();
        auto const* const bytes = next_;
        next_ += 64;
        left_ -= 64;
        return bytes;
    }

private:
    template<class Bytes>
    char const* near_end() noexcept
    {
        if (!in_room_ || next_ > room_ + 64) { // what was given last stays as it is
            if (!is_prepared_ || left_ == 0)
                fill_room<Bytes>(next_, left_);
            next_ = room_;
            in_room_ = true;
        }
        auto const* const bytes = next_;
        next_ += 64;
        left_ -= std::min<std::size_t>(left_, 64);
        return bytes;
    }

    template<class Bytes>
    void fill_room(char const* from, std::size_t size) noexcept
    {
        Bytes::copy_padded(room_, from, size, ' ');
        std::memset(room_ + 128, ' ', look_ahead);
        is_prepared_ = true;
    }

    char const* next_;
    std::size_t left_;
    char* room_;
    bool in_room_ = false;
    bool is_prepared_ = false;
};

} // namespace metapatch::detail

#endif
