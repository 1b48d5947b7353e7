// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_SECRETS_HPP
#define METAPATCH_SERVER_SECRETS_HPP

#include <cstddef>
#include <string>
#include <string_view>

namespace server {

/// Must be called once, before the others. Exceptions: startup_error
void prepare_cryptography();

/// So many random bytes, in hexadecimal.
std::string random_hex(std::size_t bytes);

/// Argon2id, with its salt and its costs: about 64 MiB and some 50 ms, so not on a thread that others wait for.
std::string hashed_password(std::string_view password);

/// Whether a password has that hash: of Argon2, or of bcrypt as Auth0's import files have it.
bool is_password(std::string_view password, std::string const& hash);

/// Whether it is a hash that `is_password` knows.
bool is_known_hash(std::string_view hash) noexcept;

/// A fingerprint of a long random secret, which needs no costs: nobody guesses it.
std::string hashed_secret(std::string_view secret);

/// The first bytes of SHA-256, in base64url. Source: RFC 7636 §4.2; OpenID Connect Core 1.0 §3.1.3.6, of `at_hash`
/// @param bytes  at most 32
std::string sha256_base64url(std::string_view text, std::size_t bytes);

/// Whether two secrets are equal, in a time that does not tell where they differ.
bool are_equal_secrets(std::string_view one, std::string_view other);

/// The first line of a file. Exceptions: startup_error
std::string secret_in_file(std::string const& path);

} // namespace server

#endif
