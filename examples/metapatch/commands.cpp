// SPDX-License-Identifier: BSL-1.0
#include "commands.hpp"

#include "input.hpp"
#include "policy_file.hpp"

#include <filesystem>
#include <system_error>

namespace tool {

std::optional<named_policy> optional_policy(options const& asked)
{
    std::error_code none;
    if (find_profile(asked.policy) && !std::filesystem::exists(asked.policy, none))
        throw usage_error("--policy is a file, and " + asked.policy + " is built in: --profile " + asked.policy);
    if (!asked.policy.empty())
        return read_policy(read_argument(asked.policy), is_literal(asked.policy) ? "--policy" : asked.policy);
    if (!asked.profile.empty())
        return find_profile(asked.profile);
    return std::nullopt;
}

named_policy required_policy(options const& asked)
{
    auto policy = optional_policy(asked);
    if (!policy)
        throw usage_error("--profile NAME or --policy FILE is required; `metapatch policies` lists the profiles");
    return *policy;
}

} // namespace tool
