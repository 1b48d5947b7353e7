// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_ERRORS_HPP
#define METAPATCH_TOOL_ERRORS_HPP

#include <stdexcept>

namespace tool {

/// What the tool's exit status says. Scripts rely on the numbers.
enum class exit_status : int {
    applied = 0,      ///< everything asked for was done
    refused = 1,      ///< something was refused, is impossible, or is what a command looks for: a conflict, a loss
    usage = 2,        ///< the command line or a policy file is wrong
    input_output = 3, ///< something could not be read or written, or inputs do not match
    nothing = 4,      ///< there is nothing to send; a status of its own, so that no script sends `{}` instead
};

/// The command line or a policy file is wrong.
struct usage_error : std::runtime_error {
    using runtime_error::runtime_error;
};

/// Something could not be read or written.
struct io_error : std::runtime_error {
    using runtime_error::runtime_error;
};

/// Whoever reads standard output has enough.
struct reader_gone : io_error {
    using io_error::io_error;
};

} // namespace tool

#endif
