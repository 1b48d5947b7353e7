// SPDX-License-Identifier: BSL-1.0
#include "http_client.hpp"

#include "errors.hpp"
#include "interruption.hpp"

#include <metapatch/version.hpp>

#include <algorithm>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <charconv>
#include <chrono>
#include <optional>
#include <utility>

namespace metapatch::conformance {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

constexpr std::chrono::seconds most_time{30};         // of one step
constexpr std::size_t max_response_bytes = 64U << 20; // a user holds two fields of 16 MiB at most

bool is_local(std::string_view host)
{
    return host == "localhost" || host == "127.0.0.1" || host == "::1";
}

/// One connection.
class exchange {
public:
    exchange(http_server const& server, asio::ssl::context& trust, bool goes_on)
        : server_(server), stream_(context_), secure_(stream_, trust), goes_on_(goes_on)
    {
    }

    http_response operator()(http::request<http::string_body> const& request)
    {
        asio::ip::tcp::resolver resolver(context_);
        asio::ip::tcp::resolver::results_type found;
        complete("no address of " + server_.host, [&](auto done) {
            resolver.async_resolve(server_.host, server_.port, [&found, done](auto error, auto results) {
                found = std::move(results);
                done(error);
            });
        });
        complete("no connection to " + server_.name(),
                 [&](auto done) { stream_.async_connect(found, [done](auto error, auto const&) { done(error); }); });
        if (!server_.secure)
            return converse(stream_, request);
        secure_.set_verify_mode(asio::ssl::verify_peer);
        secure_.set_verify_callback(asio::ssl::host_name_verification(server_.host));
        ::SSL_set_tlsext_host_name(secure_.native_handle(), const_cast<char*>(server_.host.c_str()));
        complete("no TLS with " + server_.name(),
                 [&](auto done) { secure_.async_handshake(asio::ssl::stream_base::client, done); });
        return converse(secure_, request);
    }

private:
    template<class Stream>
    http_response converse(Stream& stream, http::request<http::string_body> const& request)
    {
        beast::flat_buffer buffer;
        http::response_parser<http::string_body> parser;
        parser.body_limit(max_response_bytes);
        try {
            complete("the request could not be sent", [&](auto done) {
                http::async_write(stream, request, [done](auto error, std::size_t) { done(error); });
            });
            complete("no answer", [&](auto done) {
                http::async_read(stream, buffer, parser, [done](auto error, std::size_t) { done(error); });
            });
        } catch (http_error const& error) {
            throw lost_answer(error.what());
        }
        http_response made{parser.get().result_int(), {}, parser.get().body()};
        for (auto const& field : parser.get()) {
            std::string name(field.name_string());
            std::ranges::transform(name, name.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; });
            made.headers[name] = std::string(field.value());
        }
        return made;
    }

    /// Run an asynchronous step to its end, to the end of its time, or to an interruption.
    template<class Start>
    void complete(std::string const& failure, Start start)
    {
        std::optional<boost::system::error_code> ended;
        start([&ended](boost::system::error_code error) { ended = error; });
        context_.restart();
        auto const end = std::chrono::steady_clock::now() + most_time;
        bool late = false;
        auto const is_stopped = [this] { return goes_on_ ? is_interrupted_again() : is_interrupted(); };
        while (!ended) {
            context_.run_one_for(std::chrono::milliseconds(100));
            late = std::chrono::steady_clock::now() > end;
            if (!ended && (late || is_stopped())) {
                stream_.close(); // what is under way ends with an error
                context_.run_for(std::chrono::seconds(1));
                break;
            }
        }
        if (is_stopped())
            throw interrupted();
        if (late || !ended || *ended)
            throw http_error(failure + ": " + (late || !ended ? "it took too long" : ended->message()));
    }

    http_server const& server_;
    asio::io_context context_;
    beast::tcp_stream stream_;
    beast::ssl_stream<beast::tcp_stream&> secure_;
    bool goes_on_;
};

} // namespace

http_server http_server::of(std::string_view url)
{
    http_server made;
    if (url.starts_with("https://"))
        made.secure = true;
    else if (!url.starts_with("http://"))
        throw usage_error("--url must begin with https:// or http://");
    auto rest = url.substr(made.secure ? 8 : 7);
    if (rest.ends_with('/'))
        rest.remove_suffix(1);
    if (rest.empty() || rest.find_first_of("/?#@ \t\r\n") != std::string_view::npos)
        throw usage_error("--url must be a scheme and a host, and a port where it is not the usual one");
    auto const bracket = rest.starts_with('[') ? rest.find(']') : std::string_view::npos;
    auto const colon = rest.find(':', bracket == std::string_view::npos ? 0 : bracket);
    made.host = rest.substr(0, colon);
    if (bracket != std::string_view::npos)
        made.host = rest.substr(1, bracket - 1);
    made.port = colon == std::string_view::npos ? (made.secure ? "443" : "80") : std::string(rest.substr(colon + 1));
    unsigned port = 0;
    auto const* const end = made.port.data() + made.port.size();
    auto const parsed = std::from_chars(made.port.data(), end, port);
    if (parsed.ec != std::errc() || parsed.ptr != end || port == 0 || port > 65535)
        throw usage_error("--url has a port that is none: " + made.port);
    if (!made.secure && !is_local(made.host))
        throw usage_error("a token must not travel in plain HTTP but to localhost: " + std::string(url));
    return made;
}

std::string http_server::name() const
{
    bool const usual = port == (secure ? "443" : "80");
    return host + (usual ? "" : ":" + port);
}

struct http_client::inside {
    http_server server;
    std::string token;
    asio::ssl::context trust{asio::ssl::context::tls_client};
};

http_client::http_client(http_server server, std::string token, std::string const& ca_file)
    : inside_(std::make_unique<inside>())
{
    inside_->server = std::move(server);
    inside_->token = std::move(token);
    boost::system::error_code error;
    if (ca_file.empty())
        inside_->trust.set_default_verify_paths(error);
    else
        inside_->trust.load_verify_file(ca_file, error);
    if (error)
        throw usage_error(ca_file + ": " + error.message());
}

http_client::~http_client() = default;

http_response http_client::send(http_request const& asked, bool in_spite_of_interruption)
{
    http::request<http::string_body> request;
    request.version(11);
    request.method_string(asked.method);
    request.target(asked.target);
    request.set(http::field::host, inside_->server.name());
    request.set(http::field::authorization, "Bearer " + inside_->token);
    request.set(http::field::accept, "application/json");
    request.set(http::field::user_agent, "metapatch-conformance/" + std::string(metapatch::version));
    request.set(http::field::connection, "close");
    if (!asked.body.empty()) {
        request.set(http::field::content_type, "application/json");
        request.body() = asked.body;
    }
    request.prepare_payload();
    return exchange(inside_->server, inside_->trust, in_spite_of_interruption)(request);
}

} // namespace metapatch::conformance
