// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_PATCH_MERGE_PATCH_HPP
#define METAPATCH_PATCH_MERGE_PATCH_HPP

#include <metapatch/patch/merge.hpp>
#include <metapatch/patch/validate.hpp>

#include <boost/json/value.hpp>
#include <cmath>
#include <concepts>
#include <type_traits>
#include <utility>

namespace metapatch {

/// RFC 7396 JSON Merge Patch, in place, on any JSON values.
///
/// @param target  any value; keeps its storage and the order of the keys that stay
/// @param patch   any value; not part of `target`; intact when refused. The values of an rvalue are moved where both
///                live in the same storage
/// Errors:        of the patch alone, and then nothing has changed: `too_deep` beyond `nesting_ceiling` levels;
///                `malformed_json` (a string that is no UTF-8) and `number_out_of_range` (NaN, infinity) with pointers
/// Complexity:    O(patch) expected, and one pass over each object that loses members; no recursion of its own
/// Exceptions:    std::bad_alloc. Strong guarantee.
/// Source:        RFC 7396 §2
template<class Patch>
    requires std::same_as<std::remove_cvref_t<Patch>, boost::json::value> result<void>
    merge_patch(boost::json::value& target, Patch&& patch)
    {
        auto rules = rfc7396;
        rules.read.max_nesting = nesting_ceiling;
        report found;
        value_walk walk(patch);
        detail::check_inside(walk, rules, found, detail::numbers_are::meant);
        if (patch.is_string() && !is_utf8(patch.get_string()))
            found.add({.code = errc::malformed_json});
        if (patch.is_double() && !std::isfinite(patch.get_double()))
            found.add({.code = errc::number_out_of_range});
        if (!found.empty())
            return found;

        if (!patch.is_object()) {
            target = std::forward<Patch>(patch);
            return {};
        }
        boost::json::object made(target.storage());
        auto& into = target.is_object() ? target.get_object() : made;
        using source = std::conditional_t<std::is_lvalue_reference_v<Patch> || std::is_const_v<Patch>,
                                          boost::json::object const, boost::json::object>;
        source& members = patch.get_object();
        detail::merge<source> merging(into, members, unlimited);
        merging.prepare();
        merging.commit();
        if (!target.is_object())
            target = std::move(made);
        return {};
    }

/// What `merge_patch` would make of the target, as a new value in the target's storage. The patch may be anything
/// that a value can be made of; the values of an rvalue are moved.
template<class Patch = boost::json::value>
    requires std::convertible_to<Patch, boost::json::value>
[[nodiscard]] result<boost::json::value> merge_patched(boost::json::value target, Patch&& patch)
{
    if constexpr (std::same_as<std::remove_cvref_t<Patch>, boost::json::value>) {
        if (auto done = merge_patch(target, std::forward<Patch>(patch)); !done)
            return std::move(done).error();
        return target;
    } else {
        return merge_patched(std::move(target), boost::json::value(std::forward<Patch>(patch)));
    }
}

} // namespace metapatch

#endif
