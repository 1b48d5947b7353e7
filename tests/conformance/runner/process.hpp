// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_RUNNER_PROCESS_HPP
#define METAPATCH_RUNNER_PROCESS_HPP

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace metapatch::conformance {

using deadline = std::chrono::steady_clock::time_point;

inline deadline deadline_in(std::chrono::duration<double> time)
{
    return std::chrono::steady_clock::now() + std::chrono::duration_cast<std::chrono::steady_clock::duration>(time);
}

/// How waiting for a line ended.
enum class line_end { line, closed, timed_out, too_long };

/// How a process ended.
struct process_end {
    bool by_signal;
    int number; ///< of the signal, or its status

    std::string words() const;
};

/// A process that is spoken to in lines over its standard input and output. It ends with this object, and all that it
/// started and left in its process group.
class child_process {
public:
    /// The longest line that is taken from it.
    static constexpr std::size_t max_line_bytes = std::size_t{512} << 20;

    /// @param command      the program, looked up as a shell does, and its arguments
    /// @param show_errors  its standard error is ours; else the end of it is kept
    /// Exceptions: no_driver, where it cannot be started.
    child_process(std::vector<std::string> const& command, bool show_errors);
    ~child_process();
    child_process(child_process const&) = delete;
    child_process& operator=(child_process const&) = delete;

    /// Send a text and wait for a line. It reads while it writes: neither side has to wait for the other.
    ///
    /// @param line  the line without its end; where none came, what came of it
    /// Exceptions: interrupted.
    line_end exchange(std::string_view text, std::string& line, deadline until);

    /// Whether it said more than it was asked for.
    bool has_more_to_say() const { return !read_.empty(); }

    /// Close its input and wait for its end; nothing where it does not end in time.
    std::optional<process_end> finish(deadline until);

    /// The end of what it said on standard error.
    std::string const& errors() const { return errors_; }

private:
    void take_errors();
    bool wait(short input_events, deadline until); ///< false when the time is over

    pid_t pid_ = -1;
    int input_ = -1;
    int output_ = -1;
    int error_ = -1;
    bool can_write_ = false;
    bool can_read_ = false;
    std::string read_; // beyond the last line
    std::string errors_;
};

} // namespace metapatch::conformance

#endif
