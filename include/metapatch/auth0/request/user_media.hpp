// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_REQUEST_USER_MEDIA_HPP
#define METAPATCH_AUTH0_REQUEST_USER_MEDIA_HPP

#include <metapatch/auth0/contract/policies.hpp>
#include <metapatch/auth0/request/metadata_refusal.hpp>
#include <metapatch/auth0/request/text_body.hpp>
#include <metapatch/json/compact_size.hpp>
#include <metapatch/json/equal.hpp>
#include <metapatch/json/exact_dom.hpp>
#include <metapatch/patch/apply.hpp>
#include <metapatch/splice/splice.hpp>

#include <boost/json/object.hpp>
#include <boost/json/storage_ptr.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// A stored document, a body, and what the body makes of the document, in the two forms that there are. Both have the
/// same functions, so that an endpoint is written once. Of texts it is the careful way, for what the straight one
/// leaves.
namespace metapatch::auth0::detail {

/// Root attributes replace and null removes them: the merge of a first level.
inline constexpr policy<> root_policy{{}, {.on_empty = empty_body::merges}, {}, {.max_nesting = nesting_ceiling}};

/// The value of a text for messages: numbers of any size.
inline boost::json::value value_for_messages(std::string_view text)
{
    auto value = metapatch::detail::read(text, {.max_nesting = nesting_ceiling}, {},
                                         [](boost::json::value_stack& stack, std::string_view number) {
                                             metapatch::detail::push_number(stack, number);
                                             return true;
                                         });
    return value ? std::move(*value) : boost::json::value();
}

/// What a body does to a member of the root.
enum class member_effect : std::uint8_t { none, created, updated, removed };

/// @param is_same  compares the two, where both are there
template<class IsSame>
member_effect effect_between(bool was_there, bool is_there, IsSame is_same)
{
    if (was_there != is_there)
        return is_there ? member_effect::created : member_effect::removed;
    return !is_there || is_same() ? member_effect::none : member_effect::updated;
}

/// Users and bodies as DOM values.
class dom_media {
public:
    using document = boost::json::object;

    /// @param stored   the user; nothing where there is none
    /// @param storage  where the new user lives
    dom_media(state const& stored, boost::json::value const& body, boost::json::storage_ptr storage)
        : stored_(stored), body_(body), made_(std::move(storage))
    {
    }

    bool exists() const noexcept { return stored_.has_value(); }

    std::optional<refusal> read_body()
    {
        if (!body_.is_object())
            return no_object(type_of(body_));
        members_.read(body_.get_object());
        for (auto const& each : members_) {
            if (!is_utf8(each.name) || !is_utf8(each.content))
                return no_json(report({.code = errc::malformed_json, .pointer = pointer_to(each.name)}));
        }
        return std::nullopt;
    }
    body_members& members() noexcept { return members_; }

    std::optional<refusal> read_stored()
    {
        made_ = boost::json::object(*stored_, made_.storage());
        return std::nullopt;
    }

    /// Begin a user that was not there.
    void start(std::string_view user_id) { made_["user_id"] = user_id; }

    /// Not a copy, which is recursive: it may be of any depth.
    boost::json::value const& body_value(std::string_view field) const { return body_.get_object().at(field); }

    template<key_rule Keys>
    report check(std::string_view field, policy<Keys> const& policy) const
    {
        return validate(body_.get_object().at(field), policy);
    }

    /// @return whether what the body has for a field can be done to what is stored there
    template<key_rule Keys>
    bool can_merge(std::string_view field, policy<Keys> const& policy) const
    {
        auto const* value = made_.if_contains(field);
        auto const asked = metapatch::detail::request_of(body_value(field), policy.merge);
        return value == nullptr || metapatch::detail::can_be_done_to(*value, asked);
    }

    state before(std::string_view field) const { return state_of(*stored_, field); }
    state now(std::string_view field) const { return state_of(made_, field); }

    /// What became of a member of the root, once all was done.
    /// @param is_field  of metadata, of which a null is nothing
    member_effect effect_on(std::string_view name, bool is_field) const
    {
        auto const* const old = value_of(*stored_, name, is_field);
        auto const* const made = value_of(made_, name, is_field);
        return effect_between(old != nullptr, made != nullptr, [&] { return equal(*old, *made); });
    }

    template<key_rule Keys>
    report merge(std::string_view field, policy<Keys> const& policy)
    {
        auto const done = apply(made_, field, body_.get_object().at(field), policy);
        return done ? report() : done.error();
    }

    std::size_t size_of(std::string_view field) const
    {
        auto const* value = made_.if_contains(field);
        return value != nullptr && !value->is_null() ? serialized_size(*value) : 0;
    }

    void set(std::string_view name)
    {
        auto const& value = body_.get_object().at(name);
        if (value.is_null()) {
            if (auto const place = made_.find(name); place != made_.end())
                made_.stable_erase(place);
        } else {
            made_[name] = value;
        }
    }

    document finish() { return std::move(made_); }

private:
    static boost::json::value const* value_of(boost::json::object const& user, std::string_view name, bool is_field)
    {
        auto const* const value = user.if_contains(name);
        return value != nullptr && !(is_field && value->is_null()) ? value : nullptr;
    }

    static state state_of(boost::json::object const& user, std::string_view field)
    {
        auto const* const value = user.if_contains(field);
        return value != nullptr && value->is_object() ? state(value->get_object()) : state();
    }

    state const& stored_;
    boost::json::value const& body_;
    body_members members_;
    boost::json::object made_;
};

/// Documents and bodies as texts. What the body does not name keeps its bytes.
class text_media {
public:
    using document = std::string;

    /// @param stored  an object; nothing where there is no document
    /// @param body    was read; must outlive this
    text_media(std::optional<std::string_view> stored, text_body const& body) : stored_(stored), body_(body) {}

    bool exists() const noexcept { return stored_.has_value(); }
    body_members const& members() const noexcept { return body_.members(); }

    std::optional<refusal> read_stored()
    {
        if (user_.read(*stored_, {}, fastest_scan()))
            return unreadable_state("The user");
        return std::nullopt;
    }

    void start(std::string_view user_id)
    {
        changes_ = "\"user_id\":";
        metapatch::detail::append_json_string(changes_, user_id);
    }

    boost::json::value body_value(std::string_view field) const { return value_for_messages(body_.value(field)); }

    // What the policies say was said when the body was read: they are asked for none here.

    template<class Policy>
    report const& check(std::string_view field, Policy const&) const
    {
        return body_.find_field(field)->faults;
    }

    /// @return whether what the body has for a field can be done to what is stored there
    template<class Policy>
    bool can_merge(std::string_view field, Policy const&) const
    {
        auto const stored = stored_field(field);
        return !stored || stored->starts_with('{') || body_.find_field(field)->patch->clears();
    }

    /// The states for comparisons: their numbers are exact, and mean nothing else.
    state before(std::string_view field) { return exact_state(stored_field(field)); }
    state now(std::string_view field) { return exact_state(current(field)); }

    /// What became of a member of the root, once all was done.
    /// @param is_field  of metadata, of which a null is nothing
    member_effect effect_on(std::string_view name, bool is_field)
    {
        auto const old = is_field ? stored_field(name) : stored_member(name);
        auto const made = is_field ? current(name) : body_member(name);
        return effect_between(old.has_value(), made.has_value(), [&] {
            constexpr read_rules reading{.max_nesting = nesting_ceiling};
            return *old == *made || equal(exact_.read(*old, reading).value(), exact_.read(*made, reading).value());
        });
    }

    template<class Policy>
    report merge(std::string_view field, Policy const&)
    {
        std::string made;
        auto const done =
            splice(stored_field(field), *body_.find_field(field)->patch, made, {.stored = stored_text::trusted});
        if (!done)
            return done.error();
        append_change(field, done->present ? std::string_view(made) : "null");
        merged_.push_back({field, done->present ? std::optional(std::move(made)) : std::nullopt});
        return report();
    }

    std::size_t size_of(std::string_view field) const
    {
        auto const text = current(field);
        return text ? *compact_size(*text, {.max_nesting = nesting_ceiling}) : 0;
    }

    void set(std::string_view name) { append_change(name, body_.value(name)); }

    document finish()
    {
        if (changes_.empty())
            return std::string(stored_.value_or("{}"));
        auto const text = metapatch::detail::joined({"{", changes_, "}"});
        text_patch changes;
        auto& content = metapatch::detail::content_of(changes);
        metapatch::detail::key_room room;
        std::string user;
        // Neither can be refused: both texts are known to be JSON.
        content.begin(text, 0, 0, root_policy.merge, key_filter{.knows_first_level = true, .knows_nested = true});
        bool const is_json = metapatch::detail::read_outline(text, nesting_ceiling, fastest_scan(), room, content);
        content.finish_as_it_stands(root_policy.merge);
        if (!is_json || !splice(stored_, changes, user, {.stored = stored_text::trusted}))
            return std::string(stored_.value_or("{}"));
        return user;
    }

private:
    struct merged_field {
        std::string_view name;
        std::optional<std::string> text;
    };

    state exact_state(std::optional<std::string_view> text)
    {
        if (!text)
            return state();
        auto value = exact_.read(*text, {.max_nesting = nesting_ceiling});
        return value && value->is_object() ? state(std::move(value->get_object())) : state();
    }

    std::optional<std::string_view> stored_member(std::string_view name) const
    {
        return user_.members().find(name) != nullptr ? std::optional(user_.value(name)) : std::nullopt;
    }

    /// What the body sets an attribute to; nothing where it unsets it.
    std::optional<std::string_view> body_member(std::string_view name) const
    {
        auto const value = body_.value(name);
        return value != "null" ? std::optional(value) : std::nullopt;
    }

    /// Nothing also where it is null, which is an absent field.
    std::optional<std::string_view> stored_field(std::string_view field) const
    {
        auto const* const member = user_.members().find(field);
        return member != nullptr && member->type != value_type::null ? std::optional(user_.value(field)) : std::nullopt;
    }

    /// What the field is, merged or not.
    std::optional<std::string_view> current(std::string_view field) const
    {
        for (auto const& each : merged_) {
            if (each.name == field)
                return each.text;
        }
        return stored_field(field);
    }

    void append_change(std::string_view name, std::string_view value)
    {
        changes_ += changes_.empty() ? "" : ",";
        metapatch::detail::append_json_string(changes_, name);
        changes_.append(":").append(value);
    }

    std::optional<std::string_view> stored_;
    text_body const& body_;
    text_body user_; // the stored document, whose members a body has in the same way
    std::vector<merged_field> merged_;
    std::string changes_; // members for the root
    exact_dom exact_;
};

} // namespace metapatch::auth0::detail

#endif
