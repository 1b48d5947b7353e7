// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_LOGIN_FLOW_HPP
#define METAPATCH_SERVER_LOGIN_FLOW_HPP

#include "http_message.hpp"
#include "login_documents.hpp"
#include "service.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/json/object.hpp>
#include <optional>
#include <string>

namespace server {

/// A login fails, for a reason that its client is told. Source of the shape: RFC 6749 §5.2
struct login_refused {
    int status;
    std::string error;
    std::string description;
};

/// What Rules and Actions make of a login.
struct login_outcome {
    std::optional<login_refused> refused{};
    boost::json::object id_token{}; ///< custom claims; those of a Rule and of an Action alike
    boost::json::object access_token{};
    std::string update{}; ///< the body of the PATCH that Actions ask for; "" where they ask for none
};

/// Run the Rules, then the Actions; without any, nothing happens.
///
/// What Rules update is stored at once, and stays where the login is refused later. What Actions set is for the caller
/// to store with the login; only where an Action has denied it, it is stored here (Auth0, "Post-login - API Object":
/// "This will NOT cancel other user-related side effects").
///
/// A script that fails, or does not end in time, is the login's failure. That a denial has the status 403 and a failure
/// 500 is chosen.
/// Exceptions: store_unavailable
boost::asio::awaitable<login_outcome> run_login_scripts(service const& with, login_facts const& who);

/// A login whose Actions ask for an update that cannot be made.
login_refused refused_update(metapatch::auth0::refusal const& why);

/// The refusal as POST `/oauth/token` answers with it.
response refuse(login_refused const& why);

} // namespace server

#endif
