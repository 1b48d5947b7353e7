// SPDX-License-Identifier: BSL-1.0
#include "command_tree.hpp"

#include <string_view>

namespace tool {

namespace {

std::string in_quotes(std::string_view text)
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
    return in_quotes(text);
}

std::string line(std::string const& condition, completed_option const& option)
{
    std::string text = "complete -c metapatch -n " + in_quotes(condition);
    for (auto const& flag : option.flags)
        text += flag.starts_with("--") ? " -l " + flag.substr(2) : " -s " + flag.substr(1);
    if (!option.choices.empty())
        text += " -x -a " + words(option.choices);
    else if (option.takes_value)
        text += option.takes_file ? " -r -F" : " -x";
    if (!option.flags.empty())
        text += " -d " + in_quotes(option.description);
    return text + '\n';
}

} // namespace

std::string fish_completion(completed_command const& root)
{
    std::string text = "# fish completion for metapatch, printed by `metapatch completion fish`\n"
                       "complete -c metapatch -f\n";
    for (auto const& option : root.options)
        text += line("__fish_use_subcommand", option);
    for (auto const& command : root.commands) {
        text += "complete -c metapatch -n __fish_use_subcommand -a " + command.name + " -d " +
                in_quotes(command.description) + '\n';
        auto const condition = "__fish_seen_subcommand_from " + command.name;
        for (auto const& option : command.options)
            text += line(condition, option);
        for (auto const& each : command.positionals)
            text += line(condition, each);
    }
    return text;
}

} // namespace tool
