// SPDX-License-Identifier: BSL-1.0
#include "shared.hpp"

boost::system::error_category const& other::category()
{
    return metapatch::category();
}

boost::system::error_code other::error_code(metapatch::errc code)
{
    return code;
}

metapatch::auth0::profile const* other::first_profile()
{
    return metapatch::auth0::profiles.data();
}

metapatch::result<metapatch::change> other::apply(metapatch::state& field, boost::json::value const& body)
{
    return metapatch::apply(field, body, metapatch::auth0::app_metadata);
}

std::string other::updated(std::string_view user, std::string_view body)
{
    metapatch::auth0::access_token const token{metapatch::scope_view("update:users"), {}};
    auto const made = metapatch::auth0::update_user(user, token, "a", body);
    return made ? made->user : made.error().message;
}

metapatch::result<std::optional<std::string>> other::spliced(std::string_view field, std::string_view patch)
{
    return metapatch::spliced(field, patch, metapatch::first_level);
}
