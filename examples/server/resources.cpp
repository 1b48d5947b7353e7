// SPDX-License-Identifier: BSL-1.0
#include "resources.hpp"

#include "admission.hpp"
#include "listing.hpp"
#include "query_options.hpp"
#include "refusals.hpp"
#include "secrets.hpp"
#include "text_members.hpp"

#include <metapatch/auth0/management/resource_metadata.hpp>

#include <array>
#include <string>

namespace server {

namespace asio = boost::asio;
namespace auth0 = metapatch::auth0;

namespace {

/// How a kind of resource is served.
struct served_resource {
    auth0::resource const& kind;
    collection documents;
    std::string_view path;   ///< below `/api/v2/`
    std::string_view id;     ///< the member that is the id
    std::string_view prefix; ///< of new ids
    std::string_view name;   ///< the member that a new one must have, and that no other has; "" where there is none

    std::string operation(std::string_view method, std::string_view rest = {}) const
    {
        return std::string(method).append(" /").append(path).append(rest);
    }
};

constexpr std::array<served_resource, 7> served{{
    {auth0::client, collection::clients, "clients", "client_id", "", ""},
    {auth0::organization, collection::organizations, "organizations", "id", "org_", "name"},
    {auth0::connection, collection::connections, "connections", "id", "con_", "name"},
    {auth0::custom_domain, collection::custom_domains, "custom-domains", "custom_domain_id", "cd_", "domain"},
    {auth0::session, collection::sessions, "sessions", "id", "", ""},
    {auth0::refresh_token, collection::refresh_tokens, "refresh-tokens", "id", "", ""},
    {auth0::agent, collection::agents, "agents", "id", "agt_", "name"},
}};

response missing(auth0::resource const& kind)
{
    return refuse(404, kind.not_found, kind.not_found_code);
}

/// What a body says besides the metadata, which is the library's; and not of what this server decides.
/// @return  its text; or the refusal of a body that names the id
auth0::answer<std::string> root_of(served_resource const& resource, std::string_view body)
{
    if (has_member(body, resource.id))
        return auth0::refusal{.why = auth0::refusal_reason::malformed_body,
                              .message = "Payload validation error: 'Additional properties not allowed: " +
                                         std::string(resource.id) + "'.",
                              .code = "invalid_body"};
    return without_members(body, std::array<std::string_view, 1>{resource.kind.metadata});
}

/// @return  what is wrong with a query, or nothing. That a client is the tenant's own, none here is
std::optional<response> read_resource_query(request const& asked, bool lists, query_options& options)
{
    auto fault = read_query(asked.query, lists, options, "is_global");
    if (!fault && !options.fields.empty())
        fault = bad_query("This server shows users alone in parts");
    return fault;
}

asio::awaitable<response> list(service const& with, served_resource const& resource, request const& asked)
{
    auto const token = token_of(with, asked);
    if (!token)
        co_return refuse(token.error());
    if (auto const refused = denied(with, **token, resource.operation("GET")))
        co_return refuse(*refused);
    query_options options;
    if (auto fault = read_resource_query(asked, true, options))
        co_return *std::move(fault);
    page found;
    with.data.read([&](store_view& data) { found = data.list(resource.documents, options.page); });
    co_return json_response(listing(found, options.page, name(resource.documents)));
}

asio::awaitable<response> view(service const& with, served_resource const& resource, request const& asked)
{
    auto const token = token_of(with, asked);
    if (!token)
        co_return refuse(token.error());
    if (auto const refused = denied(with, **token, resource.operation("GET", "/{id}")))
        co_return refuse(*refused);
    query_options options;
    if (auto fault = read_resource_query(asked, false, options))
        co_return *std::move(fault);
    std::optional<std::string> stored;
    with.data.read([&](store_view& data) { stored = data.find(resource.documents, asked.part("id")); });
    co_return stored ? json_response(*std::move(stored)) : missing(resource.kind);
}

asio::awaitable<response> create(service const& with, served_resource const& resource, request const& asked)
{
    auto const token = token_of(with, asked);
    if (!token)
        co_return refuse(token.error());
    auto const metadata =
        auth0::create_metadata(resource.kind, (*token)->permissions(), asked.body, with.users.permissions);
    if (!metadata)
        co_return refuse(metadata.error());
    auto const root = root_of(resource, asked.body);
    if (!root)
        co_return refuse(root.error());
    auto const named = string_member(*root, resource.name);
    if (!resource.name.empty() && !named)
        co_return refuse(400,
                         "Payload validation error: 'Missing required property: " + std::string(resource.name) + "'.",
                         "invalid_body");
    constexpr std::size_t id_bytes = 8;
    auto const id = std::string(resource.prefix) + random_hex(resource.prefix.empty() ? 2 * id_bytes : id_bytes);
    boost::json::object first;
    first[resource.id] = id;
    auto document = with_members(with_members(boost::json::serialize(first), *root), *metadata);
    bool taken = false;
    co_await with.data.change([&](store_view& data) -> writes {
        taken = named && !data.find_named(resource.documents, *named).empty();
        if (taken)
            return {};
        writes made{put{resource.documents, id, document}};
        if (named)
            made.push_back(name_as{resource.documents, id, {*named}});
        return made;
    });
    if (taken)
        co_return refuse(409, "There is one of that " + std::string(resource.name) + " already.");
    co_return json_response(std::move(document), 201);
}

asio::awaitable<response> patch(service const& with, served_resource const& resource, request const& asked)
{
    auto const token = token_of(with, asked);
    if (!token)
        co_return refuse(token.error());
    std::string const id(asked.part("id"));
    std::string document;
    std::optional<response> refused;
    co_await with.data.change([&](store_view& data) -> writes {
        refused.reset();
        auto const stored = data.find(resource.documents, id);
        auto merged = auth0::update_metadata(resource.kind, stored, (*token)->permissions(), asked.body,
                                             with.users.permissions, {metapatch::stored_text::trusted});
        auto const root = merged ? root_of(resource, asked.body) : auth0::answer<std::string>(merged.error());
        if (!root) {
            refused = refuse(root.error());
            return {};
        }
        document = with_members(*merged, *root);
        writes made{put{resource.documents, id, document}};
        auto const named = resource.name.empty() ? std::nullopt : string_member(*root, resource.name);
        if (named) {
            auto const others = data.find_named(resource.documents, *named);
            if (!others.empty() && others.front() != id) {
                refused = refuse(409, "There is one of that " + std::string(resource.name) + " already.");
                return {};
            }
            made.push_back(name_as{resource.documents, id, {*named}});
        }
        return made;
    });
    if (refused)
        co_return *std::move(refused);
    co_return json_response(std::move(document));
}

} // namespace

void add_resource_routes(router& to, service const& with)
{
    for (auto const& resource : served) {
        auto const add = [&](char const* method, std::string const& path, auto answer) {
            to.add(method, path,
                   [&with, &resource, answer](request const& asked) { return answer(with, resource, asked); });
        };
        auto const all = "/api/v2/" + std::string(resource.path);
        add("GET", all + "/{id}", view);
        add("PATCH", all + "/{id}", patch);
        if (resource.kind.create.empty())
            continue;
        add("GET", all, list);
        add("POST", all, create);
    }
}

} // namespace server
