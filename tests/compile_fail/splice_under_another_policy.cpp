// SPDX-License-Identifier: BSL-1.0
#include <metapatch/auth0/contract/policies.hpp>
#include <metapatch/splice/splice.hpp>

#include <string>
#include <string_view>

namespace auth0 = metapatch::auth0;

bool is_done(std::string_view stored, std::string_view body, std::string& out)
{
    metapatch::text_patch patch;
    if (!patch.read(body, auth0::user_metadata).empty())
        return false;
#ifdef METAPATCH_MUST_FAIL
    return splice(stored, patch, auth0::app_metadata, out).has_value();
#else
    return splice(stored, patch, out).has_value();
#endif
}
