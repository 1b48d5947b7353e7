// SPDX-License-Identifier: BSL-1.0
#include "user_documents.hpp"

#include "clock.hpp"
#include "secrets.hpp"
#include "text_members.hpp"

#include <metapatch/json/text.hpp>

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

namespace server {

namespace json = boost::json;

namespace {

std::string in_lower_case(std::string_view text)
{
    std::string made(text);
    for (char& c : made)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return made;
}

/// What the user of a document logs in with.
std::vector<std::string> login_names_of(std::string_view document, std::string_view connection)
{
    std::vector<std::string> made;
    if (connection.empty())
        return made;
    for (auto const& identifier : string_members<3>(document, {"email", "username", "phone_number"}))
        if (identifier)
            made.push_back(name_of_login(connection, *identifier));
    return made;
}

} // namespace

std::string new_user_id(std::optional<std::string> const& part)
{
    constexpr std::size_t bytes = 12; // as the ids of the live service have
    return "auth0|" + (part ? *part : random_hex(bytes));
}

std::string completed(std::string_view document, std::string_view user_id, std::string_view connection)
{
    auto const read = metapatch::read_state(document);
    if (!read || !*read)
        return std::string(document);
    auto const& user = **read;
    json::object added;
    auto const add = [&](std::string_view name, auto const& value) {
        if (!user.contains(name))
            added[name] = value;
    };
    auto const now = text_now();
    auto const bar = user_id.find('|');
    add("user_id", user_id);
    add("created_at", now);
    add("updated_at", now);
    if (user.contains("email"))
        add("email_verified", false);
    if (auto const email = string_member(document, "email")) {
        add("name", *email);
        add("nickname", email->substr(0, email->find('@')));
    }
    add("identities", json::array{json::object{{"user_id", user_id.substr(bar == std::string_view::npos ? 0 : bar + 1)},
                                               {"provider", user_id.substr(0, bar == std::string_view::npos ? 0 : bar)},
                                               {"connection", connection},
                                               {"isSocial", false}}});
    return with_members(document, added);
}

std::string name_of_address(std::string_view email)
{
    return "address:" + in_lower_case(email);
}

std::string name_of_login(std::string_view connection, std::string_view identifier)
{
    return std::string("login:").append(connection).append(":") + in_lower_case(identifier);
}

std::vector<std::string> names_of(std::string_view document, std::string_view connection)
{
    auto made = login_names_of(document, connection);
    if (auto const email = string_member(document, "email"))
        made.push_back(name_of_address(*email));
    return made;
}

std::string connection_of(std::string_view document)
{
    auto const read = metapatch::read_state(document);
    if (!read || !*read)
        return {};
    auto const* const identities = (*read)->if_contains("identities");
    if (identities == nullptr || !identities->is_array() || identities->get_array().empty())
        return {};
    auto const* const first = identities->get_array().front().if_object();
    auto const* const connection = first != nullptr ? first->if_contains("connection") : nullptr;
    return connection != nullptr && connection->is_string() ? std::string(connection->get_string()) : std::string();
}

bool is_taken(store_view& data, std::string_view document, std::string_view connection, std::string_view user_id)
{
    for (auto const& name : login_names_of(document, connection))
        for (auto const& other : data.find_named(collection::users, name))
            if (other != user_id)
                return true;
    return false;
}

writes to_create(new_user const& user)
{
    writes made{put{collection::users, user.id, user.document},
                name_as{collection::users, user.id, names_of(user.document, user.connection)}};
    if (user.password_hash)
        made.push_back(keep_secret{collection::users, user.id, *user.password_hash});
    return made;
}

} // namespace server
