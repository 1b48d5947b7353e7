// SPDX-License-Identifier: BSL-1.0
// Guarding an endpoint of your own server: from a verified token and a body to the answer of PATCH /users/{id}.
#include <metapatch/auth0.hpp>

#include <boost/json/serialize.hpp>
#include <iostream>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace auth0 = metapatch::auth0;

struct http_answer {
    int status;
    std::vector<auth0::header> headers;
    std::string body;
};

/// All that the endpoint does. HTTP, the check of the token's signature and the store around it are yours.
http_answer patch_user(std::map<std::string, std::string>& users, std::optional<auth0::access_token> const& token,
                       std::string const& id, std::string_view body)
{
    auto const found = users.find(id);
    auto const stored = found != users.end() ? std::optional<std::string_view>(found->second) : std::nullopt;
    auto const changed = auth0::update_user(stored, token, id, body);
    if (!changed)
        return {changed.error().status, headers(changed.error()), serialize(auth0::body(changed.error()))};
    found->second = changed->user;
    return {200, {{"Content-Type", "application/json; charset=utf-8"}}, changed->user};
}

void show(std::string_view what, http_answer const& answer)
{
    std::cout << what << '\n' << "    " << answer.status << ' ';
    for (auto const& [name, value] : answer.headers)
        std::cout << name << ": " << value << "\n        ";
    std::cout << answer.body << '\n';
}

} // namespace

int main()
{
    using token = auth0::access_token;
    using metapatch::scope_view;
    std::map<std::string, std::string> users{
        {"auth0|ann", R"({"user_id":"auth0|ann", "balance":1.10, "user_metadata":{"theme":"light","old":true}})"},
        {"auth0|bob", R"({"user_id":"auth0|bob"})"}};
    token const ann{scope_view("openid update:current_user_metadata"), "auth0|ann"}; // in a browser
    token const reader{scope_view("read:users")};                                    // applications of yours
    token const billing{scope_view("read:users update:users_app_metadata")};

    constexpr auto dark = R"({"user_metadata":{"theme":"dark","old":null}})";
    constexpr auto plan = R"({"app_metadata":{"plan":"team"}})";
    show("Nobody sets a theme.", patch_user(users, std::nullopt, "auth0|ann", dark));
    show("Ann sets hers.", patch_user(users, ann, "auth0|ann", dark));
    show("Ann sets Bob's.", patch_user(users, ann, "auth0|bob", dark));
    show("Ann gives herself a plan.", patch_user(users, ann, "auth0|ann", plan));
    show("Billing gives it to her.", patch_user(users, billing, "auth0|ann", plan));
    show("The reader tries to.", patch_user(users, reader, "auth0|ann", plan));
    show("Billing makes a mistake.", patch_user(users, billing, "auth0|ann", R"({"app_metadata":{"blocked":true}})"));
    show("Nobody of that name.", patch_user(users, billing, "auth0|eve", plan));
}
