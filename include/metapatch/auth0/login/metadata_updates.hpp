// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_LOGIN_METADATA_UPDATES_HPP
#define METAPATCH_AUTH0_LOGIN_METADATA_UPDATES_HPP

#include <metapatch/auth0/contract/policies.hpp>
#include <metapatch/json/equal.hpp>
#include <metapatch/patch/apply.hpp>

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace metapatch::auth0 {

/// What updates of a user's metadata must keep to: policies that merge the first level, and sizes in bytes of compact
/// UTF-8 JSON.
///
/// @tparam UserKeys, AppKeys  the rules for keys, and for values, of the two fields
template<key_rule UserKeys = field_keys, key_rule AppKeys = field_keys>
struct basic_update_rules {
    policy<UserKeys> user_metadata = detail::usual<UserKeys>(auth0::user_metadata);
    policy<AppKeys> app_metadata = detail::usual<AppKeys>(auth0::app_metadata);
    /// Of both fields together, as a PATCH leaves them. Source: "Metadata Best Practices" ("16 MB total per user").
    std::size_t max_metadata_bytes = auth0::max_metadata_bytes;
    /// Of the object of all that Actions set in one field until it is sent. Source: "Actions Limitations" ("32kB each
    /// of user metadata persistence and 32kB of app metadata persistence"); 32 KiB, and what is counted, are chosen.
    std::size_t max_set_bytes = std::size_t{32} << 10;
};

/// Those with policies of the type that Auth0's have.
using update_rules = basic_update_rules<>;

/// The same rules with another policy of user_metadata.
template<key_rule UserKeys, key_rule AppKeys, key_rule Keys>
constexpr basic_update_rules<Keys, AppKeys> with_user_metadata(basic_update_rules<UserKeys, AppKeys> const& base,
                                                               policy<Keys> policy)
{
    return {std::move(policy), base.app_metadata, base.max_metadata_bytes, base.max_set_bytes};
}

/// The same of app_metadata.
template<key_rule UserKeys, key_rule AppKeys, key_rule Keys>
constexpr basic_update_rules<UserKeys, Keys> with_app_metadata(basic_update_rules<UserKeys, AppKeys> const& base,
                                                               policy<Keys> policy)
{
    return {base.user_metadata, std::move(policy), base.max_metadata_bytes, base.max_set_bytes};
}

namespace detail {

/// Takes a step back, unless told that all went well.
template<class Step>
class step_back {
public:
    explicit step_back(Step step) noexcept : step_(step) {}
    step_back(step_back const&) = delete;
    step_back& operator=(step_back const&) = delete;
    ~step_back()
    {
        if (!done_)
            step_();
    }
    report keep_if(report why) noexcept
    {
        done_ = why.empty();
        return why;
    }

private:
    Step step_;
    bool done_ = false;
};

} // namespace detail

/// What Rules and Actions do to the metadata of a user, and the PATCH bodies that it amounts to. Nothing is sent.
///
/// Rules' updateUserMetadata and updateAppMetadata are a PATCH each, at once. Actions' setUserMetadata and
/// setAppMetadata wait: all of them become one PATCH at the end. It carries no value that is stored already, but every
/// null; where it would carry nothing there is none, for a field of `{}` would erase. Members that are set stand in the
/// order of their first call, `user_metadata` before `app_metadata` (chosen).
///
/// In a login all Rules run before the Actions. Should a Rule come after an Action here, its PATCH is sent before what
/// the Action has set, which therefore wins (chosen).
///
/// @code
/// metadata_updates login(user);
/// login.set_app_metadata("logins", 3);
/// login.set_user_metadata("visitor", nullptr);
/// login.bodies(); // {"user_metadata":{"visitor":null},"app_metadata":{"logins":3}}
/// @endcode
///
/// Each call returns why it was refused, with pointers from the field's root; then nothing has changed. An empty
/// report: it was done. Every limit is checked at the call (chosen).
///
/// Errors:     those of `apply` for the field; `too_large` at "" also where both fields together, or what Actions set
///             in the field, are too large; `expected_object` also where the stored field is neither an object nor
///             null, and the call does not clear it
/// Exceptions: std::bad_alloc; strong guarantee, but for capacities
/// Source:     semantics §6, "Rule user"; Auth0, "Manage Metadata with Rules"
///             <https://auth0.com/docs/manage-users/user-accounts/metadata/manage-metadata-rules>, "Manage User
///             Metadata with the post-login Action Trigger"
///             <https://auth0.com/docs/manage-users/user-accounts/metadata/manage-user-metadata>, "Actions Limitations"
///             <https://auth0.com/docs/customize/actions/limitations>; of identical values and nulls, its support:
///             "Setting a Null Value to an Attribute Causes the Management API to Execute in Auth0 Actions"
template<key_rule UserKeys = field_keys, key_rule AppKeys = field_keys>
class basic_metadata_updates {
public:
    /// @param user   as it is stored; keeps its storage
    /// @param rules  policies and limits
    /// Complexity: O(bytes of both fields). Exceptions: std::bad_alloc.
    explicit basic_metadata_updates(boost::json::object user, basic_update_rules<UserKeys, AppKeys> const& rules = {})
        : now_(std::move(user)), max_metadata_bytes_(rules.max_metadata_bytes), max_set_bytes_(rules.max_set_bytes),
          user_("user_metadata", rules.user_metadata, now_), app_("app_metadata", rules.app_metadata, now_)
    {
    }

    /// A Rule's update: the first level merges, null removes, `{}` clears.
    ///
    /// @param body  an object
    /// Complexity:  O(body) expected, as `apply`; O(field) where Actions have set members of it before
    [[nodiscard]] report update_user_metadata(boost::json::value const& body) { return update(user_, app_, body); }
    [[nodiscard]] report update_app_metadata(boost::json::value const& body) { return update(app_, user_, body); }

    /// An Action's call: the member becomes the value; null removes it. A reserved name is refused as `reserved_key`,
    /// null or not.
    ///
    /// @param value  an object replaces the one that is there
    /// Complexity:   O(value) expected, as `apply`; the first of a field copies it
    [[nodiscard]] report set_user_metadata(std::string_view key, boost::json::value value)
    {
        return set(user_, app_, key, std::move(value));
    }
    [[nodiscard]] report set_app_metadata(std::string_view key, boost::json::value value)
    {
        return set(app_, user_, key, std::move(value));
    }

    /// Send what Actions have set, as at the end of a trigger or before a redirect; what they set later is another
    /// PATCH. Complexity and exceptions as those of `bodies()`, for what was set.
    void flush()
    {
        if (auto body = set_body(); !body.empty())
            sent_.push_back(std::move(body));
        user_.forget_set();
        app_.forget_set();
    }

    /// The user as later Rules and Actions find it, but for the copy of app_metadata at its root: `rule_user`.
    boost::json::object const& user() const noexcept { return now_; }

    /// The bodies of PATCH /api/v2/users/{id}, to be sent in turn: with `apply` they make of the user that was stored
    /// the one that is here. What Actions have set comes last. They live in the default storage.
    /// Complexity: O(bytes of them, and of the members that Actions set). Exceptions: std::bad_alloc.
    [[nodiscard]] std::vector<boost::json::object> bodies() const
    {
        auto all = sent_;
        if (auto body = set_body(); !body.empty())
            all.push_back(std::move(body));
        return all;
    }

private:
    template<class Keys>
    struct field {
        field(std::string_view its_name, policy<Keys> const& its_policy, boost::json::object const& user)
            : name(its_name), rules(its_policy), set_keys(user.storage())
        {
            auto const* const value = user.if_contains(name);
            stored_bytes = bytes = value != nullptr && !value->is_null() ? serialized_size(*value) : 0;
        }

        boost::json::object const* find(boost::json::object const& user) const noexcept
        {
            auto const* const value = user.if_contains(name);
            return value != nullptr ? value->if_object() : nullptr;
        }

        void forget_set() noexcept
        {
            set_keys.clear();
            set_bytes = 2;
            stored.reset();
            stored_bytes = bytes;
        }

        std::string_view name;
        policy<Keys> rules;
        std::size_t bytes = 0;        // of the field as it is now
        boost::json::object set_keys; // by Actions, each null; the values are the user's
        std::size_t set_bytes = 2;    // of an object of them
        state stored{};               // without what Actions have set; kept where they have set any
        std::size_t stored_bytes = 0;
    };

    template<class Here>
    bool can_be_done(Here const& here, std::optional<metapatch::detail::request> const& asked) const noexcept
    {
        auto const* const value = now_.if_contains(here.name);
        return value == nullptr || metapatch::detail::can_be_done_to(*value, asked);
    }

    template<class Here, class Other>
    report update(Here& here, Other const& other, boost::json::value const& given)
    {
        if (!can_be_done(here, metapatch::detail::request_of(given, here.rules.merge)))
            return report({.code = errc::expected_object});
        if (auto found = validate(given, here.rules); !found.empty())
            return found; // before it is copied, which is recursive: it may be of any depth
        boost::json::object sent;
        sent.emplace(here.name, given);
        sent_.push_back(std::move(sent));
        auto const& body = sent_.back().begin()->value(); // what was given may be part of the user
        detail::step_back back([this]() noexcept { sent_.pop_back(); });
        if (!here.set_keys.empty())
            return back.keep_if(update_under_set(here, other, body));
        auto const beside = std::max(other.bytes, other.stored_bytes); // before and after what Actions have set is sent
        if (beside > max_metadata_bytes_)
            return beside_too_large(here, beside, body);
        auto const done = apply(now_, here.name, body, limited(here, beside), {here.bytes, {}});
        if (!done)
            return told(done.error(), here, beside);
        here.bytes = here.stored_bytes = *done->size;
        return back.keep_if({});
    }

    /// Why nothing goes where the field beside is too large alone, not even that this one becomes absent.
    template<class Here>
    report beside_too_large(Here const& here, std::size_t beside, boost::json::value const& body) const
    {
        auto changed = copy_of(here.find(now_));
        auto const done = apply(changed, body, here.rules, {here.bytes, now_.storage()});
        if (!done)
            return done.error();
        return report({.code = errc::too_large, .limit = max_metadata_bytes_, .actual = *done->size + beside});
    }

    /// What is stored changes, and what Actions have set is put over it again.
    template<class Here, class Other>
    report update_under_set(Here& here, Other const& other, boost::json::value const& body)
    {
        auto const storage = now_.storage();
        auto stored = copy_of(here.stored ? &*here.stored : nullptr);
        auto const sent = apply(stored, body, limited(here, other.stored_bytes), {here.stored_bytes, storage});
        if (!sent)
            return told(sent.error(), here, other.stored_bytes);
        if (auto const both = *sent->size + other.stored_bytes; both > max_metadata_bytes_) // where the field is absent
            return report({.code = errc::too_large, .limit = max_metadata_bytes_, .actual = both});
        auto now = copy_of(stored ? &*stored : nullptr);
        auto const again = apply(now, set_members(here), limited(here, other.bytes), {sent->size, storage});
        if (!again)
            return told(again.error(), here, other.bytes);
        here.stored.swap(stored);
        here.stored_bytes = *sent->size;
        now_.find(here.name)->value().get_object().swap(*now); // both are there, for a member was set
        here.bytes = *again->size;
        return {};
    }

    template<class Here, class Other>
    report set(Here& here, Other const& other, std::string_view key, boost::json::value&& value)
    {
        boost::json::object body(now_.storage());
        key = metapatch::detail::copyable(key);
        body.emplace(key, std::move(value));
        if (!can_be_done(here, metapatch::detail::request_of(body, here.rules.merge)))
            return report({.code = errc::expected_object});
        if (auto found = validate(body, here.rules); !found.empty())
            return found;
        auto const set_bytes = bytes_with(here, key, body.begin()->value());
        if (set_bytes > max_set_bytes_)
            return report({.code = errc::too_large, .limit = max_set_bytes_, .actual = set_bytes});

        bool const first = here.set_keys.empty();
        if (first)
            here.stored = copy_of(here.find(now_));
        auto const before = here.set_keys.size();
        detail::step_back back([&here, first, before]() noexcept {
            if (here.set_keys.size() > before)
                here.set_keys.erase(here.set_keys.end() - 1);
            if (first)
                here.stored.reset();
        });
        here.set_keys.emplace(key, nullptr);
        auto const done = apply(now_, here.name, std::move(body), limited(here, other.bytes), {here.bytes, {}});
        if (!done)
            return told(done.error(), here, other.bytes);
        here.bytes = *done->size;
        here.set_bytes = set_bytes;
        return back.keep_if({});
    }

    state copy_of(boost::json::object const* members) const
    {
        state copy;
        if (members != nullptr)
            copy.emplace(*members, now_.storage());
        return copy;
    }

    /// The bytes of the object of all that Actions have set, with one more member or another value of one.
    template<class Here>
    std::size_t bytes_with(Here const& here, std::string_view key, boost::json::value const& value) const
    {
        if (here.set_keys.contains(key))
            return here.set_bytes - serialized_size(value_now(here, key)) + serialized_size(value);
        return here.set_bytes + separators_size(here.set_keys.size() + 1) - separators_size(here.set_keys.size()) +
               serialized_string_size(key) + 1 + serialized_size(value);
    }

    template<class Here>
    boost::json::value const& value_now(Here const& here, std::string_view key) const noexcept
    {
        auto const* const members = here.find(now_);
        auto const* const value = members != nullptr ? members->if_contains(key) : nullptr;
        return value != nullptr ? *value : here.set_keys.at(key); // which is null
    }

    template<class Here>
    boost::json::object set_members(Here const& here) const
    {
        boost::json::object members(now_.storage());
        for (auto const& each : here.set_keys)
            members.emplace(each.key(), value_now(here, each.key()));
        return members;
    }

    /// What is to be sent of what Actions have set.
    boost::json::object set_body() const
    {
        boost::json::object body;
        auto const add = [&](auto const& here) {
            boost::json::object members;
            for (auto const& each : here.set_keys) {
                auto const& value = value_now(here, each.key());
                auto const* const stored = here.stored ? here.stored->if_contains(each.key()) : nullptr;
                if (value.is_null() || stored == nullptr || !equal(value, *stored))
                    members.emplace(each.key(), value);
            }
            if (!members.empty())
                body.emplace(here.name, std::move(members));
        };
        add(user_);
        add(app_);
        return body;
    }

    /// The field's policy, with no more bytes than those beside it leave of what both may have.
    template<class Keys>
    policy<Keys> limited(field<Keys> const& here, std::size_t beside) const
    {
        auto rules = here.rules;
        rules.limits.max_bytes =
            std::min(rules.limits.max_bytes, max_metadata_bytes_ - std::min(max_metadata_bytes_, beside));
        return rules;
    }

    /// Why a call was refused under a policy so limited, in terms of the rules that were given.
    template<class Here>
    report told(report const& why, Here const& here, std::size_t beside) const
    {
        auto found = report::of_at_most(why.max_size());
        for (auto each : why) {
            if (each.code == errc::too_large && *each.actual <= here.rules.limits.max_bytes) {
                each.limit = max_metadata_bytes_;
                *each.actual += beside;
            } else if (each.code == errc::too_large) {
                each.limit = here.rules.limits.max_bytes;
            }
            found.add(std::move(each));
        }
        found.add_omitted(why.omitted());
        return found;
    }

    boost::json::object now_;
    std::size_t max_metadata_bytes_;
    std::size_t max_set_bytes_;
    field<UserKeys> user_;
    field<AppKeys> app_;
    std::vector<boost::json::object> sent_;
};

/// That of policies of the type that Auth0's have.
using metadata_updates = basic_metadata_updates<>;

} // namespace metapatch::auth0

#endif
