// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_DISPATCHER_HPP
#define METAPATCH_SERVER_DISPATCHER_HPP

#include "cors.hpp"
#include "event_log.hpp"
#include "http_message.hpp"
#include "metrics.hpp"
#include "rate_limit.hpp"
#include "router.hpp"

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string_view>

namespace server {

/// A request, as a connection has read it.
struct received_request {
    std::string_view method{};
    std::string_view target{}; ///< path and query
    std::string_view authorization{};
    std::string_view content_type{};
    std::string_view user_agent{};
    std::string_view origin{};
    std::string_view preflight_method{}; ///< `Access-Control-Request-Method`
    std::string_view preflight_headers{};
    std::string_view body{};
    std::string_view peer{};
};

/// Brings each request to its handler, and makes an answer of whatever becomes of it.
class dispatcher {
public:
    dispatcher(router const& routes, metrics& counts, cors origins, rate_limit& limit, event_log const& log)
        : routes_(routes), counts_(counts), cors_(std::move(origins)), limit_(limit), log_(log)
    {
    }

    /// Exceptions: none
    boost::asio::awaitable<response> answer(received_request const& received) const;

    /// What a request gets that could not be read.
    response unreadable(int status, std::string_view message) const;

private:
    std::optional<rate_limit::share> share_of(std::string_view method, std::string_view path) const;
    boost::asio::awaitable<response> route(received_request const& received, std::string_view path,
                                           std::optional<std::size_t>& number) const;
    response failed(received_request const& received, std::string_view path, std::string_view why) const;

    router const& routes_;
    metrics& counts_;
    cors cors_;
    rate_limit& limit_;
    event_log const& log_;
};

} // namespace server

#endif
