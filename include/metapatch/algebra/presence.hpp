// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_ALGEBRA_PRESENCE_HPP
#define METAPATCH_ALGEBRA_PRESENCE_HPP

#include <metapatch/json/equal.hpp>
#include <metapatch/json/text.hpp>

#include <cstdint>

namespace metapatch {

/// Whether it matters that a field is absent or present, where it has no members.
enum class presence : std::uint8_t {
    exact,  ///< absent and `{}` are two states, and a patch leads to the one that is asked for
    either, ///< they are the same: empty. Then no member is ever removed that nobody named, to make a field present
};

namespace detail {

inline boost::json::object const& members_of(state const& field, boost::json::object const& none) noexcept
{
    return field ? *field : none;
}

/// Whether two states are the same.
inline bool equal_states(state const& left, state const& right, presence how = presence::exact)
{
    if (how == presence::exact && left.has_value() != right.has_value())
        return false;
    boost::json::object const none;
    return equal(members_of(left, none), members_of(right, none));
}

} // namespace detail

} // namespace metapatch

#endif
