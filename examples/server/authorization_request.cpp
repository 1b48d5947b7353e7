// SPDX-License-Identifier: BSL-1.0
#include "authorization_request.hpp"

#include "clock.hpp"

#include <metapatch/access/scope.hpp>
#include <metapatch/json/utf8.hpp>

#include <algorithm>
#include <array>

namespace server {

namespace {

constexpr std::size_t sha256_length = 43; // in base64url

login_refused invalid_request(std::string description)
{
    return {400, "invalid_request", std::move(description)};
}

void read_response_type(authorization_request& made)
{
    bool known = true;
    for (auto const word : metapatch::scope_view(made.part("response_type"))) {
        made.wants_code |= word == "code";
        made.wants_token |= word == "token";
        made.wants_id_token |= word == "id_token";
        known &= word == "code" || word == "token" || word == "id_token";
    }
    made.knows_response_type = known && (made.wants_code || made.wants_token || made.wants_id_token);
}

/// Tokens are not for queries, which logs keep. Source: OAuth 2.0 Multiple Response Type Encoding Practices §3, §5
response_mode usual_mode(authorization_request const& made)
{
    return made.wants_token || made.wants_id_token ? response_mode::fragment : response_mode::query;
}

std::optional<response_mode> mode_named(std::string_view name)
{
    using named = std::pair<std::string_view, response_mode>;
    static constexpr std::array<named, 4> all{{{"query", response_mode::query},
                                               {"fragment", response_mode::fragment},
                                               {"form_post", response_mode::form_post},
                                               {"web_message", response_mode::web_message}}};
    auto const found = std::find_if(all.begin(), all.end(), [&](named const& each) { return each.first == name; });
    return found != all.end() ? std::optional(found->second) : std::nullopt;
}

/// One of the client's callbacks, letter by letter; the only one where none is named. Source: RFC 9700 §4.1.3
std::optional<std::string> read_redirect_uri(authorization_request const& made)
{
    auto const& known = made.client.callbacks;
    auto const given = made.asked.form.find("redirect_uri");
    if (!given)
        return known.size() == 1 ? std::optional(known.front()) : std::nullopt;
    auto const found = std::find(known.begin(), known.end(), *given);
    return found != known.end() ? std::optional(*found) : std::nullopt;
}

bool is_base64url(std::string_view text)
{
    return text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") ==
           std::string_view::npos;
}

/// Who cannot keep a secret proves by the verifier that the code is its own. Source: RFC 7636 §4.3, §4.4.1
std::optional<login_refused> check_code_challenge(authorization_request const& wanted)
{
    auto const challenge = wanted.part("code_challenge");
    if (challenge.empty() && wanted.client.has_secret)
        return std::nullopt;
    if (challenge.empty())
        return invalid_request("A client without a secret needs a code_challenge");
    if (wanted.part("code_challenge_method") != "S256")
        return invalid_request("code_challenge_method must be S256");
    if (challenge.size() != sha256_length || !is_base64url(challenge))
        return invalid_request("code_challenge is no SHA-256 in base64url");
    return std::nullopt;
}

} // namespace

boost::json::object authorization_request::claims() const
{
    boost::json::object made;
    if (auto const nonce = part("nonce"); !nonce.empty())
        made["nonce"] = nonce;
    if (!part("max_age").empty())
        made["auth_time"] = seconds_now(); // there are no sessions of browsers: every login is a new one
    return made;
}

std::optional<std::string> read_destination(service const& with, request const& asked, authorization_request& made)
{
    for (auto const& [name, value] : asked.query)
        if (!metapatch::is_utf8(value))
            return "A parameter is not encoded as UTF-8"; // tokens and documents are
    made.asked = {.form = asked.query,
                  .method = std::string(asked.method),
                  .address = std::string(asked.address),
                  .user_agent = std::string(asked.user_agent)};
    made.asked.client_id = made.part("client_id");
    auto const audience = made.part("audience");
    made.asked.audience = audience.empty() ? with.access.audiences().front() : std::string(audience);
    if (made.asked.client_id.empty())
        return "Missing required parameter: client_id";
    auto client = find_browser_client(with, made.asked.client_id);
    if (!client)
        return "Unknown client: " + made.asked.client_id;
    made.client = *std::move(client);
    auto redirect_uri = read_redirect_uri(made);
    if (!redirect_uri)
        return "Callback URL mismatch. The redirect_uri is not in the list of allowed callback URLs of the client: " +
               std::string(made.part("redirect_uri"));
    made.redirect_uri = *std::move(redirect_uri);
    read_response_type(made);
    made.mode = mode_named(made.part("response_mode")).value_or(usual_mode(made));
    if (made.mode == response_mode::query)
        made.mode = usual_mode(made);
    return std::nullopt;
}

std::optional<login_refused> check_authorization(service const& with, authorization_request const& wanted)
{
    if (wanted.part("response_type").empty())
        return invalid_request("Missing required parameter: response_type");
    if (!wanted.knows_response_type)
        return login_refused{400, "unsupported_response_type",
                             "Unsupported response type: " + std::string(wanted.part("response_type"))};
    auto const mode = wanted.part("response_mode");
    if (!mode.empty() && !mode_named(mode))
        return invalid_request("Unsupported response mode: " + std::string(mode));
    if (mode == "query" && wanted.mode != response_mode::query)
        return invalid_request("The response mode query is not for tokens");
    for (auto const* const name : {"request", "request_uri"})
        if (wanted.asked.form.find(name))
            return login_refused{400, std::string(name) + "_not_supported", "Parameters are taken by themselves alone"};
    if (wanted.wants_id_token && wanted.part("nonce").empty())
        return invalid_request("Missing required parameter: nonce"); // OpenID Connect Core 1.0 §3.2.2.1
    if (wanted.wants_code)
        if (auto fault = check_code_challenge(wanted))
            return fault;
    auto const& known = with.access.audiences();
    if (std::find(known.begin(), known.end(), wanted.asked.audience) == known.end())
        return login_refused{400, "access_denied", "Service not found: " + wanted.asked.audience};
    return std::nullopt;
}

} // namespace server
