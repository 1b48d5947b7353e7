// SPDX-License-Identifier: BSL-1.0
#include "authorization_code.hpp"

#include "issued_tokens.hpp"
#include "one_time_documents.hpp"
#include "refusals.hpp"
#include "secrets.hpp"

#include <boost/json/object.hpp>
#include <chrono>

namespace server {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

constexpr std::chrono::seconds code_lifetime{60};

/// Source: RFC 7636 §4.1, §4.6
bool is_verified(json::object const& code, std::string_view verifier)
{
    auto const challenge = text_in(code, "code_challenge");
    if (challenge.empty())
        return verifier.empty();
    return verifier.size() >= 43 && verifier.size() <= 128 &&
           are_equal_secrets(sha256_base64url(verifier, 32), challenge);
}

/// What is wrong with who shows a code, or "". Source: RFC 6749 §4.1.3
std::string_view fault_of(json::object const& code, token_request const& asked)
{
    if (text_in(code, "client_id") != asked.client_id)
        return "Invalid authorization code";
    auto const redirect_uri = asked.form.find("redirect_uri");
    if (redirect_uri ? *redirect_uri != text_in(code, "redirect_uri") : code.at("names_redirect_uri").as_bool())
        return "The redirect URI is wrong.";
    return is_verified(code, asked.part("code_verifier")) ? "" : "Failed to verify code verifier";
}

} // namespace

asio::awaitable<std::string> issue_code(service const& with, authorization_request const& wanted, login const& who)
{
    json::object const code{
        {"client_id", wanted.client.id},
        {"redirect_uri", wanted.redirect_uri},
        {"names_redirect_uri", wanted.asked.form.find("redirect_uri").has_value()},
        {"code_challenge", wanted.part("code_challenge")},
        {"audience", wanted.asked.audience},
        {"user_id", who.user.id},
        {"scope", who.scope},
        {"session_id", who.session_id},
        {"claims", wanted.claims()},
        {"id_token", who.scripts.id_token},
        {"access_token", who.scripts.access_token},
    };
    co_return co_await keep_for_once(with, collection::authorization_codes, code, code_lifetime);
}

asio::awaitable<response> grant_by_code(service const& with, token_request const& asked)
{
    auto code = co_await take_once(with, collection::authorization_codes, asked.part("code"));
    if (!code)
        co_return refuse_token(403, "invalid_grant", "Invalid authorization code");
    if (auto const fault = fault_of(*code, asked); !fault.empty())
        co_return refuse_token(403, "invalid_grant", fault);
    auto user = user_by_id(with, text_in(*code, "user_id"));
    if (!user)
        co_return refuse_token(403, "invalid_grant", "Invalid authorization code");
    login who{.user = *std::move(user),
              .scope = text_in(*code, "scope"),
              .session_id = text_in(*code, "session_id"),
              .scripts = {}};
    who.scripts.id_token = std::move(code->at("id_token").as_object());
    who.scripts.access_token = std::move(code->at("access_token").as_object());
    auto granted = asked;
    granted.audience = text_in(*code, "audience");
    std::string refresh_token;
    auto const also = to_create_refresh_token(granted, who, refresh_token);
    if (!also.empty())
        co_await with.data.change([&](store_view&) { return also; });
    auto made = tokens_of(with, granted, who, code->at("claims").as_object());
    made.refresh_token = refresh_token;
    co_return give(with, made);
}

} // namespace server
