// SPDX-License-Identifier: BSL-1.0
#include "user_login.hpp"

#include "clock.hpp"
#include "secrets.hpp"
#include "text_members.hpp"
#include "user_documents.hpp"
#include "user_patch.hpp"

#include <metapatch/access/scope.hpp>
#include <metapatch/json/text.hpp>

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

namespace server {

namespace asio = boost::asio;
namespace json = boost::json;

namespace {

/// What users may be granted: the claims of themselves, and what concerns their own profile. Others are silently not
/// granted. Source: "Get Management API Access Tokens for Single-Page Applications", <https://community.auth0.com/t/9175>
constexpr std::array<std::string_view, 14> scopes_of_users{"openid",
                                                           "profile",
                                                           "email",
                                                           "address",
                                                           "phone",
                                                           "offline_access",
                                                           "read:current_user",
                                                           "update:current_user_identities",
                                                           "create:current_user_metadata",
                                                           "read:current_user_metadata",
                                                           "update:current_user_metadata",
                                                           "delete:current_user_metadata",
                                                           "create:current_user_device_credentials",
                                                           "delete:current_user_device_credentials"};

bool is_blocked(json::object const& user)
{
    auto const* const blocked = user.if_contains("blocked");
    return blocked != nullptr && blocked->is_bool() && blocked->get_bool();
}

std::string session_document(login const& who, std::string const& client_id)
{
    auto const now = text_now();
    return json::serialize(json::object{{"id", who.session_id},
                                        {"user_id", who.user.id},
                                        {"created_at", now},
                                        {"updated_at", now},
                                        {"authenticated_at", now},
                                        {"clients", json::array{json::object{{"client_id", client_id}}}}});
}

writes after_login(store_view& data, login const& who, login_facts const& facts,
                   std::optional<std::string> const& updated)
{
    writes made{put{collection::sessions, who.session_id, session_document(who, facts.client_id)}};
    if (auto const stored = updated ? updated : data.find(collection::users, who.user.id)) {
        auto const user = metapatch::read_state(*stored);
        auto const logins = user && *user ? logins_of(**user) : 0;
        json::object const noted{{"last_login", text_now()}, {"logins_count", logins + 1}};
        made.push_back(put{collection::users, who.user.id, with_members(*stored, noted)});
    }
    if (!who.scripts.id_token.empty())
        made.push_back(claims_of_session(who));
    return made;
}

} // namespace

std::optional<json::object> user_in(std::optional<std::string> const& document)
{
    if (!document)
        return std::nullopt;
    auto read = metapatch::read_state(*document);
    if (!read || !*read || is_blocked(**read))
        return std::nullopt;
    return **std::move(read);
}

std::optional<known_user> user_by_id(service const& with, std::string id)
{
    std::optional<std::string> document;
    with.data.read([&](store_view& data) { document = data.find(collection::users, id); });
    auto user = user_in(document);
    if (!user)
        return std::nullopt;
    return known_user{std::move(id), *std::move(user)};
}

asio::awaitable<std::optional<known_user>> user_by_password(service const& with, std::string_view connection,
                                                            std::string_view identifier, std::string_view password)
{
    known_user found;
    std::optional<std::string> document;
    std::optional<std::string> hash;
    with.data.read([&](store_view& data) {
        auto const named = data.find_named(collection::users, name_of_login(connection, identifier));
        if (named.empty())
            return;
        found.id = named.front();
        document = data.find(collection::users, found.id);
        hash = data.find_secret(collection::users, found.id);
    });
    std::string const given(password);
    bool const is_right = co_await slowly(with, [&] {
        if (hash)
            return is_password(given, *hash);
        hashed_password(given); // so that the time does not tell that there is no such user
        return false;
    });
    auto user = user_in(document);
    if (!is_right || !user)
        co_return std::nullopt;
    found.document = *std::move(user);
    co_return std::optional<known_user>(std::move(found));
}

std::string granted_to_user(std::string_view asked)
{
    std::string granted;
    for (auto const scope : metapatch::scope_view(asked.empty() ? "openid profile email" : asked))
        if (std::find(scopes_of_users.begin(), scopes_of_users.end(), scope) != scopes_of_users.end())
            granted.append(granted.empty() ? "" : " ").append(scope);
    return granted;
}

login begin_login(known_user user, std::string_view scope)
{
    return {
        .user = std::move(user), .scope = granted_to_user(scope), .session_id = "sess_" + random_hex(8), .scripts = {}};
}

login_facts facts_of(token_request const& asked, login const& who, std::string_view connection,
                     std::string_view protocol)
{
    return {.user_id = who.user.id,
            .scope = who.scope,
            .session_id = who.session_id,
            .client_id = asked.client_id,
            .connection = std::string(connection),
            .audience = asked.audience,
            .protocol = std::string(protocol),
            .method = asked.method,
            .address = asked.address,
            .user_agent = asked.user_agent};
}

asio::awaitable<std::optional<login_refused>> run_scripts(service const& with, login_facts const& facts, login& who,
                                                          stored_after_scripts const& stored)
{
    who.scripts = co_await run_login_scripts(with, facts);
    if (who.scripts.refused)
        co_return who.scripts.refused;
    metadata_patch const update(with, who.user.id, who.scripts.update);
    std::optional<login_refused> refused;
    co_await with.data.change([&](store_view& data) {
        auto const updated = update.apply(data);
        refused = updated ? std::nullopt : std::optional(refused_update(updated.error()));
        return updated ? stored(data, *updated) : writes();
    });
    co_return refused;
}

asio::awaitable<std::optional<login_refused>> log_in(service const& with, login_facts const& facts, login& who,
                                                     writes const& also)
{
    stored_after_scripts const stored = [&](store_view& data, std::optional<std::string> const& updated) {
        auto made = after_login(data, who, facts, updated);
        made.insert(made.end(), also.begin(), also.end());
        return made;
    };
    co_return co_await run_scripts(with, facts, who, stored);
}

write claims_of_session(login const& who)
{
    if (who.scripts.id_token.empty())
        return erase{collection::session_claims, who.session_id};
    return put{collection::session_claims, who.session_id, json::serialize(who.scripts.id_token)};
}

} // namespace server
