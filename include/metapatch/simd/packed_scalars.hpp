// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SIMD_PACKED_SCALARS_HPP
#define METAPATCH_SIMD_PACKED_SCALARS_HPP

#include <metapatch/simd/bytes64.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace metapatch::detail {

/// A table that has these bytes where their low six bits tell, which are others for each, and elsewhere a byte that has
/// other ones.
constexpr std::array<char, 64> by_six_bits(std::string_view bytes) noexcept
{
    std::array<char, 64> table{};
    for (unsigned i = 0; i < 64; ++i)
        table[i] = static_cast<char>(~i);
    for (char const c : bytes)
        table[static_cast<unsigned>(c) % 64] = c;
    return table;
}

/// What is of no number and no literal: white space, brackets, separators and quotes.
inline constexpr auto no_scalar_bytes = by_six_bits(" \t\n\r{}[],:\"");

/// Checks numbers and literals 64 bytes at a time, where they are packed: one behind the other, with a single byte of
/// something else behind each. However many of them those bytes hold, and of whatever kind, there is no branch on it.
///
/// The idea: a bit added where a run of digits begins comes out behind that run. So the places behind the whole part of
/// all numbers, behind their decimals and behind their exponents are known, and what stands there is asked of all at
/// once.
class packed_scalars {
public:
    /// Check the first of them that are complete.
    /// @param bytes  where one begins; 68 can be read
    /// @param size   how many there are
    /// @return       how many bytes were checked; 0 where the first one is not complete in 64 bytes
    template<class Bytes>
    [[gnu::always_inline]] std::size_t take(char const* bytes, std::size_t size) noexcept
    {
        auto const here = size < 64 ? (std::uint64_t{1} << size) - 1 : ~std::uint64_t{0};
        auto const ends = Bytes::equal_in(no_scalar_bytes, bytes) & here;
        if (ends == 0) [[unlikely]]
            return 0;
        auto const taken = 64 - static_cast<unsigned>(std::countl_zero(ends));
        auto const scalars = ~ends & (~std::uint64_t{0} >> (64 - taken));
        auto const begins = scalars & ~(scalars << 1);
        auto const literals = begins & literals_before<Bytes>(bytes, ends);
        // Added where literals begin, a bit empties them.
        check_numbers<Bytes>(bytes, scalars & (scalars + literals), begins & ~literals, ends);
        return taken;
    }

    bool fine() const noexcept { return bad_ == 0; }

private:
    /// Where a literal is, and directly behind it one of `ends`.
    template<class Bytes>
    [[gnu::always_inline]] static std::uint64_t literals_before(char const* bytes, std::uint64_t ends) noexcept
    {
        auto const e = Bytes::equal(bytes, 'e');
        auto const l = Bytes::equal(bytes, 'l');
        auto const u = Bytes::equal(bytes, 'u');
        auto const is_true = Bytes::equal(bytes, 't') & Bytes::equal(bytes + 1, 'r') & u >> 2 & e >> 3 & ends >> 4;
        auto const is_null = Bytes::equal(bytes, 'n') & u >> 1 & l >> 2 & l >> 3 & ends >> 4;
        auto const is_false = Bytes::equal(bytes, 'f') & Bytes::equal(bytes + 1, 'a') & l >> 2 &
                              Bytes::equal(bytes + 3, 's') & e >> 4 & ends >> 5;
        return is_true | is_null | is_false;
    }

    /// @param numbers  all their bytes
    template<class Bytes>
    [[gnu::always_inline]] void check_numbers(char const* bytes, std::uint64_t numbers, std::uint64_t begins,
                                              std::uint64_t ends) noexcept
    {
        auto const digits = Bytes::digits(bytes) & numbers;
        auto const minus = Bytes::equal(bytes, '-') & numbers;
        auto const signs = minus | (Bytes::equal(bytes, '+') & numbers);
        auto const points = Bytes::equal(bytes, '.') & numbers;
        auto const exponents = Bytes::equal_with_bit5(bytes, 'e') & numbers;

        // Where there must be digits, and what is behind them: so all bytes of a number are asked for.
        auto const negative = begins & minus;
        auto const whole = (begins & ~minus) | negative << 1;
        auto const decimals = points << 1;
        auto const power_sign = exponents << 1 & signs;
        auto const power = (exponents << 1 & ~signs) | power_sign << 1;
        auto const behind_whole = (whole + digits) & ~digits;
        auto const behind_decimals = (decimals + digits) & ~digits;
        auto const behind_power = (power + digits) & ~digits;

        bad_ |= (whole | decimals | power) & ~digits;
        bad_ |= whole & Bytes::equal(bytes, '0') & digits >> 1;
        bad_ |= behind_whole & ~(points | exponents | ends);
        bad_ |= behind_decimals & ~(exponents | ends);
        bad_ |= behind_power & ~ends;
        bad_ |= points & ~behind_whole;
        bad_ |= exponents & ~(behind_whole | behind_decimals);
        bad_ |= signs & ~(negative | power_sign);
    }

    std::uint64_t bad_ = 0;
};

} // namespace metapatch::detail

#endif
