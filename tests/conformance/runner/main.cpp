// SPDX-License-Identifier: BSL-1.0

// metapatch-conformance: runs the conformance vectors, and random cases, against any driver or server.

#include "command_line.hpp"
#include "commands.hpp"
#include "interruption.hpp"
#include "terminal.hpp"

#include <csignal>
#include <cstdio>
#include <exception>
#include <map>
#include <random>
#include <sstream>
#include <string>

namespace {

using namespace metapatch::conformance;

std::map<std::string, exit_status (*)(options const&)> const commands{
#ifdef METAPATCH_CONFORMANCE_HTTP
    {"http", http_command},
#endif
    {"run", run_command},         {"laws", laws_command}, {"report", report_command}, {"list", list_command},
    {"explain", explain_command}, {"diff", diff_command}, {"badges", badges_command},
};

/// Help, the version, or what is wrong with the command line.
exit_status answer(CLI::App const& app, CLI::ParseError const& event)
{
    std::ostringstream out;
    std::ostringstream err;
    bool const failed = app.exit(event, out, err) != 0;
    std::fputs(out.str().c_str(), stdout);
    std::fputs(err.str().c_str(), stderr);
    return failed ? exit_status::usage : exit_status::as_expected;
}

exit_status run(int count, char const* const* arguments)
{
    options given;
    auto const app = command_line(given);
    auto before = arguments_before_command(count, arguments, given);
    try {
        app->parse(before);
    } catch (CLI::ParseError const& event) {
        return answer(*app, event);
    }
    auto const* const command = app->get_subcommands().front();
    if (auto const* const shuffle = command->get_option_no_throw("--shuffle");
        shuffle != nullptr && shuffle->count() > 0 && shuffle->results().front().empty())
        given.shuffle = std::random_device{}();
    note_interruptions();
    return commands.at(command->get_name())(given);
}

int failed(exit_status status, char const* why)
{
    std::fputs(("metapatch-conformance: " + tool::printable_lines(why) + '\n').c_str(), stderr);
    return static_cast<int>(status);
}

} // namespace

int main(int count, char** arguments)
{
    std::signal(SIGPIPE, SIG_IGN); // a driver that went away is a failed write like others
    try {
        return static_cast<int>(run(count, arguments));
    } catch (no_driver const& wrong) {
        return failed(exit_status::no_driver, wrong.what());
    } catch (interrupted const& stop) {
        return failed(exit_status::interrupted, stop.what());
    } catch (std::exception const& wrong) { // usage_error, and whatever else: no results
        return failed(exit_status::usage, wrong.what());
    }
}
