// SPDX-License-Identifier: BSL-1.0
#include <metapatch/auth0/management/user_update.hpp>

#include <optional>
#include <string_view>

namespace auth0 = metapatch::auth0;

bool is_refused(auth0::user_update& update, std::optional<auth0::access_token> const& token, std::string_view body)
{
    auth0::user_rules rules;
#ifdef METAPATCH_MUST_FAIL
    return update.read(token, "auth0|1", body, auth0::user_rules(rules)).has_value();
#else
    return update.read(token, "auth0|1", body, rules).has_value();
#endif
}
