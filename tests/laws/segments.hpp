// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_LAWS_SEGMENTS_HPP
#define METAPATCH_TESTS_LAWS_SEGMENTS_HPP

#include <cstddef>
#include <metapatch/json/scan.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace metapatch::laws {

/// A first-level member as it stands in a text.
struct segment {
    std::string key{};         ///< unescaped
    std::string_view before{}; ///< from the bracket or comma in front of it to its value, with all white space
    std::string_view value{};
    std::string_view space{}; ///< from its value to the comma or bracket behind it
};

/// The members of a valid text that is an object, each of a duplicate key.
inline std::vector<segment> segments_of(std::string_view text)
{
    std::vector<segment> found;
    scanner scan(text);
    std::size_t begin = 0;
    std::size_t value = 0;
    for (auto what = scan.next(); what != token::end && what != token::failed; what = scan.next()) {
        bool const opens = what == token::object_begin || what == token::array_begin;
        bool const closes = what == token::object_end || what == token::array_end;
        auto const level = scan.depth() - (opens ? 1 : 0);
        if (level == 0) {
            begin = scan.position();
        } else if (what == token::key && level == 1) {
            append_unescaped(found.emplace_back().key, scan.raw());
        } else if (level == 1) {
            value = closes ? value : scan.offset();
            if (opens)
                continue;
            auto const end = text.find_first_of(",}", scan.position());
            auto& made = found.back();
            made.before = text.substr(begin, value - begin);
            made.value = text.substr(value, scan.position() - value);
            made.space = text.substr(scan.position(), end - scan.position());
            begin = end + 1;
        }
    }
    return found;
}

} // namespace metapatch::laws

#endif
