// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_ALGEBRA_TEXT_DIFF_HPP
#define METAPATCH_ALGEBRA_TEXT_DIFF_HPP

#include <metapatch/algebra/bodies.hpp>
#include <metapatch/algebra/diff.hpp>
#include <metapatch/json/exact_dom.hpp>
#include <metapatch/json/lexeme_dom.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace metapatch {

namespace detail {

inline body_texts texts_of(patch_bodies const& bodies, exact_dom const& dom)
{
    body_texts texts;
    texts.in_turn.reserve(bodies.in_turn.size());
    for (auto const& body : bodies.in_turn)
        texts.in_turn.push_back(dom.write(body));
    return texts;
}

/// Whether a body makes more of a stored text, in its turn, than a policy admits: what that takes as compact JSON.
/// @param stored  an object; what else is stored is kept by no body that is accepted
/// @param bodies  accepted, sizes aside
template<key_rule Keys>
report too_large_in_turn(std::optional<std::string_view> stored, body_texts const& bodies, policy<Keys> const& policy)
{
    auto const most = policy.limits.max_bytes;
    // No text is shorter than its compact form.
    auto raw_size = stored.value_or("").size();
    for (auto const& body : bodies.in_turn)
        raw_size += body.size();
    if (raw_size <= most)
        return report();
    lexeme_dom dom; // in which any number of ways to write a number are told apart
    state field;
    if (stored) {
        if (auto value = dom.read(*stored, policy.read); value && value->is_object())
            field.emplace(std::move(value->get_object()));
    }
    for (auto const& body : bodies.in_turn) {
        auto const changes = patch::from(dom.read(body, policy.read).value(), policy).value();
        field = merged(std::move(field), changes, policy.merge);
        auto const size = field ? dom.write(*field).size() : 0;
        if (size > most)
            return report({.code = errc::too_large, .limit = most, .actual = size});
    }
    return report();
}

/// A field's text as a state whose numbers are exact.
inline result<state> read_exact(std::optional<std::string_view> text, exact_dom& dom, read_rules rules)
{
    if (!text)
        return state();
    auto value = dom.read(*text, rules);
    if (!value)
        return std::move(value).error();
    if (!value->is_object())
        return report({.code = errc::expected_object});
    return state(std::move(value->get_object()));
}

/// The bodies of a patch whose values are exact, each accepted in its turn; of sizes the texts tell.
template<key_rule Keys>
result<patch_bodies> exact_bodies(patch const& changes, state const& stored, std::optional<std::string_view> text,
                                  exact_dom const& dom, policy<Keys> const& policy, presence how)
{
    auto unmeasured = policy; // an exact number does not show how long it is
    unmeasured.limits.max_bytes = unlimited;
    return bodies_in_turn(changes, stored, unmeasured, how, [&](patch_bodies const& bodies) {
        auto found = refused_in_turn(bodies, stored, unmeasured);
        if (found.empty() && policy.limits.max_bytes != unlimited)
            found = too_large_in_turn(text, texts_of(bodies, dom), policy);
        return found;
    });
}

inline report told_of_all(input_text which, report const& found)
{
    return told_of(which, found, [](violation const&) { return true; });
}

} // namespace detail

/// The bodies that carry a patch whose values are exact, as texts: `to_bodies` for values that an `exact_dom` has read.
///
/// @param changes  a patch of the policy
/// @param stored   the field as it is, of the same DOM
/// @param text     of that field; nothing where it is absent
/// @param dom      that both come from
/// Errors:         those of `to_bodies` for a state that is known; sizes are those of the texts
/// Complexity:     O(bytes of both); a limit of the size costs nothing where the texts as they stand are within it,
///                 else O(bytes of the field) a body
/// Exceptions:     std::bad_alloc
/// Source:         semantics §5; §3, "Size"
template<key_rule Keys>
[[nodiscard]] result<body_texts> to_body_texts(patch const& changes, state const& stored,
                                               std::optional<std::string_view> text, exact_dom const& dom,
                                               policy<Keys> const& policy, presence how = presence::exact)
{
    auto const made = detail::exact_bodies(changes, stored, text, dom, policy, how);
    if (!made)
        return made.error();
    return detail::texts_of(*made, dom);
}

/// What to send so that one text of a field becomes another, exactly: no number is rounded, however long it is, as it
/// would be in a DOM. This is the way from texts to bodies; the way of values is `diff` of states, and `to_bodies`.
///
/// @code
/// auto const bodies = metapatch::diff(R"({"id":12345678901234567890123})", R"({"id":12345678901234567890124})",
///                                     metapatch::first_level).value();
/// bodies.nothing_to_send(); // false: what to send is bodies.in_turn
/// @endcode
///
/// @param from, to  texts of the field; nothing where it is absent
/// @param policy    its merge decides, and its other rules are what each body is accepted by in its turn
/// @param how       whether absent and `{}` are different
/// @return          the bodies, none where there is nothing to send: the states are equal as JSON. Numbers are as `to`
///                  writes them; of one that it writes in more than three ways, a fourth is written as the first
/// Errors:          of a text those of `read_value`, but no number is out of range, and `expected_object`, with
///                  `violation::text`: `from` comes first; else those of `diff` and of `to_bodies`
/// Complexity:      O(bytes of both · log(their numbers)); no recursion
/// Exceptions:      std::bad_alloc
/// Source:          semantics §5
template<key_rule Keys>
[[nodiscard]] result<body_texts> diff(std::optional<std::string_view> from, std::optional<std::string_view> to,
                                      policy<Keys> const& policy, presence how = presence::exact)
{
    exact_dom dom;
    auto const after = detail::read_exact(to, dom, policy.read); // first, for the bodies write its numbers
    auto const before = detail::read_exact(from, dom, policy.read);
    if (!before)
        return detail::told_of_all(input_text::from, before.error());
    if (!after)
        return detail::told_of_all(input_text::to, after.error());
    auto const changes = diff(*before, *after, policy, how);
    if (!changes)
        return changes.error();
    return to_body_texts(*changes, *before, from, dom, policy, how);
}

} // namespace metapatch

#endif
