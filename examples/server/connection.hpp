// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_CONNECTION_HPP
#define METAPATCH_SERVER_CONNECTION_HPP

#include "dispatcher.hpp"
#include "open_connections.hpp"
#include "settings.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <memory>

namespace server {

/// What connections share.
struct connection_context {
    settings const& limits;
    dispatcher const& requests;
    open_connections& open;
    prometheus::Gauge& count;
    boost::asio::ssl::context* tls = nullptr; ///< nothing: plain http
};

/// Serve the requests of a connection, one after the other, until one side ends it or is too slow.
/// Exceptions: none
boost::asio::awaitable<void> serve(boost::asio::ip::tcp::socket socket, std::unique_ptr<open_connections::place> place,
                                   connection_context const& with);

} // namespace server

#endif
