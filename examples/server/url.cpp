// SPDX-License-Identifier: BSL-1.0
#include "url.hpp"

#include <algorithm>
#include <charconv>

namespace server {

namespace {

bool is_letter_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

std::string in_small_letters(std::string_view text)
{
    std::string made(text);
    for (auto& c : made)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return made;
}

void append_percent_encoded(std::string& to, std::string_view text)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        if (is_letter_or_digit(c) || c == '-' || c == '.' || c == '_' || c == '~')
            to += c;
        else
            to.append({'%', digits[byte >> 4], digits[byte & 15]});
    }
}

} // namespace

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

std::string written_pairs(named_values const& pairs)
{
    std::string made;
    for (auto const& [name, value] : pairs) {
        if (!made.empty())
            made += '&';
        append_percent_encoded(made, name);
        made += '=';
        append_percent_encoded(made, value);
    }
    return made;
}

std::string origin_of(std::string_view address)
{
    auto const scheme = address.find("://");
    auto const authority = scheme == std::string_view::npos ? 0 : scheme + 3;
    return in_small_letters(address.substr(0, address.find_first_of("/?#", authority)));
}

bool is_safe_address(std::string_view address)
{
    auto const scheme = in_small_letters(address.substr(0, address.find(':')));
    return address.find("://") == scheme.size() && !scheme.empty() &&
           std::all_of(scheme.begin(), scheme.end(),
                       [](char c) { return is_letter_or_digit(c) || c == '+' || c == '-' || c == '.'; }) &&
           scheme != "javascript" && scheme != "data" && scheme != "vbscript" && scheme != "file" &&
           std::all_of(address.begin(), address.end(),
                       [](char c) { return c > ' ' && c < '\x7f' && c != '#' && c != '\\'; });
}

} // namespace server
