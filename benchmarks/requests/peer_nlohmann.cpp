// SPDX-License-Identifier: BSL-1.0

// What a server does by hand, without permissions and without a schema.

#include "../harness/contender.hpp"
#include "../harness/nlohmann.hpp"
#include "documents.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

namespace nlohmann_json = bench::nlohmann_json;
using nlohmann::json;

std::string update_user(bench::job const& job)
{
    auto user = json::parse(job.stored);
    auto body = json::parse(job.body);
    nlohmann_json::merge(user.at("user_metadata"), body.at("user_metadata"));
    return user.dump();
}

std::string view_user(bench::job const& job)
{
    return json::parse(job.stored).dump();
}

std::string view_fields(bench::job const& job)
{
    auto user = json::parse(job.stored);
    json shown;
    for (auto const name : bench::shown_fields)
        shown[std::string(name)] = std::move(user.at(std::string(name)));
    return shown.dump();
}

std::string create_user(bench::job const& job)
{
    constexpr std::string_view asides[] = {"password", "connection", "verify_email", "client_id"};
    auto body = json::parse(job.body);
    json user;
    user["user_id"] = bench::new_user_id;
    for (auto& member : body.items()) {
        if (std::find(std::begin(asides), std::end(asides), member.key()) == std::end(asides))
            user[member.key()] = std::move(member.value());
    }
    return user.dump();
}

void enter_all(std::vector<bench::entry>& entries, bench::jobs const& given)
{
    namespace task = bench::task;
    auto const add = [&](std::string (*answer)(bench::job const&)) {
        bench::enter_function(entries, "nlohmann/json", bench::role::peer, answer);
    };
    if (given.task == task::update_user)
        add(update_user);
    else if (given.task == task::view_user)
        add(view_user);
    else if (given.task == task::view_fields)
        add(view_fields);
    else if (given.task == task::create_user || given.task == task::signup)
        add(create_user);
}

bench::enlist const enlisted({"nlohmann/json", nlohmann_json::version(), enter_all});

} // namespace
