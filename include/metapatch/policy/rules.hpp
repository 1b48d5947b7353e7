// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_POLICY_RULES_HPP
#define METAPATCH_POLICY_RULES_HPP

#include <metapatch/json/utf8.hpp>
#include <metapatch/json/walk.hpp>
#include <metapatch/outcome/violation.hpp>
#include <metapatch/policy/policy.hpp>
#include <metapatch/policy/value_rule.hpp>

#include <boost/json/value.hpp>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// The rules of a policy for one key and one value, whatever they come from. A place has a `pointer()`.
namespace metapatch::detail {

/// Where a violation is; nothing once the report only counts.
template<class Place>
std::string pointer_to(Place const& place, report const& found)
{
    return found.full() ? std::string() : place.pointer();
}

/// What a rule refuses, by the codes of all and then by its own.
template<errc Refusal, class Rule, class Place, class... Asked>
void add_refusals(rule_verdict<Refusal> verdict, Rule const& rule, Place const& place, report& found,
                  Asked const&... asked)
{
    for (std::size_t i = 1; i <= errc_texts.size(); ++i) {
        if (static_cast<errc>(i) != errc::own_rule && verdict.refuses(static_cast<errc>(i)))
            found.add({.code = static_cast<errc>(i), .pointer = pointer_to(place, found)});
    }
    auto const add = [&place, &found](rule_code const& code) {
        found.add({.code = errc::own_rule, .pointer = pointer_to(place, found), .own = code});
    };
    if (verdict.own() != nullptr)
        each_own_code<rule_verdict<Refusal>>(rule, add, asked...);
    else if (verdict.refuses(errc::own_rule))
        found.add({.code = errc::own_rule, .pointer = pointer_to(place, found)});
}

template<key_rule Keys, class Place>
void check_key(member_key key, policy<Keys> const& policy, Place const& place, report& found)
{
    key_verdict const verdict = policy.keys(key);
    if (!verdict.admits())
        add_refusals(verdict, policy.keys, place, found, key);
    auto const limit = policy.limits.max_key_code_points;
    if (key.level == 1 && key.name.size() > limit && code_points(key.name) > limit)
        found.add({.code = errc::key_too_long,
                   .pointer = pointer_to(place, found),
                   .limit = limit,
                   .actual = code_points(key.name)});
}

/// The rules for the value of a first-level member.
///
/// @param string  what the value holds where it is a string
/// @return        whether it is of a type that a member may have
template<class Place>
bool check_value(bool is_null, std::optional<std::string_view> string, limits const& limits, Place const& place,
                 report& found)
{
    bool const admitted =
        limits.values == value_types::any || string || (is_null && limits.values == value_types::string_or_null);
    if (!admitted) {
        found.add({.code = errc::invalid_value_type, .pointer = pointer_to(place, found)});
    } else if (string && string->size() > limits.max_value_code_points) {
        auto const length = code_points(*string);
        if (length > limits.max_value_code_points)
            found.add({.code = errc::value_too_long,
                       .pointer = pointer_to(place, found),
                       .limit = limits.max_value_code_points,
                       .actual = length});
    }
    return admitted;
}

/// The policy's own rules for a value that is not null, at any level.
template<key_rule Keys>
void judge_value(boost::json::value const& value, value_walk const& walk, policy<Keys> const& policy, report& found)
{
    value_place const place(walk);
    each_value_rule(policy.keys, [&](auto const& rule) {
        value_verdict const verdict = rule(value, place);
        if (!verdict.admits())
            add_refusals(verdict, rule, walk, found, value, place);
    });
}

} // namespace metapatch::detail

#endif
