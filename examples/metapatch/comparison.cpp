// SPDX-License-Identifier: BSL-1.0
#include "comparison.hpp"

#include <metapatch/equal.hpp>
#include <metapatch/text.hpp>
#include <metapatch/walk.hpp>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cstddef>

namespace tool {

namespace {

constexpr std::size_t shown_bytes = 72; // of a value: a terminal's line
constexpr std::size_t shown_kept = 20;  // members that did not change tell little

boost::json::object members_of(std::optional<std::string_view> field)
{
    if (!field)
        return {};
    return **metapatch::read_state(*field, {.max_nesting = metapatch::nesting_ceiling});
}

std::string shown(boost::json::value const& value)
{
    return shortened(boost::json::serialize(value), shown_bytes);
}

std::string pointer(std::string_view key)
{
    std::string text;
    metapatch::append_pointer_token(text, key);
    return printable(text);
}

} // namespace

std::string compared(std::optional<std::string_view> before, std::optional<std::string_view> after, colours paint)
{
    auto const old_members = members_of(before);
    auto const new_members = members_of(after);
    std::size_t set = 0;
    std::size_t removed = 0;
    std::size_t kept = 0;
    std::string text;
    for (auto const& member : old_members) {
        if (!new_members.contains(member.key())) {
            ++removed;
            text += paint.red("- " + pointer(member.key()) + "  " + shown(member.value())) + '\n';
        }
    }
    for (auto const& member : new_members) {
        auto const* const old = old_members.if_contains(member.key());
        if (old != nullptr && metapatch::equal(*old, member.value())) {
            if (kept++ < shown_kept)
                text += paint.dim("  " + pointer(member.key()) + "  " + shown(member.value())) + '\n';
            continue;
        }
        ++set;
        text += old == nullptr
                    ? paint.green("+ " + pointer(member.key()) + "  " + shown(member.value()))
                    : paint.yellow("~ " + pointer(member.key()) + "  " + shown(*old) + " -> " + shown(member.value()));
        text += '\n';
    }
    if (kept > shown_kept)
        text += paint.dim("  and " + std::to_string(kept - shown_kept) + " more kept") + '\n';
    text += paint.bold("applied") + ": " + std::to_string(set) + " set, " + std::to_string(removed) + " removed, " +
            std::to_string(kept) + " kept; ";
    if (after)
        text +=
            std::to_string(*metapatch::compact_size(*after, {.max_nesting = metapatch::nesting_ceiling})) + " bytes\n";
    else
        text += "the field is absent\n";
    return text;
}

} // namespace tool
