// SPDX-License-Identifier: BSL-1.0
#include "tokens.hpp"

#include "clock.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <cmath>
#include <jwt/jwt.hpp>
#include <mutex>
#include <utility>

namespace server {

namespace auth0 = metapatch::auth0;
namespace json = boost::json;

namespace {

constexpr std::size_t most_known = 1'024;

/// Whether a text is three parts of base64url with dots between them. The library reads others out of bounds.
bool has_form_of_token(std::string_view text)
{
    auto const is_base64url = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    };
    return std::count(text.begin(), text.end(), '.') == 2 && !text.starts_with('.') && !text.ends_with('.') &&
           text.find("..") == std::string_view::npos &&
           std::all_of(text.begin(), text.end(), [&](char c) { return c == '.' || is_base64url(c); });
}

bool is_scheme_of_bearer(std::string_view text)
{
    constexpr std::string_view scheme = "bearer ";
    return std::equal(scheme.begin(), scheme.end(), text.begin(),
                      text.begin() + static_cast<long>(std::min(scheme.size(), text.size())),
                      [](char expected, char c) { return expected == (c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c); });
}

/// A time of a token, in seconds since 1970; nothing where it is no number that could be one.
std::optional<std::int64_t> time_in(nlohmann::json const& claims, char const* name)
{
    auto const found = claims.find(name);
    if (found == claims.end() || !found->is_number())
        return std::nullopt;
    auto const seconds = found->get<double>();
    constexpr double latest = 1e12;
    if (!(std::abs(seconds) < latest))
        return std::nullopt;
    return static_cast<std::int64_t>(std::floor(seconds));
}

bool has_odd_time(nlohmann::json const& claims, char const* name)
{
    if (!claims.contains(name))
        return false;
    auto const seconds = time_in(claims, name);
    return !seconds || *seconds < 0;
}

std::string text_in(nlohmann::json const& claims, char const* name)
{
    auto const found = claims.find(name);
    return found != claims.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::vector<std::string> audience_in(nlohmann::json const& claims)
{
    auto const found = claims.find("aud");
    if (found == claims.end())
        return {};
    std::vector<std::string> all;
    for (auto const& each : found->is_array() ? *found : nlohmann::json::array({*found}))
        if (each.is_string())
            all.push_back(each.get<std::string>());
    return all;
}

auth0::refusal refusal_of(std::error_code why)
{
    if (why == jwt::VerificationErrc::TokenExpired)
        return auth0::bad_token("Expired token received for JSON Web Token validation");
    if (why == jwt::VerificationErrc::InvalidSignature || why == jwt::AlgorithmErrc::VerificationErr)
        return auth0::bad_token("Invalid signature received for JSON Web Token validation");
    return auth0::bad_token();
}

} // namespace

bool verified_token::is_for(std::string_view api) const
{
    return std::find(audience.begin(), audience.end(), api) != audience.end();
}

tokens::tokens(signing_keys keys, std::string issuer, std::vector<std::string> audiences, bool signs_with_hs256)
    : keys_(std::move(keys)), issuer_(std::move(issuer)),
      audiences_(std::move(audiences)), userinfo_audience_{issuer_ + "userinfo"}, signs_with_hs256_(signs_with_hs256)
{
}

std::string tokens::issue(json::object const& claims) const
{
    using namespace jwt::params;
    jwt::jwt_object made{algorithm(signs_with_hs256_ ? "HS256" : "RS256"),
                         secret(signs_with_hs256_ ? keys_.hs256_secret : keys_.private_pem)};
    if (!signs_with_hs256_)
        made.header().add_header("kid", keys_.key_id);
    made.add_claim("iss", issuer_);
    made.add_claim("iat", seconds_now());
    for (auto const& claim : claims)
        made.add_claim(std::string(claim.key()), nlohmann::json::parse(json::serialize(claim.value())));
    return made.signature();
}

tokens::verdict tokens::verify(std::string_view authorization, std::span<std::string const> apis)
{
    if (authorization.empty())
        return auth0::no_token();
    if (!is_scheme_of_bearer(authorization))
        return auth0::bad_authorization_header();
    auto const text = authorization.substr(std::min(authorization.find_first_not_of(' ', 6), authorization.size()));
    {
        std::shared_lock const lock(access_);
        if (auto const found = known_.find(text); found != known_.end())
            return judge(found->second, apis);
    }
    if (!has_form_of_token(text))
        return auth0::bad_authorization_header();
    auto token = read(text);
    if (!token)
        return token;
    {
        std::lock_guard const lock(access_);
        if (known_.size() >= most_known)
            known_.clear();
        known_.emplace(text, *token);
    }
    return judge(*std::move(token), apis);
}

/// What a token says, once its signature and its issuer are found right.
tokens::verdict tokens::read(std::string_view token) const
try {
    using namespace jwt::params;
    jwt::string_view const text(token.data(), token.size());
    std::error_code failed;
    jwt::jwt_header head;
    head.decode(text.substr(0, token.find('.')), failed);
    // Each algorithm has its own key: a public key is never taken for a secret. Others, `none` among them, have none.
    bool const is_hs256 = head.algo() == jwt::algorithm::HS256;
    if (failed || (is_hs256 ? keys_.hs256_secret.empty() : head.algo() != jwt::algorithm::RS256))
        return auth0::bad_token();
    // The library converts times as they are, for which those beyond its integers have no meaning.
    jwt::jwt_payload unverified;
    unverified.decode(text.substr(token.find('.') + 1, token.rfind('.') - token.find('.') - 1), failed);
    auto const& times = unverified.create_json_obj();
    if (failed || has_odd_time(times, "exp") || has_odd_time(times, "nbf"))
        return auth0::bad_token();
    auto const decoded = jwt::decode(text, algorithms({is_hs256 ? "HS256" : "RS256"}), failed,
                                     secret(is_hs256 ? keys_.hs256_secret : keys_.public_pem));
    if (failed)
        return refusal_of(failed);
    auto const& claims = decoded.payload().create_json_obj();
    auto const expires = time_in(claims, "exp");
    if (text_in(claims, "iss") != issuer_ || !expires || (claims.contains("nbf") && !time_in(claims, "nbf")))
        return auth0::bad_token();
    auto made = std::make_shared<verified_token>();
    made->scopes = text_in(claims, "scope");
    made->client = text_in(claims, "azp");
    made->session = text_in(claims, "sid");
    made->audience = audience_in(claims);
    made->expires = *expires;
    bool const is_of_application = text_in(claims, "gty") == "client-credentials";
    if (auto subject = text_in(claims, "sub"); !subject.empty() && !is_of_application)
        made->subject = std::move(subject);
    return std::shared_ptr<verified_token const>(std::move(made));
} catch (std::bad_alloc const&) {
    throw;
} catch (std::exception const&) { // of the library: a header or a claim of another type
    return auth0::bad_token();
}

/// Whether a token that was found right still is, and is for one of these.
tokens::verdict tokens::judge(std::shared_ptr<verified_token const> token, std::span<std::string const> apis)
{
    if (seconds_now() >= token->expires)
        return auth0::bad_token("Expired token received for JSON Web Token validation");
    for (auto const& api : apis)
        if (token->is_for(api))
            return token;
    std::string named;
    for (auto const& each : token->audience)
        named.append(named.empty() ? "" : ",").append(each);
    return auth0::bad_token("Bad audience: " + named);
}

} // namespace server
