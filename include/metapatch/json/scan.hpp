// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_JSON_SCAN_HPP
#define METAPATCH_JSON_SCAN_HPP

#include <metapatch/json/temporary_text.hpp>
#include <metapatch/json/utf8.hpp>
#include <metapatch/json/walk.hpp>
#include <metapatch/outcome/error.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace metapatch {

/// What `scanner::next` found.
enum class token : std::uint8_t {
    failed, ///< the text is refused; see `scanner::error` and `scanner::offset`
    end,    ///< the text is complete
    object_begin,
    object_end,
    array_begin,
    array_end,
    key,
    string,
    number,
    true_,
    false_,
    null,
};

/// Reads a JSON text token by token: RFC 8259 and UTF-8 in full, no recursion, no allocation, no copy.
///
/// An error is placed at the first byte that no valid text can have there: the length of the longest prefix that some
/// valid text has too. Lone surrogate escapes are errors, a BOM is one, and NUL is data when it is escaped.
///
/// Complexity: O(bytes) over all calls. Exceptions: none.
/// Source: RFC 8259; RFC 3629.
class scanner {
public:
    /// @param text         the JSON text; must live as long as the scanner is used
    /// @param max_nesting  levels of containers; more is `errc::too_deep`; at most `nesting_ceiling`
    explicit scanner(std::string_view text [[clang::lifetimebound]], std::size_t max_nesting = nesting_ceiling) noexcept
        : text_(text), max_nesting_(std::min(max_nesting, nesting_ceiling))
    {
    }

    template<temporary_text Text>
    explicit scanner(Text&&, std::size_t = nesting_ceiling) = delete; // it would refer to what is gone

    /// The next token. After `end` and `failed` it answers the same again.
    token next() noexcept
    {
        if (state_ == state::failed)
            return token::failed;
        skip_space();
        start_ = at_;
        if (at_ == text_.size())
            return state_ == state::done ? token::end : fail();
        char const c = text_[at_];
        switch (state_) {
        case state::value_or_end:
            if (c == ']')
                return close();
            return value(c);
        case state::value:
            return value(c);
        case state::key_or_end:
            if (c == '}')
                return close();
            return key(c);
        case state::after_value:
            if (c == (in_object() ? '}' : ']'))
                return close();
            if (c != ',')
                return fail();
            ++at_;
            skip_space();
            start_ = at_;
            if (at_ == text_.size())
                return fail();
            return in_object() ? key(text_[at_]) : value(text_[at_]);
        default:
            return fail(); // after the end, or after a failure
        }
    }

    /// The bytes of the last token; for a key or string what stands between its quotes, escapes as they are.
    std::string_view raw() const noexcept { return raw_; }

    /// Whether the last key or string holds an escape; if not, `raw` is its value.
    bool escaped() const noexcept { return escaped_; }

    /// Where the last token starts, or what was refused stands; in bytes from the start of the text.
    std::size_t offset() const noexcept { return start_; }

    /// The byte behind the last token; behind the colon, for a key.
    std::size_t position() const noexcept { return at_; }

    /// Why the text was refused: `malformed_json` or `too_deep`.
    errc error() const noexcept { return error_; }

    /// The number of open containers.
    std::size_t depth() const noexcept { return depth_; }

private:
    enum class state : std::uint8_t { value, value_or_end, key_or_end, after_value, done, failed };

    token fail(errc why = errc::malformed_json) noexcept
    {
        error_ = why;
        start_ = at_;
        state_ = state::failed;
        return token::failed;
    }

    void skip_space() noexcept
    {
        while (at_ < text_.size() &&
               (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\r' || text_[at_] == '\t'))
            ++at_;
    }

    bool in_object() const noexcept { return (objects_[(depth_ - 1) / 64] >> ((depth_ - 1) % 64) & 1) != 0; }

    token open(bool object) noexcept
    {
        if (depth_ == max_nesting_)
            return fail(errc::too_deep);
        auto const bit = std::uint64_t{1} << (depth_ % 64);
        auto& word = objects_[depth_ / 64];
        word = object ? word | bit : word & ~bit;
        ++depth_;
        raw_ = text_.substr(at_++, 1);
        state_ = object ? state::key_or_end : state::value_or_end;
        return object ? token::object_begin : token::array_begin;
    }

    token close() noexcept
    {
        auto const closed = in_object() ? token::object_end : token::array_end;
        --depth_;
        raw_ = text_.substr(at_++, 1);
        return finish(closed);
    }

    token finish(token value) noexcept
    {
        state_ = depth_ == 0 ? state::done : state::after_value;
        return value;
    }

    token value(char c) noexcept
    {
        switch (c) {
        case '{':
            return open(true);
        case '[':
            return open(false);
        case '"':
            return string() ? finish(token::string) : token::failed;
        case 't':
            return literal("true", token::true_);
        case 'f':
            return literal("false", token::false_);
        case 'n':
            return literal("null", token::null);
        default:
            return number();
        }
    }

    token key(char c) noexcept
    {
        if (c != '"')
            return fail();
        if (!string())
            return token::failed;
        skip_space();
        if (at_ == text_.size() || text_[at_] != ':')
            return fail();
        ++at_;
        state_ = state::value;
        return token::key;
    }

    token literal(std::string_view word, token meaning) noexcept
    {
        for (char const c : word) {
            if (at_ == text_.size() || text_[at_] != c)
                return fail();
            ++at_;
        }
        raw_ = text_.substr(start_, word.size());
        return finish(meaning);
    }

    bool digit_here() const noexcept { return at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9'; }

    bool digits() noexcept
    {
        auto const first = at_;
        while (digit_here())
            ++at_;
        return at_ != first;
    }

    token number() noexcept
    {
        if (text_[at_] == '-')
            ++at_;
        if (at_ < text_.size() && text_[at_] == '0')
            ++at_;
        else if (!digits())
            return fail();
        if (at_ < text_.size() && text_[at_] == '.') {
            ++at_;
            if (!digits())
                return fail();
        }
        if (at_ < text_.size() && (text_[at_] == 'e' || text_[at_] == 'E')) {
            ++at_;
            if (at_ < text_.size() && (text_[at_] == '+' || text_[at_] == '-'))
                ++at_;
            if (!digits())
                return fail();
        }
        raw_ = text_.substr(start_, at_ - start_);
        return finish(token::number);
    }

    bool string() noexcept
    {
        auto const first = ++at_;
        escaped_ = false;
        while (at_ < text_.size()) {
            auto const c = static_cast<std::uint8_t>(text_[at_]);
            if (c == '"') {
                raw_ = text_.substr(first, at_ - first);
                ++at_;
                return true;
            }
            if (c == '\\') {
                escaped_ = true;
                if (!escape())
                    return false;
            } else if (c < 0x20) {
                break;
            } else if (c < 0x80) {
                ++at_;
            } else {
                std::size_t bad_byte = 0;
                auto const length = utf8_sequence(text_.substr(at_), bad_byte);
                at_ += length == 0 ? bad_byte : length;
                if (length == 0)
                    break;
            }
        }
        fail();
        return false;
    }

    bool escape() noexcept
    {
        ++at_;
        if (at_ < text_.size() && std::string_view("\"\\/bfnrt").find(text_[at_]) != std::string_view::npos) {
            ++at_;
            return true;
        }
        if (unicode_escape(false))
            return true;
        fail();
        return false;
    }

    /// `uXXXX` at the cursor; a high surrogate takes the low one that must follow.
    bool unicode_escape(bool low_half) noexcept
    {
        if (at_ == text_.size() || text_[at_] != 'u')
            return false;
        ++at_;
        bool surrogate = false;
        for (int i = 0; i < 4; ++i, ++at_) {
            int const digit = at_ < text_.size() ? hex(text_[at_]) : -1;
            if (digit < 0 || (low_half && i == 0 && digit != 0xD))
                return false;
            if (i == 0)
                surrogate = digit == 0xD;
            // U+D800 to U+DBFF come first, U+DC00 to U+DFFF second, and neither alone.
            if (i == 1 && surrogate && (low_half ? digit < 0xC : digit >= 0xC))
                return false;
            if (i == 1)
                surrogate = surrogate && digit >= 8;
        }
        if (!surrogate || low_half)
            return true;
        if (at_ == text_.size() || text_[at_] != '\\')
            return false;
        ++at_;
        return unicode_escape(true);
    }

    static constexpr int hex(char c) noexcept
    {
        if (c >= '0' && c <= '9')
            return c - '0';
        if (c >= 'a' && c <= 'f')
            return c - 'a' + 10;
        if (c >= 'A' && c <= 'F')
            return c - 'A' + 10;
        return -1;
    }

    std::string_view text_;
    std::string_view raw_;
    std::size_t at_ = 0;
    std::size_t start_ = 0;
    std::size_t depth_ = 0;
    std::size_t max_nesting_;
    errc error_{};
    state state_ = state::value;
    bool escaped_ = false;
    std::array<std::uint64_t, nesting_ceiling / 64> objects_{}; // a bit a level: is it an object?
};

/// Append to `out` what a string means that stands as `raw` between the quotes of a JSON text. Of a text that is not
/// valid the outcome is some string; nothing beyond `raw` is read.
inline void append_unescaped(std::string& out, std::string_view raw)
{
    auto const code_unit = [raw](std::size_t first) {
        std::uint32_t unit = 0;
        for (std::size_t i = first; i < first + 4; ++i) {
            auto const c = static_cast<std::uint32_t>(static_cast<std::uint8_t>(raw[i]));
            unit = unit * 16 + (c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
        }
        return unit;
    };
    for (std::size_t i = 0; i < raw.size();) {
        auto const plain = std::min(raw.find('\\', i), raw.size());
        out.append(raw, i, plain - i);
        if (raw.size() - plain < 2)
            return;
        char const kind = raw[plain + 1];
        i = plain + 2;
        if (kind != 'u') {
            constexpr std::string_view letters = "bfnrt";
            auto const letter = letters.find(kind);
            out += letter == std::string_view::npos ? kind : "\b\f\n\r\t"[letter];
            continue;
        }
        if (raw.size() - i < 4)
            return;
        std::uint32_t point = code_unit(i);
        i += 4;
        if (point >= 0xD800 && point < 0xDC00 && raw.size() - i >= 6) {
            point = 0x10000 + ((point - 0xD800) << 10) + (code_unit(i + 2) - 0xDC00);
            i += 6;
        }
        auto const tail = [&out, point](int shift) { out += static_cast<char>(0x80 | (point >> shift & 0x3F)); };
        if (point < 0x80) {
            out += static_cast<char>(point);
        } else if (point < 0x800) {
            out += static_cast<char>(0xC0 | point >> 6);
            tail(0);
        } else if (point < 0x10000) {
            out += static_cast<char>(0xE0 | point >> 12);
            tail(6);
            tail(0);
        } else {
            out += static_cast<char>(0xF0 | point >> 18);
            tail(12);
            tail(6);
            tail(0);
        }
    }
}

} // namespace metapatch

#endif
