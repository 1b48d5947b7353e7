// SPDX-License-Identifier: BSL-1.0
#include "connections.hpp"
#include "issued_tokens.hpp"
#include "oauth_token.hpp"
#include "refusals.hpp"
#include "secrets.hpp"
#include "text_members.hpp"
#include "user_documents.hpp"
#include "user_login.hpp"

#include <metapatch/json/text.hpp>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

namespace server {

namespace asio = boost::asio;

asio::awaitable<response> grant_by_password(service const& with, token_request const& asked)
{
    auto const realm = asked.form.find("realm").value_or(asked.form.find("connection").value_or(first_connection));
    auto user = co_await user_by_password(with, realm, asked.part("username"), asked.part("password"));
    if (!user)
        co_return refuse_token(403, "invalid_grant", wrong_password);
    auto who = begin_login(*std::move(user), asked.part("scope"));
    auto const facts = facts_of(asked, who, realm, "oauth2-password");
    std::string refresh_token;
    auto const also = to_create_refresh_token(asked, who, refresh_token);
    if (auto const refused = co_await log_in(with, facts, who, also))
        co_return refuse(*refused);
    auto made = tokens_of(with, asked, who);
    made.refresh_token = refresh_token;
    co_return give(with, made);
}

asio::awaitable<response> grant_by_refresh_token(service const& with, token_request const& asked)
{
    auto const given = asked.part("refresh_token");
    auto const dot = std::min(given.find('.'), given.size());
    auto const id = given.substr(0, dot);
    std::optional<std::string> document;
    std::optional<std::string> hash;
    std::optional<std::string> user_document;
    with.data.read([&](store_view& data) {
        document = data.find(collection::refresh_tokens, id);
        hash = data.find_secret(collection::refresh_tokens, id);
        if (document)
            user_document = data.find(collection::users, string_member(*document, "user_id").value_or(""));
    });
    auto const secret = given.substr(std::min(dot + 1, given.size()));
    auto user = user_in(user_document);
    bool const is_right = document && hash && are_equal_secrets(hashed_secret(secret), *hash) &&
                          string_member(*document, "client_id") == asked.client_id;
    if (!is_right || !user)
        co_return refuse_token(403, "invalid_grant", "Unknown or invalid refresh token.");
    auto const token = metapatch::read_state(*document).value().value();
    auto const& resource = token.at("resource_servers").as_array().at(0).as_object();
    auto again = asked;
    again.audience = resource.at("audience").as_string();
    login who{.user = {string_member(*document, "user_id").value_or(""), *std::move(user)},
              .scope = std::string(resource.at("scopes").as_string()),
              .session_id = string_member(*document, "session_id").value_or(""),
              .scripts = {}};
    if (with.scripts != nullptr) {
        auto const facts = facts_of(again, who, connection_of(*user_document), "oauth2-refresh-token");
        stored_after_scripts const stored = [&](store_view&, std::optional<std::string> const& updated) {
            writes made{claims_of_session(who)};
            if (updated)
                made.push_back(put{collection::users, who.user.id, *updated});
            return made;
        };
        if (auto const refused = co_await run_scripts(with, facts, who, stored))
            co_return refuse(*refused);
    }
    co_return give(with, tokens_of(with, again, who));
}

} // namespace server
