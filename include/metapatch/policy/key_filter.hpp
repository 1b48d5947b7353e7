// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_POLICY_KEY_FILTER_HPP
#define METAPATCH_POLICY_KEY_FILTER_HPP

#include <metapatch/version.hpp>

#include <array>
#include <concepts>

namespace metapatch {

/// Which keys a rule need not be asked about, because it is known to admit them: those that hold none of a few bytes.
///
/// A rule of yours may have a member function `filter()` that gives one, so that texts are read faster; without it, it
/// is asked about every key.
struct key_filter {
    /// What stands in place of a byte where there are fewer: no key holds it without an escape, and a key that holds an
    /// escape is asked about in any case.
    static constexpr char no_byte = '"';

    std::array<char, 2> suspects{no_byte, no_byte}; ///< bytes of ASCII
    bool knows_first_level = false; ///< a key of the field's own members that holds no suspect is admitted
    bool knows_nested = false;      ///< a key of what is inside of their values that holds no suspect is admitted

    bool operator==(key_filter const&) const = default;

    /// The filter of a rule that admits what both of two rules admit.
    constexpr key_filter operator&(key_filter const& other) const noexcept
    {
        auto const& suspected = other.suspects_none() ? suspects : other.suspects;
        if (!suspects_none() && !suspects_are(suspected))
            return {}; // more bytes than there is room for
        return {suspected, knows_first_level && other.knows_first_level, knows_nested && other.knows_nested};
    }

    /// Byte by byte: a comparison of arrays calls a function of the library.
    constexpr bool suspects_are(std::array<char, 2> const& those) const noexcept
    {
        return suspects[0] == those[0] && suspects[1] == those[1];
    }

    constexpr bool suspects_none() const noexcept { return suspects[0] == no_byte && suspects[1] == no_byte; }
};

namespace detail {

/// What a rule tells, or a filter that lets no key pass.
template<class Rule>
constexpr key_filter filter_of(Rule const& rule) noexcept
{
    if constexpr (requires {
                      {
                          rule.filter()
                          } -> std::same_as<key_filter>;
                  })
        return rule.filter();
    else
        return {};
}

} // namespace detail

} // namespace metapatch

#endif
