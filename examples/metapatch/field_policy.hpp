// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TOOL_FIELD_POLICY_HPP
#define METAPATCH_TOOL_FIELD_POLICY_HPP

#include <metapatch/policy/policy.hpp>

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tool {

/// A key rule that is put together at run time, and owns its names.
struct key_rules {
    metapatch::key_characters characters{};
    std::vector<std::string> reserved{}; ///< of the field's own members
    bool refuse_empty = false;

    metapatch::key_verdict operator()(metapatch::member_key const& key) const noexcept
    {
        metapatch::key_verdict verdict = characters(key.name);
        if (key.level == 1 && std::ranges::find(reserved, key.name) != reserved.end())
            verdict = verdict | metapatch::errc::reserved_key;
        if (refuse_empty && key.name.empty())
            verdict = verdict | metapatch::errc::empty_key;
        return verdict;
    }
};

using field_policy = metapatch::policy<key_rules>;

/// A policy with the name that messages use.
struct named_policy {
    std::string name;
    field_policy policy;
    /// Attributes of the document that the field is copied over, for advice; none for most fields.
    std::span<std::string_view const> root_attributes{};
    /// The member of the document that the field is; "" of a policy that is of no field in particular.
    std::string_view member{};
};

/// Whether a policy is RFC 7396 and no more: then documents and patches may be any JSON values.
bool is_rfc7396(field_policy const& policy);

/// The names of all profiles that are built in.
std::vector<std::string> profile_names();

/// The profile of that name.
std::optional<named_policy> find_profile(std::string_view name);

} // namespace tool

#endif
