// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_ALGEBRA_CONVERT_HPP
#define METAPATCH_ALGEBRA_CONVERT_HPP

#include <metapatch/algebra/diff.hpp>
#include <metapatch/algebra/json_patch.hpp>
#include <metapatch/patch/merge_patch.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <utility>

namespace metapatch {

/// The patch of the policy that has the effect of an RFC 7396 merge patch on what is stored.
///
/// A merge patch names what changes at every depth; sent to a field that merges its first level alone, it would replace
/// the objects that it means to change.
///
/// @param stored       the field as it is
/// @param merge_patch  as RFC 7396 has it: `{}` changes nothing, and nulls remove at every depth
/// @param how          whether it matters that the field is absent then, or `{}`
/// @return             p with `apply(stored, p) == merge_patched(stored, merge_patch)`, with the fewest members
/// Errors:             `expected_object` where the merge patch is none; those of `merge_patch`; those of `diff`
/// Complexity:         O(n) in both expected; no recursion of its own. What is stored is copied once
/// Exceptions:         std::bad_alloc
/// Source:             semantics §5; RFC 7396
template<key_rule Keys>
[[nodiscard]] result<patch> deepen(state const& stored, boost::json::value const& merge_patch,
                                   policy<Keys> const& policy, presence how = presence::exact,
                                   boost::json::storage_ptr storage = {})
{
    if (!merge_patch.is_object())
        return report({.code = errc::expected_object});
    boost::json::value target = stored ? *stored : boost::json::object();
    if (auto done = metapatch::merge_patch(target, merge_patch); !done)
        return std::move(done).error();
    return diff(stored, state(std::move(target.get_object())), policy, how, std::move(storage));
}

/// The patch of the policy that has the effect of an RFC 6902 JSON Patch on what is stored.
///
/// @param stored      the field as it is; where it is absent, only what adds to "" succeeds
/// @param operations  the JSON Patch, its `test` operations included. One that removes "" asks for an absent field
/// Errors:            those of `json_patched`; `expected_object` where it leaves another value; those of `diff`
/// Complexity:        that of `json_patched`, O(n log n), and O(n) in what is stored, which is copied once
/// Exceptions:        std::bad_alloc
/// Source:            semantics §5; RFC 6902
template<key_rule Keys>
[[nodiscard]] result<patch> deepen_json_patch(state const& stored, boost::json::value const& operations,
                                              policy<Keys> const& policy, presence how = presence::exact,
                                              boost::json::storage_ptr storage = {})
{
    auto target = json_patched(stored ? std::optional<boost::json::value>(*stored) : std::nullopt, operations);
    if (!target)
        return std::move(target).error();
    if (*target && !(*target)->is_object())
        return report({.code = errc::expected_object});
    return diff(stored, *target ? state(std::move((*target)->get_object())) : state(), policy, how, std::move(storage));
}

} // namespace metapatch

#endif
