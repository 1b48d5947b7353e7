// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_USER_OPTIONS_HPP
#define METAPATCH_TOOL_USER_OPTIONS_HPP

#include <metapatch/auth0/management/user_rules.hpp>

#include <cstddef>
#include <optional>
#include <string>

namespace tool {

/// What the command line says of whole requests and who makes them.
struct user_options {
    std::optional<std::string> document{}; ///< the stored user
    std::optional<std::string> body{};

    std::string table = "enforced";
    std::string operation{};
    std::optional<std::string> scopes{};
    std::optional<std::string> subject{};
    std::optional<std::string> user_id{};

    std::size_t warn_beyond = metapatch::auth0::standard_user_rules.large_profile_bytes;

    bool creates = false; ///< users, and does not patch them
    bool headers = false;
    bool response = false;
    bool passkey = false; ///< the body is that of a passkey challenge
};

} // namespace tool

#endif
