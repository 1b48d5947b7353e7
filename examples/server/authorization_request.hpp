// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_AUTHORIZATION_REQUEST_HPP
#define METAPATCH_SERVER_AUTHORIZATION_REQUEST_HPP

#include "client_documents.hpp"
#include "login_flow.hpp"
#include "oauth_token.hpp"
#include "service.hpp"

#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace server {

/// How an answer gets to the client. Source: OAuth 2.0 Multiple Response Type Encoding Practices §2.1, OAuth 2.0 Form
/// Post Response Mode; `web_message` is Auth0's, to the page that has opened a frame
enum class response_mode : std::uint8_t { query, fragment, form_post, web_message };

/// What `/authorize` is asked.
struct authorization_request {
    token_request asked{}; ///< the parameters, and who sends them
    browser_client client{};
    std::string redirect_uri{}; ///< one of the client's callbacks
    response_mode mode = response_mode::query;
    bool knows_response_type = false; ///< which asks for one of these at least
    bool wants_code = false;
    bool wants_token = false;
    bool wants_id_token = false;

    std::string_view part(std::string_view name) const { return asked.part(name); }

    /// Whether no page may be shown.
    bool is_silent() const { return part("prompt") == "none" || mode == response_mode::web_message; }

    /// In the words of Auth0.
    std::string_view protocol() const
    {
        if (!wants_code)
            return "oidc-implicit-profile";
        return wants_token || wants_id_token ? "oidc-hybrid-profile" : "oidc-basic-profile";
    }

    /// The claims that the ID token has of the request.
    boost::json::object claims() const;
};

/// Read who asks, and where the answer goes.
/// @return  what is wrong with that, for a page: no other place is safe for it
std::optional<std::string> read_destination(service const& with, request const& asked, authorization_request& made);

/// What is wrong with the rest, for the client.
std::optional<login_refused> check_authorization(service const& with, authorization_request const& wanted);

} // namespace server

#endif
