// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_LOGIN_MARKUP_HPP
#define METAPATCH_AUTH0_LOGIN_MARKUP_HPP

#include <metapatch/version.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace metapatch::auth0 {

namespace detail {

/// Elements whose content is no markup, up to their end tag, and goes with them.
inline constexpr std::array<std::string_view, 7> raw_elements{"iframe", "noembed", "noframes", "script",
                                                              "style",  "title",   "xmp"};

/// Elements whose content is markup and goes with them.
inline constexpr std::array<std::string_view, 15> hidden_elements{
    "annotation-xml", "audio",           "desc", "foreignobject", "math", "mi", "mn", "mo", "ms", "mtext",
    "noscript",       "selectedcontent", "svg",  "template",      "video"};

/// The text of HTML, read as the tokenizer of the HTML standard (§13.2.5) reads it.
class markup_remover {
public:
    explicit markup_remover(std::string_view text) : text_(text) { out_.reserve(text.size()); }

    std::string run() &&
    {
        auto const space = text_.substr(0, text_.find_first_not_of("\r\n\t "));
        emit(space); // at the start it stays as it is
        skip(space.size());
        while (!text_.empty()) {
            if (text_.front() == '<')
                markup();
            else
                character();
        }
        return std::move(out_);
    }

private:
    static constexpr bool is_letter(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
    static constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
    static constexpr bool is_space(char c) noexcept
    {
        return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
    }
    static constexpr char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

    static bool is_one_of(std::span<std::string_view const> names, std::string_view name) noexcept
    {
        return std::find(names.begin(), names.end(), name) != names.end();
    }

    char at(std::size_t index) const noexcept { return index < text_.size() ? text_[index] : '\0'; }

    void emit(std::string_view text)
    {
        if (hidden_levels_ == 0)
            out_ += text;
    }

    /// Take `count` bytes, or what there is.
    void skip(std::size_t count) noexcept { text_.remove_prefix(std::min(count, text_.size())); }

    /// The next character that begins no markup, as a serializer writes it.
    void character()
    {
        constexpr std::string_view no_break_space = "\xC2\xA0";
        if (text_.front() == '&')
            return reference();
        if (text_.starts_with(no_break_space)) {
            emit("&nbsp;");
            return skip(2);
        }
        auto const c = text_.front();
        skip(1);
        if (c == '\r') { // the parser knows one kind of newline
            emit("\n");
            skip(text_.starts_with('\n') ? 1 : 0);
        } else if (c == '<') {
            emit("&lt;");
        } else if (c == '>') {
            emit("&gt;");
        } else if (c != '\0') {
            emit({&c, 1});
        }
    }

    void reference()
    {
        if (at(1) == '#')
            return numeric_reference();
        std::size_t end = 1;
        while (is_letter(at(end)) || is_digit(at(end)))
            ++end;
        auto const name = text_.substr(1, end - 1);
        if (name.empty() || at(end) != ';') {
            emit("&amp;");
            return skip(1);
        }
        // The others mean the same as they are written.
        emit(name == "quot" ? "\"" : name == "apos" ? "'" : text_.substr(0, end + 1));
        skip(end + 1);
    }

    void numeric_reference()
    {
        bool const hex = lower(at(2)) == 'x';
        std::size_t end = hex ? 3 : 2;
        auto const begin = end;
        std::uint32_t code = 0;
        for (;; ++end) {
            auto const c = lower(at(end));
            if (!is_digit(c) && !(hex && c >= 'a' && c <= 'f'))
                break;
            auto const digit = static_cast<std::uint32_t>(is_digit(c) ? c - '0' : c - 'a' + 10);
            code = std::min(code * (hex ? 16 : 10) + digit, std::uint32_t{0x110000});
        }
        if (end == begin) {
            emit("&amp;");
            return skip(1);
        }
        auto const written = text_.substr(0, end);
        skip(end + (at(end) == ';' ? 1 : 0));
        emit_code_point(code, written);
    }

    void emit_code_point(std::uint32_t code, std::string_view written)
    {
        if (code >= 0x80 && code < 0xA0) { // of windows-1252: the reader knows them, we need not
            emit(written);
            emit(";");
        } else if (code == '<' || code == '>' || code == '&' || code == 0xA0) {
            emit(code == '<' ? "&lt;" : code == '>' ? "&gt;" : code == '&' ? "&amp;" : "&nbsp;");
        } else {
            emit(utf8(code == 0 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000) ? 0xFFFD : code));
        }
    }

    static std::string utf8(std::uint32_t code)
    {
        auto const low = [code](unsigned shift) { return static_cast<char>(0x80 | (code >> shift & 0x3F)); };
        auto const byte = [](std::uint32_t bits) { return static_cast<char>(bits); };
        if (code < 0x80)
            return {byte(code)};
        if (code < 0x800)
            return {byte(0xC0 | code >> 6), low(0)};
        if (code < 0x10000)
            return {byte(0xE0 | code >> 12), low(6), low(0)};
        return {byte(0xF0 | code >> 18), low(12), low(6), low(0)};
    }

    void markup()
    {
        auto const next = at(1);
        if (is_letter(next))
            return start_tag();
        if (next == '/' && text_.size() > 2)
            return is_letter(at(2)) ? end_tag() : skip_behind(">", 2);
        if (text_.starts_with("<!--"))
            return comment();
        if (next == '!' || next == '?')
            return skip_behind(">", 2);
        character();
    }

    /// What is not closed goes to its end.
    void skip_behind(std::string_view end, std::size_t from) noexcept
    {
        auto const found = text_.find(end, from);
        skip(found == std::string_view::npos ? found : found + end.size());
    }

    void comment() noexcept
    {
        skip(4);
        if (text_.starts_with('>') || text_.starts_with("->"))
            return skip_behind(">", 0);
        for (auto dashes = text_.find("--"); dashes != std::string_view::npos; dashes = text_.find("--", dashes + 1)) {
            auto const behind = text_.substr(dashes + 2);
            if (behind.starts_with('>') || behind.starts_with("!>"))
                return skip_behind(">", dashes);
        }
        skip(std::string_view::npos);
    }

    /// Take a tag whose name starts at `from`.
    ///
    /// @return the name, or nothing where the tag does not end
    std::string tag(std::size_t from, bool& closes_itself)
    {
        auto end = from;
        while (end < text_.size() && !is_space(text_[end]) && text_[end] != '/' && text_[end] != '>')
            ++end;
        std::string name(text_.substr(from, end - from));
        std::transform(name.begin(), name.end(), name.begin(), lower);
        skip(end);
        while (!text_.empty() && text_.front() != '>') {
            closes_itself = text_.front() == '/';
            if (closes_itself || is_space(text_.front()))
                skip(1);
            else
                attribute();
        }
        if (text_.empty())
            name.clear();
        skip(1);
        return name;
    }

    void attribute() noexcept
    {
        std::size_t end = 1; // a name may begin with `=`
        while (end < text_.size() && !is_space(text_[end]) && text_[end] != '/' && text_[end] != '>' &&
               text_[end] != '=')
            ++end;
        auto const name_end = end;
        while (end < text_.size() && is_space(text_[end]))
            ++end;
        if (at(end) != '=')
            return skip(name_end);
        ++end;
        while (end < text_.size() && is_space(text_[end]))
            ++end;
        if (at(end) == '"' || at(end) == '\'')
            return skip_behind(text_.substr(end, 1), end + 1);
        while (end < text_.size() && !is_space(text_[end]) && text_[end] != '>')
            ++end;
        skip(end);
    }

    void start_tag()
    {
        bool closes_itself = false;
        auto name = tag(1, closes_itself);
        if (name == "plaintext")
            return skip(std::string_view::npos);
        if (name == "pre" || name == "listing" || name == "textarea")
            skip(text_.starts_with("\r\n") ? 2 : text_.starts_with('\n') || text_.starts_with('\r') ? 1 : 0);
        if (name == "textarea" || is_one_of(raw_elements, name))
            return content(name);
        bool const foreign = name == "svg" || name == "math";
        if (foreign && closes_itself)
            return;
        if (hidden_levels_ == 0 && is_one_of(hidden_elements, name))
            hidden_ = std::move(name), hidden_levels_ = 1;
        else if (hidden_levels_ != 0 && name == hidden_)
            ++hidden_levels_;
    }

    void end_tag()
    {
        bool closes_itself = false;
        auto const name = tag(2, closes_itself);
        if (hidden_levels_ != 0 && name == hidden_)
            --hidden_levels_;
    }

    /// Take the content of an element up to its end tag; that of a `textarea` is text.
    void content(std::string_view name)
    {
        auto const ends = [&](std::size_t place) {
            auto const behind = place + 2 + name.size();
            if (behind >= text_.size() || !(is_space(at(behind)) || at(behind) == '/' || at(behind) == '>'))
                return false;
            return std::equal(name.begin(), name.end(), text_.begin() + static_cast<std::ptrdiff_t>(place) + 2,
                              [](char a, char b) { return a == lower(b); });
        };
        auto end = text_.find("</");
        while (end != std::string_view::npos && !ends(end))
            end = text_.find("</", end + 2);
        auto const rest = text_.substr(std::min(end, text_.size()));
        if (name == "textarea") {
            text_.remove_suffix(rest.size());
            while (!text_.empty())
                character();
        }
        text_ = rest;
    }

    std::string_view text_; // what is left
    std::string out_;
    std::string hidden_; // the outermost element whose content goes
    std::size_t hidden_levels_ = 0;
};

} // namespace detail

/// A text without its markup: `hi <b>you</b>` is `hi you`.
///
/// That is what Auth0's Lock makes of a value, by DOMPurify with `ALLOWED_TAGS: []`. A text without `<` stays as it is.
/// Of any other the tags, comments, doctypes and processing instructions go, closed or not, and of elements such as
/// script, style, iframe, svg and video the content too. What is left is HTML: `&`, `<`, `>` and the no-break space
/// are written as references, newlines behind the first word as LF, and NUL not at all: `a < b` is `a &lt; b`. So the
/// result has no `<`, and a second time changes nothing.
///
/// It differs from DOMPurify in what takes a whole parser: a named reference stays as it is written (there `&copy;`
/// becomes © and `&unknown;` `&amp;unknown;`), one without `;` is text, and a number from 128 to 159 stays; an element
/// whose content goes ends at its own end tag, not where a parser would have closed it; of tables nothing is known, nor
/// of white space that a parser does not count to the body.
///
/// @param text  any bytes; those of valid UTF-8 make valid UTF-8
/// Complexity:  O(bytes); no recursion
/// Exceptions:  std::bad_alloc
/// Source:      Auth0 Lock, src/connection/database/actions.js
///              <https://github.com/auth0/lock/blob/master/src/connection/database/actions.js>; HTML Standard §13.2.5
[[nodiscard]] inline std::string without_markup(std::string_view text)
{
    return text.find('<') == std::string_view::npos ? std::string(text) : detail::markup_remover(text).run();
}

} // namespace metapatch::auth0

#endif
