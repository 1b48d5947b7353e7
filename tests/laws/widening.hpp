// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_LAWS_WIDENING_HPP
#define METAPATCH_TESTS_LAWS_WIDENING_HPP

#include "random.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Makes long texts of short ones, about which the same can be said.
///
/// The library passes a text in steps of many kilobytes. Texts of that length are slow to make, to check and to fuzz, and
/// chance seldom puts anything of interest at the end of a step. So a short text is made, and a few marks in it, such as a
/// carriage return, stand for something of the same kind and of any length, such as white space.
namespace metapatch::laws {

/// A mark and what it stands for: the head, fillers, units, and the tail.
///
/// Wherever a text holds the mark, be it valid or not, the longer form can take its place: the text is as valid as before,
/// its first fault is the same byte, and of members by one name the last is the same. So the head begins with what of the
/// mark can be a fault, and no form has a meaning behind a backslash, where the mark has none.
struct stand_in {
    std::string_view mark;
    std::string_view head;
    char filler;
    std::array<std::string_view, 6> units; ///< an empty one is none
    std::string_view tail;
};

inline constexpr std::array<stand_in, 7> stand_ins{{
    {"\r", "\n", ' ', {" ", "\t", "\r\n", "\n"}, ""},                                          // white space
    {"\x7F", "\x7F", 'x', {"{[", "]},:", "\\\"", "\\\\", "\xC3\xA9", "\xF0\x9F\x98\x80"}, ""}, // in a string
    {"Z", "Z", 'z', {"Y", "3"}, ""}, // in a string; rules for keys admit both or neither
    {"1.5", "1.5", '5', {}, ""},
    {"[0]", "[0,1", '1', {",-7", ",null", ",5E1", ",true"}, "]"}, // without a point: it may stand in a key, too
    {"[\"s\"]", "[\"s\",\"", 'x', {"\",\"", "\",\"t", "\",\"\\\\", "\\\\"}, "\"]"},
    // Two are not enough: the first quote may be escaped, so that the first key is another.
    {R"("d":0,"d":0,"d":0)", R"("d":0,"d":0,"d":0)", ' ', {R"(,"d":0)", R"(,"d":"")", R"(, "d":7)"}, R"(,"d":0)"},
}};

class widening {
public:
    using lengths = std::array<std::size_t, stand_ins.size()>;

    /// @param bytes  of the form that stands for each mark; where that is too short, the mark is left as it is
    /// @param seed   chooses the units
    explicit widening(lengths const& bytes, std::uint64_t seed) : lengths_(bytes)
    {
        model::generator random(seed);
        for (std::size_t i = 0; i < forms_.size(); ++i)
            forms_[i] = form(stand_ins[i], bytes[i], random);
    }

    /// The long text.
    std::string of(std::string_view text) const
    {
        std::string out;
        each_piece(text, [&out](std::string_view, std::string_view longer) { out += longer; });
        return out;
    }

    /// Where a byte of the short text is in the long one.
    std::size_t place(std::string_view text, std::size_t at) const
    {
        std::size_t place = at;
        each_piece(text.substr(0, at), [&place](std::string_view piece, std::string_view longer) {
            place += longer.size() - piece.size();
        });
        return place;
    }

    /// The lengths that let a byte of the short text land at a place in the long one, or some bytes before that, where a
    /// mark stands before it. Those for one of these marks change, one that is seldom in the text.
    lengths landing(std::string_view text, std::size_t at, std::size_t place, std::size_t choice) const
    {
        auto const before = occurrences(text.substr(0, at));
        auto const all = occurrences(text);
        std::vector<std::size_t> fewest;
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (before[i] == 0)
                continue;
            if (!fewest.empty() && all[i] < all[fewest[0]])
                fewest.clear();
            if (fewest.empty() || all[i] == all[fewest[0]])
                fewest.push_back(i);
        }
        auto changed = lengths_;
        if (fewest.empty())
            return changed;
        auto const mark = fewest[choice % fewest.size()];
        auto const rest = this->place(text, at) - before[mark] * forms_[mark].size();
        changed[mark] = (place - std::min(place, rest)) / before[mark];
        return changed;
    }

private:
    static std::string form(stand_in const& of, std::size_t bytes, model::generator& random)
    {
        if (bytes < of.head.size() + of.tail.size() || bytes <= of.mark.size())
            return std::string(of.mark);
        auto left = bytes - of.head.size() - of.tail.size();
        std::string units;
        auto fillers = random.one_in(3) ? left : random.below(left + 1);
        for (left -= fillers; left > 0;) {
            auto const& unit = of.units[random.below(of.units.size())];
            if (unit.empty() || unit.size() > left) {
                ++fillers;
                --left;
                continue;
            }
            units += unit;
            left -= unit.size();
        }
        return std::string(of.head).append(fillers, of.filler).append(units) += of.tail;
    }

    static std::size_t mark_at(std::string_view text)
    {
        auto const found = std::find_if(stand_ins.begin(), stand_ins.end(),
                                        [text](auto const& each) { return text.starts_with(each.mark); });
        return static_cast<std::size_t>(found - stand_ins.begin());
    }

    std::array<std::size_t, stand_ins.size()> occurrences(std::string_view text) const
    {
        std::array<std::size_t, stand_ins.size()> count{};
        each_piece(text, [&count](std::string_view piece, std::string_view) {
            if (auto const mark = mark_at(piece); mark < count.size())
                ++count[mark];
        });
        return count;
    }

    /// Tell of every mark, and of the bytes between, and of what takes their place.
    template<class Tell>
    void each_piece(std::string_view text, Tell tell) const
    {
        constexpr std::string_view first_bytes = "\r\x7FZ1[\"";
        while (!text.empty()) {
            auto const mark = mark_at(text);
            bool const found = mark < stand_ins.size();
            auto const bytes = found ? stand_ins[mark].mark.size() : text.find_first_of(first_bytes, 1);
            auto const piece = text.substr(0, bytes);
            tell(piece, found ? std::string_view(forms_[mark]) : piece);
            text.remove_prefix(piece.size());
        }
    }

    lengths lengths_;
    std::array<std::string, stand_ins.size()> forms_;
};

} // namespace metapatch::laws

#endif
