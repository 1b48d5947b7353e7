// SPDX-License-Identifier: BSL-1.0
#include "login_scripts.hpp"

#include "login_worker.hpp"
#include "startup_error.hpp"

#include <metapatch/json/text.hpp>

#include <boost/json/serialize.hpp>
#include <utility>

namespace server {

namespace json = boost::json;

namespace {

constexpr std::size_t most_processes = 8;
constexpr std::size_t deepest = 1'024; // of what scripts say

json::object read_message(std::string_view line)
{
    auto read = metapatch::read_state(line, {.max_nesting = deepest});
    if (!read || !*read)
        throw node_failure("it says what is no JSON, or is too deep");
    return **std::move(read);
}

} // namespace

login_scripts::login_scripts(settings const& from)
    : folders_{from.rules, from.actions}, timeout_(from.script_timeout), threads_(most_processes)
{
    std::string const options = from.actions.empty() ? "--rules"
                                : from.rules.empty() ? "--actions"
                                                     : "--rules and --actions";
    try {
        auto process = start();
        auto const said = read_message(process->receive(std::chrono::steady_clock::now() + timeout_));
        if (auto const* const fault = said.if_contains("fault"))
            throw startup_error(exit_status::usage, options + ": " + std::string(fault->as_string()));
        auto const& ready = said.at("ready").as_object();
        rules_ = ready.at("rules").to_number<std::size_t>();
        actions_ = ready.at("actions").to_number<std::size_t>();
        give_back(std::move(process));
    } catch (node_missing const& why) {
        throw startup_error(exit_status::usage, options + " need Node.js: " + why.what());
    } catch (node_failure const& why) {
        throw startup_error(exit_status::usage, options + ": the scripts cannot be loaded: " + why.what());
    }
}

void login_scripts::stop() noexcept
{
    std::lock_guard const lock(access_);
    is_ending_ = true;
    for (auto* const each : busy_)
        each->hang_up();
}

std::unique_ptr<node_process> login_scripts::start()
{
    return std::make_unique<node_process>(login_worker, folders_);
}

std::unique_ptr<node_process> login_scripts::take()
{
    std::lock_guard const lock(access_);
    if (is_ending_)
        throw node_failure("the server is ending");
    std::unique_ptr<node_process> taken;
    while (!taken && !idle_.empty()) {
        taken = std::move(idle_.back());
        idle_.pop_back();
        if (taken->has_news()) // it has ended, or a script that was not done speaks of a login that is over
            taken.reset();
    }
    if (!taken)
        taken = start();
    busy_.insert(taken.get());
    return taken;
}

void login_scripts::give_back(std::unique_ptr<node_process> process)
{
    std::lock_guard const lock(access_);
    busy_.erase(process.get());
    idle_.push_back(std::move(process));
}

login_scripts::worker::worker(login_scripts& of)
    : of_(of), latest_(std::chrono::steady_clock::now() + of.timeout_), process_(of.take())
{
}

login_scripts::worker::~worker()
{
    if (process_)
        of_.give_back(std::move(process_));
}

json::object login_scripts::worker::ask(json::object const& what, listener const& hear)
try {
    process_->send(json::serialize(what), latest_);
    for (;;) {
        auto said = read_message(process_->receive(latest_));
        if (auto const* const text = said.if_contains("log"))
            hear.log(text->as_string());
        else if (said.contains("call"))
            process_->send(json::serialize(hear.answer(said)), latest_);
        else if (auto const* const fault = said.if_contains("fault")) // the files are others than they were
            throw node_failure(std::string(fault->as_string()));
        else if (!said.contains("ready"))
            return said;
    }
} catch (...) {
    // Nobody knows what it does now.
    std::lock_guard const lock(of_.access_);
    of_.busy_.erase(process_.get());
    process_.reset();
    throw;
}

} // namespace server
