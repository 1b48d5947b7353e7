// SPDX-License-Identifier: BSL-1.0
#include "dispatcher.hpp"

#include "refusals.hpp"
#include "secrets.hpp"
#include "store.hpp"
#include "url.hpp"

#include <chrono>
#include <exception>
#include <string>
#include <utility>

namespace server {

namespace asio = boost::asio;

asio::awaitable<response> dispatcher::answer(received_request const& received) const
{
    auto const begin = std::chrono::steady_clock::now();
    auto const path = received.target.substr(0, received.target.find('?'));
    auto const share = share_of(received.method, path);
    std::optional<std::size_t> number;
    response made;
    try {
        if (share && !share->is_granted)
            made = too_many_requests();
        else
            made = co_await route(received, path, number);
    } catch (store_unavailable const& why) {
        log_.note(why.what());
        made = refuse(503, "The store is not available.");
    } catch (std::exception const& why) {
        made = failed(received, path, why.what());
    } catch (...) {
        made = failed(received, path, "an exception of no known type");
    }
    if (share)
        share->tell(made);
    cors_.allow(path, received.origin, made);
    std::chrono::duration<double> const taken = std::chrono::steady_clock::now() - begin;
    counts_.count_request(number, made.status, taken.count());
    log_.request({.peer = received.peer,
                  .method = received.method,
                  .path = path,
                  .status = made.status,
                  .request_bytes = received.body.size(),
                  .response_bytes = made.body.size(),
                  .seconds = taken.count()});
    co_return made;
}

response dispatcher::unreadable(int status, std::string_view message) const
{
    auto made = refuse(status, message);
    cors_.allow({}, {}, made);
    counts_.count_request(std::nullopt, status, 0);
    return made;
}

/// What a request has of the limit; nothing where that does not count it. The preflights of browsers are not counted.
std::optional<rate_limit::share> dispatcher::share_of(std::string_view method, std::string_view path) const
{
    if (!limit_.is_set() || method == "OPTIONS" || !path.starts_with("/api/v2/"))
        return std::nullopt;
    return limit_.take();
}

asio::awaitable<response> dispatcher::route(received_request const& received, std::string_view path,
                                            std::optional<std::size_t>& number) const
{
    if (received.method == "OPTIONS" && !received.preflight_method.empty())
        co_return cors_.preflight(received.preflight_headers);
    request asked{.method = received.method == "HEAD" ? "GET" : received.method,
                  .authorization = received.authorization,
                  .content_type = received.content_type,
                  .body = received.body,
                  .origin = received.origin,
                  .address = received.peer,
                  .user_agent = received.user_agent};
    number = routes_.find(asked.method, path, asked.path);
    if (!number)
        co_return no_such_route();
    auto query = read_pairs(received.target.substr(std::min(path.size() + 1, received.target.size())));
    if (!query)
        co_return bad_query("The query is not percent-encoded");
    asked.query = *std::move(query);
    co_return co_await routes_[*number].answer(asked);
}

response dispatcher::failed(received_request const& received, std::string_view path, std::string_view why) const
{
    auto const id = random_hex(8);
    log_.fault(id, received.method, path, why);
    return refuse(500, "An internal error occurred. Its id in the log of the server is " + id + ".");
}

} // namespace server
