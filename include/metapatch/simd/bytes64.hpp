// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SIMD_BYTES64_HPP
#define METAPATCH_SIMD_BYTES64_HPP

#include <metapatch/json/words.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

namespace metapatch {

/// The instructions that scanning uses. The results are the same with each.
///
/// Of x86-64 those are chosen at run time that the processor has. WebAssembly's are those of the module (`simd128`
/// where it was compiled with them), and `neon` is part of every ARM64: there they are used whatever is asked for.
enum class scan_with : std::uint8_t { portable, sse2, avx2, avx512, simd128, neon };

/// The fastest that this processor has.
inline scan_with fastest_scan() noexcept
{
#if defined(__x86_64__) && defined(__GNUC__)
    bool const avx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
                      __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("pclmul");
    // The processors before those with VBMI2 slow down as a whole when their widest vectors are used.
    if (avx2 && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi") &&
        __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("bmi2"))
        return scan_with::avx512;
    return avx2 ? scan_with::avx2 : scan_with::sse2;
#elif defined(__wasm_simd128__)
    return scan_with::simd128;
#elif defined(__aarch64__) && defined(__AARCH64EL__) && defined(__GNUC__)
    return scan_with::neon;
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

/// Whether some of the instructions that may be chosen are of vectors so wide that some things are done in another way.
#if defined(__x86_64__) && defined(__GNUC__)
inline constexpr bool may_be_wide = true;
#else
inline constexpr bool may_be_wide = false;
#endif

/// Whether some of them, or those that are there in any case, tell pairs of bytes.
#if defined(__aarch64__) && defined(__AARCH64EL__) && defined(__GNUC__)
inline constexpr bool may_tell_pairs = true;
#else
inline constexpr bool may_tell_pairs = may_be_wide;
#endif

/// Pairs of bytes that are looked for, as tables by the halves of bytes: byte b may be of a pair where
/// low[b % 16] & high[b / 16] is not 0, and two bytes may be a pair where this is so for a common bit.
struct pair_tables {
    struct table {
        std::array<char, 16> low;
        std::array<char, 16> high;

        constexpr void allow(char c, char bits) noexcept
        {
            auto const byte = static_cast<std::uint8_t>(c);
            low[byte % 16] = static_cast<char>(low[byte % 16] | bits);
            high[byte / 16] = static_cast<char>(high[byte / 16] | bits);
        }
    };
    table first;
    table second;
};

/// The bytes at which one container is open, those at which two are, and those at which none is.
struct level_bits {
    std::uint64_t first;
    std::uint64_t second;
    std::uint64_t none;
};

/// The portable way: eight bytes at a time in a plain integer.
struct portable_bytes {
    [[gnu::always_inline]] static std::uint64_t equal(char const* bytes, char c) noexcept
    {
        return ask(bytes, [c](std::uint64_t word) { return zero_bytes(word ^ ones * static_cast<std::uint8_t>(c)); });
    }

    /// Those that are `c` when bit 5 is set: `{` stands for `[` too, `}` for `]`.
    [[gnu::always_inline]] static std::uint64_t equal_with_bit5(char const* bytes, char c) noexcept
    {
        return ask(bytes, [c](std::uint64_t word) {
            return zero_bytes((word | ones * 0x20) ^ ones * static_cast<std::uint8_t>(c));
        });
    }

    /// Those below 0x20.
    [[gnu::always_inline]] static std::uint64_t controls(char const* bytes) noexcept
    {
        return ask(bytes, [](std::uint64_t word) { return zero_bytes(word & ones * 0xE0); });
    }

    /// Those from `0` to `9`.
    [[gnu::always_inline]] static std::uint64_t digits(char const* bytes) noexcept
    {
        return ask(bytes, [](std::uint64_t word) {
            word ^= ones * '0';
            return ~(((word & ones * 0x7F) + ones * 0x76) | word) >> 7 & ones;
        });
    }

    /// Those that have the bit 2^n.
    [[gnu::always_inline]] static std::uint64_t with_bit(char const* bytes, unsigned n) noexcept
    {
        return ask(bytes, [n](std::uint64_t word) { return word >> n & ones; });
    }

    /// Bit i is the exclusive-or of all bits up to i.
    [[gnu::always_inline]] static constexpr std::uint64_t running_xor(std::uint64_t bits) noexcept
    {
        for (unsigned shift = 1; shift < 64; shift *= 2)
            bits ^= bits << shift;
        return bits;
    }

    /// Whether `pair_finder` tells anything.
    static constexpr bool tells_pairs = false;

    /// Finds those that may be a pair with the byte behind them; of others only few.
    struct pair_finder {
        void assign(pair_tables const&) noexcept {}

        /// Reads 65 bytes.
        [[gnu::always_inline]] std::uint64_t among(char const*) const noexcept { return ~std::uint64_t{0}; }
    };

    /// @param opens   the brackets that open containers
    /// @param closes  those that close them
    /// @param depth   how many are open before the block; from 1 to 66, for from deeper than that no second one is
    ///                reached in 64 bytes
    [[gnu::always_inline]] static level_bits levels(std::uint64_t opens, std::uint64_t closes,
                                                    std::size_t depth) noexcept
    {
        level_bits found{};
        std::uint64_t seen = 0;
        for (auto brackets = opens | closes;; brackets &= brackets - 1) {
            auto const bracket = brackets & (0 - brackets); // 0 behind the last one
            auto const here = (bracket - 1) & ~seen;
            found.first |= depth == 1 ? here : 0;
            found.second |= depth == 2 ? here : 0;
            found.none |= depth == 0 ? here : 0;
            if (bracket == 0)
                return found;
            seen = bracket - 1;
            depth += (opens & bracket) != 0 ? 1 : static_cast<std::size_t>(-1);
        }
    }

    /// Whether blocks take less time two in a step, and a copy of them less on the way than behind it.
    static constexpr bool is_wide = false;

    /// No bit where a byte is not among 128.
    static std::uint64_t any_of_two(char const* bytes, char c) noexcept
    {
        return equal(bytes, c) | equal(bytes + 64, c);
    }

    /// Bits as what they are: some vectors have others than numbers.
    static std::uint64_t number(std::uint64_t bits) noexcept { return bits; }

    /// Copy 64 bytes that are looked at too.
    [[gnu::always_inline]] static void copy(char* to, char const* from) noexcept { std::memcpy(to, from, 64); }

    /// Copy at most 128 bytes, and write others behind them up to 128.
    static void copy_padded(char* to, char const* from, std::size_t size, char padding) noexcept
    {
        std::memset(to, padding, 128);
        copy_few(to, from, size);
    }

    [[gnu::always_inline]] static constexpr unsigned count(std::uint64_t bits) noexcept
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
    [[gnu::always_inline]] static std::uint64_t ask(char const* bytes, Question question) noexcept
    {
        std::uint64_t found = 0;
        for (unsigned i = 0; i < 8; ++i) {
            auto const word = eight_bytes(bytes + 8 * i);
            found |= (question(word) * 0x0102040810204080 >> 56) << (8 * i); // the eight gathered into one byte
        }
        return found;
    }

    [[gnu::always_inline]] static std::uint64_t zero_bytes(std::uint64_t word) noexcept
    {
        constexpr std::uint64_t low = ones * 0x7F;
        return ~(((word & low) + low) | word | low) >> 7;
    }
};

} // namespace metapatch::detail

#endif
