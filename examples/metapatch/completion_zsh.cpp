// SPDX-License-Identifier: BSL-1.0
#include "command_tree.hpp"

#include <string_view>

namespace tool {

namespace {

/// Text inside single quotes, where `[`, `]` and `:` must not end the part of an option's specification that it is in.
std::string in_zsh_quotes(std::string_view text)
{
    std::string safe;
    for (char const c : text) {
        if (c == '\'')
            safe += "'\\''";
        else if (c == '[' || c == ']' || c == ':' || c == '\\')
            safe += std::string("\\") + c;
        else
            safe += c;
    }
    return safe;
}

std::string values(completed_option const& option)
{
    if (!option.choices.empty()) {
        std::string words;
        for (auto const& choice : option.choices)
            words += (words.empty() ? "" : " ") + choice;
        return "(" + words + ")";
    }
    return option.takes_file ? "_files" : " ";
}

std::string specification(completed_option const& option)
{
    std::string text;
    for (auto const& flag : option.flags) {
        text += " \\\n            '";
        text += flag;
        text += option.takes_value && flag.starts_with("--") ? "=[" : "[";
        text += in_zsh_quotes(option.description);
        text += ']';
        if (option.takes_value)
            text += ":value:" + values(option);
        text += '\'';
    }
    return text;
}

std::string arguments(completed_command const& command)
{
    std::string text = command.commands.empty() ? "_arguments" : "state=; _arguments -C";
    for (auto const& option : command.options)
        text += specification(option);
    for (auto const& each : command.positionals) {
        text += each.repeats ? " \\\n            '*:" : " \\\n            ':";
        text += in_zsh_quotes(each.description) + ":" + values(each) + "'";
    }
    return text;
}

/// What completes the words behind a command's name. `state` and `line` are those of the command around it.
std::string completion_of(completed_command const& command)
{
    auto text = arguments(command);
    if (command.commands.empty())
        return text;
    std::string names;
    std::string branches;
    for (auto const& each : command.commands) {
        names += (names.empty() ? "" : " ") + each.name;
        branches += "                " + each.name + ") " + completion_of(each) + " ;;\n";
    }
    return text + " \\\n            '1:command:(" + names + ")' '*::argument:->argument'\n" +
           "            [[ $state == argument ]] && case $line[1] in\n" + branches + "            esac";
}

} // namespace

std::string zsh_completion(completed_command const& root)
{
    std::string names;
    std::string branches;
    for (auto const& command : root.commands) {
        names += "        '" + command.name + ":" + in_zsh_quotes(command.description) + "'\n";
        branches += "        " + command.name + ")\n            " + completion_of(command) + " ;;\n";
    }
    return R"(#compdef metapatch
# zsh completion for metapatch, printed by `metapatch completion zsh`
_metapatch() {
    local curcontext=$curcontext state line
    local -a commands
    commands=(
)" + names +
           R"(    )
    )" + arguments(root) +
           R"( \
            '1:command:->command' '*::argument:->argument'
    case $state in
    command) _describe command commands ;;
    argument)
        case $line[1] in
)" + branches +
           R"(        esac ;;
    esac
}
if [[ $funcstack[1] == _metapatch ]]; then
    _metapatch "$@"
else
    compdef _metapatch metapatch
fi
)";
}

} // namespace tool
