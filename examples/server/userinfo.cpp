// SPDX-License-Identifier: BSL-1.0
#include "userinfo.hpp"

#include "refusals.hpp"

#include <metapatch/auth0/login/userinfo.hpp>
#include <metapatch/json/text.hpp>

#include <boost/json/serialize.hpp>

namespace server {

namespace asio = boost::asio;
namespace auth0 = metapatch::auth0;

namespace {

/// Without a token the live service answers text. Source: measured with auth0-js and node-auth0
response unauthorized()
{
    return {401, "Unauthorized", {{"Content-Type", "text/plain; charset=utf-8"}, {"WWW-Authenticate", "Bearer"}}};
}

asio::awaitable<response> userinfo(service const& with, request const& asked)
{
    if (asked.authorization.empty())
        co_return unauthorized();
    auto const token = with.access.verify(asked.authorization, with.access.userinfo_audience());
    if (!token || !(*token)->subject)
        co_return refuse(auth0::invalid_token());
    std::optional<std::string> stored;
    std::optional<std::string> custom;
    with.data.read([&](store_view& data) {
        stored = data.find(collection::users, *(*token)->subject);
        if (!(*token)->session.empty())
            custom = data.find(collection::session_claims, (*token)->session);
    });
    if (!stored)
        co_return refuse(auth0::invalid_token("The user does not exist"));
    auto const user = metapatch::read_state(*stored);
    if (!user || !*user)
        throw std::runtime_error("a stored user is no object");
    auto const claims = metapatch::read_state(custom.value_or("{}"));
    if (!claims || !*claims)
        throw std::runtime_error("the stored claims of a session are no object");
    auto const told = auth0::userinfo(**user, (*token)->permissions().scopes, **claims);
    co_return json_response(boost::json::serialize(told.claims));
}

} // namespace

void add_userinfo(router& to, service const& with)
{
    for (char const* const method : {"GET", "POST"})
        to.add(method, "/userinfo", [&with](request const& asked) { return userinfo(with, asked); });
}

} // namespace server
