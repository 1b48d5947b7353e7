// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_JSON_TEXT_HPP
#define METAPATCH_JSON_TEXT_HPP

#include <metapatch/json/nearest_double.hpp>
#include <metapatch/json/scan.hpp>
#include <metapatch/json/sorted_keys.hpp>
#include <metapatch/json/walk.hpp>
#include <metapatch/outcome/violation.hpp>

#include <algorithm>
#include <array>
#include <boost/json/object.hpp>
#include <boost/json/storage_ptr.hpp>
#include <boost/json/value.hpp>
#include <boost/json/value_stack.hpp>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace metapatch {

/// What the same key twice in an object of a text means.
enum class duplicate_keys : std::uint8_t {
    last_wins, ///< the last value, in the place of the first; as JavaScript has it
    rejected,  ///< `errc::duplicate_key`
};

/// How texts are read.
struct read_rules {
    std::size_t max_nesting = 512; ///< levels of containers, at most `nesting_ceiling`; the field's object is level 1
    duplicate_keys duplicates = duplicate_keys::last_wins;
    std::size_t max_violations = report::usual_max_size; ///< that a report lists, at least one; the others are counted
};

/// The state of a field: absent, or present with an object.
using state = std::optional<boost::json::object>;

namespace detail {

inline violation text_error(scanner const& scan, read_rules rules)
{
    if (scan.error() == errc::too_deep)
        return {.code = errc::too_deep, .limit = std::min(rules.max_nesting, nesting_ceiling), .offset = scan.offset()};
    return {.code = scan.error(), .offset = scan.offset()};
}

/// What is wrong with a text that is no JSON, or nested too deep; empty where nothing is.
[[gnu::cold]] inline report text_error(std::string_view text, read_rules rules)
{
    scanner scan(text, rules.max_nesting);
    for (;;) {
        auto const what = scan.next();
        if (what == token::failed)
            return report(text_error(scan, rules));
        if (what == token::end)
            return report();
    }
}

/// @return whether the number is finite
inline bool push_number(boost::json::value_stack& stack, std::string_view number)
{
    auto const* const first = number.data();
    auto const* const last = first + number.size();
    if (number.find_first_of(".eE") == std::string_view::npos) {
        std::int64_t small = 0;
        if (auto const parsed = std::from_chars(first, last, small); parsed.ec == std::errc{}) {
            stack.push_int64(small);
            return true;
        }
        std::uint64_t large = 0;
        if (auto const parsed = std::from_chars(first, last, large); parsed.ec == std::errc{} && *first != '-') {
            stack.push_uint64(large);
            return true;
        }
    }
    double const real = nearest_double(number);
    stack.push_double(real);
    return std::isfinite(real);
}

/// Keys that are there twice, with their places and in the order of the text.
/// @param told  of each key of the text, whether it is one
inline report duplicates_at(std::string const& told, std::string_view text, read_rules rules)
{
    struct level {
        bool object;
        std::size_t index = 0;
        std::string key{};
    };
    auto found = report::of_at_most(rules.max_violations);
    std::vector<level> levels;
    auto const pointer = [&levels] {
        std::string place;
        for (auto const& each : levels)
            append_pointer_token(place, each.object ? each.key : std::to_string(each.index - 1));
        return place;
    };
    std::size_t number = 0; // of the next key
    scanner scan(text, rules.max_nesting);
    for (auto what = scan.next(); what != token::end && what != token::failed; what = scan.next()) {
        if (what == token::key) {
            levels.back().key.clear();
            append_unescaped(levels.back().key, scan.raw());
            if (told[number++] == 'y')
                found.add({.code = errc::duplicate_key, .pointer = found.full() ? "" : pointer()});
            continue;
        }
        if (what == token::object_end || what == token::array_end) {
            levels.pop_back();
            continue;
        }
        if (!levels.empty())
            ++levels.back().index;
        if (what == token::object_begin || what == token::array_begin)
            levels.push_back({.object = what == token::object_begin});
    }
    return found;
}

/// Every key that an object of the text holds twice, once for each object, where it comes the second time.
inline report duplicates_in(std::string_view text, read_rules rules)
{
    std::vector<ranked_key> keys; // ranked by their object, which is the how manieth to begin
    std::string unescaped;
    unescaped.reserve(text.size()); // what the keys refer to stays where it is
    std::vector<std::size_t> open;
    std::size_t objects = 0;
    scanner scan(text, rules.max_nesting);
    for (auto what = scan.next(); what != token::end && what != token::failed; what = scan.next()) {
        if (what == token::key) {
            auto const begin = unescaped.size();
            append_unescaped(unescaped, scan.raw());
            keys.push_back({open.back(), {unescaped.data() + begin, unescaped.size() - begin}, keys.size()});
        } else if (what == token::object_begin || what == token::array_begin) {
            open.push_back(objects++);
        } else if (what == token::object_end || what == token::array_end) {
            open.pop_back();
        }
    }
    sort_keys(keys.data(), keys.data() + keys.size());
    std::string told(keys.size(), 'n'); // of each key, whether it is the second of its kind
    bool any = false;
    for (std::size_t i = 1, times = 1; i < keys.size(); ++i) {
        times = same_key(keys[i], keys[i - 1]) ? times + 1 : 1;
        if (times == 2) {
            told[keys[i].index] = 'y';
            any = true;
        }
    }
    return any ? duplicates_at(told, text, rules) : report();
}

/// Every number of a value that is not finite.
inline report non_finite_in(boost::json::value const& value, read_rules rules)
{
    auto const non_finite = [](boost::json::value const& v) { return v.is_double() && !std::isfinite(v.get_double()); };
    auto found = report::of_at_most(rules.max_violations);
    if (non_finite(value))
        found.add({.code = errc::number_out_of_range});
    for (value_walk walk(value); walk.next();) {
        if (non_finite(walk.value()))
            found.add({.code = errc::number_out_of_range, .pointer = found.full() ? "" : walk.pointer()});
    }
    return found;
}

/// Read a text, with numbers pushed by `push_number(stack, lexeme)`, which says whether the number is finite.
template<class PushNumber>
result<boost::json::value> read(std::string_view text, read_rules rules, boost::json::storage_ptr storage,
                                PushNumber push_number)
{
    unsigned char scratch[4096];
    boost::json::value_stack stack({}, scratch, sizeof scratch);
    stack.reset(std::move(storage));
    std::array<std::size_t, nesting_ceiling + 1> counts; // of the members in each open container
    counts[0] = 0;
    std::string unescaped;
    bool finite = true;

    scanner scan(text, rules.max_nesting);
    auto const content = [&scan, &unescaped]() -> std::string_view {
        if (!scan.escaped())
            return scan.raw();
        unescaped.clear();
        append_unescaped(unescaped, scan.raw());
        return unescaped;
    };
    for (;;) {
        switch (scan.next()) {
        case token::failed:
            return report(text_error(scan, rules));
        case token::object_begin:
        case token::array_begin:
            counts[scan.depth()] = 0;
            continue; // it counts when it ends
        case token::key:
            stack.push_key(content());
            continue;
        case token::object_end:
            stack.push_object(counts[scan.depth() + 1]);
            break;
        case token::array_end:
            stack.push_array(counts[scan.depth() + 1]);
            break;
        case token::string:
            stack.push_string(content());
            break;
        case token::number:
            finite = push_number(stack, scan.raw()) && finite;
            break;
        case token::true_:
            stack.push_bool(true);
            break;
        case token::false_:
            stack.push_bool(false);
            break;
        case token::null:
            stack.push_null();
            break;
        case token::end: {
            auto value = stack.release();
            auto found = rules.duplicates == duplicate_keys::rejected ? duplicates_in(text, rules) : report();
            if (!finite && found.empty())
                found = non_finite_in(value, rules);
            if (!found.empty())
                return found;
            return value;
        }
        }
        ++counts[scan.depth()];
    }
}

} // namespace detail

/// Read a JSON text into a value.
///
/// Numbers become int64, uint64 or the nearest double, whichever first holds them. So an integer beyond 64 bits, or a
/// number of more digits than a double has, is rounded, and two that differ may become the same: what must not lose
/// digits is for texts (`splice`, `diff` of two texts) or for an `exact_dom`. An object keeps the order of its keys,
/// and of the same key twice what `rules.duplicates` says.
///
/// @param text     UTF-8, no BOM, nothing but white space after the value
/// @param rules    how deep it may nest, what a duplicate key means, and how many violations are listed
/// @param storage  where the value lives
/// Errors:     `malformed_json` with its offset; `too_deep` with the limit and the offset (each of them alone);
///             `duplicate_key` where the rules reject it; `number_out_of_range`; these two with pointers
/// Complexity: O(bytes); with `duplicate_keys::rejected` O(bytes · log(members)). No recursion.
/// Exceptions: std::bad_alloc.
/// Source:     RFC 8259; semantics §3, "Text input".
[[nodiscard]] inline result<boost::json::value> read_value(std::string_view text, read_rules rules = {},
                                                           boost::json::storage_ptr storage = {})
{
    return detail::read(text, rules, std::move(storage), detail::push_number);
}

/// Read the stored text of a field that is present.
///
/// What is stored is not judged by a policy's other rules. A text `null` is no state: absent is for the caller to say.
///
/// Numbers are rounded as by `read_value`: a `diff` of such states says that there is nothing to send where they differ
/// in digits alone that are lost. `diff` of two texts is exact.
///
/// Errors: those of `read_value`, and `expected_object` where the text is valid but no object.
/// Complexity and exceptions as those of `read_value`.
[[nodiscard]] inline result<state> read_state(std::string_view text, read_rules rules = {},
                                              boost::json::storage_ptr storage = {})
{
    auto value = read_value(text, rules, std::move(storage));
    if (!value)
        return std::move(value).error();
    if (!value->is_object())
        return report({.code = errc::expected_object});
    return state(std::move(value->get_object()));
}

} // namespace metapatch

#endif
