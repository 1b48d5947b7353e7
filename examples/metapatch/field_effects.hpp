// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_FIELD_EFFECTS_HPP
#define METAPATCH_TOOL_FIELD_EFFECTS_HPP

#include <metapatch/splice/text_patch.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tool {

/// The members of an object, each with the bytes of its value; of a null those are none. What is no object has none.
metapatch::text_patch members_of(std::optional<std::string_view> object);

/// The text of such a member's value.
std::string_view value_of(metapatch::text_patch::entry const& member);

/// The JSON Pointer of a first-level member.
std::string pointer_to(std::string_view key);

/// What a patch has done, in JSON Pointers.
struct effects {
    std::vector<std::string> set{};     ///< members that are new, or have another value
    std::vector<std::string> removed{}; ///< members that are gone
    std::vector<std::string> cleared{}; ///< fields of which a clear has left nothing

    bool none() const noexcept { return set.empty() && removed.empty() && cleared.empty(); }
};

/// Add what differs between two states of a field.
///
/// @param pointer  of the field
/// @param clears   whether it was cleared: then it is told once, and not by its members
void add_field_effects(effects& into, std::string const& pointer, std::optional<std::string_view> before,
                       std::optional<std::string_view> after, bool clears);

/// What differs between two texts of a user: root attributes, and members of the two fields of metadata.
effects effects_on_user(std::optional<std::string_view> before, std::string_view after);

/// `set /plan, /limits; removed /old`, or `unchanged`.
std::string in_words(effects const& done);

} // namespace tool

#endif
