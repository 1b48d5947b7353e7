// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_LOGIN_DOCUMENTS_HPP
#define METAPATCH_SERVER_LOGIN_DOCUMENTS_HPP

#include "service.hpp"

#include <boost/json/object.hpp>
#include <cstdint>
#include <string>
#include <string_view>

namespace server {

/// A login, as far as it is known before tokens are issued.
struct login_facts {
    std::string user_id{};
    std::string scope{}; ///< granted
    std::string session_id{};
    std::string client_id{};
    std::string connection{}; ///< its name
    std::string audience{};
    std::string protocol{}; ///< in the words of Auth0, such as `oauth2-password`
    std::string method{};   ///< of the request
    std::string address{};  ///< of who asks
    std::string user_agent{};
};

/// What Rules are given as `context`, and Actions as `event`, but for the user. Of what this server has not, they are
/// without.
///
/// Source: Auth0, "Context Object Properties in Rules", "Actions Triggers: post-login - Event Object"
class login_documents {
public:
    /// Exceptions: store_unavailable
    login_documents(service const& with, login_facts const& who);

    /// @param logins  of the user, this one among them
    boost::json::object context(std::int64_t logins) const;
    boost::json::object event(std::int64_t logins) const;

    /// What Rules have as `auth0` besides its functions.
    boost::json::object tenant() const;

private:
    service const& with_;
    login_facts const& who_;
    boost::json::object client_;
    boost::json::object connection_;
    std::string time_;
};

/// How often a user has logged in.
std::int64_t logins_of(boost::json::object const& user);

} // namespace server

#endif
