// SPDX-License-Identifier: BSL-1.0
#include "admission.hpp"
#include "listing.hpp"
#include "query_options.hpp"
#include "refusals.hpp"
#include "user_documents.hpp"
#include "users.hpp"

#include <metapatch/auth0/management/view_user.hpp>

namespace server {

namespace asio = boost::asio;
namespace auth0 = metapatch::auth0;

namespace {

/// Each user as GET /users/{id} shows it: who may list users may view each.
std::optional<response> show(service const& with, verified_token const& token, page& users,
                             query_options const& options)
{
    for (auto& [id, document] : users.documents) {
        auto shown = auth0::view_user(document, token.permissions(), id, options.view(), with.users);
        if (!shown)
            return refuse(shown.error());
        document = *std::move(shown);
    }
    return std::nullopt;
}

asio::awaitable<response> list(service const& with, request const& asked)
{
    auto const token = token_of(with, asked);
    if (!token)
        co_return refuse(token.error());
    if (auto const refused = denied(with, **token, "GET /users"))
        co_return refuse(*refused);
    if (asked.query.find("q"))
        co_return bad_query("This server does not search; list users, or use /users-by-email");
    query_options options;
    if (auto fault = read_query(asked.query, true, options))
        co_return *std::move(fault);
    page found;
    with.data.read([&](store_view& data) { found = data.list(collection::users, options.page); });
    if (auto refused = show(with, **token, found, options))
        co_return *std::move(refused);
    co_return json_response(listing(found, options.page, "users"));
}

asio::awaitable<response> list_by_address(service const& with, request const& asked)
{
    auto const token = token_of(with, asked);
    if (!token)
        co_return refuse(token.error());
    if (auto const refused = denied(with, **token, "GET /users-by-email"))
        co_return refuse(*refused);
    query_options options;
    if (auto fault = read_query(asked.query, false, options, "email"))
        co_return *std::move(fault);
    auto const email = asked.query.find("email");
    if (!email)
        co_return bad_query("Missing required property: email");
    page found;
    with.data.read([&](store_view& data) {
        for (auto& id : data.find_named(collection::users, name_of_address(*email)))
            if (auto document = data.find(collection::users, id))
                found.documents.emplace_back(std::move(id), *std::move(document));
    });
    if (auto refused = show(with, **token, found, options))
        co_return *std::move(refused);
    co_return json_response(listing(found, {}, "users"));
}

} // namespace

void add_user_lists(router& to, service const& with)
{
    to.add("GET", "/api/v2/users", [&with](request const& asked) { return list(with, asked); });
    to.add("GET", "/api/v2/users-by-email", [&with](request const& asked) { return list_by_address(with, asked); });
}

} // namespace server
