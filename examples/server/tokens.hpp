// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_TOKENS_HPP
#define METAPATCH_SERVER_TOKENS_HPP

#include "signing_keys.hpp"

#include <metapatch/auth0/contract/permissions.hpp>
#include <metapatch/auth0/contract/refusal.hpp>

#include <boost/json/object.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace server {

/// What a token says whose signature, times and issuer are right.
struct verified_token {
    std::string scopes{};
    std::optional<std::string> subject{}; ///< of a user's token
    std::string client{};
    std::string session{}; ///< whose custom claims GET /userinfo tells; "" where there are none
    std::vector<std::string> audience{};
    std::int64_t expires = 0; ///< seconds since 1970

    bool is_for(std::string_view api) const;

    /// It refers to this.
    metapatch::auth0::access_token permissions() const
    {
        return {metapatch::scope_view(scopes), subject ? std::optional<std::string_view>(*subject) : std::nullopt};
    }
};

/// Issues and verifies JSON Web Tokens.
class tokens {
public:
    /// @param audiences  of the Management API
    tokens(signing_keys keys, std::string issuer, std::vector<std::string> audiences, bool signs_with_hs256);

    /// A signed token with these claims, `iss` and `iat`.
    std::string issue(boost::json::object const& claims) const;

    /// @param authorization  the header
    /// @param apis           of which the token must name one as its audience
    /// Errors: `no_token`, `bad_authorization_header`, `bad_token`
    metapatch::auth0::answer<std::shared_ptr<verified_token const>> verify(std::string_view authorization,
                                                                           std::span<std::string const> apis);

    std::string const& issuer() const noexcept { return issuer_; }
    std::vector<std::string> const& audiences() const noexcept { return audiences_; }
    /// That of GET /userinfo.
    std::span<std::string const> userinfo_audience() const noexcept { return {&userinfo_audience_, 1}; }
    signing_keys const& keys() const noexcept { return keys_; }

private:
    using verdict = metapatch::auth0::answer<std::shared_ptr<verified_token const>>;

    struct hashes_texts {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>()(text); }
    };

    verdict read(std::string_view token) const;
    static verdict judge(std::shared_ptr<verified_token const> token, std::span<std::string const> apis);

    signing_keys keys_;
    std::string issuer_;
    std::vector<std::string> audiences_;
    std::string userinfo_audience_;
    bool signs_with_hs256_;

    // Clients send the same token many times, and a signature is verified once.
    std::shared_mutex access_;
    std::unordered_map<std::string, std::shared_ptr<verified_token const>, hashes_texts, std::equal_to<>> known_;
};

} // namespace server

#endif
