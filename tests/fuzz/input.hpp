// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_FUZZ_INPUT_HPP
#define METAPATCH_TESTS_FUZZ_INPUT_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <metapatch/policy/policy.hpp>
#include <optional>
#include <string_view>

/// What the bytes of an input mean, so that inputs are files that people can read and write:
///
///     0200030            a line of knobs: each character turns one, and `0` leaves it
///     {"a":1}^{"b":2}    the stored text, a byte 0x1E (here `^`), and the patch; without that byte the field is absent
namespace metapatch::fuzz {

class knobs {
public:
    explicit knobs(std::string_view line) noexcept : line_(line) {}

    /// How far the next knob is turned: `0` to `9` are 0 to 9, and so on to 255; 0 behind the last one.
    std::size_t turn() noexcept
    {
        if (line_.empty())
            return 0;
        auto const by = static_cast<std::uint8_t>(line_.front() - '0');
        line_.remove_prefix(1);
        return by;
    }

    /// Set a limit: `1` to `9` to 0 to 8, and what is beyond to the most that there is.
    void limit(std::size_t& limit, std::size_t most = unlimited) noexcept
    {
        if (auto const by = turn(); by > 0)
            limit = by > 9 ? most : by - 1;
    }

    /// Choose one of the first values of an enumeration.
    template<class Enum>
    void choose(Enum& chosen, std::size_t values) noexcept
    {
        if (auto const by = turn(); by > 0)
            chosen = static_cast<Enum>((by - 1) % values);
    }

private:
    std::string_view line_;
};

/// Take the first line of what is left of an input.
inline std::string_view take_line(std::string_view& rest) noexcept
{
    auto const line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    return line;
}

struct texts {
    std::optional<std::string_view> stored{};
    std::string_view patch{};
};

inline texts split(std::string_view both) noexcept
{
    auto const stored_end = both.find('\x1E');
    if (stored_end == std::string_view::npos)
        return {std::nullopt, both};
    return {both.substr(0, stored_end), both.substr(stored_end + 1)};
}

struct input {
    knobs line;
    std::optional<std::string_view> stored{};
    std::string_view patch{};
};

inline std::string_view bytes(std::uint8_t const* data, std::size_t size) noexcept
{
    return {reinterpret_cast<char const*>(data), size};
}

inline input split(std::uint8_t const* data, std::size_t size) noexcept
{
    auto rest = bytes(data, size);
    knobs const line(take_line(rest));
    auto const [stored, patch] = split(rest);
    return {line, stored, patch};
}

/// How to merge, with what the knobs change: in this order the depth, what `{}` does, what `null` does, what remains of a
/// cleared field.
inline merge_rules turned(merge_rules made, knobs& by) noexcept
{
    by.limit(made.depth);
    by.choose(made.on_empty, 2);
    by.choose(made.on_null, 2);
    by.choose(made.cleared, 2);
    return made;
}

/// The policy with what the knobs change: in this order how to merge; the most members, code points of a key, bytes (in
/// tens), types of values, code points of a value; the deepest nesting, and duplicates.
template<key_rule Keys>
policy<Keys> turned(policy<Keys> made, knobs& by) noexcept
{
    made.merge = turned(made.merge, by);
    by.limit(made.limits.max_members);
    by.limit(made.limits.max_key_code_points);
    if (auto const tens = by.turn(); tens > 0)
        made.limits.max_bytes = 10 * tens;
    by.choose(made.limits.values, 3);
    by.limit(made.limits.max_value_code_points);
    by.limit(made.read.max_nesting, nesting_ceiling);
    by.choose(made.read.duplicates, 2);
    return made;
}

} // namespace metapatch::fuzz

#endif
