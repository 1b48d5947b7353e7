// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_MISSPELT_HPP
#define METAPATCH_TOOL_MISSPELT_HPP

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <string>
#include <vector>

namespace tool {

/// `help`, and `help COMMAND`, as what they mean: `--help`, and `COMMAND --help`.
std::vector<std::string> without_help_command(std::vector<std::string> arguments);

/// What is said of a command or of an option that there is not, with the nearest that there is; "" where that is not
/// what is wrong.
///
/// @param arguments  in their order, without the program's name
/// @param options    whether options are looked at too
std::string misspelt(CLI::App const& whole, std::vector<std::string> const& arguments, bool options);

} // namespace tool

#endif
