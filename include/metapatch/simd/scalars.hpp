// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SIMD_SCALARS_HPP
#define METAPATCH_SIMD_SCALARS_HPP

#include <metapatch/json/words.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

/// What a check of whole blocks leaves to a look at the bytes: numbers, literals, and escapes.
namespace metapatch::detail {

/// What may stand behind a number or literal: white space, a comma, or a bracket that closes.
inline constexpr auto ends_scalar = [] {
    std::array<bool, 256> ends{};
    for (char const c : {' ', '\n', '\r', '\t', ',', ']', '}'})
        ends[static_cast<std::uint8_t>(c)] = true;
    return ends;
}();

/// How many digits the first of eight bytes are, lowest byte first; 8 also where more follow.
constexpr unsigned count_digits(std::uint64_t word) noexcept
{
    // Digits are 0 to 9 after this, and only bytes beyond have their high bit after that.
    word ^= 0x3030303030303030;
    auto const others = (((word & 0x7F7F7F7F7F7F7F7F) + 0x7676767676767676) | word) & 0x8080808080808080;
    return static_cast<unsigned>(std::countr_zero(others)) / 8;
}

/// The size of a literal that stands at `at`, or of a number of few digits without an exponent, with what may follow
/// behind it; else 0. Without a branch on which of them, for that cannot be foreseen. So many bytes are read anyway:
inline constexpr std::size_t read_of_short_scalar = 18;

inline std::size_t short_scalar_size(char const* at) noexcept
{
    constexpr std::uint64_t false_ = 0x65'73'6C'61'66;
    constexpr std::uint64_t true_ = 0x65'75'72'74;
    constexpr std::uint64_t null = 0x6C'6C'75'6E;
    auto const word = eight_bytes(at);
    bool const five = (word & 0xFF'FFFF'FFFF) == false_;
    bool const literal = five | ((word & 0xFFFF'FFFF) == true_) | ((word & 0xFFFF'FFFF) == null);

    unsigned const minus = (word & 0xFF) == '-' ? 1 : 0;
    auto const number = word >> (8 * minus);
    auto const digits = count_digits(number);
    bool const leading_zero = ((number & 0xFF) == '0') & (digits > 1);
    unsigned const whole = minus + digits; // at most 8
    unsigned const point = at[whole] == '.' ? 1 : 0;
    auto const decimals = count_digits(eight_bytes(at + whole + 1));
    bool const decimal = (digits - 1 < 7) & !leading_zero & ((point == 0) | (decimals - 1 < 7));

    unsigned const literal_size = 4 + (five ? 1 : 0);
    unsigned const size = whole + (point + decimals) * point;
    auto const end = size ^ ((size ^ literal_size) & (0U - (literal ? 1U : 0U)));
    bool const fine = (literal | decimal) & ends_scalar[static_cast<std::uint8_t>(at[end])];
    return end & (0U - (fine ? 1U : 0U));
}

inline bool is_short_scalar(char const* at) noexcept
{
    return short_scalar_size(at) != 0;
}

/// The byte behind the digits that stand at `at`.
inline char const* behind_digits(char const* at, char const* end) noexcept
{
    while (at != end && *at >= '0' && *at <= '9')
        ++at;
    return at;
}

/// The size of a number or literal that stands at `at`, with the end of the text or what may follow behind it; else 0.
inline std::size_t scalar_size(char const* at, char const* end) noexcept
{
    auto const* const begin = at;
    auto const word = [&at, end](std::string_view literal) {
        if (static_cast<std::size_t>(end - at) < literal.size() || std::memcmp(at, literal.data(), literal.size()) != 0)
            return false;
        at += literal.size();
        return true;
    };
    auto const digits = [&at, end] {
        auto const* const first = at;
        at = behind_digits(at, end);
        return at != first;
    };
    switch (*at) {
    case 't':
        if (!word("true"))
            return 0;
        break;
    case 'f':
        if (!word("false"))
            return 0;
        break;
    case 'n':
        if (!word("null"))
            return 0;
        break;
    default:
        if (*at == '-')
            ++at;
        auto const* const first = at;
        if (!digits() || (*first == '0' && at - first > 1))
            return 0;
        if (at != end && *at == '.') {
            ++at;
            if (!digits())
                return 0;
        }
        if (at != end && (*at == 'e' || *at == 'E')) {
            ++at;
            if (at != end && (*at == '+' || *at == '-'))
                ++at;
            if (!digits())
                return 0;
        }
    }
    bool const fine = at == end || ends_scalar[static_cast<std::uint8_t>(*at)];
    return fine ? static_cast<std::size_t>(at - begin) : 0;
}

inline bool is_scalar(char const* at, char const* end) noexcept
{
    return scalar_size(at, end) != 0;
}

/// Checks the escapes of a text, one behind the other.
class escape_check {
public:
    explicit escape_check(std::string_view text) noexcept : text_(text) {}

    /// @param at  of the byte behind the backslash
    bool check(std::size_t at) noexcept
    {
        bool const low_wanted = low_at_ != 0;
        if ((low_wanted && low_at_ != at) || at >= text_.size()) [[unlikely]]
            return false;
        low_at_ = 0;
        if (text_[at] != 'u')
            return !low_wanted && std::string_view("\"\\/bfnrt").find(text_[at]) != std::string_view::npos;
        if (text_.size() - at < 5)
            return false;
        std::uint32_t unit = 0;
        for (std::size_t i = at + 1; i < at + 5; ++i) {
            auto const digit = hex_digit(text_[i]);
            if (digit > 15)
                return false;
            unit = unit * 16 + digit;
        }
        bool const high = unit >= 0xD800 && unit < 0xDC00;
        bool const low = unit >= 0xDC00 && unit < 0xE000;
        if (high)
            low_at_ = at + 6;
        return low == low_wanted;
    }

    /// Whether no half of a surrogate pair is wanted.
    bool complete() const noexcept { return low_at_ == 0; }

private:
    static constexpr std::uint32_t hex_digit(char c) noexcept
    {
        auto const byte = static_cast<std::uint8_t>(c);
        if (byte >= '0' && byte <= '9')
            return byte - '0';
        auto const letter = byte | 0x20U;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : 16;
    }

    std::string_view text_;
    std::size_t low_at_ = 0; // where the escape of a low surrogate must follow; 0 where none must
};

} // namespace metapatch::detail

#endif
