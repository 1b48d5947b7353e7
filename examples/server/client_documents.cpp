// SPDX-License-Identifier: BSL-1.0
#include "client_documents.hpp"

#include "url.hpp"

#include <metapatch/json/text.hpp>

#include <boost/json/object.hpp>

namespace server {

namespace json = boost::json;

namespace {

/// Add the addresses of a member that a browser may be sent to.
void add_addresses(json::object const& client, std::string_view member, std::vector<std::string>& to)
{
    auto const* const listed = client.if_contains(member);
    if (listed == nullptr || !listed->is_array())
        return;
    for (auto const& each : listed->get_array())
        if (each.is_string() && is_safe_address(each.get_string()))
            to.emplace_back(each.get_string());
}

void add_origins(std::vector<std::string> const& addresses, std::vector<std::string>& to)
{
    for (auto const& each : addresses)
        to.push_back(origin_of(each));
}

} // namespace

bool has_client(service const& with, std::string_view client_id)
{
    bool found = client_id == with.options.client_id;
    if (!found)
        with.data.read([&](store_view& data) { found = data.find(collection::clients, client_id).has_value(); });
    return found;
}

std::optional<browser_client> find_browser_client(service const& with, std::string_view client_id)
{
    browser_client made{.id = std::string(client_id)};
    if (client_id == with.options.client_id) {
        made.has_secret = !with.client_secret.empty();
        made.callbacks = with.options.callbacks;
        made.logout_urls = with.options.logout_urls;
        add_origins(made.callbacks, made.origins);
        return made;
    }
    std::optional<std::string> document;
    with.data.read([&](store_view& data) { document = data.find(collection::clients, client_id); });
    if (!document)
        return std::nullopt;
    auto const read = metapatch::read_state(*document);
    if (!read || !*read)
        throw std::runtime_error("a stored client is no object");
    auto const& client = **read;
    auto const* const cross_origin = client.if_contains("cross_origin_authentication");
    made.may_ask_cross_origin = cross_origin == nullptr || *cross_origin != json::value(false);
    add_addresses(client, "callbacks", made.callbacks);
    add_addresses(client, "allowed_logout_urls", made.logout_urls);
    std::vector<std::string> addresses = made.callbacks;
    add_addresses(client, "allowed_origins", addresses);
    add_addresses(client, "web_origins", addresses);
    add_origins(addresses, made.origins);
    return made;
}

} // namespace server
