// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_LOGIN_CLAIMS_HPP
#define METAPATCH_AUTH0_LOGIN_CLAIMS_HPP

#include <metapatch/version.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

/// Claims of tokens and of GET /userinfo: which there are, and which names are taken.
namespace metapatch::auth0 {

/// A claim of OpenID Connect, the attribute of a user that it tells, and the scope that asks for it.
struct standard_claim {
    std::string_view claim;
    std::string_view attribute;
    std::string_view scope;
};

/// All of them, in the order of the answer. That `phone_number_verified` tells `phone_verified` is chosen.
///
/// Source: Auth0, "OpenID Connect Scopes" <https://auth0.com/docs/get-started/apis/scopes/openid-connect-scopes>, which
/// names the first eight and those of `email`, and refers to OpenID Connect for the others (Core 1.0 §5.4).
inline constexpr std::array<standard_claim, 20> standard_claims{{
    {"sub", "user_id", "openid"},
    {"name", "name", "profile"},
    {"given_name", "given_name", "profile"},
    {"family_name", "family_name", "profile"},
    {"middle_name", "middle_name", "profile"},
    {"nickname", "nickname", "profile"},
    {"picture", "picture", "profile"},
    {"updated_at", "updated_at", "profile"},
    {"preferred_username", "preferred_username", "profile"},
    {"profile", "profile", "profile"},
    {"website", "website", "profile"},
    {"gender", "gender", "profile"},
    {"birthdate", "birthdate", "profile"},
    {"zoneinfo", "zoneinfo", "profile"},
    {"locale", "locale", "profile"},
    {"email", "email", "email"},
    {"email_verified", "email_verified", "email"},
    {"address", "address", "address"},
    {"phone_number", "phone_number", "phone"},
    {"phone_number_verified", "phone_verified", "phone"},
}};

namespace detail {

/// The words of a text, one space between each two.
template<std::size_t Count>
constexpr std::array<std::string_view, Count> split(std::string_view text) noexcept
{
    std::array<std::string_view, Count> words;
    for (auto& word : words) {
        word = text.substr(0, text.find(' '));
        text.remove_prefix(std::min(word.size() + 1, text.size()));
    }
    return words;
}

} // namespace detail

/// Claims that no custom claim may be named after: those of the protocols, and what Auth0 uses itself. Exact, and
/// case-sensitive.
///
/// Source: Auth0, "Create Custom Claims"
/// <https://auth0.com/docs/secure/tokens/json-web-tokens/create-custom-claims#general-restrictions>
inline constexpr auto restricted_claims = detail::split<60>(
    "acr act active amr at_hash ath attest aud auth_time authorization_details azp c_hash client_id cnf cty "
    "dest entitlements events exp groups gty htm htu iat internalService iss jcard jku jti jwe jwk kid "
    "may_act mky nbf nonce object_id org_id org_name orig origid permissions roles rph s_hash sid sip_callid "
    "sip_cseq_num sip_date sip_from_tag sip_via_branch sub sub_jwk toe txn typ uuid vot vtm x5t#S256");

namespace detail {

constexpr bool same_ignoring_case(std::string_view left, std::string_view right) noexcept
{
    auto const lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [lower](char a, char b) { return lower(a) == lower(b); });
}

constexpr bool starts_ignoring_case(std::string_view text, std::string_view start) noexcept
{
    return same_ignoring_case(text.substr(0, start.size()), start);
}

/// The host of an http or https URL; empty where it is none.
constexpr std::string_view host_of(std::string_view url) noexcept
{
    if (starts_ignoring_case(url, "http://"))
        url.remove_prefix(7);
    else if (starts_ignoring_case(url, "https://"))
        url.remove_prefix(8);
    else
        return {};
    auto host = url.substr(0, url.find_first_of("/?#\\"));
    if (auto const at = host.rfind('@'); at != std::string_view::npos)
        host.remove_prefix(at + 1);
    host = host.substr(0, host.find(':'));
    while (host.ends_with('.'))
        host.remove_suffix(1);
    return host;
}

} // namespace detail

/// Whether a claim lies in a namespace that Auth0 keeps for itself: an http or https URL at auth0.com, webtask.io,
/// webtask.run or below them, or the URN `urn:auth0`. Schemes, hosts and the URN are compared without case. That the
/// hosts below them count, and the forms of a URL that name the same host, is chosen.
///
/// Source: Auth0, "Create Custom Claims", "Namespaced guidelines"
constexpr bool is_reserved_namespace(std::string_view claim) noexcept
{
    constexpr std::string_view urn = "urn:auth0";
    if (detail::starts_ignoring_case(claim, urn)) {
        auto const c = claim.size() == urn.size() ? ':' : claim[urn.size()];
        bool const longer = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
        if (!longer) // else it is another URN namespace
            return true;
    }
    auto const host = detail::host_of(claim);
    for (std::string_view const domain : {"auth0.com", "webtask.io", "webtask.run"}) {
        if (host.size() < domain.size())
            continue;
        auto const above = host.size() - domain.size();
        if (detail::same_ignoring_case(host.substr(above), domain) && (above == 0 || host[above - 1] == '.'))
            return true;
    }
    return false;
}

/// The standard claim of that name, or nullptr.
constexpr standard_claim const* find_standard_claim(std::string_view claim) noexcept
{
    for (auto const& each : standard_claims) {
        if (each.claim == claim)
            return &each;
    }
    return nullptr;
}

} // namespace metapatch::auth0

#endif
