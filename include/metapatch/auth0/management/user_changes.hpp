// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_MANAGEMENT_USER_CHANGES_HPP
#define METAPATCH_AUTH0_MANAGEMENT_USER_CHANGES_HPP

#include <metapatch/auth0/management/user_metadata.hpp>
#include <metapatch/auth0/request/effects.hpp>

#include <string>
#include <vector>

namespace metapatch::auth0 {

/// What a request changed of a user, for an audit log: names, and no values. What stays the same as JSON is no change,
/// though the body named it.
struct user_changes {
    /// Members of the root, in the order of the body. A field of metadata is one: updated where any of its keys is
    /// changed, created and removed where the field itself came or went.
    metadata_effects fields{};
    metadata_effects user_metadata{}; ///< its keys, at the first level
    metadata_effects app_metadata{};  ///< the same
    /// Members of the body that are never stored, such as `password`: what they ask for is the caller's to do.
    std::vector<std::string> not_stored{};

    /// Whether the user is as before, and nothing else was asked for.
    bool empty() const noexcept { return *this == user_changes(); }

    bool operator==(user_changes const&) const = default;
};

namespace detail {

/// What a body has done, once it was merged.
/// @param media  whose members were looked up
template<class Media>
user_changes changes_made(Media& media)
{
    user_changes made;
    for (auto const& member : media.members()) {
        if (!member.known->stored) {
            made.not_stored.emplace_back(member.name);
            continue;
        }
        auto const* const field = find_metadata(member.name);
        if (field != nullptr) {
            auto& keys = field == &metadata_fields[0] ? made.user_metadata : made.app_metadata;
            keys = effects_of(media.before(member.name), media.now(member.name));
        }
        switch (media.effect_on(member.name, field != nullptr)) {
        case member_effect::created:
            made.fields.created.emplace_back(member.name);
            break;
        case member_effect::updated:
            made.fields.updated.emplace_back(member.name);
            break;
        case member_effect::removed:
            made.fields.removed.emplace_back(member.name);
            break;
        case member_effect::none:
            break;
        }
    }
    return made;
}

/// Who asks for the changes: nobody.
struct tells_nothing {
    template<class Media>
    void operator()(Media&) const noexcept
    {
    }
};

/// Who asks for the changes: whose this becomes.
struct tells_changes {
    user_changes& told;

    template<class Media>
    void operator()(Media& media) const
    {
        told = changes_made(media);
    }
};

} // namespace detail

} // namespace metapatch::auth0

#endif
