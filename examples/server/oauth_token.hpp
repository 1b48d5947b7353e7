// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_OAUTH_TOKEN_HPP
#define METAPATCH_SERVER_OAUTH_TOKEN_HPP

#include "http_message.hpp"
#include "router.hpp"
#include "service.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace server {

/// POST `/oauth/token`.
void add_oauth_token(router& to, service const& with);

/// What a client asks for, once it is known who it is.
struct token_request {
    named_values form{};
    std::string client_id{};
    std::string audience{}; ///< one of the Management API
    std::string method = "POST";
    std::string address{}; ///< of who asks
    std::string user_agent{};

    std::string_view part(std::string_view name) const { return form.find(name).value_or(std::string_view()); }
};

/// What is issued.
struct issued_token {
    std::string access_token{};
    std::string scope{};
    std::string id_token{};      ///< "" where there is none
    std::string refresh_token{}; ///< "" where there is none
};

/// The answer that gives tokens away.
response give(service const& with, issued_token const& issued);

/// Tokens for users, by their password, by what `/authorize` has given, or by a refresh token.
boost::asio::awaitable<response> grant_by_password(service const& with, token_request const& asked);
boost::asio::awaitable<response> grant_by_code(service const& with, token_request const& asked);
boost::asio::awaitable<response> grant_by_refresh_token(service const& with, token_request const& asked);

} // namespace server

#endif
