// SPDX-License-Identifier: BSL-1.0
#include "oauth_token.hpp"

#include "client_documents.hpp"
#include "clock.hpp"
#include "refusals.hpp"
#include "secrets.hpp"
#include "text_members.hpp"
#include "url.hpp"

#include <metapatch/access/scope.hpp>

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace server {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

constexpr std::array<std::string_view, 13> parameters{
    "grant_type", "client_id",  "client_secret", "audience",      "scope", "username",    "password",
    "realm",      "connection", "refresh_token", "code_verifier", "code",  "redirect_uri"};

/// The parameters of a body, which is a form or JSON.
std::optional<named_values> read_form(request const& asked)
{
    if (!asked.content_type.starts_with("application/json"))
        return read_pairs(asked.body);
    named_values made;
    auto const values = string_members(asked.body, parameters);
    for (std::size_t i = 0; i < parameters.size(); ++i)
        if (values[i])
            made.add(std::string(parameters[i]), *values[i]);
    return made;
}

/// What is wrong with who asks and for which API, or nothing. Source: answers of the live service
std::optional<response> check_client(service const& with, token_request const& asked)
{
    if (asked.client_id.empty())
        return refuse_token(400, "invalid_request", "Missing required parameter: client_id");
    if (!has_client(with, asked.client_id))
        return refuse_token(401, "access_denied", "Unauthorized");
    bool const has_secret = asked.client_id == with.options.client_id && !with.client_secret.empty();
    if (has_secret && !are_equal_secrets(asked.part("client_secret"), with.client_secret))
        return refuse_token(401, "access_denied", "Unauthorized");
    auto const& known = with.access.audiences();
    if (std::find(known.begin(), known.end(), asked.audience) == known.end())
        return refuse_token(403, "access_denied", "Service not enabled within domain: " + asked.audience);
    return std::nullopt;
}

/// The scopes of the table of permissions, or those of them that are asked for.
std::string granted_scopes(service const& with, std::string_view asked)
{
    metapatch::scope_set all;
    for (auto const& rule : with.users.permissions.rules)
        all.insert(rule.scope);
    if (asked.empty())
        return all.text();
    metapatch::scope_set granted;
    for (auto const scope : metapatch::scope_view(asked))
        if (all.contains(scope))
            granted.insert(scope);
    return granted.text();
}

response grant_to_client(service const& with, token_request const& asked)
{
    if (asked.client_id != with.options.client_id || with.client_secret.empty())
        return refuse_token(403, "unauthorized_client", "Grant type 'client_credentials' not allowed for the client.");
    issued_token made;
    made.scope = granted_scopes(with, asked.part("scope"));
    made.access_token = with.access.issue({{"sub", asked.client_id + "@clients"},
                                           {"aud", asked.audience},
                                           {"exp", seconds_now() + with.options.token_lifetime.count()},
                                           {"scope", made.scope},
                                           {"gty", "client-credentials"},
                                           {"azp", asked.client_id}});
    return give(with, made);
}

asio::awaitable<response> answer(service const& with, request const& asked)
{
    auto form = read_form(asked);
    if (!form)
        co_return refuse_token(400, "invalid_request", "The form is not percent-encoded");
    token_request wanted{
        .form = *std::move(form), .address = std::string(asked.address), .user_agent = std::string(asked.user_agent)};
    auto const grant = wanted.part("grant_type");
    wanted.client_id = wanted.part("client_id");
    wanted.audience = wanted.form.find("audience").value_or(with.access.audiences().front());
    if (grant.empty())
        co_return refuse_token(400, "invalid_request", "Missing required parameter: grant_type");
    if (auto fault = check_client(with, wanted))
        co_return *std::move(fault);
    if (grant == "client_credentials")
        co_return grant_to_client(with, wanted);
    bool const by_password = grant == "password" || grant == "http://auth0.com/oauth/grant-type/password-realm";
    if (by_password && !with.options.grants_by_password)
        co_return refuse_token(403, "unauthorized_client",
                               "Grant type '" + std::string(grant) + "' not allowed for the client.");
    if (by_password)
        co_return co_await grant_by_password(with, wanted);
    if (grant == "authorization_code")
        co_return co_await grant_by_code(with, wanted);
    if (grant == "refresh_token")
        co_return co_await grant_by_refresh_token(with, wanted);
    co_return refuse_token(403, "unsupported_grant_type", "Unsupported grant type: " + std::string(grant));
}

} // namespace

response give(service const& with, issued_token const& issued)
{
    json::object made{{"access_token", issued.access_token}};
    if (!issued.id_token.empty())
        made["id_token"] = issued.id_token;
    if (!issued.refresh_token.empty())
        made["refresh_token"] = issued.refresh_token;
    made["scope"] = issued.scope;
    made["expires_in"] = with.options.token_lifetime.count();
    made["token_type"] = "Bearer";
    auto given = json_response(json::serialize(made));
    given.headers.push_back({"Cache-Control", "no-store"}); // RFC 6749 §5.1
    return given;
}

void add_oauth_token(router& to, service const& with)
{
    to.add("POST", "/oauth/token", [&with](request const& asked) { return answer(with, asked); });
}

} // namespace server
