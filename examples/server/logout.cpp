// SPDX-License-Identifier: BSL-1.0
#include "authorize.hpp"
#include "client_documents.hpp"
#include "login_pages.hpp"

#include <algorithm>

namespace server {

namespace asio = boost::asio;

namespace {

/// Source: Auth0, "Redirect Users After Logout": queries and fragments are left aside when addresses are compared
std::string_view without_query(std::string_view address)
{
    return address.substr(0, address.find_first_of("?#"));
}

asio::awaitable<response> log_out(service const& with, request const& asked)
{
    auto const client = find_browser_client(with, asked.query.find("client_id").value_or(""));
    auto const known = client ? client->logout_urls : std::vector<std::string>();
    auto const given = asked.query.find("returnTo");
    if (!given && known.empty())
        co_return response{200, "OK", {{"Content-Type", "text/plain; charset=utf-8"}}};
    std::string const where(given.value_or(known.empty() ? "" : known.front()));
    bool const is_known = std::any_of(known.begin(), known.end(), [&](std::string const& each) {
        return without_query(each) == without_query(where);
    });
    bool const is_visible = std::all_of(where.begin(), where.end(), [](char c) { return c > ' ' && c < '\x7f'; });
    if (!is_known || !is_visible)
        co_return fault_page("The \"returnTo\" querystring parameter \"" + where +
                             "\" is not defined as a valid URL in \"Allowed Logout URLs\" of the client.");
    co_return response{302, {}, {{"Location", where}, {"Cache-Control", "no-store"}}};
}

} // namespace

void add_logout(router& to, service const& with)
{
    to.add("GET", "/v2/logout", [&with](request const& asked) { return log_out(with, asked); });
}

} // namespace server
