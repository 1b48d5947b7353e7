// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_LARGE_PROFILES_HPP
#define METAPATCH_TOOL_LARGE_PROFILES_HPP

#include <metapatch/auth0/management/user_rules.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

namespace tool {

/// That so many users of a batch are large; "" where none is.
std::string large_profiles_in_words(std::uint64_t users, metapatch::auth0::user_rules const& rules);

/// That one user is.
std::string large_profile_in_words(std::size_t size, metapatch::auth0::user_rules const& rules);

} // namespace tool

#endif
