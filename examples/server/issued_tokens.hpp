// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_ISSUED_TOKENS_HPP
#define METAPATCH_SERVER_ISSUED_TOKENS_HPP

#include "oauth_token.hpp"
#include "service.hpp"
#include "store.hpp"
#include "user_login.hpp"

#include <boost/json/object.hpp>
#include <string>

namespace server {

std::string access_token_of(service const& with, token_request const& asked, login const& who);

/// @param also  claims of the protocol, such as `nonce`
std::string id_token_of(service const& with, token_request const& asked, login const& who,
                        boost::json::object const& also);

/// An access token, and an ID token where the scope is OpenID Connect's.
issued_token tokens_of(service const& with, token_request const& asked, login const& who,
                       boost::json::object const& also = {});

/// What creates a refresh token, where the scope has `offline_access`. It is `ID.SECRET`: the document is found by the
/// one, and the other is kept as its hash alone.
/// @param token  becomes it, or ""
writes to_create_refresh_token(token_request const& asked, login const& who, std::string& token);

} // namespace server

#endif
