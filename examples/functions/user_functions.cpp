// SPDX-License-Identifier: BSL-1.0
#include "user_functions.hpp"

#include "json_answer.hpp"
#include "violations.hpp"

#include <metapatch/auth0/management/update_user.hpp>

#include <boost/json/serialize.hpp>
#include <optional>
#include <vector>

namespace functions {

namespace auth0 = metapatch::auth0;

namespace {

void write_sets(json_answer& to, std::vector<std::vector<std::string_view>> const& sets)
{
    to.key("sufficient").begin('[');
    for (auto const& each : sets)
        to.strings(each);
    to.end(']');
}

} // namespace

auth0::user_decision authorize(std::string_view operation, std::string_view scopes, text subject, text target,
                               std::span<std::string_view const> fields)
{
    auto made =
        auth0::decide(auth0::standard_user_rules.permissions,
                      {operation, metapatch::scope_view(scopes), subject, target.value_or(std::string_view()), fields});
    if (made.why == metapatch::denial::unknown_operation)
        made.why = metapatch::denial::insufficient_scope; // no scope is for what there is not
    return made;
}

std::string decision_json(auth0::user_decision const& made)
{
    std::string json;
    json_answer answer(json, documents::values);
    answer.begin('{').key("allowed").word(made.allowed() ? "true" : "false");
    if (!made.allowed())
        answer.key("reason").string(name(*made.why));
    answer.key("granted_by").strings(made.granted_by());
    answer.key("out_of_reach").strings(made.out_of_reach);
    write_sets(answer, made.sufficient);
    answer.end('}');
    return json;
}

auth0::answer<std::string> update_user(text stored, text scopes, text subject, std::string_view user_id,
                                       std::string_view body)
{
    std::optional<auth0::access_token> token;
    if (scopes)
        token = auth0::access_token{metapatch::scope_view(*scopes), subject};
    std::string user;
    auto const made = auth0::update_user(stored, token, user_id, body, user);
    if (!made)
        return made.error();
    return user;
}

std::string refusal_json(auth0::refusal const& why)
{
    std::string json;
    json_answer answer(json, documents::values);
    answer.begin('{').key("status").number(static_cast<std::uint64_t>(why.status));
    answer.key("reason").string(name(why.why)).key("message").string(why.message);
    answer.key("body").document(boost::json::serialize(auth0::body(why)));
    answer.key("violations").word(violations_array(why.violations));
    write_sets(answer, why.sufficient);
    answer.end('}');
    return json;
}

} // namespace functions
