// SPDX-License-Identifier: BSL-1.0
#include <metapatch/splice/member_index.hpp>

#include <string>

std::string load();

bool is_read(metapatch::member_index& index)
{
#ifdef METAPATCH_MUST_FAIL
    return index.read(load()).empty();
#else
    static std::string const text = load();
    return index.read(text).empty();
#endif
}
