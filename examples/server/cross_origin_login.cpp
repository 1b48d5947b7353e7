// SPDX-License-Identifier: BSL-1.0
#include "authorize.hpp"
#include "client_documents.hpp"
#include "connections.hpp"
#include "login_ticket.hpp"
#include "one_time_documents.hpp"
#include "refusals.hpp"
#include "secrets.hpp"
#include "text_members.hpp"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>

namespace server {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

// Pages may show something before they go on (`onRedirecting`).
constexpr std::chrono::minutes ticket_lifetime{5};

bool may_come_from(browser_client const& client, std::string_view origin)
{
    auto const& known = client.origins;
    return client.may_ask_cross_origin && std::find(known.begin(), known.end(), origin) != known.end();
}

/// Source: auth0.js 10.2 and Lock 14.3, which want the three members of the answer. `co_id` and `co_verifier` are for a
/// cookie that there is none of here: nobody asks for them again. The words of the refusals are chosen.
asio::awaitable<response> authenticate(service const& with, request const& asked)
{
    auto const [client_id, username, password, realm, kind] =
        string_members<5>(asked.body, {"client_id", "username", "password", "realm", "credential_type"});
    if (!client_id || !username || !password)
        co_return refuse_token(400, "invalid_request", "Missing required parameter: client_id, username or password");
    auto const client = find_browser_client(with, *client_id);
    if (!client)
        co_return refuse_token(401, "access_denied", "Unauthorized");
    if (!may_come_from(*client, asked.origin))
        co_return refuse_token(403, "unauthorized_client", "Cross origin login not allowed.");
    if (kind && *kind != "password" && *kind != "http://auth0.com/oauth/grant-type/password-realm")
        co_return refuse_token(403, "unsupported_credential_type", "Unknown or unsupported credential type.");
    std::string const connection = realm.value_or(std::string(first_connection));
    auto const user = co_await user_by_password(with, connection, *username, *password);
    if (!user)
        co_return refuse_token(403, "access_denied", wrong_password);
    json::object const held{{"client_id", *client_id}, {"user_id", user->id}, {"connection", connection}};
    auto const ticket = co_await keep_for_once(with, collection::login_tickets, held, ticket_lifetime);
    auto given = json_response(json::serialize(
        json::object{{"login_ticket", ticket}, {"co_verifier", random_hex(16)}, {"co_id", random_hex(8)}}));
    given.headers.push_back({"Cache-Control", "no-store"});
    co_return given;
}

} // namespace

asio::awaitable<std::optional<ticket_holder>> take_ticket(service const& with, std::string_view client_id,
                                                          std::string_view ticket)
{
    auto const held = co_await take_once(with, collection::login_tickets, ticket);
    if (!held || text_in(*held, "client_id") != client_id)
        co_return std::nullopt;
    auto user = user_by_id(with, text_in(*held, "user_id"));
    if (!user)
        co_return std::nullopt;
    ticket_holder made{.user = *std::move(user), .connection = text_in(*held, "connection")};
    co_return std::optional<ticket_holder>(std::move(made));
}

void add_cross_origin_login(router& to, service const& with)
{
    to.add("POST", "/co/authenticate", [&with](request const& asked) { return authenticate(with, asked); });
}

} // namespace server
