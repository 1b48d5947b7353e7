// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_FUZZ_INPUT_HPP
#define METAPATCH_TESTS_FUZZ_INPUT_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <metapatch/policy.hpp>
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

struct input {
    knobs line;
    std::optional<std::string_view> stored{};
    std::string_view patch{};
};

inline input split(std::uint8_t const* data, std::size_t size)
{
    std::string_view const all(reinterpret_cast<char const*>(data), size);
    auto const line_end = std::min(all.find('\n'), all.size());
    auto const texts = all.substr(std::min(line_end + 1, all.size()));
    input parts{knobs(all.substr(0, line_end))};
    auto const stored_end = texts.find('\x1E');
    if (stored_end == std::string_view::npos)
        parts.patch = texts;
    else
        parts = {parts.line, texts.substr(0, stored_end), texts.substr(stored_end + 1)};
    return parts;
}

/// The policy with what the knobs change: in this order the depth, what `{}` does, what `null` does, what remains of a
/// cleared field; the most members, code points of a key, bytes (in tens), types of values, code points of a value; the
/// deepest nesting, and duplicates.
template<key_rule Keys>
policy<Keys> turned(policy<Keys> made, knobs& by) noexcept
{
    by.limit(made.merge.depth);
    by.choose(made.merge.on_empty, 2);
    by.choose(made.merge.on_null, 2);
    by.choose(made.merge.cleared, 2);
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
