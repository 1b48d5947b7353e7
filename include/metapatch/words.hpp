// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_WORDS_HPP
#define METAPATCH_WORDS_HPP

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

/// A few bytes at a time, as numbers.
namespace metapatch::detail {

/// One byte, four bytes, eight bytes as a number, the first one lowest.
constexpr std::uint64_t one_byte(char byte) noexcept
{
    return static_cast<std::uint8_t>(byte);
}

inline std::uint64_t four_bytes(char const* bytes) noexcept
{
    return one_byte(bytes[0]) | one_byte(bytes[1]) << 8 | one_byte(bytes[2]) << 16 | one_byte(bytes[3]) << 24;
}

inline std::uint64_t eight_bytes(char const* bytes) noexcept
{
    std::uint64_t word = 0;
    if constexpr (std::endian::native == std::endian::little)
        std::memcpy(&word, bytes, sizeof word);
    else
        word = four_bytes(bytes) | four_bytes(bytes + 4) << 32;
    return word;
}

/// Copy a few bytes, mostly less than a hundred; that is done before a library's function would have begun.
inline void copy_few(char* to, char const* from, std::size_t size) noexcept
{
    std::size_t at = 0;
    for (; at + 16 <= size; at += 16)
        std::memcpy(to + at, from + at, 16);
    if (size >= 16) {
        std::memcpy(to + size - 16, from + size - 16, 16);
    } else if (size >= 8) {
        std::memcpy(to, from, 8);
        std::memcpy(to + size - 8, from + size - 8, 8);
    } else if (size >= 4) {
        std::memcpy(to, from, 4);
        std::memcpy(to + size - 4, from + size - 4, 4);
    } else if (size > 0) {
        to[0] = from[0];
        to[size / 2] = from[size / 2];
        to[size - 1] = from[size - 1];
    }
}

} // namespace metapatch::detail

#endif
