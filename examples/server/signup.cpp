// SPDX-License-Identifier: BSL-1.0
#include "signup.hpp"

#include "connections.hpp"
#include "refusals.hpp"
#include "secrets.hpp"
#include "text_members.hpp"
#include "user_documents.hpp"

#include <metapatch/auth0/login/signup.hpp>
#include <metapatch/json/text.hpp>

#include <boost/json/serialize.hpp>

namespace server {

namespace asio = boost::asio;
namespace auth0 = metapatch::auth0;

namespace {

/// A refusal in the shape of this endpoint. The words are ours.
response refuse_signup(std::string_view why)
{
    return refuse(auth0::refusal{.why = auth0::refusal_reason::malformed_body,
                                 .message = std::string("Invalid sign up (").append(why).append(")"),
                                 .code = "invalid_signup",
                                 .shape = auth0::error_shape::signup});
}

writes create(store_view& data, new_user const& user, std::optional<response>& refused)
{
    refused.reset();
    if (!has_connection(data, user.connection))
        refused = refuse_signup("there is no such connection");
    else if (is_taken(data, user.document, user.connection, user.id))
        refused = refuse(auth0::signup_user_exists());
    return refused ? writes() : to_create(user);
}

asio::awaitable<response> sign_up(service const& with, request const& asked)
{
    new_user user{.id = new_user_id(std::nullopt), .document = {}, .connection = {}};
    auto const made = auth0::signup(user.id, asked.body);
    if (!made)
        co_return refuse(made.error());
    auto const [connection, password, email] = string_members<3>(asked.body, {"connection", "password", "email"});
    if (!email || email->empty())
        co_return refuse_signup("missing email");
    user.connection = *connection;
    user.document = completed(*made, user.id, user.connection);
    user.password_hash = co_await slowly(with, [&password = *password] { return hashed_password(password); });
    std::optional<response> refused;
    co_await with.data.change([&](store_view& data) { return create(data, user, refused); });
    if (refused)
        co_return *std::move(refused);
    auto const signed_up = metapatch::read_state(*made);
    co_return json_response(boost::json::serialize(auth0::signup_response(**signed_up)));
}

} // namespace

void add_signup(router& to, service const& with)
{
    to.add("POST", "/dbconnections/signup", [&with](request const& asked) { return sign_up(with, asked); });
}

} // namespace server
