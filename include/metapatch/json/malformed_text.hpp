// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_JSON_MALFORMED_TEXT_HPP
#define METAPATCH_JSON_MALFORMED_TEXT_HPP

#include <metapatch/json/scan.hpp>
#include <metapatch/json/text_position.hpp>
#include <metapatch/json/white_space.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace metapatch {

/// Why a text is no JSON, where the text shows it.
enum class malformed_cause : std::uint8_t {
    unknown,
    empty,              ///< nothing but white space
    byte_order_mark,    ///< U+FEFF in front of what may be JSON
    utf16,              ///< two bytes for each character
    gzip,               ///< compressed
    zstd,               ///< compressed
    not_utf8,           ///< bytes of another encoding, such as Latin-1
    comment,            ///< `//`, `/*` or `#`
    single_quotes,      ///< `'` where a string may stand
    typographic_quotes, ///< “, ”, „, ‘ or ’ there
    unquoted_key,       ///< a word and a colon
    foreign_word,       ///< a word that JSON does not have: True, None, NaN, undefined
    trailing_comma,     ///< a comma before the bracket that closes
    missing_comma,      ///< a value or a key where a comma should be
    missing_colon,      ///< something else behind a key
    missing_value,      ///< a comma or a bracket where a value or a key should be
    wrong_bracket,      ///< a bracket that closes another than the one that is open
    malformed_number,   ///< a number as other languages write it: 01, +1, .5, 1., 0x10
    control_character,  ///< inside of a string, such as a line break
    unknown_escape,     ///< inside of a string, a backslash before what is no escape
    lone_surrogate,     ///< half of a pair of \u escapes
    second_value,       ///< something behind a text that is complete
    cut_short,          ///< the text ends where it must go on
    open_array,         ///< the same of an array between its elements: as a line, the array's first
};

namespace detail {

struct malformed_text {
    std::string_view name;
    std::string_view message;
};

inline constexpr std::array<malformed_text, 24> malformed_texts{{
    {"unknown", "this is no JSON"},
    {"empty", "the text is empty"},
    {"byte_order_mark", "a byte order mark stands before the JSON; save it as UTF-8 without one"},
    {"utf16", "this is UTF-16; JSON is UTF-8"},
    {"gzip", "this is compressed with gzip"},
    {"zstd", "this is compressed with zstd"},
    {"not_utf8", "this is not UTF-8; it may be Latin-1 or Windows-1252"},
    {"comment", "JSON has no comments"},
    {"single_quotes", "strings and keys stand in double quotes"},
    {"typographic_quotes", "strings and keys stand in straight double quotes"},
    {"unquoted_key", "keys stand in double quotes"},
    {"foreign_word", "JSON has no such word; it has true, false and null"},
    {"trailing_comma", "a comma stands before the closing bracket"},
    {"missing_comma", "a comma is missing"},
    {"missing_colon", "a colon is missing behind the key"},
    {"missing_value", "a value or a key is missing"},
    {"wrong_bracket", "another bracket is open than the one that is closed here"},
    {"malformed_number",
     "a number is written as in 0, -1, 0.5 or 2e9: no + or 0 in front, a digit before and behind a point"},
    {"control_character", "a line break or control character inside of a string is written as an escape, such as \\n"},
    {"unknown_escape",
     "in a string a backslash stands before one of \" \\ / b f n r t, or before u and four hex digits"},
    {"lone_surrogate", "a \\u escape of a surrogate stands without its other half"},
    {"second_value", "the JSON is complete before this"},
    {"cut_short", "the text is cut short"},
    {"open_array", "the text ends inside of an array"},
}};

/// Whether bytes that come before an error are a UTF-8 sequence that breaks off there.
inline bool breaks_off(std::string_view before) noexcept
{
    for (std::size_t length = 1; length <= std::min<std::size_t>(3, before.size()); ++length) {
        auto const tail = before.substr(before.size() - length);
        if (static_cast<std::uint8_t>(tail.front()) >= 0xC0) {
            std::size_t bad_byte = 0;
            return utf8_sequence(tail, bad_byte) == 0 && bad_byte == length;
        }
    }
    return false;
}

constexpr bool is_letter(char c) noexcept
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
}

constexpr bool is_digit(char c) noexcept
{
    return c >= '0' && c <= '9';
}

/// Whether the string that a text begins with ends in it.
inline bool is_closed(std::string_view string) noexcept
{
    for (std::size_t at = 1; at < string.size(); ++at) {
        if (string[at] == '"')
            return true;
        at += string[at] == '\\' ? 1 : 0;
    }
    return false;
}

/// Whether a string that breaks off does so within an escape.
inline bool breaks_escape(std::string_view string) noexcept
{
    std::size_t escape = string.find('\\');
    while (escape != std::string_view::npos) {
        auto const end = escape + (string.substr(escape).starts_with("\\u") ? 6 : 2);
        if (end > string.size())
            return true;
        escape = string.find('\\', end);
    }
    return false;
}

/// Whether a string that breaks off does so within a pair of surrogates, or behind half of one.
inline bool breaks_surrogates(std::string_view string) noexcept
{
    auto const may_be_high = [string](std::size_t at) {
        auto const escape = string.substr(at);
        return (escape.starts_with("\\ud") || escape.starts_with("\\uD")) &&
               (escape.size() == 3 || std::string_view("89abAB").find(escape[3]) != std::string_view::npos);
    };
    auto const last = string.rfind("\\u");
    if (last == std::string_view::npos)
        return false;
    auto const length = string.size() - last; // of an escape six, and behind it the backslash of no second one
    return (length <= 7 && may_be_high(last)) || (length < 6 && last >= 6 && may_be_high(last - 6));
}

/// How far a text is JSON: what was read of it before it breaks off.
struct read_prefix {
    bool is_complete = false; ///< it is a whole text
    std::size_t depth = 0;
    token last = token::end; ///< of those that are whole
    std::string_view rest{}; ///< behind that one
};

/// @param text  which breaks off at its end, but is right until there
inline read_prefix read_until_end(std::string_view text) noexcept
{
    read_prefix read;
    std::size_t behind = 0;
    scanner scan(text);
    for (auto what = scan.next(); what != token::failed; what = scan.next()) {
        if (what == token::end) {
            read.is_complete = true;
            break;
        }
        read.last = what;
        behind = scan.position();
    }
    read.depth = scan.depth();
    read.rest = text.substr(std::min(behind, text.size()));
    read.rest.remove_prefix(first_place(read.rest));
    return read;
}

inline malformed_cause cause_by_first_bytes(std::string_view text) noexcept
{
    using namespace std::string_view_literals;
    static constexpr std::array<std::pair<std::string_view, malformed_cause>, 5> marks{{
        {"\xEF\xBB\xBF"sv, malformed_cause::byte_order_mark},
        {"\x1F\x8B"sv, malformed_cause::gzip},
        {"\x28\xB5\x2F\xFD"sv, malformed_cause::zstd},
        {"\xFF\xFE"sv, malformed_cause::utf16},
        {"\xFE\xFF"sv, malformed_cause::utf16},
    }};
    for (auto const& [mark, cause] : marks) {
        if (text.starts_with(mark))
            return cause;
    }
    bool const has_halves = text.size() >= 2 && (text[0] == '\0') != (text[1] == '\0');
    return has_halves ? malformed_cause::utf16 : malformed_cause::unknown;
}

/// Whether a word and a colon stand at the front.
inline bool is_bare_key(std::string_view text) noexcept
{
    std::size_t end = 0;
    while (end < text.size() && (is_letter(text[end]) || is_digit(text[end])))
        ++end;
    return end > 0 && first_byte(text.substr(end)) == ':';
}

/// Of an error inside of a string, or behind one that should be a key.
inline malformed_cause cause_by_string(char byte, std::string_view string) noexcept
{
    if (is_closed(string))
        return malformed_cause::missing_colon;
    if (static_cast<std::uint8_t>(byte) < 0x20)
        return malformed_cause::control_character;
    if (breaks_surrogates(string))
        return malformed_cause::lone_surrogate;
    return breaks_escape(string) ? malformed_cause::unknown_escape : malformed_cause::unknown;
}

/// Of an error behind a word or a number that has begun.
inline malformed_cause cause_by_scalar(char byte, char first) noexcept
{
    if (is_digit(first) || (first == '-' && !is_letter(byte)))
        return malformed_cause::malformed_number;
    return malformed_cause::foreign_word;
}

/// Of an error at the first byte of what is no token.
inline malformed_cause cause_by_token(std::string_view from, read_prefix const& read, bool behind_space) noexcept
{
    char const byte = from.front();
    if (from.starts_with("//") || from.starts_with("/*") || byte == '#')
        return malformed_cause::comment;
    if (read.is_complete)
        return malformed_cause::second_value;
    if (byte == '\'')
        return malformed_cause::single_quotes;
    for (std::string_view const quote :
         {"\xE2\x80\x98", "\xE2\x80\x99", "\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x9E"}) {
        if (from.starts_with(quote))
            return malformed_cause::typographic_quotes;
    }
    if ((byte == '}' || byte == ']') && read.rest.starts_with(','))
        return malformed_cause::trailing_comma;
    bool const expects = read.last == token::key || read.rest.starts_with(',');
    bool const opens = read.last == token::object_begin || read.last == token::array_begin;
    if ((byte == ',' && (expects || opens)) || ((byte == '}' || byte == ']') && expects))
        return malformed_cause::missing_value;
    if (read.last != token::key && is_bare_key(from))
        return malformed_cause::unquoted_key;
    bool const behind_number = read.last == token::number && read.rest.empty() && !behind_space;
    if (byte == '+' || byte == '.' || (behind_number && (is_letter(byte) || is_digit(byte) || byte == '-')))
        return malformed_cause::malformed_number;
    if (byte == '}' || byte == ']')
        return read.depth > 0 ? malformed_cause::wrong_bracket : malformed_cause::unknown;
    bool const begins = byte == '"' || byte == '{' || byte == '[' || byte == '-' || is_digit(byte);
    if (begins && read.last == token::object_begin)
        return malformed_cause::missing_value;
    if (begins && read.last != token::key && !opens && read.rest.empty())
        return malformed_cause::missing_comma;
    return is_letter(byte) ? malformed_cause::foreign_word : malformed_cause::unknown;
}

/// Of a text that ends too early.
inline malformed_cause cause_by_end(std::string_view text, read_prefix const& read) noexcept
{
    if (read.last == token::end && read.rest.empty())
        return malformed_cause::empty;
    if (read.is_complete)
        return malformed_cause::unknown;
    bool const between = (read.rest.empty() || read.rest.front() == ',') && read.depth == 1;
    return between && first_byte(text) == '[' ? malformed_cause::open_array : malformed_cause::cut_short;
}

} // namespace detail

/// The stable name of a cause.
constexpr std::string_view name(malformed_cause cause) noexcept
{
    auto const index = static_cast<std::size_t>(cause);
    return index < detail::malformed_texts.size() ? detail::malformed_texts[index].name : "unknown";
}

/// A sentence for people. It may change.
constexpr std::string_view message(malformed_cause cause) noexcept
{
    auto const index = static_cast<std::size_t>(cause);
    return detail::malformed_texts[index < detail::malformed_texts.size() ? index : 0].message;
}

/// Why a text is no JSON, as far as it shows that.
///
/// @param text    which was refused as `malformed_json`
/// @param offset  where: the `offset` of that violation, the first byte that no valid text can have there
/// @return        `unknown` where the text tells nothing, and for a text that is valid
/// Complexity:    O(bytes). Exceptions: none
/// Source:        semantics §3, "Where in the text"
[[nodiscard]] inline malformed_cause cause_of(std::string_view text, std::size_t offset) noexcept
{
    offset = std::min(offset, text.size());
    if (auto const cause = detail::cause_by_first_bytes(text); cause != malformed_cause::unknown && offset <= 1)
        return cause;
    auto const before = text.substr(0, offset);
    auto const read = detail::read_until_end(before);
    if (offset == text.size())
        return detail::cause_by_end(text, read);
    auto const from = text.substr(offset);
    std::size_t bad_byte = 0;
    if (utf8_sequence(from, bad_byte) == 0 || detail::breaks_off(before))
        return malformed_cause::not_utf8;
    if (read.rest.starts_with('"'))
        return detail::cause_by_string(from.front(), read.rest);
    if (!read.rest.empty() && read.rest.front() != ',')
        return detail::cause_by_scalar(from.front(), read.rest.front());
    return detail::cause_by_token(from, read, offset > 0 && detail::is_space(before.back()));
}

/// Where and why a text is no JSON, in words: `line 2, column 7 (byte 12): a comma stands before the closing bracket`.
/// The wording may change.
///
/// @param text, offset  as of `cause_of`
/// Complexity:          O(bytes). Exceptions: std::bad_alloc
[[nodiscard]] inline std::string malformed_message(std::string_view text, std::size_t offset)
{
    auto const at = position_in(text, offset);
    std::string words = "line ";
    words.append(std::to_string(at.line)).append(", column ").append(std::to_string(at.column));
    words.append(" (byte ").append(std::to_string(offset)).append("): ").append(message(cause_of(text, offset)));
    return words;
}

} // namespace metapatch

#endif
