// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_RUNNER_SETS_HPP
#define METAPATCH_RUNNER_SETS_HPP

#include <metapatch/json/equal.hpp>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <vector>

namespace metapatch::conformance {

/// Whether two ranges hold the same things, each as often, in any order. O(n²).
template<class Range, class Same>
bool same_in_any_order(Range const& left, Range const& right, Same same)
{
    std::vector<bool> taken(right.size());
    for (auto const& each : left) {
        std::size_t at = 0;
        while (at < right.size() && (taken[at] || !same(each, *(right.begin() + static_cast<std::ptrdiff_t>(at)))))
            ++at;
        if (at == right.size())
            return false;
        taken[at] = true;
    }
    return left.size() == right.size();
}

/// Whether two values are the same, where arrays in them stand for sets.
inline bool same_sets(boost::json::value const& left, boost::json::value const& right)
{
    if (left.is_array() && right.is_array())
        return same_in_any_order(left.get_array(), right.get_array(), same_sets);
    return equal(left, right);
}

/// Whether two values are the same, and so is the order of their keys.
inline bool same_in_order(boost::json::value const& left, boost::json::value const& right)
{
    if (left.is_array() && right.is_array())
        return std::ranges::equal(left.get_array(), right.get_array(), same_in_order);
    if (left.is_object() && right.is_object())
        return std::ranges::equal(left.get_object(), right.get_object(), [](auto const& one, auto const& other) {
            return one.key() == other.key() && same_in_order(one.value(), other.value());
        });
    return equal(left, right);
}

} // namespace metapatch::conformance

#endif
