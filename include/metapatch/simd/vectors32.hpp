// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SIMD_VECTORS32_HPP
#define METAPATCH_SIMD_VECTORS32_HPP

#include <metapatch/simd/vectors16.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

/// The same questions, asked of the wider vectors that processors of x86-64 may have, and chosen at run time.
namespace metapatch::detail {

#if defined(__x86_64__) && defined(__GNUC__)

using bytes_of_32 [[gnu::vector_size(32)]] = char;
using words_of_32 [[gnu::vector_size(32)]] = short;
using ints_of_32 [[gnu::vector_size(32)]] = int;
using quarters_of_32 [[gnu::vector_size(32)]] = long long;
using halves_of_16 [[gnu::vector_size(16)]] = long long;

/// Places of bytes, by which a shuffle moves each 16 bytes up by so many, zeros behind them.
template<class Bytes, int By, class Indices = std::make_index_sequence<sizeof(Bytes)>>
struct moved_up;
template<class Bytes, int By, std::size_t... Indices>
struct moved_up<Bytes, By, std::index_sequence<Indices...>> {
    static constexpr Bytes places{static_cast<char>(Indices % 16 < By ? -1 : static_cast<int>(Indices % 16) - By)...};
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
    [[gnu::target("avx2")]] static std::uint64_t digits(char const* bytes) noexcept
    {
        return bits(digits_of_32(half(bytes)), digits_of_32(half(bytes + 32)));
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
    static constexpr bool is_wide = true;
    /// No bit where a byte is not among 128.
    [[gnu::target("avx2")]] static std::uint64_t any_of_two(char const* bytes, char c) noexcept
    {
        auto const first = bytes_of_32(half(bytes) == c) | bytes_of_32(half(bytes + 32) == c);
        auto const second = bytes_of_32(half(bytes + 64) == c) | bytes_of_32(half(bytes + 96) == c);
        return static_cast<std::uint32_t>(__builtin_ia32_pmovmskb256(first | second));
    }
    static std::uint64_t number(std::uint64_t bits) noexcept { return bits; }
    [[gnu::target("avx2")]] static void copy(char* to, char const* from) noexcept
    {
        auto const low = half(from);
        auto const high = half(from + 32);
        std::memcpy(to, &low, sizeof low);
        std::memcpy(to + 32, &high, sizeof high);
    }
    static void copy_padded(char* to, char const* from, std::size_t size, char padding) noexcept
    {
        portable_bytes::copy_padded(to, from, size, padding);
    }
    class pair_finder {
    public:
        [[gnu::target("avx2")]] void assign(pair_tables const& tables) noexcept
        {
            first_ = {twice(tables.first.low), twice(tables.first.high)};
            second_ = {twice(tables.second.low), twice(tables.second.high)};
        }

        [[gnu::target("avx2")]] std::uint64_t among(char const* bytes) const noexcept
        {
            auto const low = found_in(first_, half(bytes)) & found_in(second_, half(bytes + 1));
            auto const high = found_in(first_, half(bytes + 32)) & found_in(second_, half(bytes + 33));
            return ~bits(bytes_of_32(low == char{0}), bytes_of_32(high == char{0}));
        }

    private:
        struct table {
            bytes_of_32 low;
            bytes_of_32 high;
        };

        [[gnu::target("avx2")]] static bytes_of_32 found_in(table const& by, bytes_of_32 bytes) noexcept
        {
            auto const low = bytes & char{0x0F};
            auto const high = bytes_of_32(words_of_32(bytes) >> 4) & char{0x0F};
            return __builtin_ia32_pshufb256(by.low, low) & __builtin_ia32_pshufb256(by.high, high);
        }

        table first_;
        table second_;
    };
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
        auto const two_in_low = static_cast<char>(one_in_low + 1);
        auto const two_in_high = static_cast<char>(one_in_high + 1);
        return {bits(bytes_of_32(low == one_in_low), bytes_of_32(high == one_in_high)),
                bits(bytes_of_32(low == two_in_low), bytes_of_32(high == two_in_high)),
                bits(bytes_of_32(low == none_in_low), bytes_of_32(high == none_in_high))};
    }

private:
    [[gnu::target("avx2")]] static bytes_of_32 digits_of_32(bytes_of_32 bytes) noexcept
    {
        return bytes_of_32((bytes & static_cast<char>(0xF0)) == '0') & bytes_of_32((bytes & char{0x0F}) < char{10});
    }

    [[gnu::target("avx2")]] static bytes_of_32 twice(std::array<char, 16> const& bytes) noexcept
    {
        halves_of_16 once;
        std::memcpy(&once, bytes.data(), sizeof once);
#ifdef __clang__
        return bytes_of_32(__builtin_shufflevector(once, once, 0, 1, 0, 1));
#else
        return bytes_of_32(__builtin_ia32_vbroadcastsi256(once));
#endif
    }

    /// How many more containers are open at each byte than before the first one.
    [[gnu::target("avx2")]] static bytes_of_32 levels_of_32(std::uint32_t opens, std::uint32_t closes) noexcept
    {
        // Each byte takes the sum of those before it in four steps, within 16 bytes; then the upper 16 that of the
        // lower.
        auto sums = spread(closes) - spread(opens);
        sums += __builtin_ia32_pshufb256(sums, moved_up<bytes_of_32, 1>::places);
        sums += __builtin_ia32_pshufb256(sums, moved_up<bytes_of_32, 2>::places);
        sums += __builtin_ia32_pshufb256(sums, moved_up<bytes_of_32, 4>::places);
        sums += __builtin_ia32_pshufb256(sums, moved_up<bytes_of_32, 8>::places);
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

#endif

} // namespace metapatch::detail

#endif
