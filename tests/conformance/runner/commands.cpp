// SPDX-License-Identifier: BSL-1.0
#include "commands.hpp"

#include "expected_failures.hpp"
#include "files.hpp"
#include "interruption.hpp"
#include "own_data.hpp"
#include "reports.hpp"
#include "run_mode.hpp"
#include "terminal.hpp"

#include <boost/json/serialize.hpp>
#include <chrono>
#include <filesystem>
#include <set>
#include <string>
#include <unistd.h>

namespace metapatch::conformance {

namespace {

std::string joined(std::vector<std::string> const& words)
{
    std::string text;
    for (auto const& each : words)
        text += (text.empty() ? "" : " ") + each;
    return text;
}

std::set<std::string> listed(options const& given, std::vector<std::string> const& lists, std::string const& kind,
                             run_result& into)
{
    std::set<std::string> ids;
    for (auto const& each : lists)
        read_failures(each, ids);
    if (ids.empty())
        return ids;
    auto unknown = ids;
    for (auto const& each : vectors_of(given.vectors))
        unknown.erase(each.id);
    for (auto const& each : unknown)
        into.faults.push_back("a list of " + kind + " failures names " + each + ", which is no vector");
    return ids;
}

} // namespace

bool shows_progress(options const& given)
{
    return given.progress == "always" || (given.progress == "auto" && tool::is_terminal(STDERR_FILENO));
}

std::vector<vector_case> chosen_vectors(options const& given, run_result& into)
{
    into.vectors = given.vectors.empty() ? own_vectors_version() : given.vectors;
    auto all = vectors_of(given.vectors);
    require_known(given.filter, all);
    std::erase_if(all, [&](auto const& each) { return !given.filter.admits(each); });
    if (all.empty())
        throw usage_error("no vector is left by the filters: each name is known, but no case has them all");
    if (given.shuffle) {
        shuffle(all, *given.shuffle);
        into.order = "shuffled by seed " + std::to_string(*given.shuffle);
    }
    return all;
}

std::set<std::string> expected_failures(options const& given, run_result& into)
{
    return listed(given, given.expected_failures, "expected", into);
}

std::set<std::string> known_flaky(options const& given, run_result& into)
{
    auto const flaky = listed(given, given.known_flaky, "flaky", into);
    std::set<std::string> expected;
    for (auto const& each : given.expected_failures)
        read_failures(each, expected);
    for (auto const& each : flaky) {
        if (expected.contains(each))
            throw usage_error(each + " cannot be both an expected failure and a flaky one");
    }
    return flaky;
}

void require_writable(options const& given)
{
    for (auto const& each : {given.reports.junit, given.reports.json, given.reports.html, given.write_failures,
                             given.driver.trace.string()}) {
        if (!each.empty())
            require_writable(std::filesystem::path(each));
    }
}

exit_status reported(options const& given, run_result& run)
{
    for (auto const& each : run.cases) {
        if ((each.expected_to_fail || each.known_flaky) && each.what == verdict::skipped)
            run.faults.push_back("a list of " + std::string(each.known_flaky ? "flaky" : "expected") +
                                 " failures names " + each.id + ", which is skipped");
    }
    if (!given.write_failures.empty() && !run.is_whole)
        run.faults.push_back(given.write_failures + " is left as it is, for not every case was asked");
    if (given.no_skips) {
        auto const skipped = tally_of(run).skipped;
        if (skipped > 0)
            run.faults.push_back(std::to_string(skipped) + (skipped == 1 ? " case was" : " cases were") + " skipped");
    }
    if (given.reports.form == "text")
        write_file("-", text_report(run, tool::colours(tool::when::automatic, STDOUT_FILENO)));
    if (!given.write_failures.empty() && run.is_whole)
        write_file(given.write_failures, failure_list(run));
    if (!given.reports.junit.empty())
        write_file(given.reports.junit, junit_report(run));
    if (!given.reports.json.empty())
        write_file(given.reports.json, boost::json::serialize(to_json(run)) + "\n");
    if (!given.reports.html.empty())
        write_file(given.reports.html, html_report({&run, 1}, given.reports));
    return run.as_expected() ? exit_status::as_expected : exit_status::failures;
}

exit_status run_command(options const& given)
{
    if (given.command.empty())
        throw usage_error("the command of the driver must stand behind --");
    require_writable(given);
    run_result run;
    auto const vectors = chosen_vectors(given, run);
    run_options const how{given.batch, shows_progress(given), given.stop_after, expected_failures(given, run),
                          known_flaky(given, run)};
    run.command = joined(given.command);
    run.started = time_stamp();
    auto const begin = std::chrono::steady_clock::now();
    driver who(given.command, given.driver);
    run.who = who.start();
    bool stopped = false;
    try {
        run_cases(who, vectors, how, run);
    } catch (interrupted const&) {
        stopped = true;
        run.is_whole = false;
        run.faults.push_back("interrupted before " + std::to_string(vectors.size() - run.cases.size()) +
                             " of the cases were asked");
    }
    run.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    auto const status = reported(given, run);
    return stopped ? exit_status::interrupted : status;
}

run_result read_report(std::string const& path)
{
    try {
        return run_from_json(read_json(path));
    } catch (usage_error const& wrong) {
        throw usage_error(std::string(wrong.what()).starts_with(path) ? wrong.what() : path + ": " + wrong.what());
    }
}

exit_status report_command(options const& given)
{
    require_writable(given);
    std::vector<run_result> runs;
    for (auto const& each : given.inputs)
        runs.push_back(read_report(each));
    write_file(given.reports.html, html_report(runs, given.reports));
    return exit_status::as_expected;
}

} // namespace metapatch::conformance
