// SPDX-License-Identifier: BSL-1.0
#include "login_documents.hpp"

#include "clock.hpp"
#include "connections.hpp"

#include <metapatch/access/scope.hpp>
#include <metapatch/json/text.hpp>

#include <boost/json/array.hpp>

namespace server {

namespace json = boost::json;

namespace {

json::object read_document(std::optional<std::string> const& text)
{
    auto read = metapatch::read_state(text.value_or("{}"));
    return read && *read ? **std::move(read) : json::object();
}

/// Add members of a document to another, under other names; those that it has.
void copy_member(json::object const& from, std::string_view name, json::object& to, std::string_view as)
{
    if (auto const* const value = from.if_contains(name))
        to[as] = *value;
}

std::string_view without_scheme(std::string_view issuer)
{
    issuer.remove_prefix(std::min(issuer.find("://") + 3, issuer.size()));
    return issuer.substr(0, issuer.find('/'));
}

} // namespace

login_documents::login_documents(service const& with, login_facts const& who)
    : with_(with), who_(who), time_(text_now())
{
    std::optional<std::string> client;
    std::optional<std::string> connection;
    with.data.read([&](store_view& data) {
        client = data.find(collection::clients, who.client_id);
        for (auto const& id : data.find_named(collection::connections, who.connection))
            connection = data.find(collection::connections, id);
    });
    client_ = read_document(client);
    connection_ = read_document(connection);
}

json::object login_documents::context(std::int64_t logins) const
{
    json::object made{
        {"clientID", who_.client_id},
        {"connection", who_.connection},
        {"connectionStrategy", "auth0"},
        {"protocol", who_.protocol},
        {"sessionID", who_.session_id},
        {"stats", {{"loginsCount", logins}}},
        {"request",
         {{"ip", who_.address}, {"userAgent", who_.user_agent}, {"query", json::object()}, {"body", json::object()}}},
        {"authentication", {{"methods", json::array{json::object{{"name", "pwd"}}}}}},
        {"authorization", {{"roles", json::array()}}},
        {"accessToken", json::object()},
        {"idToken", json::object()},
    };
    made["clientName"] = who_.client_id;
    copy_member(client_, "name", made, "clientName");
    copy_member(client_, "client_metadata", made, "clientMetadata");
    copy_member(connection_, "id", made, "connectionID");
    copy_member(connection_, "metadata", made, "connectionMetadata");
    return made;
}

json::object login_documents::event(std::int64_t logins) const
{
    json::object client{{"client_id", who_.client_id}, {"name", who_.client_id}, {"metadata", json::object()}};
    copy_member(client_, "name", client, "name");
    copy_member(client_, "client_metadata", client, "metadata");
    json::object connection{{"name", who_.connection}, {"strategy", "auth0"}, {"metadata", json::object()}};
    copy_member(connection_, "id", connection, "id");
    copy_member(connection_, "metadata", connection, "metadata");
    json::array scopes;
    for (auto const scope : metapatch::scope_view(who_.scope))
        scopes.emplace_back(scope);
    return {
        {"client", std::move(client)},
        {"connection", std::move(connection)},
        {"request",
         {{"ip", who_.address},
          {"user_agent", who_.user_agent},
          {"hostname", without_scheme(with_.access.issuer())},
          {"method", who_.method},
          {"query", json::object()},
          {"body", json::object()}}},
        {"transaction",
         {{"protocol", who_.protocol},
          {"requested_scopes", std::move(scopes)},
          {"acr_values", json::array()},
          {"ui_locales", json::array()}}},
        {"authentication", {{"methods", json::array{json::object{{"name", "pwd"}, {"timestamp", time_}}}}}},
        {"authorization", {{"roles", json::array()}}},
        {"resource_server", {{"identifier", who_.audience}}},
        {"session", {{"id", who_.session_id}}},
        {"stats", {{"logins_count", logins}}},
        {"tenant", {{"id", "metapatch"}}},
    };
}

json::object login_documents::tenant() const
{
    auto const& issuer = with_.access.issuer();
    // Source: "Use the Management API from within Rules": the token's scopes are these two.
    return {{"domain", without_scheme(issuer)},
            {"baseUrl", issuer + "api/v2"},
            {"accessToken", with_.access.issue({{"sub", with_.options.client_id + "@clients"},
                                                {"aud", with_.access.audiences().front()},
                                                {"exp", seconds_now() + with_.options.token_lifetime.count()},
                                                {"scope", "read:users update:users"},
                                                {"gty", "client-credentials"},
                                                {"azp", with_.options.client_id}})}};
}

std::int64_t logins_of(json::object const& user)
{
    auto const* const count = user.if_contains("logins_count");
    return count != nullptr && count->is_int64() ? count->get_int64() : 0;
}

} // namespace server
