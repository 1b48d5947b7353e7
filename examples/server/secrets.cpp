// SPDX-License-Identifier: BSL-1.0
#include "secrets.hpp"

#include "startup_error.hpp"

#include <algorithm>
#include <array>
#include <crypt.h>
#include <fstream>
#include <memory>
#include <new>
#include <sodium.h>
#include <vector>

namespace server {

namespace {

std::string in_hex(std::vector<unsigned char> const& bytes)
{
    std::string made(2 * bytes.size() + 1, '\0');
    ::sodium_bin2hex(made.data(), made.size(), bytes.data(), bytes.size());
    made.pop_back();
    return made;
}

bool is_bcrypt(std::string_view hash) noexcept
{
    return hash.starts_with("$2a$") || hash.starts_with("$2b$") || hash.starts_with("$2y$");
}

bool is_bcrypt_of(std::string_view password, std::string const& hash)
{
    std::string const text(password);
    if (text.find('\0') != std::string::npos)
        return false; // it would end there
    auto const scratch = std::make_unique<crypt_data>();
    char const* const made = ::crypt_r(text.c_str(), hash.c_str(), scratch.get());
    return made != nullptr && are_equal_secrets(made, hash);
}

} // namespace

void prepare_cryptography()
{
    if (::sodium_init() < 0)
        throw startup_error(exit_status::usage, "libsodium cannot be used here");
}

std::string random_hex(std::size_t bytes)
{
    std::vector<unsigned char> random(bytes);
    ::randombytes_buf(random.data(), random.size());
    return in_hex(random);
}

std::string hashed_password(std::string_view password)
{
    std::array<char, crypto_pwhash_STRBYTES> hash{};
    if (::crypto_pwhash_str(hash.data(), password.data(), password.size(), crypto_pwhash_OPSLIMIT_INTERACTIVE,
                            crypto_pwhash_MEMLIMIT_INTERACTIVE) != 0)
        throw std::bad_alloc();
    return hash.data();
}

bool is_password(std::string_view password, std::string const& hash)
{
    if (is_bcrypt(hash))
        return is_bcrypt_of(password, hash);
    return ::crypto_pwhash_str_verify(hash.c_str(), password.data(), password.size()) == 0;
}

bool is_known_hash(std::string_view hash) noexcept
{
    return is_bcrypt(hash) || (hash.starts_with("$argon2") && hash.size() < crypto_pwhash_STRBYTES);
}

std::string hashed_secret(std::string_view secret)
{
    std::vector<unsigned char> print(crypto_generichash_BYTES);
    ::crypto_generichash(print.data(), print.size(), reinterpret_cast<unsigned char const*>(secret.data()),
                         secret.size(), nullptr, 0);
    return in_hex(print);
}

std::string sha256_base64url(std::string_view text, std::size_t bytes)
{
    constexpr auto variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
    ::crypto_hash_sha256(hash.data(), reinterpret_cast<unsigned char const*>(text.data()), text.size());
    std::array<char, sodium_base64_ENCODED_LEN(crypto_hash_sha256_BYTES, sodium_base64_VARIANT_URLSAFE)> made{};
    return ::sodium_bin2base64(made.data(), made.size(), hash.data(), std::min(bytes, hash.size()), variant);
}

bool are_equal_secrets(std::string_view one, std::string_view other)
{
    // Of their fingerprints the lengths are equal, and tell nothing.
    auto const left = hashed_secret(one);
    auto const right = hashed_secret(other);
    return ::sodium_memcmp(left.data(), right.data(), left.size()) == 0;
}

std::string secret_in_file(std::string const& path)
{
    std::ifstream file(path);
    std::string line;
    if (!file || !std::getline(file, line))
        throw startup_error(exit_status::usage, "no secret can be read from " + path);
    if (!line.empty() && line.back() == '\r')
        line.pop_back();
    if (line.empty())
        throw startup_error(exit_status::usage, "the first line of " + path + " is empty, and should be a secret");
    return line;
}

} // namespace server
