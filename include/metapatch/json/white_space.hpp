// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_JSON_WHITE_SPACE_HPP
#define METAPATCH_JSON_WHITE_SPACE_HPP

#include <metapatch/version.hpp>

#include <cstddef>
#include <string_view>

/// The white space of JSON (RFC 8259 §2), and what is next to it.
namespace metapatch::detail {

constexpr bool is_space(char c) noexcept
{
    if (static_cast<std::uint8_t>(c) > ' ') [[likely]]
        return false;
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/// Of the first byte that is no white space; the size of the text where there is none.
inline std::size_t first_place(std::string_view text) noexcept
{
    std::size_t at = 0;
    while (at < text.size() && is_space(text[at]))
        ++at;
    return at;
}

/// The first byte that is no white space; NUL where there is none.
inline char first_byte(std::string_view text) noexcept
{
    auto const at = first_place(text);
    return at < text.size() ? text[at] : '\0';
}

/// Of the first byte from `at` on that is no white space; `end` where there is none before that.
[[gnu::always_inline]] inline std::size_t behind_space(std::string_view text, std::size_t at, std::size_t end) noexcept
{
    while (at < end && is_space(text[at]))
        ++at;
    return at;
}

/// The same where no end is looked for, since something else stands behind it. Mostly there is no white space.
[[gnu::always_inline]] inline std::size_t behind_space(char const* text, std::size_t at) noexcept
{
    if (is_space(text[at])) [[unlikely]] {
        do
            ++at;
        while (is_space(text[at]));
    }
    return at;
}

/// Of the last byte before `at` that is no white space; `begin` - 1 where there is none from `begin` on.
[[gnu::always_inline]] inline std::size_t place_before(char const* text, std::size_t begin, std::size_t at) noexcept
{
    --at;
    while (at >= begin && is_space(text[at]))
        --at;
    return at;
}

/// Of the byte behind the last one before `end` that is no white space; `begin` where there is none from `begin` on.
[[gnu::always_inline]] inline std::size_t before_space(std::string_view text, std::size_t begin,
                                                       std::size_t end) noexcept
{
    while (end > begin && is_space(text[end - 1]))
        --end;
    return end;
}

} // namespace metapatch::detail

#endif
