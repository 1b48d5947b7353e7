// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_UNIT_SIMD_RANDOM_OBJECT_HPP
#define METAPATCH_TESTS_UNIT_SIMD_RANDOM_OBJECT_HPP

#include "../../laws/random.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace metapatch::test {

/// A valid object of a few hundred bytes, whose keys are `aa`, `b` and `other`: they, and brackets, stand in strings too.
inline std::string random_keyed_object(model::generator& random)
{
    std::string text = "{";
    std::string closers = "}";
    bool first = true;
    for (auto left = random.below(60); left > 0; --left) {
        if (closers.size() > 1 && random.one_in(4)) {
            text += closers.back();
            closers.pop_back();
            first = false;
            continue;
        }
        text += first ? "" : random.one_in(5) ? " , " : ",";
        first = false;
        if (closers.back() == '}')
            text += random.one_in(3) ? "\"aa\":" : random.one_in(2) ? "\"b\" : " : "\"other\":";
        auto const kind = random.below(5);
        if (kind < 2) {
            text += kind == 0 ? '{' : '[';
            closers += kind == 0 ? '}' : ']';
            first = true;
        } else {
            text += kind == 2 ? "\"aa\"" : kind == 3 ? "\"}\\\"{\"" : std::string(random.below(80), ' ') + "1";
        }
    }
    return text.append(closers.rbegin(), closers.rend());
}

/// A member of such an object, or of one inside of it, or a container of it.
struct read_part {
    std::string_view key; ///< of a member
    std::size_t begin;    ///< of the quote that begins the key; of the bracket that opens the container
    std::size_t end;      ///< of the comma or bracket behind the member; of the bracket that closes the container
    std::size_t level;    ///< how many containers are open there, a container itself too
};

/// All of them, as they are read byte by byte.
inline std::vector<read_part> read_parts(std::string_view text)
{
    std::vector<read_part> done;
    std::vector<read_part> open; // containers, and the member of each that is read
    auto const end_member = [&](std::size_t at) {
        if (!open.empty() && !open.back().key.empty()) {
            done.push_back(open.back());
            done.back().end = at;
            open.pop_back();
        }
    };
    std::size_t level = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        char const c = text[at];
        if (c == '"') {
            auto end = at + 1;
            while (text[end] != '"')
                end += text[end] == '\\' ? 2 : 1;
            if (text[text.find_first_not_of(' ', end + 1)] == ':')
                open.push_back({text.substr(at + 1, end - at - 1), at, 0, level});
            at = end;
        } else if (c == '{' || c == '[') {
            open.push_back({{}, at, 0, ++level});
        } else if (c == ',') {
            end_member(at);
        } else if (c == '}' || c == ']') {
            end_member(at);
            done.push_back(open.back());
            done.back().end = at;
            open.pop_back();
            --level;
        }
    }
    return done;
}

} // namespace metapatch::test

#endif
