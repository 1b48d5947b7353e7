// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_LISTENER_HPP
#define METAPATCH_SERVER_LISTENER_HPP

#include "connection.hpp"
#include "event_log.hpp"
#include "io_threads.hpp"
#include "settings.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <cstdint>
#include <optional>

namespace server {

/// The port, taken before anything else, so that the address of the server is known.
/// Exceptions: startup_error
boost::asio::ip::tcp::acceptor listen(boost::asio::io_context& on, settings const& where);

/// The certificate and its key; nothing where the server speaks plain http.
/// Exceptions: startup_error
std::optional<boost::asio::ssl::context> load_certificate(settings const& from);

/// Accept connections and serve them, on the threads that run the context, until SIGTERM or SIGINT; then answer what is
/// being asked, end the connections, and stop the context.
void accept_until_stopped(io_threads& on, boost::asio::ip::tcp::acceptor& from, connection_context const& with,
                          event_log const& log);

} // namespace server

#endif
