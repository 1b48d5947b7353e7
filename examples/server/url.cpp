// SPDX-License-Identifier: BSL-1.0
#include "url.hpp"

#include <charconv>

namespace server {

std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space)
{
    std::string made;
    made.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            made += plus_is_space && text[i] == '+' ? ' ' : text[i];
            continue;
        }
        unsigned char byte = 0;
        auto const digits = text.substr(i + 1, 2);
        auto const read = std::from_chars(digits.data(), digits.data() + digits.size(), byte, 16);
        if (digits.size() < 2 || read.ptr != digits.data() + 2)
            return std::nullopt;
        made += static_cast<char>(byte);
        i += 2;
    }
    return made;
}

std::optional<named_values> read_pairs(std::string_view text)
{
    named_values made;
    while (!text.empty()) {
        auto const pair = text.substr(0, text.find('&'));
        text.remove_prefix(std::min(pair.size() + 1, text.size()));
        if (pair.empty())
            continue;
        auto const equals = std::min(pair.find('='), pair.size());
        auto name = percent_decoded(pair.substr(0, equals), true);
        auto value = percent_decoded(pair.substr(std::min(equals + 1, pair.size())), true);
        if (!name || !value)
            return std::nullopt;
        made.add(*std::move(name), *std::move(value));
    }
    return made;
}

} // namespace server
