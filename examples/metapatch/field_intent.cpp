// SPDX-License-Identifier: BSL-1.0
#include "field_intent.hpp"

#include "input.hpp"

namespace tool {

patch_intent intent_of(std::string_view text, metapatch::merge_rules const& merge)
{
    if (is_blank(text))
        return patch_intent::nothing;
    bool const replaces_any = merge.depth == metapatch::unlimited; // RFC 7396, where null is a value
    if (is_null(text) && !replaces_any)
        return merge.on_null == metapatch::null_body::clears ? patch_intent::clear : patch_intent::nothing;
    bool const clears = merge.depth == 0 || merge.on_empty == metapatch::empty_body::clears;
    return clears && is_empty_object(text) ? patch_intent::clear : patch_intent::change;
}

} // namespace tool
