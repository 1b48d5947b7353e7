// SPDX-License-Identifier: BSL-1.0
#include "interruption.hpp"

#include <csignal>
#include <initializer_list>

namespace metapatch::conformance {

namespace {

volatile std::sig_atomic_t noted = 0;

extern "C" void note(int)
{
    noted = noted == 0 ? 1 : 2;
}

} // namespace

void note_interruptions()
{
    struct sigaction action {};
    action.sa_handler = note; // without SA_RESTART: what waits is to wake up
    ::sigemptyset(&action.sa_mask);
    for (int const signal : {SIGINT, SIGTERM, SIGHUP})
        ::sigaction(signal, &action, nullptr);
}

bool is_interrupted() noexcept
{
    return noted != 0;
}

bool is_interrupted_again() noexcept
{
    return noted > 1;
}

} // namespace metapatch::conformance
