// SPDX-License-Identifier: BSL-1.0

// What a server does by hand, without permissions and without a schema.

#include "../harness/boost_json.hpp"
#include "../harness/contender.hpp"
#include "documents.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

namespace boost_json = bench::boost_json;
namespace json = boost::json;

std::string merge_member(bench::job const& job, std::string_view field)
{
    auto stored = json::parse(job.stored);
    auto const body = json::parse(job.body);
    boost_json::merge(stored.at(field).as_object(), body.at(field).as_object());
    return json::serialize(stored);
}

std::string update_user(bench::job const& job)
{
    return merge_member(job, "user_metadata");
}

std::string update_client(bench::job const& job)
{
    return merge_member(job, "client_metadata");
}

/// As its manual tells to make it fast.
class updating_tuned : public bench::contender {
public:
    explicit updating_tuned(bench::jobs const& given) : tools_(given.longest_stored + given.longest_body) {}

    void run(bench::job const& job) override
    {
        auto resource = tools_.resource();
        auto stored = tools_.parsed(job.stored, resource);
        auto const body = tools_.parsed(job.body, resource);
        boost_json::merge_tuned(stored.at("user_metadata").as_object(), body.at("user_metadata").as_object());
        tools_.write(stored);
    }

    std::string_view text() override { return tools_.text(); }

private:
    boost_json::kept_tools tools_;
};

/// Values that are there already; the stored one stays as it is, as with ours.
class dom_to_dom : public bench::contender {
public:
    explicit dom_to_dom(bench::jobs const& given)
    {
        for (auto const& job : given.all) {
            stored_.push_back(json::parse(job.stored));
            bodies_.push_back(json::parse(job.body));
        }
    }

    void run(bench::job const& job) override
    {
        user_ = stored_[job.number];
        boost_json::merge(user_.at("user_metadata").as_object(), bodies_[job.number].at("user_metadata").as_object());
    }

    std::string_view text() override { return text_ = json::serialize(user_); }

private:
    std::vector<json::value> stored_;
    std::vector<json::value> bodies_;
    json::value user_;
    std::string text_;
};

std::string view_user(bench::job const& job)
{
    return json::serialize(json::parse(job.stored));
}

std::string view_fields(bench::job const& job)
{
    auto user = json::parse(job.stored);
    json::object shown;
    for (auto const name : bench::shown_fields)
        shown[name] = std::move(user.at(name));
    return json::serialize(shown);
}

/// A new object with all attributes but those that are no part of a user.
std::string create_user(bench::job const& job)
{
    constexpr std::string_view asides[] = {"password", "connection", "verify_email", "client_id"};
    auto body = json::parse(job.body);
    json::object user;
    user["user_id"] = bench::new_user_id;
    for (auto& member : body.as_object()) {
        if (std::find(std::begin(asides), std::end(asides), member.key()) == std::end(asides))
            user[member.key()] = std::move(member.value());
    }
    return json::serialize(user);
}

std::string delete_provider(bench::job const& job)
{
    auto user = json::parse(job.stored);
    auto& providers = user.at("multifactor").as_array();
    auto const place = std::find(providers.begin(), providers.end(), json::string(job.body));
    if (place != providers.end())
        providers.erase(place);
    return json::serialize(user);
}

std::string merge_field(bench::job const& job)
{
    auto stored = json::parse(job.stored);
    auto const patch = json::parse(job.body);
    boost_json::merge(stored.as_object(), patch.as_object());
    return json::serialize(stored);
}

void enter_all(std::vector<bench::entry>& entries, bench::jobs const& given)
{
    using enum bench::role;
    namespace task = bench::task;
    auto const add = [&](std::string (*answer)(bench::job const&)) {
        bench::enter_function(entries, "Boost.JSON", peer, answer);
    };
    if (given.task == task::update_user) {
        add(update_user);
        bench::enter<updating_tuned>(entries, "Boost.JSON tuned", peer, given);
        bench::enter<dom_to_dom>(entries, "Boost.JSON DOM to DOM", peer, given);
    } else if (given.task == task::view_user) {
        add(view_user);
    } else if (given.task == task::view_fields) {
        add(view_fields);
    } else if (given.task == task::create_user || given.task == task::signup) {
        add(create_user);
    } else if (given.task == task::delete_provider) {
        add(delete_provider);
    } else if (given.task == task::update_client) {
        add(update_client);
    } else if (given.task == task::splice) {
        add(merge_field);
    }
}

bench::enlist const enlisted({"Boost.JSON", boost_json::version(), enter_all});

} // namespace
