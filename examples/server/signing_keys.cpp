// SPDX-License-Identifier: BSL-1.0
#include "signing_keys.hpp"

#include "secrets.hpp"
#include "startup_error.hpp"

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cstdio>
#include <memory>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <sodium.h>
#include <vector>

namespace server {

namespace {

template<auto Free>
struct frees {
    template<class T>
    void operator()(T* what) const noexcept
    {
        Free(what);
    }
};
using key_pointer = std::unique_ptr<EVP_PKEY, frees<::EVP_PKEY_free>>;
using bio_pointer = std::unique_ptr<BIO, frees<::BIO_free_all>>;
using number_pointer = std::unique_ptr<BIGNUM, frees<::BN_free>>;
using file_pointer = std::unique_ptr<std::FILE, frees<std::fclose>>;

constexpr int least_bits = 2048;               // RFC 7518 §3.3
constexpr std::size_t least_secret_bytes = 32; // RFC 7518 §3.2

/// Nobody is asked for a password: the server has no terminal.
int no_password(char*, int, int, void*)
{
    return -1;
}

key_pointer read_key(std::string const& path)
{
    file_pointer const file(std::fopen(path.c_str(), "r"));
    if (!file)
        throw startup_error(exit_status::usage, "the signing key " + path + " cannot be read");
    key_pointer key(::PEM_read_PrivateKey(file.get(), nullptr, no_password, nullptr));
    if (!key)
        throw startup_error(exit_status::usage,
                            "the signing key " + path + " is no private key in PEM without a password");
    if (::EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_RSA || ::EVP_PKEY_get_bits(key.get()) < least_bits)
        throw startup_error(exit_status::usage, "the signing key " + path + " is no RSA key of at least 2048 bits");
    return key;
}

std::string base64url(std::vector<unsigned char> const& bytes)
{
    constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string made(::sodium_base64_encoded_len(bytes.size(), variant), '\0');
    ::sodium_bin2base64(made.data(), made.size(), bytes.data(), bytes.size(), variant);
    made.pop_back();
    return made;
}

std::string number_of(EVP_PKEY const* key, char const* part)
{
    BIGNUM* number = nullptr;
    if (::EVP_PKEY_get_bn_param(key, part, &number) != 1)
        throw startup_error(exit_status::usage, "OpenSSL does not tell the public key");
    number_pointer const owned(number);
    std::vector<unsigned char> bytes(static_cast<std::size_t>(BN_num_bytes(number)));
    ::BN_bn2bin(number, bytes.data());
    return base64url(bytes);
}

template<class Write>
std::string pem_of(Write write)
{
    bio_pointer const memory(::BIO_new(::BIO_s_mem()));
    if (!memory || write(memory.get()) != 1)
        throw startup_error(exit_status::usage, "OpenSSL does not write the signing key");
    char* bytes = nullptr;
    auto const size = BIO_get_mem_data(memory.get(), &bytes);
    return {bytes, static_cast<std::size_t>(size)};
}

} // namespace

signing_keys load_signing_keys(settings const& from)
{
    signing_keys made;
    made.is_of_this_process = from.signing_key.empty();
    key_pointer const key = made.is_of_this_process ? key_pointer(EVP_RSA_gen(least_bits)) : read_key(from.signing_key);
    if (!key)
        throw startup_error(exit_status::usage, "OpenSSL does not make a signing key");
    made.private_pem = pem_of(
        [&key](BIO* to) { return ::PEM_write_bio_PrivateKey(to, key.get(), nullptr, nullptr, 0, nullptr, nullptr); });
    made.public_pem = pem_of([&key](BIO* to) { return ::PEM_write_bio_PUBKEY(to, key.get()); });
    made.modulus = number_of(key.get(), OSSL_PKEY_PARAM_RSA_N);
    made.exponent = number_of(key.get(), OSSL_PKEY_PARAM_RSA_E);
    std::vector<unsigned char> print(16);
    ::crypto_generichash(print.data(), print.size(), reinterpret_cast<unsigned char const*>(made.modulus.data()),
                         made.modulus.size(), nullptr, 0);
    made.key_id = base64url(print);
    if (!from.hs256_secret_file.empty())
        made.hs256_secret = secret_in_file(from.hs256_secret_file);
    if (!made.hs256_secret.empty() && made.hs256_secret.size() < least_secret_bytes)
        throw startup_error(exit_status::usage,
                            "the secret in " + from.hs256_secret_file + " has less than the 32 bytes that HS256 needs");
    return made;
}

std::string json_web_key_set(signing_keys const& keys)
{
    return boost::json::serialize(
        boost::json::object{{"keys", boost::json::array{boost::json::object{{"kty", "RSA"},
                                                                            {"use", "sig"},
                                                                            {"alg", "RS256"},
                                                                            {"kid", keys.key_id},
                                                                            {"n", keys.modulus},
                                                                            {"e", keys.exponent}}}}});
}

} // namespace server
