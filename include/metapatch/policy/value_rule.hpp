// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_POLICY_VALUE_RULE_HPP
#define METAPATCH_POLICY_VALUE_RULE_HPP

#include <metapatch/json/walk.hpp>
#include <metapatch/policy/key_rule.hpp>
#include <metapatch/policy/rule_verdict.hpp>

#include <boost/json/value.hpp>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace metapatch {

/// Where a value of a patch lies, as a rule is told. It is of no use after the call.
class value_place {
public:
    explicit value_place(value_walk const& walk [[clang::lifetimebound]]) noexcept : walk_(walk) {}

    /// The key of a member; "" of an element of an array.
    std::string_view key() const noexcept { return walk_.has_key() ? walk_.key() : std::string_view(); }

    /// Whether it is an element of an array, and so has no key.
    bool is_element() const noexcept { return !walk_.has_key(); }

    /// How deep it lies: 1 for the field's own members.
    std::size_t level() const noexcept { return walk_.level(); }

    /// RFC 6901, from the root of the field. O(its length). Exceptions: std::bad_alloc
    std::string pointer() const { return walk_.pointer(); }

private:
    value_walk const& walk_;
};

/// A rule for values: any copyable value, a lambda of yours included, that can be asked about a value and its place
/// without throwing.
///
/// @code
/// auto const known_plans = [](boost::json::value const& value, metapatch::value_place const& place) noexcept {
///     return place.level() > 1 || place.key() != "plan" || value == "free" || value == "team";
/// };
/// auto const mine = metapatch::and_values(metapatch::auth0::app_metadata, known_plans);
/// @endcode
///
/// A rule is asked about every value of a patch, at every depth and in its order: a container before what is in it. It
/// is not asked about nulls, which remove or say nothing. In a text a number is what a DOM holds of it: the nearest
/// double, or an infinity. It must be pure, and must not refer to what may die before it.
///
/// False is `errc::invalid_value`; a `value_verdict` has other codes, or one of your own.
template<class Rule>
concept value_rule = std::copy_constructible<Rule> &&
    std::is_nothrow_invocable_r_v<value_verdict, Rule const&, boost::json::value const&, value_place const&>;

/// Refuses what either rule for values refuses, with the codes of both.
template<value_rule First, value_rule Second>
struct both_values {
    [[no_unique_address]] First first;
    [[no_unique_address]] Second second;

    value_verdict operator()(boost::json::value const& value, value_place const& place) const noexcept
    {
        return value_verdict(first(value, place)) | value_verdict(second(value, place));
    }

    template<class Add>
    void each_own_code(Add const& add, boost::json::value const& value, value_place const& place) const
    {
        detail::each_own_code<value_verdict>(first, add, value, place);
        detail::each_own_code<value_verdict>(second, add, value, place);
    }
};
template<class First, class Second>
both_values(First, Second) -> both_values<First, Second>;

/// A rule for keys with one for values beside it: what `and_values` makes of a policy's.
template<key_rule Keys, value_rule Values>
struct keys_and_values {
    [[no_unique_address]] Keys keys;
    [[no_unique_address]] Values values;

    constexpr key_verdict operator()(member_key const& key) const noexcept { return keys(key); }
    constexpr key_filter filter() const noexcept { return detail::filter_of(keys); }

    template<class Add>
    void each_own_code(Add const& add, member_key const& key) const
    {
        detail::each_own_code<key_verdict>(keys, add, key);
    }
};
template<class Keys, class Values>
keys_and_values(Keys, Values) -> keys_and_values<Keys, Values>;

namespace detail {

/// Call `judge(rule)` for each rule for values that a rule for keys has beside it.
template<class Keys, class Judge>
void each_value_rule(Keys const&, Judge const&)
{
}
template<class First, class Second, class Judge>
void each_value_rule(both<First, Second> const& keys, Judge const& judge);
template<class Keys, class Values, class Judge>
void each_value_rule(keys_and_values<Keys, Values> const& keys, Judge const& judge)
{
    each_value_rule(keys.keys, judge);
    judge(keys.values);
}
template<class First, class Second, class Judge>
void each_value_rule(both<First, Second> const& keys, Judge const& judge)
{
    each_value_rule(keys.first, judge);
    each_value_rule(keys.second, judge);
}

/// Whether there is any.
template<class Keys>
inline constexpr bool judges_values = false;
template<class First, class Second>
inline constexpr bool judges_values<both<First, Second>> = judges_values<First> || judges_values<Second>;
template<class Keys, class Values>
inline constexpr bool judges_values<keys_and_values<Keys, Values>> = true;

/// A rule for keys in place of another, whose rules for values stay.
template<class Old, class New>
constexpr auto in_place_of(Old const&, New keys)
{
    return keys;
}
template<class Old, class Values, class New>
constexpr auto in_place_of(keys_and_values<Old, Values> const& old, New keys)
{
    return keys_and_values<New, Values>{std::move(keys), old.values};
}

/// A rule for keys and one more.
template<class Old, class More>
constexpr auto joined_keys(Old const& old, More keys)
{
    return both<Old, More>{old, std::move(keys)};
}
template<class Old, class Values, class More>
constexpr auto joined_keys(keys_and_values<Old, Values> const& old, More keys)
{
    return keys_and_values<both<Old, More>, Values>{{old.keys, std::move(keys)}, old.values};
}

/// Rules with one more for values.
template<class Old, class More>
constexpr auto joined_values(Old const& old, More values)
{
    return keys_and_values<Old, More>{old, std::move(values)};
}
template<class Keys, class Old, class More>
constexpr auto joined_values(keys_and_values<Keys, Old> const& old, More values)
{
    return keys_and_values<Keys, both_values<Old, More>>{old.keys, {old.values, std::move(values)}};
}

/// As of key rules that may throw.
struct a_value_rule_must_be_noexcept {
    a_value_rule_must_be_noexcept() = delete;
};
template<class Rule>
concept value_rule_that_may_throw =
    std::is_invocable_r_v<value_verdict, Rule const&, boost::json::value const&, value_place const&> &&
    !value_rule<Rule>;

} // namespace detail

} // namespace metapatch

#endif
