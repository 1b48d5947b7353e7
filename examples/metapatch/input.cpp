// SPDX-License-Identifier: BSL-1.0
#include "input.hpp"

#include "errors.hpp"
#include "plain_source.hpp"

#include <algorithm>
#include <cstddef>

namespace tool {

namespace {

constexpr std::string_view white_space = " \t\r\n";

} // namespace

std::string_view trimmed(std::string_view text)
{
    auto const first = text.find_first_not_of(white_space);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(white_space) - first + 1);
}

bool is_literal(std::string_view argument)
{
    auto const text = trimmed(argument);
    if (text.empty())
        return false;
    return text.front() == '{' || text.front() == '[' || text.front() == '"' || text == "null" || text == "true" ||
           text == "false";
}

bool is_null(std::string_view text)
{
    return trimmed(text) == "null";
}

bool is_blank(std::string_view text)
{
    return trimmed(text).empty();
}

bool is_empty_object(std::string_view text)
{
    text = trimmed(text);
    return text.size() >= 2 && text.front() == '{' && text.back() == '}' && is_blank(text.substr(1, text.size() - 2));
}

bool join_lines(std::string& json)
{
    bool found = false;
    for (char const ending : {'\n', '\r'}) {
        for (auto at = json.find(ending); at != std::string::npos; at = json.find(ending, at + 1)) {
            json[at] = ' '; // In valid JSON it is white space, never part of a string.
            found = true;
        }
    }
    return found;
}

std::string read_argument(std::string const& argument)
{
    if (is_literal(argument))
        return argument;
    plain_source from(argument);
    std::string text;
    std::size_t used = 0;
    for (;;) {
        text.resize(std::max<std::size_t>(used * 2, std::size_t{1} << 16));
        auto const got = from.read(text.data() + used, text.size() - used);
        used += got;
        if (got == 0) {
            if (from.damage())
                throw io_error("cannot read " + from.name() + ": " + *from.damage());
            text.resize(used);
            return text;
        }
    }
}

} // namespace tool
