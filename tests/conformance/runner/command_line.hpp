// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_RUNNER_COMMAND_LINE_HPP
#define METAPATCH_RUNNER_COMMAND_LINE_HPP

#include "options.hpp"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>
#include <string>
#include <vector>

namespace metapatch::conformance {

/// The definition of all commands and options, which fills `into` when it parses.
std::unique_ptr<CLI::App> command_line(options& into);

/// The arguments before the first `--`, last to first as CLI11 wants them, with the command that is meant where
/// none is named; what stands behind it is the driver's command.
std::vector<std::string> arguments_before_command(int count, char const* const* arguments, options& into);

} // namespace metapatch::conformance

#endif
