// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_SETTINGS_HPP
#define METAPATCH_SERVER_SETTINGS_HPP

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace server {

/// What the command line says. Texts that are "" are not given.
struct settings {
    std::string host = "127.0.0.1"; ///< this machine alone
    std::uint16_t port = 8080;      ///< 0: any that is free
    std::string tls_certificate{};  ///< files of PEM; both or none
    std::string tls_key{};
    unsigned threads = 0; ///< 0: one for each processor

    std::string store = ":memory:"; ///< `sqlite:PATH`, `postgresql://…` or `:memory:`
    std::vector<std::string> seeds{};

    std::string issuer{};                 ///< by default the address of the server
    std::vector<std::string> audiences{}; ///< by default the issuer's `api/v2/`
    std::string signing_key{};            ///< a file of PEM; by default a key of this process alone
    std::string hs256_secret_file{};      ///< tokens by HS256 too
    bool signs_with_hs256 = false;
    std::chrono::seconds token_lifetime{86'400};

    std::string client_id = "metapatch";
    std::string client_secret_file{};       ///< or the environment's METAPATCH_CLIENT_SECRET
    std::vector<std::string> callbacks{};   ///< of that client, as others have them in their documents
    std::vector<std::string> logout_urls{}; ///< the same
    bool grants_by_password = false;
    bool documented_permissions = false;

    std::string rules{}; ///< folders of scripts
    std::string actions{};
    std::chrono::seconds script_timeout{20}; ///< for all Rules and Actions of a login

    std::vector<std::string> cors_origins{}; ///< none: every one
    bool logs_requests = true;

    std::size_t max_body_bytes = std::size_t{17} << 20; ///< a little more than all metadata of a user
    std::uint32_t max_header_bytes = 16'384;
    std::size_t max_connections = 20'000;
    std::size_t rate_limit = 0; ///< requests to the Management API in each span; 0: no limit
    std::chrono::seconds rate_limit_span{1};
    std::chrono::seconds request_timeout{30}; ///< for a head, for a body, for an answer
    std::chrono::seconds idle_timeout{75};    ///< between requests
    std::chrono::seconds stop_timeout{10};    ///< for what is being answered when the server is asked to stop
};

} // namespace server

#endif
