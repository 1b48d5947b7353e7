// SPDX-License-Identifier: BSL-1.0
#include "cors.hpp"

#include <algorithm>

namespace server {

void cors::allow(std::string_view path, std::string_view origin, response& answer) const
{
    // auth0.js asks here with credentials, though there are none; a browser then wants to be told its origin.
    bool const with_credentials = path == "/co/authenticate";
    if (origins_.empty() && !with_credentials) {
        answer.headers.push_back({"Access-Control-Allow-Origin", "*"});
    } else {
        answer.headers.push_back({"Vary", "Origin"});
        bool const is_allowed =
            origins_.empty() || std::find(origins_.begin(), origins_.end(), origin) != origins_.end();
        if (is_allowed && !origin.empty())
            answer.headers.push_back({"Access-Control-Allow-Origin", std::string(origin)});
        if (is_allowed && with_credentials)
            answer.headers.push_back({"Access-Control-Allow-Credentials", "true"});
    }
    answer.headers.push_back({"Access-Control-Expose-Headers",
                              "WWW-Authenticate, x-ratelimit-limit, x-ratelimit-remaining, x-ratelimit-reset"});
}

response cors::preflight(std::string_view headers) const
{
    return {204,
            {},
            {{"Access-Control-Allow-Methods", "GET, POST, PATCH, DELETE"},
             {"Access-Control-Allow-Headers", headers.empty() ? "authorization, content-type" : std::string(headers)},
             {"Access-Control-Max-Age", "600"}}};
}

} // namespace server
