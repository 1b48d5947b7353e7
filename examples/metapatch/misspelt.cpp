// SPDX-License-Identifier: BSL-1.0
#include "misspelt.hpp"

#include "nearest.hpp"

#include <algorithm>
#include <cstddef>

namespace tool {

namespace {

std::vector<CLI::App const*> commands_of(CLI::App const& app)
{
    return app.get_subcommands([](CLI::App const*) { return true; });
}

std::string or_nearest(std::string const& what, std::string const& written, std::vector<std::string> const& names)
{
    auto const meant = nearest(written, names);
    return what + (meant.empty() ? std::string() : "; is it " + meant + "?");
}

std::string misspelt_command(CLI::App const& app, std::string const& path, std::string const& written)
{
    std::vector<std::string> names;
    for (auto const* const command : commands_of(app))
        names.push_back(command->get_name());
    auto text = or_nearest("there is no command " + path + written, written, names) + "\nThere is";
    for (auto const& name : by_nearness(written, names))
        text += (text.ends_with("is") ? " " : ", ") + name;
    return text;
}

/// @param given  the arguments of the command
std::string misspelt_option(CLI::App const& command, std::string const& path, std::vector<std::string> const& given)
{
    std::vector<std::string> names;
    for (auto const* const option : command.get_options()) {
        for (auto const& name : option->get_lnames())
            names.push_back("--" + name);
    }
    for (auto const& argument : given) {
        auto const name = argument.substr(0, argument.find('='));
        if (argument == "--")
            break;
        if (argument.starts_with("--") && command.get_option_no_throw(name) == nullptr)
            return or_nearest("there is no option " + name + (path.empty() ? "" : " of " + path), name, names);
    }
    return {};
}

} // namespace

std::vector<std::string> without_help_command(std::vector<std::string> arguments)
{
    if (arguments.empty() || arguments.front() != "help")
        return arguments;
    arguments.erase(arguments.begin());
    arguments.emplace_back("--help");
    return arguments;
}

std::string misspelt(CLI::App const& whole, std::vector<std::string> const& arguments, bool options)
{
    auto const* command = &whole;
    std::string path;
    std::size_t i = 0;
    for (; i < arguments.size() && !commands_of(*command).empty() && !arguments[i].starts_with('-'); ++i) {
        auto const commands = commands_of(*command);
        auto const next = std::ranges::find(commands, arguments[i], [](auto const* each) { return each->get_name(); });
        if (next == commands.end())
            return misspelt_command(*command, path, arguments[i]);
        command = *next;
        path += arguments[i] + ' ';
    }
    if (!options)
        return {};
    if (!path.empty())
        path.pop_back();
    return misspelt_option(*command, path, {arguments.begin() + static_cast<std::ptrdiff_t>(i), arguments.end()});
}

} // namespace tool
