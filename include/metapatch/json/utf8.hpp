// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_JSON_UTF8_HPP
#define METAPATCH_JSON_UTF8_HPP

#include <metapatch/version.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

namespace metapatch {

/// The length in bytes of the UTF-8 sequence at the front of `text`, or 0 where there is none.
///
/// Overlong forms, surrogates (U+D800 to U+DFFF) and values beyond U+10FFFF are no UTF-8.
///
/// @param text       bytes; must not be empty
/// @param bad_byte   of meaning only where the answer is 0: the index of the first byte that no sequence can have
///                   there (`text.size()` where the text is cut short)
/// Source: RFC 3629 §4.
constexpr std::size_t utf8_sequence(std::string_view text, std::size_t& bad_byte) noexcept
{
    auto const byte = [text](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    auto const lead = byte(0);
    if (lead < 0x80)
        return 1;
    bad_byte = 0;
    if (lead < 0xC2 || lead > 0xF4)
        return 0;
    std::size_t const length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    for (std::size_t i = 1; i < length; ++i) {
        std::uint8_t low = 0x80;
        std::uint8_t high = 0xBF;
        if (i == 1) {
            low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : low;
            high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : high;
        }
        bad_byte = i;
        if (i >= text.size() || byte(i) < low || byte(i) > high)
            return 0;
    }
    return length;
}

namespace detail {

/// Whether the eight bytes from `text` on are ASCII.
inline bool eight_are_ascii(char const* text) noexcept
{
    std::uint64_t bytes;
    std::memcpy(&bytes, text, sizeof bytes);
    return (bytes & 0x8080808080808080) == 0;
}

} // namespace detail

/// Whether `text` is valid UTF-8. O(bytes), no allocation.
constexpr bool is_utf8(std::string_view text) noexcept
{
    std::size_t bad_byte = 0;
    for (std::size_t i = 0; i < text.size();) {
        if (!std::is_constant_evaluated() && text.size() - i >= 8 && detail::eight_are_ascii(text.data() + i)) {
            i += 8;
            continue;
        }
        if (static_cast<std::uint8_t>(text[i]) < 0x80) [[likely]] {
            ++i;
            continue;
        }
        auto const length = utf8_sequence(text.substr(i), bad_byte);
        if (length == 0)
            return false;
        i += length;
    }
    return true;
}

/// The number of code points in `text`, which must be valid UTF-8. O(bytes), no allocation.
constexpr std::size_t code_points(std::string_view text) noexcept
{
    std::size_t count = 0;
    for (char const c : text)
        count += (static_cast<std::uint8_t>(c) & 0xC0) != 0x80 ? 1 : 0;
    return count;
}

} // namespace metapatch

#endif
