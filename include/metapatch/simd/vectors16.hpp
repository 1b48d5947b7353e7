// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SIMD_VECTORS16_HPP
#define METAPATCH_SIMD_VECTORS16_HPP

#include <metapatch/simd/bytes64.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

/// The questions of `portable_bytes`, asked of the vectors of 16 bytes that x86-64, ARM64 and WebAssembly have.
namespace metapatch::detail {

#if defined(__GNUC__) && (defined(__x86_64__) || defined(__AARCH64EL__) || defined(__wasm_simd128__))

// The compilers' own vectors rather than <immintrin.h>, which costs every includer half a second.
using bytes_of_16 [[gnu::vector_size(16)]] = char;
using words_of_16 [[gnu::vector_size(16)]] = short;

/// What the vectors of 16 bytes have in common.
struct bytes_by_16 {
    [[gnu::always_inline]] static std::uint64_t equal(char const* bytes, char c) noexcept
    {
        return ask(bytes, [c](bytes_of_16 chunk) { return bytes_of_16(chunk == c); });
    }
    [[gnu::always_inline]] static std::uint64_t equal_with_bit5(char const* bytes, char c) noexcept
    {
        return ask(bytes, [c](bytes_of_16 chunk) { return bytes_of_16((chunk | char{0x20}) == c); });
    }
    [[gnu::always_inline]] static std::uint64_t controls(char const* bytes) noexcept
    {
        return ask(bytes, [](bytes_of_16 chunk) { return bytes_of_16((chunk & static_cast<char>(0xE0)) == char{0}); });
    }
    [[gnu::always_inline]] static std::uint64_t digits(char const* bytes) noexcept
    {
        return ask(bytes, [](bytes_of_16 chunk) {
            return bytes_of_16((chunk & static_cast<char>(0xF0)) == '0') & bytes_of_16((chunk & char{0x0F}) < char{10});
        });
    }
    [[gnu::always_inline]] static std::uint64_t with_bit(char const* bytes, unsigned n) noexcept
    {
#ifdef __AARCH64EL__
        auto const bit = static_cast<char>(1 << n);
        return ask(bytes, [bit](bytes_of_16 chunk) { return bytes_of_16((chunk & bit) != char{0}); });
#else
        auto const up = static_cast<short>(7 - n);
        return ask(bytes, [up](bytes_of_16 chunk) { return bytes_of_16(words_of_16(chunk) << up); });
#endif
    }
    [[gnu::always_inline]] static constexpr std::uint64_t running_xor(std::uint64_t bits) noexcept
    {
        return portable_bytes::running_xor(bits);
    }
    /// SSE2 has no instruction that looks up tables, and with that of WebAssembly it takes longer.
    static constexpr bool tells_pairs = false;
    static constexpr bool is_wide = false;
    [[gnu::always_inline]] static void copy(char* to, char const* from) noexcept
    {
        std::memcpy(to, from, 64);
    }
    using pair_finder = portable_bytes::pair_finder;
    [[gnu::always_inline]] static level_bits levels(std::uint64_t opens, std::uint64_t closes,
                                                    std::size_t depth) noexcept
    {
        return portable_bytes::levels(opens, closes, depth);
    }
    static void copy_padded(char* to, char const* from, std::size_t size, char padding) noexcept
    {
        portable_bytes::copy_padded(to, from, size, padding);
    }

protected:
#ifndef __AARCH64EL__
    [[gnu::always_inline]] static std::uint32_t highest_bits(bytes_of_16 chunk) noexcept
    {
#ifdef __wasm__
        return static_cast<std::uint32_t>(__builtin_wasm_bitmask_i8x16(chunk));
#else
        return static_cast<std::uint32_t>(__builtin_ia32_pmovmskb128(chunk));
#endif
    }
#endif

    [[gnu::always_inline]] static bytes_of_16 chunk_of(char const* bytes) noexcept
    {
        bytes_of_16 chunk;
        std::memcpy(&chunk, bytes, sizeof chunk);
        return chunk;
    }

    /// @param question  answers with all bits of each of the bytes meant, or but for ARM64 with the highest alone
    template<class Question>
    [[gnu::always_inline]] static std::uint64_t ask(char const* bytes, Question question) noexcept
    {
        return ask_at(bytes, [question](char const* at) { return question(chunk_of(at)); });
    }

    /// The same by a question about the 16 bytes from a place on.
    template<class Question>
    [[gnu::always_inline]] static std::uint64_t ask_at(char const* bytes, Question question) noexcept
    {
#ifdef __AARCH64EL__
        // Of each byte a bit of its own, and sums of neighbours until eight are in one.
        auto const low = sums(question(bytes) & own_bit, question(bytes + 16) & own_bit);
        auto const high = sums(question(bytes + 32) & own_bit, question(bytes + 48) & own_bit);
        auto const all = sums(low, high);
        return static_cast<std::uint64_t>(words_of_bits(sums(all, all))[0]);
#else
        std::uint64_t found = 0;
        for (unsigned i = 0; i < 4; ++i) {
            auto const bits = highest_bits(question(bytes + 16 * i));
            found |= static_cast<std::uint64_t>(bits) << (16 * i);
        }
        return found;
#endif
    }

#ifdef __AARCH64EL__
    using words_of_bits [[gnu::vector_size(16)]] = long long;

    static constexpr auto bit7 = static_cast<char>(0x80);
    static constexpr bytes_of_16 own_bit{1, 2, 4, 8, 16, 32, 64, bit7, 1, 2, 4, 8, 16, 32, 64, bit7};

    /// Of the bytes of both, each with its neighbour. No compiler makes the instruction of anything else.
    [[gnu::always_inline]] static bytes_of_16 sums(bytes_of_16 low, bytes_of_16 high) noexcept
    {
        bytes_of_16 made;
        __asm__("addp %0.16b, %1.16b, %2.16b" : "=w"(made) : "w"(low), "w"(high));
        return made;
    }
#endif
};

#endif

#if defined(__x86_64__) && defined(__GNUC__)

/// SSE2 is part of every x86-64.
struct sse2_bytes : bytes_by_16 {
    [[gnu::always_inline]] static constexpr unsigned count(std::uint64_t bits) noexcept
    {
        return portable_bytes::count(bits);
    }

    /// The same as `equal` of 16 bytes.
    [[gnu::always_inline]] static std::uint64_t equal_of_16(char const* bytes, char c) noexcept
    {
        return highest_bits(bytes_of_16(chunk_of(bytes) == c));
    }
};

#endif

#ifdef __wasm_simd128__

/// Also a count of bits.
struct simd128_bytes : bytes_by_16 {
    [[gnu::always_inline]] static constexpr unsigned count(std::uint64_t bits) noexcept
    {
        return static_cast<unsigned>(std::popcount(bits));
    }
};

/// In WebAssembly the instructions are those of the module, and nothing that is chosen at run time.
using baseline_bytes = simd128_bytes;

#elif defined(__AARCH64EL__) && defined(__GNUC__)

/// Also a count of bits, and a look-up in tables of 16 bytes.
struct neon_bytes : bytes_by_16 {
    [[gnu::always_inline]] static unsigned count(std::uint64_t bits) noexcept
    {
        return static_cast<unsigned>(std::popcount(bits));
    }

    static constexpr bool tells_pairs = true;
    class pair_finder {
    public:
        void assign(pair_tables const& tables) noexcept { tables_ = &tables; }

        [[gnu::always_inline]] std::uint64_t among(char const* bytes) const noexcept
        {
            return ask_at(bytes, [this](char const* at) {
                auto const found = found_in(tables_->first, chunk_of(at)) & found_in(tables_->second, chunk_of(at + 1));
                return bytes_of_16(found != char{0});
            });
        }

    private:
        pair_tables const* tables_ = nullptr;
    };

private:
    [[gnu::always_inline]] static bytes_of_16 found_in(pair_tables::table const& table, bytes_of_16 bytes) noexcept
    {
        return looked_up(table.low, bytes & char{0x0F}) & looked_up(table.high, bytes >> char{4} & char{0x0F});
    }

    [[gnu::always_inline]] static bytes_of_16 looked_up(std::array<char, 16> const& table, bytes_of_16 places) noexcept
    {
        auto const bytes = chunk_of(table.data());
        bytes_of_16 made;
        __asm__("tbl %0.16b, {%1.16b}, %2.16b" : "=w"(made) : "w"(bytes), "w"(places));
        return made;
    }
};

/// They are part of every processor of the kind.
using baseline_bytes = neon_bytes;

#else

/// What there is in any case.
using baseline_bytes = portable_bytes;

#endif

/// What every processor of the kind has, for what is too small to be chosen at run time.
#if defined(__x86_64__) && defined(__GNUC__)
using common_bytes = sse2_bytes;
#else
using common_bytes = baseline_bytes;
#endif

} // namespace metapatch::detail

#endif
