// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_CORS_HPP
#define METAPATCH_SERVER_CORS_HPP

#include "http_message.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace server {

/// Lets the pages of other origins call: auth0-js and Lock run in them. There are no cookies, so that a page gets no
/// more than the token that it has. Source: WHATWG Fetch, "CORS protocol"
class cors {
public:
    /// @param origins  whose pages may call; none: every one
    explicit cors(std::vector<std::string> origins) : origins_(std::move(origins)) {}

    /// Add what any answer needs.
    /// @param path    of the request
    /// @param origin  the header of the request; "" where it has none
    void allow(std::string_view path, std::string_view origin, response& answer) const;

    /// Answer a preflight.
    /// @param headers  that the page wants to send
    response preflight(std::string_view headers) const;

private:
    std::vector<std::string> origins_;
};

} // namespace server

#endif
