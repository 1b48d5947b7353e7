// SPDX-License-Identifier: BSL-1.0
#include "authorize.hpp"

#include "authorization_code.hpp"
#include "authorization_request.hpp"
#include "authorization_response.hpp"
#include "connections.hpp"
#include "issued_tokens.hpp"
#include "login_pages.hpp"
#include "login_ticket.hpp"
#include "secrets.hpp"
#include "url.hpp"
#include "user_login.hpp"

#include <boost/json/object.hpp>

namespace server {

namespace asio = boost::asio;

namespace {

/// What ties an ID token to what is sent beside it. Source: OpenID Connect Core 1.0 §3.3.2.11
std::string half_hash(std::string_view token)
{
    return sha256_base64url(token, 16);
}

/// Who has shown a password, and in which connection, gets what the client asks for.
asio::awaitable<response> finish_login(service const& with, authorization_request const& wanted, known_user user,
                                       std::string_view connection)
{
    auto who = begin_login(std::move(user), wanted.part("scope"));
    auto const facts = facts_of(wanted.asked, who, connection, wanted.protocol());
    if (auto const refused = co_await log_in(with, facts, who))
        co_return refuse_client(wanted, *refused);
    named_values given;
    auto claims = wanted.claims();
    if (wanted.wants_code) {
        auto code = co_await issue_code(with, wanted, who);
        claims["c_hash"] = half_hash(code);
        given.add("code", std::move(code));
    }
    if (wanted.wants_token) {
        auto token = access_token_of(with, wanted.asked, who);
        claims["at_hash"] = half_hash(token);
        given.add("access_token", std::move(token));
        given.add("scope", who.scope);
        given.add("expires_in", std::to_string(with.options.token_lifetime.count()));
        given.add("token_type", "Bearer");
    }
    if (wanted.wants_id_token)
        given.add("id_token", id_token_of(with, wanted.asked, who, claims));
    co_return answer_client(wanted, std::move(given));
}

asio::awaitable<response> show_authorize(service const& with, request const& asked)
{
    authorization_request wanted;
    if (auto const fault = read_destination(with, asked, wanted))
        co_return fault_page(*fault);
    if (auto const fault = check_authorization(with, wanted))
        co_return refuse_client(wanted, *fault);
    if (auto const ticket = wanted.part("login_ticket"); !ticket.empty()) {
        auto by = co_await take_ticket(with, wanted.client.id, ticket);
        if (!by)
            co_return refuse_client(wanted, {400, "access_denied", "Unknown or invalid login ticket."});
        co_return co_await finish_login(with, wanted, std::move(by->user), by->connection);
    }
    if (wanted.is_silent())
        co_return refuse_client(wanted, {400, "login_required", "Login required"});
    co_return login_page(wanted.asked.form, wanted.part("login_hint"), "");
}

/// What the page of this server posts.
asio::awaitable<response> answer_login_page(service const& with, request const& asked)
{
    authorization_request wanted;
    if (auto const fault = read_destination(with, asked, wanted))
        co_return fault_page(*fault);
    if (auto const fault = check_authorization(with, wanted))
        co_return refuse_client(wanted, *fault);
    auto const form = read_pairs(asked.body).value_or(named_values());
    auto const named = wanted.part("connection");
    auto const connection = named.empty() ? first_connection : named;
    auto const username = form.find("username").value_or("");
    auto user = co_await user_by_password(with, connection, username, form.find("password").value_or(""));
    if (!user)
        co_return login_page(wanted.asked.form, username, wrong_password);
    co_return co_await finish_login(with, wanted, *std::move(user), connection);
}

} // namespace

void add_authorize(router& to, service const& with)
{
    to.add("GET", "/authorize", [&with](request const& asked) { return show_authorize(with, asked); });
    to.add("POST", "/authorize", [&with](request const& asked) { return answer_login_page(with, asked); });
}

} // namespace server
