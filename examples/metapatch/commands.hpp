// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_COMMANDS_HPP
#define METAPATCH_TOOL_COMMANDS_HPP

#include "errors.hpp"
#include "field_policy.hpp"
#include "options.hpp"

#include <optional>

namespace tool {

exit_status apply(options const& asked);
exit_status validate(options const& asked);
exit_status size(options const& asked);
exit_status policies(options const& asked);

/// The policy that `--profile` or `--policy` names; nothing where neither is given.
std::optional<named_policy> optional_policy(options const& asked);

/// The same, where a command cannot do without.
named_policy required_policy(options const& asked);

/// Whether the answer on standard output is for people.
bool answers_in_text(options const& asked);

} // namespace tool

#endif
