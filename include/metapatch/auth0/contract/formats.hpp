// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_CONTRACT_FORMATS_HPP
#define METAPATCH_AUTH0_CONTRACT_FORMATS_HPP

#include <metapatch/version.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace metapatch::auth0 {

namespace detail {

constexpr bool is_digit(char c) noexcept
{
    return c >= '0' && c <= '9';
}

constexpr bool is_letter(char c) noexcept
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Whether a byte belongs to a code point beyond ASCII.
constexpr bool is_beyond_ascii(char c) noexcept
{
    return static_cast<unsigned char>(c) >= 0x80;
}

/// Of each byte whether it may stand before the @ of an address, 1, and whether in a label of a domain, 2.
inline constexpr auto address_bytes = [] {
    std::array<std::uint8_t, 256> kinds{};
    for (unsigned byte = 0; byte < 256; ++byte) {
        auto const c = static_cast<char>(byte);
        bool const anywhere = is_letter(c) || is_digit(c) || c == '-' || is_beyond_ascii(c);
        bool const local = std::string_view("!#$%&'*+/=?^_`{|}~.").find(c) != std::string_view::npos;
        kinds[byte] = anywhere ? 3 : local ? 1 : 0;
    }
    return kinds;
}();

constexpr bool may_be_local(char c) noexcept
{
    return (address_bytes[static_cast<unsigned char>(c)] & 1) != 0;
}

constexpr bool may_be_in_label(char c) noexcept
{
    return (address_bytes[static_cast<unsigned char>(c)] & 2) != 0;
}

/// Whether a text holds white space or what cannot be seen: controls, U+0085, U+00A0, U+2000 to U+206F, U+3000,
/// U+FEFF. Such come along when an address is pasted.
constexpr bool holds_blanks(std::string_view text) noexcept
{
    constexpr std::string_view next_line = "\xC2\x85", no_break = "\xC2\xA0", ideographic = "\xE3\x80\x80",
                               mark = "\xEF\xBB\xBF", punctuation = "\xE2\x80", more_punctuation = "\xE2\x81";
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto const byte = static_cast<unsigned char>(text[i]);
        if (byte <= 0x20 || byte == 0x7F)
            return true;
        if (byte < 0x80)
            continue;
        auto const rest = text.substr(i);
        if (rest.starts_with(next_line) || rest.starts_with(no_break) || rest.starts_with(ideographic) ||
            rest.starts_with(mark) || rest.starts_with(punctuation))
            return true;
        if (rest.starts_with(more_punctuation) && rest.size() > 2 && static_cast<unsigned char>(rest[2]) <= 0xAF)
            return true;
    }
    return false;
}

/// Whether a text is a domain of labels, the last one of at least two letters.
constexpr bool is_domain(std::string_view text) noexcept
{
    if (text.size() > 253 || text.find('.') == std::string_view::npos) [[unlikely]]
        return false;
    std::string_view label;
    for (std::size_t begin = 0; begin <= text.size(); begin += label.size() + 1) {
        label = text.substr(begin, text.find('.', begin) - begin);
        if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') [[unlikely]]
            return false;
        if (!std::all_of(label.begin(), label.end(), may_be_in_label)) [[unlikely]]
            return false;
    }
    bool const punycode =
        label.size() > 4 && (label[0] | 0x20) == 'x' && (label[1] | 0x20) == 'n' && label.substr(2, 2) == "--";
    return label.size() >= 2 && (punycode || std::none_of(label.begin(), label.end(), is_digit));
}

constexpr bool is_ipv4(std::string_view text) noexcept
{
    std::size_t numbers = 0;
    while (numbers < 4) {
        auto const number = text.substr(0, text.find('.'));
        if (number.empty() || number.size() > 3 || !std::all_of(number.begin(), number.end(), is_digit))
            return false;
        int value = 0;
        for (char const digit : number)
            value = value * 10 + (digit - '0');
        if (value > 255)
            return false;
        text.remove_prefix(number.size());
        if (++numbers < 4 && !text.starts_with('.'))
            return false;
        text.remove_prefix(numbers < 4 ? 1 : 0);
    }
    return text.empty();
}

} // namespace detail

/// Whether a text is an email address as the service takes it: `local@domain.tld`, at most 64 and 254 bytes; no quoted
/// local part, no comment, no white space.
///
/// Source: the service's messages are those of the validator z-schema, whose format `email` asks for a top-level domain
/// <https://github.com/zaggino/z-schema>; node-auth0#291 (an address with U+200B is refused).
constexpr bool is_email(std::string_view text) noexcept
{
    auto const at = text.rfind('@');
    if (at == std::string_view::npos || at == 0 || at > 64 || text.size() > 254) [[unlikely]]
        return false;
    // Of ASCII neither part takes a blank.
    if (std::any_of(text.begin(), text.end(), detail::is_beyond_ascii) && detail::holds_blanks(text)) [[unlikely]]
        return false;
    auto const local = text.substr(0, at);
    bool const fine = std::all_of(local.begin(), local.end(), detail::may_be_local);
    bool const dots = local.front() == '.' || local.back() == '.' || local.find("..") != std::string_view::npos;
    return fine && !dots && detail::is_domain(text.substr(at + 1));
}

/// Whether a text is a phone number: `^\+[0-9]{1,15}$`. Source: OpenAPI, UpdateUserRequestContent.
constexpr bool is_phone_number(std::string_view text) noexcept
{
    return text.size() >= 2 && text.size() <= 16 && text.front() == '+' &&
           std::all_of(text.begin() + 1, text.end(), detail::is_digit);
}

/// Whether a text is the address of a picture: a URL of http, https or ftp, or one without a scheme, with a host that
/// is a domain or an IPv4 address.
///
/// Source: OpenAPI, format `strict-uri`, which is z-schema's own. What the service does with other schemes is chosen:
///         no.
constexpr bool is_picture_url(std::string_view text) noexcept
{
    if (text.empty() || text.size() >= 2083 || detail::holds_blanks(text) ||
        text.find_first_of("<>\"") != std::string_view::npos)
        return false;
    if (text.starts_with("mailto:"))
        return false;
    auto const scheme_end = text.find("://");
    if (scheme_end != std::string_view::npos && scheme_end < text.find_first_of("/?#")) {
        auto const scheme = text.substr(0, scheme_end);
        auto const is = [scheme](std::string_view wanted) {
            return std::equal(scheme.begin(), scheme.end(), wanted.begin(), wanted.end(),
                              [](char a, char b) { return (a | 0x20) == b && detail::is_letter(a); });
        };
        if (!is("http") && !is("https") && !is("ftp"))
            return false;
        text.remove_prefix(scheme_end + 3);
    } else if (text.starts_with("//")) {
        text.remove_prefix(2);
    }
    auto host = text.substr(0, text.find_first_of("/?#"));
    if (auto const at = host.rfind('@'); at != std::string_view::npos)
        host.remove_prefix(at + 1);
    if (auto const colon = host.find(':'); colon != std::string_view::npos) {
        auto const port = host.substr(colon + 1);
        if (port.empty() || port.size() > 5 || !std::all_of(port.begin(), port.end(), detail::is_digit))
            return false;
        host = host.substr(0, colon);
    }
    return detail::is_domain(host) || detail::is_ipv4(host);
}

} // namespace metapatch::auth0

#endif
