// SPDX-License-Identifier: BSL-1.0
#include "text_place.hpp"

#include "terminal.hpp"

#include <metapatch/json/scan.hpp>

#include <algorithm>

namespace tool {

namespace {

/// How much of a line is shown before the place, and behind it: together they fit on a terminal's line.
constexpr std::size_t shown_before = 40;
constexpr std::size_t shown_behind = 30;

bool continues(char c)
{
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80;
}

} // namespace

std::optional<text_place> place_of(metapatch::report const& why, std::string_view text)
{
    auto const found = std::find_if(why.begin(), why.end(), [](auto const& each) { return each.offset.has_value(); });
    if (found == why.end())
        return std::nullopt;
    auto const offset = std::min(static_cast<std::size_t>(*found->offset), text.size());
    text_place place{.at = metapatch::position_in(text, offset), .offset = offset};
    if (found->code == metapatch::errc::malformed_json)
        place.cause = metapatch::cause_of(text, offset);

    auto begin = text.substr(0, offset).rfind('\n') + 1; // 0 where there is none
    auto end = std::min(text.find('\n', offset), text.size());
    bool const is_cut = offset - begin > shown_before;
    if (is_cut)
        begin = offset - shown_before;
    end = std::min(end, offset + shown_behind);
    while (begin < offset && continues(text[begin]))
        ++begin;
    while (end > offset && end < text.size() && continues(text[end]))
        --end;
    auto const before = (is_cut ? "…" : "") + printable(text.substr(begin, offset - begin));
    place.excerpt = before + printable(text.substr(offset, end - offset));
    place.caret = metapatch::code_points(before);
    return place;
}

std::optional<text_place> place_of_error(std::string_view text)
{
    metapatch::scanner scan(text);
    auto what = scan.next();
    while (what != metapatch::token::end && what != metapatch::token::failed)
        what = scan.next();
    if (what == metapatch::token::end)
        return std::nullopt;
    return place_of(metapatch::report({.code = scan.error(), .offset = scan.offset()}), text);
}

metapatch::text_position moved(metapatch::text_position at, metapatch::text_position start)
{
    return {start.line + at.line - 1, at.line == 1 ? start.column + at.column - 1 : at.column};
}

std::string in_words(text_place const& place)
{
    auto words = "line " + std::to_string(place.at.line) + ", column " + std::to_string(place.at.column) + " (byte " +
                 std::to_string(place.offset) + ")";
    if (place.cause != metapatch::malformed_cause::unknown)
        words.append(": ").append(message(place.cause));
    return words;
}

std::string with_caret(text_place const& place, std::string_view indent)
{
    return std::string(indent) + place.excerpt + '\n' + std::string(indent) + std::string(place.caret, ' ') + "^\n";
}

} // namespace tool
