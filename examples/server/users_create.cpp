// SPDX-License-Identifier: BSL-1.0
#include "admission.hpp"
#include "connections.hpp"
#include "refusals.hpp"
#include "secrets.hpp"
#include "text_members.hpp"
#include "user_documents.hpp"
#include "users.hpp"

#include <metapatch/auth0/management/create_user.hpp>

namespace server {

namespace asio = boost::asio;
namespace auth0 = metapatch::auth0;

namespace {

/// Create a user that was judged, unless somebody logs in so already.
writes create(store_view& data, new_user const& user, std::optional<response>& refused)
{
    refused.reset();
    if (!has_connection(data, user.connection))
        refused = refuse(400, "Connection does not exist.", "invalid_body");
    else if (data.find(collection::users, user.id) || is_taken(data, user.document, user.connection, user.id))
        refused = refuse(auth0::user_exists());
    return refused ? writes() : to_create(user);
}

asio::awaitable<response> create_user(service const& with, request const& asked)
{
    auto const token = token_of(with, asked);
    if (!token)
        co_return refuse(token.error());
    auto const [part, connection, password] = string_members<3>(asked.body, {"user_id", "connection", "password"});
    new_user user{.id = new_user_id(part), .document = {}, .connection = connection.value_or("")};
    auto const made = auth0::create_user((*token)->permissions(), user.id, asked.body, with.users);
    if (!made)
        co_return refuse(made.error());
    user.document = completed(made->user, user.id, user.connection);
    if (password)
        user.password_hash = co_await slowly(with, [&password = *password] { return hashed_password(password); });
    std::optional<response> refused;
    co_await with.data.change([&](store_view& data) { return create(data, user, refused); });
    if (refused)
        co_return *std::move(refused);
    co_return json_response(std::move(user.document), 201);
}

} // namespace

void add_user_creation(router& to, service const& with)
{
    to.add("POST", "/api/v2/users", [&with](request const& asked) { return create_user(with, asked); });
}

} // namespace server
