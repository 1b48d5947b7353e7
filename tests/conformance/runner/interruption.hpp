// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_RUNNER_INTERRUPTION_HPP
#define METAPATCH_RUNNER_INTERRUPTION_HPP

#include <exception>

namespace metapatch::conformance {

/// Somebody wants the program to end. What it has begun, it must clean up.
class interrupted : public std::exception {
public:
    char const* what() const noexcept override { return "interrupted"; }
};

/// From now on, the signals to end (SIGINT, SIGTERM, SIGHUP) are only noted.
void note_interruptions();

bool is_interrupted() noexcept;

/// Somebody does not even want to wait for what is cleaned up.
bool is_interrupted_again() noexcept;

/// Exceptions: interrupted.
inline void throw_if_interrupted()
{
    if (is_interrupted())
        throw interrupted();
}

} // namespace metapatch::conformance

#endif
