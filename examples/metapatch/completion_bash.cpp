// SPDX-License-Identifier: BSL-1.0
#include "command_tree.hpp"

namespace tool {

namespace {

std::string joined(std::vector<std::string> const& words, std::string_view separator)
{
    std::string text;
    for (auto const& word : words) {
        text += text.empty() ? "" : separator;
        text += word;
    }
    return text;
}

std::string action(completed_option const& option)
{
    if (!option.choices.empty())
        return "words='" + joined(option.choices, " ") + "'";
    return option.takes_file ? "files=1" : ":";
}

/// The branch for one command: the value of the option before the cursor, else options and positional arguments.
///
/// @param path  the command's name behind those that it is in
std::string branch(completed_command const& command, std::string const& path)
{
    std::string values;
    std::vector<std::string> flags;
    for (auto const& option : command.options) {
        flags.insert(flags.end(), option.flags.begin(), option.flags.end());
        if (option.takes_value) {
            values += "            ";
            values += joined(option.flags, "|");
            values += ") " + action(option) + " ;;\n";
        }
    }
    std::vector<std::string> positional_words;
    for (auto const& each : command.commands)
        positional_words.push_back(each.name);
    bool files = false;
    for (auto const& each : command.positionals) {
        positional_words.insert(positional_words.end(), each.choices.begin(), each.choices.end());
        files = files || each.takes_file;
    }
    std::string text = "    '" + path + "')\n        case \"$previous\" in\n" + values;
    text += "            *) words='" + joined(positional_words, " ") + "'\n";
    text += "               flags='" + joined(flags, " ") + "'\n";
    text += std::string("               files=") + (files ? "1" : "") + " ;;\n        esac ;;\n";
    return text;
}

/// The branches of all commands below one, and their paths.
void add_branches(completed_command const& parent, std::string const& prefix, std::vector<std::string>& paths,
                  std::string& branches)
{
    for (auto const& command : parent.commands) {
        auto const path = prefix + command.name;
        paths.push_back("'" + path + "'");
        branches += branch(command, path);
        add_branches(command, path + " ", paths, branches); // as deep as the commands are nested
    }
}

} // namespace

std::string bash_completion(completed_command const& root)
{
    std::vector<std::string> names;
    std::vector<std::string> flags;
    std::vector<std::string> paths;
    std::string branches;
    for (auto const& command : root.commands)
        names.push_back(command.name);
    add_branches(root, "", paths, branches);
    for (auto const& option : root.options)
        flags.insert(flags.end(), option.flags.begin(), option.flags.end());

    // `--output=js` reaches the function as three words, `=` among them.
    return R"(# bash completion for metapatch, printed by `metapatch completion bash`
_metapatch() {
    local current=${COMP_WORDS[COMP_CWORD]} previous= command= words= flags= files= i
    (( COMP_CWORD > 0 )) && previous=${COMP_WORDS[COMP_CWORD-1]}
    if [[ $current == = ]]; then
        current=
    elif [[ $previous == = ]]; then
        previous=${COMP_WORDS[COMP_CWORD-2]}
    fi
    for (( i = 1; i < COMP_CWORD; ++i )); do
        case "${command:+$command }${COMP_WORDS[i]}" in
        )" +
           joined(paths, "|") + R"() command=${command:+$command }${COMP_WORDS[i]} ;;
        esac
    done
    COMPREPLY=()
    case "$command" in
)" + branches +
           R"(    *)
        words=')" +
           joined(names, " ") + R"('
        flags=')" +
           joined(flags, " ") + R"(' ;;
    esac
    [[ $current == -* ]] && words=$flags
    [[ -n $words ]] && COMPREPLY=($(compgen -W "$words" -- "$current"))
    if [[ -n $files && $current != -* ]]; then
        local IFS=$'\n'
        compopt -o filenames 2>/dev/null
        COMPREPLY+=($(compgen -f -- "$current"))
    fi
}
complete -F _metapatch metapatch
)";
}

} // namespace tool
