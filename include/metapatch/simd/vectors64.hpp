// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SIMD_VECTORS64_HPP
#define METAPATCH_SIMD_VECTORS64_HPP

#include <metapatch/simd/vectors32.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace metapatch::detail {

#if defined(__x86_64__) && defined(__GNUC__)

using bytes_of_64 [[gnu::vector_size(64)]] = char;
using words_of_64 [[gnu::vector_size(64)]] = short;
using eighths_of_64 [[gnu::vector_size(64)]] = long long;
using sixteenths_of_64 [[gnu::vector_size(64)]] = int;
using quarters_of_16 [[gnu::vector_size(16)]] = int;

/// And those of AVX-512, of which some do what no others do: pack bytes, and look them up in 64.
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
    /// No bit where a byte is not among 128.
    [[gnu::target("avx512bw")]] static std::uint64_t any_of_two(char const* bytes, char c) noexcept
    {
        return equal(bytes, c) | equal(bytes + 64, c);
    }
    /// A mask as a number, where compilers would go on with it in the registers of masks: these are few, and each way
    /// from there and back takes longer than what is done with it.
    [[gnu::always_inline]] static std::uint64_t number(std::uint64_t mask) noexcept
    {
        asm("" : "+r"(mask)); // nothing is done, but what comes of it is a number
        return mask;
    }
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
    /// Write the places of some of 64 bytes, one behind the other, and 64 in all.
    /// @param base  is added to each
    [[gnu::target("avx512bw,avx512vbmi2")]] static void pack_places(std::uint64_t which, std::uint16_t base,
                                                                    std::uint16_t* out) noexcept
    {
        auto const packed = __builtin_ia32_compressqi512_mask(all(every_place.data()), bytes_of_64{}, which);
        std::array<bytes_of_32, 2> halves;
        std::memcpy(&halves, &packed, sizeof packed);
        auto const first = widened(halves[0]) + static_cast<short>(base);
        auto const second = widened(halves[1]) + static_cast<short>(base);
        std::memcpy(out, &first, sizeof first);
        std::memcpy(out + 32, &second, sizeof second);
    }
    /// The same of 64 places.
    [[gnu::target("avx512bw,avx512vbmi2")]] static void pack_words(std::uint16_t const* words, std::uint64_t which,
                                                                   std::uint16_t* out) noexcept
    {
        std::array<words_of_64, 2> halves;
        std::memcpy(&halves, words, sizeof halves);
        auto const first =
            __builtin_ia32_compresshi512_mask(halves[0], words_of_64{}, static_cast<std::uint32_t>(which));
        auto const second =
            __builtin_ia32_compresshi512_mask(halves[1], words_of_64{}, static_cast<std::uint32_t>(which >> 32));
        std::memcpy(out, &first, sizeof first);
        std::memcpy(out + count(which & 0xFFFFFFFF), &second, sizeof second);
    }
    /// Those of some bits that are where other ones are, one behind the other.
    [[gnu::target("bmi2")]] static std::uint64_t gathered(std::uint64_t bits, std::uint64_t where) noexcept
    {
        return __builtin_ia32_pext_di(bits, where);
    }
    /// Tells of 64 tokens in which container they are.
    class container_numbers {
    public:
        /// @param depth    how many are open before the first token; up to 63
        /// @param numbers  of those, by their levels
        /// @param depths   where it writes how many are open at each token, at a bracket that opens one with its own
        [[gnu::target("avx512bw,avx512vbmi")]] container_numbers(std::uint64_t opens, std::uint64_t closes,
                                                                 std::size_t depth, table const& numbers,
                                                                 table& depths) noexcept
            : depths_(sums_of(opens, closes) + static_cast<char>(depth)),
              numbers_(looked_up(all(numbers.data()), depths_))
        {
            std::memcpy(depths.data(), &depths_, sizeof depths_);
        }

        /// From a token on those of a level are in that container.
        [[gnu::target("avx512bw")]] void set(std::size_t level, unsigned token, char number) noexcept
        {
            auto const those = at(level) & every << token;
#ifdef __clang__
            numbers_ = __builtin_ia32_selectb_512(those, bytes_of_64{} + number, numbers_);
#else
            numbers_ = __builtin_ia32_blendmb_512_mask(numbers_, bytes_of_64{} + number, those);
#endif
        }

        /// Those of a level.
        [[gnu::target("avx512bw")]] std::uint64_t at(std::size_t level) const noexcept
        {
            return __builtin_ia32_cmpb512_mask(depths_, bytes_of_64{} + static_cast<char>(level), is_equal, every);
        }

        [[gnu::target("avx512bw,avx512vbmi2")]] void pack(std::uint64_t which, char* out) const noexcept
        {
            auto const packed = __builtin_ia32_compressqi512_mask(numbers_, bytes_of_64{}, which);
            std::memcpy(out, &packed, sizeof packed);
        }

    private:
        bytes_of_64 depths_;
        bytes_of_64 numbers_;
    };
    /// Which of the first 32 words are more than once among all of them.
    /// @param words  32 can be read
    [[gnu::target("avx512bw")]] static std::uint32_t repeated(std::uint16_t const* words, std::size_t size) noexcept
    {
        words_of_64 first;
        std::memcpy(&first, words, sizeof first);
        words_of_64 times{};
        for (std::size_t i = 0; i < size; ++i)
            times -= first == words_of_64{} + static_cast<short>(words[i]);
        auto const those = size < 32 ? (std::uint32_t{1} << size) - 1 : ~std::uint32_t{0};
        return __builtin_ia32_cmpw512_mask(times, words_of_64{} + short{1}, is_unequal, those);
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
    static constexpr auto every_place = [] {
        std::array<char, 64> places{};
        for (std::size_t i = 0; i < places.size(); ++i)
            places[i] = static_cast<char>(i);
        return places;
    }();
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

    [[gnu::target("avx512bw")]] static words_of_64 widened(bytes_of_32 bytes) noexcept
    {
#ifdef __clang__
        return __builtin_convertvector(bytes, words_of_64);
#else // which makes two of it
        return __builtin_ia32_pmovzxbw512_mask(bytes, words_of_64{}, 0xFFFFFFFF);
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
