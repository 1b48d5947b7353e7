// SPDX-License-Identifier: BSL-1.0
#include "operations.hpp"

#include "operands.hpp"

#include <metapatch/auth0/login/signup.hpp>
#include <metapatch/auth0/management/create_user.hpp>
#include <metapatch/auth0/management/update_user.hpp>
#include <metapatch/auth0/management/view_user.hpp>
#include <metapatch/auth0/request/user_decision.hpp>
#include <metapatch/patch/apply.hpp>

#include <array>
#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace border {

namespace {

namespace auth0 = metapatch::auth0;

/// The arguments that say who asks, from `first` on: scopes (missing: no token), subject, and the table's name.
struct asker {
    std::optional<auth0::access_token> token;
    auth0::user_rules rules;

    asker(arguments const& given, std::size_t first) : rules(auth0::standard_user_rules)
    {
        if (auto const scopes = given[first])
            token = auth0::access_token{metapatch::scope_view(*scopes), given[first + 1]};
        if (given[first + 2] == "documented")
            rules.permissions = auth0::documented;
    }
};

void write_sets(json_answer& out, std::vector<std::vector<std::string_view>> const& sets)
{
    out.key("sufficient").begin('[');
    for (auto const& each : sets)
        out.strings(each);
    out.end(']');
}

void write_refusal(json_answer& out, auth0::refusal const& why, text body = std::nullopt)
{
    auto const status = [](boost::json::value const& number) { return std::to_string(number.get_int64()); };
    out.begin('{').key("ok").word("false").key("status").number(static_cast<std::uint64_t>(why.status));
    out.key("reason").string(name(why.why)).key("message").string(why.message);
    out.key("body").word(metapatch::detail::compact_writer(status).write(auth0::body(why)));
    out.key("headers").begin('{');
    for (auto const& each : headers(why))
        out.key(each.name).string(each.value);
    out.end('}');
    write_violations(out, why.violations, [body](auto const&) { return named_text{body ? "body" : "", body}; });
    write_sets(out, why.sufficient);
    out.end('}');
}

/// The answer of a request that makes a document.
void write_document(json_answer& out, std::string_view name, std::string_view text)
{
    out.begin('{').key("ok").word("true").key(name).document(text);
}

void update_user(call const& asked)
{
    auto const& given = asked.given;
    asker const by(given, 3);
    std::string user;
    auto const made = auth0::update_user(given[0], by.token, given.or_empty(2), given.or_empty(1), user, by.rules);
    if (!made)
        return write_refusal(asked.answer, made.error(), given[1]);
    write_document(asked.answer, "user", user);
    asked.answer.key("grantedBy").strings(made->decision.granted_by());
    if (auto const bytes = auth0::large_profile(user))
        asked.answer.key("largeProfile").number(*bytes);
    asked.answer.end('}');
}

void create_user(call const& asked)
{
    auto const& given = asked.given;
    asker const by(given, 2);
    std::string user;
    auto const made = auth0::create_user(by.token, given.or_empty(1), given.or_empty(0), user, by.rules);
    if (!made)
        return write_refusal(asked.answer, made.error(), given[0]);
    write_document(asked.answer, "user", user);
    asked.answer.end('}');
}

/// Behind the table comes whether the names that follow are those to show; with any other word they are hidden.
void view_user(call const& asked)
{
    auto const& given = asked.given;
    asker const by(given, 2);
    std::vector<std::string_view> names;
    for (std::size_t i = 6; i < given.count(); ++i)
        names.push_back(given.or_empty(i));
    std::string shown;
    auto const made =
        auth0::view_user(given[0], by.token, given.or_empty(1), shown, {names, given[5] == "only"}, by.rules);
    if (!made)
        return write_refusal(asked.answer, made.error());
    write_document(asked.answer, "user", shown);
    asked.answer.end('}');
}

void signup(call const& asked)
{
    std::string user;
    auto const made = auth0::signup(asked.given.or_empty(1), asked.given.or_empty(0), user);
    if (!made)
        return write_refusal(asked.answer, made.error(), asked.given[0]);
    write_document(asked.answer, "user", user);
    asked.answer.end('}');
}

/// What a body does to the first level of a user's user_metadata, whatever the rules for keys and sizes say of it.
auth0::metadata_effects effects_on(boost::json::object const& user, boost::json::object const& body)
{
    auto const* const patch = body.if_contains("user_metadata");
    if (patch == nullptr)
        return {};
    auto const* const stored = user.if_contains("user_metadata");
    auto const before =
        stored != nullptr && stored->is_object() ? metapatch::state(stored->get_object()) : metapatch::state();
    metapatch::policy<> const merge_only{
        {}, auth0::user_metadata.merge, {}, {.max_nesting = metapatch::nesting_ceiling}};
    auto const after = metapatch::applied(before, *patch, merge_only);
    return after ? auth0::effects_of(before, *after) : auth0::metadata_effects();
}

void authorize(call const& asked)
{
    auto const& given = asked.given;
    asker const by(given, 1);
    operands in(given, asked.policy);
    auto const body = in.object_if_given(5, "body");
    auto const user = in.object_if_given(6, "stored");
    if (in.are_wrong())
        return in.write_refusal(asked.answer);
    std::vector<std::string_view> fields;
    for (auto const& each : body)
        fields.push_back(each.key());
    auto const effects = effects_on(user, body);
    auto const made = auth0::decide(by.rules.permissions,
                                    {given.or_empty(0), by.token ? by.token->scopes : metapatch::scope_view(""),
                                     by.token ? by.token->subject : std::nullopt, given.or_empty(4), fields},
                                    &effects);
    auto& out = asked.answer.begin('{').key("ok").word(made.allowed() ? "true" : "false");
    if (made.allowed()) {
        out.key("grantedBy").strings(made.granted_by());
    } else {
        auto const why =
            *made.why == metapatch::denial::unknown_operation ? metapatch::denial::insufficient_scope : *made.why;
        out.key("reason").string(name(why)).key("outOfReach").strings(made.out_of_reach);
    }
    write_sets(out, made.sufficient);
    out.end('}');
}

constexpr std::array<operation, 5> all{{
    {"updateUser", update_user},
    {"createUser", create_user},
    {"viewUser", view_user},
    {"signup", signup},
    {"authorize", authorize},
}};

} // namespace

std::span<operation const> const user_operations = all;

} // namespace border
