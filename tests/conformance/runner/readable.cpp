// SPDX-License-Identifier: BSL-1.0
#include "readable.hpp"

#include "../request.hpp"
#include "exact_texts.hpp"
#include "sets.hpp"

#include <metapatch/json/utf8.hpp>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <optional>
#include <utility>

namespace metapatch::conformance {

namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

constexpr std::size_t max_readable_bytes = 100'000; // of one answer, beyond which it is only shown cut
constexpr std::size_t max_lines = 1500;             // that are compared each with each
constexpr std::size_t context = 3;

/// A text as it stands in the JSON of its answer; one that is none, or is long, as a string.
std::string embedded(value const& text)
{
    std::string written;
    try {
        written = text_of(text); // also of a vector, in parts
    } catch (bad_request const&) {
        return boost::json::serialize(text);
    }
    exact_texts texts;
    if (written.size() <= max_readable_bytes) {
        if (auto const read = texts.read(written, duplicate_keys::last_wins))
            return texts.write(*read);
    }
    return boost::json::serialize(value(shortened(written, 1000)));
}

std::string embedded_all(value const& texts)
{
    if (!texts.is_array())
        return embedded(texts);
    std::string all = "[";
    for (auto const& each : texts.get_array()) {
        all += all.size() > 1 ? "," : "";
        all += embedded(each);
    }
    return all + "]";
}

/// An answer as one JSON text.
std::string whole_text(object const& answer)
{
    std::string text;
    for (auto const& member : answer) {
        auto const name = member.key();
        if (name == "id" || name == "bytes_of" || name == "any_key" || name == "split" || name == "lexemes")
            continue;
        text += text.empty() ? "{" : ",";
        text += boost::json::serialize(value(name)) + ":";
        bool const has_texts = name == "value" || name == "patch" || name == "bodies";
        text += has_texts ? embedded_all(member.value()) : boost::json::serialize(shortened(member.value(), 2000));
    }
    return text.empty() ? "{}" : text + "}";
}

/// A value with what is equal to the expected one as it is there, and members in the order in which they are there. Its
/// nesting is that of an answer.
value aligned(value const& expected, value const& given)
{
    if (equal(expected, given))
        return expected;
    if (expected.is_object() && given.is_object()) {
        object made;
        for (auto const& each : expected.get_object()) {
            if (auto const* const there = given.get_object().if_contains(each.key()))
                made.emplace(each.key(), aligned(each.value(), *there));
        }
        for (auto const& each : given.get_object()) {
            if (!made.contains(each.key()))
                made.emplace(each.key(), each.value());
        }
        return made;
    }
    if (expected.is_array() && given.is_array()) {
        array made;
        for (auto const& each : given.get_array())
            made.push_back(made.size() < expected.get_array().size() ? aligned(expected.get_array()[made.size()], each)
                                                                     : each);
        return made;
    }
    return given;
}

/// A compact JSON text with each member and element on a line of its own.
std::vector<std::string> lines_of(std::string_view compact)
{
    std::vector<std::string> lines(1);
    std::size_t depth = 0;
    auto const line = [&] { lines.emplace_back(2 * std::min<std::size_t>(depth, 40), ' '); };
    for (std::size_t i = 0; i < compact.size(); ++i) {
        char const c = compact[i];
        bool const opens = c == '{' || c == '[';
        if (opens && i + 1 < compact.size() && (compact[i + 1] == '}' || compact[i + 1] == ']')) {
            lines.back() += compact.substr(i++, 2);
        } else if (opens) {
            lines.back() += c;
            ++depth;
            line();
        } else if (c == '}' || c == ']') {
            --depth;
            line();
            lines.back() += c;
        } else if (c == ',') {
            lines.back() += c;
            line();
        } else if (c == ':') {
            lines.back() += ": ";
        } else if (c == '"') {
            auto const begin = i++;
            for (; compact[i] != '"'; ++i)
                i += compact[i] == '\\' ? 1U : 0U;
            lines.back() += compact.substr(begin, i + 1 - begin);
        } else {
            lines.back() += c;
        }
    }
    return lines;
}

/// All lines, in their order.
std::vector<diff_line> full_diff(std::vector<std::string> const& a, std::vector<std::string> const& b)
{
    std::size_t head = 0;
    while (head < a.size() && head < b.size() && a[head] == b[head])
        ++head;
    std::size_t tail = 0;
    while (tail < a.size() - head && tail < b.size() - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail])
        ++tail;
    auto const rows = a.size() - head - tail;
    auto const columns = b.size() - head - tail;

    std::vector<diff_line> made;
    for (std::size_t i = 0; i < head; ++i)
        made.push_back({' ', a[i]});
    if (rows <= max_lines && columns <= max_lines) {
        // The longest common subsequence of what is left, from behind.
        std::vector<std::uint16_t> common((rows + 1) * (columns + 1));
        auto const at = [&](std::size_t i, std::size_t j) -> std::uint16_t& { return common[i * (columns + 1) + j]; };
        for (auto i = rows; i-- > 0;) {
            for (auto j = columns; j-- > 0;) {
                at(i, j) = a[head + i] == b[head + j] ? static_cast<std::uint16_t>(at(i + 1, j + 1) + 1)
                                                      : std::max(at(i + 1, j), at(i, j + 1));
            }
        }
        std::size_t i = 0;
        std::size_t j = 0;
        while (i < rows || j < columns) {
            if (i < rows && j < columns && a[head + i] == b[head + j]) {
                made.push_back({' ', a[head + i]});
                ++i;
                ++j;
            } else if (i < rows && (j == columns || at(i + 1, j) >= at(i, j + 1))) {
                made.push_back({'-', a[head + i++]});
            } else {
                made.push_back({'+', b[head + j++]});
            }
        }
    } else {
        for (std::size_t i = 0; i < rows; ++i)
            made.push_back({'-', a[head + i]});
        for (std::size_t j = 0; j < columns; ++j)
            made.push_back({'+', b[head + j]});
    }
    for (auto i = a.size() - tail; i < a.size(); ++i)
        made.push_back({' ', a[i]});
    return made;
}

} // namespace

std::vector<diff_line> line_diff(std::vector<std::string> const& expected, std::vector<std::string> const& given)
{
    auto const all = full_diff(expected, given);
    if (std::ranges::all_of(all, [](auto const& each) { return each.kind == ' '; }))
        return {}; // it is something else that differs
    std::vector<bool> near(all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].kind == ' ')
            continue;
        for (auto j = i - std::min(i, context); j < std::min(all.size(), i + context + 1); ++j)
            near[j] = true;
    }
    std::vector<diff_line> made;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (near[i])
            made.push_back({all[i].kind, shortened(all[i].text)});
        else if (i == 0 || near[i - 1])
            made.push_back({'.', ""});
        if (made.size() > 400) {
            made.push_back({'.', ""});
            break;
        }
    }
    return made;
}

std::vector<diff_line> answer_diff(object const& expect, object const& answer)
{
    exact_texts texts;
    auto const expected = texts.read(whole_text(expect), duplicate_keys::last_wins);
    auto const given = texts.read(whole_text(answer), duplicate_keys::last_wins);
    if (!expected || !given)
        return {{'+', shortened(boost::json::serialize(answer))}};
    return line_diff(lines_of(texts.write(*expected)), lines_of(texts.write(aligned(*expected, *given))));
}

std::string as_utf8(std::string_view bytes)
{
    std::string made;
    while (!bytes.empty()) {
        std::size_t bad_byte = 0;
        auto const length = utf8_sequence(bytes, bad_byte);
        made += length > 0 ? bytes.substr(0, length) : std::string_view("\xEF\xBF\xBD");
        bytes.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return made;
}

std::string shortened(std::string_view text, std::size_t most)
{
    if (text.size() <= most)
        return as_utf8(text);
    auto const whole = [&](std::size_t at) { return (static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U; };
    auto head = most * 3 / 4;
    while (head > 0 && !whole(head))
        --head;
    auto tail = text.size() - most / 5;
    while (tail < text.size() && !whole(tail))
        ++tail;
    return as_utf8(text.substr(0, head)) + " … " + as_utf8(text.substr(tail)) + " (" + std::to_string(text.size()) +
           " bytes)";
}

value shortened(value whole, std::size_t most)
{
    if (auto* const text = whole.if_string()) {
        if (text->size() > most)
            whole = shortened(std::string_view(*text), most);
    } else if (auto* const elements = whole.if_array()) {
        for (auto& each : *elements)
            each = shortened(std::move(each), most);
    } else if (auto* const members = whole.if_object()) {
        for (auto& each : *members)
            each.value() = shortened(std::move(each.value()), most);
    }
    return whole;
}

std::vector<std::pair<std::string, std::string>> asked_lines(object const& asked)
{
    std::vector<std::pair<std::string, std::string>> lines;
    for (auto const& each : asked) {
        if (each.key() == "id" || each.key() == "profile")
            continue;
        auto const* const text = each.value().if_string();
        if (each.value().is_null()) { // not the text `null`
            lines.emplace_back(each.key(), "(absent)");
            continue;
        }
        lines.emplace_back(each.key(),
                           shortened(text != nullptr ? std::string(*text) : boost::json::serialize(each.value())));
    }
    return lines;
}

} // namespace metapatch::conformance
