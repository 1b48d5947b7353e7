// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_AUTHORIZATION_CODE_HPP
#define METAPATCH_SERVER_AUTHORIZATION_CODE_HPP

#include "authorization_request.hpp"
#include "oauth_token.hpp"
#include "service.hpp"
#include "user_login.hpp"

#include <boost/asio/awaitable.hpp>
#include <string>

namespace server {

/// A code that stands for a login: for its client, to be changed for tokens once, within a minute.
boost::asio::awaitable<std::string> issue_code(service const& with, authorization_request const& wanted,
                                               login const& who);

} // namespace server

#endif
