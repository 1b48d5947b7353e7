// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SIMD_OUTLINE_HPP
#define METAPATCH_SIMD_OUTLINE_HPP

#include <metapatch/json/open_keys.hpp>
#include <metapatch/json/sorted_keys.hpp>
#include <metapatch/simd/is_json.hpp>

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

namespace metapatch::detail {

/// Check a text that is an object, and tell of its members and of the keys inside of them on the way.
///
/// @param text     must begin with a bracket that opens an object, behind white space
/// @param room     used while reading; what it holds is lost
/// @param visitor  is told, in the order of the text, of
///                 `begin_member(raw, begin, colon)`  a member: its key as it stands between the quotes, where the
///                                                    first of these is, and where the colon is
///                 `nested_key(raw, level)`           a key inside of the last member, 2 for the level below it; gives
///                                                    what it means, which must live as long as the reading
///                 `repeated_key()`                   an object inside of the last member that holds a key twice
///                 `end_member(end)`                  the comma or bracket behind the last member
/// @return whether the text is JSON; where it is not, what was told means nothing
template<class Visitor>
bool read_outline(std::string_view text, std::size_t max_nesting, scan_with instructions, std::vector<ranked_key>& room,
                  Visitor& visitor)
{
    json_check::memory memory;
    search_run<json_check> check({text, max_nesting, nullptr, &memory});
    auto const find = place_finder<json_check>(instructions);
    std::array<std::size_t, places_at_once> places; // left uninitialised until they are found
    open_keys keys(room);
    std::size_t string = 0; // where the last one begins
    bool in_member = false;
    while (!check.so_far().done) {
        auto const found = find(check, places.data());
        for (std::size_t i = 0; i < found; ++i) {
            auto const at = places[i];
            switch (text[at]) {
            case '"':
                string = at;
                break;
            case ':': {
                std::string_view const raw(text.data() + string + 1, before_space(text, string, at) - string - 2);
                if (keys.level() > 1)
                    keys.add(visitor.nested_key(raw, keys.level()));
                else
                    visitor.begin_member(raw, string, at);
                in_member = true;
                break;
            }
            case ',':
                visitor.end_member(at);
                break;
            case '{':
            case '[':
                keys.open();
                break;
            default:
                if (keys.level() == 1 && in_member)
                    visitor.end_member(at);
                if (keys.close())
                    visitor.repeated_key();
            }
        }
    }
    return check.so_far().fine;
}

} // namespace metapatch::detail

#endif
