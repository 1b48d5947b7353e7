// SPDX-License-Identifier: BSL-1.0
#include "documents.hpp"

#include "../harness/text_writer.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace bench {

namespace {

constexpr std::size_t small_ones = 64;

constexpr auto given_names = std::to_array<std::string_view>(
    {"Ann", "Bo", "Chidi", "Dorothea", "Emil", "Farida", "Giulia", "Hannes", "Ines", "Jürgen", "Kofi", "Lena"});
constexpr auto family_names = std::to_array<std::string_view>(
    {"Miller", "Okafor", "Li", "Haugen", "Castellanos", "Novak", "Sato", "Weißgerber", "Dubois", "Karlsson"});

template<std::size_t Size>
std::string one_of(std::array<std::string_view, Size> const& words, random_numbers& random)
{
    return std::string(words[random.below(Size)]);
}

std::string digits(std::string_view alphabet, std::size_t count, random_numbers& random)
{
    std::string made;
    while (made.size() < count)
        made += alphabet[random.below(alphabet.size())];
    return made;
}

std::string hexadecimal(std::size_t count, random_numbers& random)
{
    return digits("0123456789abcdef", count, random);
}

std::string time(random_numbers& random)
{
    auto const month = std::to_string(10 + random.below(3));
    auto const day = std::to_string(10 + random.below(18));
    return "2025-" + month + "-" + day + "T0" + digits("0123456789", 1, random) + ":14:22." +
           digits("0123456789", 3, random) + "Z";
}

std::string quoted(std::string_view name, std::string_view content)
{
    return std::string("\"").append(name).append("\":\"").append(content).append("\"");
}

/// A user as GET /users/{id} shows it. What is left of its size is user_metadata.
class user {
public:
    user(std::uint64_t seed, std::size_t size, std::string_view multifactor) : metadata_(seed)
    {
        random_numbers random(~seed);
        auto const id = hexadecimal(24, random);
        auto const given = one_of(given_names, random);
        auto const family = one_of(family_names, random);
        auto const account = "user" + digits("0123456789", 4, random);
        std::string const front = "{" + quoted("created_at", time(random)) + "," +
                                  quoted("email", account + "@example.com") + ",\"email_verified\":true," +
                                  "\"identities\":[{" + quoted("user_id", id) +
                                  ",\"connection\":\"users\",\"provider\":\"auth0\",\"isSocial\":false}]," +
                                  quoted("name", given + " " + family) + "," + quoted("nickname", account) + "," +
                                  quoted("updated_at", time(random)) + "," + quoted("user_id", "auth0|" + id) +
                                  std::string(multifactor) + ",\"user_metadata\":";
        std::string const back =
            std::string(size < 1'000
                            ? R"(,"app_metadata":{"plan":"team"},"logins_count":)"
                            : R"(,"app_metadata":{"plan":"team","roles":["editor","billing"],"limits":{"seats":25}},)"
                              R"("last_ip":"203.0.113.7","logins_count":)") +
            std::to_string(random.below(900)) + "}";
        auto const taken = front.size() + back.size() + 20; // the last member goes so far beyond the size, on average
        text_ = front + metadata_.nested(std::max(size, taken + 40) - taken) + back;
    }

    std::string text() const { return text_; }

    /// A body for PATCH /users/{id}.
    std::string update() { return "{\"user_metadata\":" + metadata_.patch(0) + "}"; }

private:
    text_writer metadata_;
    std::string text_;
};

std::uint64_t next_seed()
{
    static std::uint64_t seed = 0;
    return ++seed;
}

/// Shapes of users, each with a body of its own.
/// @param body  what to do with a user
template<class Body>
shape of_users(std::string name, std::string_view task, std::size_t count, std::size_t size, Body const& body,
               std::string_view multifactor = "")
{
    shape all{std::move(name), {}, task};
    for (std::size_t i = 0; i < count; ++i) {
        user made(next_seed(), size, multifactor);
        all.documents.emplace_back(made.text(), body(made));
    }
    return all;
}

/// @param stored, body  make a text from numbers
template<class Stored, class Body>
shape of_texts(std::string name, std::string_view task, Stored const& stored, Body const& body)
{
    shape all{std::move(name), {}, task};
    for (std::size_t i = 0; i < small_ones; ++i) {
        random_numbers random(next_seed());
        auto text = stored(random);
        all.documents.emplace_back(std::move(text), body(random));
    }
    return all;
}

std::string nothing(random_numbers&)
{
    return {};
}

/// What a sign-up and a new user say of themselves.
std::string new_user(std::string_view front, random_numbers& random)
{
    auto const given = one_of(given_names, random);
    auto const family = one_of(family_names, random);
    auto const account = "user" + digits("0123456789", 4, random);
    return std::string(front) + quoted("email", account + "@example.com") + "," +
           quoted("password", hexadecimal(16, random)) + ",\"connection\":\"users\"," + quoted("given_name", given) +
           "," + quoted("family_name", family) + R"(,"user_metadata":{"plan":"team",)" +
           quoted("city", one_of(family_names, random)) + "}}";
}

std::string creation(random_numbers& random)
{
    return new_user(R"({"email_verified":false,"verify_email":false,)", random);
}

std::string sign_up(random_numbers& random)
{
    return new_user("{" + quoted("client_id", hexadecimal(32, random)) + ",", random);
}

std::string client(random_numbers& random)
{
    auto const front =
        "{\"tenant\":\"northwind\"," + quoted("client_id", hexadecimal(32, random)) + R"(,"name":"Customer portal",)" +
        R"("description":"Where customers see their invoices","app_type":"regular_web","is_first_party":true,)" +
        R"("oidc_conformant":true,"callbacks":["https://portal.example.com/callback","http://localhost:3000/cb"],)" +
        R"("allowed_logout_urls":["https://portal.example.com"],"grant_types":["authorization_code","refresh_token"],)";
    return front + R"("jwt_configuration":{"alg":"RS256","lifetime_in_seconds":36000},"client_metadata":{)" +
           quoted("team", one_of(family_names, random)) + R"(,"region":"eu","cost_center":"4711","tier":"silver"},)" +
           R"("refresh_token":{"rotation_type":"rotating","expiration_type":"expiring","leeway":0},)" +
           R"("custom_login_page_on":false})";
}

std::string client_update(random_numbers& random)
{
    return "{\"client_metadata\":{\"tier\":\"gold\",\"region\":null," + quoted("owner", one_of(given_names, random)) +
           "}}";
}

/// Fields and patches without a user around them.
shape of_fields(std::string name, std::size_t size)
{
    shape all{std::move(name), {}, task::splice};
    for (std::size_t i = 0; i < small_ones; ++i) {
        text_writer writer(next_seed());
        auto stored = writer.nested(size);
        all.documents.emplace_back(std::move(stored), writer.patch(0));
    }
    return all;
}

/// One of each row: its texts are in the table.
shape of_permissions()
{
    shape all{"authorize", {}, task::authorize};
    for (std::size_t i = 0; i < permission_rows(); ++i)
        all.documents.emplace_back("", "");
    return all;
}

} // namespace

std::vector<shape> shapes()
{
    auto const update = [](user& of) { return of.update(); };
    auto const no_body = [](user&) { return std::string(); };
    auto const provider = [](user&) { return std::string("google-authenticator"); };

    std::vector<shape> all;
    all.push_back(of_users("update_user_456B", task::update_user, small_ones, 456, update));
    all.push_back(of_users("update_user_2KB", task::update_user, small_ones, 2'000, update));
    all.push_back(of_users("update_user_64KB", task::update_user, 8, 64'000, update));
    all.push_back(of_users("update_user_1MB", task::update_user, 1, 1'000'000, update));
    all.push_back(of_users("update_user_15MB", task::update_user, 1, 15'000'000, update));
    all.push_back(of_users("view_user_456B", task::view_user, small_ones, 456, no_body));
    all.push_back(of_users("view_user_2KB", task::view_user, small_ones, 2'000, no_body));
    all.push_back(of_users("view_fields_456B", task::view_fields, small_ones, 456, no_body));
    all.push_back(of_users("view_fields_2KB", task::view_fields, small_ones, 2'000, no_body));
    all.push_back(of_texts("create_user", task::create_user, nothing, creation));
    all.push_back(of_texts("signup", task::signup, nothing, sign_up));
    all.push_back(of_users("delete_provider_2KB", task::delete_provider, small_ones, 2'000, provider,
                           R"(,"multifactor":["guardian","google-authenticator"])"));
    all.push_back(of_texts("update_client", task::update_client, client, client_update));
    all.push_back(of_permissions());
    all.push_back(of_users("refuse_456B", task::refuse, small_ones, 456, update));
    all.push_back(of_users("refuse_1MB", task::refuse, 1, 1'000'000, update));
    all.push_back(of_fields("spliced_200B", 180));
    all.push_back(of_fields("spliced_2KB", 2'000));
    return all;
}

} // namespace bench
