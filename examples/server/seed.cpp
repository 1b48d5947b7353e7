// SPDX-License-Identifier: BSL-1.0
#include "seed.hpp"

#include "connections.hpp"
#include "secrets.hpp"
#include "startup_error.hpp"
#include "text_members.hpp"
#include "user_documents.hpp"

#include "../metapatch/document_stream.hpp"
#include "../metapatch/errors.hpp"

#include <metapatch/auth0/management/update_user.hpp>
#include <metapatch/json/text.hpp>

#include <array>
#include <utility>
#include <vector>

namespace server {

namespace auth0 = metapatch::auth0;

namespace {

constexpr std::size_t users_of_a_transaction = 1'000;

/// What an import file says and no profile shows.
constexpr std::array<std::string_view, 6> secret_members{"password",          "password_hash", "custom_password_hash",
                                                         "password_set_date", "mfa_factors",   "verify_email"};

constexpr std::array<std::string_view, 2> metadata_fields{"user_metadata", "app_metadata"};

[[noreturn]] void fail(std::string const& place, std::string const& why)
{
    throw startup_error(exit_status::usage, "--seed: " + place + ": " + why);
}

/// The hash of a password as `password_hash`, or as `custom_password_hash` of bcrypt or Argon2.
/// Source: "Bulk User Import Database Schema and Examples"
std::optional<std::string> hash_in(boost::json::object const& user)
{
    boost::json::value const* value = user.if_contains("password_hash");
    if (value == nullptr) {
        for (auto const* const name : {"custom_password_hash", "hash", "value"}) {
            auto const* const inside = value == nullptr ? &user : value->if_object();
            value = inside != nullptr ? inside->if_contains(name) : nullptr;
            if (value == nullptr)
                return std::nullopt;
        }
    }
    if (!value->is_string() || !is_known_hash(std::string_view(value->get_string())))
        return std::nullopt;
    return std::string(value->get_string());
}

/// The metadata of an element, as a PATCH would store it.
std::string metadata_of(std::string_view element, boost::json::object const& user, std::string const& place)
{
    boost::json::object others;
    bool has_metadata = false;
    for (auto const& member : user) {
        std::string_view const name = member.key();
        bool const is_metadata =
            std::find(metadata_fields.begin(), metadata_fields.end(), name) != metadata_fields.end();
        has_metadata = has_metadata || (is_metadata && !member.value().is_null());
        if (!is_metadata || member.value().is_null())
            others[member.key()] = nullptr;
    }
    if (!has_metadata)
        return "{}";
    auto const body = with_members(element, others);
    auto const made = auth0::update_user(std::string_view("{}"),
                                         auth0::access_token{metapatch::scope_view("update:users")}, "", body);
    if (!made)
        fail(place, made.error().message);
    return made->user;
}

/// A user of a file, complete.
new_user user_in(std::string_view element, std::string const& place)
{
    auto const read = metapatch::read_state(element);
    if (!read || !*read)
        fail(place, "a user must be an object of JSON");
    auto const& user = **read;
    auto const given = string_member(element, "user_id");
    bool const is_whole = given && given->find('|') != std::string::npos; // of an export
    auto connection = connection_of(element);
    new_user made{.id = is_whole ? *given : new_user_id(given),
                  .document = {},
                  .connection = connection.empty() ? std::string(first_connection) : std::move(connection),
                  .password_hash = hash_in(user)};
    auto const metadata = metadata_of(element, user, place);
    auto const shown = without_members(without_members(element, secret_members), metadata_fields);
    boost::json::object identity;
    identity["user_id"] = made.id;
    made.document = completed(with_members(with_members(shown, metadata), identity), made.id, made.connection);
    return made;
}

void store_all(store& data, std::vector<new_user>& users, seeded& counts)
{
    seeded now;
    data.change_now([&](store_view& view) {
        now = {};
        writes made;
        for (auto const& user : users) {
            if (view.find(collection::users, user.id)) {
                ++now.there_already;
                continue;
            }
            ++now.created;
            now.without_password += user.password_hash ? 0 : 1;
            for (auto& each : to_create(user))
                made.push_back(std::move(each));
        }
        return made;
    });
    users.clear();
    counts.created += now.created;
    counts.there_already += now.there_already;
    counts.without_password += now.without_password;
}

} // namespace

seeded seed(store& data, std::string const& file)
try {
    seeded counts;
    std::vector<new_user> users;
    tool::document_stream elements(file);
    while (auto const piece = elements.next()) {
        if (!piece->is_document)
            continue;
        users.push_back(user_in(piece->document, file + " line " + std::to_string(elements.position().line)));
        if (users.size() == users_of_a_transaction)
            store_all(data, users, counts);
    }
    store_all(data, users, counts);
    if (auto const stopped = elements.stopped())
        throw startup_error(exit_status::usage, "--seed: " + tool::in_words(*stopped, file));
    return counts;
} catch (tool::io_error const& why) {
    throw startup_error(exit_status::usage, "--seed: " + std::string(why.what()));
}

} // namespace server
