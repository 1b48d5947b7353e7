// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_ACCESS_ACCESS_HPP
#define METAPATCH_ACCESS_ACCESS_HPP

#include <metapatch/access/scope.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace metapatch {

/// One line of a table of permissions: a scope, and what it lets its holder do.
struct access_rule {
    std::string_view operation;                    ///< such as `PATCH /users/{id}`
    std::string_view scope;                        ///< that a token must hold
    std::span<std::string_view const> fields = {}; ///< that it reaches; none: every field
    bool own_subject_only = false;                 ///< only where the token's subject is the target

    constexpr bool reaches(std::string_view field) const noexcept
    {
        return fields.empty() || std::find(fields.begin(), fields.end(), field) != fields.end();
    }
};

/// What someone wants to do.
struct access_request {
    std::string_view operation;
    scope_view granted;                            ///< scopes of the token
    std::optional<std::string_view> subject = {};  ///< of the token, its claim `sub`; nothing for a machine's token
    std::string_view target = {};                  ///< whom it is done to
    std::span<std::string_view const> fields = {}; ///< that it touches
};

/// Why something is denied.
enum class denial : std::uint8_t {
    unknown_operation,   ///< no rule speaks of it
    insufficient_scope,  ///< no scope of the token is for this operation
    subject_mismatch,    ///< its scopes are for the token's own subject alone
    fields_out_of_reach, ///< its scopes do not reach all fields
};

constexpr std::string_view name(denial why) noexcept
{
    constexpr std::array<std::string_view, 4> names{"unknown_operation", "insufficient_scope", "subject_mismatch",
                                                    "fields_out_of_reach"};
    return names[static_cast<std::size_t>(why)];
}

/// A decision: allowed, and by which rules; or denied, and why. It refers to the table.
class access_decision {
public:
    /// The most rules that one operation may have in a table; more are not looked at.
    static constexpr std::size_t most_rules = 64;

    constexpr bool allowed() const noexcept { return allowed_; }
    constexpr explicit operator bool() const noexcept { return allowed(); }

    /// Why it is denied; only where it is.
    constexpr denial why() const noexcept { return why_; }

    /// Whether what was granted reaches a field.
    constexpr bool reaches(std::string_view field) const noexcept
    {
        bool reached = false;
        each_of(usable_, [&](access_rule const& rule, std::uint64_t) { reached = reached || rule.reaches(field); });
        return reached;
    }

    /// Whether what was granted reaches every field, whatever it is called.
    constexpr bool reaches_every_field() const noexcept
    {
        bool reached = false;
        each_of(usable_, [&](access_rule const& rule, std::uint64_t) { reached = reached || rule.fields.empty(); });
        return reached;
    }

    /// Call `visit(rule)` for each rule that the request needs, in the order of the table. O(rules), no allocation.
    template<class Visit>
    constexpr void granted_by(Visit visit) const
    {
        each_of(used_, [&](access_rule const& rule, std::uint64_t) { visit(rule); });
    }

private:
    friend constexpr access_decision authorize(std::span<access_rule const> table,
                                               access_request const& asked) noexcept;
    friend std::vector<std::vector<std::string_view>> sufficient_scopes(std::span<access_rule const> table,
                                                                        access_request const& asked);

    static constexpr std::uint64_t all = ~std::uint64_t{0};

    constexpr access_decision(std::span<access_rule const> table, std::string_view operation) noexcept
        : table_(table), operation_(operation)
    {
    }

    /// Call `visit(rule, bit)` for the given ones of the operation's rules.
    template<class Visit>
    constexpr void each_of(std::uint64_t bits, Visit visit) const
    {
        std::uint64_t bit = 1;
        for (auto const& rule : table_) {
            if (rule.operation != operation_)
                continue;
            if ((bits & bit) != 0)
                visit(rule, bit);
            bit <<= 1;
        }
    }

    constexpr void deny(denial why) noexcept
    {
        allowed_ = false;
        why_ = why;
    }

    std::span<access_rule const> table_;
    std::string_view operation_;
    std::uint64_t usable_ = 0; // granted, and for that subject
    std::uint64_t used_ = 0;
    bool allowed_ = true;
    denial why_{}; // where it is not allowed
};

namespace detail {

constexpr bool is_for_subject(access_rule const& rule, access_request const& asked) noexcept
{
    return !rule.own_subject_only || asked.subject == asked.target;
}

} // namespace detail

/// Decide by a table. What no rule allows is denied.
///
/// A rule counts where the token holds its scope and, where it asks for that, its subject is the target. All rules that
/// count together must reach every field that is touched; without any field, one rule that counts is enough.
///
/// Reasons:    the first of `unknown_operation`, `insufficient_scope`, `subject_mismatch`, `fields_out_of_reach` that
///             is so
/// Complexity: O(rules · bytes of the token's scopes + rules · fields); no allocation, no exception
/// Source:     SPEC §4
[[nodiscard]] constexpr access_decision authorize(std::span<access_rule const> table,
                                                  access_request const& asked) noexcept
{
    access_decision made(table, asked.operation);
    bool known = false;
    bool granted = false;
    made.each_of(access_decision::all, [&](access_rule const& rule, std::uint64_t bit) {
        known = true;
        made.operation_ = rule.operation; // the same, but the table's own
        if (!asked.granted.contains(rule.scope))
            return;
        granted = true;
        if (detail::is_for_subject(rule, asked))
            made.usable_ |= bit;
    });
    if (!known)
        made.operation_ = {};
    if (made.usable_ == 0) {
        made.deny(!known     ? denial::unknown_operation
                  : !granted ? denial::insufficient_scope
                             : denial::subject_mismatch);
        return made;
    }

    auto const use_first = [&](auto serves) {
        std::uint64_t first = 0;
        made.each_of(made.usable_, [&](access_rule const& rule, std::uint64_t bit) {
            if (first == 0 && serves(rule))
                first = bit;
        });
        made.used_ |= first;
        return first != 0;
    };
    bool all_reached = true;
    for (auto const field : asked.fields)
        all_reached = use_first([&](access_rule const& rule) { return rule.reaches(field); }) && all_reached;
    if (asked.fields.empty())
        use_first([](access_rule const&) { return true; });
    if (!all_reached)
        made.deny(denial::fields_out_of_reach);
    return made;
}

/// Every minimal set of scopes that would suffice for a request, whatever the token holds; for its subject and target.
/// Smaller sets come first, then those of the earlier rules. None where no scope helps.
///
/// Complexity: exponential in the scopes of the operation that could serve, which are few; it looks at 16 at most
/// Exceptions: std::bad_alloc
[[nodiscard]] inline std::vector<std::vector<std::string_view>> sufficient_scopes(std::span<access_rule const> table,
                                                                                  access_request const& asked)
{
    struct serving_rule {
        access_rule const* rule;
        std::size_t scope; // the index of its scope, which other rules may have too
    };
    std::vector<serving_rule> rules;
    std::array<std::string_view, 16> scopes{};
    std::size_t count = 0;
    access_decision(table, asked.operation).each_of(access_decision::all, [&](access_rule const& rule, std::uint64_t) {
        bool serves = asked.fields.empty();
        for (auto const field : asked.fields)
            serves = serves || rule.reaches(field);
        if (!serves || !detail::is_for_subject(rule, asked))
            return;
        std::size_t scope = 0;
        while (scope < count && scopes[scope] != rule.scope)
            ++scope;
        if (scope == scopes.size())
            return;
        scopes[scope] = rule.scope;
        count = std::max(count, scope + 1);
        rules.push_back({&rule, scope});
    });
    auto const suffices = [&](std::uint32_t set) {
        for (auto const field : asked.fields) {
            bool reached = false;
            for (auto const& each : rules)
                reached = reached || ((set >> each.scope & 1U) != 0 && each.rule->reaches(field));
            if (!reached)
                return false;
        }
        return true;
    };
    std::vector<std::uint32_t> minimal;
    auto const holds_one_of_them = [&](std::uint32_t set) {
        for (auto const each : minimal) {
            if ((each & set) == each)
                return true;
        }
        return false;
    };
    for (std::size_t size = 1; size <= count; ++size) {
        for (std::uint32_t set = 1; set < std::uint32_t{1} << count; ++set) {
            if (static_cast<std::size_t>(std::popcount(set)) == size && !holds_one_of_them(set) && suffices(set))
                minimal.push_back(set);
        }
    }
    std::vector<std::vector<std::string_view>> sets;
    for (auto const set : minimal) {
        auto& made = sets.emplace_back();
        for (std::size_t i = 0; i < count; ++i) {
            if ((set >> i & 1U) != 0)
                made.push_back(scopes[i]);
        }
    }
    return sets;
}

} // namespace metapatch

#endif
