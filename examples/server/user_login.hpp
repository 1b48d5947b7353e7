// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_USER_LOGIN_HPP
#define METAPATCH_SERVER_USER_LOGIN_HPP

#include "login_flow.hpp"
#include "oauth_token.hpp"
#include "service.hpp"
#include "store.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/json/object.hpp>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace server {

struct known_user {
    std::string id{};
    boost::json::object document{};
};

/// Who logs in, and to what.
struct login {
    known_user user{}; ///< for its claims
    std::string scope{};
    std::string session_id{};
    login_outcome scripts{}; ///< what Rules and Actions make of it
};

/// The user, unless there is none or it may not log in.
std::optional<boost::json::object> user_in(std::optional<std::string> const& document);

/// The user of that id, if there is one that may log in. Exceptions: store_unavailable
std::optional<known_user> user_by_id(service const& with, std::string id);

/// The user of that password, if there is one that may log in. It takes as long where there is none.
boost::asio::awaitable<std::optional<known_user>> user_by_password(service const& with, std::string_view connection,
                                                                   std::string_view identifier,
                                                                   std::string_view password);

constexpr std::string_view wrong_password = "Wrong email or password.";

/// The scopes that are asked for, or those of OpenID Connect; of these what users may be granted.
std::string granted_to_user(std::string_view asked);

/// A login of a user, in a session of its own.
login begin_login(known_user user, std::string_view scope);

login_facts facts_of(token_request const& asked, login const& who, std::string_view connection,
                     std::string_view protocol);

/// What is stored when a user's scripts have run. `updated` is the user's document as they change it, within that change;
/// nothing where they do not.
using stored_after_scripts = std::function<writes(store_view& data, std::optional<std::string> const& updated)>;

/// Run the scripts of a login or of a refresh, and store what comes of it, unless it is refused.
/// @param who  gets what they leave
boost::asio::awaitable<std::optional<login_refused>> run_scripts(service const& with, login_facts const& facts,
                                                                 login& who, stored_after_scripts const& stored);

/// Run the scripts of a login, and store what it leaves: a session, and in the profile what Actions set and when and how
/// often the user logs in.
/// @param also  what is stored with it
boost::asio::awaitable<std::optional<login_refused>> log_in(service const& with, login_facts const& facts, login& who,
                                                            writes const& also = {});

/// The claims that GET /userinfo tells, as Rules and Actions leave them.
write claims_of_session(login const& who);

} // namespace server

#endif
