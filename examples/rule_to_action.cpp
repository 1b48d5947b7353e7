// SPDX-License-Identifier: BSL-1.0
// A Rule becomes an Action that has the same effects on a user's metadata.
#include <metapatch/auth0.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>
#include <string_view>

namespace {

using metapatch::auth0::metadata_updates;

void accept(metapatch::report const& refused)
{
    if (!refused.empty())
        throw metapatch::refused(refused);
}

void show(std::string_view what, metadata_updates const& login)
{
    std::cout << what << '\n';
    for (auto const& body : login.bodies())
        std::cout << "    PATCH  " << body << '\n';
    if (login.bodies().empty())
        std::cout << "    nothing is sent\n";
    std::cout << "    user   " << login.user() << '\n';
}

/// A Rule changes the user that it was given, and sends the fields whole.
metadata_updates rule(boost::json::object const& stored, bool removes_by_null)
{
    metadata_updates login(stored);
    auto user = metapatch::auth0::rule_user(stored);
    auto& settings = user["user_metadata"].as_object();
    settings["theme"] = "dark";
    if (removes_by_null)
        settings["beta"] = nullptr; // user.user_metadata.beta = null
    else
        settings.erase("beta"); // delete user.user_metadata.beta
    user["app_metadata"].as_object()["plan"] = "full";
    accept(login.update_user_metadata(user["user_metadata"]));
    accept(login.update_app_metadata(user["app_metadata"]));
    return login;
}

/// An Action sets what is to change, key by key. Its null is sent at every login, so it asks first.
metadata_updates action(boost::json::object const& stored)
{
    metadata_updates login(stored);
    accept(login.set_user_metadata("theme", "dark"));
    if (login.user().at("user_metadata").as_object().contains("beta"))
        accept(login.set_user_metadata("beta", nullptr));
    accept(login.set_app_metadata("plan", "full"));
    return login;
}

} // namespace

int main()
{
    constexpr auto text = R"({"user_metadata":{"beta":true,"size":12},"app_metadata":{"plan":"free"}})";
    auto const stored = boost::json::parse(text).as_object();
    auto const seen = metapatch::auth0::rule_user(stored);
    std::cout << "Both see app_metadata at the root as well.\n    user.plan is " << seen.at("plan") << '\n';

    show("A Rule that deletes a member at the first level: what a PATCH does not name, stays.", rule(stored, false));
    auto const by_rule = rule(stored, true);
    show("A Rule that sets it to null: removed, by two PATCHes.", by_rule);
    auto const by_action = action(stored);
    show("An Action: the same user, by one PATCH of what changes.", by_action);
    std::cout << "    same   " << std::boolalpha << metapatch::equal(by_rule.user(), by_action.user()) << '\n';

    show("The Rule at the next login.", rule(by_rule.user(), true));
    show("The Action at the next login.", action(by_action.user()));
}
