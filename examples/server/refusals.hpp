// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_REFUSALS_HPP
#define METAPATCH_SERVER_REFUSALS_HPP

#include "http_message.hpp"

#include <metapatch/auth0/contract/refusal.hpp>

#include <string>
#include <string_view>

namespace server {

/// A refusal as it goes over HTTP.
response refuse(metapatch::auth0::refusal const& why);

/// A refusal in the shape of the Management API.
/// @param code  "" where the body has none
response refuse(int status, std::string_view message, std::string_view code = {});

/// There is no such path, or it has no such method. Source: hapi, which the live service runs on, says no more.
response no_such_route();

/// The limit of requests is reached. Source: auth0-reset-tenant#31
response too_many_requests();

/// A query that cannot be answered. The shape is that of the API for other errors; the words are ours.
response bad_query(std::string_view fault);

/// A refusal in the shape of the Authentication API. Source: RFC 6749 §5.2
response refuse_token(int status, std::string_view error, std::string_view description);

} // namespace server

#endif
