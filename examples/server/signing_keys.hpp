// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_SIGNING_KEYS_HPP
#define METAPATCH_SERVER_SIGNING_KEYS_HPP

#include "settings.hpp"

#include <string>

namespace server {

/// What tokens are signed and verified with.
struct signing_keys {
    std::string private_pem{}; ///< RSA, for RS256
    std::string public_pem{};
    std::string key_id{};
    std::string modulus{}; ///< of the public key, as JSON Web Keys have it (RFC 7518 §6.3.1)
    std::string exponent{};
    std::string hs256_secret{}; ///< "" where there is none
    bool is_of_this_process = false;
};

/// Read the keys that the settings name, or make one.
/// Exceptions: startup_error
signing_keys load_signing_keys(settings const& from);

/// The public key as a JSON Web Key Set.
std::string json_web_key_set(signing_keys const& keys);

} // namespace server

#endif
