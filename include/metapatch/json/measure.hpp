// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_JSON_MEASURE_HPP
#define METAPATCH_JSON_MEASURE_HPP

#include <metapatch/json/walk.hpp>

#include <array>
#include <boost/json/serializer.hpp>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace metapatch {

namespace detail {

/// What a byte adds to the length of a JSON string beyond itself: `\"` `\\` `\b` `\f` `\n` `\r` `\t` take two bytes,
/// the other control characters six (RFC 8259 §7), everything else stands as it is.
inline constexpr auto escape_cost = [] {
    std::array<std::uint8_t, 256> cost{};
    for (std::size_t c = 0; c < 0x20; ++c)
        cost[c] = 5;
    for (char const c : {'"', '\\', '\b', '\f', '\n', '\r', '\t'})
        cost[static_cast<std::uint8_t>(c)] = 1;
    return cost;
}();

inline std::size_t escapes_cost(std::string_view text) noexcept
{
    std::size_t cost = 0;
    for (char const c : text)
        cost += escape_cost[static_cast<std::uint8_t>(c)];
    return cost;
}

/// Not 0 where any of the eight bytes from `text` on takes an escape.
inline std::uint64_t escape_marks(char const* text) noexcept
{
    constexpr std::uint64_t each = 0x0101010101010101;
    std::uint64_t bytes;
    std::memcpy(&bytes, text, sizeof bytes);
    // A byte less than what is taken from it borrows its high bit. ^2 swaps 0x20 with the quote (0x22), so that this
    // and all control characters are those below 0x21. Only a marked byte borrows from the next.
    auto const quotes_and_controls = (bytes ^ (each * 2)) - each * 0x21;
    auto const backslashes = (bytes ^ (each * '\\')) - each;
    return (quotes_and_controls | backslashes) & ~bytes & (each << 7);
}

/// Whether any byte of `text` takes an escape: hardly any text has one, so eight are asked at once.
inline bool any_escape(std::string_view text) noexcept
{
    if (text.size() < 8)
        return escapes_cost(text) != 0;
    std::uint64_t marks = escape_marks(text.data() + text.size() - 8);
    for (std::size_t i = 0; i + 8 < text.size(); i += 8)
        marks |= escape_marks(text.data() + i);
    return marks != 0;
}

inline std::size_t integer_size(std::uint64_t magnitude) noexcept
{
    std::size_t digits = 1;
    for (; magnitude >= 10'000; magnitude /= 10'000) // a division costs more than the comparisons
        digits += 4;
    return digits + (magnitude >= 10) + (magnitude >= 100) + (magnitude >= 1'000);
}

inline std::size_t double_size(boost::json::value const& number)
{
    // Boost.JSON has no public function for one double; its serializer needs no allocation for a single number.
    char buffer[64];
    boost::json::serializer serializer;
    serializer.reset(&number);
    return serializer.read(buffer, sizeof buffer).size();
}

} // namespace detail

/// The bytes of `text` as a JSON string with the fewest escapes, quotes included. O(bytes), no allocation.
inline std::size_t serialized_string_size(std::string_view text) noexcept
{
    return text.size() + 2 + (detail::any_escape(text) ? detail::escapes_cost(text) : 0);
}

/// The bytes that commas take between `members` members or elements.
constexpr std::size_t separators_size(std::size_t members) noexcept
{
    return members == 0 ? 0 : members - 1;
}

namespace detail {

/// The bytes of a value without what is inside it: a container counts its brackets and commas.
inline std::size_t own_size(boost::json::value const& value)
{
    switch (value.kind()) {
    case boost::json::kind::null:
        return 4;
    case boost::json::kind::bool_:
        return value.get_bool() ? 4 : 5;
    case boost::json::kind::int64: {
        auto const number = value.get_int64();
        auto const bits = static_cast<std::uint64_t>(number);
        return number < 0 ? 1 + integer_size(0 - bits) : integer_size(bits);
    }
    case boost::json::kind::uint64:
        return integer_size(value.get_uint64());
    case boost::json::kind::double_:
        return double_size(value);
    case boost::json::kind::string:
        return serialized_string_size(value.get_string());
    case boost::json::kind::array:
        return 2 + separators_size(value.get_array().size());
    case boost::json::kind::object:
        return 2 + separators_size(value.get_object().size());
    }
    return 0;
}

inline std::size_t inside_size(value_walk& walk)
{
    std::size_t size = 0;
    while (walk.next()) {
        if (walk.has_key())
            size += serialized_string_size(walk.key()) + 1;
        size += own_size(walk.value());
    }
    return size;
}

} // namespace detail

/// The exact number of bytes that `boost::json::serialize(value)` would give, without serializing.
///
/// Complexity: O(n) in the value; no recursion, and no allocation down to `nesting_ceiling` levels.
/// Exceptions: std::bad_alloc, and only below those levels.
inline std::size_t serialized_size(boost::json::value const& value)
{
    auto const own = detail::own_size(value);
    if (!value.is_structured())
        return own;
    value_walk walk(value);
    return own + detail::inside_size(walk);
}

/// The same for an object.
inline std::size_t serialized_size(boost::json::object const& object)
{
    value_walk walk(object);
    return 2 + separators_size(object.size()) + detail::inside_size(walk);
}

/// How deep a value is nested: 0 for a scalar, 1 for `{}` and `{"a":1}`, 2 for `{"a":[]}`.
///
/// Complexity and exceptions as those of `serialized_size`.
inline std::size_t nesting(boost::json::value const& value)
{
    if (!value.is_structured())
        return 0;
    std::size_t deepest = 1;
    for (value_walk walk(value); walk.next();) {
        if (walk.value().is_structured() && walk.level() + 1 > deepest)
            deepest = walk.level() + 1;
    }
    return deepest;
}

} // namespace metapatch

#endif
