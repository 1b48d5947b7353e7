// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_LOGIN_RULE_USER_HPP
#define METAPATCH_AUTH0_LOGIN_RULE_USER_HPP

#include <metapatch/version.hpp>

#include <boost/json/object.hpp>
#include <boost/json/storage_ptr.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <utility>

namespace metapatch::auth0 {

namespace detail {

/// Takes back the keys that were added to an object, all of them behind those it had.
class added_keys {
public:
    explicit added_keys(boost::json::object& to) noexcept : to_(to), size_(to.size()) {}
    added_keys(added_keys const&) = delete;
    added_keys& operator=(added_keys const&) = delete;
    ~added_keys()
    {
        while (!kept_ && to_.size() > size_)
            to_.erase(to_.end() - 1);
    }
    void keep() noexcept { kept_ = true; }

private:
    boost::json::object& to_;
    std::size_t size_;
    bool kept_ = false;
};

} // namespace detail

/// Make a user what Rules and Actions see of it, in place: the first level of app_metadata is copied over the root.
///
/// Where both have a name, app_metadata wins and the root's member keeps its place; other members go last. Nothing is
/// spared, not even `user_metadata` and `app_metadata` themselves, should app_metadata have members of these names, and
/// a null is copied as any value is (both chosen). Otherwise app_metadata stays where it is. user_metadata is not
/// copied. It is a copy: what becomes of either place afterwards is not seen at the other.
///
/// @param user    as it is stored; without app_metadata, or where that is no object, it stays as it is
/// Errors:        none
/// Complexity:    O(bytes of app_metadata) expected; Boost.JSON copies values recursively, as deep as they are
/// Exceptions:    std::bad_alloc. Strong guarantee: nothing has changed then, but for the capacity of the user.
/// Source:        semantics §6, "Rule user"; Auth0, "Metadata Field Names and Data Types": app_metadata "is merged onto
///                the root profile in both Rules and Actions, which may override root profile fields"
///                <https://auth0.com/docs/manage-users/user-accounts/metadata/metadata-fields-data>
inline void copy_app_metadata_to_root(boost::json::object& user)
{
    auto const* const stored = user.if_contains("app_metadata");
    if (stored == nullptr || !stored->is_object())
        return;
    boost::json::object copy(stored->get_object(), user.storage());
    detail::added_keys added(user);
    for (auto const& member : copy)
        user.emplace(member.key(), nullptr); // where it is not there
    added.keep();
    for (auto& member : copy)
        user.find(member.key())->value().swap(member.value()); // of the same storage: nothing is allocated
}

/// The user as Rules and Actions see it: a copy, to which the same was done.
///
/// @param storage  where the copy lives
/// Complexity:     O(bytes of the user) expected. Exceptions: std::bad_alloc.
[[nodiscard]] inline boost::json::object rule_user(boost::json::object const& user,
                                                   boost::json::storage_ptr storage = {})
{
    boost::json::object seen(user, std::move(storage));
    copy_app_metadata_to_root(seen);
    return seen;
}

} // namespace metapatch::auth0

#endif
