// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_MODULE_UNITS_HPP
#define METAPATCH_MODULE_UNITS_HPP

#include <metapatch/json/words.hpp>

#include <cstddef>
#include <string_view>

namespace border {

/// How many UTF-16 code units some bytes of UTF-8 are: one for each character, and one more for those of four bytes.
inline std::size_t units_of(std::string_view bytes) noexcept
{
    constexpr std::size_t at_once = 8;
    std::size_t units = bytes.size();
    for (std::size_t at = 0; at < bytes.size();) {
        auto const left = bytes.size() - at;
        if (left >= at_once && (metapatch::detail::eight_bytes(bytes.data() + at) & 0x8080808080808080) == 0) {
            at += at_once;
            continue;
        }
        for (auto const end = at + (left < at_once ? left : at_once); at < end; ++at) {
            auto const byte = static_cast<unsigned char>(bytes[at]);
            units -= byte >> 6 == 2 ? 1 : 0;
            units += byte >= 0xF0 ? 1 : 0;
        }
    }
    return units;
}

} // namespace border

#endif
