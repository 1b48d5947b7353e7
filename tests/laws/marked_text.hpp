// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_LAWS_MARKED_TEXT_HPP
#define METAPATCH_TESTS_LAWS_MARKED_TEXT_HPP

#include "random.hpp"
#include "widening.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace metapatch::laws {

/// Writes short texts that are full of structure, with marks among it that stand for something longer.
class marked_writer {
public:
    /// @param marks  whether there are any
    explicit marked_writer(model::generator& random, bool marks = true) : random_(random), marks_(marks) {}

    std::string object(std::size_t levels = 4)
    {
        std::string out = space() + "{" + space();
        for (std::size_t i = 0, n = random_.below(random_.one_in(8) ? 24 : 8); i < n; ++i) {
            out += i > 0 ? "," : "";
            out += space();
            if (marks_ && random_.one_in(12)) {
                out += stand_ins.back().mark; // members
                continue;
            }
            out += key();
            out += space() + ":";
            out += space();
            // Often the first one, so that what is behind it can be put anywhere.
            out += marks_ && i == 0 && !random_.one_in(4) ? std::string(chosen(marked_values)) : value(levels - 1);
            out += space();
        }
        return out + "}" + space();
    }

    std::string value(std::size_t levels)
    {
        static constexpr std::array<std::string_view, 9> plain{
            "null", "true", "false", "0", "-12", "18446744073709551615", "\"\"", "\"\\\\\"", "\",{\""};
        if (levels == 0 || !random_.one_in(4))
            return std::string(marks_ && random_.one_in(2) ? chosen(marked_values) : chosen(plain));
        if (random_.one_in(2))
            return object(levels);
        std::string out = "[" + space();
        for (std::size_t i = 0, n = random_.below(4); i < n; ++i) {
            out += i > 0 ? "," : "";
            out += value(levels - 1);
            out += space();
        }
        return out + "]";
    }

    /// One byte other, gone, or more; or the text cut off.
    /// @return where
    std::size_t damage(std::string& out)
    {
        static constexpr std::string_view structure = "{}[],:\"";
        auto at = random_.below(out.size());
        if (random_.one_in(2)) // what tokens follow each other is told at their first bytes
            at = std::min(out.find_first_of(structure, at), out.size() - 1);
        switch (random_.below(6)) {
        case 0:
            out[at] = static_cast<char>(random_.next());
            break;
        case 1:
            out[at] = structure[random_.below(structure.size())];
            break;
        case 2:
            out.erase(at, 1);
            break;
        case 3:
            out.resize(at);
            break;
        default:
            out.insert(at, 1, "{}[],:\"\\\x1F\xC3\xED\xF4"[random_.below(12)]);
        }
        return at;
    }

private:
    static constexpr std::array<std::string_view, 7> marked_values{"\"\\\"]\x7F\"",
                                                                   "\"\xC3\xA9\xF0\x9F\x98\x80\x7F\xE2\x82\xAC\"",
                                                                   "\"\x7F\\u00e9\\ud83d\\ude00Z\"",
                                                                   "\"\x7F\"",
                                                                   "1.5",
                                                                   "[0]",
                                                                   "[\"s\"]"};

    template<std::size_t Count>
    std::string_view chosen(std::array<std::string_view, Count> const& from)
    {
        return from[random_.below(Count)];
    }

    std::string space()
    {
        static constexpr std::array<std::string_view, 3> plain{" ", "\n", "\t "};
        if (!random_.one_in(3))
            return "";
        return std::string(marks_ && random_.one_in(3) ? "\r" : chosen(plain));
    }

    std::string key()
    {
        static constexpr std::array<std::string_view, 10> plain{"a",    "b", "c", "d",        "\\u0061",
                                                                "\\\\", "",  "e", "\xC3\xA9", "blocked"};
        static constexpr std::array<std::string_view, 5> marked{"Z", "aZ", "k\x7F", "\x7F", "\\\"Z"};
        return '"' + std::string(marks_ && random_.one_in(3) ? chosen(marked) : chosen(plain)) + '"';
    }

    model::generator& random_;
    bool marks_;
};

} // namespace metapatch::laws

#endif
