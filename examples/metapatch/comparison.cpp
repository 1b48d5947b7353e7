// SPDX-License-Identifier: BSL-1.0
#include "comparison.hpp"

#include "change_lines.hpp"
#include "field_effects.hpp"
#include "json_values.hpp"

#include <metapatch/json/compact_size.hpp>
#include <metapatch/json/walk.hpp>

#include <cstddef>

namespace tool {

namespace {

constexpr std::size_t shown_kept = 20; // members that did not change tell little

/// A value's bytes without the white space between them, as much of it as a line takes.
std::string shown_text(std::string_view value)
{
    std::string text;
    bool inside_string = false;
    for (std::size_t i = 0; i < value.size() && text.size() <= shown_bytes; ++i) {
        if (inside_string || std::string_view(" \t\n\r").find(value[i]) == std::string_view::npos)
            text += value[i];
        if (inside_string && value[i] == '\\')
            text += value[++i];
        else if (value[i] == '"')
            inside_string = !inside_string;
    }
    return shortened(text, shown_bytes);
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
    if (before && old_members.is_untouched())
        text += paint.red("- the field itself  " + shown_text(*before)) + '\n';
    for (auto const& member : old_members.members()) {
        if (new_members.find(member.key) == metapatch::text_patch::npos) {
            ++removed;
            text += paint.red("- " + printable(pointer_to(member.key)) + "  " + shown_text(value_of(member))) + '\n';
        }
    }
    for (auto const& member : new_members.members()) {
        auto const at = old_members.find(member.key);
        auto const* const old = at != metapatch::text_patch::npos ? &old_members.members()[at] : nullptr;
        auto const line = printable(pointer_to(member.key)) + "  ";
        auto const now = shown_text(value_of(member));
        if (old != nullptr && is_same_json(value_of(*old), value_of(member))) {
            if (kept++ < shown_kept)
                text += paint.dim("  " + line + now) + '\n';
            continue;
        }
        ++set;
        text += old == nullptr ? paint.green("+ " + line + now)
                               : paint.yellow("~ " + line + shown_text(value_of(*old)) + " -> " + now);
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
