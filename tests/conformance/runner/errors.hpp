// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_RUNNER_ERRORS_HPP
#define METAPATCH_RUNNER_ERRORS_HPP

#include <stdexcept>

namespace metapatch::conformance {

/// What a script can rely on.
enum class exit_status {
    as_expected = 0,
    failures = 1,
    usage = 2,     ///< the command line, a vector, a list of failures or a report is no good
    no_driver = 3, ///< the driver cannot be started, or does not speak mpcp/1; or the server cannot be reached
    interrupted = 130,
};

/// The caller asked for something that cannot be done.
class usage_error : public std::runtime_error {
    using runtime_error::runtime_error;
};

/// There is nobody to ask.
class no_driver : public std::runtime_error {
    using runtime_error::runtime_error;
};

} // namespace metapatch::conformance

#endif
