// SPDX-License-Identifier: BSL-1.0
#include "large_profiles.hpp"

#include "progress.hpp"

namespace tool {

std::string large_profiles_in_words(std::uint64_t users, metapatch::auth0::user_rules const& rules)
{
    return users == 0 ? std::string()
                      : grouped(users) + (users == 1 ? " user takes" : " users take") + " more than " +
                            grouped(rules.large_profile_bytes) + " bytes: writes may fail from " +
                            std::string(metapatch::auth0::large_profiles_end) + " on";
}

std::string large_profile_in_words(std::size_t size, metapatch::auth0::user_rules const& rules)
{
    return "the user takes " + std::to_string(size) + " bytes: beyond " + std::to_string(rules.large_profile_bytes) +
           " writes may fail from " + std::string(metapatch::auth0::large_profiles_end) + " on";
}

} // namespace tool
