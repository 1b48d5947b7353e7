// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_LAWS_USER_CASES_HPP
#define METAPATCH_TESTS_LAWS_USER_CASES_HPP

#include "random.hpp"

#include <metapatch/auth0/management/user_rules.hpp>

#include <array>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace metapatch::laws {

/// What no answer may ever hold.
inline constexpr std::string_view secret = "s3cret-of-the-user";

/// A request to update the user `me`.
struct user_case {
    state stored;
    std::string scopes;
    std::optional<std::string_view> subject;
    boost::json::value body;
    auth0::user_rules rules;

    std::optional<auth0::access_token> token() const { return auth0::access_token{scope_view(scopes), subject}; }

    std::string words() const
    {
        return "  stored  " + (stored ? boost::json::serialize(*stored) : std::string("none")) + "\n  body    " +
               boost::json::serialize(body) + "\n  scopes  " + scopes + "\n  subject " +
               std::string(subject.value_or("none")) + (rules.permissions.judges_effects ? "\n  documented" : "");
    }
};

namespace drawn {

inline constexpr std::array<std::string_view, 10> scopes{"update:users",
                                                         "update:users_app_metadata",
                                                         "update:current_user_metadata",
                                                         "update:current_user_metadata",
                                                         "create:users",
                                                         "create:current_user_metadata",
                                                         "delete:current_user_metadata",
                                                         "read:users",
                                                         "read:current_user",
                                                         "update:users"};

/// Members of a body that are fine, or not.
inline std::pair<std::string_view, boost::json::value> random_attribute(model::generator& random)
{
    static std::array<std::pair<std::string_view, boost::json::value>, 20> const some{{
        {"name", "Ann"},
        {"name", nullptr},
        {"nickname", "n"},
        {"email", "a@b.co"},
        {"email_verified", true},
        {"blocked", false},
        {"phone_number", "+123"},
        {"picture", "https://a.co/b"},
        {"password", boost::json::value(secret)},
        {"password", nullptr},
        {"username", "u"},
        {"connection", "c"},
        {"client_id", "i"},
        {"verify_email", true},
        {"given_name", ""},
        {"family_name", 1.5},
        {"email", "no address"},
        {"user_id", "other"},
        {"logins_count", 7},
        {"connection", ""},
    }};
    return some[random.below(some.size() - (random.one_in(4) ? 0 : 6))];
}

} // namespace drawn

inline boost::json::object random_user(model::generator& random)
{
    boost::json::object user{{"user_id", "me"}};
    for (auto n = random.below(4); n > 0; --n) {
        auto member = drawn::random_attribute(random);
        if (member.first != "password" && member.first != "connection" && !member.second.is_null())
            user[member.first] = std::move(member.second);
    }
    if (random.one_in(4))
        user["multifactor"] = {"duo", "guardian"};
    for (std::string_view const field : {"user_metadata", "app_metadata"}) {
        if (auto value = model::random_state(random))
            user[field] = std::move(*value);
        else if (random.one_in(4)) // what no service stores, but some client
            user[field] = random.one_in(2) ? boost::json::value(nullptr) : boost::json::value("[object Object]");
    }
    return user;
}

inline user_case random_user_case(std::uint64_t seed)
{
    model::generator random(seed);
    user_case made{{}, {}, {}, boost::json::object(), auth0::standard_user_rules};
    if (!random.one_in(12))
        made.stored = random_user(random);
    for (auto n = random.below(4); n > 0; --n)
        made.scopes.append(drawn::scopes[random.below(drawn::scopes.size())]) += ' ';
    if (random.one_in(6))
        made.subject = "you";
    else if (!random.one_in(6))
        made.subject = "me";
    auto& body = made.body.get_object();
    if (random.one_in(4))
        body["connection"] = "c"; // without it nobody is created
    for (auto n = random.below(random.one_in(3) ? 4 : 2); n > 0; --n) {
        auto member = drawn::random_attribute(random);
        body[member.first] = std::move(member.second);
    }
    if (!random.one_in(6))
        body["user_metadata"] = model::random_body(random);
    if (random.one_in(4))
        body["app_metadata"] = model::random_body(random);
    if (random.one_in(40))
        made.body = boost::json::array();
    if (random.one_in(3))
        made.rules.permissions = auth0::documented;
    if (random.one_in(10))
        made.rules.max_metadata_bytes = random.below(200);
    if (random.one_in(10))
        made.rules.app_metadata.limits.max_members = random.below(8);
    return made;
}

} // namespace metapatch::laws

#endif
