// SPDX-License-Identifier: BSL-1.0
#include <metapatch/patch/apply.hpp>

#include <string>

bool is_fine(std::string const& body)
{
#ifdef METAPATCH_MUST_FAIL
    return metapatch::validate(body, metapatch::first_level).empty();
#else
    auto const made = metapatch::read_patch(body, metapatch::first_level);
    return made && metapatch::validate(*made, metapatch::first_level).empty();
#endif
}
