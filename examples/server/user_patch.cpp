// SPDX-License-Identifier: BSL-1.0
#include "user_patch.hpp"

#include "clock.hpp"
#include "text_members.hpp"

#include <utility>

namespace server {

namespace auth0 = metapatch::auth0;

auth0::answer<std::string> patched_user(store_view& data, auth0::user_update const& asked, std::string_view user_id)
{
    std::string merged;
    if (auto const made = asked.apply(data.find(collection::users, user_id), merged); !made)
        return made.error();
    return with_members(merged, R"({"updated_at":")" + text_now() + "\"}");
}

metadata_patch::metadata_patch(service const& with, std::string user_id, std::string body)
    : data_(with.data), user_id_(std::move(user_id)), body_(std::move(body)), rules_(with.users)
{
    rules_.permissions = auth0::enforced; // whatever users may do
    if (!body_.empty())
        refused_ = asked_.read(auth0::access_token{metapatch::scope_view("update:users"), {}}, user_id_, body_, rules_);
}

auth0::answer<std::optional<std::string>> metadata_patch::apply(store_view& data) const
{
    if (refused_)
        return *refused_;
    if (body_.empty())
        return std::optional<std::string>();
    auto made = patched_user(data, asked_, user_id_);
    if (!made)
        return made.error();
    return std::optional<std::string>(*std::move(made));
}

auth0::answer<std::optional<std::string>> metadata_patch::apply_now() const
{
    auth0::answer<std::optional<std::string>> made(std::nullopt);
    data_.change_now([&](store_view& data) -> writes {
        made = apply(data);
        if (!made || !*made)
            return {};
        return {put{collection::users, user_id_, **made}};
    });
    return made;
}

} // namespace server
