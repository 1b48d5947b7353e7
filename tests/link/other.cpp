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
