// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_JSON_LEXEME_DOM_HPP
#define METAPATCH_JSON_LEXEME_DOM_HPP

#include <metapatch/json/text.hpp>

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

/// Writes the compact text of values: no white space, strings with the fewest escapes.
///
/// @tparam NumberText  gives the text of a number, from its value
template<class NumberText>
class compact_writer {
public:
    explicit compact_writer(NumberText number_text) : number_text_(std::move(number_text)) {}

    std::string write(boost::json::value const& value) &&
    {
        begin(value);
        bool first = true;
        for (value_walk walk(value); walk.next();) {
            for (; open_.size() > walk.level(); first = false)
                close();
            if (!first)
                out_ += ',';
            if (walk.has_key()) {
                append_json_string(out_, walk.key());
                out_ += ':';
            }
            first = begin(walk.value());
        }
        while (!open_.empty())
            close();
        return std::move(out_);
    }

private:
    /// @return whether this opened a container
    bool begin(boost::json::value const& value)
    {
        if (value.is_structured()) {
            out_ += value.is_object() ? '{' : '[';
            open_ += value.is_object() ? '}' : ']';
            return true;
        }
        if (value.is_number())
            out_ += number_text_(value);
        else if (value.is_string())
            append_json_string(out_, value.get_string());
        else if (value.is_bool())
            out_ += value.get_bool() ? "true" : "false";
        else
            out_ += "null";
        return false;
    }

    void close()
    {
        out_ += open_.back();
        open_.pop_back();
    }

    NumberText number_text_;
    std::string out_;
    std::string open_; // the brackets that are still to come
};

/// Reads texts into DOM values that remember how each number was written, and writes them again.
///
/// In such a value a number is the index of its lexeme, so it may be moved, copied and dropped, but not looked at.
class lexeme_dom {
public:
    /// @param text  must live as long as the values that come from it are written
    result<boost::json::value> read(std::string_view text, read_rules rules)
    {
        return detail::read(text, rules, {}, [this](boost::json::value_stack& stack, std::string_view number) {
            stack.push_uint64(lexemes_.size());
            lexemes_.push_back(number);
            return true;
        });
    }

    /// The compact text of a value, with numbers as they were written.
    std::string write(boost::json::value const& value) const
    {
        return compact_writer([this](boost::json::value const& number) {
                   return lexemes_[static_cast<std::size_t>(number.get_uint64())];
               })
            .write(value);
    }

private:
    std::vector<std::string_view> lexemes_;
};

} // namespace metapatch::detail

#endif
