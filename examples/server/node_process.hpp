// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_NODE_PROCESS_HPP
#define METAPATCH_SERVER_NODE_PROCESS_HPP

#include <chrono>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace server {

/// A program of Node that does not go on: it has ended, or does not answer in time.
struct node_failure : std::runtime_error {
    using runtime_error::runtime_error;
};

/// There is no Node on the path.
struct node_missing : node_failure {
    using node_failure::node_failure;
};

/// A program of Node in a process of its own, which is talked to by lines, on its descriptor 3; it has no other, and
/// none of what this process keeps open. It ends with this, whatever it does.
class node_process {
public:
    using time = std::chrono::steady_clock::time_point;

    /// @param program    its text
    /// @param arguments  that it gets
    /// Exceptions: node_missing, node_failure
    node_process(std::string const& program, std::vector<std::string> const& arguments);
    node_process(node_process const&) = delete;
    node_process& operator=(node_process const&) = delete;
    ~node_process();

    /// Exceptions: node_failure
    void send(std::string line, time latest);

    /// The next line, without its end.
    /// Exceptions: node_failure
    std::string receive(time latest);

    /// Whether it has said something, or has ended.
    bool has_news() const noexcept;

    /// End the conversation: whoever waits in another thread for an answer has a `node_failure`.
    void hang_up() noexcept;

private:
    void wait_for(short events, time latest) const;

    int channel_ = -1;
    pid_t id_ = -1;
    std::string read_;
};

} // namespace server

#endif
