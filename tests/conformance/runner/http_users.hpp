// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_RUNNER_HTTP_USERS_HPP
#define METAPATCH_RUNNER_HTTP_USERS_HPP

#include "http_client.hpp"

#include <chrono>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace metapatch::conformance {

/// Users that this process has created, and nobody else's: every other path is refused before it is sent. They are
/// deleted with this object.
///
/// It sends no more requests a second than it may, waits where the server says that none are left, and again where
/// there were too many.
class http_users {
public:
    http_users(http_client& client, std::string connection, double requests_per_second);
    ~http_users();
    http_users(http_users const&) = delete;
    http_users& operator=(http_users const&) = delete;

    /// Create a user: its id. An interruption is waited for until the server has answered, so that it can be deleted.
    /// Exceptions: http_error, also where the server refuses it; interrupted.
    std::string create();

    http_response get(std::string const& id);
    http_response patch(std::string const& id, std::string body);
    void remove(std::string const& id);

    /// Delete what is left. What could not be deleted, or may be there, in words.
    std::vector<std::string> remove_all();

    std::size_t requests() const { return requests_; }

private:
    http_response send(http_request const& request, bool cleaning = false);
    http_response send_to(std::string const& id, std::string method, std::string body, bool cleaning = false);
    void wait_until(std::chrono::steady_clock::time_point then, bool cleaning);

    http_client& client_;
    std::string connection_;
    std::chrono::steady_clock::duration pause_;
    std::chrono::steady_clock::time_point next_{};
    std::string run_; ///< what marks the users of this run
    std::set<std::string> own_;
    std::vector<std::string> in_doubt_; ///< addresses of users that a server was asked for, and may have created
    bool says_that_it_waits_ = true;
    std::size_t created_ = 0;
    std::size_t requests_ = 0;
};

/// What the addresses of its users begin with.
inline constexpr std::string_view user_prefix = "metapatch-conformance-";

} // namespace metapatch::conformance

#endif
