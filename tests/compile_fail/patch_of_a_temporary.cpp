// SPDX-License-Identifier: BSL-1.0
#include <metapatch/splice/text_patch.hpp>

#include <string>
#include <string_view>

bool is_read(metapatch::text_patch& patch, std::string_view body)
{
#ifdef METAPATCH_MUST_FAIL
    return patch.read(std::string(body), metapatch::first_level).empty();
#else
    return patch.read(body, metapatch::first_level).empty() && patch.read("{}", metapatch::first_level).empty();
#endif
}
