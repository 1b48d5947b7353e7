// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_AUTHORIZATION_RESPONSE_HPP
#define METAPATCH_SERVER_AUTHORIZATION_RESPONSE_HPP

#include "authorization_request.hpp"
#include "http_message.hpp"

namespace server {

/// Send the client an answer, the way that it has asked for; with its `state`.
response answer_client(authorization_request const& wanted, named_values parameters);

/// Tell the client why there is no login. Source: RFC 6749 §4.1.2.1
response refuse_client(authorization_request const& wanted, login_refused const& why);

} // namespace server

#endif
