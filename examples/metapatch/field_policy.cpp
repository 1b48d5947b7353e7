// SPDX-License-Identifier: BSL-1.0
#include "field_policy.hpp"

#include <metapatch/auth0/contract/policies.hpp>
#include <metapatch/auth0/contract/root_attributes.hpp>

#include <array>
#include <utility>

namespace tool {

namespace {

constexpr std::array<std::pair<std::string_view, metapatch::policy<>>, 3> generic_profiles{{
    {"first_level", metapatch::first_level},
    {"replace", metapatch::replace},
    {"rfc7396", metapatch::rfc7396},
}};

/// The profiles whose field is not named as they are. Source: OpenAPI.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> other_members{{
    {"auth0.organization_metadata", "metadata"},
    {"auth0.connection_metadata", "metadata"},
    {"auth0.agent_metadata", "metadata"},
    {"auth0.signup_user_metadata", "user_metadata"},
}};

/// The member that the field of a profile is.
std::string_view member_of(std::string_view profile)
{
    for (auto const& [name, member] : other_members) {
        if (name == profile)
            return member;
    }
    return profile.substr(profile.find('.') + 1);
}

} // namespace

bool is_rfc7396(field_policy const& policy)
{
    auto const& [characters, reserved, refuse_empty] = policy.keys;
    auto const& [members, key, values, value, bytes] = policy.limits;
    bool const any_size = members == metapatch::unlimited && key == metapatch::unlimited &&
                          value == metapatch::unlimited && bytes == metapatch::unlimited;
    return policy.merge.depth == metapatch::unlimited && policy.merge.on_empty == metapatch::empty_body::merges &&
           characters == metapatch::key_characters() && reserved.empty() && !refuse_empty && any_size &&
           values == metapatch::value_types::any;
}

std::vector<std::string> profile_names()
{
    std::vector<std::string> names;
    for (auto const& each : metapatch::auth0::profiles)
        names.emplace_back(each.name);
    for (auto const& [name, policy] : generic_profiles)
        names.emplace_back(name);
    return names;
}

std::optional<named_policy> find_profile(std::string_view name)
{
    for (auto const& [known, policy] : generic_profiles) {
        if (known == name)
            return named_policy{std::string(name), with_keys(policy, key_rules{})};
    }
    auto const* const found = metapatch::auth0::find_profile(name);
    if (found == nullptr)
        return std::nullopt;
    auto const& reserved = found->policy.keys.second.names;
    named_policy made{std::string(name), with_keys(found->policy, key_rules{found->policy.keys.first,
                                                                            {reserved.begin(), reserved.end()}})};
    made.member = member_of(found->name);
    if (name == "auth0.app_metadata") // the one field that is copied over its document
        made.root_attributes = metapatch::auth0::root_attributes;
    return made;
}

} // namespace tool
