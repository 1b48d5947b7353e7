// SPDX-License-Identifier: BSL-1.0
#include <metapatch/splice/splice.hpp>

#include <string>

std::string load();

bool is_done(metapatch::text_patch const& patch, metapatch::text_pieces& pieces, std::string& text)
{
#ifdef METAPATCH_MUST_FAIL
    return splice(load(), patch, pieces).has_value();
#else
    static std::string const stored = load();
    return splice(stored, patch, pieces).has_value() && splice(load(), patch, text).has_value();
#endif
}
