// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_ALGEBRA_USER_DIFF_HPP
#define METAPATCH_AUTH0_ALGEBRA_USER_DIFF_HPP

#include <metapatch/algebra/text_diff.hpp>
#include <metapatch/auth0/management/user_metadata.hpp>

#include <algorithm>
#include <array>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace metapatch::auth0 {

/// What the service itself writes as time goes by: in two exports of a user it differs, and nobody changed it.
inline constexpr std::array<std::string_view, 6> written_by_the_service{
    "updated_at", "last_login", "last_ip", "logins_count", "last_password_reset", "multifactor_last_modified"};

namespace detail {

/// Collects the bodies that lead from one user to another.
template<class Rules>
class user_difference {
public:
    user_difference(boost::json::object const& from, boost::json::object const& to, Rules const& rules)
        : from_(from), to_(to), rules_(rules)
    {
    }

    /// The attributes of the root, but for metadata and what is left aside.
    void add_attributes(std::span<std::string_view const> aside)
    {
        auto const counts = [aside](std::string_view name) {
            return find_metadata(name) == nullptr && std::find(aside.begin(), aside.end(), name) == aside.end();
        };
        for (auto const& old : from_) {
            if (counts(old.key()) && !to_.contains(old.key()))
                add_attribute(old.key(), &old.value(), nullptr);
        }
        for (auto const& wanted : to_) {
            if (counts(wanted.key()))
                add_attribute(wanted.key(), from_.if_contains(wanted.key()), &wanted.value());
        }
    }

    /// A field of metadata.
    /// @param bodies_of  gives the bodies of a patch on a state
    template<class BodiesOf>
    void add_field(metadata_field const& field, presence how, BodiesOf bodies_of)
    {
        auto const* const old = value_of(from_, field.name);
        auto const* const wanted = value_of(to_, field.name);
        if (old != nullptr && wanted != nullptr && equal(*old, *wanted))
            return;
        if (wanted != nullptr && !wanted->is_object())
            return add_obstacles(field.name, report({.code = errc::expected_object}));
        auto const target = wanted != nullptr ? state(wanted->get_object()) : state();
        bool const is_readable = old == nullptr || old->is_object();
        auto const stored = old != nullptr && is_readable ? state(old->get_object()) : state();
        auto made = with_policy(rules_, field, [&](auto const& policy) {
            auto const changes = is_readable ? diff(stored, target, policy, how) : repaired(target, policy, how);
            return changes ? bodies_of(*changes, stored, policy) : result<patch_bodies>(changes.error());
        });
        if (!made)
            return add_obstacles(field.name, made.error());
        for (std::size_t i = 0; i < made->in_turn.size(); ++i)
            body(i).emplace(field.name, std::move(made->in_turn[i]));
    }

    /// Whole bodies of PATCH, or all that stands in the way.
    result<patch_bodies> take()
    {
        if (!obstacles_.empty())
            return std::move(obstacles_);
        return std::move(bodies_);
    }

private:
    /// Nothing also of a null: a field that is null is absent.
    static boost::json::value const* value_of(boost::json::object const& user, std::string_view name)
    {
        auto const* const value = user.if_contains(name);
        return value != nullptr && !value->is_null() ? value : nullptr;
    }

    /// The patch that leaves a state whatever is stored, be it no object.
    template<key_rule Keys>
    static result<patch> repaired(state const& target, policy<Keys> const& policy, presence how)
    {
        using namespace metapatch::detail;
        if (!can_clear(policy.merge) || (!target && how == presence::exact && left_by(patch().clear(), policy.merge)))
            return report({.code = errc::unreachable_state});
        boost::json::object const none;
        return target || how == presence::either ? diff_by_clear(members_of(target, none), policy, patch(), how)
                                                 : result<patch>(patch().clear());
    }

    void add_attribute(std::string_view name, boost::json::value const* old, boost::json::value const* wanted)
    {
        if (old != nullptr && wanted != nullptr && equal(*old, *wanted))
            return;
        auto const* const known = update_index.find(name);
        if (known == nullptr || !known->stored || (wanted == nullptr && !known->nullable))
            return add_obstacle(errc::unreachable_state, name);
        if (wanted != nullptr && wanted->is_null())
            return add_obstacle(errc::unreachable_null, name);
        if (wanted != nullptr) {
            body_members members;
            members.read(name, *wanted);
            if (auto const refused = check_member(*known, *members.begin(), members))
                return obstacles_.add_all(refused->violations);
        }
        auto& value = body(has_partner(name) ? 1 : 0)[name];
        if (wanted != nullptr)
            value = *wanted;
    }

    /// Whether an attribute goes into a second body, for the first one has another that must not be beside it.
    bool has_partner(std::string_view name) const
    {
        if (bodies_.in_turn.empty())
            return false;
        auto const& first = bodies_.in_turn.front().get_object();
        return std::any_of(forbidden_pairs.begin(), forbidden_pairs.end(), [&](auto const& pair) {
            return (pair.first == name && first.contains(pair.second)) ||
                   (pair.second == name && first.contains(pair.first));
        });
    }

    boost::json::object& body(std::size_t index)
    {
        while (bodies_.in_turn.size() <= index)
            bodies_.in_turn.emplace_back(boost::json::object());
        return bodies_.in_turn[index].get_object();
    }

    void add_obstacle(errc code, std::string_view name)
    {
        obstacles_.add({.code = code, .pointer = obstacles_.full() ? std::string() : pointer_to(name)});
    }

    void add_obstacles(std::string_view field, report const& found)
    {
        for (auto each : found) {
            each.pointer.insert(0, pointer_to(field));
            obstacles_.add(std::move(each));
        }
        obstacles_.add_omitted(found.omitted());
    }

    boost::json::object const& from_;
    boost::json::object const& to_;
    Rules const& rules_;
    patch_bodies bodies_;
    report obstacles_;
};

/// What a body that was looked up makes of a user, whoever asks. @return why it is refused, if it is
template<class Media, class Rules>
std::optional<refusal> merge_body(Media& media, body_members& members, Rules const& rules)
{
    if (auto refused = check_update(members, null_clears_by(rules)))
        return refused;
    if (auto refused = media.read_stored())
        return refused;
    set_attributes(media);
    return merge_metadata(media, update_attributes, rules);
}

/// Why bodies are refused in their turn, if one is: each was accepted for its own field, and both fields have a limit.
inline report refused_in_turn(std::string_view from, body_texts const& bodies, rules_of_text const& rules)
{
    auto size = from.size();
    for (auto const& body : bodies.in_turn)
        size += body.size();
    if (size <= rules.max_metadata_bytes) // no text is shorter than its compact form
        return report();
    std::string user(from);
    text_body read;
    for (auto const& body : bodies.in_turn) {
        read.read(body, rules.fields, rules.instructions);
        text_media media(user, read);
        if (auto const refused = merge_body(media, read.members(), rules))
            return refused->violations;
        user = media.finish();
    }
    return report();
}

/// The same of values.
template<key_rule UserKeys, key_rule AppKeys>
report refused_in_turn(boost::json::object const& from, patch_bodies const& bodies,
                       basic_user_rules<UserKeys, AppKeys> const& rules)
{
    auto size = serialized_size(from);
    for (auto const& body : bodies.in_turn)
        size += serialized_size(body);
    if (size <= rules.max_metadata_bytes)
        return report();
    state user(from);
    for (auto const& body : bodies.in_turn) {
        dom_media media(user, body, {});
        media.read_body();
        if (auto const refused = merge_body(media, media.members(), rules))
            return refused->violations;
        user = media.finish();
    }
    return report();
}

} // namespace detail

/// What to send to PATCH /api/v2/users/{id} so that one user becomes another: whole bodies, with the attributes of the
/// root and both fields of metadata, and in them what differs alone. What is the same is not there; above all there is
/// no `{}`, which would clear a field.
///
/// One body does it, mostly. Attributes that must not come together take two, and a field as many as `to_bodies` says.
///
/// @param from, to  users. Metadata that is null is absent
/// @param rules     policies, sizes
/// @param how       whether it matters that a field of metadata is absent, or `{}`
/// @param aside     attributes that are not compared, and may differ: those that the service writes. None: all count
/// @return          the bodies, each one that `update_user` accepts in its turn; none where there is nothing to send
/// Errors:          with pointers from the root of the user: `unreachable_state` (no PATCH writes the attribute, or
///                  unsets it; or those of `diff` for a field), `unreachable_null`, `expected_object` (metadata that is
///                  to be no object); those of a malformed body for the value of an attribute; those of `to_bodies` for
///                  a field; and `too_large` at "" for both fields together
/// Complexity:      O(bytes of both); no recursion
/// Exceptions:      std::bad_alloc
/// Source:          semantics §5 and §6; OpenAPI, UpdateUserRequestContent
template<key_rule UserKeys = field_keys, key_rule AppKeys = field_keys>
[[nodiscard]] result<patch_bodies> diff_users(boost::json::object const& from, boost::json::object const& to,
                                              basic_user_rules<UserKeys, AppKeys> const& rules = standard_user_rules,
                                              presence how = presence::exact,
                                              std::span<std::string_view const> aside = written_by_the_service)
{
    detail::user_difference changes(from, to, rules);
    changes.add_attributes(aside);
    for (auto const& field : detail::metadata_fields)
        changes.add_field(field, how, [how](patch const& made, state const& stored, auto const& policy) {
            return to_bodies(made, stored, policy, how);
        });
    auto bodies = changes.take();
    if (!bodies)
        return bodies;
    if (auto found = detail::refused_in_turn(from, *bodies, rules); !found.empty())
        return found;
    return bodies;
}

/// The same from texts to texts, exactly: no number is rounded.
///
/// Errors:     those of the other form; and of a text those of `read_value`, but no number is out of range, and
///             `expected_object`, with `violation::text`
/// Complexity: O(bytes of both · log(their members and numbers)); no recursion
template<key_rule UserKeys = field_keys, key_rule AppKeys = field_keys>
[[nodiscard]] result<body_texts> diff_users(std::string_view from, std::string_view to,
                                            basic_user_rules<UserKeys, AppKeys> const& rules = standard_user_rules,
                                            presence how = presence::exact,
                                            std::span<std::string_view const> aside = written_by_the_service)
{
    exact_dom dom;
    constexpr read_rules reading{.max_nesting = nesting_ceiling};
    auto const after = metapatch::detail::read_exact(to, dom, reading); // first, for the bodies write its numbers
    auto const before = metapatch::detail::read_exact(from, dom, reading);
    if (!before)
        return metapatch::detail::told_of_all(input_text::from, before.error());
    if (!after)
        return metapatch::detail::told_of_all(input_text::to, after.error());
    detail::text_body stored;
    stored.read(from, {}, detail::instructions_of(rules));
    detail::user_difference changes(**before, **after, rules);
    changes.add_attributes(aside);
    for (auto const& field : detail::metadata_fields)
        changes.add_field(field, how, [&](patch const& made, state const& now, auto const& policy) {
            auto const text = now ? std::optional(stored.value(field.name)) : std::nullopt;
            return metapatch::detail::exact_bodies(made, now, text, dom, policy, how);
        });
    auto const bodies = changes.take();
    if (!bodies)
        return bodies.error();
    auto texts = metapatch::detail::texts_of(*bodies, dom);
    if (auto found = detail::refused_in_turn(from, texts, detail::rules_for_text(rules)); !found.empty())
        return found;
    return texts;
}

} // namespace metapatch::auth0

#endif
