// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_USER_OPTIONS_HPP
#define METAPATCH_TOOL_USER_OPTIONS_HPP

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

    bool creates = false; ///< users, and does not patch them
    bool headers = false;
    bool response = false;
};

} // namespace tool

#endif
