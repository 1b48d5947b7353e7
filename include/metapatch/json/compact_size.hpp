// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_JSON_COMPACT_SIZE_HPP
#define METAPATCH_JSON_COMPACT_SIZE_HPP

#include <metapatch/json/measure.hpp>
#include <metapatch/json/open_keys.hpp>
#include <metapatch/json/sorted_keys.hpp>
#include <metapatch/json/text.hpp>

#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <utility>

namespace metapatch {

namespace detail {

/// The compact size of a text, token by token; of no meaning where an object holds a key twice, which is told.
inline result<std::size_t> size_without_duplicates(std::string_view text, read_rules rules, bool& repeats)
{
    key_room room;
    open_keys keys(room);
    std::list<std::string> unescaped; // the keys that held escapes
    std::string content;
    std::size_t size = 0;
    bool comma = false; // before the next key or value
    scanner scan(text, rules.max_nesting);
    for (;;) {
        auto const what = scan.next();
        bool const closes = what == token::object_end || what == token::array_end;
        size += comma && !closes ? 1 : 0;
        comma = true;
        switch (what) {
        case token::failed:
            return report(text_error(scan, rules));
        case token::end:
            return size - 1; // no comma follows
        case token::object_begin:
        case token::array_begin:
            keys.open();
            comma = false;
            break;
        case token::object_end:
        case token::array_end:
            repeats = keys.close();
            if (repeats)
                return size;
            break;
        case token::key:
            comma = false;
            if (scan.escaped()) {
                append_unescaped(unescaped.emplace_back(), scan.raw());
                keys.add(unescaped.back());
                size += serialized_string_size(unescaped.back()) + 1;
            } else {
                keys.add(scan.raw());
                size += scan.raw().size() + 3; // quotes and colon
            }
            continue;
        case token::string:
            if (scan.escaped()) {
                content.clear();
                append_unescaped(content, scan.raw());
                size += serialized_string_size(content);
            } else {
                size += scan.raw().size() + 2;
            }
            continue;
        default:
            break;
        }
        size += scan.raw().size();
    }
}

/// The same of any text: a DOM resolves the duplicates; in it each number is the length of its lexeme.
inline result<std::size_t> size_of_winners(std::string_view text, read_rules rules)
{
    auto const lengths = read(text, rules, {}, [](boost::json::value_stack& stack, std::string_view number) {
        stack.push_uint64(number.size());
        return true;
    });
    if (!lengths)
        return lengths.error();
    auto const own = [](boost::json::value const& value) {
        return value.is_uint64() ? static_cast<std::size_t>(value.get_uint64()) : own_size(value);
    };
    auto size = own(*lengths);
    for (value_walk walk(*lengths); walk.next();)
        size += own(walk.value()) + (walk.has_key() ? serialized_string_size(walk.key()) + 1 : 0);
    return size;
}

} // namespace detail

/// The exact size in bytes of a text in its compact form: no white space, strings with the fewest escapes, numbers as
/// they are written, and of duplicate keys the winner alone. It is never more than `text.size()`.
///
/// Errors:     those of `read_value`, but no number is out of range here
/// Complexity: O(bytes · log(members)); no recursion. Makes a DOM only where a key occurs twice; else it allocates for
///             the keys of the objects that are open at a time, and for strings with escapes
/// Exceptions: std::bad_alloc
/// Source:     semantics §3, "Size"
[[nodiscard]] inline result<std::size_t> compact_size(std::string_view text, read_rules rules = {})
{
    bool repeats = false;
    auto size = detail::size_without_duplicates(text, rules, repeats);
    return repeats ? detail::size_of_winners(text, rules) : std::move(size);
}

} // namespace metapatch

#endif
