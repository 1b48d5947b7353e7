// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_USER_PATCH_HPP
#define METAPATCH_SERVER_USER_PATCH_HPP

#include "service.hpp"
#include "store.hpp"

#include <metapatch/auth0/management/user_update.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace server {

/// A user after a PATCH, with the time of the change.
/// Errors: those of `user_update::apply`
metapatch::auth0::answer<std::string> patched_user(store_view& data, metapatch::auth0::user_update const& asked,
                                                   std::string_view user_id);

/// A PATCH of a user's metadata that Rules or Actions ask for, with what their token lets them do: `update:users`.
class metadata_patch {
public:
    /// @param body  of the PATCH; "" changes nothing
    metadata_patch(service const& with, std::string user_id, std::string body);
    metadata_patch(metadata_patch const&) = delete;
    metadata_patch& operator=(metadata_patch const&) = delete;

    /// The user's new document, within a change; nothing where nothing changes.
    /// Errors: those of `user_update::read` and `user_update::apply`
    metapatch::auth0::answer<std::optional<std::string>> apply(store_view& data) const;

    /// The same as a change of its own. Exceptions: store_unavailable
    metapatch::auth0::answer<std::optional<std::string>> apply_now() const;

private:
    store& data_;
    std::string user_id_;
    std::string body_;
    metapatch::auth0::user_rules rules_;
    metapatch::auth0::user_update asked_;
    std::optional<metapatch::auth0::refusal> refused_;
};

} // namespace server

#endif
