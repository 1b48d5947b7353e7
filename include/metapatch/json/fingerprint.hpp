// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_JSON_FINGERPRINT_HPP
#define METAPATCH_JSON_FINGERPRINT_HPP

#include <metapatch/json/words.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

/// Keys as numbers. Whoever wants equal fingerprints for other keys finds them, so none of the searches that use them
/// is slow then: they go on by the keys themselves.
namespace metapatch::detail {

/// Ones in so many of the lowest bytes of a number.
inline constexpr std::array<std::uint64_t, 9> first_bytes{
    0, 0xFF, 0xFFFF, 0xFF'FFFF, 0xFFFF'FFFF, 0xFF'FFFF'FFFF, 0xFFFF'FFFF'FFFF, 0xFF'FFFF'FFFF'FFFF, ~std::uint64_t{0}};

/// A number that equal keys share and others hardly ever do: their ends and their length.
constexpr std::uint64_t fingerprint(std::uint64_t first, std::uint64_t last, std::size_t size) noexcept
{
    return first ^ std::rotl(last, 29) ^ size * 0x9E3779B97F4A7C15;
}

constexpr std::uint64_t fingerprint(std::string_view key) noexcept
{
    if (key.size() >= 8)
        return fingerprint(eight_bytes(key.data()), eight_bytes(key.data() + key.size() - 8), key.size());
    auto const all = few_bytes(key);
    return fingerprint(all, all, key.size());
}

/// The same for a key that lies in a text, without a branch on its length.
inline std::uint64_t fingerprint(std::string_view text, std::size_t at, std::size_t size) noexcept
{
    if (text.size() - at < 8 || at + size < 8 || size == 0) [[unlikely]]
        return fingerprint(text.substr(at, size));
    auto const unused = 64 - 8 * std::min<std::size_t>(size, 8);
    auto const first = eight_bytes(text.data() + at) << unused >> unused;
    return fingerprint(first, eight_bytes(text.data() + at + size - 8) >> unused, size);
}

/// The same for a key of which 8 bytes can be read in any case, be they behind it.
[[gnu::always_inline]] inline std::uint64_t readable_fingerprint(char const* key, std::size_t size) noexcept
{
    // Of a short one the first eight bytes are the last ones, too.
    auto const some = std::min<std::size_t>(size, 8);
    auto const first = eight_bytes(key) & first_bytes[some];
    return fingerprint(first, eight_bytes(key + (size - some)) & first_bytes[some], size);
}

/// A number that is spread over 64 bits; the highest are the best.
constexpr std::uint64_t spread(std::uint64_t print) noexcept
{
    return print * 0x9E3779B97F4A7C15;
}

} // namespace metapatch::detail

#endif
