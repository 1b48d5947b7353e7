// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_ACCESS_ACCESS_HPP
#define METAPATCH_ACCESS_ACCESS_HPP

#include <metapatch/access/access_table.hpp>
#include <metapatch/access/scope.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace metapatch {

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

/// Its stable name, as reports and vectors have it.
constexpr std::string_view name(denial why) noexcept
{
    constexpr std::array<std::string_view, 4> names{"unknown_operation", "insufficient_scope", "subject_mismatch",
                                                    "fields_out_of_reach"};
    return names[static_cast<std::size_t>(why)];
}

/// The scopes by which something is allowed, in the order of the table: a forward range of `std::string_view`. It
/// refers to the table, and allocates nothing.
class granted_scopes {
public:
    class iterator {
    public:
        using value_type = std::string_view;
        using difference_type = std::ptrdiff_t;
        using reference = std::string_view;
        using pointer = void;
        using iterator_category = std::input_iterator_tag; // for it refers to a value
        using iterator_concept = std::forward_iterator_tag;

        constexpr iterator() noexcept = default;

        constexpr std::string_view operator*() const noexcept { return rules_.rule_at(row_)->scope; }

        constexpr iterator& operator++() noexcept
        {
            ++row_;
            bit_ <<= 1;
            find();
            return *this;
        }
        constexpr iterator operator++(int) noexcept
        {
            auto const here = *this;
            ++*this;
            return here;
        }

        constexpr bool operator==(iterator const& other) const noexcept { return row_ == other.row_; }

    private:
        friend class granted_scopes;

        constexpr iterator(operation_rules const& rules, std::uint64_t bits, std::size_t row) noexcept
            : rules_(rules), bits_(bits), row_(row)
        {
            find();
        }

        /// Go to the next rule that is one of them, be it this one.
        constexpr void find() noexcept
        {
            for (; row_ < rules_.rows(); ++row_) {
                if (rules_.rule_at(row_) == nullptr)
                    continue;
                if ((bits_ & bit_) != 0)
                    return;
                bit_ <<= 1;
            }
        }

        operation_rules rules_;
        std::uint64_t bits_ = 0;
        std::uint64_t bit_ = 1; // of the row
        std::size_t row_ = 0;
    };

    constexpr granted_scopes() noexcept = default; ///< none

    constexpr iterator begin() const noexcept { return {rules_, bits_, 0}; }
    constexpr iterator end() const noexcept { return {rules_, bits_, rules_.rows()}; }
    constexpr std::size_t size() const noexcept { return static_cast<std::size_t>(std::popcount(bits_)); }
    constexpr bool empty() const noexcept { return bits_ == 0; }

    friend constexpr bool operator==(granted_scopes const& left, granted_scopes const& right) noexcept
    {
        return std::equal(left.begin(), left.end(), right.begin(), right.end());
    }

private:
    friend class access_decision;

    constexpr granted_scopes(operation_rules const& rules, std::uint64_t bits) noexcept : rules_(rules), bits_(bits) {}

    operation_rules rules_;
    std::uint64_t bits_ = 0;
};

/// A decision: allowed, and by which rules; or denied, and why. It refers to the table.
class access_decision {
public:
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

    /// The scopes that the request needs of those that the token has, in the order of the table; none where it is
    /// denied. O(1), and O(rules) to go through them; no allocation.
    constexpr granted_scopes granted_by() const noexcept { return {rules_, allowed_ ? used_ : 0}; }

    /// Become the decision on the same request where it touches these fields: without a look at the table's other
    /// operations or at the token's scopes again.
    ///
    /// Complexity: O(rules of the operation · fields); no allocation, no exception
    constexpr void touch(std::span<std::string_view const> fields) noexcept
    {
        if (usable_ == 0) [[unlikely]]
            return;
        allowed_ = true;
        used_ = 0;
        if (first_reaches_every_field_) [[likely]] {
            used_ = usable_ & (0 - usable_);
            return;
        }
        for (auto const field : fields) {
            if (!use_first([&](access_rule const& rule) { return rule.reaches(field); }))
                deny(denial::fields_out_of_reach);
        }
        if (fields.empty())
            use_first([](access_rule const&) { return true; });
    }

    /// The decision that it becomes by `touch`.
    constexpr access_decision touching(std::span<std::string_view const> fields) const noexcept
    {
        auto made = *this;
        made.touch(fields);
        return made;
    }

private:
    friend constexpr access_decision authorize(operation_rules const& rules, access_request const& asked) noexcept;

    constexpr explicit access_decision(operation_rules const& rules) noexcept : rules_(rules) {}

    /// Call `visit(rule, bit)` for the given ones of the operation's rules.
    template<class Visit>
    constexpr void each_of(std::uint64_t bits, Visit visit) const
    {
        rules_.each([&](access_rule const& rule, std::uint64_t bit) {
            if ((bits & bit) != 0)
                visit(rule, bit);
        });
    }

    /// Use the first of the usable rules that serves, if there is one.
    template<class Serves>
    constexpr bool use_first(Serves serves) noexcept
    {
        std::uint64_t first = 0;
        each_of(usable_, [&](access_rule const& rule, std::uint64_t bit) {
            if (first == 0 && serves(rule))
                first = bit;
        });
        used_ |= first;
        return first != 0;
    }

    constexpr void deny(denial why) noexcept
    {
        allowed_ = false;
        why_ = why;
    }

    operation_rules rules_;
    std::uint64_t usable_ = 0; // granted, and for that subject
    std::uint64_t used_ = 0;
    bool allowed_ = true;
    bool first_reaches_every_field_ = false; // of the usable ones
    denial why_{};                           // where it is not allowed
};

namespace detail {

constexpr bool is_for_subject(access_rule const& rule, access_request const& asked) noexcept
{
    return !rule.own_subject_only || asked.subject == asked.target;
}

} // namespace detail

/// Decide by the rules of the operation that is asked for, which were found in a table before: `asked.operation` is not
/// looked at.
///
/// Complexity: O(bytes of the token's scopes · rules · fields) of the operation alone; no allocation, no exception
[[nodiscard]] constexpr access_decision authorize(operation_rules const& rules, access_request const& asked) noexcept
{
    access_decision made(rules);
    if (rules.empty()) [[unlikely]] {
        made.deny(denial::unknown_operation);
        return made;
    }
    auto const bit_of = [](std::string_view scope) { return std::uint64_t{1} << (scope.size() % 64); };
    std::uint64_t sizes = 0; // a scope of another size is none of the rules'
    rules.each([&](access_rule const& rule, std::uint64_t) { sizes |= bit_of(rule.scope); });
    std::uint64_t granted = 0;
    asked.granted.each([&](std::string_view scope) {
        if ((sizes & bit_of(scope)) == 0)
            return;
        rules.each([&](access_rule const& rule, std::uint64_t bit) { granted |= rule.scope == scope ? bit : 0; });
    });
    rules.each([&](access_rule const& rule, std::uint64_t bit) {
        if ((granted & bit) == 0 || !detail::is_for_subject(rule, asked))
            return;
        if (made.usable_ == 0) [[likely]]
            made.first_reaches_every_field_ = rule.fields.empty();
        made.usable_ |= bit;
    });
    if (made.usable_ == 0) [[unlikely]] {
        made.deny(granted == 0 ? denial::insufficient_scope : denial::subject_mismatch);
        return made;
    }
    made.touch(asked.fields);
    return made;
}

/// Decide by a table. What no rule allows is denied.
///
/// A rule counts where the token holds its scope and, where it asks for that, its subject is the target. All rules that
/// count together must reach every field that is touched; without any field, one rule that counts is enough.
///
/// @param table  an `access_table`, or rules in an array, a vector or a span
/// Reasons:    the first of `unknown_operation`, `insufficient_scope`, `subject_mismatch`, `fields_out_of_reach` that
///             is so
/// Complexity: that of `access_table::rules_of`, and O(bytes of the token's scopes · rules · fields) of the operation
///             alone; no allocation, no exception
/// Source:     semantics §4
[[nodiscard]] constexpr access_decision authorize(access_table const& table, access_request const& asked) noexcept
{
    return authorize(table.rules_of(asked.operation), asked);
}

/// Every minimal set of scopes that would suffice for a request, whatever the token holds; for its subject and target.
/// Smaller sets come first, then those of the earlier rules. None where no scope helps.
///
/// Complexity: exponential in the scopes of the operation that could serve, which are few; it looks at 16 at most
/// Exceptions: std::bad_alloc
[[nodiscard]] inline std::vector<std::vector<std::string_view>> sufficient_scopes(access_table const& table,
                                                                                  access_request const& asked)
{
    struct serving_rule {
        access_rule const* rule;
        std::size_t scope; // the index of its scope, which other rules may have too
    };
    std::vector<serving_rule> rules;
    std::array<std::string_view, 16> scopes{};
    std::size_t count = 0;
    table.rules_of(asked.operation).each([&](access_rule const& rule, std::uint64_t bit) {
        if (bit == 0)
            return; // it does not count
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
