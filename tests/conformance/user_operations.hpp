// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_USER_OPERATIONS_HPP
#define METAPATCH_TESTS_USER_OPERATIONS_HPP

#include "answers.hpp"
#include "request.hpp"

#include <metapatch/auth0.hpp>
#include <metapatch/json/exact_dom.hpp>
#include <metapatch/patch/apply.hpp>

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace metapatch::conformance {

/// The operations on whole users, on one case. They answer from texts.
class users {
public:
    explicit users(boost::json::object const& request) : request_(request) {}

    boost::json::object authorize() const
    {
        auto const table = permissions();
        auto const body = find_text(request_, "patch");
        auto const stored = find_text(request_, "stored");
        exact_dom dom;
        auto const asked_for = body ? read_object(dom, *body, "patch") : boost::json::object();
        auto const user = stored ? read_object(dom, *stored, "stored") : boost::json::object();
        std::vector<std::string_view> fields;
        for (auto const& each : asked_for)
            fields.push_back(each.key());

        access_request const asked{required_string(request_, "operation"),
                                   scope_view(required_string(request_, "scopes")), find_string(request_, "subject"),
                                   find_string(request_, "user").value_or(""), fields};
        auto const effects = effects_on(user, asked_for);
        auto const made = auth0::decide(table, asked, &effects);
        if (made.allowed())
            return {{"outcome", "allow"}, {"granted_by", array_of(made.granted_by())}};
        boost::json::array sets;
        for (auto const& each : made.sufficient)
            sets.push_back(array_of(each));
        auto const why = *made.why == denial::unknown_operation ? denial::insufficient_scope : *made.why;
        return {{"outcome", "deny"}, {"reason", name(why)}, {"sufficient", std::move(sets)}};
    }

    boost::json::object update_user() const
    {
        auto const stored = find_text(request_, "stored");
        auto const body = required_text("body");
        auto const made = auth0::update_user(stored, token(), required_string(request_, "user_id"), body, rules());
        return made ? ok(made->user) : refused(made.error());
    }

    boost::json::object create_user() const
    {
        auto const body = required_text("body");
        auto const made = auth0::create_user(token(), required_string(request_, "user_id"), body, rules());
        return made ? ok(made->user) : refused(made.error());
    }

    boost::json::object signup() const
    {
        auto const body = required_text("body");
        auto const made = auth0::signup(required_string(request_, "user_id"), body);
        return made ? ok(*made) : refused(made.error());
    }

    boost::json::object passkey_signup() const
    {
        auto const body = required_text("body");
        auto const made = auth0::passkey_signup(required_string(request_, "user_id"), body);
        return made ? ok(*made) : refused(made.error());
    }

    boost::json::object view_user() const
    {
        std::vector<std::string_view> names;
        if (auto const* fields = find_member(request_, "fields")) {
            if (!fields->is_array())
                throw bad_request("\"fields\" must be an array");
            for (auto const& each : fields->get_array()) {
                if (!each.is_string())
                    throw bad_request("\"fields\" must hold strings");
                names.push_back(each.get_string());
            }
        }
        auto const* include = find_member(request_, "include_fields");
        if (include != nullptr && !include->is_bool())
            throw bad_request("\"include_fields\" must be true or false");
        auto const stored = find_text(request_, "stored");
        auto const made = auth0::view_user(stored, token(), required_string(request_, "user_id"),
                                           {names, include == nullptr || include->get_bool()}, rules());
        return made ? ok(*made) : refused(made.error());
    }

    boost::json::object delete_multifactor() const
    {
        auto const stored = find_text(request_, "stored");
        auto const made = auth0::delete_multifactor_provider(stored, token(), required_string(request_, "user_id"),
                                                             required_string(request_, "provider"), rules());
        return made ? ok(*made) : refused(made.error());
    }

private:
    static std::optional<std::string_view> find_string(boost::json::object const& request, std::string_view name)
    {
        return find_member(request, name) != nullptr ? std::optional(required_string(request, name)) : std::nullopt;
    }

    static boost::json::object read_object(exact_dom& dom, std::string_view text, std::string_view name)
    {
        auto value = dom.read(text, {.max_nesting = nesting_ceiling});
        if (!value || !value->is_object())
            throw bad_request("\"" + std::string(name) + "\" must be the text of an object");
        return std::move(value->get_object());
    }

    template<class Scopes>
    static boost::json::array array_of(Scopes const& scopes)
    {
        boost::json::array made;
        for (auto const scope : scopes)
            made.emplace_back(scope);
        return made;
    }

    static boost::json::object ok(std::string_view text) { return {{"outcome", "ok"}, {"value", text}}; }

    static boost::json::object refused(auth0::refusal const& why)
    {
        return {{"outcome", "refused"}, {"status", why.status}, {"body", auth0::body(why)}};
    }

    std::string required_text(std::string const& name) const
    {
        auto text = find_text(request_, name);
        if (!text)
            throw bad_request("\"" + name + "\" must be a text");
        return *std::move(text);
    }

    auth0::permission_table permissions() const
    {
        auto const table = find_string(request_, "table").value_or("enforced");
        if (table != "enforced" && table != "documented")
            throw bad_request("\"table\" must be \"enforced\" or \"documented\"");
        return table == "enforced" ? auth0::enforced : auth0::documented;
    }

    auth0::user_rules rules() const
    {
        auto made = auth0::standard_user_rules;
        made.permissions = permissions();
        return made;
    }

    std::optional<auth0::access_token> token() const
    {
        auto const* given = find_member(request_, "token");
        if (given == nullptr)
            return std::nullopt;
        if (!given->is_object())
            throw bad_request("\"token\" must be null or an object");
        return auth0::access_token{scope_view(required_string(given->get_object(), "scopes")),
                                   find_string(given->get_object(), "subject")};
    }

    /// What a body does to the first level of a user's user_metadata, whatever the rules for keys and sizes say of it.
    static auth0::metadata_effects effects_on(boost::json::object const& user, boost::json::object const& body)
    {
        auto const* patch = body.if_contains("user_metadata");
        if (patch == nullptr)
            return {};
        auto const* stored = user.if_contains("user_metadata");
        state const before = stored != nullptr && stored->is_object() ? state(stored->get_object()) : state();
        policy<> const merge_only{{}, auth0::user_metadata.merge, {}, {.max_nesting = nesting_ceiling}};
        auto const after = applied(before, *patch, merge_only);
        return after ? auth0::effects_of(before, *after) : auth0::metadata_effects();
    }

    boost::json::object const& request_;
};

/// An operation on users, by its name.
struct user_operation {
    std::string_view name;
    boost::json::object (users::*run)() const;
};

inline constexpr std::array<user_operation, 7> user_operations{{
    {"authorize", &users::authorize},
    {"update_user", &users::update_user},
    {"create_user", &users::create_user},
    {"signup", &users::signup},
    {"passkey_signup", &users::passkey_signup},
    {"view_user", &users::view_user},
    {"delete_multifactor", &users::delete_multifactor},
}};

} // namespace metapatch::conformance

#endif
