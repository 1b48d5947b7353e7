// SPDX-License-Identifier: BSL-1.0
#include <metapatch/auth0/request/user_schema.hpp>

#include "../../../requests.hpp"

#include <boost/test/unit_test.hpp>
#include <map>
#include <span>
#include <string>
#include <string_view>

using namespace metapatch;
using metapatch::test::object;

BOOST_AUTO_TEST_SUITE(user_schemas)

namespace {

constexpr auto nothing_clears = [](std::string_view) { return false; };

std::string updating(boost::json::object const& body)
{
    auth0::detail::body_members members;
    members.read(body);
    auto const refused = auth0::detail::check_update(members, nothing_clears);
    return refused ? refused->message : "fine";
}

std::string creating(boost::json::object body)
{
    body.insert({{"connection", "c"}});
    auth0::detail::body_members members;
    members.read(body);
    auto const refused = auth0::detail::check_create(members, nothing_clears);
    return refused ? refused->message : "fine";
}

std::string units(std::size_t count, std::string_view unit = "\xF0\x9F\x98\x80")
{
    std::string text;
    for (std::size_t i = 0; i < count; ++i)
        text += unit;
    return text;
}

} // namespace

BOOST_AUTO_TEST_CASE(the_attributes_are_those_of_the_openapi)
{
    auto const told = [](std::span<auth0::detail::attribute const> schema) {
        std::string text;
        for (auto const& each : schema) {
            text.append(each.name).append(" ").append(name(each.type)).append(each.nullable ? " or null" : "");
            if (each.type == auth0::detail::value_type::string) {
                text.append(" ").append(std::to_string(each.min_code_points)).append("-");
                if (each.max_code_points != static_cast<std::size_t>(-1))
                    text += std::to_string(each.max_code_points);
            }
            text += each.stored ? "\n" : ", not kept\n";
        }
        return text;
    };
    BOOST_TEST(told(auth0::detail::update_attributes) == "blocked boolean\n"
                                                         "email_verified boolean\n"
                                                         "email string or null 0-254\n"
                                                         "phone_number string or null 0-16\n"
                                                         "phone_verified boolean\n"
                                                         "user_metadata object\n"
                                                         "app_metadata object\n"
                                                         "given_name string or null 1-150\n"
                                                         "family_name string or null 1-150\n"
                                                         "name string or null 1-300\n"
                                                         "nickname string or null 1-300\n"
                                                         "picture string or null 0-\n"
                                                         "verify_email boolean, not kept\n"
                                                         "verify_phone_number boolean, not kept\n"
                                                         "password string or null 1-, not kept\n"
                                                         "connection string 1-, not kept\n"
                                                         "client_id string 1-, not kept\n"
                                                         "username string or null 1-128\n");
    BOOST_TEST(told(auth0::detail::create_attributes) == "email string 0-254\n"
                                                         "phone_number string 0-16\n"
                                                         "user_metadata object\n"
                                                         "blocked boolean\n"
                                                         "email_verified boolean\n"
                                                         "phone_verified boolean\n"
                                                         "app_metadata object\n"
                                                         "given_name string 1-150\n"
                                                         "family_name string 1-150\n"
                                                         "name string 1-300\n"
                                                         "nickname string 1-300\n"
                                                         "picture string 0-\n"
                                                         "user_id string 0-255, not kept\n"
                                                         "connection string 1-, not kept\n"
                                                         "password string 1-, not kept\n"
                                                         "verify_email boolean, not kept\n"
                                                         "username string 1-128\n");
}

BOOST_AUTO_TEST_CASE(the_descriptions_are_those_of_the_openapi)
{
    // As auth0 7.1.0 (npm) has them, whose types are generated from the OpenAPI; that of `connection` in a PATCH is the
    // live service's.
    std::map<std::string_view, std::string_view> const update{
        {"blocked", "Whether this user was blocked by an administrator (true) or not (false)."},
        {"email_verified",
         "Whether this email address is verified (true) or unverified (false). If set to false the user "
         "will not receive a verification email unless `verify_email` is set to true."},
        {"email", "Email address of this user."},
        {"phone_number", "The user's phone number (following the E.164 recommendation)."},
        {"phone_verified", "Whether this phone number has been verified (true) or not (false)."},
        {"user_metadata", "User metadata to which this user has read/write access."},
        {"app_metadata", "User metadata to which this user has read-only access."},
        {"given_name", "Given name/first name/forename of this user."},
        {"family_name", "Family name/last name/surname of this user."},
        {"name", "Name of this user."},
        {"nickname", "Preferred nickname or alias of this user."},
        {"picture", "URL to picture, photo, or avatar of this user."},
        {"verify_email",
         "Whether this user will receive a verification email after creation (true) or no email (false). "
         "Overrides behavior of `email_verified` parameter."},
        {"verify_phone_number",
         "Whether this user will receive a text after changing the phone number (true) or no text "
         "(false). Only valid when changing phone number for SMS connections."},
        {"password", "New password for this user. Only valid for database connections."},
        {"connection", "The connection name. This field is not itself updateable but is needed when updating email, "
                       "email_verified, username or password"},
        {"client_id", "Auth0 client ID. Only valid when updating email address."},
        {"username", "The user's username. Only valid if the connection requires a username."}};
    std::map<std::string_view, std::string_view> const create{
        {"email", "The user's email."},
        {"phone_number", "The user's phone number (following the E.164 recommendation)."},
        {"user_metadata", "Data related to the user that does not affect the application's core functionality."},
        {"blocked", "Whether this user was blocked by an administrator (true) or not (false)."},
        {"email_verified", "Whether this email address is verified (true) or unverified (false). User will receive a "
                           "verification email after creation if `email_verified` is false or not specified"},
        {"phone_verified", "Whether this phone number has been verified (true) or not (false)."},
        {"app_metadata", "Data related to the user that does affect the application's core functionality."},
        {"given_name", "The user's given name(s)."},
        {"family_name", "The user's family name(s)."},
        {"name", "The user's full name."},
        {"nickname", "The user's nickname."},
        {"picture", "A URI pointing to the user's picture."},
        {"user_id", "The external user's id provided by the identity provider."},
        {"connection", "Name of the connection this user should be created in."},
        {"password", "Initial password for this user. Only valid for auth0 connection strategy."},
        {"verify_email",
         "Whether the user will receive a verification email after creation (true) or no email (false). "
         "Overrides behavior of `email_verified` parameter."},
        {"username", "The user's username. Only valid if the connection requires a username."}};
    auto const check = [](std::span<auth0::detail::attribute const> schema, auto const& expected) {
        BOOST_TEST(schema.size() == expected.size());
        for (auto const& each : schema)
            BOOST_TEST(each.description == expected.at(each.name), each.name);
    };
    check(auth0::detail::update_attributes, update);
    check(auth0::detail::create_attributes, create);
}

BOOST_AUTO_TEST_CASE(every_attribute_takes_its_own_type_alone)
{
    for (auto const& [schema, check] :
         {std::pair(std::span<auth0::detail::attribute const>(auth0::detail::update_attributes), &updating),
          std::pair(
              std::span<auth0::detail::attribute const>(auth0::detail::create_attributes),
              +[](boost::json::object const& body) { return creating(body); })}) {
        for (auto const& each : schema) {
            for (std::string_view const value : {"null", "true", "1", "1.5", R"("x")", "[]", "{}"}) {
                boost::json::object body;
                body[each.name] = test::json(value);
                if (each.name == "connection" && schema.data() == auth0::detail::update_attributes.data())
                    body["blocked"] = true;
                auto const type = auth0::detail::type_of(body.at(each.name));
                auto const found = check(body);
                if (type == each.type && each.shape == auth0::detail::format::any) {
                    BOOST_TEST(found == "fine", each.name << value);
                } else if (type == each.type) {
                    BOOST_TEST(found.find("Expected type") == std::string::npos, each.name << value);
                } else if (type == auth0::detail::value_type::null && each.nullable) {
                    BOOST_TEST(found == "fine", each.name << value);
                } else {
                    BOOST_TEST(found == "Payload validation error: 'Expected type " + std::string(name(each.type)) +
                                            " but found type " + std::string(name(type)) + "' on property " +
                                            std::string(each.name) + " (" + std::string(each.description) + ").");
                }
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(lengths_are_code_points_on_both_sides_of_each_limit)
{
    for (auto const& limit : {std::pair("given_name", 150U),
                              {"family_name", 150U},
                              {"name", 300U},
                              {"nickname", 300U},
                              {"username", 128U}}) {
        char const* const name = limit.first;
        auto const most = limit.second;
        auto const told = [name](std::string_view message, auto const& schema) {
            auto const* each = auth0::detail::find_attribute(schema, name);
            return "Payload validation error: '" + std::string(message) + "' on property " + name + " (" +
                   std::string(each->description) + ").";
        };
        for (bool const creates : {false, true}) {
            auto const check = [&](std::size_t length) {
                boost::json::object body{{name, units(length)}};
                return creates ? creating(body) : updating(body);
            };
            auto const schema = creates ? std::span<auth0::detail::attribute const>(auth0::detail::create_attributes)
                                        : std::span<auth0::detail::attribute const>(auth0::detail::update_attributes);
            BOOST_TEST(check(1) == "fine");
            BOOST_TEST(check(most) == "fine");
            BOOST_TEST(check(0) == told("String is too short (0 chars), minimum 1", schema));
            BOOST_TEST(check(most + 1) == told("String is too long (" + std::to_string(most + 1) + " chars), maximum " +
                                                   std::to_string(most),
                                               schema));
        }
    }
    BOOST_TEST(updating({{"password", ""}}).find("minimum 1") != std::string::npos);
    BOOST_TEST(updating({{"blocked", true}, {"connection", ""}}) ==
               "Payload validation error: 'String is too short (0 chars), minimum 1' on property connection (The "
               "connection name. This field is not itself updateable but is needed when updating email, "
               "email_verified, username or password).");
    BOOST_TEST(creating({{"user_id", units(255, "a")}}) == "fine");
    BOOST_TEST(creating({{"user_id", units(256, "a")}}).find("maximum 255") != std::string::npos);
    BOOST_TEST(creating({{"user_id", "a b"}}).find("does not match pattern ^\\S*$: a b") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(formats_are_told_with_what_was_given)
{
    BOOST_TEST(updating({{"email", "a@b"}}) == "Payload validation error: 'Object didn't pass validation for format "
                                               "email: a@b' on property email (Email address of this user.).");
    BOOST_TEST(updating({{"phone_number", "123"}}).find("'String does not match pattern ^\\+[0-9]{1,15}$: 123'") !=
               std::string::npos);
    BOOST_TEST(updating({{"picture", "x"}}).find("'Object didn't pass validation for format strict-uri: x'") !=
               std::string::npos);
    BOOST_TEST(updating(object(R"({"email":"a@b.co","phone_number":"+1","picture":"https://a.co/b"})")) == "fine");
}

BOOST_AUTO_TEST_CASE(unknown_names_are_told_together_and_first)
{
    BOOST_TEST(updating(object(R"({"logins_count":1,"name":"","last_login":2,"multifactor":[]})")) ==
               "Payload validation error: 'Additional properties not allowed: logins_count,last_login,multifactor "
               "(consider storing them in app_metadata or user_metadata. See \"Users Metadata\" in "
               "https://auth0.com/docs/api/v2/changes for more details)'.");
    BOOST_TEST(creating(object(R"({"client_id":"x"})")) ==
               "Payload validation error: 'Additional properties not allowed: client_id'.");
    BOOST_TEST(creating(object(R"({"":1})")) == "Payload validation error: 'Additional properties not allowed: '.");
    BOOST_TEST(creating(object(R"({"":1,"a":2,"":3})")) ==
               "Payload validation error: 'Additional properties not allowed: ,a'.");
}

BOOST_AUTO_TEST_CASE(a_body_that_asks_for_nothing_is_told_what_it_could_ask_for)
{
    BOOST_TEST(updating(object(R"({"client_id":"c"})")) == "fine"); // it is on the list of the live message
    for (auto const* body : {"{}", R"({"connection":"c"})", R"({"connection":""})"}) {
        auto const told = updating(object(body));
        BOOST_TEST(told.starts_with("Payload validation error: 'None of the valid schemas were met'. Inner errors: [ "
                                    "Payload validation error: 'Missing required property: blocked'. (also) Payload "
                                    "validation error: 'Missing required property: email_verified'. (also) "));
        BOOST_TEST(told.ends_with(" ]"));
        BOOST_TEST(told.find("connection") == std::string::npos);
        BOOST_TEST(told.find("username'. (also) Payload validation error: 'Missing required property: client_id'. "
                             "(also) Payload validation error: 'Missing required property: given_name'. ") !=
                   std::string::npos);
    }
    boost::json::object const empty;
    auth0::detail::body_members none;
    none.read(empty);
    BOOST_TEST(auth0::detail::check_create(none, nothing_clears)->message ==
               "Payload validation error: 'Missing required property: connection'.");
}

BOOST_AUTO_TEST_CASE(pairs_that_exclude_each_other_are_refused_in_both_orders)
{
    boost::json::object const values{
        {"password", "p"}, {"email", "a@b.co"}, {"email_verified", true}, {"username", "u"}};
    std::size_t refused = 0;
    for (auto const& one : values) {
        for (auto const& other : values) {
            if (one.key() == other.key())
                continue;
            boost::json::object body;
            body[one.key()] = one.value();
            body[other.key()] = other.value();
            auto const told = updating(body);
            if (told != "fine") {
                BOOST_TEST(told.starts_with("Cannot update "));
                BOOST_TEST(told.ends_with(" simultaneously."));
                ++refused;
            }
        }
    }
    BOOST_TEST(refused == 10U); // five pairs; email and email_verified go together
    BOOST_TEST(updating({{"email", "a@b.co"}, {"password", nullptr}}) ==
               "Cannot update password and email simultaneously.");
    BOOST_TEST(updating({{"username", "u"}, {"email_verified", true}}) ==
               "Cannot update username and email_verified simultaneously.");
}

BOOST_AUTO_TEST_CASE(null_for_a_field_of_metadata_is_taken_where_the_policy_takes_it)
{
    boost::json::object const body{{"user_metadata", nullptr}};
    auth0::detail::body_members members;
    members.read(body);
    BOOST_TEST(!auth0::detail::check_update(members, [](std::string_view name) { return name == "user_metadata"; }));
    BOOST_TEST(auth0::detail::check_update(members, nothing_clears).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
