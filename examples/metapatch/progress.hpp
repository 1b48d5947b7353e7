// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_PROGRESS_HPP
#define METAPATCH_TOOL_PROGRESS_HPP

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace tool {

/// A line on standard error that is drawn over again: a bar where the size of the input is known, else a count.
class progress {
public:
    progress(bool shown, std::optional<std::uint64_t> total_bytes);
    progress(progress const&) = delete;
    progress& operator=(progress const&) = delete;
    ~progress() { clear(); }

    /// Say how far it is. Draws at most ten times a second, and asks the clock only now and then.
    void at(std::uint64_t lines, std::uint64_t bytes)
    {
        if (shown_ && (++calls_ & 0x3FU) == 0)
            maybe_draw(lines, bytes);
    }

    /// Take the line away, so that other messages can stand there.
    void clear();

    /// Since the start.
    double seconds() const;

private:
    using clock = std::chrono::steady_clock;

    void maybe_draw(std::uint64_t lines, std::uint64_t bytes);

    bool shown_;
    bool drawn_ = false;
    std::optional<std::uint64_t> total_bytes_;
    std::uint64_t calls_ = 0;
    clock::time_point start_ = clock::now();
    clock::time_point last_ = start_;
};

/// A count with its thousands apart: 1,234,567.
std::string grouped(std::uint64_t number);

} // namespace tool

#endif
