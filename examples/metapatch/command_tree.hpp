// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_COMMAND_TREE_HPP
#define METAPATCH_TOOL_COMMAND_TREE_HPP

#include <CLI/App.hpp>
#include <string>
#include <vector>

namespace tool {

/// What a shell needs to know of an option or of a positional argument.
struct completed_option {
    std::vector<std::string> flags; ///< such as `-q` and `--quiet`; empty for a positional argument
    std::string description;
    bool takes_value = false;
    bool takes_file = false;
    bool repeats = false;             ///< it takes all that is left
    std::vector<std::string> choices; ///< the values that it admits, where they are known
};

/// A command, as the definition of the command line has it.
struct completed_command {
    std::string name;
    std::string description;
    std::vector<completed_option> options;
    std::vector<completed_option> positionals;
    std::vector<completed_command> commands;
};

completed_command command_tree(CLI::App const& app);

/// The script that completes the command in each shell.
std::string bash_completion(completed_command const& root);
std::string zsh_completion(completed_command const& root);
std::string fish_completion(completed_command const& root);

} // namespace tool

#endif
