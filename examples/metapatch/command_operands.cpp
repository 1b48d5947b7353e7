// SPDX-License-Identifier: BSL-1.0
#include "command_operands.hpp"

#include "errors.hpp"

#include <algorithm>

namespace tool {

two_states from_and_to(options const& asked)
{
    check_standard_input(asked);
    auto const& [first, second, third] = asked.operands;
    if ((asked.from_absent || asked.to_absent) && !asked.field.empty())
        throw usage_error("with --field an absent field is a missing member: no --from-absent or --to-absent");
    if (asked.from_absent && asked.to_absent ? first.has_value() : !first)
        throw usage_error("FROM and TO are required, or --from-absent for FROM, or --to-absent for TO");
    if (asked.from_absent || asked.to_absent) {
        if (second)
            throw usage_error("--from-absent stands for FROM, and --to-absent for TO: give the other one alone");
        return asked.from_absent ? two_states{std::nullopt, first} : two_states{first, std::nullopt};
    }
    if (!second)
        throw usage_error("FROM and TO are required, or --from-absent for FROM, or --to-absent for TO");
    return {first, second};
}

state_and_patch stored_and_patch(options const& asked)
{
    check_standard_input(asked);
    auto const& [first, second, third] = asked.operands;
    if (asked.absent && (!first || second || !asked.field.empty()))
        throw usage_error("--absent stands for STORED: PATCH alone goes with it, and no --field");
    if (!asked.absent && !second)
        throw usage_error("STORED and PATCH are required (or --absent and PATCH)");
    return asked.absent ? state_and_patch{std::nullopt, *first} : state_and_patch{first, *second};
}

void check_standard_input(options const& asked)
{
    if (std::ranges::count(asked.operands, std::optional<std::string>("-")) > 1)
        throw usage_error("standard input can be one of the arguments alone");
}

} // namespace tool
