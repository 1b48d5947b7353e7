// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_JSON_EQUAL_HPP
#define METAPATCH_JSON_EQUAL_HPP

#include <metapatch/version.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace metapatch {

namespace detail {

/// A JSON number split so that equal numbers have equal parts: integers are exact, a double that is no integer of
/// 64 bits stays a double.
struct number_parts {
    bool negative;
    std::uint64_t magnitude; ///< of an integer
    double real;             ///< 0 for an integer

    bool operator==(number_parts const&) const = default;
};

inline number_parts parts_of(boost::json::value const& number) noexcept
{
    if (auto const* i = number.if_int64()) {
        auto const bits = static_cast<std::uint64_t>(*i);
        return {*i < 0, *i < 0 ? 0 - bits : bits, 0};
    }
    if (auto const* u = number.if_uint64())
        return {false, *u, 0};
    double const real = number.get_double();
    double const size = std::fabs(real);
    if (size < 18446744073709551616.0 && std::trunc(size) == size)
        return {real < 0, static_cast<std::uint64_t>(size), 0};
    return {false, 0, real};
}

} // namespace detail

/// Whether two values are the same JSON value: the order of members is insignificant, and numbers are equal by value,
/// whatever they are stored as (1, 1u and 1.0 are equal; 9007199254740993 and 9007199254740992.0 are not).
///
/// NaN equals nothing. Boost.JSON's own `==` tells 1 from 1.0, and recurses.
///
/// Complexity: O(n) expected in the smaller value; no recursion. Allocates O(width of the open containers).
/// Exceptions: std::bad_alloc.
inline bool equal(boost::json::value const& left, boost::json::value const& right)
{
    using pair = std::pair<boost::json::value const*, boost::json::value const*>;
    auto const same_here = [](boost::json::value const& a, boost::json::value const& b, std::vector<pair>& inside) {
        if (a.is_number() && b.is_number())
            return detail::parts_of(a) == detail::parts_of(b);
        if (a.kind() != b.kind())
            return false;
        switch (a.kind()) {
        case boost::json::kind::bool_:
            return a.get_bool() == b.get_bool();
        case boost::json::kind::string:
            return a.get_string() == b.get_string();
        case boost::json::kind::array: {
            auto const& x = a.get_array();
            auto const& y = b.get_array();
            for (std::size_t i = 0; x.size() == y.size() && i < x.size(); ++i)
                inside.emplace_back(&x[i], &y[i]);
            return x.size() == y.size();
        }
        case boost::json::kind::object:
            if (a.get_object().size() != b.get_object().size())
                return false;
            for (auto const& member : a.get_object()) {
                auto const* other = b.get_object().if_contains(member.key());
                if (other == nullptr)
                    return false;
                inside.emplace_back(&member.value(), other);
            }
            return true;
        default:
            return true; // null
        }
    };

    std::vector<pair> pending;
    if (!same_here(left, right, pending))
        return false;
    while (!pending.empty()) {
        auto const [a, b] = pending.back();
        pending.pop_back();
        if (!same_here(*a, *b, pending))
            return false;
    }
    return true;
}

/// The same for objects.
inline bool equal(boost::json::object const& left, boost::json::object const& right)
{
    if (left.size() != right.size())
        return false;
    for (auto const& member : left) {
        auto const* other = right.if_contains(member.key());
        if (other == nullptr || !equal(member.value(), *other))
            return false;
    }
    return true;
}

} // namespace metapatch

#endif
