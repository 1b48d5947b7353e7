// SPDX-License-Identifier: BSL-1.0
#include "jsonb_rules.hpp"

#include "jsonb_walk.hpp"

namespace store {

namespace {

using metapatch::errc;
using metapatch::report;

// Of values: a child has an entry of 4 bytes, a container also a header of 4, a number 6 at least. A byte of a string is 6
// as an escape, and with its quotes, a colon and a comma no child is longer than that makes it.
constexpr std::size_t bytes_of_a_level = 8;
constexpr std::size_t bytes_of_a_number = 10;
constexpr std::size_t text_of_a_byte = 6;
// numeric.c: a number in the short form has at most 64 groups of 4 digits before the point and 63 digits behind it, any
// number 131,072 digits and 16,383; beside them a sign and the point.
constexpr std::size_t text_of_a_short_number = 64 * 4 + 63 + 2;
constexpr std::size_t text_of_a_number = 131'072 + 16'383 + 2;

/// Whether a number is in the short form: the first of the two bytes of its header says so, as since PostgreSQL 9.1.
bool is_short(char const* number) noexcept
{
    std::uint16_t header;
    std::memcpy(&header, VARDATA_ANY(number), sizeof header);
    return (header & 0x8000) != 0;
}

report too_deep(std::size_t max_nesting)
{
    return report({.code = errc::too_deep, .limit = max_nesting});
}

} // namespace

report validate(jsonb_container patch, tool::field_policy const& policy)
{
    auto found = report::of_at_most(policy.read.max_violations);
    auto const max_nesting = std::min(policy.read.max_nesting, metapatch::nesting_ceiling);
    if (max_nesting == 0)
        return too_deep(max_nesting);
    if (patch.size() > policy.limits.max_members)
        found.add({.code = errc::too_many_members, .limit = policy.limits.max_members, .actual = patch.size()});
    bool member_refused = false; // its keys and values need no look, its nesting does
    for (jsonb_walk walk(patch); walk.next();) {
        if (walk.is_container() && walk.level() >= max_nesting)
            return too_deep(max_nesting);
        if (walk.level() > 1 && member_refused)
            continue;
        if (walk.has_key())
            metapatch::detail::check_key({walk.key(), walk.level()}, policy, walk, found);
        if (walk.level() == 1)
            member_refused = !metapatch::detail::check_value(walk.is_null(), walk.string(), policy.limits, walk, found);
    }
    return found;
}

void jsonb_extent::read(Jsonb const* value, std::size_t max_nesting, std::size_t max_bytes)
{
    std::size_t const bytes = VARSIZE(value);
    auto const of_strings = bytes * text_of_a_byte;
    most_bytes_ = of_strings + bytes / bytes_of_a_number * text_of_a_number;
    is_nested_within_ = bytes / bytes_of_a_level <= max_nesting;
    if (is_nested_within_ && (most_bytes_ <= max_bytes / 2 || of_strings > max_bytes))
        return;
    most_bytes_ = of_strings;
    std::size_t deepest = 1;
    inside_.assign(1, {jsonb_container(value), 1});
    while (!inside_.empty()) {
        auto const [container, level] = inside_.back();
        inside_.pop_back();
        deepest = std::max(deepest, level);
        auto const children = container.children();
        auto child = children - container.size(); // keys are neither numbers nor containers
        for (auto begin = container.begin_of(child); child < children; ++child) {
            auto const entry = container.entry(child);
            if (JBE_ISCONTAINER(entry))
                inside_.push_back({container.inside(begin), level + 1});
            else if (JBE_ISNUMERIC(entry))
                most_bytes_ += is_short(container.data() + INTALIGN(begin)) ? text_of_a_short_number : text_of_a_number;
            begin = container.end_of(child, begin);
        }
    }
    is_nested_within_ = deepest <= max_nesting;
}

} // namespace store
