// SPDX-License-Identifier: BSL-1.0
#include "../request.hpp"
#include "commands.hpp"
#include "files.hpp"
#include "http_cases.hpp"
#include "interruption.hpp"
#include "progress.hpp"
#include "run_mode.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

namespace metapatch::conformance {

namespace {

using boost::json::object;

/// Of each case: create or clear, set, read, patch, read.
constexpr double requests_per_case = 5;

std::string token_of(options const& given)
{
    if (!given.token.empty() && !given.token_file.empty())
        throw usage_error("a token is given twice");
    auto token = given.token;
    if (!given.token_file.empty()) {
        token = read_file(given.token_file);
    } else if (token.empty()) {
        char const* const found = std::getenv("METAPATCH_TOKEN");
        token = found != nullptr ? found : "";
    }
    while (!token.empty() && (token.back() == '\n' || token.back() == '\r' || token.back() == ' '))
        token.pop_back();
    if (token.empty() || std::ranges::any_of(token, [](char c) { return c <= ' ' || c > '~'; }))
        throw usage_error("there must be an access token, in METAPATCH_TOKEN or a --token-file");
    return token;
}

exit_status say_what_would_be_done(options const& given, http_server const& server,
                                   std::vector<vector_case> const& vectors)
{
    std::map<std::string, std::size_t> asked;
    std::map<std::string, std::size_t> skipped;
    std::size_t count = 0;
    std::size_t users = 1;
    for (auto const& each : vectors) {
        auto const why = why_not_over_http(each, request_of(each));
        if (!why.empty()) {
            ++skipped[why];
            continue;
        }
        ++count;
        ++asked[each.profile];
        users += each.profile == "auth0.user_metadata" && !find_text(request_of(each), "stored") ? 1U : 0U;
    }
    std::string text = "A dry run: nothing is sent. With --yes, this would happen at " + server.name() + ":\n";
    text += "  about " + std::to_string(users) + (users == 1 ? " user is" : " users are") +
            " created in the connection " + given.connection + ", one after the other, as " + std::string(user_prefix) +
            "…@example.com, and deleted again\n";
    for (auto const& [profile, number] : asked)
        text += "  " + std::to_string(number) + " cases of " + profile + " are sent to them\n";
    for (auto const& [why, number] : skipped)
        text += "  " + std::to_string(number) + " cases are skipped: " + why + "\n";
    auto const requests = static_cast<double>(count) * requests_per_case;
    char line[160];
    std::snprintf(line, sizeof line, "  about %.0f requests, at %.3g a second at most: %.0f minutes or more\n",
                  requests, given.requests_per_second, requests / given.requests_per_second / 60);
    write_file("-", text + line);
    return exit_status::as_expected;
}

void ask_all(http_cases& server, std::vector<vector_case> const& vectors, run_options const& how, run_result& into)
{
    progress bar(how.show_progress, vectors.size());
    std::size_t wrong = 0;
    int failures = 0;
    for (auto const& each : vectors) {
        throw_if_interrupted();
        auto const request = request_of(each);
        auto const begin = std::chrono::steady_clock::now();
        case_result result;
        auto const why = why_not_over_http(each, request);
        auto seen = each;
        seen.expect = seen_over_http(each);
        if (!why.empty()) {
            result = skipped(seen, why);
        } else if (failures >= 3) { // in a row: the server is gone
            result = errored(seen, "not asked, as the server did not answer the cases before");
        } else {
            try {
                auto const answer = server.ask(request);
                bool const is_errored = answer.at("outcome") == "errored";
                result = is_errored ? errored(seen, std::string(answer.at("message").get_string()))
                                    : judged(seen, request, answer);
                failures = 0;
            } catch (http_error const& error) {
                ++failures;
                result = errored(seen, error.what());
            }
        }
        result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        into.cases.push_back(how.marked(std::move(result)));
        wrong += into.cases.back().is_unexpected() ? 1U : 0U;
        bar.at(into.cases.size(), wrong);
    }
}

} // namespace

exit_status http_command(options const& given)
{
    auto const server = http_server::of(given.url);
    run_result run;
    auto const vectors = chosen_vectors(given, run);
    if (!given.yes)
        return say_what_would_be_done(given, server, vectors);
    require_writable(given);
    run_options const how{1, shows_progress(given), 0, expected_failures(given, run), known_flaky(given, run)};
    http_client client(server, token_of(given), given.ca_file);
    run.who = {server.name(), "", "HTTP"};
    run.command = given.url;
    run.started = time_stamp();
    auto const begin = std::chrono::steady_clock::now();
    bool stopped = false;
    {
        http_users users(client, given.connection, given.requests_per_second);
        try {
            try {
                users.remove(users.create()); // whether it can be reached, and may be used
            } catch (http_error const& error) {
                throw no_driver(given.url + ": " + error.what());
            }
            http_cases cases(users);
            ask_all(cases, vectors, how, run);
        } catch (interrupted const&) {
            stopped = true;
            run.is_whole = false;
            run.faults.push_back("interrupted before " + std::to_string(vectors.size() - run.cases.size()) +
                                 " of the cases were asked");
        }
        for (auto const& each : users.remove_all())
            run.faults.push_back(each);
    }
    run.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    auto const status = reported(given, run);
    return stopped ? exit_status::interrupted : status;
}

} // namespace metapatch::conformance
