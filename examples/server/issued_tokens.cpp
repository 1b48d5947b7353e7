// SPDX-License-Identifier: BSL-1.0
#include "issued_tokens.hpp"

#include "clock.hpp"
#include "secrets.hpp"

#include <metapatch/access/scope.hpp>
#include <metapatch/auth0/login/userinfo.hpp>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

namespace server {

namespace auth0 = metapatch::auth0;
namespace json = boost::json;

namespace {

/// The custom claims of an access token. Those for the Management API have no names without a namespace.
/// Source: Auth0, "Create Custom Claims", "General restrictions"; that a namespace is a URL or a URN is chosen
json::object custom_claims(service const& with, std::string_view audience, login const& who)
{
    bool const is_for_auth0 = audience == with.access.issuer() + "api/v2/";
    auto told = auth0::userinfo({}, metapatch::scope_view(who.scope), who.scripts.access_token);
    json::object made;
    for (auto& claim : told.claims) {
        std::string_view const named = claim.key();
        if (!is_for_auth0 || named.starts_with("https://") || named.starts_with("http://") || named.starts_with("urn:"))
            made.emplace(named, std::move(claim.value()));
        else
            with.log.note("a claim of the access token is dropped, for it has no namespace: " + std::string(named));
    }
    for (auto const& each : told.dropped)
        with.log.note("a claim of the access token is dropped: " + each.claim + ": " + std::string(name(each.why)));
    return made;
}

} // namespace

std::string access_token_of(service const& with, token_request const& asked, login const& who)
{
    json::array audience{json::string(asked.audience)};
    if (metapatch::scope_view(who.scope).contains("openid"))
        audience.emplace_back(with.access.userinfo_audience().front());
    auto claims = custom_claims(with, asked.audience, who);
    claims["sub"] = who.user.id;
    claims["aud"] = std::move(audience);
    claims["exp"] = seconds_now() + with.options.token_lifetime.count();
    claims["scope"] = who.scope;
    claims["azp"] = asked.client_id;
    if (!who.scripts.id_token.empty()) // which GET /userinfo tells too
        claims["sid"] = who.session_id;
    return with.access.issue(claims);
}

std::string id_token_of(service const& with, token_request const& asked, login const& who, json::object const& also)
{
    auto told = auth0::userinfo(who.user.document, metapatch::scope_view(who.scope), who.scripts.id_token);
    for (auto const& each : told.dropped)
        with.log.note("a claim of the ID token is dropped: " + each.claim + ": " + std::string(name(each.why)));
    auto claims = std::move(told.claims);
    claims["aud"] = asked.client_id;
    claims["exp"] = seconds_now() + with.options.token_lifetime.count();
    claims["sid"] = who.session_id;
    for (auto const& claim : also)
        claims[claim.key()] = claim.value();
    return with.access.issue(claims);
}

issued_token tokens_of(service const& with, token_request const& asked, login const& who, json::object const& also)
{
    issued_token made;
    made.scope = who.scope;
    made.access_token = access_token_of(with, asked, who);
    if (metapatch::scope_view(who.scope).contains("openid"))
        made.id_token = id_token_of(with, asked, who, also);
    return made;
}

writes to_create_refresh_token(token_request const& asked, login const& who, std::string& token)
{
    token.clear();
    if (!metapatch::scope_view(who.scope).contains("offline_access"))
        return {};
    auto const id = "rt_" + random_hex(8);
    auto const secret = random_hex(32);
    token = id + "." + secret;
    json::object const resource{{"audience", asked.audience}, {"scopes", who.scope}};
    json::object const document{{"id", id},
                                {"user_id", who.user.id},
                                {"created_at", text_now()},
                                {"session_id", who.session_id},
                                {"client_id", asked.client_id},
                                {"rotating", false},
                                {"resource_servers", json::array{resource}}};
    return {put{collection::refresh_tokens, id, json::serialize(document)},
            keep_secret{collection::refresh_tokens, id, hashed_secret(secret)}};
}

} // namespace server
