// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_LAWS_GRAMMAR_HPP
#define METAPATCH_TESTS_LAWS_GRAMMAR_HPP

#include <algorithm>
#include <cstddef>
#include <metapatch/outcome/violation.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace metapatch::model {

/// The grammars of RFC 8259 and RFC 3629, read byte by byte: a stack of what must come, the next of it last. Whatever
/// stands on it can come, so the first byte that it has no place for is the first that no valid text can have there.
///
///     S white space, or nothing     C rest of a string          G more digits, or nothing
///     V value                       E what a backslash escapes  F fraction, or nothing
///     M member or `}`               U `XXXX` behind `\u`        X exponent, or nothing
///     K member                      W `XXX` behind `\uD`        Z exponent behind its `e`
///     N `,` and a member, or `}`    H hexadecimal digit         I number behind its `-`
///     A element or `]`              O `D`, as one               D digit
///     B `,` and an element, or `]`  L `C` to `F`, as one        T 1 2 3 4 ranges of UTF-8's tails
///
/// All else is a byte that stands for itself.
class grammar {
public:
    explicit grammar(std::size_t max_nesting) : max_nesting_(max_nesting) {}

    /// Whether a text may go on with this byte.
    bool take(char byte)
    {
        while (!expected_.empty()) {
            char const next = expected_.back();
            expected_.pop_back();
            if (take_as(next, byte))
                return true;
            if (!one_of(next, may_be_nothing))
                return false;
        }
        return false;
    }

    /// Whether a text may end here.
    bool complete() const { return expected_.find_first_not_of(may_be_nothing) == std::string::npos; }

    /// Whether it was the nesting that refused the last byte.
    bool too_deep() const { return too_deep_; }

private:
    static constexpr std::string_view may_be_nothing = "SGFX";

    bool take_as(char symbol, char byte)
    {
        switch (symbol) {
        case 'S':
            return one_of(byte, " \t\n\r") && expect("S");
        case 'V':
            return value(byte);
        case 'M':
            return byte == '}' ? close() : take_as('K', byte);
        case 'K':
            return byte == '"' && expect("CS:SVSN");
        case 'N':
            return byte == '}' ? close() : byte == ',' && expect("SK");
        case 'A':
            return byte == ']' ? close() : expect("SB") && value(byte);
        case 'B':
            return byte == ']' ? close() : byte == ',' && expect("SVSB");
        case 'C':
            return inside_string(static_cast<unsigned char>(byte));
        case 'E':
            return byte == 'u' ? expect("U") : one_of(byte, "\"\\/bfnrt");
        case 'U':
            return one_of(byte, "dD") ? expect("W") : hexadecimal(byte) && expect("HHH");
        case 'W':
            return in(byte, '0', '7') ? expect("HH") : one_of(byte, "89abAB") && expect("HH\\uOLHH");
        case 'H':
            return hexadecimal(byte);
        case 'O':
            return one_of(byte, "dD");
        case 'L':
            return one_of(byte, "cdefCDEF");
        default:
            return take_as_number(symbol, byte);
        }
    }

    bool take_as_number(char symbol, char byte)
    {
        bool const digit = in(byte, '0', '9');
        switch (symbol) {
        case 'I':
            return byte == '0' ? expect("FX") : digit && expect("GFX");
        case 'G':
            return digit && expect("G");
        case 'F':
            return byte == '.' && expect("DG");
        case 'X':
            return one_of(byte, "eE") && expect("Z");
        case 'Z':
            return one_of(byte, "+-") ? expect("DG") : digit && expect("G");
        case 'D':
            return digit;
        default:
            return take_as_tail(symbol, byte);
        }
    }

    static bool take_as_tail(char symbol, char byte)
    {
        switch (symbol) {
        case 'T':
            return in(byte, '\x80', '\xBF');
        case '1':
            return in(byte, '\xA0', '\xBF'); // else two bytes would do
        case '2':
            return in(byte, '\x80', '\x9F'); // else a surrogate
        case '3':
            return in(byte, '\x90', '\xBF'); // else three bytes would do
        case '4':
            return in(byte, '\x80', '\x8F'); // else beyond U+10FFFF
        default:
            return byte == symbol;
        }
    }

    bool value(char byte)
    {
        switch (byte) {
        case '{':
            return open("SM");
        case '[':
            return open("SA");
        case '"':
            return expect("C");
        case 't':
            return expect("rue");
        case 'f':
            return expect("alse");
        case 'n':
            return expect("ull");
        case '-':
            return expect("I");
        default:
            return take_as('I', byte);
        }
    }

    bool inside_string(unsigned char byte)
    {
        if (byte == '"')
            return true;
        if (byte == '\\')
            return expect("EC");
        if (byte < 0x80)
            return byte >= 0x20 && expect("C");
        if (byte < 0xC2 || byte > 0xF4)
            return false;
        if (byte < 0xE0)
            return expect("TC");
        if (byte < 0xF0)
            return expect(byte == 0xE0 ? "1TC" : byte == 0xED ? "2TC" : "TTC");
        return expect(byte == 0xF0 ? "3TTC" : byte == 0xF4 ? "4TTC" : "TTTC");
    }

    bool open(std::string_view symbols)
    {
        too_deep_ = open_ == max_nesting_;
        ++open_;
        return !too_deep_ && expect(symbols);
    }

    bool close()
    {
        --open_;
        return true;
    }

    bool expect(std::string_view symbols)
    {
        for (auto left = symbols.size(); left > 0; --left)
            expected_ += symbols[left - 1];
        return true;
    }

    static bool one_of(char byte, std::string_view set) { return set.find(byte) != std::string_view::npos; }
    static bool hexadecimal(char byte) { return one_of(byte, "0123456789abcdefABCDEF"); }
    static bool in(char byte, char first, char last)
    {
        auto const code = static_cast<unsigned char>(byte);
        return code >= static_cast<unsigned char>(first) && code <= static_cast<unsigned char>(last);
    }

    std::string expected_ = "SVS";
    std::size_t max_nesting_;
    std::size_t open_ = 0;
    bool too_deep_ = false;
};

/// What is wrong with a text, as the library's readers tell it.
inline std::optional<violation> fault_of(std::string_view text, std::size_t max_nesting)
{
    grammar valid(max_nesting);
    auto const bad = std::find_if_not(text.begin(), text.end(), [&valid](char byte) { return valid.take(byte); });
    auto const offset = static_cast<std::size_t>(bad - text.begin());
    if (valid.too_deep())
        return violation{.code = errc::too_deep, .limit = max_nesting, .offset = offset};
    if (bad != text.end() || !valid.complete())
        return violation{.code = errc::malformed_json, .offset = offset};
    return std::nullopt;
}

} // namespace metapatch::model

#endif
