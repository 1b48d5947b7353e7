// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_STARTUP_ERROR_HPP
#define METAPATCH_SERVER_STARTUP_ERROR_HPP

#include <stdexcept>
#include <string>

namespace server {

/// What the exit status says.
enum class exit_status : int {
    stopped = 0,     ///< it has served, and was asked to stop
    usage = 2,       ///< an option, a key or a file that it names is wrong
    unavailable = 3, ///< the port is taken, or the store cannot be reached
};

/// Why the server does not start, in one line.
struct startup_error : std::runtime_error {
    startup_error(exit_status with, std::string const& why) : runtime_error(why), status(with) {}

    exit_status status;
};

} // namespace server

#endif
