// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_LOGIN_PAGES_HPP
#define METAPATCH_SERVER_LOGIN_PAGES_HPP

#include "http_message.hpp"

#include <string_view>

namespace server {

/// A page that says what is wrong, where no client can be told.
response fault_page(std::string_view fault);

/// Asks for an address and a password, and posts them to `/authorize`.
/// @param parameters  of the request, which go with them
/// @param address     that is known already
/// @param fault       of the last attempt; "" at first
response login_page(named_values const& parameters, std::string_view address, std::string_view fault);

/// Posts parameters to the client.
response form_post_page(std::string_view redirect_uri, named_values const& parameters);

/// Tells parameters to the page that has opened this one, in a frame or a window; to that origin alone.
/// Source: measured with auth0.js 10.2
response web_message_page(std::string_view origin, named_values const& parameters);

} // namespace server

#endif
