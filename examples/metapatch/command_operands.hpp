// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_COMMAND_OPERANDS_HPP
#define METAPATCH_TOOL_COMMAND_OPERANDS_HPP

#include "options.hpp"

#include <optional>
#include <string>

namespace tool {

/// FROM and TO; nothing where `--from-absent` or `--to-absent` stands for one. Throws `usage_error`.
struct two_states {
    std::optional<std::string> from;
    std::optional<std::string> to;
};
two_states from_and_to(options const& asked);

/// STORED and PATCH; nothing where `--absent` stands for STORED. Throws `usage_error`.
struct state_and_patch {
    std::optional<std::string> stored;
    std::string patch;
};
state_and_patch stored_and_patch(options const& asked);

/// Throws `usage_error` where standard input is more than one of the operands.
void check_standard_input(options const& asked);

} // namespace tool

#endif
