// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_REQUEST_EFFECTS_HPP
#define METAPATCH_AUTH0_REQUEST_EFFECTS_HPP

#include <metapatch/auth0/contract/permissions.hpp>
#include <metapatch/auth0/contract/refusal.hpp>
#include <metapatch/json/equal.hpp>
#include <metapatch/json/text.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace metapatch::auth0 {

/// What a patch does to the first level of a field: the keys of each effect, in the order of the states.
struct metadata_effects {
    std::vector<std::string> created{};
    std::vector<std::string> updated{};
    std::vector<std::string> removed{};

    bool operator==(metadata_effects const&) const = default;
};

/// The effects that lead from one state of a field to another. A value that stays the same as JSON is no effect;
/// clearing a field removes each of its members.
///
/// Complexity: O(bytes of both), expected. Exceptions: std::bad_alloc
/// Source:     semantics §4.2
[[nodiscard]] inline metadata_effects effects_of(state const& before, state const& after)
{
    metadata_effects made;
    if (before) {
        for (auto const& member : *before) {
            if (!after || !after->contains(member.key()))
                made.removed.emplace_back(member.key());
        }
    }
    if (after) {
        for (auto const& member : *after) {
            auto const* old = before ? before->if_contains(member.key()) : nullptr;
            if (old == nullptr)
                made.created.emplace_back(member.key());
            else if (!equal(*old, member.value()))
                made.updated.emplace_back(member.key());
        }
    }
    return made;
}

/// The fields that a request touches, as a table that judges effects speaks of them: in place of `user_metadata` the
/// effects on it. Where there are none, the name remains: such a patch needs any one scope.
[[nodiscard]] inline std::vector<std::string_view> with_effects(std::vector<std::string_view> fields,
                                                                metadata_effects const& effects)
{
    std::vector<std::string_view> names;
    if (!effects.created.empty())
        names.push_back(effect_fields::create);
    if (!effects.updated.empty())
        names.push_back(effect_fields::update);
    if (!effects.removed.empty())
        names.push_back(effect_fields::remove);
    auto const place = std::find(fields.begin(), fields.end(), "user_metadata");
    if (place != fields.end() && !names.empty())
        fields.insert(fields.erase(place), names.begin(), names.end());
    return fields;
}

namespace detail {

/// The message of ours that names each missing scope with the keys that need it.
inline std::string missing_effects(access_decision const& decision, metadata_effects const& effects)
{
    std::string text;
    auto const add = [&](std::string_view field, std::string_view scope, std::vector<std::string> const& keys) {
        if (keys.empty() || decision.reaches(field))
            return;
        text.append(text.empty() ? "Insufficient scope, expected all of: " : ", ").append(scope).append(" (for ");
        for (auto const& key : keys)
            text.append(&key == &keys.front() ? "" : ", ").append(key);
        text += ')';
    };
    add(effect_fields::create, "create:current_user_metadata", effects.created);
    add(effect_fields::update, "update:current_user_metadata", effects.updated);
    add(effect_fields::remove, "delete:current_user_metadata", effects.removed);
    return text;
}

} // namespace detail

} // namespace metapatch::auth0

#endif
