// SPDX-License-Identifier: BSL-1.0
#include "connection.hpp"

#include "with_status.hpp"

#include <array>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <string>
#include <utility>

namespace server {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

namespace {

constexpr std::size_t first_read = 4'096;
constexpr std::chrono::seconds lingering{2};

/// Removes a connection from those that are open.
class registration {
public:
    registration(connection_context const& with, beast::tcp_stream& stream)
        : with_(with), one_(std::make_shared<open_connection>(open_connection{stream}))
    {
        with_.open.add(one_);
        with_.count.Increment();
    }
    registration(registration const&) = delete;
    registration& operator=(registration const&) = delete;
    ~registration()
    {
        one_->is_over = true;
        with_.open.remove(one_);
        with_.count.Decrement();
    }

    void set_idle(bool is_idle) const noexcept { one_->is_idle = is_idle; }

private:
    connection_context const& with_;
    std::shared_ptr<open_connection> one_;
};

std::string_view view_of(beast::string_view text)
{
    return {text.data(), text.size()};
}

received_request received_in(http::request<http::string_body> const& message, std::string_view peer)
{
    return {.method = view_of(message.method_string()),
            .target = view_of(message.target()),
            .authorization = view_of(message[http::field::authorization]),
            .content_type = view_of(message[http::field::content_type]),
            .user_agent = view_of(message[http::field::user_agent]),
            .origin = view_of(message[http::field::origin]),
            .preflight_method = view_of(message[http::field::access_control_request_method]),
            .preflight_headers = view_of(message[http::field::access_control_request_headers]),
            .body = message.body(),
            .peer = peer};
}

/// The head of an answer, as one text: that of Beast goes out in many pieces, each by a name that it looks up.
std::string head_of(response const& answer, bool keeps_alive, unsigned version)
{
    constexpr unsigned http_1_0 = 10;
    std::string made;
    made.reserve(512);
    made.append(version == http_1_0 ? "HTTP/1.0 " : "HTTP/1.1 ").append(std::to_string(answer.status)).append(" ");
    auto const reason = http::obsolete_reason(http::int_to_status(static_cast<unsigned>(answer.status)));
    made.append(reason.data(), reason.size()).append("\r\n");
    for (auto const& [name, value] : answer.headers)
        made.append(name).append(": ").append(value).append("\r\n");
    if (!keeps_alive && version != http_1_0)
        made.append("Connection: close\r\n");
    else if (keeps_alive && version == http_1_0)
        made.append("Connection: keep-alive\r\n");
    if (answer.status != 204)
        made.append("Content-Length: ").append(std::to_string(answer.body.size())).append("\r\n");
    return made.append("\r\n");
}

/// What a head or a body is answered that cannot be read; nothing where nobody waits for an answer.
std::optional<response> unreadable(connection_context const& with, beast::error_code failed)
{
    if (failed == http::error::body_limit)
        return with.requests.unreadable(413, "The body is larger than " + std::to_string(with.limits.max_body_bytes) +
                                                 " bytes.");
    if (failed == http::error::header_limit)
        return with.requests.unreadable(400, "The head is larger than " + std::to_string(with.limits.max_header_bytes) +
                                                 " bytes.");
    if (failed.category() == beast::error_code(http::error::bad_method).category() &&
        failed != http::error::end_of_stream && failed != http::error::partial_message)
        return with.requests.unreadable(400, "The request is no HTTP: " + failed.message() + ".");
    return std::nullopt;
}

/// The connection, over a stream that is plain or encrypted.
template<class Stream>
class conversation {
public:
    conversation(Stream& stream, beast::tcp_stream& lowest, registration const& registered,
                 connection_context const& with, std::string peer)
        : stream_(stream), lowest_(lowest), registered_(registered), with_(with), peer_(std::move(peer))
    {
    }

    asio::awaitable<void> hold()
    {
        // One co_await in each statement: g++ 12 loses the way in conditions that have several.
        bool goes_on = true;
        while (goes_on) {
            goes_on = co_await has_more();
            if (goes_on)
                goes_on = co_await serve_one();
        }
    }

    /// Write an answer, and no more after it.
    asio::awaitable<void> end_with(response answer)
    {
        bool const sent = co_await send(answer, false, false, 11);
        if (sent)
            co_await linger();
    }

private:
    /// Wait for the first bytes of a request.
    asio::awaitable<bool> has_more()
    {
        if (buffer_.size() > 0)
            co_return true;
        registered_.set_idle(true);
        if (with_.open.are_ending())
            co_return false;
        lowest_.expires_after(with_.limits.idle_timeout);
        auto const [failed, size] = co_await stream_.async_read_some(buffer_.prepare(first_read), with_status);
        buffer_.commit(size);
        registered_.set_idle(false);
        co_return !failed;
    }

    /// @return  whether another request may follow
    asio::awaitable<bool> serve_one()
    {
        http::request_parser<http::string_body> parser;
        parser.header_limit(with_.limits.max_header_bytes);
        parser.body_limit(with_.limits.max_body_bytes);
        auto const failed = co_await read(parser);
        if (failed) {
            if (auto answer = unreadable(with_, failed))
                co_await end_with(*std::move(answer));
            co_return false;
        }
        auto const& message = parser.get();
        auto answer = co_await with_.requests.answer(received_in(message, peer_));
        bool const keeps_alive = message.keep_alive() && !with_.open.are_ending();
        bool const sent = co_await send(answer, keeps_alive, message.method() == http::verb::head, message.version());
        co_return sent&& keeps_alive;
    }

    asio::awaitable<beast::error_code> read(http::request_parser<http::string_body>& parser)
    {
        // Mostly the whole request is there already.
        beast::error_code refused;
        parser.eager(true);
        buffer_.consume(parser.put(buffer_.data(), refused));
        if (refused && refused != http::error::need_more)
            co_return refused;
        if (parser.is_done())
            co_return beast::error_code();
        lowest_.expires_after(with_.limits.request_timeout);
        if (!parser.is_header_done()) {
            auto const [no_head, head_size] = co_await http::async_read_header(stream_, buffer_, parser, with_status);
            if (no_head)
                co_return no_head;
        }
        lowest_.expires_after(with_.limits.request_timeout);
        if (beast::iequals(parser.get()[http::field::expect], "100-continue")) {
            http::response<http::empty_body> go_on(http::status::continue_, parser.get().version());
            auto const [failed, size] = co_await http::async_write(stream_, go_on, with_status);
            if (failed)
                co_return failed;
        }
        auto const [no_body, body_size] = co_await http::async_read(stream_, buffer_, parser, with_status);
        co_return no_body;
    }

    asio::awaitable<bool> send(response const& answer, bool keeps_alive, bool is_head, unsigned version)
    {
        lowest_.expires_after(with_.limits.request_timeout);
        auto const head = head_of(answer, keeps_alive, version);
        std::array<asio::const_buffer, 2> const message{
            asio::buffer(head), is_head || answer.status == 204 ? asio::const_buffer() : asio::buffer(answer.body)};
        auto const [failed, size] = co_await asio::async_write(stream_, message, with_status);
        co_return !failed;
    }

    /// Read what still comes, for a moment: a connection that is closed on unread bytes loses the answer too.
    asio::awaitable<void> linger()
    {
        beast::error_code ignored;
        lowest_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
        lowest_.expires_after(lingering);
        std::array<char, first_read> rest{};
        for (;;) {
            auto const [failed, size] = co_await lowest_.async_read_some(asio::buffer(rest), with_status);
            if (failed)
                co_return;
        }
    }

    Stream& stream_;
    beast::tcp_stream& lowest_;
    registration const& registered_;
    connection_context const& with_;
    std::string peer_;
    beast::flat_buffer buffer_;
};

template<class Stream>
asio::awaitable<void> converse(Stream& stream, beast::tcp_stream& lowest, registration const& registered,
                               connection_context const& with, std::string peer, bool fits)
{
    conversation<Stream> talk(stream, lowest, registered, with, std::move(peer));
    if (fits)
        co_await talk.hold();
    else
        co_await talk.end_with(with.requests.unreadable(503, "There are too many connections."));
}

} // namespace

asio::awaitable<void> serve(asio::ip::tcp::socket socket, std::unique_ptr<open_connections::place> place,
                            connection_context const& with)
{
    beast::error_code failed;
    socket.set_option(asio::ip::tcp::no_delay(true), failed);
    auto const peer = socket.remote_endpoint(failed);
    auto const address = failed ? std::string() : peer.address().to_string();
    if (with.tls == nullptr) {
        beast::tcp_stream stream(std::move(socket));
        registration const registered(with, stream);
        co_await converse(stream, stream, registered, with, address, place->is_taken());
        co_return;
    }
    asio::ssl::stream<beast::tcp_stream> stream(beast::tcp_stream(std::move(socket)), *with.tls);
    auto& lowest = stream.next_layer();
    registration const registered(with, lowest);
    lowest.expires_after(with.limits.request_timeout);
    auto const [refused] = co_await stream.async_handshake(asio::ssl::stream_base::server, with_status);
    if (refused)
        co_return;
    co_await converse(stream, lowest, registered, with, address, place->is_taken());
    lowest.expires_after(lingering);
    co_await stream.async_shutdown(with_status);
}

} // namespace server
