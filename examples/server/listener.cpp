// SPDX-License-Identifier: BSL-1.0
#include "listener.hpp"

#include "startup_error.hpp"
#include "with_status.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <csignal>
#include <memory>
#include <string>
#include <utility>

namespace server {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr std::chrono::milliseconds pause{50};

asio::awaitable<void> wait(std::chrono::milliseconds how_long)
{
    asio::steady_timer timer(co_await asio::this_coro::executor, how_long);
    co_await timer.async_wait(with_status);
}

asio::awaitable<void> accept_all(io_threads& on, tcp::acceptor& from, connection_context const& with,
                                 event_log const& log)
{
    while (from.is_open()) {
        auto [failed, socket] = co_await from.async_accept(on.next(), with_status);
        if (!failed) {
            auto const executor = socket.get_executor();
            auto place = std::make_unique<open_connections::place>(with.open, with.limits.max_connections);
            asio::co_spawn(executor, serve(std::move(socket), std::move(place), with), asio::detached);
        } else if (from.is_open()) { // mostly there are no more descriptors, until a connection ends
            log.note("no connection can be accepted: " + failed.message());
            co_await wait(pause);
        }
    }
}

asio::awaitable<void> stop_at_signal(io_threads& on, tcp::acceptor& from, connection_context const& with,
                                     std::unique_ptr<asio::signal_set> signals)
{
    co_await signals->async_wait(with_status);
    from.close();
    with.open.end();
    auto const latest = std::chrono::steady_clock::now() + with.limits.stop_timeout;
    while (with.open.count() > 0 && std::chrono::steady_clock::now() < latest)
        co_await wait(pause);
    on.stop();
}

[[noreturn]] void fail(settings const& where, std::string const& why)
{
    throw startup_error(exit_status::unavailable,
                        "cannot listen on " + where.host + " port " + std::to_string(where.port) + ": " + why);
}

} // namespace

tcp::acceptor listen(asio::io_context& on, settings const& where)
{
    boost::system::error_code failed;
    auto const address = asio::ip::make_address(where.host, failed);
    if (failed)
        throw startup_error(exit_status::usage, "--host: " + where.host + " is no address of IP");
    tcp::endpoint const endpoint(address, where.port);
    tcp::acceptor made(asio::make_strand(on));
    if (made.open(endpoint.protocol(), failed))
        fail(where, failed.message());
    made.set_option(tcp::acceptor::reuse_address(true), failed);
    if (made.bind(endpoint, failed) || made.listen(asio::socket_base::max_listen_connections, failed))
        fail(where, failed.message());
    return made;
}

std::optional<asio::ssl::context> load_certificate(settings const& from)
{
    if (from.tls_certificate.empty())
        return std::nullopt;
    std::optional<asio::ssl::context> made(asio::ssl::context::tls_server);
    made->set_options(asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1);
    // Nobody is asked for a password: the server has no terminal.
    made->set_password_callback([](std::size_t, asio::ssl::context::password_purpose) { return std::string(); });
    boost::system::error_code failed;
    if (made->use_certificate_chain_file(from.tls_certificate, failed))
        throw startup_error(exit_status::usage,
                            "the certificate " + from.tls_certificate + " cannot be used: " + failed.message());
    if (made->use_private_key_file(from.tls_key, asio::ssl::context::pem, failed))
        throw startup_error(exit_status::usage, "the key " + from.tls_key + " cannot be used: " + failed.message());
    return made;
}

void accept_until_stopped(io_threads& on, tcp::acceptor& from, connection_context const& with, event_log const& log)
{
    // Both on the acceptor's strand: one closes what the other waits for.
    asio::co_spawn(from.get_executor(), accept_all(on, from, with, log), asio::detached);
    auto signals = std::make_unique<asio::signal_set>(from.get_executor(), SIGTERM, SIGINT);
    asio::co_spawn(from.get_executor(), stop_at_signal(on, from, with, std::move(signals)), asio::detached);
}

} // namespace server
