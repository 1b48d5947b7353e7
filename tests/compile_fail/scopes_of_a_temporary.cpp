// SPDX-License-Identifier: BSL-1.0
#include <metapatch/access/scope.hpp>

#include <string>

std::string load();

bool may_update()
{
#ifdef METAPATCH_MUST_FAIL
    metapatch::scope_view const scopes(load());
#else
    auto const text = load();
    metapatch::scope_view const scopes(text);
#endif
    return scopes.contains("update:users");
}
