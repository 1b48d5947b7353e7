// SPDX-License-Identifier: BSL-1.0
#include "command_tree.hpp"

#include <string_view>

namespace tool {

namespace {

std::string in_fish_quotes(std::string_view text)
{
    std::string safe = "'";
    for (char const c : text) {
        if (c == '\'' || c == '\\')
            safe += '\\';
        safe += c;
    }
    return safe + "'";
}

std::string words(std::vector<std::string> const& choices)
{
    std::string text;
    for (auto const& choice : choices)
        text += (text.empty() ? "" : " ") + choice;
    return in_fish_quotes(text);
}

std::string line(std::string const& condition, completed_option const& option)
{
    std::string text = "complete -c metapatch -n " + in_fish_quotes(condition);
    for (auto const& flag : option.flags)
        text += flag.starts_with("--") ? " -l " + flag.substr(2) : " -s " + flag.substr(1);
    if (!option.choices.empty())
        text += " -x -a " + words(option.choices);
    else if (option.takes_value)
        text += option.takes_file ? " -r -F" : " -x";
    if (!option.flags.empty())
        text += " -d " + in_fish_quotes(option.description);
    return text + '\n';
}

/// The commands of another, their options and positional arguments, and the commands in them.
///
/// @param condition  under which these commands are completed
/// @param inside     what holds inside the other command, followed by "; and "; empty for the program itself
void add_commands(completed_command const& parent, std::string const& condition, std::string const& inside,
                  std::string& text)
{
    for (auto const& command : parent.commands) {
        text += "complete -c metapatch -n " + in_fish_quotes(condition) + " -a " + command.name + " -d " +
                in_fish_quotes(command.description) + '\n';
        auto const seen = inside + "__fish_seen_subcommand_from " + command.name;
        for (auto const& option : command.options)
            text += line(seen, option);
        for (auto const& each : command.positionals)
            text += line(seen, each);
        std::string names;
        for (auto const& each : command.commands)
            names += " " + each.name;
        add_commands(command, seen + "; and not __fish_seen_subcommand_from" + names, seen + "; and ", text);
    }
}

} // namespace

std::string fish_completion(completed_command const& root)
{
    std::string text = "# fish completion for metapatch, printed by `metapatch completion fish`\n"
                       "complete -c metapatch -f\n";
    for (auto const& option : root.options)
        text += line("__fish_use_subcommand", option);
    add_commands(root, "__fish_use_subcommand", "", text);
    return text;
}

} // namespace tool
