// SPDX-License-Identifier: BSL-1.0
#include "operations.hpp"

namespace server {

namespace asio = boost::asio;

namespace {

asio::awaitable<response> health(store& data)
{
    data.read([](store_view& view) { view.list(collection::connections, {.length = 1}); });
    co_return json_response(R"({"status":"ok"})");
}

asio::awaitable<response> measurements(metrics const& counts)
{
    co_return response{.body = counts.text(),
                       .headers = {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}}};
}

} // namespace

void add_operations(router& to, store& data, std::unique_ptr<metrics> const& counts)
{
    to.add("GET", "/healthz", [&data](request const&) { return health(data); });
    to.add("GET", "/metrics", [&counts](request const&) { return measurements(*counts); });
}

} // namespace server
