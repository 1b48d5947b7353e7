// SPDX-License-Identifier: BSL-1.0
#include "login_flow.hpp"

#include "login_scripts.hpp"
#include "refusals.hpp"
#include "user_patch.hpp"

#include <metapatch/auth0/login/metadata_updates.hpp>
#include <metapatch/auth0/login/rule_user.hpp>
#include <metapatch/json/text.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

namespace server {

namespace asio = boost::asio;
namespace auth0 = metapatch::auth0;
namespace json = boost::json;

namespace {

[[noreturn]] void fail(std::string why)
{
    throw login_refused{500, "server_error", std::move(why)};
}

std::string words_of(auth0::refusal const& why)
{
    return "What the Actions set cannot be stored: " + why.message;
}

/// Add the claims that a script has set; of the same name the last counts.
void add_claims(json::object const& said, std::string_view token, json::object& to)
{
    auto const* const claims = said.if_contains(token);
    if (claims == nullptr || !claims->is_object())
        return;
    for (auto const& [name, value] : claims->get_object())
        to[name] = value;
}

/// One login, in a process of its own.
class login_run {
public:
    login_run(service const& with, login_facts const& who)
        : with_(with), who_(who), documents_(with, who),
          process_(*with.scripts), hear_{[this](json::object const& call) { return update(call); },
                                         [this](std::string_view text) { with_.log.note(text); }}
    {
    }

    login_outcome run()
    {
        if (with_.scripts->rules() > 0)
            run_rules();
        if (with_.scripts->actions() > 0)
            run_actions();
        return std::move(made_);
    }

private:
    json::object stored_user() const
    {
        std::optional<std::string> document;
        with_.data.read([&](store_view& data) { document = data.find(collection::users, who_.user_id); });
        auto user = metapatch::read_state(document.value_or("null"));
        if (!user || !*user)
            fail("The user does not exist any more.");
        return **std::move(user);
    }

    /// What scripts have come to.
    json::object ask(json::object const& what)
    {
        auto said = process_.ask(what, hear_);
        if (auto const* const failed = said.if_contains("failed")) {
            auto const& why = failed->as_object();
            std::string message(why.at("message").as_string());
            if (why.at("denied").as_bool())
                throw login_refused{403, "access_denied", std::move(message)};
            fail(std::move(message));
        }
        return std::move(said.at("done").as_object());
    }

    void run_rules()
    {
        auto user = stored_user();
        auto const logins = logins_of(user) + 1;
        auth0::copy_app_metadata_to_root(user);
        auto const done = ask(
            {{"rules",
              {{"user", std::move(user)}, {"context", documents_.context(logins)}, {"tenant", documents_.tenant()}}}});
        add_claims(done, "id_token", made_.id_token);
        add_claims(done, "access_token", made_.access_token);
    }

    /// A Rule's `updateUserMetadata` or `updateAppMetadata`: a PATCH of its own, at once.
    json::object update(json::object const& call) const
    {
        json::object answer{{"call", call.at("call")}};
        metadata_patch const patch(with_, std::string(call.at("user_id").as_string()),
                                   std::string(call.at("body").as_string()));
        auto const done = patch.apply_now();
        if (!done) {
            answer["refused"] = auth0::body(done.error());
            return answer;
        }
        auto const user = metapatch::read_state(**done);
        answer["user"] = **user;
        return answer;
    }

    void run_actions()
    {
        auto user = stored_user();
        auto event = documents_.event(logins_of(user) + 1);
        auth0::metadata_updates updates(std::move(user));
        std::optional<login_refused> denied;
        for (std::size_t number = 0; number < with_.scripts->actions() && !denied; ++number) {
            event["user"] = user_of_event(updates.user());
            auto const done = ask({{"action", {{"number", number}, {"event", event}}}});
            for (auto const& set : done.at("metadata").as_array())
                set_metadata(updates, set.as_array());
            add_claims(done, "id_token", made_.id_token);
            add_claims(done, "access_token", made_.access_token);
            if (auto const* const reason = done.if_contains("denied"))
                denied = login_refused{403, "access_denied", std::string(reason->as_string())};
        }
        for (auto const& body : updates.bodies()) // one, for Actions alone have set something
            made_.update = json::serialize(body);
        if (!denied)
            return;
        auto const stored = metadata_patch(with_, who_.user_id, made_.update).apply_now();
        if (!stored)
            fail(words_of(stored.error()));
        throw *std::move(denied);
    }

    /// The user as Actions see it, who always have both objects.
    static json::object user_of_event(json::object const& user)
    {
        auto seen = auth0::rule_user(user);
        for (char const* const field : {"user_metadata", "app_metadata"})
            if (auto& value = seen[field]; !value.is_object())
                value = json::object();
        return seen;
    }

    /// An Action's `setUserMetadata` or `setAppMetadata`.
    void set_metadata(auth0::metadata_updates& updates, json::array const& call) const
    {
        std::string_view const field = call.at(0).as_string();
        std::string_view const key = call.at(1).as_string();
        auto value = metapatch::read_value(std::string_view(call.at(2).as_string()));
        if (!value)
            fail(std::string(field).append(": ").append(value.error().message()));
        auto const found = field == "user_metadata" ? updates.set_user_metadata(key, *std::move(value))
                                                    : updates.set_app_metadata(key, *std::move(value));
        if (!found.empty())
            fail(std::string(field).append(": ").append(found.message()));
    }

    service const& with_;
    login_facts const& who_;
    login_documents documents_;
    login_scripts::worker process_;
    login_scripts::listener hear_;
    login_outcome made_;
};

login_outcome run_now(service const& with, login_facts const& who)
try {
    return login_run(with, who).run();
} catch (login_refused const& why) {
    return {.refused = why};
} catch (node_failure const& why) {
    with.log.note(std::string("the scripts of a login failed: ") + why.what());
    return {.refused = login_refused{500, "server_error",
                                     std::string("The scripts of the login failed: ") + why.what() + "."}};
}

} // namespace

login_refused refused_update(auth0::refusal const& why)
{
    return {500, "server_error", words_of(why)};
}

response refuse(login_refused const& why)
{
    return refuse_token(why.status, why.error, why.description);
}

asio::awaitable<login_outcome> run_login_scripts(service const& with, login_facts const& who)
{
    if (with.scripts == nullptr)
        co_return login_outcome();
    auto work = [](service const& its, login_facts const& facts) -> asio::awaitable<login_outcome> {
        co_return run_now(its, facts);
    };
    co_return co_await asio::co_spawn(with.scripts->threads(), work(with, who), asio::use_awaitable);
}

} // namespace server
