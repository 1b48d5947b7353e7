// SPDX-License-Identifier: BSL-1.0
#include "terminal.hpp"

#include <cstdint>
#include <cstdlib>
#include <unistd.h>

namespace tool {

bool is_terminal(int descriptor)
{
    return ::isatty(descriptor) == 1;
}

colours::colours(when asked, int descriptor) : on_terminal_(is_terminal(descriptor)), on_(asked == when::always)
{
    if (asked != when::automatic)
        return;
    char const* const refused = std::getenv("NO_COLOR");
    char const* const kind = std::getenv("TERM");
    on_ = on_terminal_ && (refused == nullptr || *refused == '\0') &&
          (kind == nullptr || std::string_view(kind) != "dumb");
}

std::string colours::painted(std::string_view code, std::string_view text) const
{
    if (!on_ || text.empty())
        return std::string(text);
    return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
}

std::string printable(std::string_view text)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string safe;
    auto const escape = [&safe, digits](std::uint8_t code) {
        safe += "\\u00";
        safe += digits[code >> 4U];
        safe += digits[code & 0xFU];
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const byte = static_cast<std::uint8_t>(text[i]);
        auto const next = i + 1 < text.size() ? static_cast<std::uint8_t>(text[i + 1]) : std::uint8_t{0};
        if (byte < 0x20 || byte == 0x7F) {
            escape(byte);
        } else if (byte == 0xC2 && next >= 0x80 && next < 0xA0) {
            escape(next);
            ++i;
        } else {
            safe += text[i];
        }
    }
    return safe;
}

std::string printable_lines(std::string_view text)
{
    std::string safe;
    for (;;) {
        auto const end = text.find('\n');
        safe += printable(text.substr(0, end));
        if (end == std::string_view::npos)
            return safe;
        safe += '\n';
        text.remove_prefix(end + 1);
    }
}

std::string shortened(std::string_view text, std::size_t length)
{
    if (text.size() <= length)
        return printable(text);
    while (length > 0 && (static_cast<std::uint8_t>(text[length]) & 0xC0) == 0x80)
        --length;
    return printable(text.substr(0, length)) + "…";
}

std::string and_more(std::size_t omitted)
{
    return omitted > 0 ? "  and " + std::to_string(omitted) + " more\n" : std::string();
}

} // namespace tool
