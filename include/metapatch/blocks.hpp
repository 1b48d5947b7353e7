// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_BLOCKS_HPP
#define METAPATCH_BLOCKS_HPP

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

/// Where the structure of a JSON text is, 64 bytes at a time.
///
/// The idea: of 64 bytes a vector unit tells in a few instructions which are quotes, which open and close containers
/// and which are commas: a bit each. A running exclusive-or of the quotes' bits says which bytes lie inside of strings,
/// so that only the structure remains. Whoever looks for the end of a nested value then counts bits instead of reading
/// bytes: while a block closes fewer containers than are open, the end is not in it. (The technique is that of Langdale
/// and Lemire, "Parsing Gigabytes of JSON per Second", VLDB Journal 28, 2019.)
///
/// The text is believed to be valid JSON: on any other the bits mean nothing, but no byte beyond it is ever read.
namespace metapatch::detail {

/// The structure of 64 bytes; bit i is byte i. What lies inside of strings is left out.
struct block {
    std::uint64_t quotes; ///< those that begin and end strings
    std::uint64_t opens;  ///< `{` and `[`
    std::uint64_t closes; ///< `}` and `]`
    std::uint64_t commas;
};

/// Which of 64 bytes are what, whatever is inside of strings.
struct raw_block {
    std::uint64_t quotes;
    std::uint64_t backslashes;
    std::uint64_t opens;
    std::uint64_t closes;
    std::uint64_t commas;
};

/// What a block must know of the one before it.
struct block_carry {
    std::uint64_t inside_string = 0; ///< all bits, or none
    std::uint64_t escaped = 0;       ///< 1 where the first byte is escaped
};

/// The bytes that a backslash escapes.
constexpr std::uint64_t escaped_bytes(std::uint64_t backslashes, std::uint64_t& carry) noexcept
{
    if (backslashes == 0) {
        auto const escaped = carry;
        carry = 0;
        return escaped;
    }
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

/// Bit i is the exclusive-or of all bits up to i.
constexpr std::uint64_t running_xor(std::uint64_t bits) noexcept
{
    for (unsigned shift = 1; shift < 64; shift *= 2)
        bits ^= bits << shift;
    return bits;
}

constexpr block without_strings(raw_block const& raw, block_carry& carry) noexcept
{
    std::uint64_t const quotes = raw.quotes & ~escaped_bytes(raw.backslashes, carry.escaped);
    std::uint64_t const inside = running_xor(quotes) ^ carry.inside_string;
    carry.inside_string = 0 - (inside >> 63);
    return {quotes, raw.opens & ~inside, raw.closes & ~inside, raw.commas & ~inside};
}

/// The portable way: eight bytes at a time in a plain integer.
struct portable_classifier {
    static raw_block classify(char const* bytes) noexcept
    {
        raw_block found{};
        for (unsigned i = 0; i < 8; ++i) {
            std::uint64_t word = 0;
            for (unsigned j = 0; j < 8; ++j)
                word |= static_cast<std::uint64_t>(static_cast<std::uint8_t>(bytes[8 * i + j])) << (8 * j);
            std::uint64_t const folded = word | ones * 0x20; // `[` becomes `{`, `]` becomes `}`
            found.quotes |= equal_bytes(word, '"') << (8 * i);
            found.backslashes |= equal_bytes(word, '\\') << (8 * i);
            found.opens |= equal_bytes(folded, '{') << (8 * i);
            found.closes |= equal_bytes(folded, '}') << (8 * i);
            found.commas |= equal_bytes(word, ',') << (8 * i);
        }
        return found;
    }

private:
    static constexpr std::uint64_t ones = 0x0101010101010101;

    /// A bit for each of the eight bytes that is `c`, in the order of the bytes.
    static std::uint64_t equal_bytes(std::uint64_t word, char c) noexcept
    {
        std::uint64_t const low = ones * 0x7F;
        std::uint64_t const differs = word ^ ones * static_cast<std::uint8_t>(c);
        std::uint64_t const zero_bytes = ~(((differs & low) + low) | differs | low) >> 7; // 1 in each byte that is 0
        return zero_bytes * 0x0102040810204080 >> 56;                                     // gathered into one byte
    }
};

/// Fills `out` with the structure of `count` blocks.
using index_function = void (*)(char const* text, std::size_t count, block* out, block_carry& carry) noexcept;

template<class Classifier>
void index_blocks(char const* text, std::size_t count, block* out, block_carry& carry) noexcept
{
    for (std::size_t i = 0; i < count; ++i)
        out[i] = without_strings(Classifier::classify(text + 64 * i), carry);
}

#if defined(__x86_64__) && defined(__GNUC__)

// The compilers' own vectors rather than <immintrin.h>, which costs every includer half a second.
using bytes16 [[gnu::vector_size(16)]] = char;
using bytes32 [[gnu::vector_size(32)]] = char;

/// SSE2 is part of every x86-64.
struct sse2_classifier {
    static raw_block classify(char const* bytes) noexcept
    {
        raw_block found{};
        for (unsigned i = 0; i < 4; ++i) {
            bytes16 chunk;
            std::memcpy(&chunk, bytes + 16 * i, sizeof chunk);
            found.quotes |= bits(chunk == '"') << (16 * i);
            found.backslashes |= bits(chunk == '\\') << (16 * i);
            found.opens |= bits((chunk | 0x20) == '{') << (16 * i);
            found.closes |= bits((chunk | 0x20) == '}') << (16 * i);
            found.commas |= bits(chunk == ',') << (16 * i);
        }
        return found;
    }

private:
    static std::uint64_t bits(bytes16 equal) noexcept
    {
        return static_cast<std::uint32_t>(__builtin_ia32_pmovmskb128(equal));
    }
};

struct avx2_classifier {
    [[gnu::target("avx2")]] static raw_block classify(char const* bytes) noexcept
    {
        bytes32 low;
        bytes32 high;
        std::memcpy(&low, bytes, sizeof low);
        std::memcpy(&high, bytes + 32, sizeof high);
        return {bits(low == '"', high == '"'), bits(low == '\\', high == '\\'),
                bits((low | 0x20) == '{', (high | 0x20) == '{'), bits((low | 0x20) == '}', (high | 0x20) == '}'),
                bits(low == ',', high == ',')};
    }

private:
    [[gnu::target("avx2")]] static std::uint64_t bits(bytes32 low, bytes32 high) noexcept
    {
        auto const first = static_cast<std::uint32_t>(__builtin_ia32_pmovmskb256(low));
        auto const second = static_cast<std::uint32_t>(__builtin_ia32_pmovmskb256(high));
        return static_cast<std::uint64_t>(second) << 32 | first;
    }
};

template<>
[[gnu::target("avx2")]] inline void index_blocks<avx2_classifier>(char const* text, std::size_t count, block* out,
                                                                  block_carry& carry) noexcept
{
    for (std::size_t i = 0; i < count; ++i)
        out[i] = without_strings(avx2_classifier::classify(text + 64 * i), carry);
}

#endif

} // namespace metapatch::detail

namespace metapatch {

/// The instructions that scanning uses. The results are the same with each.
enum class scan_with : std::uint8_t { portable, sse2, avx2 };

/// The fastest that this processor has.
inline scan_with fastest_scan() noexcept
{
#if defined(__x86_64__) && defined(__GNUC__)
    return __builtin_cpu_supports("avx2") ? scan_with::avx2 : scan_with::sse2;
#else
    return scan_with::portable;
#endif
}

namespace detail {

inline index_function indexer(scan_with instructions) noexcept
{
#if defined(__x86_64__) && defined(__GNUC__)
    if (instructions == scan_with::avx2)
        return index_blocks<avx2_classifier>;
    if (instructions == scan_with::sse2)
        return index_blocks<sse2_classifier>;
#endif
    static_cast<void>(instructions);
    return index_blocks<portable_classifier>;
}

} // namespace detail

} // namespace metapatch

#endif
