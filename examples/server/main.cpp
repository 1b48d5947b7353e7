// SPDX-License-Identifier: BSL-1.0
#include "command_line.hpp"
#include "event_log.hpp"
#include "running_server.hpp"
#include "secrets.hpp"
#include "startup_error.hpp"
#include "store.hpp"

#include <csignal>
#include <exception>
#include <iostream>

int main(int argc, char** argv)
try {
    std::signal(SIGPIPE, SIG_IGN); // a log that nobody reads is no reason to end
    auto const settings = server::read_command_line(argc, argv);
    if (!settings)
        return static_cast<int>(server::exit_status::stopped);
    server::prepare_cryptography();
    server::run(*settings);
    return static_cast<int>(server::exit_status::stopped);
} catch (server::startup_error const& why) {
    std::cerr << "metapatch-server: " << why.what() << '\n';
    return static_cast<int>(why.status);
} catch (server::store_unavailable const& why) {
    std::cerr << "metapatch-server: the store is not available: " << why.what() << '\n';
    return static_cast<int>(server::exit_status::unavailable);
} catch (std::exception const& why) {
    std::cerr << "metapatch-server: " << why.what() << '\n';
    return static_cast<int>(server::exit_status::unavailable);
}
