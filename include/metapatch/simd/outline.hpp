// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SIMD_OUTLINE_HPP
#define METAPATCH_SIMD_OUTLINE_HPP

#include <metapatch/json/open_keys.hpp>
#include <metapatch/simd/is_json.hpp>

#include <array>
#include <cstddef>
#include <string_view>

namespace metapatch::detail {

/// Check a text, and tell of its keys and containers on the way.
///
/// @param room     used while reading; what it holds is lost
/// @param visitor  is told, in the order of the text, of
///                 `key(begin, colon, level)`    a key: where the quote in front of it is, and the colon behind it; 1
///                                               in the outermost object. Gives what it means, which must live as long
///                                               as the reading; or a view of nullptr, then it is not compared with
///                                               others
///                 `open(at, level)`             a bracket that opens a container; 1 for the outermost
///                 `close(at, level, repeats)`   the one that closes it, and whether it held a key twice
/// @return whether the text is JSON; where it is not, what was told means nothing
template<class Visitor>
[[gnu::flatten]] bool read_outline(std::string_view text, std::size_t max_nesting, scan_with instructions,
                                   key_room& room, Visitor& visitor)
{
    json_check::memory memory;
    search_run<json_check> check({text, max_nesting, nullptr, &memory});
    auto const find = place_finder<json_check>(instructions);
    std::array<std::size_t, places_at_once> places; // left uninitialised until they are found
    open_keys keys(room);
    std::size_t string = 0; // where the last one begins
    auto const take_key = [&](std::size_t colon) {
        auto const key = visitor.key(string, colon, keys.level());
        if (key.data() != nullptr)
            keys.add(key);
    };
    while (!check.so_far().done) {
        auto const found = find(check, places.data());
        for (std::size_t i = 0; i < found; ++i) {
            auto const at = places[i];
            char const what = text[at];
            if (what == '"') {
                string = at;
                // A key mostly has its colon next: one question for both.
                if (i + 1 < found && text[places[i + 1]] == ':')
                    take_key(places[++i]);
            } else if (what == ':') {
                take_key(at);
            } else if (what == '{' || what == '[') {
                keys.open();
                visitor.open(at, keys.level());
            } else {
                auto const level = keys.level();
                visitor.close(at, level, keys.close());
            }
        }
    }
    return check.so_far().fine;
}

} // namespace metapatch::detail

#endif
