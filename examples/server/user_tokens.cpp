// SPDX-License-Identifier: BSL-1.0
#include "clock.hpp"
#include "connections.hpp"
#include "login_flow.hpp"
#include "oauth_token.hpp"
#include "refusals.hpp"
#include "secrets.hpp"
#include "text_members.hpp"
#include "user_documents.hpp"
#include "user_patch.hpp"

#include <metapatch/access/scope.hpp>
#include <metapatch/auth0/login/userinfo.hpp>
#include <metapatch/json/text.hpp>

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace server {

namespace asio = boost::asio;
namespace auth0 = metapatch::auth0;
namespace json = boost::json;

namespace {

/// What users may be granted: the claims of themselves, and what concerns their own profile. Others are silently not
/// granted. Source: "Get Management API Access Tokens for Single-Page Applications", <https://community.auth0.com/t/9175>
constexpr std::array<std::string_view, 14> scopes_of_users{"openid",
                                                           "profile",
                                                           "email",
                                                           "address",
                                                           "phone",
                                                           "offline_access",
                                                           "read:current_user",
                                                           "update:current_user_identities",
                                                           "create:current_user_metadata",
                                                           "read:current_user_metadata",
                                                           "update:current_user_metadata",
                                                           "delete:current_user_metadata",
                                                           "create:current_user_device_credentials",
                                                           "delete:current_user_device_credentials"};

std::string granted_scopes(std::string_view asked)
{
    std::string granted;
    for (auto const scope : metapatch::scope_view(asked.empty() ? "openid profile email" : asked))
        if (std::find(scopes_of_users.begin(), scopes_of_users.end(), scope) != scopes_of_users.end())
            granted.append(granted.empty() ? "" : " ").append(scope);
    return granted;
}

/// Who logs in, and to what.
struct login {
    std::string user_id;
    json::object user; ///< for its claims
    std::string scope;
    std::string session_id;
    login_outcome scripts; ///< what Rules and Actions make of it
};

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

issued_token tokens_of(service const& with, token_request const& asked, login const& who)
{
    auto const expires = seconds_now() + with.options.token_lifetime.count();
    metapatch::scope_view const scopes(who.scope);
    json::array audience{json::string(asked.audience)};
    if (scopes.contains("openid"))
        audience.emplace_back(with.access.userinfo_audience().front());
    issued_token made;
    made.scope = who.scope;
    auto claims = custom_claims(with, asked.audience, who);
    claims["sub"] = who.user_id;
    claims["aud"] = std::move(audience);
    claims["exp"] = expires;
    claims["scope"] = who.scope;
    claims["azp"] = asked.client_id;
    if (!who.scripts.id_token.empty()) // which GET /userinfo tells too
        claims["sid"] = who.session_id;
    made.access_token = with.access.issue(claims);
    if (scopes.contains("openid")) {
        auto told = auth0::userinfo(who.user, scopes, who.scripts.id_token);
        for (auto const& each : told.dropped)
            with.log.note("a claim of the ID token is dropped: " + each.claim + ": " + std::string(name(each.why)));
        claims = std::move(told.claims);
        claims["aud"] = asked.client_id;
        claims["exp"] = expires;
        claims["sid"] = who.session_id;
        made.id_token = with.access.issue(claims);
    }
    return made;
}

bool is_blocked(json::object const& user)
{
    auto const* const blocked = user.if_contains("blocked");
    return blocked != nullptr && blocked->is_bool() && blocked->get_bool();
}

response wrong_password()
{
    return refuse_token(403, "invalid_grant", "Wrong email or password.");
}

/// The user, unless there is none or it may not log in.
std::optional<json::object> user_in(std::optional<std::string> const& document)
{
    if (!document)
        return std::nullopt;
    auto read = metapatch::read_state(*document);
    if (!read || !*read || is_blocked(**read))
        return std::nullopt;
    return **std::move(read);
}

std::string session_document(login const& who, std::string const& client_id)
{
    auto const now = text_now();
    return json::serialize(json::object{{"id", who.session_id},
                                        {"user_id", who.user_id},
                                        {"created_at", now},
                                        {"updated_at", now},
                                        {"authenticated_at", now},
                                        {"clients", json::array{json::object{{"client_id", client_id}}}}});
}

/// A refresh token is `ID.SECRET`: the document is found by the one, and the other is kept as its hash alone.
writes to_create_refresh_token(login const& who, token_request const& asked, std::string& token)
{
    auto const id = "rt_" + random_hex(8);
    auto const secret = random_hex(32);
    token = id + "." + secret;
    json::object const resource{{"audience", asked.audience}, {"scopes", who.scope}};
    json::object const document{{"id", id},
                                {"user_id", who.user_id},
                                {"created_at", text_now()},
                                {"session_id", who.session_id},
                                {"client_id", asked.client_id},
                                {"rotating", false},
                                {"resource_servers", json::array{resource}}};
    return {put{collection::refresh_tokens, id, json::serialize(document)},
            keep_secret{collection::refresh_tokens, id, hashed_secret(secret)}};
}

/// What Rules and Actions leave: the claims that GET /userinfo tells.
write claims_of_session(login const& who)
{
    if (who.scripts.id_token.empty())
        return erase{collection::session_claims, who.session_id};
    return put{collection::session_claims, who.session_id, json::serialize(who.scripts.id_token)};
}

/// What a login leaves: a session, in the profile what Actions set and when and how often, and a refresh token where one
/// was granted.
writes after_login(store_view& data, login const& who, token_request const& asked, metadata_patch const& update,
                   std::string& refresh_token, std::optional<response>& refused)
{
    refresh_token.clear();
    refused.reset();
    auto const updated = update.apply(data);
    if (!updated) {
        refused = refuse_update(updated.error());
        return {};
    }
    writes made{put{collection::sessions, who.session_id, session_document(who, asked.client_id)}};
    if (auto const stored = *updated ? *updated : data.find(collection::users, who.user_id)) {
        auto const user = metapatch::read_state(*stored);
        auto const logins = user && *user ? logins_of(**user) : 0;
        json::object const noted{{"last_login", text_now()}, {"logins_count", logins + 1}};
        made.push_back(put{collection::users, who.user_id, with_members(*stored, noted)});
    }
    if (!who.scripts.id_token.empty())
        made.push_back(claims_of_session(who));
    if (metapatch::scope_view(who.scope).contains("offline_access"))
        for (auto& each : to_create_refresh_token(who, asked, refresh_token))
            made.push_back(std::move(each));
    return made;
}

/// The same where a refresh token gives new ones.
writes after_refresh(store_view& data, login const& who, metadata_patch const& update, std::optional<response>& refused)
{
    refused.reset();
    auto const updated = update.apply(data);
    if (!updated) {
        refused = refuse_update(updated.error());
        return {};
    }
    writes made{claims_of_session(who)};
    if (*updated)
        made.push_back(put{collection::users, who.user_id, **updated});
    return made;
}

login_facts facts_of(token_request const& asked, login const& who, std::string_view connection,
                     std::string_view protocol)
{
    return {.user_id = who.user_id,
            .scope = who.scope,
            .session_id = who.session_id,
            .client_id = asked.client_id,
            .connection = std::string(connection),
            .audience = asked.audience,
            .protocol = std::string(protocol),
            .address = asked.address,
            .user_agent = asked.user_agent};
}

} // namespace

asio::awaitable<response> grant_by_password(service const& with, token_request const& asked)
{
    auto const realm = asked.form.find("realm").value_or(asked.form.find("connection").value_or(first_connection));
    login who;
    std::optional<std::string> document;
    std::optional<std::string> hash;
    with.data.read([&](store_view& data) {
        auto const named = data.find_named(collection::users, name_of_login(realm, asked.part("username")));
        if (named.empty())
            return;
        who.user_id = named.front();
        document = data.find(collection::users, who.user_id);
        hash = data.find_secret(collection::users, who.user_id);
    });
    std::string const password(asked.part("password"));
    bool const is_right = co_await slowly(with, [&] {
        if (hash)
            return is_password(password, *hash);
        hashed_password(password); // so that the time does not tell that there is no such user
        return false;
    });
    auto user = user_in(document);
    if (!is_right || !user)
        co_return wrong_password();
    who.user = *std::move(user);
    who.scope = granted_scopes(asked.part("scope"));
    who.session_id = "sess_" + random_hex(8);
    auto const facts = facts_of(asked, who, realm, "oauth2-password");
    who.scripts = co_await run_login_scripts(with, facts);
    if (who.scripts.refused)
        co_return *std::move(who.scripts.refused);
    metadata_patch const update(with, who.user_id, who.scripts.update);
    std::string refresh_token;
    std::optional<response> refused;
    co_await with.data.change(
        [&](store_view& data) { return after_login(data, who, asked, update, refresh_token, refused); });
    if (refused)
        co_return *std::move(refused);
    auto made = tokens_of(with, asked, who);
    made.refresh_token = refresh_token;
    co_return give(with, made);
}

asio::awaitable<response> grant_by_refresh_token(service const& with, token_request const& asked)
{
    auto const given = asked.part("refresh_token");
    auto const dot = std::min(given.find('.'), given.size());
    auto const id = given.substr(0, dot);
    std::optional<std::string> document;
    std::optional<std::string> hash;
    std::optional<std::string> user_document;
    with.data.read([&](store_view& data) {
        document = data.find(collection::refresh_tokens, id);
        hash = data.find_secret(collection::refresh_tokens, id);
        if (document)
            user_document = data.find(collection::users, string_member(*document, "user_id").value_or(""));
    });
    auto const secret = given.substr(std::min(dot + 1, given.size()));
    auto user = user_in(user_document);
    bool const is_right = document && hash && are_equal_secrets(hashed_secret(secret), *hash) &&
                          string_member(*document, "client_id") == asked.client_id;
    if (!is_right || !user)
        co_return refuse_token(403, "invalid_grant", "Unknown or invalid refresh token.");
    auto const token = metapatch::read_state(*document).value().value();
    auto const& resource = token.at("resource_servers").as_array().at(0).as_object();
    auto again = asked;
    again.audience = resource.at("audience").as_string();
    login who{.user_id = string_member(*document, "user_id").value_or(""),
              .user = *std::move(user),
              .scope = std::string(resource.at("scopes").as_string()),
              .session_id = string_member(*document, "session_id").value_or(""),
              .scripts = {}};
    if (with.scripts != nullptr) {
        auto const facts = facts_of(again, who, connection_of(*user_document), "oauth2-refresh-token");
        who.scripts = co_await run_login_scripts(with, facts);
        if (who.scripts.refused)
            co_return *std::move(who.scripts.refused);
        metadata_patch const update(with, who.user_id, who.scripts.update);
        std::optional<response> refused;
        co_await with.data.change([&](store_view& data) { return after_refresh(data, who, update, refused); });
        if (refused)
            co_return *std::move(refused);
    }
    co_return give(with, tokens_of(with, again, who));
}

} // namespace server
