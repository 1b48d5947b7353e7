// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_JSON_SORTED_KEYS_HPP
#define METAPATCH_JSON_SORTED_KEYS_HPP

#include <metapatch/version.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

/// Keys in an order in which equal ones are neighbours. They are sorted rather than hashed: there is no hash that a
/// text could aim at.
namespace metapatch::detail {

/// A key among others.
struct ranked_key {
    std::uint64_t rank; ///< what is sorted by first, such as the key's fingerprint, or a number of its object
    std::string_view key;
    std::size_t index = 0; ///< of what the key is of; among equal keys, the least comes first
};

inline bool same_key(ranked_key const& a, ranked_key const& b) noexcept
{
    return a.rank == b.rank && a.key == b.key;
}

/// By rank, key and index; O(n log n). One function for all that sort keys, for every inclusion compiles each sort.
inline void sort_keys(ranked_key* first, ranked_key* last)
{
    std::sort(first, last, [](ranked_key const& a, ranked_key const& b) {
        if (a.rank != b.rank)
            return a.rank < b.rank;
        int const order = a.key.compare(b.key);
        return order != 0 ? order < 0 : a.index < b.index;
    });
}

} // namespace metapatch::detail

#endif
