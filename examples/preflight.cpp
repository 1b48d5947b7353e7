// SPDX-License-Identifier: BSL-1.0
// A client asks beforehand: would this PATCH be refused, why, which scopes are missing, and what breaks a rule?
#include <metapatch/auth0.hpp>

#include <boost/json/parse.hpp>
#include <iostream>
#include <string_view>
#include <vector>

namespace {

namespace auth0 = metapatch::auth0;

constexpr std::string_view operation = "PATCH /users/{id}";
constexpr std::string_view user_id = "auth0|ann";

void show_scopes(std::vector<std::vector<std::string_view>> const& sufficient, metapatch::scope_view held)
{
    for (auto const& set : sufficient) {
        std::cout << "    would do    ";
        for (auto const scope : set)
            std::cout << ' ' << scope << (held.contains(scope) ? " (held)" : "");
        std::cout << '\n';
    }
}

/// By the scopes alone: no body has to be there, only the names of what it will carry.
void ask(auth0::access_token const& token, std::vector<std::string_view> const& fields)
{
    auto const verdict = auth0::decide(auth0::enforced, {operation, token.scopes, token.subject, user_id, fields});
    std::cout << (verdict ? "    allowed by   " : "    denied       ");
    if (verdict) {
        for (auto const scope : verdict.granted_by())
            std::cout << scope << '\n';
    } else {
        std::cout << name(*verdict.why) << '\n';
        show_scopes(verdict.sufficient, token.scopes);
    }
}

/// By a copy of the user, which may be old: everything that the service would look at.
void rehearse(boost::json::object const& copy, auth0::access_token const& token, std::string_view body,
              auth0::user_rules const& rules = auth0::standard_user_rules)
{
    auto const changed = auth0::update_user(metapatch::state(copy), token, user_id, boost::json::parse(body), rules);
    if (changed) {
        std::cout << "    would become " << changed->user << '\n';
        return;
    }
    auto const& why = changed.error();
    std::cout << "    " << why.status << ' ' << name(why.why) << ": " << why.message << '\n';
    for (auto const& each : why.violations)
        std::cout << "    at           " << each.pointer << ": " << name(each.code) << '\n';
    show_scopes(why.sufficient, token.scopes);
}

} // namespace

int main()
{
    auth0::access_token const ann{metapatch::scope_view("openid update:current_user_metadata"), user_id};
    auto const copy = boost::json::parse(R"({"user_id":"auth0|ann","user_metadata":{"theme":"light"}})").as_object();

    std::cout << "May a form for user_metadata be shown? And one for the name too?\n";
    ask(ann, {"user_metadata"});
    ask(ann, {"user_metadata", "name"});

    std::cout << "What would come of a body?\n";
    rehearse(copy, ann, R"({"user_metadata":{"theme":"dark"}})");
    rehearse(copy, ann, R"({"user_metadata":{"theme":"dark","tags":[{"a.b":1}],"$ref":"x"}})");
    rehearse(copy, ann, R"({"user_metadata":{"theme":"dark"},"blocked":false})");

    std::cout << "And by the documentation's table, in which creating and updating are two scopes?\n";
    auto const documented = auth0::user_rules{.permissions = auth0::documented};
    rehearse(copy, ann, R"({"user_metadata":{"theme":"dark","size":12}})", documented);
}
