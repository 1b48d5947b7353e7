// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_POLICY_POLICY_HPP
#define METAPATCH_POLICY_POLICY_HPP

#include <metapatch/json/text.hpp>
#include <metapatch/policy/key_rule.hpp>
#include <metapatch/policy/value_rule.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>
#include <utility>

namespace metapatch {

/// No limit of a number.
inline constexpr std::size_t unlimited = std::numeric_limits<std::size_t>::max();

/// What the body `{}` asks for.
enum class empty_body : std::uint8_t {
    clears, ///< drop all members (Auth0)
    merges, ///< merge nothing (RFC 7396); where the depth is 0 it clears all the same
};

/// What the body `null` asks for.
enum class null_body : std::uint8_t {
    rejected, ///< `errc::expected_object`
    clears,   ///< as `{}` does
};

/// What remains of a field that a body has cleared.
enum class cleared_field : std::uint8_t {
    empty,  ///< it is present, with `{}`
    absent, ///< it is gone
};

/// The types that the field's own members may have.
enum class value_types : std::uint8_t {
    any,
    string_or_null, ///< null removes
    string,
};

/// How a body changes the stored field.
struct merge_rules {
    /// The levels that merge and remove by null; what lies below them is replaced whole, its nulls are data.
    /// 0 replaces the field, 1 is Auth0's merge, `unlimited` is RFC 7396.
    std::size_t depth = 1;
    empty_body on_empty = empty_body::clears;
    null_body on_null = null_body::rejected;
    cleared_field cleared = cleared_field::empty;
};

/// What a patch and its result may hold. Members are the field's own, at the first level.
struct limits {
    std::size_t max_members = unlimited;           ///< of a body, nulls included, and of the result
    std::size_t max_key_code_points = unlimited;   ///< of a member's key
    value_types values = value_types::any;         ///< of a member
    std::size_t max_value_code_points = unlimited; ///< of a member that is a string
    std::size_t max_bytes = unlimited;             ///< of the result, as compact UTF-8 JSON
};

/// All the rules of one metadata field, as a value: constexpr, or copied and edited at run time.
///
/// @code
/// auto mine = metapatch::auth0::app_metadata;
/// mine.limits.max_bytes = 10'240;
///
/// constexpr metapatch::policy flat{metapatch::no_empty_key{}, {.depth = 1}, {.max_members = 50}};
/// @endcode
template<key_rule Keys = any_key>
struct policy {
    [[no_unique_address]] Keys keys{};
    merge_rules merge{};
    metapatch::limits limits{};
    read_rules read{}; ///< of texts; `max_nesting` and `max_violations` hold for bodies that are no texts too
};

template<class Keys>
policy(Keys, merge_rules = {}, limits = {}, read_rules = {}) -> policy<Keys>;
policy()->policy<any_key>;
template<detail::rule_that_may_throw Keys>
policy(Keys, merge_rules = {}, limits = {}, read_rules = {}) -> policy<detail::a_key_rule_must_be_noexcept>;
template<detail::rule_of_strings Keys>
policy(Keys, merge_rules = {}, limits = {}, read_rules = {})
    -> policy<detail::a_key_rule_takes_a_string_view_not_a_string>;
template<detail::rule_of_other_answers Keys>
policy(Keys, merge_rules = {}, limits = {}, read_rules = {})
    -> policy<detail::a_key_rule_answers_with_a_bool_or_an_errc>;

namespace detail {

template<key_rule Old, key_rule New>
constexpr auto with_rules(policy<Old> const& base, New keys)
{
    return policy<New>{std::move(keys), base.merge, base.limits, base.read};
}

} // namespace detail

/// The same policy with another rule for keys, `policy<New>`; rules for values stay.
template<key_rule Old, key_rule New>
constexpr auto with_keys(policy<Old> const& base, New keys)
{
    return detail::with_rules(base, detail::in_place_of(base.keys, std::move(keys)));
}

/// The same policy with one more rule for keys, `policy<both<Old, More>>`.
template<key_rule Old, key_rule More>
constexpr auto and_keys(policy<Old> const& base, More keys)
{
    return detail::with_rules(base, detail::joined_keys(base.keys, std::move(keys)));
}

/// The same policy with one more rule for values, `policy<keys_and_values<Keys, More>>`. Texts are read more slowly by
/// a policy that has one, for it is asked about values as a DOM holds them.
template<key_rule Keys, value_rule More>
constexpr auto and_values(policy<Keys> const& base, More values)
{
    return detail::with_rules(base, detail::joined_values(base.keys, std::move(values)));
}
template<class Keys, detail::value_rule_that_may_throw More>
detail::a_value_rule_must_be_noexcept and_values(policy<Keys> const&, More) = delete;

/// What is no key rule for a reason that can be told is refused with it: in the type that these would return.
template<class Old, detail::rule_that_may_throw New>
detail::a_key_rule_must_be_noexcept with_keys(policy<Old> const&, New) = delete;
template<class Old, detail::rule_of_strings New>
detail::a_key_rule_takes_a_string_view_not_a_string with_keys(policy<Old> const&, New) = delete;
template<class Old, detail::rule_of_other_answers New>
detail::a_key_rule_answers_with_a_bool_or_an_errc with_keys(policy<Old> const&, New) = delete;
template<class Old, detail::rule_that_may_throw New>
detail::a_key_rule_must_be_noexcept and_keys(policy<Old> const&, New) = delete;
template<class Old, detail::rule_of_strings New>
detail::a_key_rule_takes_a_string_view_not_a_string and_keys(policy<Old> const&, New) = delete;
template<class Old, detail::rule_of_other_answers New>
detail::a_key_rule_answers_with_a_bool_or_an_errc and_keys(policy<Old> const&, New) = delete;

/// Merges the first level, removes by null, clears by `{}`; no restriction but that of nesting.
inline constexpr policy<> first_level{};

/// The field becomes the body without its null members.
inline constexpr policy<> replace{{}, {.depth = 0}};

/// RFC 7396: merges and removes by null at every depth, and `{}` changes nothing.
inline constexpr policy<> rfc7396{{}, {.depth = unlimited, .on_empty = empty_body::merges}};

/// Merges and removes by null on the first `levels` levels.
constexpr policy<> up_to_level(std::size_t levels)
{
    return {{}, {.depth = levels}};
}

} // namespace metapatch

#endif
