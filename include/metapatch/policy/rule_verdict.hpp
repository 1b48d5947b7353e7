// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_POLICY_RULE_VERDICT_HPP
#define METAPATCH_POLICY_RULE_VERDICT_HPP

#include <metapatch/outcome/error.hpp>
#include <metapatch/outcome/rule_code.hpp>

#include <concepts>
#include <cstdint>

namespace metapatch {

/// What a rule says: nothing against what it is asked about, or the codes of what it refuses.
///
/// It is made from a bool (true admits, false is `Refusal`), from one code, or from a `rule_code` of your own; `|`
/// joins two.
template<errc Refusal>
class rule_verdict {
public:
    /// A bool and nothing that merely converts to one: a rule that answers with a pointer or a number is a mistake.
    constexpr rule_verdict(std::same_as<bool> auto admitted) noexcept : rule_verdict(admitted ? 0U : bit(Refusal)) {}
    constexpr rule_verdict(errc refusal) noexcept : rule_verdict(bit(refusal)) {}

    /// @param own  a constant of static storage: of another one this does not compile
    consteval rule_verdict(rule_code const& own) noexcept : refusals_(bit(errc::own_rule)), own_(&own) {}

    constexpr bool admits() const noexcept { return refusals_ == 0; }
    constexpr bool refuses(errc why) const noexcept { return (refusals_ & bit(why)) != 0; }

    /// Of a rule that refuses by a code of its own; of two joined ones, that of the first. Else nullptr.
    constexpr rule_code const* own() const noexcept { return own_; }

    constexpr rule_verdict operator|(rule_verdict other) const noexcept
    {
        auto joined = other;
        joined.refusals_ |= refusals_;
        if (own_ != nullptr)
            joined.own_ = own_;
        return joined;
    }

    bool operator==(rule_verdict const&) const = default;

private:
    constexpr explicit rule_verdict(std::uint32_t refusals) noexcept : refusals_(refusals) {}

    static constexpr std::uint32_t bit(errc code) noexcept { return std::uint32_t{1} << static_cast<int>(code); }

    std::uint32_t refusals_;
    rule_code const* own_ = nullptr;
};

/// What a key rule says; by false `errc::invalid_key_character`.
using key_verdict = rule_verdict<errc::invalid_key_character>;

/// What a rule for values says; by false `errc::invalid_value`.
using value_verdict = rule_verdict<errc::invalid_value>;

namespace detail {

/// Call `add(code)` for each code of its own by which a rule refuses what it is asked about.
template<class Verdict, class Rule, class Add, class... Asked>
void each_own_code(Rule const& rule, Add const& add, Asked const&... asked)
{
    if constexpr (requires { rule.each_own_code(add, asked...); }) {
        rule.each_own_code(add, asked...);
    } else {
        Verdict const verdict = rule(asked...);
        if (verdict.own() != nullptr)
            add(*verdict.own());
    }
}

} // namespace detail

} // namespace metapatch

#endif
