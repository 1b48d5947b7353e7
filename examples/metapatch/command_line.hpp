// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_COMMAND_LINE_HPP
#define METAPATCH_TOOL_COMMAND_LINE_HPP

#include "options.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>
#include <string>
#include <vector>

namespace tool {

/// The definition of all commands and options, which fills `into` when it parses. The help, the manual page and the
/// shells' completions all come from it.
std::unique_ptr<CLI::App> command_line(options& into);

/// The arguments so that CLI11 takes JSON for what it is: it reads `[1,2]` as two values and `{}` as none. The options
/// that it fills are as they were given, once `unshield` has seen them.
std::vector<std::string> shielded(std::vector<std::string> arguments);
void unshield(options& given);

} // namespace tool

#endif
