// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_PATCH_VALIDATE_HPP
#define METAPATCH_PATCH_VALIDATE_HPP

#include <metapatch/json/measure.hpp>
#include <metapatch/patch/patch.hpp>
#include <metapatch/policy/rules.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace metapatch {

/// What a patch did, or would do, to the first level of a field.
struct change {
    std::size_t added = 0;    ///< members that were not there
    std::size_t replaced = 0; ///< members whose value was set anew
    std::size_t removed = 0;  ///< members that are gone
    bool cleared = false;     ///< the patch dropped all stored members first
    /// The size of the result in bytes of compact JSON, 0 where it is absent. Known where the policy limits it, or
    /// where the size of what was stored was given. Hand it to the next call as its `stored_size`.
    std::optional<std::size_t> size{};

    bool operator==(change const&) const = default;
};

/// What the caller may tell `validate` and `apply`.
struct known {
    /// `serialized_size` of the stored field. Without it a policy that limits the size costs a walk over the field.
    std::optional<std::size_t> stored_size{};
    /// Where the field lives if it was absent and is present afterwards.
    boost::json::storage_ptr storage{};
};

namespace detail {

/// Whether the numbers of a value are what they were meant to be: those of a text are read for its rules alone, and may
/// be none that a DOM holds.
enum class numbers_are : std::uint8_t { meant, of_text };

/// The rules for what is inside a body. Of one that is nested too deep that alone is said, as of a text.
template<key_rule Keys>
void check_inside(value_walk& walk, policy<Keys> const& policy, report& found, numbers_are numbers)
{
    auto const max_nesting = std::min(policy.read.max_nesting, nesting_ceiling);
    auto const too_deep = [&found, max_nesting] {
        found.clear();
        found.add({.code = errc::too_deep, .limit = max_nesting});
    };
    if (max_nesting == 0)
        return too_deep();
    bool member_refused = false; // its keys and values need no look, its nesting does
    while (walk.next()) {
        auto const& value = walk.value();
        if (value.is_structured() && walk.level() >= max_nesting)
            return too_deep();
        if (walk.level() > 1 && member_refused)
            continue;
        if (walk.has_key())
            check_key({walk.key(), walk.level()}, policy, walk, found);
        if (walk.level() == 1)
            member_refused = !check_value(
                value.is_null(), value.is_string() ? std::optional<std::string_view>(value.get_string()) : std::nullopt,
                policy.limits, walk, found);
        if constexpr (judges_values<Keys>) {
            if (!value.is_null())
                judge_value(value, walk, policy, found);
        }
        if ((walk.has_key() && !is_utf8(walk.key())) || (value.is_string() && !is_utf8(value.get_string())))
            found.add({.code = errc::malformed_json, .pointer = pointer_to(walk, found)});
        if (value.is_double() && !std::isfinite(value.get_double()) && numbers == numbers_are::meant)
            found.add({.code = errc::number_out_of_range, .pointer = pointer_to(walk, found)});
    }
}

template<key_rule Keys>
void check_members(boost::json::object const& members, policy<Keys> const& policy, report& found,
                   numbers_are numbers = numbers_are::meant)
{
    if (members.size() > policy.limits.max_members)
        found.add({.code = errc::too_many_members, .limit = policy.limits.max_members, .actual = members.size()});
    value_walk walk(members);
    check_inside(walk, policy, found, numbers);
}

inline std::int64_t signed_size(std::size_t size) noexcept
{
    return static_cast<std::int64_t>(size);
}

/// An object of the patch and the stored object that it merges into; none where it makes one.
struct merge_pair {
    boost::json::object const* stored;
    boost::json::object const* patch;
    std::size_t level;
};

/// How many bytes one pair adds, pairs further inside aside; those are appended to `inside`. Counts members as it goes.
inline std::int64_t bytes_added(merge_pair const& here, std::size_t levels, std::vector<merge_pair>& inside,
                                change& counted)
{
    std::int64_t bytes = 0;
    for (auto const& member : *here.patch) {
        auto const* old = here.stored != nullptr ? here.stored->if_contains(member.key()) : nullptr;
        auto const key_bytes = signed_size(serialized_string_size(member.key()) + 1);
        auto const* object = member.value().if_object();
        if (member.value().is_null()) {
            bytes -= old != nullptr ? key_bytes + signed_size(serialized_size(*old)) : 0;
            counted.removed += old != nullptr ? 1 : 0;
            continue;
        }
        (old != nullptr ? counted.replaced : counted.added) += 1;
        bytes += old == nullptr ? key_bytes : 0;
        bool const descends = here.level < levels && object != nullptr;
        if (descends && old != nullptr && old->is_object()) {
            inside.push_back({&old->get_object(), object, here.level + 1});
            continue;
        }
        bytes -= old != nullptr ? signed_size(serialized_size(*old)) : 0;
        bytes += descends ? 2 : signed_size(serialized_size(member.value()));
        if (descends)
            inside.push_back({nullptr, object, here.level + 1});
    }
    auto const before = here.stored != nullptr ? here.stored->size() : 0;
    auto const after = before + counted.added - counted.removed;
    return bytes + signed_size(separators_size(after)) - signed_size(separators_size(before));
}

/// What a request does to a field, counted without doing it.
///
/// @param members_count  whether the members are to be counted where that costs look-ups that the merge does anyway
inline change foreseen(boost::json::object const* stored, request const& asked, cleared_field cleared,
                       std::optional<std::size_t> stored_size, bool members_count)
{
    change made{.cleared = asked.clears};
    std::size_t const before = stored != nullptr ? stored->size() : 0;
    bool const counts_with_size = stored_size && !asked.clears; // else the size is counted from an empty object
    bool const merge_counts = !members_count && stored != nullptr && !asked.clears;
    if (asked.members != nullptr && !counts_with_size && !merge_counts) {
        for (auto const& member : *asked.members) {
            bool const there = stored != nullptr && stored->contains(member.key());
            if (member.value().is_null())
                made.removed += there ? 1 : 0;
            else
                (there ? made.replaced : made.added) += 1;
        }
    }
    if (asked.clears)
        made.removed = before - made.replaced;
    if (!stored_size)
        return made;
    if (asked.touches && asked.members == nullptr && cleared == cleared_field::absent) {
        made.size = 0;
        return made;
    }
    auto bytes = signed_size(stored == nullptr || asked.clears ? 2 : *stored_size);
    if (asked.members != nullptr) {
        std::vector<merge_pair> pending;
        change aside;
        bytes += bytes_added({asked.clears ? nullptr : stored, asked.members, 1}, asked.levels, pending,
                             counts_with_size ? made : aside);
        while (!pending.empty()) {
            auto const next = pending.back();
            pending.pop_back();
            aside = {};
            bytes += bytes_added(next, asked.levels, pending, aside);
        }
    } else if (stored == nullptr && !asked.touches) {
        bytes = 0;
    }
    made.size = static_cast<std::size_t>(bytes);
    return made;
}

/// The rules for the result.
inline void check_result(boost::json::object const* stored, change const& made, limits const& limits, report& found)
{
    auto const members = (stored != nullptr ? stored->size() : 0) + made.added - made.removed;
    if (members > limits.max_members)
        found.add({.code = errc::too_many_members, .limit = limits.max_members, .actual = members});
    if (made.size && *made.size > limits.max_bytes)
        found.add({.code = errc::too_large, .limit = limits.max_bytes, .actual = *made.size});
}

/// All checks of one request; what it would do, but for counts that no check needs and the merge gives; or why not.
template<key_rule Keys>
result<change> checked(boost::json::object const* stored, std::optional<request> const& asked,
                       policy<Keys> const& policy, std::optional<std::size_t> stored_size)
{
    if (!asked)
        return report({.code = errc::expected_object});
    auto found = report::of_at_most(policy.read.max_violations);
    if (asked->members != nullptr)
        check_members(*asked->members, policy, found);
    if (!found.empty())
        return found;
    if (!stored_size && policy.limits.max_bytes != unlimited)
        stored_size = stored != nullptr && !asked->clears ? serialized_size(*stored) : 0;
    auto const made =
        foreseen(stored, *asked, policy.merge.cleared, stored_size, policy.limits.max_members != unlimited);
    if (asked->touches)
        check_result(stored, made, policy.limits, found);
    if (!found.empty())
        return found;
    return made;
}

inline boost::json::object const* object_of(state const& field) noexcept
{
    return field ? &*field : nullptr;
}

} // namespace detail

/// Check a patch by itself: its shape, keys and values, whatever is stored.
///
/// @param body    a value or object as the body carries it for the field, or a `patch`
/// @param policy  which keys, values and how many; lengths in code points
/// @return        every violation, in the order of the patch; empty where there is none. Beyond
///                `policy.read.max_violations` they are only counted
/// Errors:        `expected_object`, or `too_deep`, each alone; else `too_many_members`, and with pointers those of the
///                policy's rules for keys and values, `key_too_long`, `invalid_value_type`, `value_too_long`,
///                `malformed_json` (a string that is no UTF-8) and `number_out_of_range` (NaN or an infinity)
/// Complexity:    O(bytes of the patch); no recursion, and no allocation where nothing is wrong
/// Exceptions:    std::bad_alloc
/// Source:        semantics §3
template<patch_body Body, key_rule Keys>
[[nodiscard]] report validate(Body const& body, policy<Keys> const& policy)
{
    std::optional<detail::request> const asked = detail::request_of(body, policy.merge);
    auto found = report::of_at_most(policy.read.max_violations);
    if (!asked)
        found.add({.code = errc::expected_object});
    else if (asked->members != nullptr)
        detail::check_members(*asked->members, policy, found);
    return found;
}

/// Check a patch and, where it is fine, what it would make of the stored field.
///
/// What is stored is not judged again, but the counts and sizes of the result are.
///
/// @param stored  the field as it is
/// @param facts   `stored_size` spares the walk that a limit of the size costs
/// Errors:        those of a patch; or those of the result: `too_many_members`, then `too_large`, both at pointer ""
/// Complexity:    O(bytes of the patch, and of the members it replaces or removes); plus O(n) where the policy limits
///                the size and `facts.stored_size` is not given
/// Exceptions:    std::bad_alloc. No allocation where nothing is wrong, unless the patch merges below the first level.
template<patch_body Body, key_rule Keys>
[[nodiscard]] report validate(state const& stored, Body const& body, policy<Keys> const& policy,
                              known const& facts = {})
{
    auto checked =
        detail::checked(detail::object_of(stored), detail::request_of(body, policy.merge), policy, facts.stored_size);
    return checked ? report() : std::move(checked).error();
}

} // namespace metapatch

#endif
