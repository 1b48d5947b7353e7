// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_COMMAND_LINE_HPP
#define METAPATCH_SERVER_COMMAND_LINE_HPP

#include "settings.hpp"

#include <optional>

namespace server {

/// The settings; nothing where help or the version was asked for, and has been printed.
/// Exceptions: startup_error
std::optional<settings> read_command_line(int argc, char const* const* argv);

} // namespace server

#endif
