// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_CLIENT_DOCUMENTS_HPP
#define METAPATCH_SERVER_CLIENT_DOCUMENTS_HPP

#include "service.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace server {

/// Whether there is a client: the one of the settings, or one that was created.
bool has_client(service const& with, std::string_view client_id);

/// A client, as far as logins in a browser concern it. The members of its document are those of Auth0's.
struct browser_client {
    std::string id{};
    bool has_secret = false;
    bool may_ask_cross_origin = true;       ///< unless `cross_origin_authentication` is false
    std::vector<std::string> callbacks{};   ///< `callbacks`
    std::vector<std::string> logout_urls{}; ///< `allowed_logout_urls`
    std::vector<std::string> origins{};     ///< `allowed_origins`, `web_origins`, and those of the callbacks
};

/// Exceptions: store_unavailable
std::optional<browser_client> find_browser_client(service const& with, std::string_view client_id);

} // namespace server

#endif
