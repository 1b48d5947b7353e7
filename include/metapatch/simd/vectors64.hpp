// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SIMD_VECTORS64_HPP
#define METAPATCH_SIMD_VECTORS64_HPP

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
using bytes_of_64 [[gnu::vector_size(64)]] = char;
using words_of_64 [[gnu::vector_size(64)]] = short;
using eighths_of_64 [[gnu::vector_size(64)]] = long long;
using sixteenths_of_64 [[gnu::vector_size(64)]] = int;
using halves_of_16 [[gnu::vector_size(16)]] = long long;
using quarters_of_16 [[gnu::vector_size(16)]] = int;

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
    [[gnu::target("avx512bw")]] static std::uint64_t digits(char const* bytes) noexcept
    {
        return __builtin_ia32_ucmpb512_mask(all(bytes) ^ '0', bytes_of_64{} + char{10}, is_less, every);
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
    /// By a table of 64 bytes, which one instruction looks up by the low six bits of a byte: a small letter and a digit
    /// or a sign may be the same to it.
    class pair_finder {
    public:
        [[gnu::target("avx512bw")]] void assign(pair_tables const& tables) noexcept
        {
            first_ = by_six_bits(tables.first);
            second_ = by_six_bits(tables.second);
        }

        [[gnu::target("avx512bw,avx512vbmi")]] std::uint64_t among(char const* bytes) const noexcept
        {
            auto const found = looked_up(first_, all(bytes)) & looked_up(second_, all(bytes + 1));
            return __builtin_ia32_cmpb512_mask(found, bytes_of_64{}, is_unequal, every);
        }

    private:
        [[gnu::target("avx512bw")]] static bytes_of_64 by_six_bits(pair_tables::table const& by) noexcept
        {
            // Of the high halves those count as one that differ in the two highest bits alone.
            auto const high = eight_bytes(by.high.data()) | eight_bytes(by.high.data() + 8);
            auto const folded = bytes_of_64(sixteenths_of_64{} + static_cast<int>(high | high >> 32));
            return four_times(by.low) & shuffled(folded, sixteenth_of);
        }

        bytes_of_64 first_;
        bytes_of_64 second_;
    };
    [[gnu::target("avx512bw")]] static level_bits levels(std::uint64_t opens, std::uint64_t closes,
                                                         std::size_t depth) noexcept
    {
        auto const sums = sums_of(opens, closes);
        auto const one = static_cast<char>(1 - static_cast<int>(depth));
        auto const no = static_cast<char>(one - 1);
        auto const two = static_cast<char>(one + 1);
        return {__builtin_ia32_cmpb512_mask(sums, bytes_of_64{} + one, is_equal, every),
                __builtin_ia32_cmpb512_mask(sums, bytes_of_64{} + two, is_equal, every),
                __builtin_ia32_cmpb512_mask(sums, bytes_of_64{} + no, is_equal, every)};
    }

    static constexpr bool is_wide = true;
    [[gnu::target("avx512bw")]] static void copy(char* to, char const* from) noexcept
    {
        auto const bytes = all(from);
        std::memcpy(to, &bytes, sizeof bytes);
    }

    /// By stores of 64 bytes, for what is stored in pieces cannot be loaded at once before it has reached the cache.
    [[gnu::target("avx512bw")]] static void copy_padded(char* to, char const* from, std::size_t size,
                                                        char padding) noexcept
    {
        auto const first = size < 64 ? (std::uint64_t{1} << size) - 1 : every;
        auto const second = size < 64 ? 0 : size < 128 ? (std::uint64_t{1} << (size - 64)) - 1 : every;
        auto const low = masked(from, first, padding);
        auto const high = masked(from + 64, second, padding);
        std::memcpy(to, &low, sizeof low);
        std::memcpy(to + 64, &high, sizeof high);
    }

    /// What else these vectors do. Tables are looked up by the low six bits of a byte.
    using table = std::array<char, 64>;

    /// The bytes that are what a table has for them.
    [[gnu::target("avx512bw,avx512vbmi")]] static std::uint64_t equal_in(table const& of, char const* bytes) noexcept
    {
        return __builtin_ia32_cmpb512_mask(looked_up(all(of.data()), all(bytes)), all(bytes), is_equal, every);
    }
    /// The bytes for which a table has no bit that another one has for the bytes behind them.
    [[gnu::target("avx512bw,avx512vbmi")]] static std::uint64_t disjoint(table const& of, table const& of_next,
                                                                         char const* bytes) noexcept
    {
        auto const common = looked_up(all(of.data()), all(bytes)) & looked_up(all(of_next.data()), all(bytes + 1));
        return __builtin_ia32_cmpb512_mask(common, bytes_of_64{}, is_equal, every);
    }
    /// Write some of the bytes, one behind the other, and 64 in all.
    [[gnu::target("avx512bw,avx512vbmi2")]] static void pack(char const* bytes, std::uint64_t which, char* out) noexcept
    {
        auto const packed = __builtin_ia32_compressqi512_mask(all(bytes), bytes_of_64{}, which);
        std::memcpy(out, &packed, sizeof packed);
    }
    /// Tells how many containers more are open at bytes than before the first one; at a bracket, with its own.
    class level_finder {
    public:
        [[gnu::target("avx512bw")]] level_finder(std::uint64_t opens, std::uint64_t closes) noexcept
            : levels_(sums_of(opens, closes) - __builtin_ia32_cvtmask2b512(closes))
        {
        }

        [[gnu::target("avx512bw")]] std::uint64_t at(int level) const noexcept
        {
            return __builtin_ia32_cmpb512_mask(levels_, bytes_of_64{} + static_cast<char>(level), is_equal, every);
        }

    private:
        bytes_of_64 levels_;
    };

private:
    static constexpr int is_equal = 0;
    static constexpr int is_less = 1;
    static constexpr int is_unequal = 4;
    static constexpr std::uint64_t every = ~std::uint64_t{0};
    static constexpr std::uint16_t every_sixteenth = 0xFFFF;
    static constexpr bytes_of_64 sixteenth_of{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1,
                                              1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2,
                                              2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3};

    /// How many containers more are open at each byte than before the first one.
    [[gnu::target("avx512bw")]] static bytes_of_64 sums_of(std::uint64_t opens, std::uint64_t closes) noexcept
    {
        // As with avx2, and then each 16 bytes take the sum of those before.
        auto sums = __builtin_ia32_cvtmask2b512(closes) - __builtin_ia32_cvtmask2b512(opens);
        sums += shuffled(sums, moved_up<bytes_of_64, 1>::places);
        sums += shuffled(sums, moved_up<bytes_of_64, 2>::places);
        sums += shuffled(sums, moved_up<bytes_of_64, 4>::places);
        sums += shuffled(sums, moved_up<bytes_of_64, 8>::places);
        auto const lasts = eighths_of_64(shuffled(sums, bytes_of_64{} + char{15}));
        constexpr eighths_of_64 none{};
        auto const before = __builtin_shufflevector(lasts, none, 8, 9, 0, 1, 2, 3, 4, 5);
        auto const before_that = __builtin_shufflevector(before, none, 8, 9, 0, 1, 2, 3, 4, 5);
        auto const and_before = __builtin_shufflevector(before, none, 8, 9, 8, 9, 0, 1, 2, 3);
        sums += bytes_of_64(before) + bytes_of_64(before_that) + bytes_of_64(and_before);
        return sums;
    }

    /// Of a table of 64 bytes those at the places that the low six bits of bytes are.
    [[gnu::target("avx512bw,avx512vbmi")]] static bytes_of_64 looked_up(bytes_of_64 table, bytes_of_64 at) noexcept
    {
#ifdef __clang__
        return __builtin_ia32_permvarqi512(table, at);
#else
        return __builtin_ia32_permvarqi512_mask(table, at, bytes_of_64{}, every);
#endif
    }

    [[gnu::target("avx512bw")]] static bytes_of_64 four_times(std::array<char, 16> const& bytes) noexcept
    {
        quarters_of_16 once;
        std::memcpy(&once, bytes.data(), sizeof once);
#ifdef __clang__
        return bytes_of_64(__builtin_shufflevector(once, once, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3));
#else // of a shuffle it makes a way through memory
        return bytes_of_64(__builtin_ia32_broadcasti32x4_512(once, sixteenths_of_64{}, every_sixteenth));
#endif
    }

    /// In each 16 bytes, those at the given places.
    [[gnu::target("avx512bw")]] static bytes_of_64 shuffled(bytes_of_64 bytes, bytes_of_64 from) noexcept
    {
#ifdef __clang__
        return __builtin_ia32_pshufb512(bytes, from);
#else
        return __builtin_ia32_pshufb512_mask(bytes, from, bytes_of_64{}, every);
#endif
    }

    /// Of 64 bytes those of a mask, which alone are read.
    [[gnu::target("avx512bw")]] static bytes_of_64 masked(char const* bytes, std::uint64_t which, char other) noexcept
    {
#ifdef __clang__
        return __builtin_ia32_loaddquqi512_mask(reinterpret_cast<bytes_of_64 const*>(bytes), bytes_of_64{} + other,
                                                which);
#else
        return __builtin_ia32_loaddquqi512_mask(bytes, bytes_of_64{} + other, which);
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
