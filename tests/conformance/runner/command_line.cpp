// SPDX-License-Identifier: BSL-1.0
#include "command_line.hpp"

#include "help_texts.hpp"
#include "own_data.hpp"

#include <metapatch/version.hpp>

#include <CLI/Validators.hpp>
#include <algorithm>
#include <sstream>
#include <string>
#include <string_view>

namespace metapatch::conformance {

namespace {

using std::string_view;

std::string shown(double number)
{
    std::ostringstream text;
    text << number;
    return text.str();
}

/// A whole number that fits everywhere. CLI11 takes `-1` for a large one.
CLI::Validator whole_number()
{
    return CLI::Validator(
        [](std::string& text) {
            bool const good = text.size() <= 18 && text.find_first_not_of("0123456789") == std::string::npos;
            return good ? std::string() : "must be a whole number of at most 18 digits: " + text;
        },
        "");
}

/// From one number to another, where CLI11's range holds what is no number too.
CLI::Validator number_between(double least, double most)
{
    return CLI::Validator(
        [=](std::string& text) {
            double number = 0;
            bool const good = CLI::detail::lexical_cast(text, number) && number >= least && number <= most;
            return good ? std::string() : "must be a number from " + shown(least) + " to " + shown(most) + ": " + text;
        },
        "");
}

void add_reports(CLI::App& command, options& into)
{
    command.add_option("--report", into.reports.form, "What goes to standard output")
        ->check(CLI::IsMember({"text", "none"}))
        ->capture_default_str()
        ->group("Reports");
    command.add_option("--junit", into.reports.junit, "Write JUnit XML")->type_name("FILE")->group("Reports");
    command.add_option("--json", into.reports.json, "Write JSON, for `report` too")
        ->type_name("FILE")
        ->group("Reports");
    command.add_option("--html", into.reports.html, "Write one HTML page")->type_name("FILE")->group("Reports");
}

void add_vectors(CLI::App& command, options& into)
{
    command.add_option("--vectors", into.vectors, "The vectors, a folder or a file, in place of this project's")
        ->type_name("PATH");
}

void add_filters(CLI::App& command, options& into, bool of_vectors)
{
    auto const add = [&command](char const* name, std::vector<std::string>& values, char const* what) {
        command.add_option(name, values, what)
            ->type_name("NAME")
            ->allow_extra_args(false)
            ->take_all()
            ->group("Filters, each may be given again");
    };
    add("--profile", into.filter.profiles, "Only cases of a profile");
    add("--op", into.filter.ops, "Only cases of an operation");
    if (!of_vectors)
        return;
    add("--level", into.filter.levels, "Only cases of a level: required, observed, chosen");
    add("--id", into.filter.ids, "Only cases whose id is of a pattern with * and ?");
    add("--exclude-id", into.filter.excluded_ids, "No case whose id is of a pattern");
    command.get_option("--id")->type_name("GLOB");
    command.get_option("--exclude-id")->type_name("GLOB");
    add_vectors(command, into);
}

void add_lists(CLI::App& command, options& into)
{
    auto const add = [&command](char const* name, std::vector<std::string>& lists, char const* what) {
        command.add_option(name, lists, what)
            ->type_name("FILE")
            ->allow_extra_args(false)
            ->take_all()
            ->group("Expected failures");
    };
    add("--expected-failures", into.expected_failures, "A list of cases that must fail");
    add("--known-flaky", into.known_flaky, "A list of cases that may fail and may pass");
    command.add_option("--write-failures", into.write_failures, "Write the list of what fails")
        ->type_name("FILE")
        ->group("Expected failures");
    command.add_flag("--no-skips", into.no_skips, "A skipped case is a failure")->group("Expected failures");
}

void add_driver(CLI::App& command, options& into)
{
    command.add_option("COMMAND", into.command, "The driver and its arguments, behind --")
        ->option_text("-- COMMAND ...");
    command
        .add_option("--timeout", into.driver.seconds_per_case, "How long a case may take; a driver starts within 60")
        ->type_name("SECONDS")
        ->check(number_between(0.001, 86400))
        ->capture_default_str();
    command.add_flag("--show-errors", into.driver.show_errors, "Let the driver's standard error through");
    command.add_option("--trace", into.driver.trace, "Write every line that is said to the driver and by it")
        ->type_name("FILE");
}

void add_progress(CLI::App& command, options& into)
{
    command.add_option("--progress", into.progress, "Whether to show progress on standard error")
        ->check(CLI::IsMember({"auto", "always", "never"}))
        ->capture_default_str();
}

void add_run(CLI::App& whole, options& into)
{
    auto& command = *whole.add_subcommand("run", "Run the vectors against a driver");
    command.footer(help::run);
    add_filters(command, into, true);
    add_lists(command, into);
    add_driver(command, into);
    command.add_option("--batch", into.batch, "How many cases to ask at once")
        ->type_name("N")
        ->check(CLI::Range(1, 100'000))
        ->capture_default_str();
    command.add_option("--stop-after", into.stop_after, "Stop after so many that are not as expected")
        ->type_name("N")
        ->check(whole_number());
    command.add_option("--shuffle", into.shuffle, "Ask in random order; the seed is told")
        ->type_name("[SEED]")
        ->check(whole_number())
        ->expected(0, 1);
    add_progress(command, into);
    add_reports(command, into);
}

void add_report(CLI::App& whole, options& into)
{
    auto& command = *whole.add_subcommand("report", "Make one page of the reports of several implementations");
    command.footer(help::report);
    command.add_option("REPORT", into.inputs, "What --json has written")->required()->type_name("FILE");
    command.add_option("--html", into.reports.html, "Write one HTML page")->type_name("FILE")->required();
    command.add_option("--title", into.reports.title, "What the page is called")
        ->type_name("TEXT")
        ->capture_default_str();
    command.add_option("--note", into.reports.notes, "A paragraph above the results; may be given again")
        ->type_name("TEXT")
        ->allow_extra_args(false)
        ->take_all();
}

void add_list(CLI::App& whole, options& into)
{
    auto& command = *whole.add_subcommand("list", "List the cases: id, profile, operation and level");
    command.footer(help::list);
    add_filters(command, into, true);
}

void add_explain(CLI::App& whole, options& into)
{
    auto& command = *whole.add_subcommand("explain", "Tell all about a case: its evidence and its rules too");
    command.footer(help::explain);
    command.add_option("ID", into.inputs, "The id of a case, or a pattern with * and ?")->required()->type_name("");
    add_vectors(command, into);
}

void add_diff(CLI::App& whole, options& into)
{
    auto& command = *whole.add_subcommand("diff", "Tell what changed from one report to another");
    command.footer(help::diff);
    command.add_option("REPORT", into.inputs, "What --json has written: before, and after")
        ->required()
        ->expected(2)
        ->type_name("FILE");
}

void add_badges(CLI::App& whole, options& into)
{
    auto& command = *whole.add_subcommand("badges", "Make badges of a report");
    command.footer(help::badges);
    command.add_option("REPORT", into.report, "What --json has written")->required()->type_name("FILE");
    command.add_option("FOLDER", into.folder, "Where the badges go; it is made")->required()->type_name("");
}

void add_laws(CLI::App& whole, options& into)
{
    auto& command = *whole.add_subcommand("laws", "Ask a driver random cases: differences and broken laws");
    command.footer(help::laws);
    command.add_option("--cases", into.cases, "How many")->type_name("N")->check(whole_number())->capture_default_str();
    command.add_option("--seed", into.seed, "Where the random cases begin")
        ->type_name("N")
        ->check(whole_number())
        ->capture_default_str();
    add_filters(command, into, false);
    add_driver(command, into);
    add_progress(command, into);
}

} // namespace

#ifdef METAPATCH_CONFORMANCE_HTTP
void add_http(CLI::App& whole, options& into)
{
    auto& command = *whole.add_subcommand("http", "Run vectors against a server with Auth0's endpoints");
    command.footer(help::http);
    command.add_option("--url,--http", into.url, "The server, without a path")->type_name("URL")->required();
    command.add_option("--token", into.token, "The access token; every user of this machine can see it")
        ->type_name("TOKEN");
    command.add_option("--token-file", into.token_file, "A file that holds the access token")->type_name("FILE");
    command.add_option("--connection", into.connection, "The database connection of the users")
        ->type_name("NAME")
        ->capture_default_str();
    command.add_option("--ca-file", into.ca_file, "Certificates to trust, in place of the system's")->type_name("FILE");
    command.add_flag("--yes{true},--dry-run{false}", into.yes, "Do it; the default is to say what would be done");
    command.add_option("--rate", into.requests_per_second, "How many requests a second at most")
        ->type_name("N")
        ->check(number_between(0.01, 1000))
        ->capture_default_str();
    add_filters(command, into, true);
    add_lists(command, into);
    add_progress(command, into);
    add_reports(command, into);
}
#endif

std::unique_ptr<CLI::App> command_line(options& into)
{
    auto whole = std::make_unique<CLI::App>(
        "metapatch-conformance checks implementations of Auth0's metadata semantics.", "metapatch-conformance");
    whole->set_version_flag("--version", "metapatch-conformance " + std::string(metapatch::version) + ", vectors " +
                                             own_vectors_version());
    whole->footer(help::whole);
    whole->require_subcommand(1);
    add_run(*whole, into);
    add_laws(*whole, into);
#ifdef METAPATCH_CONFORMANCE_HTTP
    add_http(*whole, into);
#endif
    add_report(*whole, into);
    add_list(*whole, into);
    add_explain(*whole, into);
    add_diff(*whole, into);
    add_badges(*whole, into);
    return whole;
}

std::vector<std::string> arguments_before_command(int count, char const* const* arguments, options& into)
{
    std::vector<std::string> before;
    int i = 1;
    for (; i < count && string_view(arguments[i]) != "--"; ++i)
        before.emplace_back(arguments[i]);
    bool const has_driver = i < count;
    for (++i; i < count; ++i)
        into.command.emplace_back(arguments[i]);
    if (before.empty() || before.front().starts_with('-')) { // no command is named
        auto const is_server = [](std::string const& each) { return each == "--http" || each.starts_with("--http="); };
        if (std::ranges::any_of(before, is_server))
            before.emplace(before.begin(), "http");
        else if (has_driver)
            before.emplace(before.begin(), "run");
    }
    std::ranges::reverse(before);
    return before;
}

} // namespace metapatch::conformance
