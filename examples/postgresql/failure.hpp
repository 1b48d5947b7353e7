// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_POSTGRESQL_FAILURE_HPP
#define METAPATCH_POSTGRESQL_FAILURE_HPP

#include "postgres.hpp"

namespace store {

/// How a call of C++ ended. PostgreSQL raises an error by a jump over all frames, and no exception may reach its own:
/// so C++ ends first, with one of these and what is to be said of it.
enum class ending : std::uint8_t {
    done,
    refused,        ///< by the rules of the field
    denied,         ///< by Auth0's rules for a whole request
    wrong_argument, ///< there is no such policy
    too_long,       ///< for a jsonb
    out_of_memory,
    failed,
};

/// What an error says.
struct failure {
    std::string message{};
    std::string detail{};  ///< JSON: all violations, or the service's whole refusal
    std::string code{};    ///< of the first violation
    std::string pointer{}; ///< to it

    /// Exceptions: std::bad_alloc
    ending refused(metapatch::report const& why);
    ending denied(metapatch::auth0::refusal const& why);
};

/// Run what may throw, and returns an ending.
template<class Run>
ending guarded(failure& why, Run const& run) noexcept
{
    try {
        try {
            return run();
        } catch (functions::wrong_argument const& mistake) {
            why.message = mistake.what();
            return ending::wrong_argument;
        } catch (std::bad_alloc const&) {
            return ending::out_of_memory;
        } catch (std::exception const& fault) {
            why.message = fault.what();
            return ending::failed;
        }
    } catch (...) { // no memory for the message
        return ending::out_of_memory;
    }
}

/// Raise the error; of `done` there is none. No frame of C++ with anything to destroy may be below.
void raise_unless_done(ending how, failure const& why);
[[noreturn]] void raise_out_of_memory();

} // namespace store

#endif
