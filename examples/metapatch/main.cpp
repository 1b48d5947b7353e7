// SPDX-License-Identifier: BSL-1.0
#include "command_line.hpp"
#include "command_tree.hpp"
#include "commands.hpp"
#include "errors.hpp"
#include "misspelt.hpp"
#include "terminal.hpp"
#include "writer.hpp"

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <exception>
#include <fcntl.h>
#include <sstream>
#include <string>
#include <unistd.h>
#include <utility>
#include <vector>

namespace {

/// Occupy the standard descriptors that the caller has closed, or a file opened later would take their place.
void occupy_standard_descriptors()
{
    for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; ++descriptor) {
        // Opened the wrong way round: to use it fails as it would have without.
        if (::fcntl(descriptor, F_GETFD) < 0)
            ::open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    }
}

void print(std::string const& text)
{
    auto out = tool::writer::to_standard_output();
    out.write(text);
    out.finish();
}

/// Help, the version, or what is wrong with the command line.
tool::exit_status answer(CLI::App const& app, CLI::ParseError const& event, std::vector<std::string> const& given)
{
    std::ostringstream out;
    std::ostringstream err;
    bool const failed = app.exit(event, out, err) != 0;
    bool const asks_for_help = dynamic_cast<CLI::CallForHelp const*>(&event) != nullptr;
    bool const may_be_misspelt = asks_for_help || dynamic_cast<CLI::ExtrasError const*>(&event) != nullptr ||
                                 dynamic_cast<CLI::RequiredError const*>(&event) != nullptr;
    if (auto const why = may_be_misspelt ? tool::misspelt(app, given, !asks_for_help) : std::string(); !why.empty())
        throw tool::usage_error(why + "\nRun with --help for more information.");
    print(out.str());
    std::fputs(tool::printable_lines(err.str()).c_str(), stderr);
    return failed ? tool::exit_status::usage : tool::exit_status::applied;
}

tool::exit_status print_completion(CLI::App const& app, std::string const& shell)
{
    auto const tree = tool::command_tree(app);
    print(shell == "bash"  ? tool::bash_completion(tree)
          : shell == "zsh" ? tool::zsh_completion(tree)
                           : tool::fish_completion(tree));
    return tool::exit_status::applied;
}

constexpr std::array<std::pair<char const*, tool::exit_status (*)(tool::options const&)>, 17> commands{{
    {"apply", tool::apply},
    {"validate", tool::validate},
    {"size", tool::size},
    {"diff", tool::diff},
    {"compose", tool::compose},
    {"inverse", tool::inverse},
    {"conflicts", tool::conflicts},
    {"rebase", tool::rebase},
    {"merge", tool::merge},
    {"losses", tool::losses},
    {"deepen", tool::deepen},
    {"userinfo", tool::userinfo},
    {"lock", tool::lock},
    {"policies", tool::policies},
    {"authorize", tool::authorize},
    {"users", tool::users},
    {"signup", tool::signup},
}};

tool::exit_status run(std::vector<std::string> const& arguments)
{
    tool::options given;
    auto const app = tool::command_line(given);
    try {
        app->parse(tool::shielded(arguments));
    } catch (CLI::ParseError const& event) {
        return answer(*app, event, arguments);
    }
    tool::unshield(given);
    for (auto const& [name, command] : commands) {
        if (app->got_subcommand(name))
            return command(given);
    }
    return print_completion(*app, given.shell);
}

int failed(tool::exit_status status, char const* why)
{
    std::fputs(("metapatch: " + tool::printable_lines(why) + '\n').c_str(), stderr);
    return static_cast<int>(status);
}

} // namespace

int main(int count, char** arguments)
{
    occupy_standard_descriptors();
    std::signal(SIGPIPE, SIG_IGN); // so that all is put away before it ends
    try {
        return static_cast<int>(run(tool::without_help_command({arguments + std::min(count, 1), arguments + count})));
    } catch (tool::reader_gone const&) { // as `head` does when it has enough: no fault, and nothing to say
        std::signal(SIGPIPE, SIG_DFL);
        std::raise(SIGPIPE);
        return static_cast<int>(tool::exit_status::input_output);
    } catch (tool::usage_error const& wrong) {
        return failed(tool::exit_status::usage, wrong.what());
    } catch (std::exception const& wrong) {
        return failed(tool::exit_status::input_output, wrong.what());
    }
}
