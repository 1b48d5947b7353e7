// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_BYTES64_HPP
#define METAPATCH_BYTES64_HPP

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace metapatch {

/// The instructions that scanning uses. The results are the same with each.
enum class scan_with : std::uint8_t { portable, sse2, avx2, avx512 };

/// The fastest that this processor has.
inline scan_with fastest_scan() noexcept
{
#if defined(__x86_64__) && defined(__GNUC__)
    bool const avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
                      __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("pclmul");
    // The processors before those with VBMI2 slow down as a whole when their widest vectors are used.
    if (avx2 && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi2"))
        return scan_with::avx512;
    return avx2 ? scan_with::avx2 : scan_with::sse2;
#else
    return scan_with::portable;
#endif
}

} // namespace metapatch

/// Questions about 64 bytes at once, answered with a bit for each byte: bit i is byte i.
///
/// Each class answers the same questions with other instructions. What is built on them is written once, as templates
/// that are inlined into one function for each class.
namespace metapatch::detail {

/// Eight bytes as a number, the first one lowest.
inline std::uint64_t eight_bytes(char const* bytes) noexcept
{
    std::uint64_t word = 0;
    if constexpr (std::endian::native == std::endian::little) {
        std::memcpy(&word, bytes, sizeof word);
    } else {
        for (unsigned i = 0; i < 8; ++i)
            word |= static_cast<std::uint64_t>(static_cast<std::uint8_t>(bytes[i])) << (8 * i);
    }
    return word;
}

/// Pairs of bytes that are looked for, as tables by the halves of bytes: byte b may be of a pair where
/// low[b % 16] & high[b / 16] is not 0, and two bytes may be a pair where this is so for a common bit. Each table stands
/// there four times, for that is how it is used.
struct pair_tables {
    struct table {
        std::array<char, 64> low;
        std::array<char, 64> high;
    };
    table first;
    table second;
};

/// The bytes at which one container is open, and those at which none is.
struct level_bits {
    std::uint64_t first;
    std::uint64_t none;
};

/// The portable way: eight bytes at a time in a plain integer.
struct portable_bytes {
    static std::uint64_t equal(char const* bytes, char c) noexcept
    {
        return ask(bytes, [c](std::uint64_t word) { return zero_bytes(word ^ ones * static_cast<std::uint8_t>(c)); });
    }

    /// Those that are `c` when bit 5 is set: `{` stands for `[` too, `}` for `]`.
    static std::uint64_t equal_with_bit5(char const* bytes, char c) noexcept
    {
        return ask(bytes, [c](std::uint64_t word) {
            return zero_bytes((word | ones * 0x20) ^ ones * static_cast<std::uint8_t>(c));
        });
    }

    /// Those below 0x20.
    static std::uint64_t controls(char const* bytes) noexcept
    {
        return ask(bytes, [](std::uint64_t word) { return zero_bytes(word & ones * 0xE0); });
    }

    /// Those that have the bit 2^n.
    static std::uint64_t with_bit(char const* bytes, unsigned n) noexcept
    {
        return ask(bytes, [n](std::uint64_t word) { return word >> n & ones; });
    }

    /// Bit i is the exclusive-or of all bits up to i.
    static constexpr std::uint64_t running_xor(std::uint64_t bits) noexcept
    {
        for (unsigned shift = 1; shift < 64; shift *= 2)
            bits ^= bits << shift;
        return bits;
    }

    /// Whether `pairs` tells anything.
    static constexpr bool tells_pairs = false;

    /// Those that may be a pair with the byte behind them. Reads 65 bytes.
    static std::uint64_t pairs(char const*, pair_tables const&) noexcept { return ~std::uint64_t{0}; }

    /// @param opens   the brackets that open containers
    /// @param closes  those that close them
    /// @param depth   how many are open before the block; from 1 to 65, for from deeper than that none is left in 64 bytes
    static level_bits levels(std::uint64_t opens, std::uint64_t closes, std::size_t depth) noexcept
    {
        level_bits found{};
        std::uint64_t seen = 0;
        for (auto brackets = opens | closes;; brackets &= brackets - 1) {
            auto const bracket = brackets & (0 - brackets); // 0 behind the last one
            auto const here = (bracket - 1) & ~seen;
            found.first |= depth == 1 ? here : 0;
            found.none |= depth == 0 ? here : 0;
            if (bracket == 0)
                return found;
            seen = bracket - 1;
            depth += (opens & bracket) != 0 ? 1 : static_cast<std::size_t>(-1);
        }
    }

    static constexpr unsigned count(std::uint64_t bits) noexcept
    {
        // Not std::popcount, which is a function call where the compiler may not use the instruction.
        bits -= bits >> 1 & 0x5555555555555555;
        bits = (bits & 0x3333333333333333) + (bits >> 2 & 0x3333333333333333);
        bits = (bits + (bits >> 4)) & 0x0F0F0F0F0F0F0F0F;
        return static_cast<unsigned>(bits * ones >> 56);
    }

private:
    static constexpr std::uint64_t ones = 0x0101010101010101;

    /// @param question  answers a word with 1 in each of the bytes meant, and 0 in the others
    template<class Question>
    static std::uint64_t ask(char const* bytes, Question question) noexcept
    {
        std::uint64_t found = 0;
        for (unsigned i = 0; i < 8; ++i) {
            auto const word = eight_bytes(bytes + 8 * i);
            found |= (question(word) * 0x0102040810204080 >> 56) << (8 * i); // the eight gathered into one byte
        }
        return found;
    }

    static std::uint64_t zero_bytes(std::uint64_t word) noexcept
    {
        constexpr std::uint64_t low = ones * 0x7F;
        return ~(((word & low) + low) | word | low) >> 7;
    }
};

#if defined(__x86_64__) && defined(__GNUC__)

// The compilers' own vectors rather than <immintrin.h>, which costs every includer half a second.
using bytes_of_16 [[gnu::vector_size(16)]] = char;
using words_of_16 [[gnu::vector_size(16)]] = short;
using bytes_of_32 [[gnu::vector_size(32)]] = char;
using words_of_32 [[gnu::vector_size(32)]] = short;
using ints_of_32 [[gnu::vector_size(32)]] = int;
using quarters_of_32 [[gnu::vector_size(32)]] = long long;
using bytes_of_64 [[gnu::vector_size(64)]] = char;
using words_of_64 [[gnu::vector_size(64)]] = short;
using halves_of_16 [[gnu::vector_size(16)]] = long long;

/// SSE2 is part of every x86-64.
struct sse2_bytes {
    static std::uint64_t equal(char const* bytes, char c) noexcept
    {
        return ask(bytes, [c](bytes_of_16 chunk) { return bytes_of_16(chunk == c); });
    }
    static std::uint64_t equal_with_bit5(char const* bytes, char c) noexcept
    {
        return ask(bytes, [c](bytes_of_16 chunk) { return bytes_of_16((chunk | char{0x20}) == c); });
    }
    static std::uint64_t controls(char const* bytes) noexcept
    {
        return ask(bytes, [](bytes_of_16 chunk) { return bytes_of_16((chunk & static_cast<char>(0xE0)) == char{0}); });
    }
    static std::uint64_t with_bit(char const* bytes, unsigned n) noexcept
    {
        auto const up = static_cast<short>(7 - n);
        return ask(bytes, [up](bytes_of_16 chunk) { return bytes_of_16(words_of_16(chunk) << up); });
    }
    static constexpr std::uint64_t running_xor(std::uint64_t bits) noexcept
    {
        return portable_bytes::running_xor(bits);
    }
    static constexpr unsigned count(std::uint64_t bits) noexcept { return portable_bytes::count(bits); }
    static constexpr bool tells_pairs = false; // the instruction that looks up tables came later
    static std::uint64_t pairs(char const*, pair_tables const&) noexcept { return ~std::uint64_t{0}; }
    static level_bits levels(std::uint64_t opens, std::uint64_t closes, std::size_t depth) noexcept
    {
        return portable_bytes::levels(opens, closes, depth);
    }

private:
    /// @param question  answers with the highest bit of each of the bytes meant
    template<class Question>
    [[gnu::always_inline]] static std::uint64_t ask(char const* bytes, Question question) noexcept
    {
        std::uint64_t found = 0;
        for (unsigned i = 0; i < 4; ++i) {
            bytes_of_16 chunk;
            std::memcpy(&chunk, bytes + 16 * i, sizeof chunk);
            auto const bits = static_cast<std::uint32_t>(__builtin_ia32_pmovmskb128(question(chunk)));
            found |= static_cast<std::uint64_t>(bits) << (16 * i);
        }
        return found;
    }
};

/// Also carry-less multiplication, which is a running exclusive-or, and a count of bits.
struct avx2_bytes {
    [[gnu::target("avx2")]] static std::uint64_t equal(char const* bytes, char c) noexcept
    {
        return bits(bytes_of_32(half(bytes) == c), bytes_of_32(half(bytes + 32) == c));
    }
    [[gnu::target("avx2")]] static std::uint64_t equal_with_bit5(char const* bytes, char c) noexcept
    {
        return bits(bytes_of_32((half(bytes) | char{0x20}) == c), bytes_of_32((half(bytes + 32) | char{0x20}) == c));
    }
    [[gnu::target("avx2")]] static std::uint64_t controls(char const* bytes) noexcept
    {
        constexpr auto high = static_cast<char>(0xE0);
        return bits(bytes_of_32((half(bytes) & high) == char{0}), bytes_of_32((half(bytes + 32) & high) == char{0}));
    }
    [[gnu::target("avx2")]] static std::uint64_t with_bit(char const* bytes, unsigned n) noexcept
    {
        auto const up = static_cast<short>(7 - n);
        return bits(bytes_of_32(words_of_32(half(bytes)) << up), bytes_of_32(words_of_32(half(bytes + 32)) << up));
    }
    [[gnu::target("avx2,pclmul")]] static std::uint64_t running_xor(std::uint64_t bits) noexcept
    {
        auto const product =
            __builtin_ia32_pclmulqdq128(halves_of_16{static_cast<long long>(bits), 0}, halves_of_16{-1, 0}, 0);
        return static_cast<std::uint64_t>(product[0]);
    }
    [[gnu::target("popcnt")]] static unsigned count(std::uint64_t bits) noexcept
    {
        return static_cast<unsigned>(std::popcount(bits));
    }
    static constexpr bool tells_pairs = true;
    [[gnu::target("avx2")]] static std::uint64_t pairs(char const* bytes, pair_tables const& tables) noexcept
    {
        auto const low = found_in(tables.first, half(bytes)) & found_in(tables.second, half(bytes + 1));
        auto const high = found_in(tables.first, half(bytes + 32)) & found_in(tables.second, half(bytes + 33));
        return ~bits(bytes_of_32(low == char{0}), bytes_of_32(high == char{0}));
    }
    [[gnu::target("avx2,popcnt")]] static level_bits levels(std::uint64_t opens, std::uint64_t closes,
                                                            std::size_t depth) noexcept
    {
        auto const opens_low = static_cast<std::uint32_t>(opens);
        auto const closes_low = static_cast<std::uint32_t>(closes);
        auto const low = levels_of_32(opens_low, closes_low);
        auto const high =
            levels_of_32(static_cast<std::uint32_t>(opens >> 32), static_cast<std::uint32_t>(closes >> 32));
        auto const one_in_low = static_cast<char>(1 - static_cast<int>(depth));
        auto const one_in_high = static_cast<char>(one_in_low - std::popcount(opens_low) + std::popcount(closes_low));
        auto const none_in_low = static_cast<char>(one_in_low - 1);
        auto const none_in_high = static_cast<char>(one_in_high - 1);
        return {bits(bytes_of_32(low == one_in_low), bytes_of_32(high == one_in_high)),
                bits(bytes_of_32(low == none_in_low), bytes_of_32(high == none_in_high))};
    }

private:
    [[gnu::target("avx2")]] static bytes_of_32 found_in(pair_tables::table const& table, bytes_of_32 bytes) noexcept
    {
        auto const low = bytes & char{0x0F};
        auto const high = bytes_of_32(words_of_32(bytes) >> 4) & char{0x0F};
        return __builtin_ia32_pshufb256(half(table.low.data()), low) &
               __builtin_ia32_pshufb256(half(table.high.data()), high);
    }

    /// How many more containers are open at each byte than before the first one.
    [[gnu::target("avx2")]] static bytes_of_32 levels_of_32(std::uint32_t opens, std::uint32_t closes) noexcept
    {
        // Each byte takes the sum of those before it in four steps, within 16 bytes; then the upper 16 that of the lower.
        constexpr char none = -1;
        constexpr bytes_of_32 by_1{none, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14,
                                   none, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14};
        constexpr bytes_of_32 by_2{none, none, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13,
                                   none, none, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13};
        constexpr bytes_of_32 by_4{none, none, none, none, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
                                   none, none, none, none, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
        constexpr bytes_of_32 by_8{none, none, none, none, none, none, none, none, 0, 1, 2, 3, 4, 5, 6, 7,
                                   none, none, none, none, none, none, none, none, 0, 1, 2, 3, 4, 5, 6, 7};
        auto sums = spread(closes) - spread(opens);
        sums += __builtin_ia32_pshufb256(sums, by_1);
        sums += __builtin_ia32_pshufb256(sums, by_2);
        sums += __builtin_ia32_pshufb256(sums, by_4);
        sums += __builtin_ia32_pshufb256(sums, by_8);
        auto const last = quarters_of_32(__builtin_ia32_pshufb256(sums, bytes_of_32{} + char{15}));
        return sums + bytes_of_32(__builtin_ia32_permti256(last, last, 0x08));
    }

    /// -1 in the bytes whose bits are set.
    [[gnu::target("avx2")]] static bytes_of_32 spread(std::uint32_t bits) noexcept
    {
        constexpr char high = -128;
        constexpr bytes_of_32 byte_of{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1,
                                      2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3};
        constexpr bytes_of_32 bit_of{1, 2, 4, 8, 16, 32, 64, high, 1, 2, 4, 8, 16, 32, 64, high,
                                     1, 2, 4, 8, 16, 32, 64, high, 1, 2, 4, 8, 16, 32, 64, high};
        auto const all = bytes_of_32(ints_of_32{} + static_cast<int>(bits));
        return bytes_of_32((__builtin_ia32_pshufb256(all, byte_of) & bit_of) == bit_of);
    }

    [[gnu::target("avx2")]] static bytes_of_32 half(char const* bytes) noexcept
    {
        bytes_of_32 chunk;
        std::memcpy(&chunk, bytes, sizeof chunk);
        return chunk;
    }
    [[gnu::target("avx2")]] static std::uint64_t bits(bytes_of_32 low, bytes_of_32 high) noexcept
    {
        auto const first = static_cast<std::uint32_t>(__builtin_ia32_pmovmskb256(low));
        auto const second = static_cast<std::uint32_t>(__builtin_ia32_pmovmskb256(high));
        return static_cast<std::uint64_t>(second) << 32 | first;
    }
};

struct avx512_bytes {
    [[gnu::target("avx512bw")]] static std::uint64_t equal(char const* bytes, char c) noexcept
    {
        return __builtin_ia32_cmpb512_mask(all(bytes), bytes_of_64{} + c, is_equal, every);
    }
    [[gnu::target("avx512bw")]] static std::uint64_t equal_with_bit5(char const* bytes, char c) noexcept
    {
        return __builtin_ia32_cmpb512_mask(all(bytes) | char{0x20}, bytes_of_64{} + c, is_equal, every);
    }
    [[gnu::target("avx512bw")]] static std::uint64_t controls(char const* bytes) noexcept
    {
        return __builtin_ia32_ucmpb512_mask(all(bytes), bytes_of_64{} + char{0x20}, is_less, every);
    }
    [[gnu::target("avx512bw")]] static std::uint64_t with_bit(char const* bytes, unsigned n) noexcept
    {
        return __builtin_ia32_cvtb2mask512(bytes_of_64(words_of_64(all(bytes)) << static_cast<short>(7 - n)));
    }
    [[gnu::target("avx2,pclmul")]] static std::uint64_t running_xor(std::uint64_t bits) noexcept
    {
        return avx2_bytes::running_xor(bits);
    }
    [[gnu::target("popcnt")]] static unsigned count(std::uint64_t bits) noexcept { return avx2_bytes::count(bits); }
    static constexpr bool tells_pairs = true;
    [[gnu::target("avx512bw")]] static std::uint64_t pairs(char const* bytes, pair_tables const& tables) noexcept
    {
        auto const found = found_in(tables.first, all(bytes)) & found_in(tables.second, all(bytes + 1));
        return ~__builtin_ia32_cmpb512_mask(found, bytes_of_64{}, is_equal, every);
    }
    [[gnu::target("avx2,popcnt")]] static level_bits levels(std::uint64_t opens, std::uint64_t closes,
                                                            std::size_t depth) noexcept
    {
        return avx2_bytes::levels(opens, closes, depth);
    }

private:
    static constexpr int is_equal = 0;
    static constexpr int is_less = 1;
    static constexpr std::uint64_t every = ~std::uint64_t{0};

    [[gnu::target("avx512bw")]] static bytes_of_64 found_in(pair_tables::table const& table, bytes_of_64 bytes) noexcept
    {
        auto const low = bytes & char{0x0F};
        auto const high = bytes_of_64(words_of_64(bytes) >> 4) & char{0x0F};
        return shuffled(all(table.low.data()), low) & shuffled(all(table.high.data()), high);
    }

    /// In each 16 bytes, those at the given places.
    [[gnu::target("avx512bw")]] static bytes_of_64 shuffled(bytes_of_64 bytes, bytes_of_64 places) noexcept
    {
#ifdef __clang__
        return __builtin_ia32_pshufb512(bytes, places);
#else
        return __builtin_ia32_pshufb512_mask(bytes, places, bytes_of_64{}, every);
#endif
    }

    [[gnu::target("avx512bw")]] static bytes_of_64 all(char const* bytes) noexcept
    {
        bytes_of_64 chunk;
        std::memcpy(&chunk, bytes, sizeof chunk);
        return chunk;
    }
};

#endif

} // namespace metapatch::detail

#endif
