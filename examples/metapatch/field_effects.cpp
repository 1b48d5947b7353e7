// SPDX-License-Identifier: BSL-1.0
#include "field_effects.hpp"

#include "json_values.hpp"
#include "terminal.hpp"

#include <metapatch/json/walk.hpp>
#include <metapatch/policy/policy.hpp>

#include <cstddef>

namespace tool {

namespace {

bool is_metadata(std::string_view key)
{
    return key == "user_metadata" || key == "app_metadata";
}

std::string list(std::string_view what, std::vector<std::string> const& pointers)
{
    constexpr std::size_t shown = 20;
    std::string text;
    for (std::size_t i = 0; i < pointers.size() && i < shown; ++i)
        text += (i > 0 ? ", " : "") + printable(pointers[i].empty() ? "the field" : pointers[i]);
    if (pointers.size() > shown)
        text += " and " + std::to_string(pointers.size() - shown) + " more";
    return text.empty() ? text : std::string(what) + ' ' + text;
}

} // namespace

metapatch::text_patch members_of(std::optional<std::string_view> object)
{
    metapatch::text_patch members;
    metapatch::policy<> const any{.read = {.max_nesting = metapatch::nesting_ceiling}};
    if (object)
        static_cast<void>(members.read(*object, any)); // what is refused leaves none
    return members;
}

std::string_view value_of(metapatch::text_patch::entry const& member)
{
    return member.removes() ? "null" : member.value;
}

std::string pointer_to(std::string_view key)
{
    std::string text;
    metapatch::append_pointer_token(text, key);
    return text;
}

void add_field_effects(effects& into, std::string const& pointer, std::optional<std::string_view> before,
                       std::optional<std::string_view> after, bool clears)
{
    auto const old_members = members_of(before);
    auto const new_members = members_of(after);
    if (clears && new_members.members().empty()) {
        bool const stays = before && after ? is_same_json(*before, *after) : before.has_value() == after.has_value();
        if (!stays)
            into.cleared.push_back(pointer);
        return;
    }
    for (auto const& member : old_members.members()) {
        if (new_members.find(member.key) == metapatch::text_patch::npos)
            into.removed.push_back(pointer + pointer_to(member.key));
    }
    for (auto const& member : new_members.members()) {
        auto const at = old_members.find(member.key);
        bool const is_new = at == metapatch::text_patch::npos;
        if (is_new || !is_same_json(value_of(old_members.members()[at]), value_of(member)))
            into.set.push_back(pointer + pointer_to(member.key));
    }
    if (new_members.members().empty() && !before && after)
        into.set.push_back(pointer); // it is there now
}

effects effects_on_user(std::optional<std::string_view> before, std::string_view after)
{
    effects done;
    auto const old_members = members_of(before);
    auto const new_members = members_of(after);
    auto const field = [](metapatch::text_patch const& of, std::string_view name) -> std::optional<std::string_view> {
        auto const at = of.find(name);
        if (at == metapatch::text_patch::npos || of.members()[at].removes())
            return std::nullopt;
        return of.members()[at].value;
    };
    for (std::string_view const name : {"user_metadata", "app_metadata"}) {
        auto const was = field(old_members, name);
        auto const is = field(new_members, name);
        add_field_effects(done, pointer_to(name), was, is, was.has_value());
    }
    for (auto const& member : old_members.members()) {
        if (!is_metadata(member.key) && new_members.find(member.key) == metapatch::text_patch::npos)
            done.removed.push_back(pointer_to(member.key));
    }
    for (auto const& member : new_members.members()) {
        auto const at = old_members.find(member.key);
        bool const is_new = at == metapatch::text_patch::npos;
        if (!is_metadata(member.key) &&
            (is_new || !is_same_json(value_of(old_members.members()[at]), value_of(member))))
            done.set.push_back(pointer_to(member.key));
    }
    return done;
}

std::string in_words(effects const& done)
{
    std::string text;
    for (auto const& part : {list("set", done.set), list("removed", done.removed), list("cleared", done.cleared)}) {
        if (!part.empty())
            text += (text.empty() ? "" : "; ") + part;
    }
    return text.empty() ? "unchanged" : text;
}

} // namespace tool
