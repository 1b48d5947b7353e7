// SPDX-License-Identifier: BSL-1.0
#include "users.hpp"

#include "admission.hpp"
#include "connections.hpp"
#include "query_options.hpp"
#include "refusals.hpp"
#include "secrets.hpp"
#include "text_members.hpp"
#include "user_documents.hpp"
#include "user_patch.hpp"

#include <metapatch/auth0/management/multifactor.hpp>
#include <metapatch/auth0/management/user_update.hpp>
#include <metapatch/auth0/management/view_user.hpp>

namespace server {

namespace asio = boost::asio;
namespace auth0 = metapatch::auth0;

namespace {

asio::awaitable<response> view(service const& with, request const& asked)
{
    auto const token = token_of(with, asked);
    if (!token)
        co_return refuse(token.error());
    query_options options;
    if (auto fault = read_query(asked.query, false, options))
        co_return *std::move(fault);
    auto const id = asked.part("id");
    std::optional<std::string> stored;
    with.data.read([&](store_view& data) { stored = data.find(collection::users, id); });
    auto shown = auth0::view_user(stored, (*token)->permissions(), id, options.view(), with.users);
    if (!shown)
        co_return refuse(shown.error());
    co_return json_response(*std::move(shown));
}

/// What a PATCH asks for besides the document. Most ask for none of it.
struct account_change {
    std::optional<std::string> password{};
    std::optional<std::string> connection{};
    bool identifiers = false; ///< what the user is found by, and logs in with

    explicit account_change(std::string_view body)
        : identifiers(may_name(body, "email") || may_name(body, "username") || may_name(body, "phone_number"))
    {
        if (may_name(body, "password"))
            password = string_member(body, "password");
        if (may_name(body, "connection"))
            connection = string_member(body, "connection");
    }
};

/// What a PATCH does to a stored user.
/// @param user  becomes the new document
writes update(store_view& data, auth0::user_update const& asked, account_change const& account, std::string const& id,
              std::optional<std::string> const& password_hash, std::string& user, std::optional<response>& refused)
{
    user.clear();
    refused.reset();
    if (account.connection && !has_connection(data, *account.connection)) {
        refused = refuse(400, "Connection does not exist.", "invalid_body");
        return {};
    }
    auto patched = patched_user(data, asked, id);
    if (!patched) {
        refused = refuse(patched.error());
        return {};
    }
    user = *std::move(patched);
    writes made{put{collection::users, id, user}};
    if (account.identifiers) {
        auto const connection = connection_of(user);
        if (is_taken(data, user, connection, id)) {
            refused = refuse(400, "The specified new email or username already exists", "auth0_idp_error");
            return {};
        }
        made.push_back(name_as{collection::users, id, names_of(user, connection)});
    }
    if (password_hash)
        made.push_back(keep_secret{collection::users, id, *password_hash});
    return made;
}

asio::awaitable<response> patch(service const& with, request const& asked)
{
    auto const token = token_of(with, asked);
    if (!token)
        co_return refuse(token.error());
    std::string const id(asked.part("id"));
    auth0::user_update wanted;
    if (auto const refused = wanted.read((*token)->permissions(), id, asked.body, with.users))
        co_return refuse(*refused);
    account_change const account(asked.body);
    std::optional<std::string> password_hash;
    if (account.password)
        password_hash = co_await slowly(with, [&account] { return hashed_password(*account.password); });
    std::string user;
    std::optional<response> refused;
    co_await with.data.change(
        [&](store_view& data) { return update(data, wanted, account, id, password_hash, user, refused); });
    if (refused)
        co_return *std::move(refused);
    co_return json_response(std::move(user));
}

/// The live service answers 204 for a user that it has not, too. Source: node-auth0#451
asio::awaitable<response> remove(service const& with, request const& asked)
{
    auto const token = token_of(with, asked);
    if (!token)
        co_return refuse(token.error());
    auto const id = asked.part("id");
    if (auto const refused = denied(with, **token, "DELETE /users/{id}", id))
        co_return refuse(*refused);
    co_await with.data.change([&](store_view&) { return writes{erase{collection::users, std::string(id)}}; });
    co_return response{.status = 204};
}

asio::awaitable<response> remove_second_factor(service const& with, request const& asked)
{
    auto const token = token_of(with, asked);
    if (!token)
        co_return refuse(token.error());
    std::string const id(asked.part("id"));
    std::optional<response> refused;
    co_await with.data.change([&](store_view& data) -> writes {
        refused.reset();
        auto const stored = data.find(collection::users, id);
        auto user =
            auth0::delete_multifactor_provider(stored, (*token)->permissions(), id, asked.part("provider"), with.users);
        if (user)
            return {put{collection::users, id, *std::move(user)}};
        refused = refuse(user.error());
        return {};
    });
    co_return refused ? *std::move(refused) : response{.status = 204};
}

} // namespace

void add_user_routes(router& to, service const& with)
{
    auto const add = [&](char const* method, char const* path, auto answer) {
        to.add(method, path, [&with, answer](request const& asked) { return answer(with, asked); });
    };
    add("PATCH", "/api/v2/users/{id}", patch);
    add("GET", "/api/v2/users/{id}", view);
    add("DELETE", "/api/v2/users/{id}", remove);
    add("DELETE", "/api/v2/users/{id}/multifactor/{provider}", remove_second_factor);
}

} // namespace server
