// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_REQUEST_USER_DECISION_HPP
#define METAPATCH_AUTH0_REQUEST_USER_DECISION_HPP

#include <metapatch/auth0/request/effects.hpp>

#include <optional>
#include <string_view>
#include <vector>

namespace metapatch::auth0 {

/// A decision by a table that may judge effects, in full: for tools and preflights. Where speed counts, `authorize` by
/// the table's rules decides without allocating.
struct user_decision {
    access_decision decision;                     ///< by the table's rules
    std::optional<denial> why{};                  ///< nothing: it is allowed
    std::vector<std::string_view> out_of_reach{}; ///< fields and effects that the token's scopes do not reach
    std::vector<std::vector<std::string_view>> sufficient{}; ///< every minimal set of scopes that would do

    bool allowed() const noexcept { return !why; }
    explicit operator bool() const noexcept { return allowed(); }

    /// The scopes that are used, where it is allowed: as of the decision.
    granted_scopes granted_by() const noexcept { return allowed() ? decision.granted_by() : granted_scopes(); }
};

/// Decide, and say by what or what would do. The answer refers to the table, and `out_of_reach` to `asked.fields` too.
///
/// @param asked    `fields` are the names of the body's members
/// @param effects  of the body on the user_metadata that is stored, where that is known; looked at by tables that judge
///                 them
/// Complexity: as `authorize` and `sufficient_scopes`. Exceptions: std::bad_alloc
/// Source:     semantics §4
[[nodiscard]] inline user_decision decide(permission_table const& table, access_request asked,
                                          metadata_effects const* effects = nullptr)
{
    user_decision made{.decision = authorize(table.rules, asked)};
    auto& decision = made.decision;
    std::vector<std::string_view> fields;
    if (table.judges_effects && effects != nullptr) {
        fields = with_effects({asked.fields.begin(), asked.fields.end()}, *effects);
        asked.fields = fields;
        if (decision) {
            decision.touch(fields);
            if (!decision)
                made.why = denial::insufficient_scope;
        }
    }
    if (!decision && !made.why)
        made.why = decision.why();
    if (!decision && decision.why() == denial::fields_out_of_reach) {
        for (auto const field : asked.fields) {
            if (!decision.reaches(field))
                made.out_of_reach.push_back(field);
        }
    }
    made.sufficient = sufficient_scopes(table.rules, asked);
    return made;
}

} // namespace metapatch::auth0

#endif
