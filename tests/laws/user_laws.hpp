// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_LAWS_USER_LAWS_HPP
#define METAPATCH_TESTS_LAWS_USER_LAWS_HPP

#include "../requests.hpp"
#include "../support.hpp"
#include "request_forms.hpp"
#include "require.hpp"
#include "sorted.hpp"
#include "stored_value.hpp"
#include "user_cases.hpp"

#include <metapatch/auth0/algebra/user_diff.hpp>
#include <metapatch/auth0/management/create_user.hpp>
#include <metapatch/auth0/management/multifactor.hpp>
#include <metapatch/auth0/management/update_user.hpp>
#include <metapatch/auth0/management/view_user.hpp>
#include <metapatch/json/equal.hpp>

#include <algorithm>
#include <array>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What holds of every request to update a user.
namespace metapatch::laws {

using user_answer = auth0::answer<auth0::changed_user<boost::json::object>>;

inline user_answer updated(user_case const& on)
{
    return auth0::update_user(on.stored, on.token(), "me", on.body, on.rules);
}

inline bool is_of_scopes(auth0::refusal const& why)
{
    return why.why == auth0::refusal_reason::insufficient_scope || why.why == auth0::refusal_reason::subject_mismatch ||
           why.why == auth0::refusal_reason::fields_out_of_reach;
}

/// The new user differs from the stored one only where the body asks for it and the scopes reach, and there as the policies say.
inline void check_what_changed(user_case const& on, auth0::changed_user<boost::json::object> const& made)
{
    auto const words = [&] { return on.words() + "\n  made    " + boost::json::serialize(made.user); };
    auto const& before = *on.stored;
    auto const& body = on.body.get_object();
    auto const check = [&](std::string_view name) {
        auto const* old = before.if_contains(name);
        auto const* now = made.user.if_contains(name);
        auto const* asked = body.if_contains(name);
        if (asked == nullptr || name == "password" || name == "connection" || name == "client_id" ||
            name == "verify_email") {
            require((old == nullptr) == (now == nullptr) && (old == nullptr || equal(*old, *now)), words);
            return;
        }
        require(made.decision.reaches(name) || (on.rules.permissions.judges_effects && name == "user_metadata"), words);
        if (name == "user_metadata" || name == "app_metadata") {
            auto const& policy = name == "user_metadata" ? on.rules.user_metadata : on.rules.app_metadata;
            bool const has_state = old != nullptr && old->is_object();
            require(has_state || old == nullptr || old->is_null() || model::keeps_nothing(*asked, policy.merge), words);
            auto const wanted = applied(has_state ? state(old->get_object()) : state(), *asked, policy).value();
            require(wanted.has_value() == (now != nullptr) && (now == nullptr || equal(*wanted, now->get_object())),
                    words);
        } else {
            require(asked->is_null() ? now == nullptr : now != nullptr && equal(*asked, *now), words);
        }
    };
    for (auto const& member : before)
        check(member.key());
    for (auto const& member : made.user)
        check(member.key());
    require(boost::json::serialize(made.user).find(secret) == std::string::npos, words);
}

/// Both forms answer alike.
inline void check_texts(user_case const& on, user_answer const& by_dom)
{
    if (!test::all_finite(on.body))
        return; // no text says that
    auto const body = boost::json::serialize(on.body);
    auto const stored = on.stored ? std::optional(boost::json::serialize(*on.stored)) : std::nullopt;
    auto const made = auth0::update_user(stored, on.token(), "me", body, on.rules);
    auto const words = [&] { return on.words(); };
    require(made.has_value() == by_dom.has_value(), words);
    if (!made) {
        require_same(boost::json::serialize(auth0::body(made.error())),
                     boost::json::serialize(auth0::body(by_dom.error())), words);
        require(test::same_but_for_offsets(made.error().violations, by_dom.error().violations), words);
        if (made.error().why == auth0::refusal_reason::malformed_body)
            require(test::tells_where(made.error().violations, body), words);
        require(made.error().sufficient == by_dom.error().sufficient, words);
        check_update_forms(on, stored, body);
        return;
    }
    check_update_forms(on, stored, body);
    auto const user = read_value(made->user, {.max_nesting = nesting_ceiling});
    require(user && equal(*user, boost::json::value(by_dom->user)), words);
    require(auth0::large_profile(made->user, on.rules) == auth0::large_profile(by_dom->user, on.rules), words);
}

/// A token with more scopes gets the same or more; what would suffice suffices, and none of it can be spared.
inline void check_scopes(user_case const& on, user_answer const& made)
{
    auto const words = [&] { return on.words(); };
    auto more = on;
    more.scopes += " update:current_user_metadata delete:current_user_metadata update:users";
    auto const with_more = updated(more);
    if (made) {
        require(with_more && with_more->user == made->user, words);
    } else {
        require(!with_more || is_of_scopes(made.error()), words);
    }
    if (made || !is_of_scopes(made.error()))
        return;
    for (auto const& set : made.error().sufficient) {
        auto enough = on;
        for (std::size_t left_out = 0; left_out <= set.size(); ++left_out) {
            enough.scopes.clear();
            for (std::size_t i = 0; i < set.size(); ++i)
                enough.scopes.append(i == left_out ? "" : set[i]) += ' ';
            auto const again = updated(enough);
            // By effects a first answer may not know yet what the stored state asks for.
            bool const suffices = again || !is_of_scopes(again.error());
            if (left_out < set.size())
                require(!suffices || (!again && again.error().why == auth0::refusal_reason::malformed_body), words);
            else
                require(suffices || on.rules.permissions.judges_effects, words);
        }
    }
}

template<class ByDom, class ByText>
void require_alike(ByDom const& by_dom, ByText const& by_text, user_case const& on)
{
    auto const words = [&] { return on.words(); };
    require(by_dom.has_value() == by_text.has_value(), words);
    if (by_dom)
        require(equal(boost::json::value(*by_dom), read_value(*by_text, {.max_nesting = nesting_ceiling}).value()),
                words);
    else
        require_same(boost::json::serialize(auth0::body(by_text.error())),
                     boost::json::serialize(auth0::body(by_dom.error())), words);
}

/// The other endpoints answer alike in both forms too, and a view shows nothing that is not there.
inline void check_other_endpoints(user_case const& on)
{
    auto const words = [&] { return on.words(); };
    auto const stored = on.stored ? std::optional(boost::json::serialize(*on.stored)) : std::nullopt;
    std::array<std::string_view, 3> const names{"name", "user_metadata", "email"};
    for (bool const include : {true, false}) {
        auto const seen = auth0::view_user(on.stored, on.token(), "me", {names, include}, on.rules);
        require_alike(seen, auth0::view_user(stored, on.token(), "me", {names, include}, on.rules), on);
        check_view_forms(on, stored, {names, include});
        if (!seen)
            continue;
        for (auto const& member : *seen) {
            bool const named = std::find(names.begin(), names.end(), member.key()) != names.end();
            bool const same = member.key() == "identities" || // these are without secrets
                              equal(on.stored->at(member.key()), member.value());
            require(named == include && same, words);
        }
    }
    require_alike(auth0::delete_multifactor_provider(on.stored, on.token(), "me", "duo", on.rules),
                  auth0::delete_multifactor_provider(stored, on.token(), "me", "duo", on.rules), on);

    if (!test::all_finite(on.body))
        return;
    auto const text = boost::json::serialize(on.body);
    auto const by_dom = auth0::create_user(on.token(), "me", on.body, on.rules);
    auto const by_text = auth0::create_user(on.token(), "me", text, on.rules);
    using of_dom = auth0::answer<boost::json::object>;
    using of_text = auth0::answer<std::string>;
    require_alike(by_dom ? of_dom(by_dom->user) : of_dom(by_dom.error()),
                  by_text ? of_text(by_text->user) : of_text(by_text.error()), on);
}

inline bool same_effects(auth0::metadata_effects const& left, auth0::metadata_effects const& right)
{
    return sorted(left.created) == sorted(right.created) && sorted(left.updated) == sorted(right.updated) &&
           sorted(left.removed) == sorted(right.removed);
}

/// A user as it is compared: without what is null of its metadata, and so absent.
inline boost::json::object as_compared(boost::json::object user)
{
    for (auto const* name : {"user_metadata", "app_metadata"}) {
        auto const place = user.find(name);
        if (place != user.end() && place->value().is_null())
            user.erase(place);
    }
    return user;
}

/// What a request tells of its changes is what differs between the whole users, and what the body has beside them.
inline void check_told_changes(user_case const& on, user_answer const& made)
{
    auto const words = [&] { return on.words(); };
    auth0::user_changes told;
    auto const again = auth0::update_user(on.stored, on.token(), "me", on.body, told, on.rules);
    require(again.has_value() == made.has_value(), words);
    if (!made) {
        require(told.empty(), words);
        return;
    }
    require(again->user == made->user, words);
    auto const field = [](boost::json::object const& user, std::string_view name) {
        auto const* const value = user.if_contains(name);
        return value != nullptr && value->is_object() ? state(value->get_object()) : state();
    };
    require(same_effects(told.fields, auth0::effects_of(as_compared(*on.stored), as_compared(made->user))), words);
    for (auto const& [name, keys] :
         {std::pair("user_metadata", &told.user_metadata), {"app_metadata", &told.app_metadata}})
        require(same_effects(*keys, auth0::effects_of(field(*on.stored, name), field(made->user, name))), words);
    for (auto const& name : told.not_stored)
        require(on.body.get_object().contains(name) && on.stored->contains(name) == made->user.contains(name), words);
    if (!test::all_finite(on.body))
        return;
    auth0::user_changes of_texts;
    auto const stored = boost::json::serialize(*on.stored);
    require(
        auth0::update_user(stored, on.token(), "me", boost::json::serialize(on.body), of_texts, on.rules).has_value(),
        words);
    require(of_texts == told, words);
}

/// What is sent so that one user becomes another makes it so, and where one PATCH did it, bodies are found. Texts and
/// values agree.
inline void check_difference(user_case const& on, boost::json::object const& from, boost::json::object const& to,
                             bool is_reachable)
{
    auto const values = auth0::diff_users(from, to, on.rules, presence::exact, {});
    auto const texts =
        auth0::diff_users(boost::json::serialize(from), boost::json::serialize(to), on.rules, presence::exact, {});
    auto const words = [&] {
        return on.words() + "\n  to " + test::shown(to) + "\n  differs by " + (values ? "bodies" : test::told(values));
    };
    require(values.has_value() == texts.has_value(), words);
    require(values || !is_reachable, words);
    if (!values) {
        require(values.error() == texts.error() && !values.error().empty(), words);
        return;
    }
    require(values->in_turn.size() == texts->in_turn.size(), words);
    require(values->nothing_to_send() ==
                equal(boost::json::value(as_compared(from)), boost::json::value(as_compared(to))),
            words);
    auto const compared_from = as_compared(from);
    state user(from);
    auto const token = test::token_of("update:users");
    auto rules = on.rules;
    rules.permissions = auth0::enforced;
    for (std::size_t i = 0; i < values->in_turn.size(); ++i) {
        auto const& body = values->in_turn[i];
        require(equal(body, test::json(texts->in_turn[i])), words);
        for (auto const& member : body.get_object()) { // what is the same is not named
            auto const* const before = compared_from.if_contains(member.key());
            auto const* const after = to.if_contains(member.key());
            require(before == nullptr || after == nullptr || !equal(*before, *after), words);
        }
        auto made = auth0::update_user(user, token, "me", body, rules);
        require(made.has_value(), words);
        user = std::move(made->user);
    }
    require(equal(boost::json::value(as_compared(*user)), boost::json::value(as_compared(to))), words);
}

/// A refusal tells no secret; and the stored user was only looked at.
inline void check_user(user_case const& on)
{
    auto const before = on.stored;
    auto const made = updated(on);
    auto const words = [&] { return on.words(); };
    require(before == on.stored, words);
    if (made) {
        check_what_changed(on, *made);
    } else {
        auto const told = boost::json::serialize(auth0::body(made.error()));
        require(told.find(secret) == std::string::npos, words);
        require(made.error().status >= 400 && !made.error().message.empty(), words);
        bool const tells = made.error().why == auth0::refusal_reason::rule_violation ||
                           made.error().why == auth0::refusal_reason::malformed_body;
        require(made.error().violations.empty() != tells, words);
    }
    check_texts(on, made);
    check_scopes(on, made);
    check_told_changes(on, made);
    if (made && test::all_finite(on.body))
        check_difference(on, *before, made->user, true);
    if (before && on.body.is_object() && test::all_finite(on.body))
        check_difference(on, *before, on.body.get_object(), false);
    check_other_endpoints(on);
}

} // namespace metapatch::laws

#endif
