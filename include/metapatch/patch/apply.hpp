// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_PATCH_APPLY_HPP
#define METAPATCH_PATCH_APPLY_HPP

#include <metapatch/patch/merge.hpp>
#include <metapatch/patch/validate.hpp>

#include <concepts>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace metapatch {

namespace detail {

/// The members of a body or patch that may be moved from.
inline boost::json::object& movable_members(boost::json::value& body) noexcept
{
    return body.get_object();
}
inline boost::json::object& movable_members(boost::json::object& body) noexcept
{
    return body;
}
inline boost::json::object& movable_members(patch& body) noexcept
{
    auto&& members = std::move(body).members();
    return static_cast<boost::json::object&>(members); // a returned name would be moved from, as of C++23
}

/// Do to a field what was found to be admissible, and count it. Strong guarantee for the field.
template<class Members>
void merge_members(state& field, Members& members, request const& asked, boost::json::storage_ptr const& storage,
                   change& made_of_it)
{
    if (field && !asked.clears) {
        merge<Members> merging(*field, members, asked.levels);
        merging.prepare();
        merging.commit();
        made_of_it.added = merging.added();
        made_of_it.replaced = merging.replaced();
        made_of_it.removed = merging.removed();
        return;
    }
    boost::json::object made(field ? field->storage() : storage);
    merge<Members> merging(made, members, asked.levels);
    merging.prepare();
    merging.commit();
    if (field)
        field->swap(made);
    else
        field.emplace(std::move(made));
}

/// Whether a body can be done to a value that a document has for a field. A null is an absent field; of any other value
/// that is no object nothing may be kept, which is so where the body clears.
inline bool can_be_done_to(boost::json::value const& stored, std::optional<request> const& asked) noexcept
{
    return stored.is_object() || stored.is_null() || (asked && asked->clears);
}

inline void clear(state& field, cleared_field cleared, boost::json::storage_ptr const& storage) noexcept
{
    if (cleared == cleared_field::absent)
        field.reset();
    else if (field)
        field->clear();
    else
        field.emplace(storage);
}

} // namespace detail

/// Apply a patch to a field in place.
///
/// Under Auth0's merge (`merge.depth` 1) a first-level null removes the member, any other value replaces it whole;
/// existing keys keep their place, new ones go last; `{}` clears, and leaves what `merge.cleared` says. A patch that
/// clears and then sets or removes members leaves the field present.
///
/// @param field   absent or present; keeps its storage. Its own nesting is not limited here, but Boost.JSON copies and
///                destroys values recursively: a DOM nested a million deep overflows the stack there
/// @param body    what the body carries for the field (value or object), or a `patch`; untouched when refused. The
///                values of an rvalue body or patch are moved where both live in the same storage. It must not be part
///                of `field`. A member missing from the body is a default `patch`, not a null value
/// @param policy  merge, key rule, limits
/// @param facts   `stored_size` makes a size limit O(patch); `storage` is for a field that was absent
/// @return        what changed
/// Errors:        those of `validate(field, body, policy)`; then nothing has changed
/// Complexity:    O(patch) expected for updates, amortized for new keys; removals add one pass over the field, however
///                many they are; where many go, the keys that stay are copied. Of values only those that the patch
///                sets are copied. A size limit without `facts.stored_size` adds a pass.
/// Exceptions:    std::bad_alloc. Strong guarantee: nothing has changed then, but for the capacity of the field.
/// Source:        semantics §2, A1 to A10; Auth0, "Manage Metadata Using the Management API"
///                <https://auth0.com/docs/manage-users/user-accounts/metadata/manage-metadata-api>
template<patch_body Body, key_rule Keys>
[[nodiscard]] result<change> apply(state& field, Body&& body, policy<Keys> const& policy, known const& facts = {})
{
    std::optional<detail::request> const asked = detail::request_of(body, policy.merge);
    auto outcome = detail::checked(detail::object_of(field), asked, policy, facts.stored_size);
    if (!outcome || !asked->touches)
        return outcome;
    if (asked->members == nullptr) {
        detail::clear(field, policy.merge.cleared, facts.storage);
    } else if constexpr (std::is_lvalue_reference_v<Body> || std::is_const_v<Body>) {
        detail::merge_members(field, *asked->members, *asked, facts.storage, *outcome);
    } else {
        detail::merge_members(field, detail::movable_members(body), *asked, facts.storage, *outcome);
    }
    return outcome;
}

/// What `apply` would make of a field, as a new value.
///
/// @param field  copied, into `facts.storage`; as an rvalue it is reused and keeps its storage
/// Errors, complexity and exceptions as those of `apply`, plus the copy.
template<patch_body Body, key_rule Keys>
[[nodiscard]] result<state> applied(state const& field, Body&& body, policy<Keys> const& policy,
                                    known const& facts = {})
{
    state copy;
    if (field)
        copy.emplace(*field, facts.storage);
    return applied(std::move(copy), std::forward<Body>(body), policy, facts);
}

/// The same, of a field that may be moved from.
template<patch_body Body, key_rule Keys>
[[nodiscard]] result<state> applied(state&& field, Body&& body, policy<Keys> const& policy, known const& facts = {})
{
    auto outcome = apply(field, std::forward<Body>(body), policy, facts);
    if (!outcome)
        return std::move(outcome).error();
    return std::move(field);
}

/// Apply a patch to a field that is a member of a larger document, such as the `user_metadata` of a user.
///
/// @code
/// apply(user, "user_metadata", body, metapatch::auth0::user_metadata);
/// @endcode
///
/// @param document  the object that holds the field; keeps the place of the member. Absent is a missing member, or
///                  null, which stays where the body does not name the field. A member of another type is no state of a
///                  field: it is as absent to a body that clears, and so keeps nothing of it
/// @param name      the member's key
/// @param body      as an rvalue it is no part of the document
/// Errors:          those of the other form, and before them `expected_object` where the stored member is neither an
///                  object nor null and the body does not clear
/// Complexity and exceptions as those of the other form; removing the member is linear in the document's own members.
template<patch_body Body, key_rule Keys>
[[nodiscard]] result<change> apply(boost::json::object& document, std::string_view name, Body&& body,
                                   policy<Keys> const& policy, known const& facts = {})
{
    auto const place = document.find(name);
    known const here{facts.stored_size, document.storage()};
    if (place == document.end()) {
        state field;
        // A body that stays may be a part of the document, which must not move before it is read. One that is moved
        // from must not be lost, so its member comes first.
        if constexpr (std::is_lvalue_reference_v<Body> || std::is_const_v<Body>) {
            auto outcome = apply(field, body, policy, here);
            if (outcome && field)
                document.emplace(detail::copyable(name), std::move(*field));
            return outcome;
        } else {
            struct last_member {
                explicit last_member(boost::json::object& of) noexcept : home(of) {}
                last_member(last_member const&) = delete;
                last_member& operator=(last_member const&) = delete;
                ~last_member()
                {
                    if (!kept)
                        home.erase(home.end() - 1);
                }
                boost::json::object& home;
                bool kept = false;
            };
            auto& value = document.emplace(detail::copyable(name), nullptr).first->value();
            last_member made(document);
            auto outcome = apply(field, std::move(body), policy, here);
            if (outcome && field) {
                value.emplace_object().swap(*field); // of the same storage
                made.kept = true;
            }
            return outcome;
        }
    }
    if (!place->value().is_object()) {
        std::optional<detail::request> const asked = detail::request_of(body, policy.merge);
        if (!detail::can_be_done_to(place->value(), asked))
            return report({.code = errc::expected_object});
        state field;
        auto outcome = apply(field, std::forward<Body>(body), policy, here);
        if (outcome && field)
            place->value().emplace_object().swap(*field); // of the same storage
        else if (outcome && asked->touches)
            document.stable_erase(place);
        return outcome;
    }

    // The object leaves the document for the call, and comes back however that ends.
    struct borrowed {
        explicit borrowed(boost::json::object& from) noexcept : home(from), field(std::move(from)) {}
        borrowed(borrowed const&) = delete;
        borrowed& operator=(borrowed const&) = delete;
        ~borrowed()
        {
            if (field)
                home.swap(*field);
        }
        boost::json::object& home;
        state field;
    };
    auto outcome = [&] {
        borrowed lent(place->value().get_object());
        auto done = apply(lent.field, std::forward<Body>(body), policy, here);
        if (done && !lent.field)
            document.stable_erase(place);
        return done;
    }();
    return outcome;
}

} // namespace metapatch

#endif
