// SPDX-License-Identifier: BSL-1.0
#include "published.hpp"

#include "client_documents.hpp"
#include "refusals.hpp"
#include "text_members.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace server {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

asio::awaitable<response> keys(service const& with, request const&)
{
    co_return json_response(json_web_key_set(with.access.keys()));
}

/// Source: OpenID Connect Discovery 1.0 §3; only what this server has.
asio::awaitable<response> configuration(service const& with, request const&)
{
    auto const& issuer = with.access.issuer();
    json::array grants{"authorization_code", "implicit", "client_credentials", "refresh_token"};
    if (with.options.grants_by_password)
        grants.insert(grants.end(), {"password", "http://auth0.com/oauth/grant-type/password-realm"});
    json::array algorithms{"RS256"};
    if (!with.access.keys().hs256_secret.empty())
        algorithms.emplace_back("HS256");
    co_return json_response(json::serialize(json::object{
        {"issuer", issuer},
        {"authorization_endpoint", issuer + "authorize"},
        {"token_endpoint", issuer + "oauth/token"},
        {"userinfo_endpoint", issuer + "userinfo"},
        {"jwks_uri", issuer + ".well-known/jwks.json"},
        {"response_types_supported", json::array{"code", "token", "id_token", "code token", "code id_token",
                                                 "token id_token", "code token id_token"}},
        {"response_modes_supported", json::array{"query", "fragment", "form_post", "web_message"}},
        {"code_challenge_methods_supported", json::array{"S256"}},
        {"grant_types_supported", std::move(grants)},
        {"scopes_supported", json::array{"openid", "profile", "email", "address", "phone", "offline_access"}},
        {"subject_types_supported", json::array{"public"}},
        {"id_token_signing_alg_values_supported", std::move(algorithms)},
        {"token_endpoint_auth_methods_supported", json::array{"client_secret_post"}},
    }));
}

/// The connections, as Lock wants to know them. Source: measured with Lock 14.3
json::array known_connections(service const& with)
{
    page found;
    with.data.read([&](store_view& data) { found = data.list(collection::connections, {.length = 100}); });
    json::array made;
    for (auto const& [id, document] : found.documents)
        if (auto const name = string_member(document, "name"))
            made.push_back(json::object{{"name", *name},
                                        {"passwordPolicy", "low"},
                                        {"showSignup", true},
                                        {"showForgot", false},
                                        {"requires_username", false}});
    return made;
}

asio::awaitable<response> client_script(service const& with, request const& asked)
{
    auto const id = asked.part("id");
    if (!has_client(with, id))
        co_return no_such_route();
    json::object client;
    client["id"] = id;
    client["tenant"] = "metapatch";
    client["subscription"] = "free";
    client["strategies"] = json::array{json::object{{"name", "auth0"}, {"connections", known_connections(with)}}};
    co_return response{.body = "Auth0.setClient(" + json::serialize(client) + ");",
                       .headers = {{"Content-Type", "application/javascript; charset=utf-8"}}};
}

} // namespace

void add_published(router& to, service const& with)
{
    to.add("GET", "/.well-known/jwks.json", [&with](request const& asked) { return keys(with, asked); });
    to.add("GET", "/.well-known/openid-configuration",
           [&with](request const& asked) { return configuration(with, asked); });
    to.add("GET", "/client/{id}.js", [&with](request const& asked) { return client_script(with, asked); });
}

} // namespace server
