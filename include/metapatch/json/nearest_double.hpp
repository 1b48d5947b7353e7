// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_JSON_NEAREST_DOUBLE_HPP
#define METAPATCH_JSON_NEAREST_DOUBLE_HPP

#include <metapatch/version.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <string_view>
#include <system_error>

namespace metapatch::detail {

/// A JSON number written without a point, which is all of it that `std::strtod` would read by the locale.
class number_without_point {
public:
    explicit number_without_point(std::string_view number) noexcept
    {
        if (number.front() == '-') {
            put('-');
            number.remove_prefix(1);
        }
        auto const mantissa_end = std::min(number.find_first_of("eE"), number.size());
        auto const shift = put_digits(number.substr(0, mantissa_end));
        if (size_ == 0 || text_[size_ - 1] == '-')
            put('0');
        else
            put_exponent(written_exponent(number.substr(mantissa_end)) + shift);
    }

    char const* c_str() const noexcept { return text_.data(); }

private:
    /// More than the 768 of what is halfway between two doubles: behind them counts only whether all is zero.
    static constexpr std::ptrdiff_t most_digits = 800;

    void put(char c) noexcept { text_[size_++] = c; }

    /// @return what the exponent has to make up for
    std::int64_t put_digits(std::string_view mantissa) noexcept
    {
        std::int64_t shift = 0;
        std::ptrdiff_t digits = 0;
        bool behind_point = false;
        bool dropped_some = false;
        for (char const c : mantissa) {
            if (c == '.') {
                behind_point = true;
                continue;
            }
            bool const dropped = digits == most_digits;
            if (!dropped && (digits > 0 || c != '0')) {
                put(c);
                ++digits;
            }
            dropped_some |= dropped && c != '0';
            shift += (dropped ? 1 : 0) - (behind_point ? 1 : 0);
        }
        if (dropped_some) {
            put('1');
            --shift;
        }
        return shift;
    }

    /// Half of the range for the exponent as it is written, and half for the digits of a text.
    static std::int64_t written_exponent(std::string_view exponent) noexcept
    {
        constexpr auto least = std::numeric_limits<std::int64_t>::min() / 2;
        constexpr auto most = std::numeric_limits<std::int64_t>::max() / 2;
        if (exponent.empty())
            return 0;
        exponent.remove_prefix(exponent[1] == '+' ? 2 : 1);
        std::int64_t value = 0;
        if (std::from_chars(exponent.data(), exponent.data() + exponent.size(), value).ec != std::errc{})
            value = exponent.front() == '-' ? least : most;
        return std::clamp(value, least, most);
    }

    void put_exponent(std::int64_t exponent) noexcept
    {
        constexpr std::int64_t beyond_all = 9999; // whatever the digits are
        put('e');
        exponent = std::clamp(exponent, -beyond_all, beyond_all);
        std::to_chars(text_.data() + size_, text_.data() + text_.size(), exponent);
    }

    std::size_t size_ = 0;
    std::array<char, most_digits + 10> text_{}; // a sign, a digit, an e, an exponent with its sign, and the end
};

/// Whether what is loaded over a network is to be small: `std::from_chars` has tables that take as much room in
/// WebAssembly as a fifth of all that the library is.
#ifdef __wasm__
inline constexpr bool is_small = true;
#else
inline constexpr bool is_small = false;
#endif

/// What a standard library may lack: libc++ before 20 reads no floating-point numbers this way.
template<class Real>
concept read_by_charconv = !is_small && requires(char const* text, Real& real)
{
    std::from_chars(text, text, real);
};

template<class Real>
Real nearest(std::string_view number) noexcept
{
    if constexpr (read_by_charconv<Real>) {
        Real real = 0;
        auto const parsed = std::from_chars(number.data(), number.data() + number.size(), real);
        if (parsed.ec != std::errc::result_out_of_range) // else too large, or too close to zero?
            return real;
    }
    return std::strtod(number_without_point(number).c_str(), nullptr);
}

/// The double nearest to a JSON number; an infinity where it is beyond every finite one. It may set `errno`.
inline double nearest_double(std::string_view number) noexcept
{
    return nearest<double>(number);
}

} // namespace metapatch::detail

#endif
