// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_ACCESS_ACCESS_TABLE_HPP
#define METAPATCH_ACCESS_ACCESS_TABLE_HPP

#include <metapatch/json/fingerprint.hpp>
#include <metapatch/json/temporary_text.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <ranges>
#include <span>
#include <string_view>
#include <type_traits>

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

/// The rules of one operation in a table, in its order. They refer to the table.
class operation_rules {
public:
    /// The most rules that one operation may have in a table; more of them do not count.
    static constexpr std::size_t most = 64;

    constexpr operation_rules() noexcept = default; ///< of an operation that no rule speaks of

    /// @param rules  begins and ends with one of the operation; others may stand between
    constexpr explicit operation_rules(std::span<access_rule const> rules, bool are_adjacent) noexcept
        : rules_(rules), are_adjacent_(are_adjacent)
    {
    }

    constexpr bool empty() const noexcept { return rules_.empty(); }

    /// Call `visit(rule, bit)` for each: the bit of the first is 1, of the second 2, and so on. Of a rule beyond `most`
    /// it is 0: that one does not count.
    template<class Visit>
    constexpr void each(Visit visit) const
    {
        std::uint64_t bit = 1;
        for (auto const& rule : rules_) {
            if (!are_adjacent_ && rule.operation != rules_.front().operation) [[unlikely]]
                continue;
            visit(rule, bit);
            bit <<= 1;
        }
    }

    /// The number of rows from the first of these rules to the last, among which others may stand.
    constexpr std::size_t rows() const noexcept { return rules_.size(); }

    /// The rule of a row, or nullptr where that is of another operation.
    constexpr access_rule const* rule_at(std::size_t row) const noexcept
    {
        bool const is_one = are_adjacent_ || rules_[row].operation == rules_.front().operation;
        return is_one ? &rules_[row] : nullptr;
    }

private:
    std::span<access_rule const> rules_;
    bool are_adjacent_ = true;
};

namespace detail {

/// Where an operation's rules are, for a look-up by the operation's fingerprint.
struct access_slot {
    std::uint64_t print = 0;
    std::uint32_t first = 0;
    std::uint32_t count = 0; ///< from the first to the last of them; 0 in an empty slot
    bool are_adjacent = true;
};

/// All rules of the operation that the rule at `first` is the first of.
constexpr access_slot slot_of(std::span<access_rule const> rules, std::size_t first) noexcept
{
    std::size_t last = first;
    std::size_t count = 1;
    for (auto i = first + 1; i < rules.size(); ++i) {
        if (rules[i].operation == rules[first].operation) {
            last = i;
            ++count;
        }
    }
    return {fingerprint(rules[first].operation), static_cast<std::uint32_t>(first),
            static_cast<std::uint32_t>(last - first + 1), last - first + 1 == count};
}

/// Where to begin to look for a fingerprint among so many slots, a power of two.
constexpr std::size_t place_of(std::uint64_t print, std::size_t slots) noexcept
{
    return static_cast<std::size_t>(spread(print) >> 32) & (slots - 1);
}

} // namespace detail

/// Where the operations of a table are: made once, mostly at compile time, it lets a table find an operation's rules at
/// once. It refers to the rules; the table refers to it.
///
/// @code
/// static constexpr auto rules = std::to_array<access_rule>({{"GET /notes", "read:notes"}});
/// static constexpr access_index index(rules);
/// constexpr access_table table(index);
/// @endcode
template<std::size_t Rules>
class access_index {
public:
    /// O(rules²), which is for the compiler.
    constexpr explicit access_index(std::array<access_rule, Rules> const& rules) noexcept : rules_(rules)
    {
        for (std::size_t i = 0; i < Rules; ++i) {
            bool known = false;
            for (std::size_t j = 0; j < i; ++j)
                known = known || rules[j].operation == rules[i].operation;
            if (known)
                continue;
            auto const made = detail::slot_of(rules_, i);
            auto place = detail::place_of(made.print, slots_.size());
            while (slots_[place].count != 0)
                place = (place + 1) & (slots_.size() - 1);
            slots_[place] = made;
        }
    }

    explicit access_index(std::array<access_rule, Rules> const&&) = delete; // it would refer to what is gone

    constexpr std::span<access_rule const> rules() const noexcept { return rules_; }
    constexpr std::span<detail::access_slot const> slots() const noexcept { return slots_; }

private:
    std::span<access_rule const> rules_;
    std::array<detail::access_slot, std::bit_ceil(2 * Rules + 1)> slots_{}; // never full
};

/// A table of permissions: a view of rules, in any order. With an index an operation is found at once, else by a look
/// at every rule.
class access_table {
public:
    constexpr access_table() noexcept = default; ///< without rules: nothing is allowed

    /// Of any rules one behind the other: an array, a vector, a span.
    template<class Rules>
        requires(std::ranges::contiguous_range<Rules>&& std::ranges::sized_range<Rules>&&
                     std::same_as<std::ranges::range_value_t<Rules>, access_rule> &&
                 !std::same_as<std::remove_cvref_t<Rules>, access_table>)
    constexpr access_table(Rules const& rules [[clang::lifetimebound]]) noexcept
        : rules_(std::ranges::data(rules), std::ranges::size(rules))
    {
    }

    template<std::size_t Rules>
    constexpr access_table(access_index<Rules> const& index [[clang::lifetimebound]]) noexcept
        : rules_(index.rules()), slots_(index.slots())
    {
    }

    /// It would refer to what is gone.
    template<temporary_range Rules>
    access_table(Rules&&) = delete;
    template<std::size_t Rules>
    access_table(access_index<Rules> const&&) = delete;

    constexpr access_rule const* begin() const noexcept { return rules_.data(); }
    constexpr access_rule const* end() const noexcept { return rules_.data() + rules_.size(); }
    constexpr access_rule const* data() const noexcept { return rules_.data(); }
    constexpr std::size_t size() const noexcept { return rules_.size(); }
    constexpr bool empty() const noexcept { return rules_.empty(); }
    constexpr access_rule const& operator[](std::size_t index) const noexcept { return rules_[index]; }
    constexpr access_rule const& front() const noexcept { return rules_.front(); }

    /// The rules of an operation.
    ///
    /// Complexity: with an index O(bytes of the name), but for tables whose operations were named to share
    ///             fingerprints; else O(rules)
    constexpr operation_rules rules_of(std::string_view operation) const noexcept
    {
        if (slots_.empty()) [[unlikely]] {
            for (std::size_t i = 0; i < rules_.size(); ++i) {
                if (rules_[i].operation == operation)
                    return found(detail::slot_of(rules_, i));
            }
            return {};
        }
        auto const print = detail::fingerprint(operation);
        auto place = detail::place_of(print, slots_.size());
        for (; slots_[place].count != 0; place = (place + 1) & (slots_.size() - 1)) {
            auto const& slot = slots_[place];
            if (slot.print == print && rules_[slot.first].operation == operation) [[likely]]
                return found(slot);
        }
        return {};
    }

private:
    constexpr operation_rules found(detail::access_slot const& slot) const noexcept
    {
        return operation_rules(rules_.subspan(slot.first, slot.count), slot.are_adjacent);
    }

    std::span<access_rule const> rules_;
    std::span<detail::access_slot const> slots_;
};

} // namespace metapatch

/// It is a view.
template<>
inline constexpr bool std::ranges::enable_borrowed_range<metapatch::access_table> = true;

#endif
