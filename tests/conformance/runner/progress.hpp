// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_RUNNER_PROGRESS_HPP
#define METAPATCH_RUNNER_PROGRESS_HPP

#include <chrono>
#include <cstddef>

namespace metapatch::conformance {

/// A bar on standard error that is drawn over again, at most ten times a second.
class progress {
public:
    progress(bool shown, std::size_t total) : shown_(shown), total_(total) {}
    progress(progress const&) = delete;
    progress& operator=(progress const&) = delete;
    ~progress() { clear(); }

    void at(std::size_t done, std::size_t wrong);

    /// Take the bar away, so that other messages can stand there.
    void clear();

private:
    bool shown_;
    bool drawn_ = false;
    std::size_t total_;
    std::chrono::steady_clock::time_point last_{};
};

} // namespace metapatch::conformance

#endif
