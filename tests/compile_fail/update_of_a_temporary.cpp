// SPDX-License-Identifier: BSL-1.0
#include <metapatch/auth0/management/user_update.hpp>

#include <string>
#include <string_view>

bool is_refused(metapatch::auth0::user_update& update, std::string_view body)
{
    metapatch::auth0::access_token const token{metapatch::scope_view("update:users")};
#ifdef METAPATCH_MUST_FAIL
    return update.read(token, "auth0|1", std::string(body)).has_value();
#else
    return update.read(token, "auth0|1", body).has_value();
#endif
}
