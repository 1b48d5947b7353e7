// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_RUNNER_MARKUP_HPP
#define METAPATCH_RUNNER_MARKUP_HPP

#include <cstdint>
#include <string>
#include <string_view>

namespace metapatch::conformance {

/// Text as it may stand in XML and HTML, in elements and between double quotes. Characters that XML 1.0 has no way to
/// write, and the C1 controls, become \u escapes: nothing that a driver says is lost, or does anything.
inline std::string escaped(std::string_view text)
{
    static constexpr char const* digits = "0123456789abcdef";
    std::string made;
    auto const escape = [&made](unsigned high, unsigned code) {
        made += "\\u";
        made += digits[high >> 4U];
        made += digits[high & 0xFU];
        made += digits[code >> 4U];
        made += digits[code & 0xFU];
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const byte = static_cast<std::uint8_t>(text[i]);
        auto const at = [&](std::size_t further) {
            return i + further < text.size() ? static_cast<std::uint8_t>(text[i + further]) : std::uint8_t{0};
        };
        if (byte == '&') {
            made += "&amp;";
        } else if (byte == '<') {
            made += "&lt;";
        } else if (byte == '>') {
            made += "&gt;";
        } else if (byte == '"') {
            made += "&quot;";
        } else if (byte == '\'') {
            made += "&#39;";
        } else if ((byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7F) {
            escape(0, byte);
        } else if (byte == 0xC2 && at(1) >= 0x80 && at(1) < 0xA0) {
            escape(0, at(1));
            ++i;
        } else if (byte == 0xEF && at(1) == 0xBF && at(2) >= 0xBE) {
            escape(0xFF, at(2) == 0xBE ? 0xFE : 0xFF);
            i += 2;
        } else {
            made += text[i];
        }
    }
    return made;
}

} // namespace metapatch::conformance

#endif
