// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_LEXEME_DOM_HPP
#define METAPATCH_LEXEME_DOM_HPP

#include <metapatch/text.hpp>

#include <boost/json/value.hpp>
#include <boost/json/value_stack.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace metapatch::detail {

/// Append `text` as a JSON string with the fewest escapes.
inline void append_json_string(std::string& out, std::string_view text)
{
    out += '"';
    for (char const c : text) {
        constexpr std::string_view plain = "\"\\\b\f\n\r\t";
        constexpr std::string_view letters = "\"\\bfnrt";
        constexpr std::string_view hex = "0123456789abcdef";
        auto const byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && c != '"' && c != '\\') {
            out += c;
        } else if (auto const escape = plain.find(c); escape != std::string_view::npos) {
            out += '\\';
            out += letters[escape];
        } else {
            out += "\\u00";
            out += hex[byte >> 4];
            out += hex[byte & 15];
        }
    }
    out += '"';
}

/// Reads texts into DOM values that remember how each number was written, and writes them again.
///
/// In such a value a number is the index of its lexeme, so it may be moved, copied and dropped, but not looked at.
class lexeme_dom {
public:
    /// @param text  must live as long as the values that come from it are written
    result<boost::json::value> read(std::string_view text, read_rules rules)
    {
        return detail::read(text, rules, {}, [this](boost::json::value_stack& stack, std::string_view number) {
            stack.push_uint64(note(number));
            return true;
        });
    }

    /// The index of a number's lexeme, which must live as long as values that hold it are written.
    std::size_t note(std::string_view number)
    {
        lexemes_.push_back(number);
        return lexemes_.size() - 1;
    }

    std::string_view lexeme(boost::json::value const& number) const
    {
        return lexemes_[static_cast<std::size_t>(number.get_uint64())];
    }

    /// The compact text of a value: no white space, strings with the fewest escapes, numbers as they were written.
    std::string write(boost::json::value const& value) const
    {
        std::string out;
        std::string open; // the brackets that are still to come
        begin(value, out, open);
        bool first = true;
        for (value_walk walk(value); walk.next();) {
            for (; open.size() > walk.level(); first = false)
                close(out, open);
            if (!first)
                out += ',';
            if (walk.has_key()) {
                append_json_string(out, walk.key());
                out += ':';
            }
            first = begin(walk.value(), out, open);
        }
        while (!open.empty())
            close(out, open);
        return out;
    }

private:
    /// @return whether this opened a container
    bool begin(boost::json::value const& value, std::string& out, std::string& open) const
    {
        if (value.is_structured()) {
            out += value.is_object() ? '{' : '[';
            open += value.is_object() ? '}' : ']';
            return true;
        }
        if (value.is_uint64())
            out += lexeme(value);
        else if (value.is_string())
            append_json_string(out, value.get_string());
        else if (value.is_bool())
            out += value.get_bool() ? "true" : "false";
        else
            out += "null";
        return false;
    }

    static void close(std::string& out, std::string& open)
    {
        out += open.back();
        open.pop_back();
    }

    std::vector<std::string_view> lexemes_;
};

} // namespace metapatch::detail

#endif
