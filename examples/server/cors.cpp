// SPDX-License-Identifier: BSL-1.0
#include "cors.hpp"

#include <algorithm>

namespace server {

void cors::allow(std::string_view origin, response& answer) const
{
    if (origins_.empty()) {
        answer.headers.push_back({"Access-Control-Allow-Origin", "*"});
    } else {
        answer.headers.push_back({"Vary", "Origin"});
        if (std::find(origins_.begin(), origins_.end(), origin) != origins_.end())
            answer.headers.push_back({"Access-Control-Allow-Origin", std::string(origin)});
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
