// SPDX-License-Identifier: BSL-1.0
#include "refusals.hpp"

#include <boost/json/serialize.hpp>

namespace server {

namespace auth0 = metapatch::auth0;

response refuse(auth0::refusal const& why)
{
    return {why.status, boost::json::serialize(auth0::body(why)), auth0::headers(why)};
}

response refuse(int status, std::string_view message, std::string_view code)
{
    return refuse(auth0::refusal{.why = auth0::refusal_reason::malformed_body,
                                 .status = status,
                                 .message = std::string(message),
                                 .code = std::string(code)});
}

response no_such_route()
{
    return refuse(404, "Not Found");
}

response too_many_requests()
{
    return refuse(429, "Global limit has been reached", "too_many_requests");
}

response bad_query(std::string_view fault)
{
    return refuse(400, std::string("Query validation error: '").append(fault).append("'."), "invalid_query_string");
}

response refuse_token(int status, std::string_view error, std::string_view description)
{
    return refuse(auth0::refusal{.why = auth0::refusal_reason::malformed_body,
                                 .status = status,
                                 .message = std::string(description),
                                 .code = std::string(error),
                                 .shape = auth0::error_shape::authentication});
}

} // namespace server
