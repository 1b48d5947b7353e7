// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_JSON_WORDS_HPP
#define METAPATCH_JSON_WORDS_HPP

#include <metapatch/version.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

/// A few bytes at a time, as numbers.
namespace metapatch::detail {

/// One byte, four bytes, eight bytes as a number, the first one lowest.
constexpr std::uint64_t one_byte(char byte) noexcept
{
    return static_cast<std::uint8_t>(byte);
}

constexpr std::uint64_t four_bytes(char const* bytes) noexcept
{
    return one_byte(bytes[0]) | one_byte(bytes[1]) << 8 | one_byte(bytes[2]) << 16 | one_byte(bytes[3]) << 24;
}

constexpr std::uint64_t eight_bytes(char const* bytes) noexcept
{
    if (std::endian::native != std::endian::little || std::is_constant_evaluated())
        return four_bytes(bytes) | four_bytes(bytes + 4) << 32;
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, sizeof word);
    return word;
}

/// Up to seven bytes as a number, and zeros behind them.
constexpr std::uint64_t few_bytes(std::string_view bytes) noexcept
{
    // Two or three parts that may overlap are all of it.
    auto const size = bytes.size();
    if (size >= 4)
        return four_bytes(bytes.data()) | four_bytes(bytes.data() + size - 4) << (8 * (size - 4));
    if (size == 0) [[unlikely]]
        return 0;
    return one_byte(bytes.front()) | one_byte(bytes[size / 2]) << (8 * (size / 2)) |
           one_byte(bytes.back()) << (8 * (size - 1));
}

/// A word that is 0 where no byte of `word` is `c`. Else its lowest bit is the highest of the first such byte; above
/// that it may hold bits falsely.
constexpr std::uint64_t bytes_equal(std::uint64_t word, char c) noexcept
{
    constexpr std::uint64_t ones = 0x0101010101010101;
    word ^= ones * one_byte(c);
    return (word - ones) & ~word & ones * 0x80;
}

/// Eight bits: which bytes of a word are `c`, the first one lowest.
constexpr std::uint64_t places_of(std::uint64_t word, char c) noexcept
{
    constexpr std::uint64_t ones = 0x0101010101010101;
    word ^= ones * one_byte(c);
    auto const others = ((word & ones * 0x7F) + ones * 0x7F) | word; // has the highest bit of each byte that is not `c`
    // The factor takes the lowest bit of byte i to bit 56 + i.
    return (~others >> 7 & ones) * 0x0102040810204080 >> 56;
}

/// Whether a short text holds a byte, which must not be NUL.
inline bool holds(std::string_view text, char c) noexcept
{
    if (text.size() < 8)
        return bytes_equal(few_bytes(text), c) != 0;
    auto found = bytes_equal(eight_bytes(text.data() + text.size() - 8), c);
    for (std::size_t at = 0; at + 8 < text.size(); at += 8)
        found |= bytes_equal(eight_bytes(text.data() + at), c);
    return found != 0;
}

/// Copy a few bytes, mostly less than a hundred; that is done before a library's function would have begun.
inline void copy_few(char* to, char const* from, std::size_t size) noexcept
{
    if (size >= 16) {
        for (std::size_t at = 0; at + 16 <= size; at += 16)
            std::memcpy(to + at, from + at, 16);
        std::memcpy(to + size - 16, from + size - 16, 16);
    } else if (size >= 8) {
        std::memcpy(to, from, 8);
        std::memcpy(to + size - 8, from + size - 8, 8);
    } else if (size >= 4) {
        std::memcpy(to, from, 4);
        std::memcpy(to + size - 4, from + size - 4, 4);
    } else if (size > 0) [[likely]] {
        to[0] = from[0];
        to[size / 2] = from[size / 2];
        to[size - 1] = from[size - 1];
    }
}

} // namespace metapatch::detail

#endif
