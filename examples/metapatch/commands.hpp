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
exit_status diff(options const& asked);
exit_status compose(options const& asked);
exit_status inverse(options const& asked);
exit_status conflicts(options const& asked);
exit_status rebase(options const& asked);
exit_status merge(options const& asked);
exit_status losses(options const& asked);
exit_status deepen(options const& asked);
exit_status userinfo(options const& asked);
exit_status lock(options const& asked);
exit_status policies(options const& asked);
exit_status authorize(options const& asked);
exit_status users(options const& asked);
exit_status users_patch(options const& asked);
exit_status users_create(options const& asked);
exit_status signup(options const& asked);

/// The policy that `--profile` or `--policy` names; nothing where neither is given.
std::optional<named_policy> optional_policy(options const& asked);

/// The same, where a command cannot do without.
named_policy required_policy(options const& asked);

} // namespace tool

#endif
