// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_LOGIN_TICKET_HPP
#define METAPATCH_SERVER_LOGIN_TICKET_HPP

#include "service.hpp"
#include "user_login.hpp"

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace server {

/// Who holds a login ticket.
struct ticket_holder {
    known_user user{};
    std::string connection{};
};

/// What a ticket of POST `/co/authenticate` says, which is then used up; nothing where it is none of that client, or the
/// user may not log in.
boost::asio::awaitable<std::optional<ticket_holder>> take_ticket(service const& with, std::string_view client_id,
                                                                 std::string_view ticket);

} // namespace server

#endif
